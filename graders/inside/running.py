"""One job: select cells, rewrite, run on all inputs, and send frames: fixed example, bank, any more."""

import gc
import sys
import types
import warnings
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from .allowing import not_allowed
from .cells import select
from .definitions import select_definitions
from .diagnosing import Diagnosing
from .faults import describe_syntax
from .givens import Givens, Replacement, as_numbers
from .jobs import Inputs, Job, Setup, read_request
from .layouts import layouts
from .modules import OWN_MODULES
from .own_checks import soften_checks
from .protocol import encode
from .reading import ParsedCell
from .recording import MISSING, Encoded
from .repairing import Repairing, hook_in
from .rewriting import Program, Site, rewrite
from .script import Namespace, Script, set_up_process
from .tails import enough_results
from .trials import Asked
from .values import Values, ValuesHead
from .watching import MOST_RUNS, WATCH

MAX_UNAVAILABLE = 16
MAX_NAMES = 100
MAX_LINES = 20
_DEEP = 20_000  # calls while a syntax tree is walked; a long sum is a deep tree
MAX_STDOUT_CHARACTERS = 4000

_Send = Callable[[bytes], object]


class ExampleHead(ValuesHead):
    """What is told about the fixed example besides; `sandbox.wire.FixedHead` says what is accepted."""

    stdout: str
    givens: dict[str, dict[str, Any]]
    not_found: list[str]
    unavailable: list[str]
    places: dict[str, tuple[int | None, int]]
    names: list[str]
    local: list[str]
    changed: list[tuple[int, str]]


class _Attempt(NamedTuple):
    """A submission made ready to run: rewritten, with the givens it takes."""

    parsed: Sequence[ParsedCell]
    left_out: list[int]
    program: Program
    script: Script
    givens: Givens
    repairing: Repairing | None

    @property
    def cells(self) -> list[int]:
        """The numbers of the notebook's cells that are run."""
        return [item.cell.number for item in self.parsed if item.cell.number is not None]


def run_job(job: Job, setup: Setup, send: _Send, end_reply: Callable[[bytes], bytes]) -> None:
    """Run one submission on all inputs, then on those of each request; what it raises is part of the reply.

    `send` takes a frame that more follow, `end_reply` the last one of a reply; it returns the next request, if any.
    """
    warnings.simplefilter("ignore")  # formatting a warning would look for source files
    set_up_process()
    OWN_MODULES.hold(job.modules)
    try:
        attempt = _prepare(job, setup, send)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        send(encode({"kind": "syntax", "fault": describe_syntax(error)}))
        return
    inputs = job.inputs or setup.inputs
    head, raw = _run_example(attempt, inputs[0], setup)
    if (wide := attempt.givens.not_found()) and not _ends_the_job(head, setup):
        attempt = _prepare(job, setup, _unsent, wide=wide)
        gc.collect()  # what the first attempt left is not this one's
        head, raw = _run_example(attempt, inputs[0], setup)
    chosen = {"cells": attempt.cells, "left_out": attempt.left_out, "mended": _mended_lines(attempt.parsed)}
    send(encode({"kind": "fixed", **chosen, **head}, raw))
    attempt.script.streams.silence()
    attempt.script.is_lenient = not head["faults"]
    if attempt.repairing is not None:
        send(_repair_frame(attempt, attempt.repairing, inputs))
    elif not head["not_found"] and not _ends_the_job(head, setup):
        _run_bank(attempt, inputs[1:], setup, end_reply)


def _prepare(job: Job, setup: Setup, send: _Send, wide: Sequence[str] = ()) -> _Attempt:
    """Parse and rewrite a submission. Raises what `compile` raises.

    `wide`: givens that were not found where they had to have the lesson's value.
    """
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(_DEEP)
    try:
        beyond = setup.beyond
        parsed, left_out = (
            select_definitions(job.cells, setup) if beyond.definitions else select(job.cells, setup.exercise)
        )
        if beyond.rules is not None and job.repair is None:
            # before anything of the submission has run: it cannot take this back
            trees = [(item.cell.number, item.tree) for item in parsed if item.tree is not None]
            send(encode({"kind": "rules", "broken": not_allowed(trees, beyond.rules)}))
        # Before rewriting, which wraps the very expression that is to be repaired.
        repairing = None if job.repair is None else hook_in(job.repair, parsed, setup.words.recorded.get)
        soften_checks((item.cell.source, item.tree) for item in parsed)
        program = rewrite(parsed, setup.words, wide=bool(wide))
    finally:
        sys.setrecursionlimit(usual)
    fixed = {} if beyond.definitions else setup.inputs[0]
    givens = Givens(program.sites, fixed, wide=wide, named=job.named, beyond=beyond)
    script = Script(program, beyond, [cell.source for cell in job.cells], results=setup.results, cpu_s=setup.cpu_s)
    return _Attempt(parsed, left_out, program, script, givens, repairing)


def _unsent(_: bytes) -> None:
    """Say nothing: it has been said."""


def _mended_lines(parsed: Sequence[ParsedCell]) -> dict[str, list[int]]:
    """Return the lines of a script that Python could not have read; in a notebook they are nothing unusual."""
    return {
        kind: lines[:MAX_LINES] for item in parsed if item.cell.number is None for kind, lines in item.mended.items()
    }


def _ends_the_job(head: ExampleHead, setup: Setup) -> bool:
    """Tell whether a limit was reached that the bank need not reach again; what was there before still counts."""
    kinds = {fault["kind"] for fault in head["faults"]}
    return bool(kinds & {"output", "memory", "time"}) and _lacks_results(head, setup)


def _lacks_results(head: ValuesHead, setup: Setup) -> bool:
    return any(head["values"][name][0] == "missing" for name in setup.results)


def _run_bank(attempt: _Attempt, bank: Sequence[Inputs], setup: Setup, end_reply: Callable[[bytes], bytes]) -> None:
    """Run on the bank for the results, and on the inputs of every request for all steps."""
    script = attempt.script
    script.connect(attempt.givens, copying=False)
    head, raw = _run_on(attempt, bank, setup.results, setup)
    script.connect(attempt.givens, copying=True)
    request = end_reply(encode({"kind": "bank", **head}, raw))
    diagnosing: Diagnosing | None = None
    while request:
        asked = read_request(request)
        if not isinstance(asked, Asked):
            head, raw = _run_on(attempt, asked, list(setup.recorded), setup)
            request = end_reply(encode({"kind": "more", **head}, raw))
        else:
            diagnosing = diagnosing or _prepare_diagnosis(attempt, setup)
            request = end_reply(encode(*_diagnose(diagnosing, asked, attempt)))


def _prepare_diagnosis(attempt: _Attempt, setup: Setup) -> Diagnosing:
    """Compile the observed program; only here, so that nothing of it is in a run that earns points."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(_DEEP)
    try:
        return Diagnosing(attempt.parsed, attempt.program, attempt.script, setup.accepted_results())
    finally:
        sys.setrecursionlimit(usual)


def _diagnose(diagnosing: Diagnosing, asked: Asked, attempt: _Attempt) -> tuple[dict[str, Any], list[bytes]]:
    """Run all trials with the plans made on the fixed example; results are read as those of the bank."""

    def set_case(case: Inputs) -> None:
        attempt.givens.inputs = case

    attempt.script.connect(attempt.givens, copying=False)
    try:
        return diagnosing.answer(asked, set_case)
    finally:
        attempt.script.connect(attempt.givens, copying=True)


def _repair_frame(attempt: _Attempt, repairing: Repairing, inputs: Sequence[Inputs]) -> bytes:
    """Run on all inputs and return the value of every candidate there."""
    attempt.script.connect(attempt.givens, copying=False)
    columns: list[list[Encoded]] = []
    for values in inputs:
        attempt.givens.inputs = values
        repairing.values = []
        attempt.script.execute()
        columns.append(repairing.values or [MISSING] * len(repairing.sources))
    rows = list(zip(*columns, strict=True))
    head = {
        "kind": "repair",
        "before": repairing.before,
        "sources": repairing.sources,
        "values": {str(index): [shape for shape, _ in row] for index, row in enumerate(rows)},
        "faults": [],
        "fault_of": [-1] * len(inputs),
    }
    return encode(head, [raw for row in rows for _, raw in row])


def _run_on(
    attempt: _Attempt, inputs: Sequence[Inputs], names: Sequence[str], setup: Setup
) -> tuple[ValuesHead, list[bytes]]:
    values = Values(names)
    results = setup.accepted_results()
    script = attempt.script
    until = WATCH.ticks + MOST_RUNS * script.ticks
    for one in inputs:
        attempt.givens.inputs = one
        left = min(script.ticks, until - WATCH.ticks)
        namespace, fault = script.execute_alone(left) if left > 0 else script.skip()
        values.add(script, namespace, fault, results)
        del namespace  # before the next run, which has all the memory to itself
    return values.reply()


def _run_example(attempt: _Attempt, example: Inputs, setup: Setup) -> tuple[ExampleHead, list[bytes]]:
    """Run once with what it prints captured and every step recorded."""
    script, givens = attempt.script, attempt.givens
    script.streams.capture(setup.output_bytes)
    script.connect(givens, copying=True)
    givens.inputs = example
    namespace, fault = script.execute()
    values = Values(setup.recorded)
    values.add(script, namespace, fault, setup.accepted_results())
    head, raw = values.reply()
    script.enough = None if _lacks_results(head, setup) else enough_results(script, head, namespace, setup)
    # It may have stopped before it set them; then they are not missing.
    stopped_early = fault is not None and _lacks_results(head, setup)
    described: ExampleHead = {
        **head,
        "stdout": script.streams.text(MAX_STDOUT_CHARACTERS),
        "givens": {
            name: _describe_given(name, sites, namespace, setup) for name, sites in givens.found().items() if sites
        },
        "not_found": [] if stopped_early else givens.not_found(),
        "unavailable": sorted(script.unavailable)[:MAX_UNAVAILABLE],
        "places": dict(script.places),
        "names": _assigned_names(namespace),
        "local": [name for name in setup.results if _is_local(name, setup, namespace)],
        "changed": script.recorder.changed,
    }
    return described, raw


def _describe_given(
    name: str, sites: Sequence[tuple[Site, Replacement]], namespace: Namespace, setup: Setup
) -> dict[str, Any]:
    """Describe how the student wrote a given; a layout the script gives it later is one of its layouts too."""
    site, last = sites[-1]
    axes = [list(replacement.axes) for _, replacement in sites]
    lesson = setup.inputs[0][name]
    final = as_numbers(namespace.get(site.name))
    if final is not None:
        ways = layouts(lesson.ndim, final.ndim)
        axes += [list(layout) for layout in ways if layout.shape(lesson.shape) == final.shape][:1]
    return {
        "name": site.name,
        "line": site.line,
        "cell": site.cell,
        "layouts": [layout for index, layout in enumerate(axes) if layout not in axes[:index]],
        "changed": last.changed,
        "by_name": any(site.given is not None for site, _ in sites),
        "by_value": any(site.given is None for site, _ in sites),
    }


def _assigned_names(namespace: Namespace) -> list[str]:
    names = [
        name[:60]
        for name, value in namespace.items()
        if not name.startswith("__") and not isinstance(value, types.ModuleType | types.FunctionType | type)
    ]
    return names[-MAX_NAMES:]


def _is_local(name: str, setup: Setup, namespace: Namespace) -> bool:
    is_used = setup.beyond.use is not None and name in setup.beyond.use.assigned
    return not is_used and all(namespace.get(word) is None for word in setup.recorded[name])
