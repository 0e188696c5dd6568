"""The inputs of a solution: literals, and what is made or drawn of nothing else."""

import ast
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any

import numpy as np

from graders.authoring.forms import Composed, compose, has_whole_numbers
from graders.authoring.solution import Input, Solution
from graders.authoring.trial import Tryout, attempt
from graders.exercise.calculation import changed_names, names_in

_MAKING = {"array", "asarray", "ones", "full", "linspace", "arange", "eye", "identity", "diag", "float64", "matrix"}
"""Functions of numpy that stand for a literal; in a script `zeros` is the start of something added up."""


def inputs_of(
    node: ast.stmt,
    solution: Solution,
    before: Collection[str] = (),
    own: Collection[str] = (),
    generators: Collection[str] = (),
) -> Iterator[tuple[str, Input]]:
    """Yield the inputs that a statement sets to a literal, or to what is drawn or made of nothing else.

    `before`: names that are inputs or computed from them; `own`: what the solution defines; `generators`: those that
    numbers are drawn from.
    """
    for name, value in pairs(node):
        mentioned = names_in(value)
        # What is drawn is an input of its own, also where it is added to another one.
        is_drawn = bool(own) and (bool(mentioned & set(generators)) or "random." in ast.unparse(value))
        if mentioned & set(own) or (mentioned & set(before) and not is_drawn):
            continue
        literal = _value_of(value, solution, drawn=is_drawn, made=bool(own))
        composed = _composed(name, literal, drawn=is_drawn)
        if composed is not None:
            yield name, Input(name, value.lineno, (value.lineno, value.col_offset), literal, composed)


def _composed(name: str, literal: Any, *, drawn: bool) -> Composed | None:
    if drawn and has_whole_numbers(literal) and np.ndim(literal):
        return Composed({name: literal.tolist()}, name)  # as a list: in arrays, reals are often written so
    return None if literal is None else compose(name, literal)


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
        return np.round(value, 3) if is_real else value  # seventeen digits nobody would read
    return None


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
    imports = [part for part in tree.body if isinstance(part, ast.Import | ast.ImportFrom)]
    modules = {(alias.asname or alias.name).partition(".")[0] for part in imports for alias in part.names}
    return {name for part in tree.body for name in changed_names(part)} - modules


def _up_to(tree: ast.Module, node: ast.expr) -> ast.Module:
    """Return the statements up to the one in which an expression stands."""
    # By their order, not their lines: those of a `main()` stand further up than where it is called.
    last = next(index for index, part in enumerate(tree.body) if any(each is node for each in ast.walk(part)))
    return ast.Module(tree.body[: last + 1], [])
