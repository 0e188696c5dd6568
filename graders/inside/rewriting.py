"""Rewrite a submission's syntax tree so that it can be run on other numbers.

Every assignment that may set a given is wrapped: `x = V` becomes `x = _grader_given(7, V)`, and at run time `givens.py`
decides by name and by value whether this one is a given. After every assignment of a step or result the value is
recorded. Nothing else changes: on its own numbers the rewritten script does what the student wrote, line for line.
"""

import ast
import builtins
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from types import CodeType
from typing import Any, NamedTuple

from .reading import ParsedCell, filename_of

GIVEN, RECORD, KEEP, UNAVAILABLE = "_grader_given", "_grader_record", "_grader_keep", "_grader_unavailable"
REPAIR = "_grader_repair"
"""Names of the functions the rewritten code calls; `script.py` puts them among the builtins."""

_BUILTINS = frozenset({*dir(builtins), GIVEN, RECORD, KEEP, UNAVAILABLE, REPAIR})
_LEAVES = (ast.Name, ast.Constant, ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.alias)
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
"""Fields that hold statements, or what holds statements."""

_Target = ast.Name | ast.Attribute | ast.Subscript
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Names(NamedTuple):
    """The words the exercise looks for: every accepted name → the given, or the recorded name, it stands for."""

    givens: Mapping[str, str]
    recorded: Mapping[str, str]


class Site(NamedTuple):
    """A place that may set a given.

    `given` is None where the name says nothing, so that only the value can tell. `constant`: the expression uses no
    variable of the student's. `firm`: an assignment, where a different value of the right form is a changed given.
    """

    given: str | None
    name: str
    constant: bool
    firm: bool
    line: int
    cell: int | None


class Program(NamedTuple):
    """What is executed on each network, in order, and the sites its code refers to by index.

    `places`: for each recorded name the cell and line of its last assignment (of None only if there is no other).
    """

    codes: tuple[CodeType, ...]
    sites: tuple[Site, ...]
    places: Mapping[str, tuple[int | None, int]]


def rewrite(parsed: Sequence[ParsedCell], names: Names, *, wide: bool = False) -> Program:
    """Compile the cells, rewritten (their trees are changed). Raises what `compile` raises.

    `wide`: every assignment may be a given, also one whose name says nothing and whose value is computed.
    """
    trees = [item.tree for item in parsed if item.tree is not None]
    imported, defined = _bound_at_top(trees)
    sites: list[Site] = []
    places: dict[str, tuple[int | None, int]] = {}
    codes = []
    for item in parsed:
        if item.tree is None:
            continue
        rewriter = _Rewriter(names, imported, defined, sites, places, item.cell.number, wide=wide)
        tree = rewriter.visit(item.tree)
        codes.append(compile(tree, filename_of(item.cell), "exec", dont_inherit=True))
    return Program(codes=tuple(codes), sites=tuple(sites), places=places)


class _Rewriter(ast.NodeTransformer):
    def __init__(
        self,
        names: Names,
        imported: frozenset[str],
        defined: frozenset[str],
        sites: list[Site],
        places: dict[str, tuple[int | None, int]],
        cell: int | None,
        *,
        wide: bool,
    ) -> None:
        self._names = names
        self._imported = imported
        self._defined = defined
        self._sites = sites
        self._places = places
        self._cell = cell
        self._wide = wide
        self._guarded = 0  # depth of `try` bodies: a failing import is expected there

    def visit(self, node: ast.AST) -> Any:
        """Visit a node, unless it is a leaf, which are most."""
        return node if isinstance(node, _LEAVES) else super().visit(node)

    # Assignments

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        self.generic_visit(node)
        node.value, behind = self._assigned(node.targets, node.value)
        return [node, *behind, *self._records(node.targets, node.value)]

    def visit_AnnAssign(self, node: ast.AnnAssign) -> list[ast.stmt]:
        self.generic_visit(node)
        if node.value is None:
            return [node]
        node.value, behind = self._assigned([node.target], node.value)
        return [node, *behind, *self._records([node.target], node.value)]

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        self.generic_visit(node)
        return [node, *self._records([node.target], node.value)]

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.expr:
        self.generic_visit(node)
        node.value = self._wrapped([node.target.id], node.value)
        recorded = self._names.recorded.get(node.target.id)
        if recorded is not None:
            self._note_place(recorded, node.lineno, node.value)
            node.value = _call(KEEP, recorded, node.value, node.value)
        return node

    def _assigned(self, targets: Sequence[ast.expr], value: ast.expr) -> tuple[ast.expr, list[ast.stmt]]:
        """Wrap the value of an assignment; a given that is unpacked from it is set again right behind."""
        if len(targets) == 1 and _same_form(targets[0], value):
            return self._element_by_element(targets[0], value)
        if all(isinstance(target, _Target) for target in targets):
            return self._wrapped([_identifier(target) for target in targets], value), []
        behind: list[ast.stmt] = []
        for target in _leaves(targets):
            name = _identifier(target) or ""
            given = self._names.givens.get(name)
            loaded = _loaded_names(value)
            if given is not None and not self._mentions(loaded, given):
                constant = self._is_free(loaded)
                again = self._site_call(given, name, _loaded(target), value, constant=constant, firm=True)
                behind.append(ast.copy_location(ast.Assign(targets=[target], value=again), value))
        return value, behind

    def _element_by_element(self, target: ast.expr, value: ast.expr) -> tuple[ast.expr, list[ast.stmt]]:
        assert isinstance(target, ast.Tuple | ast.List)
        assert isinstance(value, ast.Tuple | ast.List)
        behind: list[ast.stmt] = []
        for index, (left, right) in enumerate(zip(target.elts, value.elts, strict=True)):
            value.elts[index], more = self._assigned([left], right)
            behind += more
        return value, behind

    def _wrapped(self, names: Sequence[str | None], value: ast.expr, *, firm: bool = True) -> ast.expr:
        """Wrap a value that is bound to `names` if it may be a given."""
        given = next((self._names.givens[name] for name in names if name and name in self._names.givens), None)
        if given is None and not _may_be_number(value):
            return value
        loaded = _loaded_names(value)
        constant = self._is_free(loaded)
        if given is None and not constant and not (firm and self._wide):
            return value
        if given is not None and self._mentions(loaded, given):
            return value  # computed from the given itself, such as x = x.reshape(3, 1)
        name = next((name for name in names if name), "")
        return self._site_call(given, name, value, value, constant=constant, firm=firm)

    def _site_call(
        self, given: str | None, name: str, value: ast.expr, where: ast.expr, *, constant: bool, firm: bool
    ) -> ast.expr:
        site = Site(given=given, name=name, constant=constant, firm=firm, line=where.lineno, cell=self._cell)
        self._sites.append(site)
        return _call(GIVEN, len(self._sites) - 1, value, where)

    def _records(self, targets: Sequence[ast.expr], value: ast.expr) -> Iterator[ast.stmt]:
        for target in _leaves(targets):
            whole = target.value if isinstance(target, ast.Subscript) else target  # error[0] = … sets part of a step
            for assigned in (target, whole):
                recorded = self._names.recorded.get(_identifier(assigned) or "")
                if recorded is not None:
                    plain = any(target is whole_target for whole_target in targets)
                    unpacked = isinstance(value, ast.Call) and not plain
                    self._note_place(recorded, target.lineno, None if unpacked else value)
                    call = _call(RECORD, recorded, _loaded(assigned), target)
                    yield ast.copy_location(ast.Expr(call), target)
                    break

    def _note_place(self, recorded: str, line: int, value: ast.expr | None) -> None:
        """Note the last line that computes a value; one that sets None, or unpacks (`value` None), only if no other."""
        is_none = value is None or (isinstance(value, ast.Constant) and value.value is None)
        if not is_none or recorded not in self._places:
            self._places[recorded] = (self._cell, line)

    # Other places that bind a value to a name: parameters, arguments, dictionary entries

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._with_defaults(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._with_defaults(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self._with_defaults(node)
        node.body = self._wrapped([None], node.body, firm=False)
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Tuple):
            node.value.elts = [self._wrapped([None], element, firm=False) for element in node.value.elts]
        elif node.value is not None:
            node.value = self._wrapped([None], node.value, firm=False)
        return node

    def _with_defaults(self, node: _Function) -> ast.AST:
        self.generic_visit(node)
        arguments = node.args
        positional = [*arguments.posonlyargs, *arguments.args]
        for index, argument in enumerate(positional[len(positional) - len(arguments.defaults) :]):
            arguments.defaults[index] = self._wrapped([argument.arg], arguments.defaults[index], firm=False)
        for index, argument in enumerate(arguments.kwonlyargs):
            default = arguments.kw_defaults[index]
            if default is not None:
                arguments.kw_defaults[index] = self._wrapped([argument.arg], default, firm=False)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        of_students = _identifier(node.func) in self._defined
        for keyword in node.keywords:
            if of_students or keyword.arg in self._names.givens:
                keyword.value = self._wrapped([keyword.arg], keyword.value, firm=False)
        if of_students:
            node.args = [self._wrapped([None], argument, firm=False) for argument in node.args]
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        self.generic_visit(node)
        for index, key in enumerate(node.keys):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                node.values[index] = self._wrapped([key.value], node.values[index], firm=False)
        return node

    # Imports of modules that are not there

    def visit_Try(self, node: ast.Try) -> ast.AST:
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
        return [self._import(ast.Import(names=[alias]), alias.name, [_bound_by(alias)], node) for alias in node.names]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        if node.level or node.module is None or any(alias.name == "*" for alias in node.names):
            return node
        return self._import(node, node.module, [_bound_by(alias) for alias in node.names], node)

    def _import(self, statement: ast.stmt, module: str, bound: Sequence[str], where: ast.stmt) -> ast.stmt:
        """Make an import of what is not available fail only when it is used: an unused one does no harm."""
        ast.copy_location(statement, where)
        if self._guarded or module.partition(".")[0] in sys.modules:
            return statement
        placeholder = ast.Call(ast.Name(UNAVAILABLE, ast.Load()), [ast.Constant(module)], [])
        instead = [ast.Assign(targets=[ast.Name(name, ast.Store())], value=placeholder) for name in bound]
        handler = ast.ExceptHandler(type=ast.Name("ModuleNotFoundError", ast.Load()), name=None, body=list(instead))
        guarded = ast.Try(body=[statement], handlers=[handler], orelse=[], finalbody=[])
        return ast.fix_missing_locations(ast.copy_location(guarded, where))

    def _is_free(self, loaded: Set[str]) -> bool:
        """Tell whether an expression with these names uses no variable of the student's."""
        return all(name in self._imported or name in _BUILTINS for name in loaded)

    def _mentions(self, loaded: Set[str], given: str) -> bool:
        return any(self._names.givens.get(name) == given for name in loaded)


def _loaded_names(value: ast.expr) -> set[str]:
    """Return the names an expression uses, but for those it binds itself (in a comprehension or lambda)."""
    if isinstance(value, ast.Constant):
        return set()
    loaded: set[str] = set()
    own: set[str] = set()
    waiting: list[ast.AST] = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name):
            (loaded if isinstance(node.ctx, ast.Load) else own).add(node.id)
        elif isinstance(node, ast.arg):
            own.add(node.arg)
        elif not isinstance(node, _LEAVES):
            waiting.extend(ast.iter_child_nodes(node))
    return loaded - own


def _bound_at_top(trees: Iterable[ast.Module]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of imported things, and of functions and classes, anywhere in the script."""
    imported: set[str] = set()
    defined: set[str] = set()
    waiting: list[ast.AST] = list(trees)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            imported.update(map(_bound_by, node.names))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            defined.add(node.name)
        for block in _BLOCKS:
            waiting += getattr(node, block, ())
    if "*" in imported:
        imported |= set(dir(sys.modules["numpy"]))
    return frozenset(imported), frozenset(defined)


def _bound_by(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _identifier(node: ast.AST | None) -> str | None:
    """Return the name of `name`, `anything.name` or `anything["name"]`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
    return None


def _leaves(targets: Iterable[ast.expr]) -> Iterator[ast.expr]:
    for target in targets:
        match target:
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                yield from _leaves(elements)
            case ast.Starred(value=value):
                yield from _leaves([value])
            case _:
                yield target


def _same_form(target: ast.expr, value: ast.expr) -> bool:
    if not isinstance(target, ast.Tuple | ast.List) or not isinstance(value, ast.Tuple | ast.List):
        return False
    starred = any(isinstance(element, ast.Starred) for element in (*target.elts, *value.elts))
    return len(target.elts) == len(value.elts) and not starred


def _may_be_number(value: ast.expr) -> bool:
    """Tell whether an expression can be a given by its value: not a text, a comparison, a function …"""
    if isinstance(value, ast.Constant):
        return type(value.value) in (int, float)
    return isinstance(value, ast.Call | ast.List | ast.Tuple | ast.BinOp | ast.UnaryOp | ast.Attribute | ast.IfExp)


def _loaded(target: ast.expr) -> ast.expr:
    """Return the expression that reads what was just assigned to `target`."""
    match target:
        case ast.Name(id=name):
            return ast.copy_location(ast.Name(name, ast.Load()), target)
        case ast.Attribute(value=value, attr=name):
            return ast.copy_location(ast.Attribute(value, name, ast.Load()), target)
        case ast.Subscript(value=value, slice=index):
            return ast.copy_location(ast.Subscript(value, index, ast.Load()), target)
    return target


def _call(function: str, key: str | int, value: ast.expr, where: ast.AST) -> ast.Call:
    """Return `function(key, value)` at the place of `where`."""
    name = ast.copy_location(ast.Name(function, ast.Load()), where)
    return ast.copy_location(ast.Call(name, [ast.copy_location(ast.Constant(key), where), value], []), where)
