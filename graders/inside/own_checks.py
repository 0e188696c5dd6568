"""Checks of the student's own that hold for the lesson's numbers only: on other cases they stop nothing.

An `assert` computes nothing. Where it holds on the lesson's numbers, it is not to keep a right script from going on
with others; where it fails there, the script stops as everywhere. In a `try` it may decide how the script goes on, and
stays.
"""

import ast
from collections.abc import Iterable

from .syntax import LENIENT, identifier


def soften_checks(trees: Iterable[tuple[str, ast.Module | None]]) -> None:
    """Change the trees (each beside its source): a check that fails asks `_grader_lenient()` whether to go on."""
    for source, tree in trees:
        if tree is not None and "assert" in source:  # a look at the text spares nearly all scripts the walk
            _Softener().visit(tree)


class _Softener(ast.NodeTransformer):
    def visit_Try(self, node: ast.Try) -> ast.AST:
        if not node.handlers:  # only a `finally`: nobody catches what the check raises
            return self.generic_visit(node)
        node.orelse = [self.visit(statement) for statement in node.orelse]
        node.finalbody = [self.visit(statement) for statement in node.finalbody]
        return node

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        return _skippable(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """Go on behind `np.testing.assert_allclose(…)` and the like."""
        call = node.value
        is_check = isinstance(call, ast.Call) and (identifier(call.func) or "").startswith("assert")
        return _skippable(node) if is_check else node


def _skippable(check: ast.stmt) -> ast.AST:
    """Let a check be skipped, whatever it raises: compared with arrays of another size, it may not even be computed."""
    lenient = ast.Call(ast.Name(LENIENT, ast.Load()), [], [])
    stop = ast.If(ast.UnaryOp(ast.Not(), lenient), [ast.Raise()], [])
    handler = ast.ExceptHandler(ast.Name("Exception", ast.Load()), None, [stop])
    skippable = ast.Try(body=[check], handlers=[handler], orelse=[], finalbody=[])
    return ast.fix_missing_locations(ast.copy_location(skippable, check))
