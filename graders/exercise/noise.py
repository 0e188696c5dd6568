"""A reference that computes with a little noise: where it comes to something else, rounding has decided.

Two sums that are equal on paper differ in their last digit, and a comparison then picks one of them. With real givens
that shows when they are moved by a hair; of counts and labels none can be moved, so what is computed from them is.
"""

import ast
import math
from typing import Any

import numpy as np

from graders.inside.parsing import parse_module

NOISY = "_with_noise"
"""A name that no author writes."""

_ROUNDING = {"mean", "average", "std", "var", "norm", "dot", "exp", "log", "log2", "log10", "sqrt", "sum", "fsum"}
"""Calls whose results have a last digit that other ways to compute them do not share."""

_SHORT = 2.0**20
"""Numbers that are whole when multiplied by it (0.5, 0.25, 3) come out alike in any order of computing."""


def noisy_source(source: str) -> str:
    """Return a solution in which quotients, and what is rounded like them, are handed through a function."""
    return ast.unparse(ast.fix_missing_locations(_Noisy().visit(parse_module(source))))


class _Noisy(ast.NodeTransformer):
    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        return _handed(node) if isinstance(node.op, ast.Div | ast.Pow) else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        called = ast.unparse(node.func).rpartition(".")[2]
        return _handed(node) if called in _ROUNDING else node


def _handed(node: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(NOISY, ast.Load()), [node], [])


class Noise:
    """Moves each number that is handed to it by a part of `hair` of its own: another part each time."""

    def __init__(self, hair: float) -> None:
        self._hair = hair
        self._count = 0

    def __call__(self, value: Any) -> Any:
        """Return the number, or real numbers of an array, moved; anything else as it is."""
        if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
            self._count += 1
            # Halves of the golden ratio's multiples: no two calls near each other have the same.
            part = 0.5 + math.modf(self._count * 0.6180339887498949)[0] / 2
            is_short = np.asarray(value) * _SHORT == np.floor(np.asarray(value) * _SHORT)
            moved = np.where(is_short, value, value * (1 + self._hair * part))
            return moved if isinstance(value, np.ndarray) else type(value)(moved)
        return value
