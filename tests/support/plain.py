"""Judge one run in a process in which msgspec and PyYAML cannot be imported. Prints what was found, as JSON.

The exercise asks for twice a number; the script computes the `factor` that is named on the command line, and x again.
"""

import importlib
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

LIBRARIES = {"msgspec", "yaml", "jinja2", "rich", "hypothesis"}
PACKAGE = Path(__file__).resolve().parents[2] / "graders"


class Refusing(MetaPathFinder):
    """Refuses the libraries that have no place beside a judge."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> None:
        """Let others look, or raise."""
        if fullname.partition(".")[0] in LIBRARIES:
            raise ImportError(f"{fullname} has no place here")


def load_all() -> None:
    """Import every module that judges or runs inside."""
    for folder in ("judging", "inside"):
        for path in sorted((PACKAGE / folder).glob("*.py")):
            if path.stem != "__main__":
                importlib.import_module(f"graders.{folder}.{path.stem}")


def judge_factor(factor: float) -> dict[str, Any]:
    """Return the checks and the diagnosis of a script that multiplies by this."""
    import numpy as np

    from graders.exercise.asked import Case, Exercise
    from graders.exercise.content import Drawing, ExerciseStep, Given, Limits, Points
    from graders.exercise.reference import Reference
    from graders.judging.answers import answers_of
    from graders.judging.checks import Run, judge
    from graders.judging.diagnosis import Diagnoser
    from graders.judging.findings import Diagnosis
    from graders.outcome import Feedback
    from graders.sandbox.reply import Column, Execution, FixedHead, Part, Reply, Stop
    from graders.sandbox.sandbox import Sandbox

    exercise = Exercise(
        name="twice",
        folder=PACKAGE,
        title={"en": "Twice", "zh": "两倍"},
        marker="#twice.py#",
        solution_marker="#solution.py#",
        givens={"x": Given(fixed=3.0, random=(-1.0, 1.0))},
        steps=[ExerciseStep(name="y", shape=[], points=Points(fixed=10, bank=40))],
        drawing=Drawing(count=2),
        limits=Limits(wall_s=1, cpu_s=1, memory_mib=64, output_kib=64),
        reference_source="x = 3.0\n# TODO: twice x\ny = 2 * x\n",
        sha256="",
    )
    bank: list[Case] = [{"x": np.asarray(number)} for number in (0.5, -1.0)]
    reference = Reference(exercise)

    def ran(cases: Sequence[Case]) -> Part:
        values = np.array([factor * float(case["x"]) for case in cases])
        return Part({"y": Column([[] for _ in cases], values)}, [], [-1] * len(cases))

    head = FixedHead("", {}, [], [], {"y": (None, 3)}, ["x", "y"], [], 1, None, {}, {}, [])
    reply = Reply(confined=True, head=head, fixed=ran([exercise.fixed]), bank=ran(bank))

    class Played(Sandbox):
        """Says at once what the script would."""

        isolation = "played"

        def prepare(self, setup: bytes, cases: int) -> None:
            return None

        def release(self) -> None:
            return None

        def close(self) -> None:
            return None

        def run(self, job: bytes, *, cases: int | None = None, wall_s: float | None = None) -> Execution:
            return Execution(reply, Stop.BY_ITSELF)

        def ask(self, job: bytes, request: bytes, *, cases: int, wall_s: float | None = None) -> Execution:
            return Execution(reply._replace(more=ran([*bank, *bank][:cases])), Stop.BY_ITSELF)

    cases = [exercise.fixed, *bank]
    answers = answers_of(exercise, reference, cases, [reference.values(case) for case in cases])
    execution = Execution(reply, Stop.BY_ITSELF)
    run = Run([(None, f"x = 3.0\ny = {factor} * x\n")], 0, b"", execution, judge(execution, exercise, answers))
    diagnoser = Diagnoser(exercise, reference, bank, tuple, lang="en", feedback=Feedback.COUNTEREXAMPLE)
    found = diagnoser.diagnose(run, Played(), time.monotonic() + 60)
    assert isinstance(found, Diagnosis)
    return {
        "checks": [asdict(item.check) for item in run.judged],
        "steps": [asdict(step) for step in found.steps],
        "counterexample": found.counterexample and asdict(found.counterexample),
    }


if __name__ == "__main__":
    sys.meta_path.insert(0, Refusing())
    load_all()
    print(json.dumps(judge_factor(float(sys.argv[1]))))
