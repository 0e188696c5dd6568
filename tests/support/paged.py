"""The Python of a page, in processes that have nothing but its archives and numpy: what a browser does, without one."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy

_JUDGE = """
import importlib, json, pkgutil, sys
import graders, msgspec
from pathlib import Path
from graders.page.judge import Judge, Played
for module in pkgutil.walk_packages(graders.__path__, "graders."):  # as a worker does when it starts
    importlib.import_module(module.name)
judge = Judge(Path.cwd())
for line in sys.stdin:
    asked = json.loads(line)
    runs = [Played(bytes.fromhex(data), *rest) for data, *rest in asked["runs"]]
    said = judge.grade(asked["file"], bytes.fromhex(asked["data"]), asked["lang"], runs)
    said = {name: value.hex() if isinstance(value, bytes) else value for name, value in said.items()}
    print(msgspec.json.encode(said).decode(), flush=True)
"""
_RUNNER = """
import json, os, select, signal, sys, time
from runner import answer

def run(frames, out):
    answered = os.fdopen(out, "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os._exit(answer(frames, lambda frame: (answered.write(frame), answered.flush())))

def read_until(pipe, end):
    data = b""
    while select.select([pipe], [], [], max(0, end - time.monotonic()))[0]:
        piece = os.read(pipe, 1 << 16)
        if not piece:
            return data, False
        data += piece
    return data, True

for line in sys.stdin:
    frames, wall_s = json.loads(line)
    if isinstance(frames, list):  # several, that one runner answers
        child = os.fork()
        if not child:
            reply = []
            said = os.fdopen(os.dup(1), "wb")
            for one in frames:
                answer(bytes.fromhex(one), reply.append)
                said.write(b"".join(reply).hex().encode() + b"\\n")
                reply.clear()
            said.flush()
            os._exit(0)
        os.waitpid(child, 0)
        continue
    begun = time.monotonic()
    pipe, out = os.pipe()
    child = os.fork()
    if not child:
        run(bytes.fromhex(frames), out)
    os.close(out)
    data, out_of_time = read_until(pipe, time.monotonic() + wall_s)
    if out_of_time:
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(pipe)
    print(json.dumps([data.hex(), status, out_of_time, time.monotonic() - begun]), flush=True)
"""


class PagePython:
    """The judge's process, and one that forks for each run, as a browser starts a worker."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "judge" / "cache")}
        self._judge = _started(folder / "judge", _JUDGE, environment)
        self._runner = _started(folder / "runner", _RUNNER, environment)
        self.asked: list[str] = []
        """What the last grading asked a runner for, in hexadecimal digits."""

    def grade(self, file: str, data: bytes, lang: str = "en", *, most_s: float = 60) -> dict[str, Any]:
        """Return what the judge says in the end; no run takes longer than `most_s`."""
        runs: list[Any] = []
        self.asked = []
        while True:
            said: dict[str, Any] = _answer(self._judge, {"file": file, "data": data.hex(), "lang": lang, "runs": runs})
            if "frames" not in said:
                return said
            self.asked.append(said["frames"])
            runs.append(_answer(self._runner, [said["frames"], min(most_s, said["wall_s"])]))

    def replies(self, asked: Sequence[str]) -> list[str]:
        """Return what one runner replies to all of these, one after the other."""
        assert self._runner.stdin is not None
        assert self._runner.stdout is not None
        self._runner.stdin.write(json.dumps([asked, 0]) + "\n")
        self._runner.stdin.flush()
        return [self._runner.stdout.readline() for _ in asked]

    def close(self) -> None:
        """End both."""
        for process in (self._judge, self._runner):
            process.communicate()


def _started(folder: Path, program: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
    command = [*_alone(folder), program]
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _answer(process: "subprocess.Popen[str]", asked: Any) -> Any:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(asked) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def _alone(folder: Path) -> list[str]:
    """Return a command that sees an archive's modules and numpy, and none of the other packages that are installed."""
    numpys = Path(numpy.__file__).parent
    bare = folder.parent / "numpy-alone"
    bare.mkdir(exist_ok=True)
    for path in (numpys, numpys.parent / "numpy.libs"):
        link = bare / path.name
        if path.exists() and not link.exists():
            link.symlink_to(path)
    start = f"import sys; sys.path[:0] = {[str(folder), str(bare)]}; sys.dont_write_bytecode = True; exec(sys.argv[1])"
    return [sys.executable, "-I", "-S", "-c", start]


@contextmanager
def page_python(page: Path, folder: Path) -> Iterator[PagePython]:
    """Start the Python of a page that was written."""
    for name in ("judge", "runner"):
        with zipfile.ZipFile(page / f"{name}.zip") as packed:
            packed.extractall(folder / name)
    python = PagePython(folder)
    try:
        yield python
    finally:
        python.close()
