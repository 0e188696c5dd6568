"""What grading one submission costs beside running it, and in a warm server: `python -m benchmarks.single`."""

import time
from collections.abc import Iterator

from benchmarks.measuring import Finding, Result, Spread, compare, show, spread
from benchmarks.tools import GRADER, SCRIPT
from graders.exercise.loading import root
from graders.sandbox.launch import launch
from graders.sandbox.server import KernelSandbox
from graders.session import Materials, Terms, load_materials, open_sandboxed
from graders.submission import read_submission

RIGHT = root() / "reference" / "backprop.py"
UNTOUCHED = root() / "exercises" / "backprop" / "backprop.py"


def measure(*, quick: bool = False) -> Iterator[Result]:
    """Yield a right submission, the untouched template (which is diagnosed), and a submission in a warm server."""
    for title, file in (("A right submission", RIGHT), ("The untouched template", UNTOUCHED)):
        GRADER.start(file).wait()
        yield compare(title, [GRADER.alone(file), SCRIPT.alone(file)], rounds=5 if quick else 15)
    yield warm(runs=50 if quick else 200)


def warm(*, runs: int) -> Finding:
    """Grade a right submission again and again in one server."""
    materials = load_materials("backprop")
    with open_sandboxed(materials, Terms()) as grader:
        submission = read_submission(RIGHT)
        grader.grade(submission)
        times = []
        for _ in range(runs):
            started = time.perf_counter()
            grader.grade(submission)
            times.append((time.perf_counter() - started) * 1000)
        count = len(grader.bank.cases)
    return Finding(
        what="A right submission in a warm server, one at a time",
        found=f"{spread(Spread.of(times))} ms on {count} cases, {runs} runs; walls: {walls_here(materials)}",
        is_time=True,
    )


def walls_here(materials: Materials) -> str:
    """Return what keeps a submission in on this machine."""
    launched = launch()
    assert launched is not None
    with KernelSandbox(launched, materials.exercise.limits) as sandbox:
        return sandbox.walls.split(", uid")[0]


if __name__ == "__main__":
    for result in measure():
        show(result)
