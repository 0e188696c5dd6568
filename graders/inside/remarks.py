"""What explains a wrong or missing result at a glance: a given that is changed again, a function nobody calls."""

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from .arrays import Array
from .effects import Effect, effects_of, set_at
from .likeness import as_numbers
from .reading import ParsedCell
from .syntax import SCOPES, nodes_of_scope, single_targets, statements_outside_functions

_Spot = tuple[int | None, int]

# What binds names of its own without being a function.
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def overwritten(
    variables: Mapping[str, Sequence[tuple[str, _Spot]]],
    inputs: Mapping[str, Array],
    namespace: Mapping[str, Any],
    parsed: Sequence[ParsedCell],
    places: Iterable[_Spot],
) -> dict[str, _Spot]:
    """Return the givens whose variable holds other numbers at the end, with the one line that changed it.

    `variables`: each given's variables, with the places that set them. Only a change above the last of `places`, where
    the results are set: weights may well be updated afterwards.
    """
    last = max(map(_in_order, places), default=(0, 0))
    found: dict[str, _Spot] = {}
    for given, sites in variables.items():
        names, spots = {name for name, _ in sites}, {spot for _, spot in sites}
        if len(names) != 1 or not _is_other(namespace.get(min(names)), inputs[given]):
            continue
        lines = _lines_setting(min(names), parsed)
        again = lines - spots
        # An argument or a key may share its name with a variable. And of two lines nobody knows here which one it was.
        if spots <= lines and len(again) == 1 and _in_order(min(again)) < last:
            found[given] = min(again)
    return found


def last_places(places: Mapping[str, _Spot], assigned: Mapping[str, int], parsed: Sequence[ParsedCell]) -> list[_Spot]:
    """Return behind what nothing is of use to the results; `assigned`: how often each was set."""
    return [_end_of_loops(place, parsed) if assigned[name] > 1 else place for name, place in places.items()]


def _end_of_loops(spot: _Spot, parsed: Iterable[ParsedCell]) -> _Spot:
    """Return the place behind which nothing runs before a place does once more: the end of all loops around it."""
    cell, line = spot
    trees = [item.tree for item in parsed if item.cell.number == cell and item.tree is not None]
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.For | ast.While))
    ends = [node.end_lineno for node in nodes if line in range(node.lineno, (node.end_lineno or line) + 1)]
    return cell, max(filter(None, ends), default=line - 1) + 1


def _in_order(spot: _Spot) -> tuple[int, int]:
    return spot[0] or 0, spot[1]


def _is_other(value: Any, given: Array) -> bool:
    """Tell whether a variable holds numbers, and not a given's in any order."""
    numbers = as_numbers(value)
    if numbers is None:
        return False
    if numbers.size != given.size:
        return True
    if numbers.tobytes() == given.tobytes():  # nearly always, and asked of every script
        return False
    # Half precision is near enough; a mean or a shift is not.
    return not np.allclose(np.sort(numbers, axis=None), np.sort(given, axis=None), rtol=1e-2, atol=1e-3)


def _lines_setting(name: str, parsed: Iterable[ParsedCell]) -> set[_Spot]:
    """Return the places outside of functions that bind a name, or change what it holds."""
    trees = [(item.cell.number, item.tree) for item in parsed if item.tree is not None]
    effects = effects_of(tree for _, tree in trees)
    return {(cell, line) for cell, tree in trees for line in _lines_in(tree, name, effects)}


def _lines_in(tree: ast.Module, name: str, effects: Mapping[str, Effect]) -> Iterator[int]:
    for node in nodes_of_scope([tree], (*SCOPES, *_COMPREHENSIONS)):
        if name in set_at(node, effects):
            yield getattr(node, "lineno", 0)


def deleted_names(parsed: Iterable[ParsedCell]) -> frozenset[str]:
    """Return the names that the script itself deletes, outside of its functions."""
    trees = [item.tree for item in parsed if item.tree is not None]
    statements = (node for tree in trees for node in statements_outside_functions(tree))
    deleted = [node.targets for node in statements if isinstance(node, ast.Delete)]
    return frozenset(node.id for targets in deleted for node in single_targets(targets) if isinstance(node, ast.Name))


def uncalled(parsed: Sequence[ParsedCell], words: Mapping[str, str], missing: Collection[str]) -> dict[str, Any]:
    """Return the functions that set a missing result and are mentioned nowhere: where each stands, and what it sets.

    `words`: what results may be called, each with the name it stands for.
    """
    trees = [(item.cell.number, item.tree) for item in parsed if item.tree is not None]
    used = {word for _, tree in trees for node in ast.walk(tree) for word in mentioned_at(node)}
    found: dict[str, Any] = {}
    for cell, tree in trees:
        for function in _own_functions(tree.body):
            sets = _set_within(function, words).intersection(missing)
            if sets and function.name not in used:
                found[function.name] = (cell, function.lineno, sorted(sets))
    return found


def mentioned_at(node: ast.AST) -> list[str]:
    """Return the names, attributes and texts at a node: `getattr(net, "train")` calls a method, too."""
    words = (getattr(node, "id", None), getattr(node, "attr", None), getattr(node, "value", None))
    return [word for word in words if isinstance(word, str)]


def _own_functions(statements: Iterable[ast.stmt]) -> Iterator[ast.FunctionDef]:
    """Yield functions, and methods of classes that derive from nothing: what else has them may call them, too."""
    for node in statements:
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            yield node
        elif isinstance(node, ast.ClassDef) and not (node.bases or node.keywords or node.decorator_list):
            # a name like `__init__` is called by Python
            yield from (each for each in _own_functions(node.body) if not each.name.startswith("__"))


def _set_within(function: ast.FunctionDef, words: Mapping[str, str]) -> set[str]:
    return {words[name] for node in ast.walk(function) for name in set_at(node) if name in words}
