"""Look for givens everywhere: only where an ordinary look at a script did not find all of them.

A constant may be a given wherever it stands: in a tuple of weights, in a call of `namedtuple` or `partial`, in a record
that is looped over. And a variable may be one only after several statements (`append`, `x[0] = …`, `x *= 2`): behind
each of them `x = _grader_given(7, x)` looks whether it is one by now.
"""

import ast
import builtins
from collections.abc import Iterator, Sequence
from typing import Any

from .effects import CHANGING_METHODS
from .rewriting import Rewriter
from .syntax import GIVEN, identifier, loaded_names, nodes_of_scope, reading_of, root_of, single_targets

_NEVER_NUMBERS = (ast.Name, ast.Compare, ast.BoolOp, ast.Lambda, ast.JoinedStr, ast.Starred, ast.Set, ast.GeneratorExp)
_Loop = ast.For | ast.AsyncFor | ast.While


class SearchingRewriter(Rewriter):
    """Makes every constant, and every variable that is built up step by step, a site."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._changed_in_place: set[ast.AST] = set()

    _names: frozenset[str] = frozenset()
    _inner = 0  # depth of scopes within the module's
    _in_loop = False

    def visit_Module(self, node: ast.Module) -> ast.AST:
        return self._in_scope(node, super().generic_visit)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._in_scope(node, super().visit_FunctionDef)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._in_scope(node, super().visit_AsyncFunctionDef)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._in_scope(node, super().generic_visit)

    def _in_scope(self, node: Any, visit: Any) -> ast.AST:
        """Visit a scope: only a name that it sets itself can be set again there."""
        outside, self._names, in_loop = self._names, _names_set_in(node), self._in_loop
        self._in_loop = False
        self._inner += not isinstance(node, ast.Module)
        visited: ast.AST = visit(node)
        self._inner -= not isinstance(node, ast.Module)
        self._names, self._in_loop = outside, in_loop
        return visited

    # Statements after which a variable may have become a given

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        changed = [target for target in single_targets(node.targets) if not isinstance(target, ast.Name)]
        statements = super().visit_Assign(node)
        return [*statements, *self._looks(map(_base_of, changed))]

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        base = _base_of(node.target)
        return [*super().visit_AugAssign(node), *self._looks([base])]

    def visit_Expr(self, node: ast.Expr) -> list[ast.stmt]:
        # Before visiting, which wraps the very names that are looked for.
        changed = list(_changed_by(node.value))
        return [*super().visit_Expr(node), *self._looks(changed)]

    def visit_For(self, node: ast.For) -> list[ast.stmt]:
        return self._loop(node)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> list[ast.stmt]:
        return self._loop(node)

    def visit_While(self, node: ast.While) -> list[ast.stmt]:
        return self._loop(node)

    def _loop(self, node: _Loop) -> list[ast.stmt]:
        """Look only behind a loop: within it a variable of other numbers would be done before the loop is."""
        changed = list(_changed_in(node))
        outside, self._in_loop = self._in_loop, True
        self.generic_visit(node)
        self._in_loop = outside
        return [node, *self._looks(changed)]

    def _looks(self, changed: Any) -> Iterator[ast.stmt]:
        """Return the statements that look at what was changed, each variable once."""
        if self._in_loop:
            return
        seen = set()
        for target in changed:
            root = _root_of(target)
            if root is None or not self._is_own(root) or ast.dump(target) in seen:
                continue
            seen.add(ast.dump(target))
            name = identifier(target) or ""
            look = self._site_call(
                self._given_named(name), name, reading_of(target), target, constant=False, firm=False
            )
            yield ast.copy_location(ast.Assign(targets=[_target_of(target)], value=look), target)

    def _is_own(self, name: str) -> bool:
        """Tell whether a name can be set again here: in a function only one that it sets itself.

        Outside of functions any variable can; another cell of a notebook may have made it.
        """
        return name in self._names if self._inner else name not in self._imported and not hasattr(builtins, name)

    # Constants, wherever they stand

    def visit_Tuple(self, node: ast.Tuple) -> ast.AST:
        return self._display(node)

    def visit_List(self, node: ast.List) -> ast.AST:
        return self._display(node)

    def _display(self, node: ast.Tuple | ast.List) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load):
            node.elts = [self._wrapped([None], element, firm=False) for element in node.elts]
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        super().visit_Dict(node)
        node.values = [self._wrapped([None], value, firm=False) for value in node.values]
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        said = [self._said_by(argument) for argument in node.args]
        self._changed_in_place.add(node.func)  # a method is no number
        if isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING_METHODS:
            self._changed_in_place.add(node.func.value)
        super().visit_Call(node)
        for keyword in node.keywords:
            # add_argument("--learnrate", default=0.5)
            name = next(filter(None, said), keyword.arg) if keyword.arg == "default" else keyword.arg
            keyword.value = self._wrapped([name], keyword.value, firm=False)
        before = [None, *said][: len(said)]  # setattr(net, "learnrate", 0.5)
        node.args = [
            self._wrapped([name], argument, firm=False) for name, argument in zip(before, node.args, strict=True)
        ]
        return node

    def _said_by(self, node: ast.expr) -> str | None:
        """Return the given's name that a text is: `"learnrate"`, `"--learn-rate"`."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            word = node.value.lstrip("-").replace("-", "_")
            return word if self._given_named(word) else None
        return None

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if not isinstance(node.ctx, ast.Load):
            self._changed_in_place.add(node.value)
        node.value = self.visit(node.value)  # an index is no given
        # `rows[0]` is no variable; `config["x"]` is one.
        return self._read(node) if identifier(node) is not None else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if not isinstance(node.ctx, ast.Load):
            self._changed_in_place.add(node.value)
        node.value = self.visit(node.value)
        return self._read(node)

    def _read(self, node: ast.Attribute | ast.Subscript) -> ast.expr:
        """Wrap a part of an object or dictionary that was made in a way nobody can see: `config["x"]`, `args.x`."""
        root = next(root_of(node), None)
        is_variable = root is not None and root not in self._imported
        if not is_variable or not isinstance(node.ctx, ast.Load) or node in self._changed_in_place:
            return node
        name = identifier(node) or ""
        # Replaced afterwards: whoever else makes a site knows nothing of reading.
        call = self._site_call(self._given_named(name), name, node, node, constant=False, firm=False)
        self._sites[-1] = self._sites[-1]._replace(reads=True)
        return call

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node  # what is printed sets nothing

    def _wrapped(self, names: Sequence[str | None], value: ast.expr, *, firm: bool = True) -> ast.expr:
        """Wrap any value that may be numbers; what is computed counts only if it is several numbers."""
        if not _may_be_numbers(value) or (_is_wrapped(value) and self._first_given(names) is None):
            return value
        loaded = loaded_names(value)
        name = next((name for name in names if name), "")
        given = self._given_named(name)
        computed = given is not None and self._mentions(loaded, given)
        constant = self._is_free(loaded)
        if not constant and not firm:
            return value
        return self._site_call(given, name, value, value, constant=constant, firm=firm and not computed)

    def _given_named(self, name: str) -> str | None:
        """Return the given a name stands for, however it is written: `X`, `learnRate`, `self_x` is none."""
        found = super()._given_named(name)
        if found is None and name and not self._is_accepted_elsewhere(name):
            plain = _bare_name(name)
            found = next((given for word, given in self._words.givens.items() if _bare_name(word) == plain), None)
        return found

    def _is_accepted_elsewhere(self, name: str) -> bool:
        return name in self._words.recorded

    def _site_call(
        self, given: str | None, name: str, value: ast.expr, where: ast.expr, *, constant: bool, firm: bool
    ) -> ast.expr:
        inner = tuple(_sites_in(value))
        call = super()._site_call(given, name, value, where, constant=constant, firm=firm)
        self._sites[-1] = self._sites[-1]._replace(inner=inner)
        return call


def _bare_name(name: str) -> str:
    return name.lower().replace("_", "")


def _may_be_numbers(value: ast.expr) -> bool:
    if isinstance(value, _NEVER_NUMBERS):
        return False
    return not isinstance(value, ast.Constant) or type(value.value) in (int, float, complex)


def _is_wrapped(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == GIVEN


def _sites_in(value: ast.expr) -> Iterator[int]:
    for node in ast.walk(value):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=int(number)), *_]) if name == GIVEN:
                yield number


def _names_set_in(scope: ast.AST) -> frozenset[str]:
    """Return the names a scope sets: its parameters, and what is assigned in it but not in one within it."""
    names = {argument.arg for argument in ast.walk(getattr(scope, "args", ast.Pass())) if isinstance(argument, ast.arg)}
    own = nodes_of_scope(getattr(scope, "body", ()))
    names |= {node.id for node in own if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return frozenset(names)


def _changed_in(loop: ast.AST) -> Iterator[ast.expr]:
    """Return what a loop may build up step by step."""
    for node in ast.walk(loop):
        match node:
            case ast.Assign(targets=targets):
                yield from (_base_of(target) for target in single_targets(targets))
            case ast.AugAssign(target=target):
                yield _base_of(target)
            case ast.Expr(value=value):
                yield from _changed_by(value)


def _changed_by(value: ast.expr) -> Iterator[ast.expr]:
    """Return the variables that a call may change: `x.append(1)`, `np.copyto(x, …)`, `fill(x)`."""
    if isinstance(value, ast.Call):
        if isinstance(value.func, ast.Attribute):
            yield value.func.value
        # Any other function may fill its argument; printing is too common to look behind each.
        if identifier(value.func) != "print":
            yield from value.args


def _base_of(target: ast.expr) -> ast.expr:
    """Return what an assignment to a part changes: `x` where it is `x[0] = …`."""
    while isinstance(target, ast.Subscript) and identifier(target) is None:
        target = target.value
    return target


def _root_of(target: ast.expr) -> str | None:
    """Return the variable that a path such as `net.x` begins with."""
    while isinstance(target, ast.Attribute):
        target = target.value
    return target.id if isinstance(target, ast.Name) else None


def _target_of(target: ast.expr) -> ast.expr:
    if isinstance(target, ast.Attribute):
        return ast.copy_location(ast.Attribute(target.value, target.attr, ast.Store()), target)
    assert isinstance(target, ast.Name)
    return ast.copy_location(ast.Name(target.id, ast.Store()), target)
