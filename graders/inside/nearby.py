"""What can be written at a place of a script: the names that stand around it, the nearest first."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

# In a loop what stands below was computed before, too; outside of one it is no use.
_BELOW = 3


_TYPES = frozenset({"int", "float", "bool", "complex", "object", "str"})
"""What stands behind `dtype=`: no value to compute with, nor does one belong there."""


class Surroundings(NamedTuple):
    """What can be written where an expression stands: names, the nearest first.

    `texts`: the script's own, such as the keys it uses; `functions`: those that it defines.
    """

    names: Sequence[str]
    texts: Sequence[str] = ()
    functions: Sequence[str] = ()


def names_within(scope: ast.AST, imported: Set[str]) -> dict[str, list[int]]:
    """Return the variables and attributes that a function, or the script itself, assigns or reads, with their lines."""
    found: dict[str, list[int]] = {}
    for name, line in _named_values(scope):
        # Our own calls stand in the tree by now, as if they were the student's.
        if name not in imported and name not in _TYPES and not name.startswith("_grader"):
            found.setdefault(name, []).append(line)
    return found


def of_function(function: ast.Lambda, around: Surroundings) -> Surroundings:
    """Return what can be written in a function that stands in a line: its own names, as in any other.

    By one from outside in the place of a parameter it would only fit a single call.
    """
    own = names_within(function, frozenset())
    return around._replace(names=[name for name in around.names if name in own])


def _named_values(scope: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield each mention of a variable or attribute of `self`, with its line."""
    # A function is no value to compute with; the names of functions would only multiply the attempts.
    called = {id(node.func) for node in ast.walk(scope) if isinstance(node, ast.Call)}
    for node in ast.walk(scope):
        match node:
            case ast.arg(arg=name):
                yield name, node.lineno
            case ast.Name(id=name) if id(node) not in called:
                yield name, node.lineno
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                yield f"self.{name}", node.lineno


def nearest(names: Mapping[str, Sequence[int]], line: int) -> list[str]:
    """Return names, those first that were last used just before a line: of many, these are the likely ones."""

    def distance(name: str) -> int:
        return min(line - other if other <= line else _BELOW * (other - line) for other in names[name])

    return sorted(names, key=distance)


def texts_of(trees: Iterable[ast.AST]) -> list[str]:
    """Return the short texts of a script: keys and words."""
    found = [
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 30
    ]
    return list(dict.fromkeys(found))
