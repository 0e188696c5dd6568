"""Edits of one expression of a submission are tried where it stands: their values go back, nothing is judged here."""

import ast
import builtins
import copy
import sys
from collections.abc import Callable, Sequence
from types import CodeType
from typing import Any

from .edits import candidates
from .expressions import Slot, slots
from .parsing import parse_expression
from .protocol import RepairOrder
from .reading import ParsedCell
from .recording import Encoded, encode_value
from .syntax import REPAIR

_OPERATIONS = (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Attribute)

_NO_VALUE: Encoded = ("type:none", b"")


class Repairing:
    """Called by the rewritten script at the assignment to repair; keeps the value of every candidate there."""

    def __init__(self, slot: Slot, names: Sequence[str], edits: int) -> None:
        # A copy: the expression itself is put into the call of the hook, and rewritten there.
        expression = copy.deepcopy(slot.get())
        self.before = ast.unparse(expression)
        sources = candidates(self.before, names, edits)
        self._codes = [_code_of(source) for source in sources]
        # What is put in place of a part of an expression must stay one: `-(a - b) * c` is not to become `a - b * c`.
        is_part = isinstance(slot.owner, _OPERATIONS)
        self.sources = (
            [_as_part(*each, expression) for each in zip(sources, self._codes, strict=True)] if is_part else sources
        )
        self.values: list[Encoded] = []

    def __call__(self, late_value: Callable[[], Any]) -> Any:
        """Evaluate every candidate in the caller's scope, then the student's own expression, which may raise."""
        frame = sys._getframe(1)
        before: list[Encoded | None] = [*self.values] or [None] * len(self._codes)
        # What raised in an earlier call would have stopped the script there; what had another value then may have gone
        # on from it, where here it goes on from the student's own one.
        self.values = [
            _NO_VALUE
            if earlier == _NO_VALUE
            else _unless_other(_evaluated(code, frame.f_globals, frame.f_locals), earlier)
            for code, earlier in zip(self._codes, before, strict=True)
        ]
        return late_value()


def _unless_other(value: Encoded, earlier: Encoded | None) -> Encoded:
    return value if earlier in (None, value) else _NO_VALUE


def hook_in(
    order: RepairOrder, parsed: Sequence[ParsedCell], accepted: Callable[[str], str | None]
) -> Repairing | None:
    """Make the script call a repair at the assignment in question, if there is a plain one there.

    `accepted`: the recorded name that a name of the script stands for.
    """
    trees = [item.tree for item in parsed if item.tree is not None]
    asked = (item.tree for item in parsed if item.tree is not None and item.cell.number == order.cell)
    slot = next(filter(None, (_find_slot(tree, order, accepted) for tree in asked)), None)
    if slot is None:
        return None
    names = [name for tree in trees for name in _assigned_in(tree)]
    repairing = Repairing(slot, names, order.edits)
    slot.put(_late(slot.get()))
    setattr(builtins, REPAIR, repairing)
    return repairing


def _as_part(source: str, code: CodeType | None, before: ast.expr) -> str:
    """Return an expression in parentheses if what stands there before needs none, but it does."""
    if code is None:
        return source
    return f"({source})" if _binding(parse_expression(source)) < _binding(before) else source


def _binding(node: ast.expr) -> int:
    """Return how tightly an expression holds together."""
    match node:
        case ast.IfExp() | ast.Lambda() | ast.BoolOp() | ast.Compare():
            return 0
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            return 1
        case ast.BinOp(op=ast.Pow()):
            return 4
        case ast.BinOp():
            return 2
        case ast.UnaryOp():
            return 3
    return 5


def _find_slot(tree: ast.Module, order: RepairOrder, accepted: Callable[[str], str | None]) -> Slot | None:
    """Return where the expression to repair stands: by its place, where that is told, or as the step's assignment."""
    slot = _find_expression(tree, order.where) if order.where else None
    if slot is not None:
        return slot
    node = _find_assignment(tree, order.step, accepted, order.line)
    return None if node is None else Slot(node, "value")


def _find_expression(tree: ast.Module, where: Sequence[int]) -> Slot | None:
    """Return where the expression stands that goes from one line and column to another; columns count bytes."""
    for slot in slots(tree):
        node = slot.get()
        if (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset) == tuple(where):
            return slot
    return None


def _late(value: ast.expr) -> ast.Call:
    """Return `_grader_repair(lambda: value)`: the student's own expression is evaluated after the edited ones."""
    arguments = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    function = ast.copy_location(ast.Lambda(arguments, value), value)
    hook = ast.copy_location(ast.Name(REPAIR, ast.Load()), value)
    return ast.copy_location(ast.Call(hook, [function], []), value)


def _evaluated(code: CodeType | None, names: dict[str, Any], local: Any) -> Encoded:
    if code is None:
        return _NO_VALUE
    try:
        return encode_value(eval(code, names, local))  # noqa: S307 - a variation of the submission, where it runs
    except Exception:  # noqa: BLE001 - most edits make no sense
        return _NO_VALUE


def _code_of(source: str) -> CodeType | None:
    try:
        return compile(source, "<repair>", "eval", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _find_assignment(
    tree: ast.Module, name: str, accepted: Callable[[str], str | None], line: int
) -> ast.Assign | None:
    """Return the plain assignment `name = …` (or `self.name = …`) on this line; other forms are not repaired.

    `name`: the step's, under any accepted name, or the student's own.
    """
    for node in ast.walk(tree):
        # what is found by its value is known by where the value stands, which may be a line below
        if isinstance(node, ast.Assign) and line in (node.lineno, node.value.lineno) and len(node.targets) == 1:
            match node.targets[0]:
                case ast.Name(id=word) | ast.Attribute(attr=word) if name in (word, accepted(word)):
                    return node
    return None


def _assigned_in(tree: ast.Module) -> list[str]:
    """Return the variables, attributes and parameters of a script, in order."""
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.append(ast.unparse(node))
        elif isinstance(node, ast.arg) and node.arg != "self":
            found.append(node.arg)
    return list(dict.fromkeys(found))[:40]  # the candidates are cut anyway; without this a long script makes millions
