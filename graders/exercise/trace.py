"""The reference run with a recorder: what each of its assignments and returns gave, pass by pass.

The reference is the author's and trusted: it is executed in this process. Submissions never are.
"""

import ast
import copy
from collections.abc import Iterator, Sequence
from types import CodeType
from typing import Any, NamedTuple

from graders.inside.sites import MAX_PASSES  # as many as of a submission

TRACED = "_reference_traced"
"""Name of the function that the traced script calls."""


class Node(NamedTuple):
    """A statement that gives values. `targets`: what it assigns, as written; none for a return.

    `scope`: the qualified name of its function, empty at the top.
    """

    number: int
    scope: str
    targets: tuple[str, ...]


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
        if len(done) < MAX_PASSES:
            done.append(copy.deepcopy(values))


class _Observing(ast.NodeTransformer):
    """Puts a call behind each assignment, and before each return."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._scope: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._within(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._within(node)

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        return self._assigning(node, node.targets)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | list[ast.stmt]:
        return node if node.value is None else self._assigning(node, [node.target])

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        return self._assigning(node, [node.target])

    def visit_Return(self, node: ast.Return) -> ast.AST | list[ast.stmt]:
        if node.value is None:
            return node
        kept = ast.Assign([ast.Name("_traced_value", ast.Store())], node.value)
        read = ast.Name("_traced_value", ast.Load())
        return [kept, self._call((), [read]), ast.Return(read)]

    def _within(self, node: ast.FunctionDef | ast.ClassDef) -> ast.AST:
        self._scope.append(node.name)
        self.generic_visit(node)
        self._scope.pop()
        return node

    def _assigning(self, node: ast.stmt, targets: Sequence[ast.expr]) -> list[ast.stmt]:
        leaves = [_read_of_whole(leaf) for leaf in _leaves(targets)]
        return [node, self._call(tuple(map(ast.unparse, leaves)), leaves)] if leaves else [node]

    def _call(self, targets: tuple[str, ...], values: Sequence[ast.expr]) -> ast.stmt:
        number = len(self.nodes)
        self.nodes.append(Node(number, ".".join(self._scope), targets))
        return ast.Expr(ast.Call(ast.Name(TRACED, ast.Load()), [ast.Constant(number), *values], []))


def _leaves(targets: Sequence[ast.expr]) -> Iterator[ast.expr]:
    for target in targets:
        if isinstance(target, ast.Tuple | ast.List):
            yield from _leaves(target.elts)
        else:
            yield target.value if isinstance(target, ast.Starred) else target


def _read_of_whole(target: ast.expr) -> ast.expr:
    """Return what reads an assigned variable; of `table[i, j]` the whole table."""
    while isinstance(target, ast.Subscript):
        target = target.value
    return ast.parse(ast.unparse(target), mode="eval").body
