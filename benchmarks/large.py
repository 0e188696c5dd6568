"""A large class graded, graded again with nothing new, and regraded after its exercise was corrected.

python -m benchmarks.large [--count N] [--jobs N]

Every tenth script is wrong, every hundredth hopeless: an endless loop, a sleeper, endless output, or one that takes
all memory. The correction is to the misconceptions, so that only what has a wrong step can change.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from benchmarks.batch import Run, grade, reference_source
from graders.exercise.loading import root

HOPELESS = (
    "while True: pass\n",
    "import time\nwhile True: time.sleep(60)\n",
    "x = []\nwhile True: x.append(bytearray(10**7))\n",
    "while True: print('x' * 1000)\n",
)


def source_of(number: int) -> str:
    """Return a script of the class; all differ, so that no report is taken from another."""
    if number % 100 == 7:
        return f"# {number}\n{HOPELESS[number // 100 % len(HOPELESS)]}"
    source = f"{reference_source()}# {number}\n"
    return source.replace("target - output", "output - target") if number % 10 == 1 else source


def main() -> None:
    """Make the class, grade it three times and print what each time cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "in").mkdir()
        for number in range(options.count):
            (folder / "in" / f"s{number:05}.py").write_text(source_of(number), encoding="utf-8")
        exercise = _own_exercise(folder / "course")
        how = ("--jobs", str(options.jobs), "-e", str(exercise))
        print(f"{options.count} scripts, {options.jobs} at a time")
        _show("graded", grade(folder / "in", folder / "out", *how))
        _show("again, with nothing new", grade(folder / "in", folder / "out", *how))
        misconceptions = exercise / "misconceptions.yaml"
        corrected = misconceptions.read_text(encoding="utf-8").replace("opposite sign", "wrong sign", 1)
        misconceptions.write_text(corrected, encoding="utf-8")
        _show("regraded after a correction", grade(folder / "in", folder / "out", "--regrade", *how))


def _own_exercise(folder: Path) -> Path:
    exercise = folder / "exercises" / "backprop"
    shutil.copytree(root() / "exercises" / "backprop", exercise)
    (folder / "reference").mkdir()
    shutil.copy(root() / "reference" / "backprop.py", folder / "reference")
    return exercise


def _show(what: str, run: Run) -> None:
    print(f"{what}: {run.wall_s:.0f} s, processor {run.cpu_s:.0f} s, {run.parent_mib:.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
