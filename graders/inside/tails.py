"""What comes after a script's results: where it is slow or endless, later runs need not go through it."""

import ast
from collections.abc import Iterable, Mapping
from typing import Any

from .effects import set_at
from .jobs import Setup
from .reading import ParsedCell
from .script import Namespace, Script
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


def settled(
    fault: Mapping[str, Any] | None, words: Mapping[str, str], parsed: Iterable[ParsedCell]
) -> dict[str, tuple[int | None, int]]:
    """Return behind which line each name is set no more, where a fault has stopped the script.

    `words`: what the names may be called, each with the name it stands for.
    """
    found: dict[str, tuple[int | None, int]] = {}
    for item in parsed if fault is not None else ():
        lines = {} if item.tree is None else _last_lines(item.tree, words)
        # cells are in the order in which they run
        found |= {name: (item.cell.number, line) for name, line in lines.items()}
    return found


def _last_lines(tree: ast.Module, words: Mapping[str, str]) -> dict[str, int]:
    """Return the last line that sets each name, or the end of the loops around it."""
    loops = [_lines_of(node) for node in ast.walk(tree) if isinstance(node, ast.For | ast.While)]
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        for name in filter(None, map(words.get, set_at(node))):
            first, last = _lines_of(node)
            around = [end for start, end in loops if start <= first <= end]
            found[name] = max([last, *around, found.get(name, 0)])
    return found


def _lines_of(node: ast.AST) -> tuple[int, int]:
    first = getattr(node, "lineno", 0)
    return first, getattr(node, "end_lineno", None) or first
