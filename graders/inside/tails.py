"""What comes after a script's results: where it is slow or endless, later runs need not go through it."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .effects import set_at
from .jobs import Setup
from .reading import ParsedCell
from .remarks import mentioned_at
from .script import Namespace, Script
from .syntax import SCOPES, identifier
from .values import ValuesHead
from .watching import WATCH


def enough_results(script: Script, head: ValuesHead, namespace: Namespace, setup: Setup) -> int | None:
    """Return how many results the run that has just ended had assigned when all were as they stayed.

    None where what came after them is not slow, or changed one of them otherwise than by an assignment: then every run
    goes to its end.
    """
    kinds = {fault["kind"] for fault in head["faults"]}
    if setup.beyond.use is not None or not (WATCH.slow_tail() or kinds & {"time", "output", "memory"}):
        return None
    recorder, accepted = script.recorder, setup.accepted_results()
    # No tick comes while the kernel hands out a gigabyte; a hundred runs would wait for that.
    WATCH.at_once = "memory" in kinds
    # A result that is changed in place afterwards (`delta *= 2`) is not settled when it was assigned.
    final = all(recorder.step(name) == recorder.result(name, words, namespace) for name, words in accepted.items())
    return WATCH.results if final else None


class _Sight(NamedTuple):
    """Where something is set or called: behind which line it is not any more, and within which functions."""

    spot: tuple[int, int]
    within: tuple[ast.AST, ...]
    is_repeated: bool


def settled(
    fault: Mapping[str, Any] | None, words: Mapping[str, str], parsed: Iterable[ParsedCell]
) -> dict[str, tuple[int | None, int]]:
    """Return behind which line each name is set no more, where a fault has stopped the script.

    `words`: what the names may be called, each with the name it stands for. A name is left out where nobody can tell:
    a function may set it that is called in some other way than by its name.
    """
    if fault is None or fault["line"] is None:
        return {}
    calls = _Calls((fault["cell"] or 0, fault["line"]))
    setting: dict[str, list[_Sight]] = {}
    for node, sight in _sights(parsed):
        calls.add(node, sight)
        for name in filter(None, map(words.get, set_at(node))):
            setting.setdefault(name, []).append(sight)
    ends = {name: calls.last_spot(sights) for name, sights in setting.items()}
    return {name: (spot[0] or None, spot[1]) for name, spot in ends.items() if spot is not None}


def _sights(parsed: Iterable[ParsedCell]) -> Iterator[tuple[ast.AST, _Sight]]:
    """Yield each node of all cells with the last line of the loops around it, or its own."""
    for item in parsed:
        if item.tree is not None:
            yield from _sights_in(item.tree, item.cell.number or 0)


def _sights_in(tree: ast.Module, cell: int) -> Iterator[tuple[ast.AST, _Sight]]:
    waiting: list[tuple[ast.AST, int, tuple[ast.AST, ...]]] = [(tree, 0, ())]
    while waiting:
        node, loops, within = waiting.pop()
        last = _lines_of(node)[1]
        yield node, _Sight((cell, max(loops, last)), within, loops > 0)
        if isinstance(node, ast.For | ast.While):
            loops = max(loops, last)
        elif isinstance(node, SCOPES):
            loops, within = 0, (*within, node)
        waiting += [(child, loops, within) for child in ast.iter_child_nodes(node)]


class _Calls:
    """The functions of a script and where they are called; `fault`: where the script stopped."""

    def __init__(self, fault: tuple[int, int]) -> None:
        self._fault = fault
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

    def last_spot(self, sights: Sequence[_Sight], around: tuple[ast.AST, ...] = ()) -> tuple[int, int] | None:
        """Return the last place from which any of these may happen; None where it cannot be told."""
        last = (0, 0)
        for sight in sights:
            spots = [sight.spot, *(self._called_until(each, around) for each in sight.within)]
            if None in spots:
                return None
            last = max(last, *filter(None, spots))
        return last

    def _called_until(self, function: ast.AST, around: tuple[ast.AST, ...]) -> tuple[int, int] | None:
        if isinstance(function, ast.ClassDef):
            return (0, 0)  # its body runs where it stands
        name = _called_by_name(function) or ""
        calls = self._calls.get(name, [])
        # What is mentioned otherwise may be kept and called later; what calls itself is called again and again.
        if self._mentions[name] > len(calls) or function in around:
            return None
        end = self.last_spot(calls, (*around, function)) if calls else None
        if end is None:
            return None
        if not self._holds_fault(function):
            # What stops in the line of the call has that call behind it: `sys.exit(main())`.
            return end[0], end[1] - 1
        # The script stopped within the only call there is, so the lines within tell what came before.
        return (0, 0) if len(calls) == 1 and not calls[0].is_repeated else None

    def _holds_fault(self, function: ast.AST) -> bool:
        cell, line = self._fault
        first, last = _lines_of(function)
        return self._cells[function] == cell and first <= line <= last


def _called_by_name(function: ast.AST) -> str | None:
    """Return what a function is called by, if its body runs where that stands; None for coroutines, generators, …"""
    if not isinstance(function, ast.FunctionDef) or function.decorator_list or function.name.startswith("__"):
        return None
    return None if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(function)) else function.name


def _lines_of(node: ast.AST) -> tuple[int, int]:
    first = getattr(node, "lineno", 0)
    return first, getattr(node, "end_lineno", None) or first
