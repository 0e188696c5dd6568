"""Steps of a script of which less than their value reaches a result: of `gains = (returns > 0).sum()` only signs are.

Another wrong value would do as well there, so what has a TODO of its own is asked for itself.
"""

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from graders.authoring.forms import is_numeric
from graders.authoring.solution import Solution, all_changed, run_on_own_inputs
from graders.authoring.trial import attempt
from graders.exercise.calculation import changed_names, names_in
from graders.inside.parsing import parse_module
from graders.judging.comparison import RIGHT, compare

_MOVED = (
    "{name} = (lambda v, n: (lambda m: m.tolist() if isinstance(v, list) else m)"
    "(n.asarray(v, float) * (1 + 1e-6 * n.linspace(1, 2, n.size(v)).reshape(n.shape(v)))))({name}, __import__('numpy'))"
)
"""The line that moves each number of a name a little, each otherwise; by far more than what is right differs by."""


def lost_steps(solution: Solution, asked: Sequence[str], left: Mapping[str, Any]) -> list[str]:
    """Return the steps that no result shows when they are a little off; `left`: the names that the script leaves."""
    lost: list[str] = []
    # From the end: what is asked for then shows the steps before it.
    for name, after in reversed(list(_own_steps(solution, asked, left))):
        if _is_lost(solution, [*asked, *lost], left, name, after):
            lost.append(name)
    return lost[::-1]


def _own_steps(solution: Solution, asked: Collection[str], left: Mapping[str, Any]) -> Iterator[tuple[str, ast.stmt]]:
    """Yield the real numbers that TODOs end with, each with the statement at the top level that leaves them."""
    for name, node in dict(_ends(solution)).items():
        if name not in asked and _is_real(left.get(name)):
            yield name, node


def _ends(solution: Solution) -> Iterator[tuple[str, ast.stmt]]:
    loops = [(at, node) for at, node in enumerate(solution.tree.body) if isinstance(node, ast.For | ast.While)]
    for at, loop in loops:
        yield from ((name, loop) for name in sorted(_trained(solution, at)))
    in_loops = all_changed(loop for _, loop in loops)
    for mark in solution.marks:
        match mark.statements[-1]:
            case ast.Assign(targets=[ast.Name(id=name)]) as node if not mark.scope and name not in in_loops:
                yield name, node


def _trained(solution: Solution, at: int) -> set[str]:
    """Return what TODOs change in a loop that begins with it and is followed by what needs it, as every right one is.

    What only the loop needs (`change = 1.0`, for its condition) another right script may call otherwise.
    """
    body = solution.tree.body
    marked = all_changed(node for mark in solution.marks if mark.loops and not mark.scope for node in mark.statements)
    needed = {name for node in body[at + 1 :] for name in names_in(node)}
    return marked & changed_names(body[at]) & all_changed(body[:at]) & needed


def _is_real(value: Any) -> bool:
    return is_numeric(value) and not isinstance(value, tuple) and np.asarray(value).dtype.kind == "f"


def _is_lost(solution: Solution, asked: Sequence[str], left: Mapping[str, Any], name: str, after: ast.stmt) -> bool:
    moved = parse_module(_MOVED.format(name=name)).body
    body = [part for node in solution.tree.body for part in ([node, *moved] if node is after else [node])]
    other = solution.replaced(tree=ast.Module(body, []))
    done = attempt(lambda: run_on_own_inputs(other))
    return not isinstance(done, BaseException) and all(_is_as_before(left[each], done.get(each)) for each in asked)


def _is_as_before(value: Any, other: Any) -> bool:
    if not is_numeric(value) or not is_numeric(other):
        return repr(value) == repr(other)  # of what may hold arrays, `==` is not always true or false
    return compare(np.asarray(value, float), np.asarray(other, float)) == RIGHT
