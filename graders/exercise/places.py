"""Where in a reference that is run whole a step within a function or loop stands, as `in` and `each` say."""

import ast
from collections.abc import Iterator, Sequence

from graders.exercise.calculation import Definition, changed_names
from graders.exercise.content import ExerciseStep

Searched = ast.Module | Definition


def function_at(tree: ast.Module, scope: str) -> Searched | None:
    """Return what a qualified name such as `Class.method` defines, or the whole script for none."""
    found: Searched | None = tree
    for part in filter(None, scope.split(".")):
        defined = [node for node in getattr(found, "body", ()) if getattr(node, "name", None) == part]
        found = defined[-1] if defined else None  # the last definition is the one that counts
    return found


def place_problems(tree: ast.Module, steps: Sequence[ExerciseStep]) -> Iterator[str]:
    """Yield the steps that do not stand where they are said to: nothing would ever be told of them."""
    for index, step in enumerate(steps):
        place = f"exercise.yaml: steps[{index}]"
        if step.where is not None:
            function = function_at(tree, step.where)
            if function is None:
                yield f"{place}.in: found {step.where!r}, which the reference does not define"
            elif step.name not in _set_in(function):
                yield f"{place}: {step.name} is not assigned in {step.where} of the reference"
        # a function's passes may as well be its calls
        elif step.each is not None and step.name not in _set_in_loops(tree):
            yield f"{place}.each: no loop of the reference assigns {step.name}"


def _set_in_loops(tree: ast.Module) -> set[str]:
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.AsyncFor | ast.While)]
    return {name for loop in loops for name in _set_in(loop)}


def _set_in(part: ast.AST) -> set[str]:
    """Return the names that are assigned or changed there, also by `x.append(1)`, and such attributes."""
    names: set[str] = set()
    for node in ast.walk(part):
        match node:
            case ast.Attribute(attr=name, ctx=ast.Store()):
                names.add(name)
            case ast.Subscript(value=ast.Attribute(attr=name), ctx=ast.Store()):
                names.add(name)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Attribute(attr=name)))):
                names.add(name)
            case ast.stmt():
                names |= changed_names(node)
    return names
