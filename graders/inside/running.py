"""One job: select cells, rewrite, run on every network, and send frames: fixed example, random networks, any more."""

import ast
import builtins
import copy
import sys
import types
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from .arrays import Array, unpack
from .cells import Cell, Exercise, ParsedCell, select
from .faults import describe_syntax
from .givens import Givens, Plan, as_numbers
from .layouts import layouts
from .protocol import encode, split
from .recording import Encoded
from .repairing import Repairing, assigned_names, find_assignment
from .rewriting import REPAIR, Names, Site, rewrite
from .script import Namespace, Script

MAX_FAULTS = 16
MAX_NAMES = 100
_DEEP = 20_000  # calls while a syntax tree is walked; a long sum is a deep tree
MAX_STDOUT_CHARACTERS = 4000

Network = Mapping[str, Array]
Column = tuple[list[Encoded], ...]


class Setup(NamedTuple):
    """What all submissions of a run share: the exercise's words, and the networks (the first is the fixed example).

    `recorded`: each name with the names accepted for it; it holds the results too.
    """

    names: Names
    exercise: Exercise
    recorded: Mapping[str, Sequence[str]]
    results: Sequence[str]
    cpu_s: int
    memory_bytes: int
    output_bytes: int
    networks: Sequence[Network]


class Job(NamedTuple):
    """One submission to run. `named`: givens to be taken by name only.

    `repair`: a step, its line and cell, and how many edits of it are to be tried; on these `networks` instead of the
    ones of the setup.
    """

    cells: Sequence[Cell]
    named: Sequence[str]
    networks: Sequence[Network] | None
    repair: tuple[str, int, int | None, int] | None = None


def read_setup(frame: bytes) -> Setup:
    """Decode the frame the trusted side made of an exercise and its networks."""
    head, raw = split(frame)
    recorded, results = head["recorded"], head["results"]
    names = Names(givens=_inverted(head["givens"]), recorded=_inverted(recorded))
    return Setup(
        names=names,
        exercise=Exercise(
            marker=head["marker"],
            solution_marker=head["solution_marker"],
            givens=names.givens,
            results={word for result in results for word in recorded[result]},
        ),
        recorded=recorded,
        results=results,
        cpu_s=head["cpu_s"],
        memory_bytes=head["memory_bytes"],
        output_bytes=head["output_bytes"],
        networks=_networks(head["shapes"], raw),
    )


def read_job(frame: bytes) -> Job:
    """Decode the frame of one submission."""
    head, raw = split(frame)
    cells = [Cell(number=number, source=source) for number, source in head["cells"]]
    networks = None if head["shapes"] is None else _networks(head["shapes"], raw)
    repair = tuple(head["repair"]) if head["repair"] is not None else None
    return Job(cells=cells, named=head["named"], networks=networks, repair=repair)


def run(job: Job, setup: Setup, send: Callable[[bytes], object], end_reply: Callable[[bytes], bytes]) -> None:
    """Run one submission on all networks, then on those of each request; what it raises is part of the reply.

    `send` takes a frame that more follow, `end_reply` the last one of a reply; it returns the next request, if any.
    """
    names, exercise = setup.names, setup.exercise
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(_DEEP)
    try:
        parsed = select(job.cells, exercise)
        repairing = _prepare_repair(job.repair, parsed, names)
        script = Script(rewrite(parsed, names))
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        send(encode({"kind": "syntax", "fault": describe_syntax(error)}))
        return
    finally:
        sys.setrecursionlimit(usual)
    warnings.simplefilter("ignore")  # formatting a warning would look for source files
    networks = job.networks or setup.networks
    givens = Givens(script.sites, setup.networks[0], wide=(), named=job.named)
    head, raw = _run_fixed(script, givens, networks[0], setup)
    if wide := givens.not_found():
        script = Script(rewrite(select(job.cells, exercise), names, wide=True))
        givens = Givens(script.sites, setup.networks[0], wide=wide, named=job.named)
        head, raw = _run_fixed(script, givens, networks[0], setup)
    head["kind"] = "fixed"
    head["cells"] = [item.cell.number for item in parsed if item.cell.number is not None]
    send(encode(head, raw))
    if repairing is not None:
        head, raw = _run_repair(script, givens, networks, repairing)
        send(encode({"kind": "repair", **head}, raw))
    elif not head["not_found"] and not any(fault["kind"] == "output" for fault in head["faults"]):
        script.silence()
        script.record(copying=False)
        head, raw = _run(script, givens, networks[1:], list(setup.results), setup)
        script.record(copying=True)
        frame = end_reply(encode({"kind": "bank", **head}, raw))
        while frame:
            request, raw_networks = split(frame)
            head, raw = _run(script, givens, _networks(request["shapes"], raw_networks), list(setup.recorded), setup)
            frame = end_reply(encode({"kind": "more", **head}, raw))


def _prepare_repair(
    wanted: tuple[str, int, int | None, int] | None, parsed: Sequence[ParsedCell], names: Names
) -> Repairing | None:
    """Make the script call a repair at the assignment in question, if there is a plain one there."""
    if wanted is None:
        return None
    name, line, cell, edits = wanted
    for item in parsed:
        node = (
            find_assignment(item.tree, name, names.recorded.get, line)
            if item.tree and item.cell.number == cell
            else None
        )
        if node is not None and item.tree is not None:
            variables = [word for tree in parsed if tree.tree is not None for word in assigned_names(tree.tree)]
            repairing = Repairing(copy.deepcopy(node.value), variables, edits)
            hook = ast.copy_location(ast.Name(REPAIR, ast.Load()), node.value)
            arguments = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
            late = ast.copy_location(ast.Lambda(arguments, node.value), node.value)
            node.value = ast.copy_location(ast.Call(hook, [late], []), node.value)
            setattr(builtins, REPAIR, repairing)
            return repairing
    return None


def _run_repair(
    script: Script, givens: Givens, networks: Sequence[Network], repairing: Repairing
) -> tuple[dict[str, Any], list[bytes]]:
    """Run on each network and return the value of every candidate there."""
    script.silence()
    script.record(copying=False)
    script.ask(givens)
    columns: list[list[Encoded]] = []
    for network in networks:
        givens.network = network
        repairing.values = []
        script.execute()
        columns.append(repairing.values or [("missing", b"")] * len(repairing.sources))
    rows = list(zip(*columns, strict=True))
    head = {
        "before": repairing.before,
        "sources": repairing.sources,
        "values": {str(index): [shape for shape, _ in row] for index, row in enumerate(rows)},
        "faults": [],
        "fault_of": [-1] * len(networks),
    }
    return head, [raw for row in rows for _, raw in row]


def _run_fixed(script: Script, givens: Givens, network: Network, setup: Setup) -> tuple[dict[str, Any], list[bytes]]:
    """Run once with what it prints captured and every step recorded."""
    captured = script.capture(setup.output_bytes)
    script.record(copying=True)
    namespaces: list[Namespace] = []
    head, raw = _run(script, givens, [network], list(setup.recorded), setup, namespaces.append)
    found = givens.found()
    namespace = namespaces[0]
    head["stdout"] = captured.text(MAX_STDOUT_CHARACTERS)
    head["givens"] = {name: _described(name, sites, namespace, setup) for name, sites in found.items() if sites}
    stopped_early = bool(head["faults"]) and any(head["values"][name][0] == "missing" for name in setup.results)
    head["not_found"] = [] if stopped_early else givens.not_found()  # it may have stopped before it set them
    head["unavailable"] = sorted(script.unavailable)[:MAX_FAULTS]
    head["places"] = dict(script.places)
    head["names"] = _assigned_names(namespace)
    head["local"] = [name for name in setup.results if _is_local(setup.recorded[name], namespace)]
    return head, raw


def _run(
    script: Script,
    givens: Givens,
    networks: Sequence[Network],
    sent: Sequence[str],
    setup: Setup,
    look: Callable[[Namespace], None] | None = None,
) -> tuple[dict[str, Any], list[bytes]]:
    """Run on each network; return the half of a reply's head that both kinds share, and the raw arrays it names."""
    script.ask(givens)
    shapes: dict[str, list[list[int] | str]] = {name: [] for name in sent}
    raws: dict[str, list[bytes]] = {name: [] for name in sent}
    faults: list[dict[str, Any]] = []
    fault_of = []
    results = {name: setup.recorded[name] for name in setup.results}
    recorder = script.recorder
    for network in networks:
        givens.network = network
        namespace, fault = script.execute()
        if fault is not None and fault not in faults and len(faults) < MAX_FAULTS:
            faults.append(fault)
        fault_of.append(-1 if fault is None else faults.index(fault) if fault in faults else MAX_FAULTS - 1)
        for name in sent:
            accepted = results.get(name)
            value = recorder.step(name) if accepted is None else recorder.result(name, accepted, namespace)
            shapes[name].append(value[0])
            raws[name].append(value[1])
        if look is not None:
            look(namespace)
    head = {"values": shapes, "faults": faults, "fault_of": fault_of}
    return head, [piece for name in sent for piece in raws[name]]


def _described(name: str, sites: Sequence[tuple[Site, Plan]], namespace: Namespace, setup: Setup) -> dict[str, Any]:
    """Describe how the student wrote a given; a layout the script gives it later is one of its layouts too."""
    site, plan = sites[-1]
    axes = [list(plan.axes) for _, plan in sites]
    lesson = setup.networks[0][name]
    final = as_numbers(namespace.get(site.name))
    if final is not None:
        ways = layouts(lesson.ndim, final.ndim)
        axes += [list(layout) for layout in ways if layout.shape(lesson.shape) == final.shape][:1]
    return {
        "name": site.name,
        "line": site.line,
        "cell": site.cell,
        "layouts": [layout for index, layout in enumerate(axes) if layout not in axes[:index]],
        "changed": plan.changed,
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


def _is_local(accepted: Iterable[str], namespace: Namespace) -> bool:
    return all(namespace.get(word) is None for word in accepted)


def _networks(shapes: Mapping[str, Sequence[Sequence[int]]], raw: bytes) -> list[Network]:
    """Rebuild networks from the arrays of one given after the other."""
    offset, columns = 0, {}
    for name, of_given in shapes.items():
        columns[name], offset = unpack(of_given, raw, offset)
    count = len(next(iter(columns.values()), ()))
    return [{name: column[index] for name, column in columns.items()} for index in range(count)]


def _inverted(accepted: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {word: name for name, words in accepted.items() for word in words}
