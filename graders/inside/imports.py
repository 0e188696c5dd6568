"""Imports of modules that are not there fail only when they are used: an unused one does no harm."""

import ast
import sys
from collections.abc import Callable, Collection, Mapping, Sequence

from .syntax import UNAVAILABLE, at, bound_by, guarded


class ImportRewriter(ast.NodeTransformer):
    """Makes every import a guarded one, except in the body of a `try`, where the script expects it to fail."""

    def __init__(self) -> None:
        self._guarded = 0  # depth of `try` bodies
        self.unbound: Callable[[], Collection[str]] = tuple

    def visit_Try(self, node: ast.Try) -> ast.AST:
        """Leave the imports of the body alone."""
        self._guarded += 1
        node.body = self._statements(node.body)
        self._guarded -= 1
        node.handlers = [self.visit(handler) for handler in node.handlers]
        node.orelse, node.finalbody = self._statements(node.orelse), self._statements(node.finalbody)
        return node

    def _statements(self, statements: Sequence[ast.stmt]) -> list[ast.stmt]:
        block = ast.Module(body=list(statements), type_ignores=[])
        return self.generic_visit(block).body  # type: ignore[attr-defined, no-any-return]

    def visit_Import(self, node: ast.Import) -> ast.stmt | list[ast.stmt]:
        """Guard each module by itself."""
        return [
            self._import(ast.Import(names=[alias]), alias.name, {bound_by(alias): _stand_in(alias)}, node)
            for alias in node.names
        ]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        """Guard it; of a star import that fails, the names that nothing else binds may be meant."""
        if node.level or node.module is None:
            return node
        names = {bound_by(alias): alias.name for alias in node.names if alias.name != "*"}
        if len(names) < len(node.names):
            names = {name: name for name in self.unbound()}
        module = _placeholder(node.module)
        bound = {name: ast.Attribute(module, attribute, ast.Load()) for name, attribute in names.items()}
        return self._import(node, node.module, bound, node)

    def _import(self, statement: ast.stmt, module: str, bound: Mapping[str, ast.expr], where: ast.stmt) -> ast.stmt:
        at(where, statement)
        # What is not loaded is tried all the same: where nothing is confined, it may be found.
        if self._guarded or module in sys.modules:
            return statement
        instead: list[ast.stmt] = [
            ast.Assign(targets=[ast.Name(name, ast.Store())], value=value) for name, value in bound.items()
        ]
        missing = ast.Name("ModuleNotFoundError", ast.Load())
        return guarded(statement, ast.ExceptHandler(missing, None, instead or [ast.Pass()]))


def _placeholder(module: str) -> ast.expr:
    return ast.Call(ast.Name(UNAVAILABLE, ast.Load()), [ast.Constant(module)], [])


def _stand_in(alias: ast.alias) -> ast.expr:
    """Return the stand-in for `import a.b` (which binds a) or `import a.b as c`."""
    return _placeholder(alias.name if alias.asname else alias.name.partition(".")[0])
