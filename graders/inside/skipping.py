"""Statements that cannot be computed without a library are left out, where the results do not depend on them.

A file may hold a whole course, and train on data that only the student's machine has before it comes to the exercise.
Such a statement is skipped as a plot is; what it would have set are stand-ins from there on, so that a result which
needs it is still none.
"""

import ast

from .effects import set_at
from .syntax import UNAVAILABLE, guarded, nodes_of_scope

_MISSING = "_grader_missing"
_HARMLESS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def skip_without_libraries(tree: ast.Module) -> None:
    """Change a rewritten tree: where a statement stops for want of a library, its names are stand-ins from there on."""
    tree.body = [statement if _stays(statement) else _skippable_statement(statement) for statement in tree.body]


def _stays(statement: ast.stmt) -> bool:
    """Tell whether a statement is left as it is: imports are guarded by themselves, wherever they stand."""
    imports = (isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(statement))
    return isinstance(statement, _HARMLESS) or any(imports)


def _skippable_statement(statement: ast.stmt) -> ast.stmt:
    name = ast.Attribute(ast.Name(_MISSING, ast.Load()), "name", ast.Load())
    # Without a name it is the student's own exception.
    own = ast.If(ast.UnaryOp(ast.Not(), name), [ast.Raise()], [])
    stand_in = ast.Call(ast.Name(UNAVAILABLE, ast.Load()), [name], [])
    bound = [ast.Assign([ast.Name(each, ast.Store())], stand_in) for each in sorted(_set_by(statement))]
    return guarded(statement, ast.ExceptHandler(ast.Name("ModuleNotFoundError", ast.Load()), _MISSING, [own, *bound]))


def _set_by(statement: ast.stmt) -> set[str]:
    """Return the names that a statement binds, and those of what it changes."""
    return {name for node in nodes_of_scope([statement]) for name in set_at(node)}
