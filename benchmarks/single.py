"""What grading one submission costs: a whole process beside `python submission.py`, and a warm server.

    python benchmarks/single.py

Whole processes are timed in pairs (A B A B …), so that the ratio holds when the machine's speed drifts.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graders.session import open_grader  # noqa: E402
from graders.submission import read_submission  # noqa: E402

PAIRS, WARM_RUNS = 15, 200


def process_s(*arguments: str) -> float:
    """Return the wall time of a whole process."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


def main() -> None:
    """Print both figures."""
    for name in ("exercises/backprop/backprop.py", "reference/backprop.py"):
        grading = ("grade.py", name, "-o", os.devnull)
        process_s(*grading), process_s(name)
        pairs = [(process_s(*grading), process_s(name)) for _ in range(PAIRS)]
        ratio = statistics.median(ours / plain for ours, plain in pairs)
        ours, plain = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
        print(f"grade.py {name}: {ours:.0f} ms, python {name}: {plain:.0f} ms, ratio {ratio:.2f} (median)")
    with open_grader("backprop") as (grader, walls):
        submission = read_submission(ROOT / "reference" / "backprop.py")
        grader.grade(submission)
        times = []
        for _ in range(WARM_RUNS):
            started = time.perf_counter()
            grader.grade(submission)
            times.append((time.perf_counter() - started) * 1000)
        count = len(grader.bank.networks)
        print(f"warm server ({walls}): {statistics.median(times):.2f} ms a submission on {count} networks (median)")


if __name__ == "__main__":
    main()
