"""Over which numbers a loop may be meant to go, and how many there are meant to be."""

import ast
from collections.abc import Iterator, Sequence

from .altered import PLAIN
from .expressions import call_of, read_name


def of_counting(node: ast.Call, names: Sequence[str]) -> Iterator[tuple[int, ast.expr]]:
    """Yield other beginnings and ends of `range`, its numbers from last to first, and other lengths."""
    match node:
        case ast.Call(func=ast.Name(id="range"), args=[*_, end] as bounds):
            yield from ((PLAIN, other) for other in _other_ranges(node.func, bounds, end, names))
            yield PLAIN, call_of("reversed", node)
        case ast.Call(func=ast.Name(id="len"), args=[value]):
            yield from ((PLAIN, length) for length in other_lengths(value)[1:])


def _other_ranges(
    function: ast.expr, bounds: Sequence[ast.expr], end: ast.expr, names: Sequence[str]
) -> Iterator[ast.expr]:
    if len(bounds) > 2:
        return
    begun: list[list[ast.expr]] = (
        [[ast.Constant(1), each] for each in (end, _behind_it(end))] if len(bounds) == 1 else [[end]]
    )
    # Of what belongs together in any order an inner loop takes each pair once.
    reads = [read_name(name) for name in names]
    begun += [[start, end] for start in (*map(_behind_it, reads), *reads)]
    yield from (ast.Call(function, other, []) for other in begun)


def _behind_it(node: ast.expr) -> ast.expr:
    return ast.BinOp(node, ast.Add(), ast.Constant(1))


def other_lengths(node: ast.expr) -> list[ast.expr]:
    """Return the numbers that may be meant by how long something is."""
    shape = ast.Attribute(node, "shape", ast.Load())
    by_axis = [ast.Subscript(shape, ast.Constant(axis), ast.Load()) for axis in (0, 1)]
    return [call_of("len", node), *by_axis, ast.Attribute(node, "size", ast.Load())]
