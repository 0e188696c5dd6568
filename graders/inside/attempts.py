"""A submission made ready to run, and the ways to find its givens: one after the other, until all are found."""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from .allowing import AllowingRules, not_allowed
from .cells import Selection, select
from .compiling import rewrite
from .definitions import select_definitions
from .givens import Givens
from .heads import ExampleHead
from .hints import hints
from .jobs import Job, Setup
from .modules import OWN_MODULES
from .own_checks import soften_checks
from .programs import Program
from .protocol import RepairOrder, encode
from .reading import ParsedCell, filename_of
from .rewriting import Rewriter
from .script import Script
from .searching import SearchingRewriter

if TYPE_CHECKING:
    from .repairing import Repairing

_DEEP = 20_000  # calls while a syntax tree is walked; a long sum is a deep tree

_Example = tuple[ExampleHead, list[bytes]]


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Let a deep tree be walked; a submission runs with the usual limit, as everywhere."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(_DEEP)
    try:
        yield
    finally:
        sys.setrecursionlimit(usual)


class Attempt(NamedTuple):
    """A submission made ready to run: rewritten, with the givens it takes."""

    parsed: Sequence[ParsedCell]
    left_out: list[int]
    program: Program
    script: Script
    givens: Givens
    repairing: "Repairing | None"
    skips: bool = False
    """Whether what cannot be computed without a library is left out."""

    @property
    def cells(self) -> list[int]:
        """The numbers of the notebook's cells that are run."""
        return [item.cell.number for item in self.parsed if item.cell.number is not None]


def find_givens(
    first: Attempt, job: Job, setup: Setup, run_example: Callable[[Attempt], _Example]
) -> tuple[Attempt, ExampleHead, list[bytes]]:
    """Run the fixed example, looking further for the givens until all are found; swapped are all of them or none.

    First where an ordinary script has them, then everywhere, then with other numbers under their names. Return what
    was run at last, and what `run_example` says of it.
    """
    first, head, raw = _with_libraries(first, job, setup, run_example)
    if not head["not_found"] and _reached_limit(head):
        head["readings"] = 1  # it would again
        return first, head, raw
    missing, ways = first.givens.not_found(), first.givens.readings
    is_doubtful = first.givens.is_doubtful()
    if not missing and (job.reading < ways or not is_doubtful):
        head["readings"] = ways + is_doubtful  # where it is, searching is one more way
        return first, head, raw
    before = 0 if missing else ways  # readings that were asked for, and answered, before this one
    for attempt in _searching_attempts(job, setup, max(0, job.reading - before), missing, skips=first.skips):
        found, numbers = run_example(attempt)
        found["readings"] = before + attempt.givens.readings
        missing = attempt.givens.not_found()
        if not missing:
            return attempt, found, numbers
    if head["not_found"]:  # else the script stopped before it set them
        head["not_found"] = missing
        head["hints"] = _hints_at(missing, first, setup)
    return first, head, raw


def _with_libraries(
    first: Attempt, job: Job, setup: Setup, run_example: Callable[[Attempt], _Example]
) -> tuple[Attempt, ExampleHead, list[bytes]]:
    """Run the fixed example; where a library is missing, without what needs it, if all results are there then."""
    head, raw = run_example(first)
    stopped = any(fault["type"] == "ModuleNotFoundError" for fault in head["faults"])
    if not stopped or not first.script.unavailable or _has_all_results(head, setup):
        return first, head, raw
    attempt = prepare_attempt(job, setup, job.reading, _unsent, skips=True)
    found, numbers = run_example(attempt)
    return (attempt, found, numbers) if _has_all_results(found, setup) else (first, head, raw)


def _has_all_results(head: ExampleHead, setup: Setup) -> bool:
    return all(isinstance(head["values"][name][0], list) for name in setup.results)


def _hints_at(missing: Sequence[str], attempt: Attempt, setup: Setup) -> dict[str, Any]:
    wanted = {name: setup.inputs[0][name] for name in missing}
    return hints(attempt.parsed, wanted, setup.words.givens)


def _searching_attempts(
    job: Job, setup: Setup, reading: int, wanted: Sequence[str], *, skips: bool
) -> Iterator[Attempt]:
    """Yield the submission made ready to be searched everywhere, and then with other numbers under its names, too."""
    for wide in ((), wanted):
        gc.collect()  # what an earlier attempt left is not this one's
        try:
            attempt = prepare_attempt(job, setup, reading, _unsent, SearchingRewriter, wide, skips=skips)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            return  # too deep for what is put around its expressions
        yield attempt


def _reached_limit(head: ExampleHead) -> bool:
    return any(fault["kind"] in ("time", "output") for fault in head["faults"])


def prepare_attempt(
    job: Job,
    setup: Setup,
    reading: int,
    send: Callable[[bytes], object],
    rewriter_class: type[Rewriter] = Rewriter,
    wide: Sequence[str] = (),
    *,
    skips: bool = False,
) -> Attempt:
    """Parse and rewrite a submission. Raises what `compile` raises.

    `wide`: givens that were not found where they had to have the lesson's value. `skips`: without what needs a library
    that is not there.
    """
    beyond = setup.beyond
    with deep_recursion():
        parsed, left_out = _select(job, setup)
        if beyond.rules is not None and job.repair is None:
            # Before anything of the submission has run: it cannot take this back.
            send(_rules_frame(parsed, beyond.rules))
        # Before rewriting, which wraps the very expression that is to be repaired.
        repairing = None if job.repair is None else _hooked_in(job.repair, parsed, setup)
        soften_checks(
            ((item.cell.source, item.tree) for item in parsed), setup.words.givens, is_straight=beyond.use is None
        )
        program = rewrite(parsed, setup.words, rewriter_class, OWN_MODULES.trees(), skips=skips)
    sources = [cell.source for cell in job.cells]
    givens = Givens(
        program.sites,
        {} if beyond.definitions else setup.inputs[0],
        wide=wide,
        # Only where the lesson's own numbers are missing: its worked example may stand in the same script.
        editions=() if rewriter_class is Rewriter else setup.editions,
        accepted=setup.words.givens,
        reading=reading,
        beyond=beyond,
        text="\n".join([*sources, *job.modules.values()]),
    )
    trees = {filename_of(item.cell): item.tree for item in parsed if item.tree is not None}
    script = Script(program, beyond, sources, trees=trees, results=setup.results, cpu_s=setup.cpu_s)
    return Attempt(parsed, left_out, program, script, givens, repairing, skips)


def _select(job: Job, setup: Setup) -> Selection:
    return select_definitions(job.cells, setup) if setup.beyond.definitions else select(job.cells, setup.exercise)


def _hooked_in(order: RepairOrder, parsed: Sequence[ParsedCell], setup: Setup) -> "Repairing | None":
    from .repairing import hook_in  # nothing that is graded needs it

    return hook_in(order, parsed, setup.words.recorded.get)


def _rules_frame(parsed: Sequence[ParsedCell], rules: AllowingRules) -> bytes:
    trees = [(item.cell.number, item.tree) for item in parsed if item.tree is not None]
    return encode({"kind": "rules", "broken": not_allowed(trees, rules)})


def _unsent(_: bytes) -> None:
    """Say nothing: it has been said."""
