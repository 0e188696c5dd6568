"""Small changes of an expression: what students mix up, and what leaves an expression no choice.

One argument of `min`, one bound of `clip`, one side of a comparison: a solution without the other is right on every
case that does not come there, so these are the mistakes that cases hide.
"""

import ast
import copy
from collections.abc import Iterator, Mapping, Sequence

# What students mix up; every further operator costs a run on each case, and is caught where these are.
_OTHER_OPERATORS: Mapping[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Add, ast.Sub, ast.Div),
    ast.Div: (ast.Mult,),
}
CHOICE, TURNED = "no choice", "comparison turned"
"""What changes are called that leave an expression no choice, or another one where two numbers are equal."""

_CHOOSING = {"min", "max", "minimum", "maximum", "fmin", "fmax"}
_SIZES = {"abs", "absolute", "fabs"}

_TURNED: Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}


def _without_choice(node: ast.expr) -> Iterator[ast.expr]:
    """Yield what may stand in the place of an expression that chooses; nothing for others."""
    match node:
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case ast.BoolOp(values=values):
            yield from values
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            yield from (ast.Compare(left, [other()], [right]) for other in _TURNED.get(type(op), ()))
        case ast.Call(func=func, args=args):
            yield from _called(ast.unparse(func).rpartition(".")[2], func, args)


def _called(name: str, func: ast.expr, args: list[ast.expr]) -> Iterator[ast.expr]:
    match args:
        case [first, second, *_] if name in _CHOOSING:
            yield from (first, second)
        case [condition, first, second] if name == "where":
            # Both alike rather than one alone: a number in the place of an array would be caught by its shape.
            yield from (ast.Call(func, [condition, each, each], []) for each in (first, second))
        case [value, low, high] if name == "clip":
            yield from _unbounded(value, low, high)
        case [low, high] if name == "clip" and isinstance(func, ast.Attribute):
            yield from _unbounded(func.value, low, high)
        case [only] if name in _SIZES:
            yield only


def _unbounded(value: ast.expr, low: ast.expr, high: ast.expr) -> Iterator[ast.expr]:
    yield value
    for name, bound in (("maximum", low), ("minimum", high)):
        yield ast.Call(ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load()), [value, bound], [])


def changes(whole: ast.expr, names: Sequence[str], ranks: Mapping[str, int]) -> Iterator[tuple[str, ast.expr]]:
    """Yield each changed formula with what was changed."""
    yield "sign turned", ast.UnaryOp(ast.USub(), whole)
    for index, node in enumerate(ast.walk(whole)):
        if isinstance(node, ast.expr):
            word = TURNED if isinstance(node, ast.Compare) else CHOICE
            chosen = [(word, instead) for instead in _without_choice(node)]
            for change, instead in [*chosen, *_instead(node, names, ranks)]:
                yield f"{change}: {ast.unparse(node)} → {ast.unparse(instead)}", _with_node(whole, index, instead)


def _instead(node: ast.expr, names: Sequence[str], ranks: Mapping[str, int]) -> Iterator[tuple[str, ast.expr]]:
    """Yield what may stand in the place of a part of a formula."""
    yield from _other_operations(node)
    match node:
        case ast.Name(id=name) if name in names:
            yield from (("name swapped", ast.Name(other, ast.Load())) for other in names if other != name)
            if ranks[name] > 1:
                yield "transposed", ast.Attribute(node, "T", ast.Load())
        case ast.Attribute(value=value, attr="T"):
            yield "transposition dropped", value
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            yield "number changed", ast.Constant(number + 1)
        case ast.Subscript(value=value, slice=index):
            yield "index dropped", value
            if isinstance(index, ast.Tuple):
                turned = ast.Tuple(index.elts[::-1], ast.Load())
                yield "transposed", ast.Subscript(value, turned, ast.Load())


def _other_operations(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            for other in _OTHER_OPERATORS.get(type(op), ()):
                yield "operator swapped", ast.BinOp(left, other(), right)
            if not isinstance(op, ast.Add | ast.Mult):
                yield "operands swapped", ast.BinOp(right, op, left)
            yield "operand dropped", left
            yield "operand dropped", right
        case ast.Call(func=ast.Attribute(attr="dot" | "matmul" | "outer"), args=[left, right]):
            yield "operands swapped", ast.Call(node.func, [right, left], [])
        case ast.Call(func=ast.Name(), args=[only], keywords=[]):
            yield "function dropped", only


def _with_node(whole: ast.expr, index: int, instead: ast.expr) -> ast.expr:
    """Return a copy with the index-th node of a walk replaced."""
    # By number, since a node of the original is not found in its copy, and equal ones stand in many places.
    twin = copy.deepcopy(whole)
    target = list(ast.walk(twin))[index]

    class Replacer(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return copy.deepcopy(instead) if node is target else super().visit(node)

    replaced = Replacer().visit(twin)
    assert isinstance(replaced, ast.expr)
    return replaced
