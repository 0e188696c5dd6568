"""Small edits of one expression.

Another name, another operator, operands swapped, dot for * and back, a part dropped, a sign turned, a column made with
[:, None], one more factor. They come in the order in which a teacher would think of them.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .altered import ADDED, DROPPED, PLAIN, TURNED
from .expressions import as_column, is_in_vain, is_made_by, is_path, read_name, slots
from .parsing import parse_expression

MAX_CANDIDATES = {1: 700, 2: 3000}
"""Expressions tried with one edit, and with two."""

_FIRST_EDITS, _SECOND_EDITS = 90, 60  # 90 x 60 is some more than are tried, since many are the same

_OPERATORS: tuple[type[ast.operator], ...] = (ast.Add, ast.Sub, ast.Mult, ast.Div)
_SIGN = 2
"""Nodes of a sign. To leave one out is plainer than to turn a difference round."""

_Variation = tuple[int, ast.expr]
"""A kind of edit, and what it puts in a node's place."""


class Edit(NamedTuple):
    """An edited expression; edits are ordered by kind, then by what grows least, then by place."""

    kind: int
    growth: int
    place: int
    source: str


def candidates(before: str, names: Sequence[str], edits: int) -> list[str]:
    """Return the expressions that one edit of `before` gives, or two, the plainest first."""
    once = sorted(_single_edits(before, names, most_kind=ADDED))
    return _unique(once if edits == 1 else _second_edits(once, names), before)[: MAX_CANDIDATES[edits]]


def _unique(edits: Iterable[Edit], before: str) -> list[str]:
    return [source for source in dict.fromkeys(edit.source for edit in edits) if source != before]


def _second_edits(once: Sequence[Edit], names: Sequence[str]) -> list[Edit]:
    """Edit the plainest edits once more; only plain kinds, since two of the others are hardly what was meant."""
    twice: list[Edit] = []
    for first in once[:_FIRST_EDITS]:
        for second in sorted(_single_edits(first.source, names, most_kind=TURNED))[:_SECOND_EDITS]:
            kind, growth = first.kind + second.kind, first.growth + second.growth
            twice.append(Edit(kind, growth, len(twice), second.source))
    return sorted(twice)


def _single_edits(source: str, names: Sequence[str], *, most_kind: int) -> list[Edit]:
    """Return the expression with one thing changed, each way; the tree is changed in place and put back."""
    whole = ast.Expression(parse_expression(source))
    size = _size(whole)
    edits: list[Edit] = []
    for slot in [each for each in slots(whole) if not _tells_type(each.owner)]:
        node = slot.get()
        was_in_vain = is_in_vain(node, slot)
        for kind, other in _variations(node, names, is_whole=slot.owner is whole):
            slot.put(other)  # in place: a copy of the tree for each edit would take most of the time
            # What is too much is left out: nobody makes `+ 1` a `* 1`.
            if kind <= most_kind and (was_in_vain or not is_in_vain(other, slot)):
                edits.append(Edit(kind, max(-_SIGN, _size(whole) - size), len(edits), ast.unparse(whole)))
        slot.put(node)
    return edits


def _tells_type(node: ast.AST) -> bool:
    """Tell whether a node is `a.dtype`: nobody means the type of another array's numbers."""
    return isinstance(node, ast.Attribute) and node.attr == "dtype"


def _variations(node: ast.expr, names: Sequence[str], *, is_whole: bool) -> Iterator[_Variation]:
    """Yield what may stand in the place of a node; their order decides between edits that are equally plain."""
    match node:
        case ast.Name() | ast.Attribute() if (word := ast.unparse(node)) in names:
            yield from ((PLAIN, read_name(other)) for other in names if other != word)
            yield TURNED, as_column(node)
        case ast.BinOp():
            yield from _of_operation(node)
        case ast.UnaryOp(operand=part):
            yield PLAIN, part
        case ast.Call(func=ast.Attribute(attr="dot" | "matmul" | "inner" | "outer") as function, args=[left, right]):
            yield from _of_product(function, left, right)
        case ast.Call() | ast.Attribute() | ast.Subscript():
            yield from _without_more(node, names)
        case ast.Constant(value=number):
            yield from _of_number(number, names)
    if is_whole:
        yield from _of_whole(node, names)


def _without_more(node: ast.expr, names: Sequence[str]) -> Iterator[_Variation]:
    """Yield what is left of an expression without the call, attribute or index: of `a.astype(b)` it may be either."""
    match node:
        case ast.Call(func=ast.Attribute(value=part), args=args) if ast.unparse(part) in names or not is_path(part):
            yield from ((DROPPED, each) for each in (part, *args[:1]))
        case ast.Call(args=[part, *_]) | ast.Attribute(value=part) | ast.Subscript(value=part):
            yield DROPPED, part


def _of_operation(node: ast.BinOp) -> Iterator[_Variation]:
    left, op, right = node.left, node.op, node.right
    yield from ((PLAIN, ast.BinOp(left, other(), right)) for other in _other_operators(op))
    if is_made_by(left, ast.Mult) and isinstance(op, ast.Add | ast.Sub):
        yield PLAIN, ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right))  # forgotten brackets
    if isinstance(op, ast.Sub | ast.Div | ast.MatMult):
        yield PLAIN, ast.BinOp(right, op, left)
    if isinstance(op, ast.Pow) and isinstance(right, ast.Constant) and right.value == 2:
        yield DROPPED, left
    yield from ((DROPPED, part) for part in (left, right))
    yield TURNED, ast.UnaryOp(ast.USub(), node)


def _other_operators(op: ast.operator) -> list[type[ast.operator]]:
    # A power is taken for a product, by a typing error, but for nothing else.
    return [ast.Mult] if isinstance(op, ast.Pow) else [other for other in _OPERATORS if not isinstance(op, other)]


def _of_product(function: ast.Attribute, left: ast.expr, right: ast.expr) -> Iterator[_Variation]:
    """Yield what may be meant by a product of arrays: the one of their elements, or the other order."""
    yield PLAIN, ast.BinOp(left, ast.Mult(), right)
    yield PLAIN, ast.Call(function, [right, left], [])
    yield from ((DROPPED, part) for part in (left, right))


def _of_number(number: object, names: Sequence[str]) -> Iterator[_Variation]:
    # A number with a point may stand for a given; a whole one is an index, an axis or a power; True is neither.
    if type(number) is float:
        yield from ((PLAIN, read_name(other)) for other in names)
    elif type(number) is int:
        yield from ((TURNED, ast.Constant(other)) for other in (1, 2) if other != number)


def _of_whole(node: ast.expr, names: Sequence[str]) -> Iterator[_Variation]:
    """Yield what only makes sense for the whole expression: another sign, one more factor."""
    yield TURNED, ast.UnaryOp(ast.USub(), node)
    # The last two for the derivative of the logistic function, a (1 - a), of which either factor is forgotten.
    for name in names:
        yield ADDED, ast.BinOp(node, ast.Mult(), read_name(name))
        yield ADDED, ast.BinOp(node, ast.Mult(), as_column(read_name(name)))
        rest = ast.BinOp(ast.Constant(1), ast.Sub(), read_name(name))
        yield ADDED, ast.BinOp(node, ast.Mult(), rest)
        yield ADDED, ast.BinOp(node, ast.Mult(), ast.BinOp(read_name(name), ast.Mult(), rest))


def _size(tree: ast.AST) -> int:
    return sum(1 for _ in ast.walk(tree))
