"""Open everything a run needs, in the order that costs least: exercise, bank, sandbox, grader."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import get_args

from graders.choices import Isolation
from graders.errors import SandboxUnavailable, UsageError
from graders.exercise.asked import Exercise
from graders.exercise.bank import DEFAULT_SEED, Bank, get_bank, joint_bank, read_bank
from graders.exercise.loading import load_exercise
from graders.exercise.problems import MOST_CASES
from graders.exercise.reference import Reference, load_reference
from graders.grading import Grader
from graders.joint_grading import AnyGrader, JointGrader
from graders.messages import Lang, message
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


class JointMaterials(Record):
    """The same of an exercise that is made of others, each with materials of its own."""

    exercise: Exercise
    bank: Bank
    parts: Sequence[Materials]


AnyMaterials = Materials | JointMaterials


def single_materials(materials: AnyMaterials) -> Sequence[Materials]:
    """Return the materials of each exercise that there is a reference for."""
    return materials.parts if isinstance(materials, JointMaterials) else [materials]


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
    """Load an exercise that is one and its reference, and draw or read the bank. Raises UsageError, ExerciseError."""
    found = load_any(exercise_name, seed=seed, cases=cases, bank_path=bank_path)
    if isinstance(found, JointMaterials):
        parts = ", ".join(part.exercise.name for part in found.parts)
        raise UsageError(message("usage.made-of-parts", name=found.exercise.name, parts=parts))
    return found


def load_any(
    exercise_name: str, *, seed: int = DEFAULT_SEED, cases: int | None = None, bank_path: Path | None = None
) -> AnyMaterials:
    """Load what `load_materials` does, also of an exercise that is made of others. Raises UsageError, ExerciseError."""
    exercise = load_exercise(exercise_name)
    recorded = None if bank_path is None else read_bank(bank_path, exercise)

    def load(part: Exercise, own: Bank | None) -> Materials:
        reference = load_reference(part)
        bank = _open_bank(part, reference, seed=seed, cases=cases, recorded=own)
        return Materials(exercise=part, reference=reference, bank=bank)

    if not exercise.parts:
        return load(exercise, recorded)
    banks = [None] * len(exercise.parts) if recorded is None else recorded.parts
    return _of_parts(exercise, [load(*pair) for pair in zip(exercise.parts, banks, strict=True)])


def materials_on(exercise: Exercise, bank: Bank) -> AnyMaterials:
    """Return the materials of an exercise on a bank that somebody has looked at already. Raises ExerciseError."""

    def load(part: Exercise, own: Bank) -> Materials:
        return Materials(exercise=part, reference=load_reference(part), bank=own)

    if not exercise.parts:
        return load(exercise, bank)
    return _of_parts(exercise, [load(*pair) for pair in zip(exercise.parts, bank.parts, strict=True)])


def _of_parts(exercise: Exercise, parts: Sequence[Materials]) -> JointMaterials:
    bank = joint_bank(exercise.name, [part.bank for part in parts])
    return JointMaterials(exercise=exercise, bank=bank, parts=parts)


@contextmanager
def open_sandboxed(materials: Materials, terms: Terms, launched: Launched | None = None) -> Iterator[Grader]:
    """Yield a grader with a sandbox of its own.

    `launched`: a server that is already starting. Raises SandboxUnavailable.
    """
    exercise = materials.exercise
    with open_sandbox(exercise, terms.isolation, fallback=terms.fallback, launched=launched) as sandbox:
        yield Grader(exercise, materials.reference, materials.bank, sandbox, lang=terms.lang, feedback=terms.feedback)


@contextmanager
def open_any(materials: AnyMaterials, terms: Terms, launched: Launched | None = None) -> Iterator[AnyGrader]:
    """Yield what `open_sandboxed` does, also for an exercise that is made of others. Raises SandboxUnavailable."""
    if isinstance(materials, Materials):
        with open_sandboxed(materials, terms, launched) as grader:
            yield grader
        return
    with ExitStack() as stack:
        graders: list[Grader] = []
        for part in materials.parts:
            # Each part has its own setup, and so a server of its own; the first takes the one that is starting.
            own = launched if not graders or launched is None else launched.branch()
            graders.append(stack.enter_context(open_sandboxed(part, terms, own)))
        yield JointGrader(materials.exercise, materials.bank, graders, terms.lang)


def _open_bank(
    exercise: Exercise, reference: Reference, *, seed: int, cases: int | None, recorded: Bank | None
) -> Bank:
    """Return the recorded bank, or the one of this seed and size."""
    if recorded is not None:
        return _answerable(exercise, reference, recorded)
    count = exercise.drawing.count if cases is None else cases
    check_count("cases", count, MOST_CASES)
    return get_bank(exercise, reference, seed=seed, count=count)


def _answerable(exercise: Exercise, reference: Reference, bank: Bank) -> Bank:
    """Return the bank if it has a right answer on every case; a recorded one may be an older version's."""
    from graders.exercise.informative import why_unanswerable  # only of a recorded bank

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
