"""The example below a solution's definitions, made plain: inputs with names, calls, results with names, nothing else.

Authors write `print(f(2.5))`, loops that print, `assert`, a `main()`, examples in docstrings. Here each becomes the
assignments that it stands for, so that what follows has to know one form only.
"""

import ast
import copy
import doctest
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from graders.authoring.solution import is_shown
from graders.exercise.calculation import Definition, Function, changed_names, names_in
from graders.exercise.marks import Mark, reads_a_file
from graders.inside.parsing import parse_module


class Written(NamedTuple):
    """Who writes what a solution defines.

    `marked`: there is a TODO in it; `theirs`: that, and what needs it; `helpers`: functions without one, `records`:
    classes that are not theirs. `texts`: those that stand in definitions and tables, which are modes, keys, units.
    """

    marked: frozenset[str]
    theirs: frozenset[str]
    texts: frozenset[str]
    helpers: Mapping[str, Function]
    records: Mapping[str, ast.ClassDef]
    definitions: Mapping[str, Definition]

    @property
    def methods(self) -> Mapping[str, Function]:
        """The methods of all classes, by name."""
        classes = [node for node in self.definitions.values() if isinstance(node, ast.ClassDef)]
        functions = [part for node in classes for part in node.body if isinstance(part, Function)]
        # A property is read like any attribute.
        return {part.name: part for part in functions if "property" not in map(ast.unparse, part.decorator_list)}

    def function_of(self, call: ast.Call) -> Function | None:
        """Return the function or method that a call runs, as far as its name says; of a class `__init__`."""
        if isinstance(call.func, ast.Attribute):
            return self.methods.get(call.func.attr)
        node = self.definitions.get(ast.unparse(call.func), self.methods.get("__call__"))
        if isinstance(node, ast.ClassDef):
            own = [part for part in node.body if isinstance(part, Function) and part.name == "__init__"]
            return own[0] if own else _made_of_fields(node)
        return node

    def parameters_of(self, function: Function, call: ast.Call) -> list[str]:
        """Return the names of the parameters that a call's arguments are for, in their order."""
        names = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
        is_bound = function.name in ("__init__", "__call__") or isinstance(call.func, ast.Attribute)
        return names[1:] if is_bound else names


def _made_of_fields(node: ast.ClassDef) -> ast.FunctionDef | None:
    """Return the `__init__` that a dataclass or named tuple has of its annotated fields; None without any."""
    fields = [part for part in node.body if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)]
    names = ["self", *(ast.unparse(part.target) for part in fields)]
    made = parse_module(f"def __init__({', '.join(names)}): pass").body[0]
    return made if fields and isinstance(made, ast.FunctionDef) else None


def written_in(body: Sequence[ast.stmt], marks: Sequence[Mark]) -> Written:
    """Return who writes the definitions of a solution."""
    definitions = {node.name: node for node in body if isinstance(node, Definition)}
    marked = {mark.scope.partition(".")[0] for mark in marks}
    theirs = _with_callers(marked & definitions.keys(), definitions)
    functions = {name: node for name, node in definitions.items() if not isinstance(node, ast.ClassDef)}
    # What reads a file finds the exercise's own only from within the submission.
    helpers = {name: node for name, node in functions.items() if name not in marked and not reads_a_file(node)}
    records = dict(_records_in(definitions, theirs))
    return Written(frozenset(marked), frozenset(theirs), frozenset(_texts_in(body)), helpers, records, definitions)


def _records_in(definitions: Mapping[str, Definition], theirs: Collection[str]) -> Iterator[tuple[str, ast.ClassDef]]:
    for name, node in definitions.items():
        if isinstance(node, ast.ClassDef) and name not in theirs:
            yield name, node


def _with_callers(names: set[str], definitions: Mapping[str, Definition]) -> set[str]:
    """Return some definitions and all that need them: these are right or wrong with them."""
    mentions = {name: names_in(node) for name, node in definitions.items()}
    while more := {name for name in definitions if mentions[name] & names} - names:
        names |= more
    return names


def _texts_in(body: Sequence[ast.stmt]) -> Iterator[str]:
    for node in body:
        table = isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict | ast.List | ast.Tuple | ast.Set)
        for part in ast.walk(node) if table or isinstance(node, Definition) else ():
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def flattened(body: Sequence[ast.stmt], written: Written) -> list[ast.stmt]:
    """Return the statements with the body of `if __name__ == …:`, and that of a `main()` called there, in its place."""
    flat: list[ast.stmt] = []
    for node in body:
        # The name of a tried solution is `__main__`, but calls within an `if` would be no lines of `use`.
        guarded = isinstance(node, ast.If) and "__name__" in names_in(node.test)
        for statement in node.body if guarded else [node]:  # type: ignore[attr-defined]
            for inlined in _inlined(statement, flat, written):
                flat += _unrolled(inlined, written)
    return flat


def _unrolled(statement: ast.stmt, written: Written) -> Sequence[ast.stmt]:
    """Return the passes of a loop over functions, one after the other, each with the function's name in place.

    `for step in (euler, heun)`, or `for name, step in [("Euler", euler), …]`: which function is called must be seen.
    """
    match statement:
        case ast.For(target=target, iter=ast.List(elts=each) | ast.Tuple(elts=each), body=body, orelse=[]):
            passes = [_bound_in(target, value) for value in each]
            if all(values and written.theirs & _names_in_all(values.values()) for values in passes):
                return [_Replaced(values).visit(copy.deepcopy(part)) for values in passes for part in body]
    return [statement]


def _names_in_all(values: Iterable[ast.expr]) -> set[str]:
    return {value.id for value in values if isinstance(value, ast.Name)}


def _bound_in(target: ast.expr, value: ast.expr) -> dict[str, ast.expr]:
    """Return the names that a loop binds on one pass, each with what stands for it; none where that is not plain."""
    match target, value:
        case ast.Name(id=name), _:
            return {name: value}
        case ast.Tuple(elts=targets), ast.Tuple(elts=values) | ast.List(elts=values) if len(targets) == len(values):
            pairs = zip(targets, values, strict=True)
            return {name.id: part for name, part in pairs if isinstance(name, ast.Name)}
    return {}


class _Replaced(ast.NodeTransformer):
    """Puts expressions in the places of names."""

    def __init__(self, values: Mapping[str, ast.expr]) -> None:
        self._values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        value = self._values.get(node.id)
        return node if value is None or isinstance(node.ctx, ast.Store) else ast.copy_location(value, node)


def _inlined(statement: ast.stmt, before: Sequence[ast.stmt], written: Written) -> Sequence[ast.stmt]:
    """Return the body of the helper without arguments that a statement is a call of, else the statement itself."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name), args=[], keywords=[])):
            return _body_of(name, before, written) or [statement]
        # `sys.exit(main())`
        case ast.Expr(value=ast.Call(args=[ast.Call(func=ast.Name(id=name), args=[], keywords=[])])):
            return _body_of(name, before, written) or [statement]
    return [statement]


def _body_of(name: str, before: Sequence[ast.stmt], written: Written) -> Sequence[ast.stmt]:
    helper = written.helpers.get(name)
    if helper is None or name not in written.theirs or helper.args.args:
        return []
    body = [node for node in helper.body if not isinstance(node, ast.Return) and not _is_docstring(node)]
    ends_early = any(isinstance(part, ast.Return) for part in ast.walk(ast.Module(body, [])))
    # Two such functions may use one name for two things: the second stays a call.
    return [] if ends_early or _set_by(before) & _set_by(body) else body


def _set_by(body: Sequence[ast.stmt]) -> set[str]:
    return {name for node in body for name in changed_names(node)}


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def from_docstrings(written: Written, scopes: Collection[str]) -> list[ast.stmt]:
    """Return what the docstrings of these functions and methods show behind `>>>`."""
    found: list[ast.stmt] = []
    for name, node in written.definitions.items():
        methods = [part for part in getattr(node, "body", []) if isinstance(part, Definition)]
        found += _shown_in(node) if name in scopes else []
        for method in methods:
            found += _shown_in(method) if f"{name}.{method.name}" in scopes else []
    return found


def _shown_in(node: Definition) -> Iterator[ast.stmt]:
    text = ast.get_docstring(node) or ""
    try:
        shown = doctest.DocTestParser().get_examples(text)
    except ValueError:  # it begins like an example and is none
        return
    for example in shown:
        if "Traceback" not in (example.exc_msg or example.want):
            for statement in parse_module(example.source).body:
                # Said of the function's own line: a docstring's are counted otherwise.
                yield ast.increment_lineno(statement, node.lineno + example.lineno)


def only_shows(node: ast.stmt, written: Written) -> bool:
    """Tell whether a statement changes nothing: it prints, plots, checks, and so do all that stand within it."""
    match node:
        case ast.Assert() | ast.Pass():
            return True
        case ast.For(body=body) | ast.If(body=body) | ast.While(body=body) | ast.With(body=body):
            return all(only_shows(part, written) for part in [*body, *getattr(node, "orelse", [])])
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))) if name in written.helpers:
            return _prints_only(written.helpers[name])
    return is_shown(node)


def _prints_only(helper: Function) -> bool:
    """Tell whether a function of the author's is there to show something."""
    parts = [part for statement in helper.body if not _is_docstring(statement) for part in ast.walk(statement)]
    return not gives(helper) and any(isinstance(part, ast.Expr) and is_shown(part) for part in parts)


def gives(function: Function) -> bool:
    """Tell whether a function gives a value, and not only the object itself."""
    values = [part.value for part in ast.walk(function) if isinstance(part, ast.Return | ast.Yield)]
    return any(value is not None and ast.unparse(value) not in ("self", "None") for value in values)


def without_shown(body: Sequence[ast.stmt], written: Written) -> Iterator[ast.stmt]:
    """Yield the statements that do more than show, and of those with a block only these."""
    for node in body:
        if only_shows(node, written):
            continue
        for name in ("body", "orelse"):
            inner = getattr(node, name, [])
            if isinstance(node, ast.For | ast.If | ast.While | ast.With) and inner:
                # A block must not be left empty.
                setattr(node, name, list(without_shown(inner, written)) or ([ast.Pass()] if name == "body" else []))
        yield node
