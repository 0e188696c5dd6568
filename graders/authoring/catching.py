"""What an example shows to be refused: a `try` that catches, a `with raises(…)`."""

import ast
from collections.abc import Sequence

from graders.authoring.expressions import placed_at
from graders.inside.parsing import parse_module


def refused_call(node: ast.stmt) -> ast.expr | None:
    """Return the call that a `try` or `with raises(…)` shows to be refused; None if a statement is nothing like it."""
    match node:
        case ast.Try(body=[first, *_], handlers=handlers) if not _keeps_what_it_caught(handlers):
            shown: ast.stmt = first
        case ast.With(items=[ast.withitem(context_expr=ast.Call(func=raising))], body=[first, *_]):
            if not ast.unparse(raising).endswith(("raises", "assertRaises")):
                return None
            shown = first
        case _:
            return None
    calls = [part for part in ast.walk(shown) if isinstance(part, ast.Call)]
    return next((call for call in calls if not _is_print(call)), None)


def _keeps_what_it_caught(handlers: Sequence[ast.ExceptHandler]) -> bool:
    """Tell whether handlers assign a name, as the author's own result; a `finally` alone has none of them."""
    names = [part for each in handlers for part in ast.walk(each) if isinstance(part, ast.Name)]
    return not handlers or any(isinstance(name.ctx, ast.Store) for name in names)


def _is_print(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "print"


def kept_refusal(name: str, call: ast.expr) -> ast.stmt:
    """Return the `try` that keeps the name of the exception, or 'nothing'."""
    text = (
        f"try:\n    {ast.unparse(call)}\n    {name} = 'nothing'\n"
        f"except Exception as error:\n    {name} = type(error).__name__\n"
    )
    return placed_at(parse_module(text).body[0], call)
