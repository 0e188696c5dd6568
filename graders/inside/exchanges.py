"""What is mixed up in an expression: parts in each other's places or too many, other brackets, the element beside."""

import ast
import itertools
from collections.abc import Iterator, Sequence

from .altered import DROPPED, PLAIN, TURNED
from .expressions import is_call, is_made_by, read_name

_PRODUCTS = (ast.Mult, ast.Div, ast.MatMult)

_MOST_EXCHANGED = 4
"""Elements of a list or tuple of which any two may be exchanged."""


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


def neighbouring_element(node: ast.Subscript) -> Iterator[tuple[int, ast.expr]]:
    """Yield `a[i - 1, j - 1]` of `a[i, j]`, `a[i + 1][j]` of `a[i][j + 1]`: elements that differ in both indices."""
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
