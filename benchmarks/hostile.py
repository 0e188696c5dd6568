"""Grade 1,000 hostile files in one run and show that nothing is left behind: `python -m benchmarks.hostile [FILES]`.

Cycles through the attacks of tests/escapes that come to a verdict at once (not those that wait for a time limit). Exits
with status 1 if a process, an IPC object or a file is left, if parent or server grew by more than a tenth between the
hundredth file and the last, if an attack says that it succeeded, or if the reference is not graded right at the end.
"""

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

import yaml
from msgspec import structs

from graders.exercise import root
from graders.grading import Grader
from graders.outcome import Verdict
from graders.sandbox.server import KernelSandbox
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import read_submission

ESCAPES = Path(__file__).resolve().parent.parent / "tests" / "escapes"
FIRST = 100
MOST_GROWTH = 1.1
_SLOW = {"timeout", "memory-limit"}


@dataclass(slots=True)
class Tally:
    """What came out: verdicts, the walls that stopped the attacks, and attacks that were not stopped."""

    verdicts: Counter[str] = field(default_factory=Counter)
    walls: Counter[str] = field(default_factory=Counter)
    tried: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def quick_attacks() -> dict[str, dict[str, Any]]:
    """Return the rows of attacks that end at once."""
    rows = yaml.safe_load((ESCAPES / "attacks.yaml").read_text(encoding="utf-8"))
    return {name: row for name, row in rows.items() if not _SLOW & set(row.get("verdicts") or [row["verdict"]])}


def grade_one(grader: Grader, name: str, row: dict[str, Any], tally: Tally) -> None:
    report = grader.grade(read_submission(ESCAPES / "attacks" / name))
    allowed = row.get("verdicts") or [row["verdict"]]
    most = row.get("points", 100 if allowed == ["correct"] else 0)
    tally.tried.add(name)
    tally.verdicts[report.verdict] += 1
    tally.walls[row["by"]] += 1
    if report.verdict not in allowed or report.score.points > most or "ATTACK SUCCEEDED" in report.stdout:
        tally.wrong.append(f"{name}: {report.verdict}, {report.score.points} points")


def resident_kib(process: int) -> int:
    """Return the resident memory of a process. Source: proc(5), status."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")))


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


def files() -> set[str]:
    """Return what an attack could have made in the folders everybody may write to."""
    return set(_files())


def _files() -> Iterator[str]:
    for folder in (Path("/tmp"), Path("/dev/shm"), Path("/dev/mqueue")):
        if folder.is_dir():
            for path in folder.iterdir():
                try:
                    if "exercise-grader" in path.name or path.lstat().st_uid >= 61184:
                        yield str(path)
                except OSError:
                    continue


def main(count: int) -> int:
    """Run, print, and return the exit status."""
    materials = load_materials("backprop")
    limits = structs.replace(materials.exercise.limits, wall_s=2, cpu_s=1)
    short = replace(materials, exercise=replace(materials.exercise, limits=limits))
    ipc_before, files_before, tally = ipc_objects(), files(), Tally()
    memory: dict[str, list[int]] = {"parent": [], "server": []}
    started = time.perf_counter()
    with open_sandboxed(short, Terms()) as (grader, walls):
        sandbox = grader._sandbox
        assert isinstance(sandbox, KernelSandbox)
        server = sandbox._launched.process.pid
        command = Path(f"/proc/{server}/cmdline").read_bytes()
        for number, (name, row) in enumerate(itertools.islice(itertools.cycle(quick_attacks().items()), count), 1):
            grade_one(grader, name, row, tally)
            if number in (FIRST, count):
                gc.collect()
                memory["parent"].append(resident_kib(os.getpid()))
                memory["server"].append(resident_kib(server))
        reference = grader.grade(read_submission(root() / "reference" / "backprop.py"))
        restarted = sandbox._launched.process.pid != server
        children = [process for process in same_command(command) if int(process) != server]
    seconds = time.perf_counter() - started
    left = {
        "processes": children + same_command(command),
        "IPC objects": sorted(ipc_objects() - ipc_before),
        "files": sorted(files() - files_before),
    }
    print(f"walls           {walls}")
    print(f"files graded    {count} in {seconds:.1f} s, {len(tally.tried)} different attacks")
    print(f"verdicts        {', '.join(f'{verdict} {n}' for verdict, n in tally.verdicts.most_common())}")
    print(f"stopped by      {', '.join(f'{wall} {n}' for wall, n in tally.walls.most_common())}")
    for what, found in left.items():
        print(f"{what + ' left':<15} {len(found)} {' '.join(found)}")
    for who, sizes in memory.items():
        print(f"memory, {who}  {' → '.join(f'{size / 1024:.1f} MiB' for size in sizes)}")
    for line in tally.wrong:
        print(f"not stopped     {line}")
    grown = [who for who, sizes in memory.items() if sizes[-1] > MOST_GROWTH * sizes[0]]
    problems = [f"{what} left" for what, found in left.items() if found] + [f"{who} grew" for who in grown]
    problems += ["attacks not stopped"] * bool(tally.wrong) + ["the server was started again"] * restarted
    problems += ["the reference is not right any more"] * (reference.verdict is not Verdict.CORRECT)
    print(f"in short        {'; '.join(problems) or 'nothing left behind'}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
