"""What is forgotten most often: one more factor or term of an expression, a setting of a call."""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence

from .altered import ADDED, PLAIN, TURNED
from .expressions import call_of, read_name

_WITH_DDOF = frozenset({"std", "var", "cov"})


def _alternating(number: ast.expr) -> ast.expr:
    return ast.BinOp(ast.UnaryOp(ast.USub(), ast.Constant(1)), ast.Pow(), number)


def _rest(read: ast.expr) -> ast.expr:
    return ast.BinOp(ast.Constant(1), ast.Sub(), read)


_WAYS: tuple[Callable[[ast.expr, ast.expr], ast.expr], ...] = (
    lambda node, read: ast.BinOp(node, ast.Mult(), read),
    lambda node, read: ast.BinOp(node, ast.Div(), read),
    lambda node, read: ast.BinOp(node, ast.Div(), call_of("len", read)),
    lambda node, read: ast.BinOp(node, ast.Add(), read),
    lambda node, read: ast.BinOp(node, ast.Sub(), read),
    lambda node, read: ast.BinOp(node, ast.Mult(), _alternating(read)),
    lambda node, read: ast.BinOp(node, ast.Mult(), _rest(read)),
    lambda node, read: ast.BinOp(node, ast.Mult(), ast.BinOp(read, ast.Mult(), _rest(read))),
    lambda node, read: ast.BinOp(node, ast.Mult(), call_of("len", read)),
    lambda node, read: ast.Call(ast.Name("max", ast.Load()), [node, read], []),
    lambda node, read: ast.Call(ast.Name("min", ast.Load()), [node, read], []),
)
"""Factors, terms and bounds that are forgotten, the likeliest first."""


def with_one_more(node: ast.expr, names: Sequence[str]) -> Iterator[tuple[int, ast.expr]]:
    """Yield an expression with one more factor or term: what is forgotten most often."""
    # A factor 2 needs no name, and is what the derivative of a square has.
    yield TURNED, ast.BinOp(node, ast.Mult(), ast.Constant(2))
    yield TURNED, ast.BinOp(node, ast.Div(), ast.Constant(2))
    # What is likeliest first, of all names: so many alternatives are cut.
    reads = [read_name(name) for name in names if name != ast.unparse(node)]
    for way in _WAYS:
        yield from ((ADDED, way(node, read)) for read in reads)


def with_element(node: ast.expr, elements: Sequence[ast.expr]) -> Iterator[tuple[int, ast.expr]]:
    """Yield an expression with a factor or a term `a[i]` that is read nearby: in a loop it has no name."""
    held = {ast.dump(part) for part in ast.walk(node)}
    others = [element for element in elements if ast.dump(element) not in held]
    for op in (ast.Mult(), ast.Add()):
        yield from ((ADDED, ast.BinOp(node, op, element)) for element in others)


def with_argument(
    node: ast.Call, parameters: Mapping[str, int], names: Sequence[str]
) -> Iterator[tuple[int, ast.expr]]:
    """Yield a call of the script's own function with the argument that was left to its default."""
    called = ast.unparse(node.func).rpartition(".")[2]
    if len(node.args) < parameters.get(called, 0) and not node.keywords:
        for name in names:
            yield ADDED, ast.Call(node.func, [*node.args, read_name(name)], [])


def with_setting(node: ast.Call, function: ast.Attribute, names: Sequence[str]) -> Iterator[tuple[int, ast.expr]]:
    """Yield what a statistic is often called without: the divisor of a sample, weights, which norm is meant."""
    settings: list[tuple[str, ast.expr]] = []
    if function.attr in _WITH_DDOF:
        settings.append(("ddof", ast.Constant(1)))
    if function.attr == "norm" and len(node.args) < 2:
        settings.append(("ord", ast.Constant(1)))
    if function.attr == "average":
        settings.extend(("weights", read_name(name)) for name in names)
    has = {keyword.arg for keyword in node.keywords}
    for word, value in settings:
        if word not in has:
            yield PLAIN, ast.Call(function, node.args, [*node.keywords, ast.keyword(word, value)])


def wrapped(node: ast.expr) -> Iterator[tuple[int, ast.expr]]:
    """Yield a root, a square, the value without its sign, a turned sign: each is easily forgotten."""
    yield TURNED, ast.BinOp(node, ast.Pow(), ast.Constant(0.5))
    # A float: a whole number, squared on each call of itself, would soon have millions of digits.
    yield TURNED, ast.BinOp(node, ast.Pow(), ast.Constant(2.0))
    yield TURNED, call_of("abs", node)
    yield TURNED, ast.UnaryOp(ast.USub(), node)
    yield TURNED, _rest(node)
    yield TURNED, ast.BinOp(node, ast.Mult(), ast.Compare(node, [ast.Gt()], [ast.Constant(0)]))  # nothing below 0


def halfway(node: ast.expr, names: Sequence[str]) -> Iterator[tuple[int, ast.expr]]:
    """Yield the mean of `y0` and `y1` of `y0`, and of `a[i]` and `a[i + 1]`: one end stands for a whole interval."""
    others: list[ast.expr] = []
    match node:
        case ast.Name(id=word) if word[-1].isdigit():
            others += [read_name(name) for name in names if name != word and name[:-1] == word[:-1]]
        case ast.Subscript(slice=ast.Name() | ast.BinOp() as index):
            moved = (ast.BinOp(index, op, ast.Constant(1)) for op in (ast.Add(), ast.Sub()))
            others += [ast.Subscript(node.value, place, ast.Load()) for place in moved]
    for other in others:
        yield ADDED, ast.BinOp(ast.BinOp(node, ast.Add(), other), ast.Div(), ast.Constant(2))
