"""What is mixed up in an expression: parts in each other's places or too many, other brackets, the element beside.

Or the same thing twice: another variable, the bound on its other side.
"""

import ast
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from .altered import DROPPED, PLAIN, TURNED
from .expressions import is_call, is_made_by, read_name

_PRODUCTS = (ast.Mult, ast.Div, ast.MatMult)

_MOST_EXCHANGED = 4
"""Elements of a list or tuple, or arguments, of which any two may be exchanged."""

_MOST_REPEATED = 4
"""Names that are tried in the place of one that stands in an expression several times."""

_MOST_KEPT = 8
"""Names that are tried in the place of an element."""

_OTHER_SIDE = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}


def exchanged(
    left: ast.expr, op: ast.operator, right: ast.expr, names: Sequence[str]
) -> Iterator[tuple[int, ast.expr]]:
    """Yield `a * d - c * b` of `a * b - c * d`, and `a * c + b * d`: two weights, two components are mixed up.

    Of `a / len(b)` also `a / total`: by how many, where it is by how much.
    """
    if isinstance(op, ast.Div) and is_call(right, "len"):
        yield from ((PLAIN, ast.BinOp(left, op, read_name(name))) for name in names)
    if not isinstance(op, ast.Add | ast.Sub):
        return
    if is_made_by(left, ast.Mult, ast.Div) and is_made_by(right, ast.Mult, ast.Div):
        ends = ast.BinOp(left.left, left.op, right.right), ast.BinOp(right.left, right.op, left.right)
        inner = ast.BinOp(left.left, left.op, right.left), ast.BinOp(left.right, right.op, right.right)
        yield from ((PLAIN, ast.BinOp(first, op, second)) for first, second in (ends, inner))


def with_other_brackets(left: ast.expr, op: ast.operator, right: ast.expr) -> Iterator[tuple[int, ast.expr]]:
    """Yield `a * (b + c)`, `(a + c) * b` of `a * b + c`, `(a + b) * c` of `a + b * c`, `a - (b - c)` of `a - b - c`.

    Of `a / b * c * d` also `a / (b * c * d)`.
    """
    if is_made_by(left, *_PRODUCTS):  # forgotten brackets
        yield PLAIN, ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right))
        if isinstance(op, ast.Add | ast.Sub):
            yield PLAIN, ast.BinOp(ast.BinOp(left.left, op, right), left.op, left.right)
        elif is_made_by(left.left, ast.Div):
            below = ast.BinOp(ast.BinOp(left.left.right, left.op, left.right), op, right)
            yield PLAIN, ast.BinOp(left.left.left, ast.Div(), below)
    if is_made_by(right, *_PRODUCTS):
        yield PLAIN, ast.BinOp(ast.BinOp(left, op, right.left), right.op, right.right)
    if is_made_by(left, ast.Add, ast.Sub):  # brackets too many
        yield PLAIN, ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right))


def one_side(left: ast.expr, op: ast.operator, right: ast.expr) -> Iterator[tuple[int, ast.expr]]:
    """Yield what is left once one side is taken away; a number too many is as plain as another number."""
    for part, beside in ((left, right), (right, left)):
        is_number = isinstance(beside, ast.Constant) and isinstance(beside.value, int | float)
        yield PLAIN if is_number else DROPPED, part
    if is_made_by(left, ast.Mult) and isinstance(op, ast.Mult):
        yield DROPPED, left.left  # of `a * b * (1 - b)` the whole slope may be too much


def in_place_of_element(node: ast.Subscript, names: Sequence[str]) -> Iterator[tuple[int, ast.expr]]:
    """Yield the nearest names, and elements beside: `a[i - 1, j - 1]` of `a[i, j]`, `a[i + 1][j]` of `a[i][j + 1]`.

    What was kept of an element does not change with it.
    """
    own = {ast.unparse(part) for part in ast.walk(node)}
    others = (name for name in names if name not in own)
    yield from ((PLAIN, read_name(name)) for name in itertools.islice(others, _MOST_KEPT))
    match node:
        case ast.Subscript(slice=ast.Tuple(elts=[row, column])):
            for index in _moved_in_both(row, column):
                yield TURNED, ast.Subscript(node.value, ast.Tuple(index, ast.Load()), ast.Load())
        case ast.Subscript(value=ast.Subscript(value=whole, slice=row), slice=column):
            for first, second in _moved_in_both(row, column):
                yield TURNED, ast.Subscript(ast.Subscript(whole, first, ast.Load()), second, ast.Load())


def _moved_in_both(row: ast.expr, column: ast.expr) -> Iterator[list[ast.expr]]:
    places = _index_of(row), _index_of(column)
    if None not in places:
        moved = ([_index_moved(name, by) for by in (-1, 0, 1) if by != own] for name, own in filter(None, places))
        yield from map(list, itertools.product(*moved))


def _index_of(index: ast.expr) -> tuple[ast.Name, int] | None:
    """Return the variable of an index, and by how much it is moved; None for what is no neighbour."""
    match index:
        case ast.Name():
            return index, 0
        case ast.BinOp(left=ast.Name() as name, op=ast.Add() | ast.Sub() as op, right=ast.Constant(value=1)):
            return name, 1 if isinstance(op, ast.Add) else -1
    return None


def _index_moved(name: ast.Name, by: int) -> ast.expr:
    return ast.BinOp(name, ast.Add() if by > 0 else ast.Sub(), ast.Constant(1)) if by else name


def with_two_exchanged(parts: Sequence[ast.expr]) -> Iterator[list[ast.expr]]:
    """Yield three or four elements of a list or tuple with any two of them exchanged."""
    for first, second in itertools.combinations(range(len(parts)), 2) if 2 < len(parts) <= _MOST_EXCHANGED else ():
        other = [*parts]
        other[first], other[second] = parts[second], parts[first]
        yield other


def throughout(node: ast.expr, names: Sequence[str]) -> Iterator[ast.expr]:
    """Yield an expression with a variable, or the side of all bounds, altered wherever it stands more than once."""
    repeated = _repeated_in(node)
    for word in filter(repeated.__contains__, names):
        for other in [name for name in names if name != word][:_MOST_REPEATED]:
            yield _remade(node, partial(_renamed, word=word, other=other))
    if sum(isinstance(part, ast.Compare) for part in ast.walk(node)) > 1:
        yield _remade(node, _on_other_side)


def _repeated_in(node: ast.expr) -> set[str]:
    """Return the names that are read several times, but for those that a comprehension binds."""
    named = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    read = Counter(part.id for part in named)
    bound = {part.id for part in named if isinstance(part.ctx, ast.Store)}
    return {name for name, count in read.items() if count > 1} - bound


def _renamed(part: ast.AST, word: str, other: str) -> ast.AST:
    return read_name(other) if isinstance(part, ast.Name) and part.id == word else part


def _on_other_side(part: ast.AST) -> ast.AST:
    if not isinstance(part, ast.Compare):
        return part
    return ast.Compare(part.left, [_OTHER_SIDE.get(type(op), type(op))() for op in part.ops], part.comparators)


def _remade(node: Any, remake: Callable[[ast.AST], ast.AST]) -> Any:
    """Return a node with some parts made anew, and all around them; the others stay the student's own."""
    fields = {field: _remade_in(held, remake) for field, held in ast.iter_fields(node)}
    if all(fields[field] is held for field, held in ast.iter_fields(node)):
        return remake(node)
    return remake(type(node)(**fields))


def _remade_in(held: Any, remake: Callable[[ast.AST], ast.AST]) -> Any:
    if isinstance(held, list):
        found = [_remade_in(part, remake) for part in held]
        return held if all(one is other for one, other in zip(found, held, strict=True)) else found
    return _remade(held, remake) if isinstance(held, ast.AST) else held
