"""What comes after a script's results: where it is slow or endless, later runs need not go through it."""

import ast
from collections.abc import Iterable, Mapping

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
    settled = all(recorder.step(name) == recorder.result(name, words, namespace) for name, words in accepted.items())
    return WATCH.results if settled else None


def settled(words: Mapping[str, str], parsed: Iterable[ParsedCell]) -> dict[str, tuple[int | None, int]]:
    """Return behind which line each name is set no more: its last one, or the end of the loops around that.

    `words`: what the names may be called, each with the name it stands for.
    """
    found: dict[str, tuple[int | None, int]] = {}
    for cell, tree in ((item.cell.number, item.tree) for item in parsed if item.tree is not None):
        loops = [_lines_of(node) for node in ast.walk(tree) if isinstance(node, ast.For | ast.While)]
        for node in ast.walk(tree):
            for name in {words[word] for word in set_at(node) if word in words}:
                first, last = _lines_of(node)
                last = max((end for start, end in loops if start <= first <= end), default=last)
                before = found.get(name)
                # cells are in the order in which they run
                found[name] = cell, last if before is None or before[0] != cell else max(last, before[1])
    return found


def _lines_of(node: ast.AST) -> tuple[int, int]:
    first = getattr(node, "lineno", 0)
    return first, getattr(node, "end_lineno", None) or first
