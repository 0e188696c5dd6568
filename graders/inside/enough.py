"""Where the results of a slow or endless script are done, so that later runs need not go through what comes after.

The first run tells in which statements its time went. Before each of them, and of those around them, the results are
looked at in one more run on the same numbers: at the first place where they are as they stayed to the end, however they
were made, there is nothing left to wait for.
"""

import ast
import builtins
import sys
from collections.abc import Callable, Mapping, Sequence
from types import CodeType
from typing import Any

from .attempts import deep_recursion
from .faults import cell_of
from .jobs import Setup
from .limiting import LIMITS
from .reading import ParsedCell, compile_cell, filename_of
from .recording import MISSING, Encoded
from .script import FaultHead, Namespace, Script
from .syntax import BLOCKS, ENOUGH, is_ours
from .watching import WATCH

_MOST_PLACES = 16

_State = Mapping[str, tuple[int, Encoded]]
_Line = tuple[int | None, int]
"""A cell's number and a line in it."""

_InBlock = tuple[list[ast.stmt], ast.stmt]
"""A block of statements, and one of them."""


def look_at_tail(
    script: Script, parsed: Sequence[ParsedCell], namespace: Namespace, fault: FaultHead | None, setup: Setup
) -> None:
    """Note of the fixed example, which has just been run, what later runs need not go through."""
    limit = fault if fault is not None and fault["kind"] in LIMITS else None  # anything else is raised again
    script.stopped_by = script.done = None
    is_slow = limit is not None or WATCH.slow_tail()
    if is_slow and setup.beyond.use is None:  # lines of `use` are run one by one
        _end_where_done(script, parsed, namespace, limit, setup)
    script.is_endless = limit is not None and limit["kind"] == "time" and script.done is None


def _end_where_done(
    script: Script, parsed: Sequence[ParsedCell], namespace: Namespace, limit: FaultHead | None, setup: Setup
) -> None:
    """Let later runs end at the first place where all results are done; behind a limit, or as many as possible."""
    final = _state(script, namespace, setup)
    stops = _Stops(parsed, [*(limit["trail"] if limit else ()), *_late_lines(parsed)])
    found = stops.look(script, len(final), lambda now: _unchanged(_state(script, now, setup), final))
    best = max(found, key=lambda number: len(found[number]), default=None)
    done = found[best] if best is not None else frozenset[str]()
    lacks = len(done) < len(final)
    if lacks and (limit is None or not done):
        best = None
    else:
        script.done, script.stopped_by = done, limit if lacks else None
    stops.keep(best)
    script.replace_codes(stops.compiled())


def _late_lines(parsed: Sequence[ParsedCell]) -> list[_Line]:
    """Return the lines that the run was at when what came after its results had become slow."""
    files = {filename_of(item.cell) for item in parsed}
    return [(cell_of(file), line) for file, line in WATCH.late if file in files]


def _state(script: Script, namespace: Mapping[str, Any], setup: Setup) -> _State:
    """Return the results as they are now, each with how often it was assigned until now."""
    recorder, accepted = script.recorder, setup.accepted_results()
    return {name: (recorder.assigned[name], recorder.result(name, accepted[name], namespace)) for name in accepted}


def _unchanged(state: _State, final: _State) -> frozenset[str]:
    return frozenset(name for name, now in final.items() if now[1] != MISSING and state[name] == now)


class _Stops:
    """Calls of ours before the statements that hold one of the lines, numbered in order."""

    def __init__(self, parsed: Sequence[ParsedCell], lines: Sequence[_Line]) -> None:
        self._parsed = parsed
        self._hooks: list[_InBlock] = []
        for block, statement in _places(parsed, lines):
            call = ast.Call(ast.Name(ENOUGH, ast.Load()), [ast.Constant(len(self._hooks))], [])
            hook = ast.fix_missing_locations(ast.copy_location(ast.Expr(call), statement))
            block.insert(block.index(statement), hook)
            self._hooks.append((block, hook))

    def look(
        self, script: Script, most: int, done_in: Callable[[Mapping[str, Any]], frozenset[str]]
    ) -> dict[int, frozenset[str]]:
        """Run once, and return what was done when each stop was first reached, in this order; `most`: of all."""
        found: dict[int, frozenset[str]] = {}

        def look(number: int) -> None:
            if number not in found:
                found[number] = done_in(sys._getframe(1).f_globals)
            if len(found) == len(self._hooks) or len(found[number]) == most:
                WATCH.end()

        if self._hooks:
            script.replace_codes(self.compiled())
            setattr(builtins, ENOUGH, look)
            script.execute()
            setattr(builtins, ENOUGH, WATCH.end)
        return found

    def keep(self, best: int | None) -> None:
        """Take all others out of the program."""
        for number, (block, hook) in enumerate(self._hooks):
            if number != best:
                block.remove(hook)

    def compiled(self) -> list[CodeType]:
        """Return the program as it is now."""
        with deep_recursion():
            return [compile_cell(item.tree, item.cell) for item in self._parsed if item.tree is not None]


def _places(parsed: Sequence[ParsedCell], lines: Sequence[_Line]) -> list[_InBlock]:
    """Return the statements that hold one of the lines, each once, and of each line the outermost first."""
    trees = {item.cell.number: item.tree for item in parsed if item.tree is not None}
    around = [place for cell, line in lines if cell in trees for place in _statements_around(trees[cell], line)]
    return list({id(statement): (block, statement) for block, statement in around}.values())[:_MOST_PLACES]


def _statements_around(node: ast.AST, line: int) -> list[_InBlock]:
    """Return the statements around a line; if it stands in a function, those within, since it is run there."""
    found: list[_InBlock] = []
    for block in (getattr(node, field, []) for field in BLOCKS):
        for part in block:
            within = _statements_around(part, line) if _may_hold_line(part, line) else []
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                found = within or found
            elif isinstance(part, ast.stmt) and _may_hold_line(part, line):
                found += [(block, part), *within]
            else:
                found += within
    return found


def _may_hold_line(part: ast.AST, line: int) -> bool:
    """Tell whether a line may stand within a part of a program; a case of `match` has no lines of its own."""
    first = getattr(part, "lineno", line)
    return first <= line <= (getattr(part, "end_lineno", None) or first) and not is_ours(part)
