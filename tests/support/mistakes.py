"""Mistakes of one place, put into a right script: their lines are known, and whether one small edit mends them."""

import ast
import copy
from collections.abc import Callable, Iterator
from typing import NamedTuple

from graders.exercise.marks import marks_in
from graders.inside.expressions import slots
from tests.support.forms import is_computed

Change = Callable[[ast.expr, ast.stmt], Iterator[ast.expr]]
"""Yields what may wrongly stand for the value of a statement."""


class Mistaken(NamedTuple):
    """A script with mistakes. `lines`: of the statements they are in; `is_small`: one small edit mends each."""

    name: str
    source: str
    lines: tuple[int, ...]
    is_small: bool


def asked_lines(source: str) -> set[int]:
    """Return the lines on which the statements begin that a student writes."""
    asked = [node for mark in marks_in(source, ast.parse(source)) for node in mark.statements]
    return {part.lineno for node in asked for part in ast.walk(node) if isinstance(part, ast.stmt)}


def mistakes(source: str) -> Iterator[Mistaken]:
    """Yield the script with one mistake, each kind in each asked statement."""
    lines = asked_lines(source)
    for kind, (change, is_small) in CHANGES.items():
        for at, statement in enumerate(_asked(ast.parse(source), lines)):
            assert isinstance(statement, ast.Assign | ast.AugAssign)
            for wrong in change(copy.deepcopy(statement.value), statement):
                tree = ast.parse(source)
                other = list(_asked(tree, lines))[at]
                other.value = wrong
                text = _with_lines(source, other)
                yield Mistaken(f"{kind}@{statement.lineno}", text, (statement.lineno,), is_small)


def paired(first: Mistaken, second: Mistaken, source: str) -> Mistaken:
    """Return the script with both mistakes, which stand on different lines."""
    lines, own, other = source.split("\n"), first.source.split("\n"), second.source.split("\n")
    text = "\n".join(b if b != a else c for a, b, c in zip(lines, own, other, strict=True))
    return Mistaken(f"{first.name}+{second.name}", text, (*first.lines, *second.lines), is_small=False)


def _asked(tree: ast.Module, lines: set[int]) -> Iterator[ast.Assign | ast.AugAssign]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign) and node.lineno in lines and is_computed(node.value):
            yield node


def _with_lines(source: str, statement: ast.stmt) -> str:
    """Return the source with a statement of one line written anew."""
    lines = source.split("\n")
    at = statement.lineno - 1
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    lines[at : statement.end_lineno] = [
        indent + ast.unparse(statement),
        *[""] * ((statement.end_lineno or at) - at - 1),
    ]
    return "\n".join(lines)


def _each(is_wanted: Callable[[ast.expr], bool], make: Callable[[ast.expr], ast.expr | None], most: int = 1) -> Change:
    """Return the change of a part of a value: the first parts that are wanted, one at a time."""

    def change(value: ast.expr, _: ast.stmt) -> Iterator[ast.expr]:
        wanted = [at for at, slot in enumerate(slots(ast.Expression(value))) if is_wanted(slot.get())]
        for at in wanted[:most]:
            tree = ast.Expression(copy.deepcopy(value))
            slot = list(slots(tree))[at]
            new = make(slot.get())
            if new is not None:
                slot.put(new)
                yield tree.body

    return change


def _is(*operators: type[ast.operator]) -> Callable[[ast.expr], bool]:
    return lambda node: isinstance(node, ast.BinOp) and isinstance(node.op, operators)


def _with(operator: ast.operator, *, swapped: bool = False) -> Callable[[ast.expr], ast.expr]:
    def make(node: ast.expr) -> ast.expr:
        assert isinstance(node, ast.BinOp)
        pair = (node.right, node.left) if swapped else (node.left, node.right)
        return ast.BinOp(pair[0], operator, pair[1])

    return make


def _whole(source: str) -> Change:
    def change(value: ast.expr, _: ast.stmt) -> Iterator[ast.expr]:
        yield ast.parse(source.replace("VALUE", ast.unparse(value)), mode="eval").body

    return change


def _is_dot(node: ast.expr) -> bool:
    is_call = isinstance(node, ast.Call) and ast.unparse(node.func) in ("np.dot", "np.matmul")
    return is_call or _is(ast.MatMult)(node)


def _operands(node: ast.expr) -> tuple[ast.expr, ast.expr]:
    if isinstance(node, ast.BinOp):
        return node.left, node.right
    assert isinstance(node, ast.Call)
    return node.args[0], node.args[1]


def _is_slope(node: ast.expr) -> bool:
    """Tell whether a part is `something * h * (1 - h)`."""
    match node:
        case ast.BinOp(
            op=ast.Mult(), left=ast.BinOp(op=ast.Mult()), right=ast.BinOp(left=ast.Constant(1), op=ast.Sub())
        ):
            return True
    return False


def _left(node: ast.expr) -> ast.expr:
    assert isinstance(node, ast.BinOp)
    return node.left


def _right(node: ast.expr) -> ast.expr:
    assert isinstance(node, ast.BinOp)
    return node.right


def _turned_axis(node: ast.expr) -> ast.expr | None:
    assert isinstance(node, ast.Call)
    for keyword in node.keywords:
        if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
            keyword.value = ast.Constant(1 - int(keyword.value.value))  # type: ignore[arg-type]
            return node
    return None


def _renamed_function(words: dict[str, str]) -> Callable[[ast.expr], ast.expr | None]:
    def make(node: ast.expr) -> ast.expr | None:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in words:
            node.func.attr = words[node.func.attr]
            return node
        return None

    return make


def _other_names(value: ast.expr, statement: ast.stmt) -> Iterator[ast.expr]:
    """Yield the value with one of its own names in the place of another: inputs for hidden activations."""
    # Called functions are no values.
    called = {
        node.func.id for node in ast.walk(value) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    names = [node for node in ast.walk(value) if isinstance(node, ast.Name) and node.id not in called | {"np", "len"}]
    words = list(dict.fromkeys(node.id for node in names))
    for at in range(min(2, len(words) - 1)):
        fresh = copy.deepcopy(value)
        for node in ast.walk(fresh):
            if isinstance(node, ast.Name) and node.id == words[at]:
                node.id = words[at + 1]
                break
        yield fresh


def _is_call(node: ast.expr) -> bool:
    return isinstance(node, ast.Call)


def _is_activation(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("sigmoid", "self.activation", "sigmoid_prime")


def _argument(node: ast.expr) -> ast.expr:
    assert isinstance(node, ast.Call)
    return node.args[0]


def _twice(node: ast.expr) -> ast.expr:
    assert isinstance(node, ast.Call)
    return ast.Call(node.func, [node], [])


CHANGES: dict[str, tuple[Change, bool]] = {
    "sign": (_whole("-(VALUE)"), True),
    "reversed": (_each(_is(ast.Sub), _with(ast.Sub(), swapped=True), 2), True),
    "plus_for_minus": (_each(_is(ast.Sub), _with(ast.Add())), True),
    "minus_for_plus": (_each(_is(ast.Add), _with(ast.Sub())), True),
    "factor_missing": (_each(_is(ast.Mult), _left), True),
    "other_factor_missing": (_each(_is(ast.Mult), _right), True),
    "slope_missing": (_each(_is_slope, lambda node: _left(_left(node))), True),
    "factor_doubled": (_each(_is(ast.Mult), lambda node: ast.BinOp(node, ast.Mult(), _right(node))), True),
    "divided_not": (_each(_is(ast.Div), _left), True),
    "divided_twice": (_each(_is(ast.Div), lambda node: ast.BinOp(node, ast.Div(), _right(node))), True),
    "product_for_quotient": (_each(_is(ast.Div), _with(ast.Mult())), True),
    "sum_for_product": (_each(_is(ast.Mult), _with(ast.Add())), True),
    "star_for_dot": (_each(_is_dot, lambda node: ast.BinOp(*_with_star(node))), True),
    "dot_for_star": (_each(_is(ast.Mult), lambda node: _dot(*_operands(node))), True),
    "dot_swapped": (_each(_is_dot, lambda node: _dot(*_operands(node)[::-1])), True),
    "transposed": (_whole("np.transpose(VALUE)"), True),
    "axis": (_each(_is_call, _turned_axis, 4), False),
    "mean_for_sum": (_each(_is_call, _renamed_function({"sum": "mean", "mean": "sum"}), 4), False),
    "min_for_max": (_each(_is_call, _renamed_function({"max": "min", "min": "max"}), 4), False),
    "other_name": (_other_names, True),
    "no_activation": (_each(_is_activation, _argument), False),
    "activated_twice": (_each(_is_activation, _twice), True),
    "rounded": (_whole("np.round(VALUE, 3)"), True),
    "halved": (_whole("0.5 * (VALUE)"), True),
    "squared": (_whole("(VALUE) ** 2"), True),
    "absolute": (_whole("abs(VALUE)"), True),
    "typed_in": (_whole("0.25"), False),
    "summed": (_whole("np.sum(VALUE)"), True),
}


def _with_star(node: ast.expr) -> tuple[ast.expr, ast.operator, ast.expr]:
    left, right = _operands(node)
    return left, ast.Mult(), right


def _dot(left: ast.expr, right: ast.expr) -> ast.expr:
    return ast.Call(ast.parse("np.dot", mode="eval").body, [left, right], [])
