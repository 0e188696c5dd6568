"""The reference run with a recorder: what each of its assignments, returns and expressions gave, pass by pass.

The reference is the author's and trusted: it is executed in this process. Submissions never are.
"""

import ast
import copy
from collections.abc import Sequence
from types import CodeType
from typing import Any, NamedTuple

import numpy as np

from graders.inside.expressions import parameters_of
from graders.inside.parsing import parse_expression
from graders.inside.syntax import single_targets

TRACED = "_reference_traced"
"""Name of the function that the traced script calls."""

MOST_TRACED = 400
"""Passes kept of a statement: all that a training of some epochs has, so that each can be put right."""

MOST_OF_PARTS = 50
"""Passes kept of a part of an expression, of which there are many: all that a short loop has."""

_OBSERVED = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Subscript, ast.IfExp)


class Node(NamedTuple):
    """A statement that gives values. `targets`: what it assigns, as written; none for a return.

    `scope`: the qualified name of its function, empty at the top. `is_part`: a part of an expression, which students
    may compute in a statement of its own. `parameter`: which of its function's, counted from 0.
    """

    number: int
    scope: str
    targets: tuple[str, ...]
    is_part: bool = False
    parameter: int | None = None


class Traced:
    """A script compiled so that a run of it is observed. `nodes`: all statements that give a value, in their order."""

    def __init__(self, tree: ast.Module, file: str) -> None:
        observing = _Observing()
        observed = ast.fix_missing_locations(observing.visit(copy.deepcopy(tree)))
        self.nodes: Sequence[Node] = observing.nodes
        self.code: CodeType = compile(observed, file, "exec", dont_inherit=True)


class Passes:
    """Called by the traced script; `given`: by node, what it gave on each of its first passes."""

    def __init__(self) -> None:
        self.given: dict[int, list[tuple[Any, ...]]] = {}

    def __call__(self, number: int, *values: Any) -> None:
        """Keep what a statement gave; copied now, since `+=` and filling change an array that is kept."""
        done = self.given.setdefault(number, [])
        if len(done) < MOST_TRACED:
            done.append(copy.deepcopy(values))

    def part(self, number: int, value: Any) -> Any:
        """Keep what an expression gave, if it is numbers; return it."""
        done = self.given.setdefault(number, [])
        if len(done) < MOST_OF_PARTS and isinstance(value, np.ndarray | np.number | float | int | str | list | dict):
            done.append((copy.deepcopy(value),))
        return value


class _Observing(ast.NodeTransformer):
    """Puts a call behind each assignment, and before each return."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._scope: list[str] = []

    def visit(self, node: ast.AST) -> Any:
        """Observe an expression where it is read, whatever it is a part of."""
        found = super().visit(node)
        if isinstance(node, _OBSERVED) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            return ast.copy_location(self._part(found), node)
        return found

    def _part(self, value: ast.expr, parameter: int | None = None) -> ast.expr:
        number = len(self.nodes)
        self.nodes.append(Node(number, ".".join(self._scope), (), is_part=True, parameter=parameter))
        keeping = ast.Attribute(ast.Name(TRACED, ast.Load()), "part", ast.Load())
        return ast.Call(keeping, [ast.Constant(number), value], [])

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self._scope.append(node.name)
        looks: list[ast.stmt] = [
            ast.Expr(self._part(ast.Name(parameter.arg, ast.Load()), at))
            for at, parameter in enumerate(parameters_of(node))
        ]
        self._scope.pop()
        self._within(node)
        node.body[:0] = looks
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._within(node)

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        node.value = self.visit(node.value)
        return self._assigning(node, node.targets)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        """Observe a list behind a statement that puts something into it, as in a submission."""
        match node.value:
            case ast.Call(func=ast.Attribute(value=ast.Name() | ast.Attribute() as value, attr="append" | "insert")):
                read = parse_expression(ast.unparse(value))
                self.generic_visit(node)
                return [node, self._call((ast.unparse(read),), [read])]
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | list[ast.stmt]:
        if node.value is None:
            return node
        node.value = self.visit(node.value)
        return self._assigning(node, [node.target])

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        node.value = self.visit(node.value)
        return self._assigning(node, [node.target])

    def visit_Return(self, node: ast.Return) -> ast.AST | list[ast.stmt]:
        if node.value is None:
            return node
        kept = ast.Assign([ast.Name("_traced_value", ast.Store())], self.visit(node.value))
        read = ast.Name("_traced_value", ast.Load())
        return [kept, self._call((), [read]), ast.Return(read)]

    def _within(self, node: ast.FunctionDef | ast.ClassDef) -> ast.AST:
        self._scope.append(node.name)
        self.generic_visit(node)
        self._scope.pop()
        return node

    def _assigning(self, node: ast.stmt, targets: Sequence[ast.expr]) -> list[ast.stmt]:
        leaves = [_read_of_whole(leaf) for leaf in single_targets(targets)]
        return [node, self._call(tuple(map(ast.unparse, leaves)), leaves)] if leaves else [node]

    def _call(self, targets: tuple[str, ...], values: Sequence[ast.expr]) -> ast.stmt:
        number = len(self.nodes)
        self.nodes.append(Node(number, ".".join(self._scope), targets))
        return ast.Expr(ast.Call(ast.Name(TRACED, ast.Load()), [ast.Constant(number), *values], []))


def _read_of_whole(target: ast.expr) -> ast.expr:
    """Return what reads an assigned variable; of `table[i, j]` the whole table."""
    while isinstance(target, ast.Subscript):
        target = target.value
    return parse_expression(ast.unparse(target))
