"""Scripts that are right for their own sizes only: told from the cases on which they are right.

Such a script computes `h[0]` and `h[1]` by hand, or checks a shape. What it is written for is known where it explains
every case: right on those of these sizes, wrong or stopped on all others.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from graders.errors import SandboxError
from graders.exercise.asked import Case, Exercise
from graders.exercise.reference import Reference
from graders.judging.answers import answers_of
from graders.judging.checks import Answers, Judged, Run, Sizes, judge
from graders.outcome import On, Verdict
from graders.sandbox.encoding import encode_job
from graders.sandbox.reply import FaultClaim, FixedHead, Part
from graders.sandbox.sandbox import Sandbox

EXTRA = 5
"""Cases of the script's own sizes, which a bank need not have: as many are run beside it."""

Lengths = Mapping[str, int]


def lengths_of(exercise: Exercise, case: Case) -> dict[str, int]:
    """Return each dimension's length on a case."""
    return {
        name: length
        for key, given in exercise.givens.items()
        for name, length in zip(given.shape, case[key].shape, strict=True)
        if isinstance(name, str)
    }


def own_lengths(exercise: Exercise, head: FixedHead) -> dict[str, int] | None:
    """Return each dimension's length in the student's own numbers, or None where these do not fit together."""
    found: dict[str, int] = {}
    for name, given in exercise.givens.items():
        claim = head.givens.get(name)
        if claim is None or len(claim.shape) != len(given.shape):
            return None
        for dimension, length in zip(given.shape, claim.shape, strict=True):
            if isinstance(dimension, int):  # which is the same in every script
                continue
            if not 0 < length <= 1000 or found.setdefault(dimension, length) != length:
                return None
    return found


def with_sizes(
    run: Run,
    exercise: Exercise,
    reference: Reference,
    bank: Sequence[Case],
    answers: Sequence[Answers],
    sandbox: Sandbox,
) -> Run:
    """Say what sizes a run's script is written for, if that is so, and give it the points of what is right there."""
    head, part = run.execution.reply.head, run.execution.reply.bank
    if not exercise.is_straight or head is None or part is None or not _may_be_sized(run.judged, part):
        return run
    own = own_lengths(exercise, head) or lengths_of(exercise, exercise.fixed)

    def right_on(cases: Sequence[Case]) -> list[bool]:
        return _right_on(_judged_on(cases, run, exercise, reference, sandbox))

    sizes = _sizes_of(run.judged, part, exercise, bank, own, right_on)
    return run if sizes is None else run._replace(sizes=sizes, judged=_with_credit(run.judged, answers, part))


def _sizes_of(
    judged: Sequence[Judged],
    part: Part,
    exercise: Exercise,
    bank: Sequence[Case],
    own: Lengths,
    right_on: Callable[[Sequence[Case]], list[bool]],
) -> Sizes | None:
    """Return the sizes that explain on which cases a script is right; `right_on`: where it is of other cases."""
    extra = _cases_of_sizes(exercise, bank[:EXTRA], own)
    on_bank = _right_on(judged)
    right = [*on_bank, *right_on(extra)]
    # One answer for each case, or sizes explain nothing: the run may have failed, or not have come to its end.
    lengths = [lengths_of(exercise, case) for case in (*bank, *extra)]
    sizes = find_sizes(own, lengths, right, part) if len(right) == len(lengths) else None
    if sizes is None or sizes.fit(own):
        return sizes
    # The few cases of other sizes than its own may be alike in more than that: it must be right on those it fails on.
    failing = [case for case, is_right in zip(bank, on_bank, strict=True) if not is_right]
    others = _cases_of_sizes(exercise, failing[:EXTRA], {**own, **sizes.exactly})
    return sizes if right_on(others) == [True] * len(others) else None


def _judged_on(
    extra: Sequence[Case], run: Run, exercise: Exercise, reference: Reference, sandbox: Sandbox
) -> Sequence[Judged]:
    """Run and judge a script on other cases; nothing where that failed."""
    cases = [exercise.fixed, *extra]
    wanted = answers_of(exercise, reference, cases, [reference.values(case) for case in cases])
    job = encode_job(exercise, run.cells, reading=run.reading, cases=cases, modules=run.modules)
    try:
        return judge(sandbox.run(job, cases=len(cases)), exercise, wanted)
    except SandboxError:
        return ()


def _may_be_sized(judged: Sequence[Judged], bank: Part) -> bool:
    """Tell whether it is worth asking: what is wrong on the bank stopped the script, or has a wrong shape."""
    sized = any(item.check.on is On.BANK and item.check.verdict is Verdict.WRONG_SHAPE for item in judged)
    return sized or any(fault.kind == "exception" for fault in bank.faults)


def _cases_of_sizes(exercise: Exercise, bank: Sequence[Case], lengths: Lengths) -> list[Case]:
    """Make cases of these sizes from the numbers of others, taken round and round."""
    shapes = {
        # A number in a given's shape is its length on every case; a word is a dimension's name.
        name: [length if isinstance(length, int) else lengths[length] for length in given.shape]
        for name, given in exercise.givens.items()
    }
    return [{name: np.resize(case[name], shape) for name, shape in shapes.items()} for case in bank]


def _right_on(judged: Sequence[Judged]) -> list[bool]:
    """Return for each case of the bank whether all results are right there; nothing where one has no values."""
    columns = [item.comparisons or () for item in judged if item.check.on is On.BANK]
    if len({len(column) for column in columns}) != 1:
        return []
    return [all(item.verdict is Verdict.CORRECT for item in row) for row in zip(*columns, strict=True)]


def find_sizes(own: Lengths, lengths: Sequence[Lengths], right: Sequence[bool], bank: Part) -> Sizes | None:
    """Return the fewest sizes that explain on which cases a script is right; `own`: those of its numbers."""
    on_right = list(itertools.compress(lengths, right))
    # Right everywhere or nowhere: then it is not the sizes.
    if len(on_right) in (0, len(right)):
        return None
    for exactly, at_least in _guesses(_varying(own, lengths)):
        least = {name: min(one[name] for one in on_right) for name in at_least}
        sizes = Sizes({name: on_right[0][name] for name in exactly}, least)
        if _may_be_meant(sizes, own, len(on_right)) and sizes.explain(lengths, right):
            fault = _first_fault(bank)
            return sizes if fault is None else sizes._replace(line=fault.line, cell=fault.cell)
    return None


def _may_be_meant(sizes: Sizes, own: Lengths, right: int) -> bool:
    """Tell whether a script may be written for these sizes: those of its own numbers, or it is right on many cases.

    Few of other sizes would be chance; many are those of a worked example, carried over. Of length 1 much is right that
    is meant otherwise: a dot product is a product there.
    """
    return sizes.fit(own) or (not sizes.at_least and right >= EXTRA and min(sizes.exactly.values()) > 1)


def _varying(names: Iterable[str], lengths: Sequence[Lengths]) -> list[str]:
    """Return the dimensions that have several lengths; one that never varies explains nothing."""
    return [name for name in names if len({one[name] for one in lengths}) > 1]


def _first_fault(bank: Part) -> FaultClaim | None:
    return next((bank.faults[index] for index in bank.fault_of if index >= 0), None)


def _guesses(names: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield which dimensions may have one length, and which a least one: the fewest first."""
    for count in range(1, len(names) + 1):
        for chosen in itertools.combinations(names, count):
            for kinds in itertools.product((True, False), repeat=count):
                pairs = list(zip(chosen, kinds, strict=True))
                yield [name for name, exact in pairs if exact], [name for name, exact in pairs if not exact]


def _with_credit(judged: Sequence[Judged], answers: Sequence[Answers], bank: Part) -> list[Judged]:
    """Give a result its points that is right wherever the script came to it before an exception."""
    of = {item.step.name: item for item in answers}
    credited = []
    for item in judged:
        ran = 0 if item.check.on is On.FIXED else _right_where_it_ran(item, bank)
        credited.append(item._replace(check=of[item.check.result].check_of(ran)) if ran else item)
    return credited


def _right_where_it_ran(item: Judged, bank: Part) -> int:
    """Return on how many cases of the bank a result was computed, if it is right on all of them; else 0."""
    column = bank.columns.get(item.check.result)
    if column is None or item.comparisons is None:
        return 0
    ran = 0
    for index, (shape, comparison) in enumerate(zip(column.shapes, item.comparisons, strict=True)):
        fault = bank.fault_on(index)
        if comparison.verdict is Verdict.CORRECT:
            ran += 1
        # A wrong value, or one that is missing without an exception, has nothing to do with sizes.
        elif fault is None or fault.kind != "exception" or shape not in ("missing", "none"):
            return 0
    return ran
