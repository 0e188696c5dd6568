"""What can be written at a place of a script: the names that stand around it, the nearest first."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple, TypeGuard

import numpy as np

from .expressions import parameters_of

# In a loop what stands below was computed before, too; outside of one it is no use.
_BELOW = 3


_TYPES = frozenset({"int", "float", "bool", "complex", "object", "str"})
"""What stands behind `dtype=`: no value to compute with, nor does one belong there."""


class Surroundings(NamedTuple):
    """What can be written where an expression stands: names, the nearest first.

    `texts`: the script's own, such as the keys it uses; `functions`: those that it defines; `parameters`: how many each
    has, where some may be left out; `members`: attributes of objects other than `self`; `elements`: such as `a[i]`.
    """

    names: Sequence[str]
    texts: Sequence[str] = ()
    functions: Sequence[str] = ()
    parameters: Mapping[str, int] = {}
    members: Sequence[str] = ()
    elements: Sequence[ast.expr] = ()


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


def nearest(names: Mapping[str, Sequence[int]], line: int, unread: Set[str] = frozenset()) -> list[str]:
    """Return names, those first that were last used just before a line: of many, these are the likely ones.

    Before all others what is `unread`, since it is there to be used somewhere.
    """

    def distance(name: str) -> tuple[bool, int]:
        lines = (line - other if other <= line else _BELOW * (other - line) for other in names[name])
        return name not in unread, min(lines)

    return sorted(names, key=distance)


def unread_in(trees: Iterable[ast.AST]) -> frozenset[str]:
    """Return the parameters and the attributes of `self` that are given a value and never read."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    given: set[str] = set()
    for node in nodes:
        match node:
            case ast.arg(arg=name):
                given.add(name)
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                given.add(f"self.{name}")
    read = {ast.unparse(node) for node in nodes if isinstance(node, ast.Name | ast.Attribute) and _is_read(node)}
    return frozenset(given - read)


def _is_read(node: ast.Name | ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Load)


def elements_within(scope: ast.AST) -> dict[str, list[int]]:
    """Return the elements `a[i]` that a function, or the script itself, reads in its loops, with their lines."""
    loops = [node for node in ast.walk(scope) if isinstance(node, ast.For)]
    looped = {node.id for loop in loops for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
    found: dict[str, list[int]] = {}
    for node in ast.walk(scope):
        match node:
            case ast.Subscript(value=ast.Name(), slice=ast.Name(id=index), ctx=ast.Load()) if index in looped:
                found.setdefault(ast.unparse(node), []).append(node.lineno)
    return found


def members_of(trees: Iterable[ast.AST]) -> list[str]:
    """Return what objects of the script's own classes have: fields, properties, attributes of `self`."""
    return list(dict.fromkeys(name for tree in trees for node in ast.walk(tree) for name in _members_in(node)))


def _members_in(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.ClassDef(body=body):
            yield from (each.target.id for each in body if isinstance(each, ast.AnnAssign) and _is_name(each.target))
        case ast.FunctionDef(name=name, decorator_list=[ast.Name(id="property")]):
            yield name
        case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
            yield name


def fields_read(trees: Iterable[ast.AST], imported: Set[str]) -> Iterator[str]:
    """Yield what is read of objects of classes that stand elsewhere: `p.lat`, but not `a.T`, and nothing of modules."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    for node in nodes:
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=field, ctx=ast.Load()) if id(node) not in called:
                if name != "self" and name not in imported and not hasattr(np.ndarray, field):
                    yield field


def _is_name(node: ast.expr) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name)


def parameters_of_all(trees: Iterable[ast.AST]) -> dict[str, int]:
    """Return how many values functions take that may be called with fewer, but for the object itself."""
    functions = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {node.name: len(parameters_of(node)) for node in functions if node.args.defaults}


def attributes_read(trees: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the attributes of `self` that are mentioned."""
    for node in (node for tree in trees for node in ast.walk(tree)):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                yield name


def texts_of(trees: Iterable[ast.AST]) -> list[str]:
    """Return the short texts of a script: keys and words."""
    found = [
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 30
    ]
    return list(dict.fromkeys(found))
