"""Functions that are taken for each other."""

import ast
from collections.abc import Iterator

_TWINS = (
    "mean sum|max min|mean sum max min median|argmax argmin|maximum minimum|zeros ones|var std|sin cos|exp log"
    "|sum prod|cumsum cumprod|floor ceil round|any all|tril triu|startswith endswith"
    "|add subtract multiply divide|dot outer multiply|greater less|append extend|int round|vstack hstack|lower upper"
    "|int float|int64 float64|int32 float64|len sum|log log2 log10|sorted reversed"
    "|normal uniform|rand randn|ValueError TypeError KeyError IndexError ZeroDivisionError RuntimeError"
)


def _twins() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group in _TWINS.split("|"):
        words = group.split()
        for word in words:
            others = found.setdefault(word, [])
            others.extend(other for other in words if other not in (word, *others))
    return found


OTHER_FUNCTIONS = _twins()


def to_other_bases(node: ast.Call) -> Iterator[ast.expr]:
    """Yield the logarithms of base 2 and 10 that are meant by a natural one."""
    if len(node.args) == 1 and ast.unparse(node.func).rpartition(".")[2] == "log":
        for base in (2, 10):
            yield ast.BinOp(node, ast.Div(), ast.Call(node.func, [ast.Constant(base)], []))
