"""Which names a statement needs, and which it assigns."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

import numpy as np

from .syntax import bound_by

_LOOKING_ROUND = frozenset({"dir", "globals", "locals", "vars", "eval", "exec"})
_ASKED = frozenset({"__array_function__", "__array_ufunc__"})
_OF_NUMPY = (np.ndarray, np.matrix, np.recarray)  # numpy loads its masked arrays only for those who ask for them


def needed_and_assigned(statement: ast.stmt) -> tuple[set[str], list[str]]:
    """Return the names that a statement needs, and those it assigns in the lines' own scope."""
    loads: set[str] = set()
    stores: dict[str, None] = {}
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop(0)
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                loads.add(name)
            case ast.Name(id=name):
                stores[name] = None
            case ast.AugAssign(target=ast.Name(id=name)):
                loads.add(name)  # `+=` stores it, too: its target is looked at next
            case ast.Import() | ast.ImportFrom():
                stores |= dict.fromkeys(map(bound_by, node.names))
        if isinstance(node, _SCOPES):  # what is bound in there is no name of the lines
            stores |= {node.name: None} if isinstance(node, ast.FunctionDef | ast.ClassDef) else {}
            loads |= _needed_inside(node)
        else:
            waiting.extend(ast.iter_child_nodes(node))
    return loads, list(stores)


def defined_if_lacking(statement: ast.stmt) -> Iterator[str]:
    """Yield the classes and functions that a statement defines under a condition."""
    if isinstance(statement, ast.If):
        yield from (part.name for part in statement.body if isinstance(part, ast.ClassDef | ast.FunctionDef))


def objects_in(statement: ast.stmt) -> set[str]:
    """Return the names of which a method is called, such as `network` in `network.train(x)`."""
    calls = [node.func for node in ast.walk(statement) if isinstance(node, ast.Call)]
    inner = [node for call in calls if isinstance(call, ast.Attribute) for node in ast.walk(call)]
    return {node.id for node in inner if isinstance(node, ast.Name)}


def needs_numpy_alone(statement: ast.stmt, loads: Set[str], known: Set[str]) -> bool:
    """Tell whether a statement that calls no method calls nothing of the script's: all that it needs is `known`."""
    return isinstance(statement, ast.Assign) and loads <= known and loads.isdisjoint(_LOOKING_ROUND)


def plain_values(scope: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return those of some names that a scope has, without what would answer for numpy."""
    return {name: _without_own_answers(scope[name]) for name in names if name in scope}


def _without_own_answers(value: Any) -> Any:
    """Return a value; of a class of the submission's, which numpy would ask what its functions give, the numbers."""
    kind = type(value)
    if kind in _OF_NUMPY or issubclass(kind, np.generic):
        return value
    # Asked of `type`: the class of a class may say anything.
    bases = type.__getattribute__(kind, "__mro__")
    is_asked = any(_ASKED & type.__getattribute__(base, "__dict__").keys() for base in bases)
    return np.asarray(value) if is_asked else value


_SCOPES = (
    ast.FunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)


def _needed_inside(node: ast.AST) -> set[str]:
    """Return the names that something with a scope of its own takes from outside."""
    parts = list(ast.walk(node))
    names = [part for part in parts if isinstance(part, ast.Name)]
    if isinstance(node, ast.FunctionDef | ast.ClassDef):  # it may load a name before it binds it: too many do no harm
        return {part.id for part in names}
    bound = {part.arg for part in parts if isinstance(part, ast.arg)}
    bound |= {part.id for part in names if not isinstance(part.ctx, ast.Load)}
    return {part.id for part in names} - bound
