"""The places in a student's code that give a value, each wrapped so that it can be seen, or replaced, at run time.

A *site* is the value of an assignment, of a return, of an argument of the student's own functions, or a part of such an
expression. The trees are those `rewriting.py` has been through: their calls of `_grader_given` keep their numbers, so
the observed program takes the same givens, by the same plans, as the one that was scored. Around each site comes
`_grader_observe(number, …)`, which returns its argument unless told otherwise (`observing.py`).
"""

import ast
import builtins
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from typing import Any, TypeGuard

from .expressions import is_call
from .finding import MAX_DEPTH, Finder, Found
from .programs import Program
from .reading import ParsedCell, compile_cell
from .sites import MAX_EXCERPT, MAX_SITES, MAX_WORD, Site
from .syntax import bound_in_statements

OBSERVE = "_grader_observe"
"""Name of the function the observed code calls; it is put among the builtins."""

MAX_SOURCE = 1 << 16
"""Characters of source looked at: the last ones, since results come at the end."""


_BUILT_IN = frozenset(dir(builtins))


def observe(parsed: Sequence[ParsedCell], program: Program) -> tuple[Program, tuple[Site, ...]]:
    """Wrap the sites of cells of which `rewrite` made `program`; their trees are changed once more.

    Raises what `compile` raises.
    """
    finders = []
    left = MAX_SOURCE
    trees = [(item, item.tree) for item in parsed if item.tree is not None]
    imported, defined = bound_in_statements(tree for _, tree in trees)
    # From the end, where the results are: what is too long is not looked at in its beginning.
    for item, tree in reversed(trees):
        # As the parser counts lines, which `splitlines` does not.
        lines = item.cell.source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        skipped, left = _skipped_lines(lines, left)
        finder = Finder((imported | _BUILT_IN) - defined, set(defined), skipped + 1)
        finder.look_through(tree)
        finders.append((finder, item.cell.number, lines))
    sites: list[Site] = []
    kept = _depth_with_room(candidate.depth for finder, _, _ in finders for candidate in finder.candidates)
    for finder, cell, lines in reversed(finders):
        _wrap(finder.candidates, kept, cell, lines, sites)
    codes = tuple(compile_cell(tree, item.cell) for item, tree in trees)
    return program._replace(codes=codes), tuple(sites)


@contextmanager
def uncomputed_in(trees: Iterable[ast.Module], sites: Set[int]) -> Iterator[None]:
    """Take the expressions of some sites out of observed trees: the hook is called with nothing instead."""
    hooks = [node for tree in trees for node in ast.walk(tree) if _is_hook_of(node, sites)]
    taken = [(hook.args, hook.args[1]) for hook in hooks]
    for arguments, value in taken:
        arguments[1] = ast.copy_location(ast.Constant(None), value)
    try:
        yield
    finally:
        for arguments, value in taken:
            arguments[1] = value


def _is_hook_of(node: ast.AST, sites: Set[int]) -> TypeGuard[ast.Call]:
    return is_call(node, OBSERVE) and node.args[0].value in sites  # type: ignore[attr-defined]


def _skipped_lines(lines: Sequence[str], left: int) -> tuple[int, int]:
    """Return how many lines stand above the last `left` characters, and how many characters are left then."""
    first = len(lines)
    while first > 0 and left >= len(lines[first - 1]):
        first -= 1
        left -= len(lines[first]) + 1
    return first, left


def _depth_with_room(depths: Iterable[int]) -> int:
    """Return the depth to which all parts of expressions find room beside the statements' own values."""
    counts = [0] * (MAX_DEPTH + 1)
    for depth in depths:
        counts[depth] += 1
    total = 0
    for depth, count in enumerate(counts):
        total += count
        if total > MAX_SITES:
            return max(0, depth - 1)
    return MAX_DEPTH


def _wrap(candidates: Sequence[Found], depth: int, cell: int | None, lines: Sequence[str], sites: list[Site]) -> None:
    """Give the candidates of one cell that are kept their numbers, and put the hook around each."""
    numbers: dict[int, int] = {}
    for place, candidate in enumerate(candidates):
        if candidate.depth > depth or len(sites) >= MAX_SITES:
            continue
        where: Any = candidate.where
        numbers[place] = number = len(sites)
        sites.append(
            Site(
                kind=candidate.kind,
                name=candidate.name and candidate.name[:MAX_WORD],
                cell=cell,
                line=where.lineno,
                end_line=where.end_lineno,
                column=where.col_offset,
                end_column=where.end_col_offset,
                source=_excerpt(where, lines),
                function=candidate.function[:MAX_WORD],
                parent=numbers.get(candidate.parent, -1),
                loads=candidate.loads,
            )
        )
        node = candidate.slot.get()
        name, key = ast.Name(OBSERVE, ast.Load()), ast.Constant(number)
        call = ast.Call(ast.copy_location(name, node), [ast.copy_location(key, node), node], [])
        candidate.slot.put(ast.copy_location(call, node))


def _excerpt(where: Any, lines: Sequence[str]) -> str:
    """Return the beginning of a node's source."""
    pieces = [line.encode("utf-8", "replace") for line in lines[where.lineno - 1 : where.end_lineno][:20]]
    if len(pieces) == where.end_lineno - where.lineno + 1:
        pieces[-1] = pieces[-1][: where.end_col_offset]
    if pieces:
        pieces[0] = pieces[0][where.col_offset :]
    return b"\n".join(pieces).decode("utf-8", "replace")[:MAX_EXCERPT]
