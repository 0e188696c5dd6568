"""Questions about syntax trees, and the pieces that are put into them; nothing is decided here."""

import ast
import builtins
import sys
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

Located = ast.expr | ast.stmt
"""Nodes that stand at a line and column."""

_Placed = TypeVar("_Placed", bound=Located)

HOOK = "_grader_"
"""What the names of all our functions begin with."""

GIVEN, RECORD, KEEP, UNAVAILABLE = "_grader_given", "_grader_record", "_grader_keep", "_grader_unavailable"
REPAIR, LENIENT, ENOUGH, LOST = "_grader_repair", "_grader_lenient", "_grader_enough", "_grader_lost"
"""Names of the functions the rewritten code calls; they are put among the builtins."""

LEAVES = (ast.Name, ast.Constant, ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.alias)
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
"""What has names of its own, and a body that does not run where it stands (but for a class)."""

STATEMENTS = ("body", "orelse", "finalbody")
"""Fields that hold statements."""

BLOCKS = (*STATEMENTS, "handlers", "cases")
"""Fields that hold statements, or what holds statements."""


def digest(formula: ast.expr) -> str:
    """Return a hash of an expression's meaning: without spaces, comments, needless brackets."""
    # Nobody gains by a collision: who finds one has it taken for the lesson's own line. `hashlib` would load OpenSSL.
    return f"{zlib.crc32(ast.dump(formula).encode()):08x}"


def loaded_names(value: ast.expr) -> set[str]:
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
        elif not isinstance(node, LEAVES):  # most nodes are, and have nothing within them that matters
            waiting.extend(ast.iter_child_nodes(node))
    return loaded - own


def bound_in_statements(trees: Iterable[ast.AST], data: Collection[str] = ()) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of imported things, and of functions and classes, anywhere in the script.

    `data`: modules from which nothing is imported that is the same on every case.
    """
    imported: set[str] = set()
    defined: set[str] = set()
    waiting: list[ast.AST] = list(trees)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = getattr(node, "module", None)
            imported.update(bound_by(alias) for alias in node.names if (module or alias.name) not in data)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            defined.add(node.name)
        for block in BLOCKS:
            waiting += getattr(node, block, ())
    # A star import brings whatever numpy has; of other modules nobody knows it without running them.
    if "*" in imported:
        imported |= set(dir(sys.modules["numpy"]))
    return frozenset(imported), frozenset(defined)


def names_nobody_binds(trees: Iterable[ast.Module]) -> list[str]:
    """Return the names that are used, but bound nowhere and not Python's own: those a star import may bring."""
    loaded: set[str] = set()
    bound: set[str] = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                loaded.add(name)
            case ast.alias():
                bound.add(bound_by(node))
            case ast.Name(id=name) | ast.arg(arg=name):
                bound.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                bound.add(name)
    return sorted(name for name in loaded - bound if not hasattr(builtins, name))


def bound_by(alias: ast.alias) -> str:
    """Return the name an import binds."""
    return alias.asname or alias.name.partition(".")[0]


def identifier(node: ast.AST | None) -> str | None:
    """Return the name of `name`, `anything.name` or `anything["name"]`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
    return None


def words_set(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Return the names of all that is set or passed to a function: variables, attributes, items, parameters."""
    found: Counter[str] = Counter()
    for node in (node for tree in trees for node in ast.walk(tree)):
        found.update(_word_set_by(node))
        if isinstance(node, ast.ClassDef):  # what it declares is set where an object of it is made
            found.subtract(field.id for field in _declared_in(node))
    return frozenset(+found)


def _word_set_by(node: ast.AST) -> list[str]:
    if isinstance(node, ast.arg):
        return [node.arg]
    name = identifier(node) if isinstance(getattr(node, "ctx", None), ast.Store) else None
    return [name] if name else []


def fields_of_records(trees: Iterable[ast.Module]) -> dict[str, list[str]]:
    """Return the fields, in order, of each class that takes their values when it is called: dataclass, named tuple."""
    fields: dict[str, list[str]] = {}
    for statement in (each for tree in trees for each in statements_outside_functions(tree)):
        match statement:
            case ast.ClassDef(name=name, bases=bases):
                inherited = [field for base in bases for field in fields.get(identifier(base) or "", ())]
                fields[name] = inherited + [field.id for field in _declared_in(statement)]
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=called, args=[_, names, *_])) if (
                identifier(called) == "namedtuple"
            ):
                fields[name] = list(_words_in(names))
    return fields


def _declared_in(node: ast.ClassDef) -> list[ast.Name]:
    """Return the fields that a class declares, unless its own `__init__` says what it takes."""
    if any(isinstance(each, ast.FunctionDef) and each.name == "__init__" for each in node.body):
        return []
    return [each.target for each in node.body if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)]


def _words_in(names: ast.expr) -> Iterator[str]:
    """Yield the words of `"a b"`, `"a, b"` or `["a", "b"]`."""
    for node in ast.walk(names):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from node.value.replace(",", " ").split()


def root_of(node: ast.expr) -> Iterator[str]:
    """Yield the variable that a path such as `net.layers[0]` begins with, if it begins with one."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def single_targets(targets: Iterable[ast.expr]) -> Iterator[ast.expr]:
    """Return what is assigned to, with tuples and lists taken apart."""
    for target in targets:
        match target:
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                yield from single_targets(elements)
            case ast.Starred(value=value):
                yield from single_targets([value])
            case _:
                yield target


def have_same_form(target: ast.expr, value: ast.expr) -> bool:
    """Tell whether both are written element by element, as in `a, b = 1, 2`."""
    if not isinstance(target, ast.Tuple | ast.List) or not isinstance(value, ast.Tuple | ast.List):
        return False
    # Of `a, *b = 1, 2, 3` nobody can tell by place alone what goes where.
    starred = any(isinstance(element, ast.Starred) for element in (*target.elts, *value.elts))
    return len(target.elts) == len(value.elts) and not starred


def may_be_number(value: ast.expr) -> bool:
    """Tell whether an expression can be a given by its value: not a text, a comparison, a function …"""
    if isinstance(value, ast.Constant):
        return type(value.value) in (int, float)  # exactly: True is no number here
    return isinstance(value, ast.Call | ast.List | ast.Tuple | ast.BinOp | ast.UnaryOp | ast.Attribute | ast.IfExp)


def reading_of(target: ast.expr) -> ast.expr:
    """Return the expression that reads what was just assigned to `target`."""
    match target:
        case ast.Name(id=name):
            return at(target, ast.Name(name, ast.Load()))
        case ast.Attribute(value=value, attr=name):
            return at(target, ast.Attribute(value, name, ast.Load()))
        case ast.Subscript(value=value, slice=index):
            return at(target, ast.Subscript(value, index, ast.Load()))
    return target


def at(where: Located, node: _Placed) -> _Placed:
    """Return `node`, placed where the other one stands; as `ast.copy_location`, which looks for what all these have."""
    node.lineno, node.col_offset = where.lineno, where.col_offset
    node.end_lineno, node.end_col_offset = where.end_lineno, where.end_col_offset
    return node


def call_at(function: str, key: str | int, value: ast.expr, where: Located) -> ast.Call:
    """Return `function(key, value)` at the place of `where`."""
    return at(where, ast.Call(at(where, ast.Name(function, ast.Load())), [at(where, ast.Constant(key)), value], []))


def guarded(statement: ast.stmt, handler: ast.ExceptHandler) -> ast.stmt:
    """Return a `try` with this statement and this handler, at the statement's place."""
    attempt = ast.Try(body=[statement], handlers=[handler], orelse=[], finalbody=[])
    return ast.fix_missing_locations(ast.copy_location(attempt, statement))


def is_hook(node: object) -> bool:
    """Tell whether a node is a call of ours."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith(HOOK)


def is_ours(statement: ast.AST) -> bool:
    """Tell whether a statement is no more than a call of ours, or asks whether a failed check stops the script."""
    match statement:
        case ast.Expr(value=value):
            return is_hook(value)
        case ast.If(test=ast.UnaryOp(operand=ast.Call(func=ast.Name(id=name)))):
            return name == LENIENT
    return False


def nodes_of_scope(roots: Iterable[ast.AST], closed: tuple[type[ast.AST], ...] = SCOPES) -> Iterator[ast.AST]:
    """Yield nodes and all that stands within them, but for what is within a function, a class or the like."""
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, closed):
            waiting.extend(ast.iter_child_nodes(node))


def statements_outside_functions(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the module and the statements that run in its own names; of a function or class itself, but not within."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, SCOPES):
            for block in BLOCKS:
                waiting += getattr(node, block, ())
