"""From a save to the table: `python -m benchmarks.watch [SAVES]`.

Each save puts another right or wrong file in the place of the one that is watched, as an editor does; one time ends
when the last line of the new table has arrived, the other when all that stands below it has.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measuring import Finding, Result, Spread, show, spread
from graders.exercise.loading import root

SAMPLES = ("correct/outer.py", "wrong/hidden_term_no_slope.py")
END = b"Ctrl-C"
"""Stands in the last line of what is shown, and nowhere else."""
TABLE_END = "└".encode()
"""Begins the last line of the table."""


@contextmanager
def watching(
    path: Path, *options: str, environment: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start the command on a file, with its output in a pipe."""
    command = [sys.executable, str(root() / "grade.py"), path.name, "--watch", "--lang", "en", *options]
    environment = {**os.environ, **(environment or {})}
    process = subprocess.Popen(command, cwd=path.parent, env=environment, stdout=subprocess.PIPE, bufsize=0)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:  # what a shell has put into the background ignores it
            process.kill()
            process.wait()
        assert process.stdout is not None
        process.stdout.close()


def wait_for_table(process: "subprocess.Popen[bytes]") -> bytes:
    """Return what is printed up to the end of what is said about the next save."""
    return _wait_for(END, process)


def _wait_for(end: bytes, process: "subprocess.Popen[bytes]") -> bytes:
    assert process.stdout is not None
    said = b""
    while end not in said:
        piece = os.read(process.stdout.fileno(), 1 << 16)
        if not piece:
            raise RuntimeError(f"the command ended: {said.decode()}")
        said += piece
    return said


def save(path: Path, text: bytes) -> None:
    """Write a file as an editor does: beside the old one, then in its place."""
    new = path.with_suffix(".new")
    new.write_bytes(text)
    new.replace(path)


def seconds(saves: int) -> dict[str, list[tuple[float, float]]]:
    """Return the times of each save, by sample: to the table, and to the end."""
    texts = {name: (root() / "tests" / "submissions" / "backprop" / name).read_bytes() for name in SAMPLES}
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in SAMPLES}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "backprop.py"
        save(path, b"# nothing yet\n")
        with watching(path) as process:
            wait_for_table(process)
            for number in range(saves):
                name = SAMPLES[number % len(SAMPLES)]
                started = time.perf_counter()
                save(path, texts[name] + b"# save %d\n" % number)
                said = _wait_for(TABLE_END, process)
                drawn = time.perf_counter() - started
                if END not in said:
                    wait_for_table(process)
                found[name].append((drawn, time.perf_counter() - started))
                time.sleep(0.1)  # nobody saves sooner
    return found


def measure(*, quick: bool = False, saves: int = 40) -> Iterator[Result]:
    """Yield how long after a save the table stands there, and all else."""
    for name, times in seconds(10 if quick else saves).items():
        for what, these in zip(("the table", "the last line"), zip(*times, strict=True), strict=True):
            found = f"{spread(Spread.of([1000 * one for one in these]))} ms"
            yield Finding(
                what=f"From a save to {what} of `--watch`, {name.partition('/')[0]}", found=found, is_time=True
            )


if __name__ == "__main__":
    for result in measure(saves=int(sys.argv[1]) if len(sys.argv) > 1 else 40):
        show(result)
