"""What finding and reading the hand-ins of a large class costs, beside another version's: nothing of it is graded.

python -m benchmarks.intake [--files N] [--beside CHECKOUT]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
_ROUNDS = 3

# Run in a process of its own, since two versions of a package cannot be loaded into one.
_MEASURE = """
import json, resource, sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
try:
    from graders.exercise.loading import load_exercise
except ImportError:  # version 1
    from graders.exercise import load_exercise
from graders.intake.entry import wanted_by
from graders.intake.finding import find_entries
from graders.intake.reading import read_entry
wanted = wanted_by(load_exercise("backprop"))
began = time.perf_counter()
entries = find_entries([Path(sys.argv[2])], wanted)
found = time.perf_counter()
unreadable = sum(read_entry(entry, wanted).unreadable is not None for entry in entries)
read = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([len(entries), unreadable, found - began, read - found, peak]))
"""


def main() -> None:
    """Make a class, measure, and print a line for each version."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.intake", description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--beside", type=Path, metavar="CHECKOUT")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        _make_class(Path(scratch), options.files)
        versions = [ROOT, *([options.beside] if options.beside is not None else [])]
        best: dict[Path, list[float]] = {}
        for _ in range(_ROUNDS):  # in turns, so that a busy moment of the machine is not one version's alone
            for version in versions:
                found = _measured(version, Path(scratch))
                best[version] = min(best.get(version, found), found, key=lambda row: row[2] + row[3])
    for version, (entries, unreadable, listing, reading, peak) in best.items():
        print(
            f"{version}: {entries:.0f} hand-ins, {unreadable:.0f} unreadable; "
            f"found in {listing:.2f} s, read in {reading:.2f} s; {peak:.0f} MiB"
        )


def _measured(version: Path, folder: Path) -> list[float]:
    command = [sys.executable, "-c", _MEASURE, str(version), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=version)
    return [float(value) for value in json.loads(done.stdout)]


def _make_class(folder: Path, files: int) -> None:
    """Write a folder per student: mostly one script, some with the template or a notebook beside it, a few damaged."""
    solution = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
    template = (ROOT / "exercises" / "backprop" / "backprop.py").read_text(encoding="utf-8")
    notebook = json.dumps({"cells": [{"cell_type": "code", "source": solution}]})
    for number in range(files):
        own = folder / f"student{number:05}"
        own.mkdir()
        kind = number % 20
        if kind == 0:
            (own / "backprop.ipynb").write_text(notebook, encoding="utf-8")
            (own / "backprop.py").write_text(template, encoding="utf-8")
        elif kind == 1:
            (own / "backprop.py").write_bytes(b"\x89PNG")
        else:
            (own / "backprop.py").write_text(f"{solution}# {number}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
