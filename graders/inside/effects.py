"""What a notebook's cell changes of what other cells have made: `acts.append(y)`, `x[0] = 0.5`, `net.train()`.

A name alone does not say it: such a cell binds nothing, and still the cells behind it need it. A call counts only where
it is known to change something, by a method of Python's and numpy's own, or by the student's function that does so. A
cell that only looks at a value (`np.dot(w, x)`, tried out, may raise) is not taken along.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from .expressions import COLLECTING, is_path
from .syntax import identifier, loaded_names, nodes_of_scope, root_of, single_targets

CHANGING_METHODS = frozenset(
    "append appendleft extend extendleft insert update setdefault pop popleft popitem remove discard clear add sort "
    "reverse rotate fill put resize partition setflags itemset move_to_end".split()
)
_CHANGING_FUNCTIONS = frozenset(
    "copyto put place putmask put_along_axis fill_diagonal shuffle at "
    "setattr delattr setitem delitem heappush heappop insort".split()
)
"""Functions of numpy's and Python's own that change their first argument, such as `np.add.at(total, rows, 1)`."""

_FILLING = COLLECTING | {"extend", "fill", "sort"}


class Effect(NamedTuple):
    """What a call of a student's function does: which of its arguments it changes, which names it sets for all, and
    which of the names around it hold something that it changes.
    """

    arguments: frozenset[int]
    names: frozenset[str]
    around: frozenset[str]


def effects_of(trees: Iterable[ast.Module]) -> dict[str, Effect]:
    """Return what the functions and methods of all cells do, by name; those that do nothing to others are left out."""
    found: dict[str, Effect] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            effect = _effect(node)
            if any(effect):
                found[node.name] = effect
    return found


def _effect(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Effect:
    parameters = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    changed: set[str] = set()
    shared: set[str] = set()
    own: set[str] = {part.arg for part in ast.walk(function) if isinstance(part, ast.arg)}
    # Walked with what is defined within it: a closure that changes a name does so when it is called.
    for node in ast.walk(function):
        changed |= set(_changes_at(node, {}))
        match node:
            case ast.Global(names=names):
                shared.update(names)
            case ast.Name(id=name, ctx=ast.Store()):
                own.add(name)
            case ast.AugAssign(target=ast.Name(id=name)):
                changed.add(name)  # `x += 1` changes an array that was passed
    passed = (index for index, name in enumerate(parameters) if name in changed)
    return Effect(frozenset(passed), frozenset(shared), frozenset(changed - own))


def changed_in(tree: ast.Module, effects: Mapping[str, Effect]) -> frozenset[str]:
    """Return the names of what a cell changes when it runs, and those that the functions it calls set."""
    # What stands in a function does not run here.
    return frozenset(name for node in nodes_of_scope([tree]) for name in _changes_at(node, effects))


def set_at(node: ast.AST, effects: Mapping[str, Effect] = {}) -> set[str]:
    """Return the names that a node by itself binds, or whose value it changes in place."""
    bound = [node.id] if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else []
    return {*bound, *_changes_at(node, effects)}


def continued_at(node: ast.AST) -> set[str]:
    """Return the names whose value a node by itself goes on from: `a += x`, `a = a + x`, `a[i] = x`, `a.append(x)`."""
    found = set(_changes_at(node, {}))
    match node:
        case ast.AugAssign(target=ast.Name(id=name)):
            found.add(name)
        case ast.Assign(targets=targets, value=value):
            found |= {part.id for part in targets if isinstance(part, ast.Name)} & loaded_names(value)
    return found


def _changes_at(node: ast.AST, effects: Mapping[str, Effect]) -> Iterator[str]:
    match node:
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            yield from _parts(single_targets(targets))
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target) | ast.For(target=target):
            yield from _parts(single_targets([target]))
        case ast.Call():
            yield from _changes_of_call(node, effects)


def _parts(targets: Iterable[ast.expr]) -> Iterator[str]:
    for target in targets:
        if not isinstance(target, ast.Name):
            yield from root_of(target)


def _changes_of_call(call: ast.Call, effects: Mapping[str, Effect]) -> Iterator[str]:
    name = identifier(call.func) or ""
    holder = [call.func.value] if isinstance(call.func, ast.Attribute) else []
    if holder and name in CHANGING_METHODS:
        yield from root_of(holder[0])
    for given in _given_to_change(call):
        yield from root_of(given)
    if name in effects:
        # of a method the object comes first, as `self` does
        yield from _done_by(effects[name], [*holder, *call.args])


def _done_by(effect: Effect, passed: Sequence[ast.expr]) -> Iterator[str]:
    yield from effect.names | effect.around
    for index in effect.arguments:
        if index < len(passed):
            yield from root_of(passed[index])


def parts_read(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a node, but for what a call is only given to write to."""
    written = _outputs_of(node) if isinstance(node, ast.Call) else []
    parts = (part.value if isinstance(part, ast.keyword) else part for part in ast.iter_child_nodes(node))
    yield from (part for part in parts if part not in written)


def _outputs_of(call: ast.Call) -> list[ast.expr]:
    """Return what a function of numpy's writes to without reading it: its `out`, by name or by place."""
    function = getattr(np, identifier(call.func) or "", None) if isinstance(call.func, ast.Attribute) else None
    behind = call.args[function.nin :] if isinstance(function, np.ufunc) else []
    return [*(keyword.value for keyword in call.keywords if keyword.arg == "out"), *behind]


def _given_to_change(call: ast.Call) -> list[ast.expr]:
    """Return what a function of numpy's or Python's own is given to be changed."""
    first = call.args[:1] if identifier(call.func) in _CHANGING_FUNCTIONS else []
    return _outputs_of(call) + first


def filled_by(node: ast.AST) -> ast.expr | None:
    """Return the variable that a call fills or changes: its list, or the array that it is given for that."""
    if not isinstance(node, ast.Call):
        return None
    filled = _given_to_change(node)
    if isinstance(node.func, ast.Attribute) and node.func.attr in _FILLING:
        filled.append(node.func.value)
    return filled[0] if filled and is_path(filled[0]) else None
