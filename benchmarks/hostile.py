"""Grade 1,000 hostile files in one run and show that nothing is left behind: `python -m benchmarks.hostile`.

Cycles through the attacks of tests/escapes that come to a verdict at once (not those that wait for a time limit). Exits
with status 1 if a process, an IPC object or a file is left, if parent or server grew by more than a tenth between the
hundredth file and the last, if an attack says that it succeeded, or if the reference is not graded right at the end.
`--write` puts the numbers into docs/sandbox.md.
"""

import argparse
import gc
import itertools
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks import proof
from graders.exercise.loading import root
from graders.grading import Grader
from graders.outcome import Verdict
from graders.sandbox.server import KernelSandbox
from graders.session import load_materials, open_sandbox
from graders.submission import read_submission

FIRST = 100
MOST_GROWTH = 1.1
_SLOW = {"timeout", "memory-limit"}


@dataclass(slots=True)
class Tally:
    """What came out. `memory`: resident KiB of parent and server after the hundredth file and after the last."""

    verdicts: Counter[str] = field(default_factory=Counter)
    tried: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    left: dict[str, list[str]] = field(default_factory=dict)
    memory: dict[str, list[int]] = field(default_factory=lambda: {"grader": [], "server": []})

    @property
    def problems(self) -> list[str]:
        """What must not be."""
        grown = [who for who, sizes in self.memory.items() if sizes[-1] > MOST_GROWTH * sizes[0]]
        left = [f"{what} left: {' '.join(found)}" for what, found in self.left.items() if found]
        return [*self.wrong, *left, *(f"{who} grew" for who in grown)]

    def lines(self, count: int) -> list[str]:
        """Say in a few words what was measured."""
        left = ", ".join(f"{len(found)} {what}" for what, found in self.left.items())
        memory = ", ".join(
            f"{who} {' → '.join(f'{size / 1024:.1f}' for size in sizes)} MiB" for who, sizes in self.memory.items()
        )
        return [
            f"{count:,} hostile files in one run, of the {len(self.tried)} attacks that end at once: "
            f"{len(self.wrong)} succeeded. Left behind: {left}.",
            f"Memory after {FIRST} and after {count:,} files: {memory}.",
        ]


def quick_attacks() -> dict[str, dict[str, Any]]:
    """Return the rows of attacks that end at once."""
    rows = proof.attacks().items()
    return {name: row for name, row in rows if not _SLOW & set(row.get("verdicts") or [row["verdict"]])}


def grade_one(grader: Grader, name: str, row: dict[str, Any], tally: Tally) -> None:
    report = grader.grade(read_submission(proof.ESCAPES / "attacks" / name))
    allowed = row.get("verdicts") or [row["verdict"]]
    most = row.get("points", 100 if allowed == ["correct"] else 0)
    tally.tried.add(name)
    tally.verdicts[report.verdict] += 1
    if report.verdict not in allowed or report.score.points > most or "ATTACK SUCCEEDED" in report.stdout:
        tally.wrong.append(f"{name}: {report.verdict}, {report.score.points} points")


def resident_kib(process: int) -> int:
    """Return the resident memory of a process. Source: proc(5), status."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")))


def lasting(command: bytes, but: int | None = None) -> list[str]:
    """Return the other processes with this command line that are there for a second; killed ones take a moment."""
    for _ in range(100):
        found = [process for process in same_command(command) if int(process) != but]
        if not found:
            break
        time.sleep(0.01)
    return found


def same_command(command: bytes) -> list[str]:
    """Return the processes with this command line; a sandboxed child has its server's."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if (folder / "cmdline").read_bytes() == command:
                    found.append(folder.name)
            except OSError:
                continue
    return found


def ipc_objects() -> set[str]:
    """Return every System V object. Source: proc(5), sysvipc."""
    tables = {kind: Path("/proc/sysvipc") / kind for kind in ("shm", "sem", "msg")}
    return {
        f"{kind} {line.split()[1]}"
        for kind, table in tables.items()
        if table.exists()
        for line in table.read_text(encoding="ascii").splitlines()[1:]
    }


def files() -> Iterator[str]:
    """Yield what an attack could have made in the folders everybody may write to."""
    for folder in (Path("/tmp"), Path("/dev/shm"), Path("/dev/mqueue")):
        if folder.is_dir():
            for path in folder.iterdir():
                try:
                    if "exercise-grader" in path.name or path.lstat().st_uid >= 61184:
                        yield str(path)
                except OSError:
                    continue


def grade_all(count: int) -> Tally:
    """Grade so many hostile files, and then the reference."""
    materials = load_materials("backprop")
    exercise = replace(materials.exercise, limits=replace(materials.exercise.limits, wall_s=2, cpu_s=1))
    tally, ipc_before, files_before = Tally(), ipc_objects(), set(files())
    with open_sandbox(exercise, "kernel", fallback=False) as sandbox:
        assert isinstance(sandbox, KernelSandbox)
        server = sandbox.server_pid
        command = Path(f"/proc/{server}/cmdline").read_bytes()
        grader = Grader(exercise, materials.reference, materials.bank, sandbox)
        for number, (name, row) in enumerate(itertools.islice(itertools.cycle(quick_attacks().items()), count), 1):
            grade_one(grader, name, row, tally)
            if number in (FIRST, count):
                gc.collect()
                tally.memory["grader"].append(resident_kib(os.getpid()))
                tally.memory["server"].append(resident_kib(server))
        if sandbox.server_pid != server:
            tally.wrong.append("the server was started again")
        if grader.grade(read_submission(root() / "reference" / "backprop.py")).verdict is not Verdict.CORRECT:
            tally.wrong.append("the reference is not right any more")
        children = lasting(command, server)
    tally.left = {
        "processes": children + lasting(command),
        "IPC objects": sorted(ipc_objects() - ipc_before),
        "files": sorted(set(files()) - files_before),
    }
    return tally


def main() -> int:
    """Run, print, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    parser.add_argument("files", type=int, nargs="?", default=1000)
    parser.add_argument("--write", action="store_true", help="update docs/sandbox.md")
    options = parser.parse_args()
    started = time.perf_counter()
    tally = grade_all(options.files)
    print(*tally.lines(options.files), sep="\n")
    print(f"Verdicts: {', '.join(f'{verdict} {n}' for verdict, n in tally.verdicts.most_common())}.")
    print(f"{time.perf_counter() - started:.1f} s; {'; '.join(tally.problems) or 'nothing wrong'}")
    if options.write and not tally.problems:
        proof.write(tally.lines(options.files))
    return 1 if tally.problems else 0


if __name__ == "__main__":
    sys.exit(main())
