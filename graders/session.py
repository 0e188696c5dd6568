"""Open everything a run needs, in the order that costs least: exercise, bank, sandbox, grader."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

from graders.choices import Isolation
from graders.errors import SandboxUnavailable, UsageError
from graders.exercise.asked import Exercise
from graders.exercise.bank import DEFAULT_SEED, Bank, get_bank, read_bank
from graders.exercise.draws import why_unanswerable
from graders.exercise.loading import load_exercise
from graders.exercise.problems import MOST_CASES
from graders.exercise.reference import Reference, load_reference
from graders.grading import Grader
from graders.messages import Lang
from graders.outcome import Feedback
from graders.records import Record
from graders.sandbox.launch import Launched, launch
from graders.sandbox.sandbox import Sandbox
from graders.sandbox.server import KernelSandbox


class Materials(Record):
    """What all sandboxes of a run share."""

    exercise: Exercise
    reference: Reference
    bank: Bank


class Terms(Record):
    """How submissions are to be graded.

    `isolation` None means `kernel`, or, with `fallback`, `process` where the machine has no kernel sandbox.
    """

    isolation: Isolation | None = "kernel"
    fallback: bool = False
    lang: Lang = "en"
    feedback: Feedback = Feedback.COUNTEREXAMPLE


def choose_terms(*, isolation: Isolation | None, feedback: Feedback | str, lang: Lang, fallback: bool = False) -> Terms:
    """Return the terms that a program asks for, whose words nobody has looked at yet. Raises UsageError.

    Only who may fall back need not name the isolation.
    """
    if isolation is not None or not fallback:
        _check_word("isolation", isolation, get_args(Isolation))
    # Looked at here, where they arrive: the annotations promise it, but nobody checks a caller's types.
    _check_word("feedback", feedback, tuple(Feedback))
    _check_word("lang", lang, get_args(Lang))
    return Terms(isolation=isolation, fallback=fallback, feedback=Feedback(feedback), lang=lang)


def _check_word(argument: str, found: str | None, expected: Sequence[str]) -> None:
    if found not in expected:
        raise UsageError(f"{argument}: found {found!r}, expected one of {', '.join(expected)}", argument=argument)


def check_count(argument: str, found: int, most: int | None = None) -> None:
    """Raise UsageError unless an argument is a whole number from 1 to `most`."""
    if type(found) is not int or found < 1 or (most is not None and found > most):
        expected = "at least 1" if most is None else f"1 to {most}"
        raise UsageError(f"{argument}: found {found!r}, expected {expected}", argument=argument)


def load_materials(
    exercise_name: str, *, seed: int = DEFAULT_SEED, cases: int | None = None, bank_path: Path | None = None
) -> Materials:
    """Load exercise and reference, and draw or read the bank. Raises UsageError, ExerciseError."""
    exercise = load_exercise(exercise_name)
    reference = load_reference(exercise)
    return Materials(
        exercise=exercise,
        reference=reference,
        bank=open_bank(exercise, reference, seed=seed, cases=cases, path=bank_path),
    )


@contextmanager
def open_sandboxed(
    materials: Materials, terms: Terms, launched: Launched | None = None
) -> Iterator[tuple[Grader, str]]:
    """Yield a grader with a sandbox of its own, and a line about its walls.

    `launched`: a server that is already starting. Raises SandboxUnavailable.
    """
    exercise = materials.exercise
    with open_sandbox(exercise, terms.isolation, fallback=terms.fallback, launched=launched) as sandbox:
        grader = Grader(
            exercise, materials.reference, materials.bank, sandbox, lang=terms.lang, feedback=terms.feedback
        )
        yield grader, sandbox.walls


def open_bank(exercise: Exercise, reference: Reference, *, seed: int, cases: int | None, path: Path | None) -> Bank:
    """Return the recorded bank, or the one of this seed and size."""
    if path is not None:
        return _answerable(exercise, reference, read_bank(path, exercise))
    count = exercise.drawing.count if cases is None else cases
    check_count("cases", count, MOST_CASES)
    return get_bank(exercise, reference, seed=seed, count=count)


def _answerable(exercise: Exercise, reference: Reference, bank: Bank) -> Bank:
    """Return the bank if it has a right answer on every case; a recorded one may be an older version's."""
    for index, case in enumerate(bank.cases):
        if reason := why_unanswerable(exercise, reference, case):
            raise UsageError(f"bank: case {index + 1} cannot be graded on: {reason}")
    return bank


def open_sandbox(
    exercise: Exercise, isolation: Isolation | None, *, fallback: bool, launched: Launched | None = None
) -> Sandbox:
    """Return the sandbox of this level. Raises SandboxUnavailable where the machine does not have it."""
    if isolation == "process":
        return _process_sandbox(exercise)
    # Fail closed: without walls nothing runs, unless a student at home asked for no level at all.
    try:
        launched = launched or launch()  # a server that was started early is used once
        if launched is None:
            raise SandboxUnavailable("this system has no kernel sandbox")
        return _with_walls(KernelSandbox(launched, exercise.limits))
    except SandboxUnavailable as error:
        if fallback and isolation is None:
            return _process_sandbox(exercise)
        remedy = "use Linux, or isolation='process' for code you trust"
        raise SandboxUnavailable(f"{error}; {remedy}", argument="isolation") from error


def _with_walls(sandbox: KernelSandbox) -> KernelSandbox:
    try:
        sandbox.check_walls()
    except SandboxUnavailable:
        sandbox.close()  # else its server would live as long as this process
        raise
    return sandbox


def _process_sandbox(exercise: Exercise) -> Sandbox:
    # Not needed where the kernel's walls hold, which is nearly always.
    from graders.sandbox.spawning import ProcessSandbox

    return ProcessSandbox(exercise.limits)
