"""The inputs of a solution: literals, and what is made or drawn of nothing else."""

import ast
import math
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any

import numpy as np

from graders.authoring.forms import Composed, compose, has_whole_numbers
from graders.authoring.solution import Input, Solution
from graders.authoring.trial import Tryout, attempt
from graders.exercise.calculation import behind, changed_names, imported_names, names_in

_LEAST_EVEN = 3
"""From so many numbers on it is no chance that they ascend by the same step."""

_MAKING = {"array", "asarray", "ones", "full", "linspace", "arange", "eye", "identity", "diag", "float64", "matrix"}
"""Functions of numpy that stand for a literal; in a script `zeros` is the start of something added up."""


def inputs_of(
    node: ast.stmt,
    solution: Solution,
    before: Collection[str] = (),
    own: Collection[str] = (),
    generators: Collection[str] = (),
    varying: Collection[str] | None = None,
) -> Iterator[tuple[str, Input]]:
    """Yield the inputs that a statement sets to a literal, or to what is drawn or made of nothing else.

    `before`: names that are inputs or computed from them; `own`: what the solution defines; `generators`: those that
    numbers are drawn from. `varying`: names that have other numbers on each case, if what is computed without them
    is an input, too.
    """
    for name, value in pairs(node):
        mentioned = names_in(value)
        # What is drawn is an input of its own, also where it is added to another one.
        is_drawn = bool(own) and _draws(value, generators)
        is_fixed = varying is not None and mentioned.isdisjoint(varying)
        others = own if is_drawn or is_fixed else {*own, *before}
        if not mentioned.isdisjoint(others):
            continue
        literal = _value_of(value, solution, drawn=is_drawn, made=bool(own))
        literal = _series(value, solution, readable=bool(own)) if literal is None and is_fixed else literal
        if (composed := _composed(name, value, literal, drawn=is_drawn)) is not None:
            yield name, Input(name, (value.lineno, value.col_offset), literal, composed)


def _draws(value: ast.expr, generators: Collection[str]) -> bool:
    return not names_in(value).isdisjoint(generators) or "random." in ast.unparse(value)


def varying_after(node: ast.stmt, found: Mapping[str, Input], varying: set[str], tree: ast.Module) -> set[str]:
    """Return the names that have other numbers on each case once a statement has run; `found`: the inputs it sets."""
    has_others = any(np.ndim(item.value) and not is_grid(item, tree) for item in found.values())
    return varying | changed_names(node) if has_others or names_in(node) & varying else varying


def _says_whole(value: ast.expr) -> bool:
    """Tell whether an array is written with a type of whole numbers."""
    return any(
        isinstance(part, ast.keyword) and part.arg == "dtype" and "int" in ast.unparse(part.value)
        for part in ast.walk(value)
    )


def _composed(name: str, value: ast.expr, literal: Any, *, drawn: bool) -> Composed | None:
    if (drawn or _says_whole(value)) and has_whole_numbers(literal) and np.ndim(literal):
        return Composed({name: literal.tolist()}, name)  # as a list: in arrays, reals are often written so
    return None if literal is None else compose(name, literal)


def _series(node: ast.expr, solution: Solution, *, readable: bool) -> Any:
    """Return several real numbers that a script computes; None for what is no data: a step, a grid, zeros to add to.

    Nor is what is put together of hardly more numbers than it holds itself: it varies with them. `readable`: with few
    decimals; of a script the numbers themselves, by which a submission's are recognised.
    """
    value = _left_for(node, _up_to(solution.tree, node), solution)
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f":
        return None
    if value.size <= max(1, 2 * _names_behind(node, solution)) or np.ptp(value) == 0 or is_even(value):
        return None
    return with_few_digits(value) if readable else value


def _names_behind(value: ast.expr, solution: Solution) -> int:
    """Return from how many names of the solution a value is computed."""
    own = names_set_in(solution.tree)
    return len(own & (names_in(value) | behind(names_in(value) & own, solution.tree.body)))


def is_even(numbers: Any) -> bool:
    """Tell whether numbers ascend by the same step, as times and grids do."""
    array = np.asarray(numbers)
    if array.ndim != 1 or array.size < _LEAST_EVEN or array.dtype.kind != "f":
        return False
    steps = np.diff(array)
    return bool(steps[0] > 0) and np.allclose(steps, steps[0])


def is_grid(item: Input, tree: ast.Module) -> bool:
    """Tell whether an input is made by `linspace` or `arange`, with points at even distances."""
    if item.slot is None or not is_even(item.value):
        return False
    values = (part for part in ast.walk(tree) if isinstance(part, ast.expr))
    placed = [part for part in values if (part.lineno, part.col_offset) == item.slot]
    return any(call in ast.unparse(part) for part in placed for call in ("linspace(", "arange("))


def pairs(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that an assignment binds, each to its expression."""
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value)
            | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
        ):
            yield name, value
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if len(names) == len(values):
            for target, value in zip(names, values, strict=True):
                if isinstance(target, ast.Name):
                    yield target.id, value


def _value_of(node: ast.expr, solution: Solution, *, drawn: bool, made: bool) -> Any:
    """Return the value of a literal, or of a call of numpy's on literals; None for anything else.

    `drawn`: it is drawn; `made`: whatever depends on nothing else counts, `np.radians(30)` and `np.pi / 4` too.
    """
    with suppress(ValueError, TypeError, SyntaxError):
        return ast.literal_eval(node)
    before = _up_to(solution.tree, node)
    if _is_made(node, solution, any_call=made and not drawn):
        # The lines before may need data, which is not there yet; a literal needs numpy's name alone.
        return _left_for(node, _literal_alone(before, node, solution), solution)
    if drawn and ".seed" not in ast.unparse(node):
        # What is drawn from a seeded generator is what the whole script leaves under this name.
        value = _left_for(node, before, solution)
        is_real = isinstance(value, np.ndarray) and value.dtype.kind == "f"
        return with_few_digits(value) if is_real else value
    return None


def with_few_digits(numbers: Any) -> Any:
    """Return real numbers with few decimals: seventeen digits nobody would read."""
    largest = np.abs(numbers).max(initial=0.0)
    small = 0 < largest < 0.1 and np.isfinite(largest)
    rounded = np.round(numbers, 3 - math.floor(math.log10(largest)) if small else 3)
    # What is drawn below 1 stays so: as a share of a length it may be an index.
    return np.where((numbers < 1) & (rounded == 1), 0.999, rounded)


def _is_made(node: ast.expr, solution: Solution, *, any_call: bool) -> bool:
    """Tell whether an expression is as good as a literal: `np.ones(3)`; with any call, whatever needs no other name."""
    calls = [ast.unparse(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)]
    if not names_set_in(solution.tree).isdisjoint(names_in(node)):
        return False
    if any_call:
        return not isinstance(node, ast.Lambda)
    return bool(calls) and all(call.rpartition(".")[2] in _MAKING | {"reshape", "astype", "copy"} for call in calls)


def _left_for(node: ast.expr, tree: ast.Module, solution: Solution) -> Any:
    """Return what these lines leave under the name that an expression is assigned to; None if they fail."""
    targets = [name for part in solution.tree.body for name, value in pairs(part) if value is node]
    left = attempt(lambda: Tryout(tree, {}, solution.where).run({}))
    if isinstance(left, BaseException) or not targets:
        return None
    return left.get(targets[0])


def _literal_alone(before: ast.Module, node: ast.expr, solution: Solution) -> ast.Module:
    """Return the imports of libraries and the statement that a literal is assigned by."""
    libraries = [
        part
        for part in before.body
        if isinstance(part, ast.Import | ast.ImportFrom) and getattr(part, "module", "") not in solution.modules
    ]
    # Nodes equal nothing but themselves: the same literal elsewhere is not taken for this one.
    return ast.Module([*libraries, *(part for part in before.body if node in ast.walk(part))], [])


def names_set_in(tree: ast.Module) -> set[str]:
    """Return the names that a file sets; not modules: `np.random.seed(1)` changes nothing a literal depends on."""
    modules = {name for part in tree.body for name in imported_names(part)}
    return {name for part in tree.body for name in changed_names(part)} - modules


def _up_to(tree: ast.Module, node: ast.expr) -> ast.Module:
    """Return the statements up to the one in which an expression stands."""
    # By their order, not their lines: those of a `main()` stand further up than where it is called.
    last = next(index for index, part in enumerate(tree.body) if any(each is node for each in ast.walk(part)))
    return ast.Module(tree.body[: last + 1], [])
