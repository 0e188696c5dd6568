"""What a file defines: its imports, functions, classes and constants (also used by the trusted side).

All else at the top level is the student's own example, and is not run: a function that relies on it is wrong.
"""

import ast
import builtins
from collections.abc import Collection, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from .cells import Selection, is_marked
from .reading import Cell, ParsedCell, filename_of, parse
from .syntax import bound_by, bound_in_statements, guarded, loaded_names, root_of, single_targets
from .using import Use

if TYPE_CHECKING:
    from .jobs import Setup

# What asks, reads or prints is done for its effect: a value made of it belongs to the example.
_HARMLESS = frozenset(dir(builtins)) - {"input", "open", "print"}
Own = Mapping[str, type[ast.stmt]]
"""What a file defines, by name."""

_SUPPLIED = frozenset({"np", "raises"})  # names that the exercise's lines bring with them


def defining(statements: Sequence[ast.stmt], taken: Collection[str]) -> list[ast.stmt]:
    """Return the statements that define something. `taken`: names of givens, and those that the exercise assigns."""
    known: set[str] = set()
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    own = {part.name: type(part) for part in statements if isinstance(part, kinds)}
    return [statement for statement in statements if _defines(statement, taken, known, own)]


def _defines(statement: ast.stmt, taken: Collection[str], known: set[str], own: Own) -> bool:
    """Tell whether a statement defines something; `known`: imported names and constants so far, added to."""
    match statement:
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            known.update(map(bound_by, names))
            return True
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return True
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
            inner = [*body, *(part for handler in handlers for part in handler.body), *orelse, *final]
            return all(isinstance(part, ast.Pass) or _defines(part, taken, known, own) for part in inner)
    assigned = _assignment(statement)
    return assigned is not None and _is_constant(*assigned, taken, known, own)


def _assignment(statement: ast.stmt) -> tuple[Sequence[ast.expr], ast.expr] | None:
    """Return what a statement assigns to, and the value; None where it is no assignment, also not as `(a := 1)`."""
    match statement:
        case ast.Assign(targets=targets, value=value):
            return targets, value
        case (
            ast.AnnAssign(target=target, value=ast.expr() as value)
            | ast.Expr(value=ast.NamedExpr(target=target, value=value))
        ):
            return [target], value
    return None


def _is_constant(
    targets: Sequence[ast.expr], value: ast.expr, taken: Collection[str], known: set[str], own: Own
) -> bool:
    """Tell whether an assignment depends on nothing but what is imported, other constants, or a function as a whole."""
    leaves = [target for target in single_targets(targets) if not _is_of_class(target, own)]
    names = [target.id for target in leaves if isinstance(target, ast.Name)]
    if len(names) != len(leaves) or any(name in taken for name in names):
        return False
    is_free = _is_free_of_examples(value, known, own)
    if is_free:
        known.update(names)
    return is_free


def _is_of_class(target: ast.expr, own: Own) -> bool:
    """Tell whether a target is a part of a class that is defined there: `Network.train = train`."""
    owner = target.value if isinstance(target, ast.Attribute) else None
    return isinstance(owner, ast.Name) and own.get(owner.id) is ast.ClassDef


def _is_free_of_examples(value: ast.expr, known: Set[str], own: Own) -> bool:
    """Tell whether an expression needs nothing of the student's own example."""
    parts = _parts_of(value, own)
    if parts is not None:
        return all(_is_free_of_examples(part, known, own) for part in parts)
    match value:
        case ast.Name(id=name):
            # whatever a star import brings is known by no name here
            return name in known or name in own or "*" in known
        case ast.Lambda():  # whatever it names, it names when it is called
            return True
    return loaded_names(value) <= known | _HARMLESS or _wraps_own(value, own, known)


def _parts_of(value: ast.expr, own: Own) -> Sequence[ast.expr] | None:
    """Return what an expression is only put together of; None where it computes something."""
    match value:
        case ast.Attribute(value=inner):
            return [inner]
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return parts
        case ast.Dict(keys=keys, values=values):
            return [part for part in (*keys, *values) if part is not None]
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if own.get(name) is ast.ClassDef:
            return [*args, *(keyword.value for keyword in keywords)]  # an object for functions to use
    return None


def _by_itself(statement: ast.stmt) -> ast.stmt:
    """Return a constant's assignment such that one that raises takes nothing else with it."""
    assigned = _assignment(statement)
    if assigned is None or isinstance(assigned[1], ast.Constant | ast.Lambda):
        return statement
    return guarded(statement, ast.ExceptHandler(ast.Name("Exception", ast.Load()), None, [ast.Pass()]))


def _wraps_own(value: ast.expr, own: Collection[str], known: Collection[str]) -> bool:
    """Tell whether a function is made of another, as by `np.vectorize(f)`: passed on, not called."""
    if not isinstance(value, ast.Call) or next(root_of(value.func), None) not in known:
        return False
    passed = [*value.args, *(keyword.value for keyword in value.keywords)]
    return all(_is_passed_on(part, own, known) for part in passed)


def _is_passed_on(part: ast.expr, own: Collection[str], known: Collection[str]) -> bool:
    return isinstance(part, ast.Constant) or (isinstance(part, ast.Name) and (part.id in own or part.id in known))


def select_definitions(cells: Sequence[Cell], setup: "Setup") -> Selection:
    """Return all cells that define something, reduced to that. Raises SyntaxError if one that matters is none."""
    marker = setup.exercise.solution_marker
    parsed = [parse(cell) for cell in cells if cell.number is None or not is_marked(cell, marker)]
    assigned, needed = _names_of_use(setup.beyond.use)
    taken = assigned.union(setup.inputs[0])
    readable = [item.tree for item in parsed if item.tree is not None]
    _keep_definitions(readable, taken)
    is_complete = needed - taken <= set().union(*bound_in_statements(readable))
    _require_readable(parsed, is_complete=is_complete)
    return Selection([item for item in parsed if item.tree is not None and item.tree.body], [])


def _names_of_use(use: Use | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names that the exercise's own lines assign, and those that they need of a submission."""
    if use is None:
        return frozenset(), frozenset()
    return use.assigned - use.supplied, use.loaded - use.assigned - _HARMLESS - _SUPPLIED


def _keep_definitions(trees: Sequence[ast.Module], taken: Collection[str]) -> None:
    """Take all else out of the trees; all of them at once, since a cell's constant may rest on one of another cell."""
    # By identity: two statements of the same text are two statements.
    kept = set(map(id, defining([statement for tree in trees for statement in tree.body], taken)))
    for tree in trees:
        tree.body = [_by_itself(statement) for statement in tree.body if id(statement) in kept]


def _require_readable(parsed: Sequence[ParsedCell], *, is_complete: bool) -> None:
    """Raise the error of a cell that is no Python, unless it stands in a notebook beside all that is asked for."""
    for item in parsed:
        if item.error is not None and (item.cell.number is None or not is_complete):
            item.error.filename = filename_of(item.cell)
            raise item.error
