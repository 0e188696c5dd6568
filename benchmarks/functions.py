"""What a function or a training script costs to grade, beside running it: `python -m benchmarks.functions`.

Both are measured in turns, in the same process and on the same hundred cases, and the median of the ratios is printed:
grading a right submission in the sandbox, and without it the plain calls (the lines of `use` on functions that are
defined once), or the script as the reference is run.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from graders.exercise.asked import Case, Exercise
from graders.exercise.reference import Reference
from graders.inside.kinds import value_of
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import decode_submission

TURNS = 9
EXERCISES = {"affine_layers": "functions", "neural_network": "a class", "gradient_records": "training"}


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def call_on(exercise: Exercise, cases: Sequence[Case]) -> None:
    """Define the reference's functions and run the lines of `use` on every case."""
    namespace: dict[str, Any] = {"print": lambda *_: None}
    exec(exercise.reference_source, namespace)
    lines = compile(exercise.use, "use", "exec")
    with np.errstate(all="ignore"):
        for case in cases:
            exec(lines, {**namespace, **{name: value_of(case[name], exercise.kinds[name]) for name in case}})


def ratio(name: str) -> tuple[float, float, float]:
    """Return the median of grading over plain runs, and both medians in milliseconds."""
    materials = load_materials(name, cases=100)
    exercise, cases = materials.exercise, [materials.exercise.fixed, *materials.bank.cases]
    reference = Reference(exercise)
    submission = decode_submission("solution.py", exercise.reference_source.encode())

    def plain() -> None:
        if exercise.submission == "definitions":
            call_on(exercise, cases)
            return
        for case in cases:
            reference.values(case)

    with open_sandboxed(materials, Terms(isolation=None, fallback=True)) as (grader, _):
        assert grader.grade(submission).score.percent == 100
        pairs = [(seconds(lambda: grader.grade(submission)), seconds(plain)) for _ in range(TURNS)]
    graded, ran = (statistics.median(times) for times in zip(*pairs, strict=True))
    return statistics.median(first / second for first, second in pairs), 1000 * graded, 1000 * ran


def main() -> None:
    print("| exercise | what it is | plain, ms | graded, ms | ratio |\n|---|---|---|---|---|")
    for name, kind in EXERCISES.items():
        found, graded, ran = ratio(name)
        print(f"| `{name}` | {kind} | {ran:.0f} | {graded:.0f} | {found:.2f} |")


if __name__ == "__main__":
    main()
