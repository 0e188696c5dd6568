"""What comes after a script's results: where it is slow or endless, later runs need not go through it."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .effects import continued_at, set_at
from .jobs import Setup
from .reading import ParsedCell
from .recording import MISSING
from .remarks import mentioned_at
from .script import FaultHead, Namespace, Script
from .syntax import SCOPES, identifier
from .values import ValuesHead
from .watching import WATCH


def lacks_results(head: ValuesHead, setup: Setup) -> bool:
    """Tell whether a result was not assigned on the fixed example."""
    return any(head["values"][name][0] == MISSING[0] for name in setup.results)


def run_until(until: int, script: Script) -> tuple[Namespace, FaultHead | None]:
    """Run once, if there is time for it."""
    left = until - WATCH.ticks
    if left >= script.ticks:
        return script.execute_alone(script.ticks)
    namespace, fault = script.execute_alone(left) if left > 0 else script.skip()
    if fault is not None and is_endless(fault, script):
        return script.skip()  # what it had to stop for is no limit of one run
    return namespace, fault


def is_endless(fault: FaultHead, script: Script) -> bool:
    """Tell whether a run was ended by its limit of time, and not since all is there that is to be had."""
    return fault["kind"] == "time" and fault is not script.stopped_by


class _Sight(NamedTuple):
    """Where something is set or called: behind which line it is not any more, and within which functions.

    `first`: the first line of the outermost loop around it, or else its own.
    """

    spot: tuple[int, int]
    within: tuple[ast.AST, ...]
    first: int
    is_repeated: bool


_Spot = tuple[int, int]
_Scope = tuple[int, int]
"""The first and the last line of a function in which the script stopped; zeros stand for the outermost level."""

End = tuple[int | None, int, int, int]
_CellLines = tuple[int | None, int, int]
"""A cell, and the first and the last of some lines in it."""

_MOST_SPANS = 50


def settled(
    fault: Mapping[str, Any] | None, words: Mapping[str, str], parsed: Iterable[ParsedCell]
) -> dict[str, list[End]]:
    """Return behind which lines each name is set no more, where a fault has stopped the script.

    `words`: what the names may be called, each with the name it stands for. A name is left out where nobody can tell:
    a function may set it that is called in some other way than by its name. With each line stand those of the function
    in which the script stopped and that holds it, or zeros.
    """
    if fault is None:
        return {}
    calls = _Calls([(cell or 0, line) for cell, line in fault["trail"]])
    setting: dict[str, list[_Sight]] = {}
    for node, sight in _sights(parsed):
        calls.add(node, sight)
        for name in filter(None, map(words.get, set_at(node))):
            setting.setdefault(name, []).append(sight)
    ends = {name: calls.ends_of(sights) for name, sights in setting.items()}
    return {name: list(_told(found)) for name, found in ends.items() if found is not None}


def ongoing(
    fault: Mapping[str, Any] | None, words: Mapping[str, str], parsed: Iterable[ParsedCell]
) -> dict[str, list[_CellLines]]:
    """Return in which loops and statements each name's value is gone on from, where a fault has stopped the script.

    `words`: as for `settled`. With each cell stand the first and the last line.
    """
    found: dict[str, dict[_CellLines, None]] = {}
    for node, sight in _sights(parsed) if fault is not None else ():
        for name in filter(None, map(words.get, continued_at(node))):
            found.setdefault(name, {})[sight.spot[0] or None, sight.first, sight.spot[1]] = None
    return {name: list(spans)[:_MOST_SPANS] for name, spans in found.items()}


def _told(ends: Mapping[_Scope, _Spot]) -> Iterator[End]:
    for (first, last), (cell, line) in ends.items():
        yield cell or None, line, first, last


def _sights(parsed: Iterable[ParsedCell]) -> Iterator[tuple[ast.AST, _Sight]]:
    """Yield each node of all cells with the last line of the loops around it, or its own."""
    for item in parsed:
        if item.tree is not None:
            yield from _sights_in(item.tree, item.cell.number or 0)


def _sights_in(tree: ast.Module, cell: int) -> Iterator[tuple[ast.AST, _Sight]]:
    waiting: list[tuple[ast.AST, tuple[int, int] | None, tuple[ast.AST, ...]]] = [(tree, None, ())]
    while waiting:
        node, loop, within = waiting.pop()
        first, last = loop or _lines_of(node)
        yield node, _Sight((cell, last), within, first, loop is not None)
        if isinstance(node, ast.For | ast.While):
            loop = loop or _lines_of(node)
        elif isinstance(node, SCOPES):
            loop, within = None, (*within, node)
        waiting += [(child, loop, within) for child in ast.iter_child_nodes(node)]


class _Calls:
    """The functions of a script and where they are called; `trail`: the lines in which the script stopped."""

    def __init__(self, trail: Sequence[_Spot]) -> None:
        self._trail = trail
        self._calls: dict[str, list[_Sight]] = {}
        self._mentions: Counter[str] = Counter()
        self._cells: dict[ast.AST, int] = {}

    def add(self, node: ast.AST, sight: _Sight) -> None:
        """Take a node of the script."""
        self._mentions.update(mentioned_at(node))
        if isinstance(node, SCOPES):
            self._cells[node] = sight.spot[0]
        if isinstance(node, ast.Call):
            self._calls.setdefault(identifier(node.func) or "", []).append(sight)

    def ends_of(self, sights: Sequence[_Sight], around: tuple[ast.AST, ...] = ()) -> dict[_Scope, _Spot] | None:
        """Return the last places from which any of these may happen; None where it cannot be told."""
        ends: dict[_Scope, _Spot] = {}
        for sight in sights:
            found = self._ends_of_one(sight, around)
            if found is None:
                return None
            for scope, spot in found.items():
                ends[scope] = max(spot, ends.get(scope, spot))
        return ends

    def _ends_of_one(self, sight: _Sight, around: tuple[ast.AST, ...]) -> dict[_Scope, _Spot] | None:
        # The body of a class runs where it stands.
        functions = [each for each in sight.within if not isinstance(each, ast.ClassDef)]
        for function in reversed(functions):
            calls = self._calls_of(function, around)
            if not calls:
                return None
            if not self._holds_fault(function):
                return self._ends_of_calls(calls, (*around, function))
            # The script stopped within the only call there is, so the lines within tell what came before.
            if len(calls) > 1 or calls[0].is_repeated:
                return None
        return {_lines_of(functions[-1]) if functions else (0, 0): sight.spot}

    def _ends_of_calls(self, calls: Sequence[_Sight], around: tuple[ast.AST, ...]) -> dict[_Scope, _Spot] | None:
        ends = self.ends_of(calls, around)
        # What stops in the line of the call has that call behind it: `sys.exit(main())`.
        return ends and {scope: (cell, line - 1) for scope, (cell, line) in ends.items()}

    def _calls_of(self, function: ast.AST, around: tuple[ast.AST, ...]) -> Sequence[_Sight]:
        """Return where a function is called; nothing where that does not tell when it runs."""
        name = _called_by_name(function)
        if name is None or function in around:  # what calls itself is called again and again
            return ()
        calls = self._calls.get(name, ())
        # What is mentioned otherwise may be kept and called later.
        return () if self._mentions[name] > len(calls) else calls

    def _holds_fault(self, function: ast.AST) -> bool:
        first, last = _lines_of(function)
        return any(cell == self._cells[function] and first <= line <= last for cell, line in self._trail)


def _called_by_name(function: ast.AST) -> str | None:
    """Return what a function is called by, if its body runs where that stands; None for coroutines, generators, …"""
    if not isinstance(function, ast.FunctionDef) or function.decorator_list or function.name.startswith("__"):
        return None
    return None if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(function)) else function.name


def _lines_of(node: ast.AST) -> tuple[int, int]:
    first = getattr(node, "lineno", 0)
    return first, getattr(node, "end_lineno", None) or first
