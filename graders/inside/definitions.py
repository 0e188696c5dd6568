"""What a file defines: its imports, functions, classes and constants (also used by the trusted side).

All else at the top level is the student's own example, and is not run: a function that relies on it is wrong.
"""

import ast
import builtins
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from .cells import Selection, is_marked
from .needing import needed_and_assigned
from .reading import Cell, ParsedCell, filename_of, parse
from .syntax import (
    BLOCKS,
    LOST,
    bound_by,
    bound_in_statements,
    guarded,
    identifier,
    loaded_names,
    root_of,
    single_targets,
)
from .using import Use

if TYPE_CHECKING:
    from .jobs import Setup

# What asks, reads or prints is done for its effect: a value made of it belongs to the example.
_HARMLESS = frozenset(dir(builtins)) - {"input", "open", "print"}
_FILLING = frozenset({"add", "append", "extend", "insert", "setdefault", "update"})
"""Methods that put something into a list, dictionary or set. Others may train an example's network for minutes."""

_DEFINING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_UNGUARDED = (*_DEFINING, ast.Import, ast.ImportFrom, ast.Try)

Own = Mapping[str, type[ast.stmt]]
"""What a file defines and imports, by name."""

_SUPPLIED = frozenset({"np", "raises"})  # names that the exercise's lines bring with them


def defining(statements: Sequence[ast.stmt], taken: Collection[str]) -> list[ast.stmt]:
    """Return the statements that define something. `taken`: names of givens, and those that the exercise assigns."""
    known: set[str] = set()
    own: dict[str, type[ast.stmt]] = dict.fromkeys(bound_in_statements(statements)[0], ast.Import)
    own |= {part.name: type(part) for part in statements if isinstance(part, _DEFINING)}
    # What makes functions is called for them, as a class is for its objects.
    makers = (part.name for part in statements if isinstance(part, ast.FunctionDef) and _makes_functions(part))
    own |= dict.fromkeys(makers, ast.ClassDef)
    return [statement for statement in statements if _defines(statement, taken, known, own)]


def _makes_functions(maker: ast.FunctionDef) -> bool:
    """Tell whether a function returns another one that it defines: `def times(k): return lambda x: k * x`."""
    inner = {part.name for part in maker.body if isinstance(part, ast.FunctionDef)}
    returned = [part.value for part in maker.body if isinstance(part, ast.Return)]
    return any(isinstance(value, ast.Lambda) or identifier(value) in inner for value in returned)


def _defines(statement: ast.stmt, taken: Collection[str], known: set[str], own: Own) -> bool:
    """Tell whether a statement defines something; `known`: imported names and constants so far, added to."""
    match statement:
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            known.update(map(bound_by, names))
            return True
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return True
        case ast.AugAssign(target=target, value=value):
            return _is_part_of_own(target, known, own) and _is_free_of_examples(value, known, own)
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=target, attr=attr)) as call) if attr in _FILLING:
            return _is_part_of_own(target, known, own) and _are_free(_passed_to(call), known, own)
    assigned = _assignment(statement)
    if assigned is not None:
        return _is_constant(*assigned, taken, known, own)
    parts = _statements_within(statement)
    return _has_free_head(statement, taken, known, own) and all(_defines(part, taken, known, own) for part in parts)


def _has_free_head(statement: ast.stmt, taken: Collection[str], known: set[str], own: Own) -> bool:
    """Tell whether it needs nothing of the example to come to the statements within a statement."""
    match statement:
        case ast.For(target=target, iter=values):
            return _is_constant([target], values, taken, known, own)
        case ast.If(test=head) | ast.Match(subject=head):
            return _is_free_of_examples(head, known, own)
        case ast.With(items=items):
            return _are_free([item.context_expr for item in items], known, own)
    return isinstance(statement, ast.Try | ast.Pass)


def _statements_within(statement: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements of all blocks of a statement, handlers and cases, but not those within these."""
    for part in (part for block in BLOCKS for part in getattr(statement, block, ())):
        if isinstance(part, ast.stmt):
            yield part
        else:
            yield from _statements_within(part)


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
    leaves = [target for target in single_targets(targets) if not _is_part_of_own(target, known, own)]
    names = [target.id for target in leaves if isinstance(target, ast.Name)]
    if len(names) != len(leaves) or any(name in taken for name in names):
        return False
    is_free = _is_free_of_examples(value, known, own)
    if is_free:
        known.update(names)
    return is_free


def _is_part_of_own(target: ast.expr, known: Set[str], own: Own) -> bool:
    """Tell whether what is changed is a constant, or of a class or function: `Network.train = train`, `t[1] += 2`."""
    root = next(root_of(target), None)
    is_whole = isinstance(target, ast.Name) and root not in known
    return (
        not is_whole and own.get(root or "") is not ast.Import and loaded_names(target) | {root} <= known | own.keys()
    )


def _are_free(values: Sequence[ast.expr], known: Set[str], own: Own) -> bool:
    return all(_is_free_of_examples(value, known, own) for value in values)


def _passed_to(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _is_free_of_examples(value: ast.expr, known: Set[str], own: Own) -> bool:
    """Tell whether an expression needs nothing of the student's own example."""
    parts = _parts_of(value, own)
    if parts is not None:
        return _are_free(parts, known, own)
    match value:
        case ast.Name(id=name):
            # whatever a star import brings is known by no name here
            return name in known or name in own or name in _HARMLESS or "*" in known
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
        case ast.Call(func=ast.Name(id=name)) as call if own.get(name) is ast.ClassDef:
            return _passed_to(call)  # an object or a function, for functions to use
    return None


def _by_itself(statement: ast.stmt) -> ast.stmt:
    """Return what makes or fills a constant such that one that raises takes nothing else with it."""
    assigned = _assignment(statement)
    if isinstance(statement, _UNGUARDED) if assigned is None else isinstance(assigned[1], ast.Constant | ast.Lambda):
        return statement
    # What uses it later will say that it has no value, but not why.
    names: list[ast.expr] = [ast.Constant(name) for name in needed_and_assigned(statement)[1]]
    lose = ast.Expr(ast.Call(ast.Name(LOST, ast.Load()), names, []))
    return guarded(statement, ast.ExceptHandler(ast.Name("Exception", ast.Load()), None, [lose]))


def _wraps_own(value: ast.expr, own: Collection[str], known: Collection[str]) -> bool:
    """Tell whether a function is made of another, as by `np.vectorize(f)`: passed on, not called."""
    if not isinstance(value, ast.Call) or next(root_of(value.func), None) not in known:
        return False
    return all(_is_passed_on(part, own, known) for part in _passed_to(value))


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
