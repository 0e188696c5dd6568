"""Imports of modules that are not there fail only when they are used: an unused one does no harm."""

import ast
import sys
from collections.abc import Sequence

from .syntax import UNAVAILABLE, bound_by


class ImportRewriter(ast.NodeTransformer):
    """Makes every import a guarded one, except in the body of a `try`, where the script expects it to fail."""

    def __init__(self) -> None:
        self._guarded = 0  # depth of `try` bodies

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
        return [self._import(ast.Import(names=[alias]), alias.name, [bound_by(alias)], node) for alias in node.names]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        """Guard it, unless it binds names that nobody knows."""
        if node.level or node.module is None or any(alias.name == "*" for alias in node.names):
            return node
        return self._import(node, node.module, [bound_by(alias) for alias in node.names], node)

    def _import(self, statement: ast.stmt, module: str, bound: Sequence[str], where: ast.stmt) -> ast.stmt:
        ast.copy_location(statement, where)
        if self._guarded or module.partition(".")[0] in sys.modules:
            return statement
        placeholder = ast.Call(ast.Name(UNAVAILABLE, ast.Load()), [ast.Constant(module)], [])
        instead = [ast.Assign(targets=[ast.Name(name, ast.Store())], value=placeholder) for name in bound]
        handler = ast.ExceptHandler(type=ast.Name("ModuleNotFoundError", ast.Load()), name=None, body=list(instead))
        guarded = ast.Try(body=[statement], handlers=[handler], orelse=[], finalbody=[])
        return ast.fix_missing_locations(ast.copy_location(guarded, where))
