"""The places of a reference that give a value, and its form in which each of them reports what it read and gave."""

import ast
import copy
from collections.abc import Iterator, Sequence
from types import CodeType
from typing import Any, Literal, NamedTuple

ENTER, LEAVE = "_trace_enter", "_trace_leave"
"""Names of the functions that the observed form calls before and after each node."""

_LEAVING = (ast.Return, ast.Break, ast.Continue, ast.Yield, ast.YieldFrom, ast.Await)


class Node(NamedTuple):
    """A statement of the reference that gives a value.

    `kind`: an assignment, a return, or a block (an `if` or a loop as a whole, which gives what is assigned in it).
    `targets`: what it assigns, as written (`self.mean`, `table`); none for a `return`. `scope`: the qualified name of
    its function, empty at the top. `reads`: names of variables in the statement.
    """

    number: int
    kind: Literal["assign", "return", "block"]
    scope: str
    line: int
    last_line: int
    targets: tuple[str, ...]
    source: str
    reads: frozenset[str]
    code: CodeType


def observed_form(source: str, file: str) -> tuple[CodeType, Sequence[Node]]:
    """Compile a script so that its nodes are observed, and return them in their order."""
    tree = ast.parse(source, file)
    observing = _Observing(file)
    observing.visit(tree)
    return compile(ast.fix_missing_locations(tree), file, "exec"), observing.nodes


class _Observing(ast.NodeTransformer):
    """Puts a call before and after each assignment and return."""

    def __init__(self, file: str) -> None:
        self.nodes: list[Node] = []
        self._file = file
        self._scope: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._within(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._within(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        return self._block(node)

    def visit_For(self, node: ast.For) -> ast.AST | list[ast.stmt]:
        return self._block(node)

    def visit_While(self, node: ast.While) -> ast.AST | list[ast.stmt]:
        return self._block(node)

    def _block(self, node: ast.If | ast.For | ast.While) -> ast.AST | list[ast.stmt]:
        """Observe a block as a whole, besides what stands in it, if it is left at its end only."""
        plain = copy.deepcopy(node)  # to run the block again without observing what stands in it
        self.generic_visit(node)
        targets = list(dict.fromkeys(map(ast.unparse, _assigned_in(plain))))
        # A block that may be left early does not always get to the call behind it.
        if not targets or any(isinstance(part, _LEAVING) for part in ast.walk(plain)):
            return node
        leaves = [_loaded(ast.parse(target, mode="eval").body) for target in targets]
        results = [ast.Assign([ast.Name(name_of(number), ast.Store())], leaf) for number, leaf in enumerate(leaves)]
        number = self._add(
            "block",
            node,
            tuple(targets),
            node.test if isinstance(node, ast.If | ast.While) else node.iter,
            plain,
            *results,
        )
        return self._placed(node, [self._enter(number), node, self._leave(number, leaves)])

    def visit_Assign(self, node: ast.Assign) -> ast.AST | list[ast.stmt]:
        return self._assigning(node, node.targets, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | list[ast.stmt]:
        return node if node.value is None else self._assigning(node, [node.target], node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST | list[ast.stmt]:
        return self._assigning(node, [node.target], ast.BinOp(_loaded(node.target), node.op, node.value))

    def visit_Return(self, node: ast.Return) -> ast.AST | list[ast.stmt]:
        if node.value is None:
            return node
        result = ast.Name(name_of(0), ast.Store())
        assigned = ast.Assign([result], node.value)
        number = self._add("return", node, (), node.value, assigned)
        returned = ast.Return(ast.Name(name_of(0), ast.Load()))
        return self._placed(node, [self._enter(number), assigned, self._leave(number, [_loaded(result)]), returned])

    def _within(self, node: Any) -> ast.AST:
        self._scope.append(node.name)
        self.generic_visit(node)
        self._scope.pop()
        return node  # type: ignore[no-any-return]

    def _assigning(self, node: ast.stmt, targets: Sequence[ast.expr], value: ast.expr) -> ast.AST | list[ast.stmt]:
        leaves = [_whole(leaf) for leaf in _leaves(targets)]
        if not leaves:
            return node
        results = [ast.Assign([ast.Name(name_of(number), ast.Store())], leaf) for number, leaf in enumerate(leaves)]
        names = tuple(ast.unparse(leaf) for leaf in leaves)
        number = self._add("assign", node, names, value, node, *results)
        return self._placed(node, [self._enter(number), node, self._leave(number, leaves)])

    def _add(
        self,
        kind: Literal["assign", "return", "block"],
        where: ast.stmt,
        targets: tuple[str, ...],
        value: ast.expr,
        *statements: ast.stmt,
    ) -> int:
        module = ast.Module([ast.copy_location(statement, where) for statement in statements], [])
        code = compile(ast.fix_missing_locations(module), self._file, "exec")
        reads = frozenset(part.id for part in ast.walk(module) if isinstance(part, ast.Name))
        source = "" if kind == "block" else ast.unparse(value)
        scope = ".".join(self._scope)
        last = where.end_lineno or where.lineno
        self.nodes.append(Node(len(self.nodes), kind, scope, where.lineno, last, targets, source, reads, code))
        return len(self.nodes) - 1

    def _enter(self, number: int) -> ast.stmt:
        variables = ast.Call(ast.Name("locals", ast.Load()), [], [])
        return ast.Expr(ast.Call(ast.Name(ENTER, ast.Load()), [ast.Constant(number), variables], []))

    def _leave(self, number: int, values: Sequence[ast.expr]) -> ast.stmt:
        return ast.Expr(ast.Call(ast.Name(LEAVE, ast.Load()), [ast.Constant(number), *values], []))

    def _placed(self, where: ast.stmt, statements: Sequence[ast.stmt]) -> list[ast.stmt]:
        return [ast.fix_missing_locations(ast.copy_location(statement, where)) for statement in statements]


def _assigned_in(block: ast.stmt) -> Iterator[ast.expr]:
    """Yield what is certainly assigned once a block has been executed: what each of its branches assigns."""
    for part in ast.walk(block):
        if isinstance(part, ast.Assign):
            yield from (_whole(leaf) for leaf in _leaves(part.targets))
        elif isinstance(part, ast.AugAssign):
            yield _whole(part.target)


def name_of(number: int) -> str:
    """Return the variable in which a statement's value is found."""
    return f"_trace_{number}"


def _leaves(targets: Sequence[ast.expr]) -> Iterator[ast.expr]:
    for target in targets:
        if isinstance(target, ast.Tuple | ast.List):
            yield from _leaves(target.elts)
        else:
            yield target.value if isinstance(target, ast.Starred) else target


def _whole(target: ast.expr) -> ast.expr:
    """Return what reads an assigned variable; of `table[i, j]` the whole table."""
    while isinstance(target, ast.Subscript):
        target = target.value
    return _loaded(target)


def _loaded(target: ast.expr) -> ast.expr:
    loaded = copy.deepcopy(target)
    for part in ast.walk(loaded):
        if isinstance(part, ast.Name | ast.Attribute | ast.Subscript) and part is loaded:
            part.ctx = ast.Load()
    return loaded
