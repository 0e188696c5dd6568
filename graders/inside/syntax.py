"""Questions about syntax trees, and the pieces that are put into them; nothing is decided here."""

import ast
import builtins
import sys
from collections.abc import Iterable, Iterator

GIVEN, RECORD, KEEP, UNAVAILABLE = "_grader_given", "_grader_record", "_grader_keep", "_grader_unavailable"
REPAIR, LENIENT = "_grader_repair", "_grader_lenient"
"""Names of the functions the rewritten code calls; they are put among the builtins."""

LEAVES = (ast.Name, ast.Constant, ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.alias)
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
"""Fields that hold statements, or what holds statements."""


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
        elif not isinstance(node, LEAVES):
            waiting.extend(ast.iter_child_nodes(node))
    return loaded - own


def bound_in_statements(trees: Iterable[ast.Module]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of imported things, and of functions and classes, anywhere in the script."""
    imported: set[str] = set()
    defined: set[str] = set()
    waiting: list[ast.AST] = list(trees)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            imported.update(map(bound_by, node.names))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            defined.add(node.name)
        for block in _BLOCKS:
            waiting += getattr(node, block, ())
    if "*" in imported:
        imported |= set(dir(sys.modules["numpy"]))
    return frozenset(imported), frozenset(defined)


def names_nobody_binds(trees: Iterable[ast.Module]) -> list[str]:
    """Return the names that are used, but bound nowhere and not Python's own: those a star import may bring."""
    loaded: set[str] = set()
    bound: set[str] = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Name):
            (loaded if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.alias):
            bound.add(bound_by(node))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
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
    starred = any(isinstance(element, ast.Starred) for element in (*target.elts, *value.elts))
    return len(target.elts) == len(value.elts) and not starred


def may_be_number(value: ast.expr) -> bool:
    """Tell whether an expression can be a given by its value: not a text, a comparison, a function …"""
    if isinstance(value, ast.Constant):
        return type(value.value) in (int, float)
    return isinstance(value, ast.Call | ast.List | ast.Tuple | ast.BinOp | ast.UnaryOp | ast.Attribute | ast.IfExp)


def reading_of(target: ast.expr) -> ast.expr:
    """Return the expression that reads what was just assigned to `target`."""
    match target:
        case ast.Name(id=name):
            return ast.copy_location(ast.Name(name, ast.Load()), target)
        case ast.Attribute(value=value, attr=name):
            return ast.copy_location(ast.Attribute(value, name, ast.Load()), target)
        case ast.Subscript(value=value, slice=index):
            return ast.copy_location(ast.Subscript(value, index, ast.Load()), target)
    return target


def call_at(function: str, key: str | int, value: ast.expr, where: ast.AST) -> ast.Call:
    """Return `function(key, value)` at the place of `where`."""
    name = ast.copy_location(ast.Name(function, ast.Load()), where)
    return ast.copy_location(ast.Call(name, [ast.copy_location(ast.Constant(key), where), value], []), where)
