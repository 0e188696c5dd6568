"""The Python of a page, in processes that have nothing but its archives and numpy: what a browser does, without one."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy

_JUDGE = """
import json, sys
from pathlib import Path
from graders.page.judge import Judge, Played
judge = Judge(Path.cwd())
for line in sys.stdin:
    asked = json.loads(line)
    runs = [Played(bytes.fromhex(data), status, out_of_time) for data, status, out_of_time in asked["runs"]]
    said = judge.grade(asked["file"], bytes.fromhex(asked["data"]), asked["lang"], runs)
    said = {name: value.hex() if isinstance(value, bytes) else value for name, value in said.items()}
    print(json.dumps(said), flush=True)
"""
_RUNNER = """
import os, sys
frames = sys.stdin.buffer.read()
out = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)
from runner import answer
status = answer(frames, lambda frame: (out.write(frame), out.flush()))
out.flush()
os._exit(status)
"""


class PagePython:
    """The judge's process, and a process for each run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "judge" / "cache")}
        command = [*_alone(folder / "judge"), _JUDGE]
        self._judge = subprocess.Popen(
            command, cwd=folder / "judge", env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def grade(self, file: str, data: bytes, lang: str = "en", *, most_s: float = 60) -> dict[str, Any]:
        """Return what the judge says in the end; no run takes longer than `most_s`."""
        runs: list[tuple[str, int, bool]] = []
        while True:
            said = self._ask({"file": file, "data": data.hex(), "lang": lang, "runs": runs})
            if "frames" not in said:
                return said
            runs.append(self._run(bytes.fromhex(said["frames"]), min(most_s, said["wall_s"])))

    def _ask(self, asked: Any) -> dict[str, Any]:
        assert self._judge.stdin is not None
        assert self._judge.stdout is not None
        self._judge.stdin.write(json.dumps(asked) + "\n")
        self._judge.stdin.flush()
        said: dict[str, Any] = json.loads(self._judge.stdout.readline())
        return said

    def _run(self, frames: bytes, wall_s: float) -> tuple[str, int, bool]:
        command = [*_alone(self._folder / "runner"), _RUNNER]
        try:
            done = subprocess.run(command, input=frames, capture_output=True, timeout=wall_s, check=False)
        except subprocess.TimeoutExpired as stopped:
            return (stopped.stdout or b"").hex(), 0, True
        return done.stdout.hex(), done.returncode, False

    def close(self) -> None:
        """End the judge."""
        assert self._judge.stdin is not None
        assert self._judge.stdout is not None
        self._judge.stdin.close()
        self._judge.wait()
        self._judge.stdout.close()


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
