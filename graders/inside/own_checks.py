"""Checks of the student's own that hold for the lesson's numbers only: on other cases they stop nothing.

An `assert` computes nothing, nor does an `if` that only stops the script. Where it holds on the lesson's numbers, it is
not to keep a right script from going on with others; where it fails there, the script stops as everywhere. In a `try`
it may decide how the script goes on, and stays; so does an `if` that looks at the givens, or stands in a function: it
may be there to refuse something.

The same holds for a report of progress (`if epoch % (epochs // 10) == 0: print(loss)`): elsewhere it divides by zero.
"""

import ast
from collections.abc import Collection, Iterable, Sequence, Set

from .syntax import LENIENT, guarded, identifier, loaded_names

_CHECKING_WORDS = ("assert", "raise", "exit", "quit", "%")
_DIVISIONS = (ast.Div, ast.FloorDiv, ast.Mod)
_STOPPING = frozenset({"exit", "quit", "sys_exit", "os__exit", "_exit"})


def soften_checks(
    trees: Iterable[tuple[str, ast.Module | None]], givens: Collection[str] = (), *, is_straight: bool = False
) -> None:
    """Change the trees (each beside its source): a check that fails asks `_grader_lenient()` whether to go on.

    `givens`: their names, by which a script may refuse other numbers than the lesson's. `is_straight`: no functions are
    asked for, some of which are to raise something.
    """
    for source, tree in trees:
        # A look at the text spares nearly all scripts the walk.
        if tree is not None and any(word in source for word in _CHECKING_WORDS):
            own = _own_checks(tree) if is_straight else set[str]()
            _Softener(own, frozenset(givens), is_outside=is_straight).visit(tree)


class _Softener(ast.NodeTransformer):
    def __init__(self, own: Set[str], givens: Set[str], *, is_outside: bool) -> None:
        self._own = own
        self._givens = givens
        self._is_straight = self._is_outside = is_outside

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        outside, self._is_outside = self._is_outside, False
        self.generic_visit(node)
        self._is_outside = outside
        return node

    def visit_Try(self, node: ast.Try) -> ast.AST:
        if not node.handlers:  # only a `finally`: nobody catches what the check raises
            return self.generic_visit(node)
        node.orelse = [self.visit(statement) for statement in node.orelse]
        node.finalbody = [self.visit(statement) for statement in node.finalbody]
        return node

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        return _skippable(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        """Go on behind `if wrong: sys.exit("wrong")`."""
        only_stops = self._is_outside and not node.orelse and _only_stops(node.body)
        if only_stops and not self._givens & loaded_names(node.test):
            return _skippable(node)
        if self._is_straight and _divides(node.test) and not node.orelse and _reports(node.body):
            return _skippable(node)
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """Go on behind `np.testing.assert_allclose(…)` and the like."""
        call = node.value
        name = (identifier(call.func) or "") if isinstance(call, ast.Call) else ""
        is_check = name.startswith("assert") or (self._is_outside and name in self._own)
        return _skippable(node) if is_check else node


def _divides(test: ast.expr) -> bool:
    return any(isinstance(node, ast.BinOp) and isinstance(node.op, _DIVISIONS) for node in ast.walk(test))


def _reports(body: Sequence[ast.stmt]) -> bool:
    """Tell whether statements print something or note it in a list, and do no more than to compute it."""
    nodes = [node for statement in body for node in ast.walk(statement)]
    called = {_called_in(node) for node in nodes if isinstance(node, ast.stmt)}
    return not called.isdisjoint({"print", "append"}) and not any(map(_does_more, nodes))


def _does_more(node: ast.AST) -> bool:
    """Tell whether a node is more than a call, an `if`, or an assignment to a variable."""
    if isinstance(node, ast.stmt):
        return not isinstance(node, ast.Expr | ast.Assign | ast.If)
    return isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store)


def _only_stops(body: Sequence[ast.stmt]) -> bool:
    """Tell whether statements end the script, and do nothing before but to say so."""
    *before, last = body
    return _stops(last) and all(_called_in(each) == "print" for each in before)


def _stops(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Raise) or _called_in(statement) in _STOPPING


def _called_in(statement: ast.stmt) -> str | None:
    call = statement.value if isinstance(statement, ast.Expr) else None
    return identifier(call.func) if isinstance(call, ast.Call) else None


def _own_checks(tree: ast.Module) -> set[str]:
    """Return the student's functions that check something, give nothing and set nothing."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {function.name for function in functions if _is_check(function)}


def _is_check(function: ast.FunctionDef) -> bool:
    inner = [node for statement in function.body for node in ast.walk(statement)]
    return any(map(_looks, inner)) and not any(map(_gives_or_sets, inner))


def _looks(node: ast.AST) -> bool:
    return isinstance(node, ast.Assert) or (isinstance(node, ast.stmt) and _stops(node))


def _gives_or_sets(node: ast.AST) -> bool:
    match node:
        case ast.Global() | ast.Nonlocal() | ast.Yield() | ast.Return(value=ast.expr()):
            return True
        case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
            return True
    return False


def _skippable(check: ast.stmt) -> ast.AST:
    """Let a check be skipped, whatever it raises: compared with arrays of another size, it may not even be computed."""
    lenient = ast.Call(ast.Name(LENIENT, ast.Load()), [], [])
    stop = ast.If(ast.UnaryOp(ast.Not(), lenient), [ast.Raise()], [])
    raised = ast.Tuple([ast.Name(name, ast.Load()) for name in ("Exception", "SystemExit")], ast.Load())
    return guarded(check, ast.ExceptHandler(raised, None, [stop]))
