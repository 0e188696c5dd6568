"""Small edits of one expression of a submission, tried where it stands: their values go back, nothing is judged here.

The edits: another name, another operator, operands swapped, dot for * and back, a part dropped, a sign turned, a column
made with [:, None], one more factor. They come in the order in which a teacher would think of them.
"""

import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import CodeType
from typing import Any, NamedTuple

from .recording import Encoded, encode_value

MAX_CANDIDATES = {1: 700, 2: 3000}
"""Expressions tried with one edit, and with two."""

_FIRST_EDITS, _SECOND_EDITS = 90, 60

_OPERATORS: tuple[type[ast.operator], ...] = (ast.Add, ast.Sub, ast.Mult, ast.Div)
_REPLACE, _DROP, _TURN, _ADD = 0, 1, 2, 3
"""Kinds of edits, the plainest first: put something else there, take something away, turn a sign, add a factor."""


class Edit(NamedTuple):
    """An edited expression; edits are ordered by kind, then by what grows least, then by place."""

    kind: int
    growth: int
    place: int
    source: str


class Repairing:
    """Called by the rewritten script at the assignment to repair; keeps the value of every candidate there."""

    def __init__(self, expression: ast.expr, names: Sequence[str], edits: int) -> None:
        self.before = ast.unparse(expression)
        once = sorted(_single_edits(self.before, names, most_kind=_ADD))
        self.sources = _unique(once if edits == 1 else _second_edits(once, names), self.before)[: MAX_CANDIDATES[edits]]
        self._codes = [_compiled(source) for source in self.sources]
        self.values: list[Encoded] = []

    def __call__(self, late_value: Callable[[], Any]) -> Any:
        """Evaluate every candidate in the caller's scope, then the student's own expression, which may raise."""
        frame = sys._getframe(1)
        self.values = [_evaluated(code, frame.f_globals, frame.f_locals) for code in self._codes]
        return late_value()


def _evaluated(code: CodeType | None, names: dict[str, Any], local: Any) -> Encoded:
    if code is None:
        return "type:none", b""
    try:
        return encode_value(eval(code, names, local))  # noqa: S307 - a variation of the submission, where it runs
    except Exception:  # noqa: BLE001 - most edits make no sense
        return "type:none", b""


def _compiled(source: str) -> CodeType | None:
    try:
        return compile(source, "<repair>", "eval", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _unique(edits: Iterable[Edit], before: str) -> list[str]:
    return [source for source in dict.fromkeys(edit.source for edit in edits) if source != before]


def _second_edits(once: Sequence[Edit], names: Sequence[str]) -> list[Edit]:
    """Edit the plainest edits once more; only plain kinds, since two of the others are hardly what was meant."""
    twice: list[Edit] = []
    for first in once[:_FIRST_EDITS]:
        for second in sorted(_single_edits(first.source, names, most_kind=_TURN))[:_SECOND_EDITS]:
            kind, growth = first.kind + second.kind, first.growth + second.growth
            twice.append(Edit(kind, growth, len(twice), second.source))
    return sorted(twice)


def _single_edits(source: str, names: Sequence[str], *, most_kind: int) -> list[Edit]:
    """Return the expression with one thing changed, each way; the tree is changed in place and put back."""
    whole = ast.parse(source, mode="eval")
    size = _size(whole)
    edits: list[Edit] = []
    for parent, field, index, node in list(_slots(whole)):
        for kind, other in _variations(node, names, is_whole=parent is whole):
            if kind <= most_kind:
                _put(parent, field, index, other)
                edits.append(Edit(kind, max(0, _size(whole) - size), len(edits), ast.unparse(whole)))
        _put(parent, field, index, node)
    return edits


def _slots(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.expr]]:
    """Yield every place in a tree that holds an expression."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, ast.expr):
                yield parent, field, None, value
            elif isinstance(value, list):
                yield from ((parent, field, i, item) for i, item in enumerate(value) if isinstance(item, ast.expr))


def _put(parent: ast.AST, field: str, index: int | None, node: ast.expr) -> None:
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def _variations(  # noqa: C901, PLR0912 - one case for each kind of node
    node: ast.expr, names: Sequence[str], *, is_whole: bool
) -> Iterator[tuple[int, ast.expr]]:
    """Yield what may stand in the place of a node."""
    match node:
        case ast.Name() | ast.Attribute() if (word := ast.unparse(node)) in names:
            yield from ((_REPLACE, _name(other)) for other in names if other != word)
            yield _TURN, _column(node)
        case ast.BinOp(left=left, op=op, right=right):
            yield from (
                (_REPLACE, ast.BinOp(left, other(), right)) for other in _OPERATORS if not isinstance(op, other)
            )
            if isinstance(left, ast.BinOp) and isinstance(left.op, ast.Mult) and isinstance(op, ast.Add | ast.Sub):
                yield _REPLACE, ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right))  # forgotten brackets
            if isinstance(op, ast.Sub | ast.Div | ast.MatMult):
                yield _REPLACE, ast.BinOp(right, op, left)
            if isinstance(op, ast.Pow) and isinstance(right, ast.Constant) and right.value == 2:
                yield _DROP, left
            yield from ((_DROP, part) for part in (left, right))
            yield _TURN, ast.UnaryOp(ast.USub(), node)
        case ast.UnaryOp(operand=operand):
            yield _DROP, operand
        case ast.Call(func=ast.Attribute(attr="dot" | "matmul" | "inner" | "outer"), args=[left, right]):
            yield _REPLACE, ast.BinOp(left, ast.Mult(), right)
            yield _REPLACE, ast.Call(node.func, [right, left], [])
            yield from ((_DROP, part) for part in (left, right))
        case ast.Call(args=[first, *_]):
            yield _DROP, first
        case ast.Call(func=ast.Attribute(value=value), args=[]) | ast.Attribute(value=value):
            yield _DROP, value
        case ast.Subscript(value=value):
            yield _DROP, value
        case ast.Constant(value=float()):
            yield from ((_REPLACE, _name(other)) for other in names)
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            yield from ((_TURN, ast.Constant(other)) for other in (1, 2) if other != number)
    if is_whole:
        yield _TURN, ast.UnaryOp(ast.USub(), node)
        for name in names:
            yield _ADD, ast.BinOp(node, ast.Mult(), _name(name))
            yield _ADD, ast.BinOp(node, ast.Mult(), _column(_name(name)))
            rest = ast.BinOp(ast.Constant(1), ast.Sub(), _name(name))
            yield _ADD, ast.BinOp(node, ast.Mult(), rest)
            yield _ADD, ast.BinOp(node, ast.Mult(), ast.BinOp(_name(name), ast.Mult(), rest))


def _column(node: ast.expr) -> ast.expr:
    whole = ast.Slice()
    return ast.Subscript(node, ast.Tuple([whole, ast.Constant(None)], ast.Load()), ast.Load())


def _name(word: str) -> ast.expr:
    """Return the expression that reads a variable, or an attribute such as self.x."""
    first, *rest = word.split(".")
    expression: ast.expr = ast.Name(first, ast.Load())
    for attribute in rest:
        expression = ast.Attribute(expression, attribute, ast.Load())
    return expression


def _size(tree: ast.AST) -> int:
    return sum(1 for _ in ast.walk(tree))


def find_assignment(tree: ast.Module, name: str, accepted: Callable[[str], str | None], line: int) -> ast.Assign | None:
    """Return the plain assignment `name = …` (or `self.name = …`) on this line; other forms are not repaired."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and node.lineno == line and len(node.targets) == 1:
            match node.targets[0]:
                case ast.Name(id=word) | ast.Attribute(attr=word) if accepted(word) == name:
                    return node
    return None


def assigned_names(tree: ast.Module) -> list[str]:
    """Return the variables, attributes and parameters of a script, in order."""
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.append(ast.unparse(node))
        elif isinstance(node, ast.arg) and node.arg != "self":
            found.append(node.arg)
    return list(dict.fromkeys(found))[:40]
