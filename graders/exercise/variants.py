"""A reference that is run whole with a known mistake in it: one statement or expression replaced by another.

In a straight line a formula says all about a step. In functions, methods and loops it depends on where it stands; so
the whole reference is run with the mistake, and what comes out is what a student with it gets, in whatever form.
"""

import ast
import copy
from collections.abc import Iterator, Sequence

from graders.errors import ExerciseError
from graders.exercise.asked import Exercise
from graders.exercise.calculation import one_line
from graders.exercise.content import ExerciseStep, Misconception
from graders.exercise.marks import marks_in
from graders.exercise.places import Searched, function_at
from graders.exercise.reference import Reference
from graders.inside.parsing import parse_module


def with_mistake(exercise: Exercise, item: Misconception) -> Reference:
    """Return the reference with a mistake in it. Raises ExerciseError with why there is no such place."""
    tree = parse_module(exercise.reference_source)
    node, _ = _replaced_in(item, exercise, tree)
    changed = ast.fix_missing_locations(_Replacing(node, _parsed(item.formula, "formula")).visit(tree))
    return Reference(exercise.replaced(reference_source=ast.unparse(changed)))


def statements_behind(exercise: Exercise, item: Misconception) -> int:
    """Return how many statements behind a mistake compute the same step in its function."""
    node, function = _replaced_in(item, exercise, parse_module(exercise.reference_source))
    return sum(value.lineno > node.lineno for value in _values_of(function, item.step))


def _replaced_in(item: Misconception, exercise: Exercise, tree: ast.Module) -> tuple[ast.stmt | ast.expr, Searched]:
    """Return what a mistake stands in the place of, and in which function."""
    scope = item.where if item.where is not None else _scope_of(item.step, exercise.steps)
    function = function_at(tree, scope)
    if function is None:
        raise ExerciseError(f"in: found {scope!r}, which the reference does not define")
    found = list(_replaced(item, function, exercise, tree))
    if len(found) != 1:
        what = f"{item.step} is assigned" if item.replaces is None else f"{item.replaces} stands"
        place = f" in {scope}" if scope else ""
        raise ExerciseError(f"{what} {len(found)} times{place}; say what to change by `in` and `replaces`")
    return found[0], function


def _replaced(
    item: Misconception, function: Searched, exercise: Exercise, tree: ast.Module
) -> Iterator[ast.stmt | ast.expr]:
    """Yield what a mistake may stand in the place of; it is sound only if that is one node."""
    if item.replaces is not None:
        wanted = ast.dump(_parsed(item.replaces, "replaces"))
        parts = (node for node in ast.walk(function) if isinstance(node, ast.stmt | ast.expr))
        yield from (node for node in parts if ast.dump(node) == wanted)
        return
    found = list(_values_of(function, item.step))
    if len(found) > 1:  # its start value, and the example's own line, are nobody's task
        asked = _asked(exercise.reference_source, tree)
        found = [node for node in found if id(node) in asked]
    yield from found


def _scope_of(name: str, steps: Sequence[ExerciseStep]) -> str:
    """Return the function in which a step is; a result of `use` may be one within a function, too."""
    return next((step.where for step in steps if step.name == name and step.where is not None), "")


def _parsed(text: str, key: str) -> ast.AST:
    """Return an expression's node, or a statement's."""
    try:
        body = parse_module(text.strip()).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExerciseError(f"{key}: {one_line(error)} in {text!r}") from error
    if len(body) != 1:
        raise ExerciseError(f"{key}: found {len(body)} statements, expected one, or an expression")
    return body[0].value if isinstance(body[0], ast.Expr) else body[0]


def _values_of(function: Searched, name: str) -> Iterator[ast.expr]:
    """Yield the right-hand sides by which a step is computed."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=targets, value=value):
                pass
            case ast.AugAssign(target=target, value=value):
                targets = [target]
            case _:
                continue
        if any(_base(target) == name for target in targets):
            yield value


def _asked(source: str, tree: ast.Module) -> set[int]:
    """Return the nodes that stand under a TODO, by their identity."""
    return {id(part) for mark in marks_in(source, tree) for node in mark.statements for part in ast.walk(node)}


def _base(target: ast.expr) -> str | None:
    """Return the name that is assigned, or in which an element is."""
    while isinstance(target, ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else None


class _Replacing(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, node: ast.AST, instead: ast.AST) -> None:
        self._node = node
        self._instead = instead

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the new node for the old one; all others are looked through."""
        if node is not self._node:
            return super().visit(node)  # type: ignore[no-any-return]
        new = copy.deepcopy(self._instead)
        # An expression stands as a statement of its own where a statement was, and a call's statement keeps its form.
        if isinstance(node, ast.stmt) and isinstance(new, ast.expr):
            return ast.Expr(new)
        return new
