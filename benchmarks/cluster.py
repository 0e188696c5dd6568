"""What a cluster costs: a class with `--jobs 2` beside the same with two workers: `python -m benchmarks.cluster [N]`.

Both are timed in turns (A B A B …), so that the ratio holds when the machine's speed drifts. Exits with status 1 if the
cluster's throughput is below GOAL of that of the jobs.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from distributed import LocalCluster
from msgspec.structs import replace

from graders.batch.class_run import ExercisePart, HandIns, Output, Workforce, find_submissions, grade_exercises
from graders.command.progress import ClassProgress
from graders.exercise.loading import root
from graders.session import Materials, Terms, load_materials

GOAL = 0.8
ROUNDS = 3
WORKERS = 2


def write_class(folder: Path, count: int) -> None:
    """Write submissions that all differ; every fourth is wrong, so that it is diagnosed."""
    right = (root() / "reference" / "backprop.py").read_text(encoding="utf-8")
    wrong = right.replace("target - output", "output - target")
    for number in range(count):
        text = right if number % 4 else wrong
        (folder / f"student{number:05}.py").write_text(f"{text}number = {number}\n", encoding="utf-8")


def per_second(handed_in: HandIns, materials: Materials, address: str | None) -> float:
    """Grade the class once."""
    with tempfile.TemporaryDirectory() as out:
        started = time.perf_counter()
        workforce = Workforce(jobs=WORKERS, cluster=address)
        progress = ClassProgress(len(handed_in.entries), "en", quiet=True)
        grade_exercises([ExercisePart(handed_in, materials)], Terms(), Output(folder=Path(out)), workforce, progress)
        return len(handed_in.entries) / (time.perf_counter() - started)


def main() -> int:
    """Print the throughputs and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    materials = load_materials("backprop")
    local = LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None, silence_logs=50)
    with tempfile.TemporaryDirectory() as folder, local:
        write_class(Path(folder), count)
        handed_in = find_submissions([Path(folder)], materials)
        # the workers' imports and sandboxes
        per_second(replace(handed_in, entries=handed_in.entries[:100]), materials, local.scheduler_address)
        rounds = [
            (per_second(handed_in, materials, None), per_second(handed_in, materials, local.scheduler_address))
            for _ in range(ROUNDS)
        ]
    jobs, workers = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(on_cluster / here for here, on_cluster in rounds)
    print(f"{count} submissions, a second: {jobs:.0f} with --jobs {WORKERS}, {workers:.0f} on {WORKERS} workers")
    print(f"ratio {ratio:.2f} (median of {ROUNDS}; goal {GOAL})")
    return 0 if ratio >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
