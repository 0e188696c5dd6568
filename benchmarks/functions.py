"""What a function, a class or a training script costs to grade, beside running it: `python -m benchmarks.functions`.

Both take turns, in the same process and on the same hundred cases: grading a right submission in the sandbox, and
without it the plain calls (the lines of `use` on functions that are defined once), or the script as the reference is
run.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from benchmarks.measuring import Result, Way, compare, show
from graders.exercise.asked import Case, Exercise
from graders.exercise.reference import Reference
from graders.inside.kinds import value_of
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import decode_submission

TURNS = 9
EXERCISES = {"affine_layers": "Functions", "neural_network": "A class", "gradient_records": "A training script"}


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


def beside_plain_runs(name: str, kind: str, turns: int) -> Result:
    """Return what grading an exercise's own solution costs beside running it."""
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

    with open_sandboxed(materials, Terms(isolation=None, fallback=True)) as grader:
        assert grader.grade(submission).score.percent == 100
        ways = [
            Way(name="run in process", seconds=lambda: seconds(plain), remark="no isolation, comparison or report"),
            Way(name="graded in a warm sandbox", seconds=lambda: seconds(lambda: grader.grade(submission))),
        ]
        return compare(f"{kind}: {name}", ways, turns)


def measure(*, quick: bool = False) -> Iterator[Result]:
    """Yield each exercise."""
    for name, kind in EXERCISES.items():
        yield beside_plain_runs(name, kind, 3 if quick else TURNS)


if __name__ == "__main__":
    for result in measure():
        show(result)
