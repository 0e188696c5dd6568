"""Programs without the hooks that are in them: to alter them, and to quote them as the student wrote them."""

import ast
import copy
from collections.abc import Collection, Iterable

from .expressions import is_call, is_path
from .sites import MAX_EXCERPT
from .syntax import HOOK, is_hook
from .wrapping import OBSERVE


def without_observing(tree: ast.Module, kept: Collection[int]) -> ast.Module:
    """Return a copy of an observed program without its hooks, but for those of the sites that are `kept`."""
    plain: ast.Module = _Plain(kept).visit(copy.deepcopy(tree))
    return plain


class _Plain(ast.NodeTransformer):
    """Takes away the hooks of the observed program, and the statements that only look again at what was set."""

    def __init__(self, kept: Collection[int]) -> None:
        self._kept = kept

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        return node.args[1] if self._goes(node) else node

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        looks_again = self._goes(node.value) and _is_one_place(node.targets[0], node.value.args[1])  # type: ignore[attr-defined]
        return None if looks_again else self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        looks_again = self._goes(node.value) and is_path(node.value.args[1])  # type: ignore[attr-defined]
        return None if looks_again else self.generic_visit(node)

    def _goes(self, node: ast.expr) -> bool:
        return is_call(node, OBSERVE) and node.args[0].value not in self._kept  # type: ignore[attr-defined]


def _is_one_place(target: ast.expr, value: ast.expr) -> bool:
    """Tell whether both sides are the same, and stand where the statement before does: not in a student's `a = a`."""
    are_same = ast.unparse(target) == ast.unparse(value)
    return are_same and (target.lineno, target.col_offset) == (value.lineno, value.col_offset)


class _Unhooked(ast.NodeTransformer):
    """Takes away all hooks."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        return node.args[1] if is_hook(node) and len(node.args) > 1 else node


def told_source(node: ast.AST) -> str:
    """Return what is quoted of a node."""
    source = ast.unparse(node)
    if HOOK in source:  # seldom, and so not before it is known to be needed
        source = ast.unparse(_Unhooked().visit(copy.deepcopy(node)))
    # A copy works whatever the script imports, and is told as one would write it.
    return source.replace("__import__('copy').", "copy.")[:MAX_EXCERPT]


def works_as_told(source: str, trees: Iterable[ast.Module]) -> bool:
    """Tell whether what is quoted works as it stands: a copy is told with a module that the script may not import."""
    if "copy.deepcopy(" not in source:
        return True
    imports = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import))
    return any(ast.unparse(alias) == "copy" for node in imports for alias in node.names)


def told_statement(statement: ast.stmt) -> str:
    """Return what is quoted of a statement: of a branch its head, with the one word that may follow it."""
    if not isinstance(statement, ast.If):
        return told_source(statement)
    word = statement.body[0]
    follows = f": {ast.unparse(word)}" if isinstance(word, ast.Break | ast.Continue) else ""
    return f"if {told_source(statement.test)}{follows}"
