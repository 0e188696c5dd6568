"""One job: select cells, rewrite, run on all inputs, and send frames: fixed example, bank, any more."""

import types
import warnings
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any

from .arrays import MAX_NDIM, Array
from .asking import Asked
from .attempts import Attempt, deep_recursion, find_givens, prepare_attempt
from .enough import look_at_tail
from .faults import describe_syntax
from .givens import Givens
from .heads import ExampleHead
from .hints import bound_below, bound_in_example
from .influence import mark_idle
from .jobs import Inputs, Job, Setup, read_request
from .layouts import Layout, layouts
from .likeness import Replacement, as_numbers
from .limiting import LIMITS
from .modules import OWN_MODULES, written_modules
from .programs import GivenSite
from .protocol import encode
from .reading import ParsedCell
from .recording import MISSING, Encoded
from .remarks import deleted_names, last_places, overwritten, uncalled
from .script import Namespace, Script, set_up_process
from .tails import is_endless, lacks_results, ongoing, run_until, settled
from .values import Values, ValuesHead
from .watching import MOST_RUNS, WATCH

if TYPE_CHECKING:
    from .diagnosing import Diagnosing
    from .repairing import Repairing

MAX_UNAVAILABLE = 16
MAX_NAMES = 100
MAX_LINES = 20
MAX_STDOUT_CHARACTERS = 4000

_Send = Callable[[bytes], object]
Answering = Generator[bytes, bytes, None]
"""A run that stands still between two requests: it yields the last frame of a reply and is sent the next request."""


def run_job(job: Job, setup: Setup, send: _Send, end_reply: Callable[[bytes], bytes]) -> None:
    """Run one submission on all inputs, then on those of each request; what it raises is part of the reply.

    `send` takes a frame that more follow, `end_reply` the last one of a reply; it returns the next request, if any.
    """
    answering = answer_requests(job, setup, send)
    frame = next(answering, None)
    while frame is not None and (request := end_reply(frame)):
        frame = answering.send(request)  # it waits for another one


def answer_requests(job: Job, setup: Setup, send: _Send) -> Answering:
    """Do what `run_job` does, for those who cannot wait for the next request where they are called from."""
    warnings.simplefilter("ignore")  # formatting a warning would look for source files
    set_up_process(job.cells)
    OWN_MODULES.hold({**written_modules(job.cells), **job.modules})
    inputs = job.inputs or setup.inputs
    try:
        first = prepare_attempt(job, setup, job.reading, send)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        send(encode({"kind": "syntax", "fault": describe_syntax(error)}))
        return
    attempt, head, raw = find_givens(first, job, setup, lambda attempt: _run_example(attempt, inputs[0], setup))
    chosen = {"cells": attempt.cells, "left_out": attempt.left_out, "mended": _mended_lines(attempt.parsed)}
    bound = _bound_elsewhere(job, attempt, head, setup)
    send(encode({"kind": "fixed", **chosen, "bound": bound, **head}, raw))
    # Checks of the student's own hold on the lesson's numbers alone: where they held there, they stop no other case.
    went_past = setup.beyond.use is None and not lacks_results(head, setup)
    attempt.script.is_lenient = went_past or not head["faults"]
    if attempt.repairing is not None:
        send(_repair_frame(attempt, attempt.repairing, inputs))
    elif not head["not_found"] and not _ends_the_job(attempt.script, head, setup):
        yield from _run_bank(attempt, inputs[1:], setup)


def _bound_elsewhere(job: Job, attempt: Attempt, head: ExampleHead, setup: Setup) -> dict[str, Any]:
    """Return where names that were not defined are bound: further down, or in what of a file is not run."""
    places: dict[str, Any] = {}
    for fault in head["faults"]:
        is_cut = setup.beyond.definitions
        places |= bound_in_example(job.cells, attempt.parsed, fault) if is_cut else bound_below(job.cells, fault)
    return places


def _mended_lines(parsed: Sequence[ParsedCell]) -> dict[str, list[int]]:
    """Return the lines of a script that Python could not have read; in a notebook they are nothing unusual."""
    return {
        kind: lines[:MAX_LINES] for item in parsed if item.cell.number is None for kind, lines in item.mended.items()
    }


def _ends_the_job(script: Script, head: ExampleHead, setup: Setup) -> bool:
    """Tell whether a limit was reached before any result that the bank need not reach again."""
    kinds = {fault["kind"] for fault in head["faults"]}
    return bool(kinds & LIMITS) and script.done is None and lacks_results(head, setup)


def _run_bank(attempt: Attempt, bank: Sequence[Inputs], setup: Setup) -> Answering:
    """Run on the bank for the results, and on the inputs of every request for all steps."""
    script = attempt.script
    script.connect(attempt.givens, copying=False)
    head, raw = _run_on(attempt, bank, setup.results, setup)
    script.connect(attempt.givens, copying=True)
    request = yield encode({"kind": "bank", **head}, raw)
    diagnosing: Diagnosing | None = None
    while True:
        asked = read_request(request)
        if not isinstance(asked, Asked):
            head, raw = _run_on(attempt, asked, list(setup.recorded), setup)
            request = yield encode({"kind": "more", **head}, raw)
        else:
            diagnosing = diagnosing or _prepare_diagnosis(attempt, setup)
            request = yield encode(*_diagnose(diagnosing, asked, attempt))


def _prepare_diagnosis(attempt: Attempt, setup: Setup) -> "Diagnosing":
    """Compile the observed program; only here, so that nothing of it is in a run that earns points."""
    from .diagnosing import Diagnosing  # a right submission needs nothing of it

    with deep_recursion():
        return Diagnosing(attempt.parsed, attempt.program, attempt.script, setup.accepted_results())


def _diagnose(diagnosing: "Diagnosing", asked: Asked, attempt: Attempt) -> tuple[dict[str, Any], list[bytes]]:
    """Run all trials with the plans made on the fixed example; results are read as those of the bank."""

    def set_case(case: Inputs) -> None:
        attempt.givens.inputs = case

    attempt.script.connect(attempt.givens, copying=False)
    try:
        return diagnosing.answer(asked, set_case)
    finally:
        attempt.script.connect(attempt.givens, copying=True)


def _repair_frame(attempt: Attempt, repairing: "Repairing", inputs: Sequence[Inputs]) -> bytes:
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
    attempt: Attempt, inputs: Sequence[Inputs], names: Sequence[str], setup: Setup
) -> tuple[ValuesHead, list[bytes]]:
    values = Values(names, setup.accepted_results())
    script, givens = attempt.script, attempt.givens
    # A limit for all runs together: each may take its whole time, but not every one of a hundred.
    until = WATCH.ticks + MOST_RUNS * script.ticks
    for one in inputs:
        givens.inputs = one
        namespace, fault = run_until(until, script)
        values.add(script, namespace, fault)
        del namespace  # before the next run, which has all the memory to itself
        # One run that never comes to a result takes its points on all cases: the others need not be tried.
        if fault is not None and is_endless(fault, script) and (script.is_endless or values.lack_one()):
            until = WATCH.ticks
    return values.reply()


def _run_example(attempt: Attempt, example: Inputs, setup: Setup) -> tuple[ExampleHead, list[bytes]]:
    """Run once with what it prints captured and every step recorded."""
    script, givens = attempt.script, attempt.givens
    script.streams.capture(setup.output_bytes)
    script.connect(givens, copying=True)  # a step that is changed in place later is told as it was when it was set
    givens.inputs = example
    namespace, fault = script.execute()
    givens.decide()
    edition = givens.edition()  # a number of another edition among this one's is a changed one
    values = Values(setup.recorded, setup.accepted_results())
    values.add(script, namespace, fault)
    head, raw = values.reply()
    # It may have stopped before it set them; then they are not missing.
    stopped_early = fault is not None and lacks_results(head, setup)
    stdout = script.streams.text(MAX_STDOUT_CHARACTERS)
    script.streams.silence()
    look_at_tail(script, attempt.parsed, namespace, fault, setup)
    missing = [name for name in setup.results if head["values"][name][0] == "missing"]
    changed = script.recorder.changed
    mark_idle(script, givens, setup.accepted_results())
    described: ExampleHead = {
        **head,
        "stdout": stdout,
        "givens": _described_givens(givens, namespace, setup, edition),
        "not_found": [] if stopped_early else givens.not_found(),
        "unavailable": sorted(script.unavailable)[:MAX_UNAVAILABLE],
        "places": dict(script.places),
        "settled": settled(fault, setup.words.recorded, attempt.parsed),
        "ongoing": ongoing(fault, setup.words.recorded, attempt.parsed),
        "names": _assigned_names(namespace),
        "readings": givens.readings,
        "edition": edition,
        "shapes": _shapes_of(namespace) if missing else {},
        "hints": {},
        "overwritten": _overwritten(attempt, example, namespace, setup),
        "uncalled": uncalled(attempt.parsed, setup.words.recorded, missing) if missing else {},
        "local": _local_results(attempt, [name for name in setup.results if name not in missing], setup, namespace),
        "changed": changed,
    }
    return described, raw


def _overwritten(
    attempt: Attempt, example: Inputs, namespace: Namespace, setup: Setup
) -> dict[str, tuple[int | None, int]]:
    variables = {
        given: [(site.name, (site.cell, site.line)) for site, replacement in sites if not replacement.idle]
        for given, sites in attempt.givens.found().items()
    }
    own = {name: place for name, place in attempt.script.places.items() if name in setup.results}
    places = last_places(own, attempt.script.recorder.assigned, attempt.parsed)
    return overwritten(variables, example, namespace, attempt.parsed, places)


def _described_givens(
    givens: Givens, namespace: Namespace, setup: Setup, edition: int | None
) -> dict[str, dict[str, Any]]:
    return {
        name: _describe_given(name, sites, namespace, setup, edition) for name, sites in givens.found().items() if sites
    }


def _describe_given(
    name: str,
    sites: Sequence[tuple[GivenSite, Replacement]],
    namespace: Namespace,
    setup: Setup,
    edition: int | None,
) -> dict[str, Any]:
    """Describe how the student wrote a given; a layout the script gives it later is one of its layouts too."""
    # Where several sites set a given, the last is the one whose value the script goes on with.
    used = [(site, replacement) for site, replacement in sites if not replacement.idle] or sites
    site, last = used[-1]
    axes = [replacement.axes for _, replacement in used]
    axes += _final_layout(setup.inputs[0][name], namespace.get(site.name))
    return {
        "name": site.name,
        "line": site.line,
        "cell": site.cell,
        "layouts": [list(layout) for layout in dict.fromkeys(axes)],
        "changed": last.changed or (last.edition is not None and edition is None),
        "shape": list(last.shape),
        "by_name": any(site.given is not None for site, _ in sites),
        "half": any(replacement.half for _, replacement in sites),
    }


def _final_layout(lesson: Array, value: Any) -> list[Layout]:
    """Return the most natural layout in which a variable has a given's shape at the end, if it has it in one."""
    final = as_numbers(value)
    if final is None:
        return []
    return [way for way in layouts(lesson.ndim, final.ndim) if way.shape(lesson.shape) == final.shape][:1]


def _assigned_names(namespace: Namespace) -> list[str]:
    names = [
        name[:60]
        for name, value in namespace.items()
        if not name.startswith("__") and not isinstance(value, types.ModuleType | types.FunctionType | type)
    ]
    return names[-MAX_NAMES:]  # the last ones: results stand at the end


def _shapes_of(namespace: Namespace) -> dict[str, list[int]]:
    """Return the shapes of all names that hold numbers: a result may be one of them."""
    arrays = {name: as_numbers(namespace[name]) for name in _assigned_names(namespace) if name in namespace}
    return {name: list(array.shape) for name, array in arrays.items() if array is not None and array.ndim <= MAX_NDIM}


def _local_results(attempt: Attempt, names: Sequence[str], setup: Setup, namespace: Namespace) -> list[str]:
    """Return the results that only a function or an object holds; one that the script deletes was its own."""
    local = [name for name in names if _is_local(name, setup, namespace)]
    deleted = deleted_names(attempt.parsed) if local else frozenset[str]()
    return [name for name in local if not deleted.intersection(setup.recorded[name])]


def _is_local(name: str, setup: Setup, namespace: Namespace) -> bool:
    is_used = setup.beyond.use is not None and name in setup.beyond.use.assigned
    return not is_used and all(namespace.get(word) is None for word in setup.recorded[name])
