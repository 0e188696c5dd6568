"""From a cell's text to its syntax tree, and the names it binds and needs.

Where the text as it stands does not parse, what is harmless in a notebook or an editor is mended first: lines that only
IPython can run, and invisible characters that came along with a copied text.
"""

import ast
from collections import Counter
from collections.abc import Mapping
from types import CodeType
from typing import NamedTuple

from .mending import mend
from .parsing import parse_module
from .syntax import root_of
from .unfolding import UNFOLDED_WORDS, unfold

ANY_NAME = "*"
"""Bound by a cell of which nobody can tell what it binds, for example by a star import."""

_ScopeNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class Cell(NamedTuple):
    """A piece of a submission: `number` is None for a script, else counts the notebook's code cells from 1."""

    number: int | None
    source: str


class ParsedCell(NamedTuple):
    """A cell with its syntax tree, or the error that kept it from being parsed.

    `assigned`: every name it assigns, and how often it is more than a placeholder. `bound`: names that later cells can
    use. `needs`: names it reads before it binds them itself. `mended`: lines that were mended, by why.
    """

    cell: Cell
    tree: ast.Module | None
    error: SyntaxError | None = None
    assigned: Mapping[str, int] = {}
    bound: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    mended: Mapping[str, list[int]] = {}


def parse(cell: Cell) -> ParsedCell:
    """Parse a cell; what is wrong with it is in `error`."""
    # As it stands first: what Python can read is never mended, whatever it looks like.
    try:
        return _parse_as(cell, cell.source, {})
    except SyntaxError as error:
        source, mended = mend(cell.source)
        if not mended:
            return ParsedCell(cell=cell, tree=None, error=error)
        try:
            return _parse_as(cell, source, mended)
        except SyntaxError as second:
            # The first error tells more, unless it is about a line that was mended
            about = second if any(error.lineno in lines for lines in mended.values()) else error
            return ParsedCell(cell=cell, tree=None, error=about)


def filename_of(cell: Cell) -> str:
    """Return the name under which a cell's lines appear in tracebacks."""
    return "<submission>" if cell.number is None else f"<cell {cell.number}>"


def compile_cell(tree: ast.Module, cell: Cell) -> CodeType:
    """Compile a cell's tree; in a notebook `await` may stand outside functions. Raises what `compile` raises."""
    flags = 0 if cell.number is None else ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code: CodeType = compile(tree, filename_of(cell), "exec", flags, dont_inherit=True)
    return code


def _parse_as(cell: Cell, source: str, mended: Mapping[str, list[int]]) -> ParsedCell:
    try:
        tree = parse_module(source, filename_of(cell))
    except (ValueError, MemoryError, RecursionError) as error:
        reason = "null bytes" if isinstance(error, ValueError) else "the code is nested too deeply"
        raise SyntaxError(reason) from error
    if any(word in source for word in UNFOLDED_WORDS):
        unfold(tree)
    if cell.number is None:  # a script is run as a whole: nobody asks what it needs
        return ParsedCell(cell=cell, tree=tree, mended=mended)
    uses = _Uses()
    uses.visit(tree)
    return ParsedCell(
        cell=cell,
        tree=tree,
        assigned=_assignments_of(tree),
        bound=frozenset(uses.bound),
        needs=frozenset(uses.needs | (uses.later - uses.bound)),
        mended=mended,
    )


def _assignments_of(tree: ast.Module) -> dict[str, int]:
    """Return how often each name, or a part of it, is assigned something; a placeholder such as None is nothing."""
    stored: Counter[str] = Counter()
    # In functions, too: a whole solution may stand in one.
    for part in ast.walk(tree):
        if isinstance(part, ast.Name | ast.Subscript) and isinstance(part.ctx, ast.Store):
            stored.update(root_of(part))
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and _is_placeholder(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            stored.subtract(target.id for target in targets if isinstance(target, ast.Name))
    return dict(stored)


def _is_placeholder(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value in (None, ...))


class _Uses(ast.NodeVisitor):
    """Goes through a module in the order in which it runs."""

    def __init__(self) -> None:
        self.bound: set[str] = set()
        self.needs: set[str] = set()
        self.later: set[str] = set()  # what functions read when they are called

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.bound.add(node.id)
        elif node.id not in self.bound:
            self.needs.add(node.id)

    # In the fields of these nodes the targets come first, but Python evaluates the value first.

    def visit_Assign(self, node: ast.Assign) -> None:
        self._in_order(node.value, *node.targets)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._in_order(node.value, node.target)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """Take `globals()["x"] = 0.5` for what it does."""
        match node:
            case ast.Subscript(
                value=ast.Call(func=ast.Name("globals")), slice=ast.Constant(str(name)), ctx=ast.Store()
            ):
                self.bound.add(name)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Note that any name may be bound by a text that is run, or by way of the dictionary of all names."""
        match node:
            case (
                ast.Call(func=ast.Name("exec")) | ast.Call(func=ast.Attribute(ast.Call(ast.Name("globals")), "update"))
            ):
                self.bound.add(ANY_NAME)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            # `x += 1` reads what it binds, though its target is only stored to.
            self.visit_Name(ast.Name(node.target.id, ast.Load()))
        self._in_order(node.value, node.target)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self._in_order(node.value, node.target)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self._in_order(node.iter, node.target, *node.body, *node.orelse)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> None:
        self.visit_For(node)

    def visit_alias(self, node: ast.alias) -> None:
        self.bound.add((node.asname or node.name).partition(".")[0])

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self.bound.update(filter(None, [node.name]))
        self.generic_visit(node)

    def generic_visit(self, node: ast.AST) -> None:
        # What stands in a function is read when it is called, perhaps below other bindings of this cell.
        if isinstance(node, _ScopeNode):
            self.later |= _free(node)
            if not isinstance(node, ast.Lambda):
                self._in_order(*node.decorator_list)
                self.bound.add(node.name)
        elif isinstance(node, _Comprehension):
            # Only the first iterable is evaluated outside the comprehension's own scope.
            self.visit(node.generators[0].iter)
            self.needs |= _free(node) - self.bound
        else:
            super().generic_visit(node)

    def _in_order(self, *nodes: ast.AST) -> None:
        for node in nodes:
            self.visit(node)


def _free(node: ast.AST) -> set[str]:
    """Return the names that a function, class or comprehension reads from around it."""
    loaded, own, shared = set[str](), set[str](), set[str]()
    for inner in ast.walk(node):
        match inner:
            case ast.Name(id=name, ctx=ast.Load()):
                loaded.add(name)
            case ast.Name(id=name) | ast.arg(arg=name):
                own.add(name)
            case ast.Global(names=names):
                shared.update(names)
            case ast.alias():
                own.add((inner.asname or inner.name).partition(".")[0])
            case ast.FunctionDef() | ast.ClassDef() if inner is not node:
                own.add(inner.name)
    return (loaded - own) | (loaded & shared)
