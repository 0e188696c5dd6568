"""The lines that an exercise runs after a submission: they call its functions, or read its results.

In a line a given's name is a fresh copy of its value, as the lines before have left it: what a function does to its
arguments is noticed, and is still so where they are used again, as it would be in the student's own script. A line that
raises takes only those with it that need its names. Used by the trusted side too, after the reference.
"""

import ast
import builtins
import types
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any, NamedTuple

import numpy as np

from .kinds import REAL, GivenKind, value_of

_PRISTINE = dict(vars(builtins))
"""As they are before any submission has run: one that replaces `len` replaces it for itself alone."""


class UseLine(NamedTuple):
    """One statement. `givens`: those it is given; `loads`: all names it needs; `stores`: those it assigns."""

    number: int
    text: str
    code: types.CodeType
    givens: tuple[str, ...]
    loads: frozenset[str]
    stores: tuple[str, ...]


class Used(NamedTuple):
    """What the lines left. `errors`: what lost names were lost by. `changed`: line and name of changed arguments."""

    scope: dict[str, Any]
    errors: Mapping[str, BaseException]
    changed: Sequence[tuple[int, str]]


class Use:
    """Lines, compiled; `assigned`: every name they assign, `loaded`: every name they need."""

    def __init__(self, source: str, givens: Mapping[str, GivenKind]) -> None:
        self._kinds = givens
        self.lines: list[UseLine] = []
        assigned: dict[str, None] = {}
        for statement in ast.parse(source, "<use>").body:
            loads, stores = _names_of(statement)
            fresh = tuple(name for name in givens if name in loads and name not in assigned)
            code = compile(ast.Module([statement], []), "<use>", "exec", dont_inherit=True)
            line = UseLine(statement.lineno, ast.unparse(statement), code, fresh, frozenset(loads), tuple(stores))
            self.lines.append(line)
            assigned |= dict.fromkeys(stores)
        self.assigned = frozenset(assigned)
        self.loaded = frozenset().union(*(line.loads for line in self.lines))

    @property
    def givens(self) -> Set[str]:
        """The givens that a line uses: a submission need not set them."""
        return {name for line in self.lines for name in line.givens}

    def run(
        self,
        namespace: Mapping[str, Any],
        case: Mapping[str, Any],
        failed: Callable[[BaseException], object] = id,
        *,
        noticing: bool = False,
    ) -> Used:
        """Run all lines beside what a script has defined, but not among it. `failed` is called with what one raises.

        `noticing`: look also at what the lines assigned and passed on, if a later one changes it.
        """
        scope: dict[str, Any] = {**namespace, "__builtins__": dict(_PRISTINE), "np": np, "raises": raises}
        current = dict(case)
        errors: dict[str, BaseException] = {}
        changed: list[tuple[int, str]] = []
        for line in self.lines:
            lost = next((errors[name] for name in line.loads if name in errors), None) if errors else None
            if lost is not None:
                _lose(line, lost, scope, errors)
                continue
            for name in line.givens:
                scope[name] = value_of(current[name], self._kinds.get(name, REAL))
            passed = [(name, scope[name]) for name in line.givens if type(scope[name]) is np.ndarray]
            kept = [(name, scope[name], scope[name].copy()) for name in _arrays(line, scope)] if noticing else []
            try:
                exec(line.code, scope)  # noqa: S102 - the exercise's own line
            except BaseException as error:  # noqa: BLE001 - the submission's functions may raise anything
                failed(error)
                _lose(line, error, scope, errors)
            for name in line.stores:
                if name in scope:
                    errors.pop(name, None)
            changed += [(line.number, name) for name, value, before in kept if _is_changed(value, before)]
            for name, value in passed:
                if _is_changed(value, current[name]):
                    changed.append((line.number, name))
                    current[name] = np.array(value, np.float64)
        return Used(scope, errors, changed)


def raises(call: Callable[[], object]) -> str:
    """Return the name of the exception's class that a call raises, or 'nothing'."""
    try:
        call()
    except Exception as error:  # noqa: BLE001 - any exception is an answer here
        return type(error).__name__
    return "nothing"


def _lose(line: UseLine, error: BaseException, scope: dict[str, Any], errors: dict[str, BaseException]) -> None:
    """Take the names of a line away: their earlier values are not what it would have made of them."""
    for name in line.stores:
        scope.pop(name, None)
        errors[name] = error


def _arrays(line: UseLine, scope: Mapping[str, Any]) -> list[str]:
    """Return the names of arrays that a line takes from earlier lines."""
    earlier = line.loads.difference(line.givens, line.stores)
    return sorted(name for name in earlier if type(scope.get(name)) is np.ndarray)


def _is_changed(value: Any, before: Any) -> bool:
    """Tell whether an array is not what it was; NaN is like itself here."""
    return bool(value.shape != before.shape or (value != before).any())


def _names_of(statement: ast.stmt) -> tuple[set[str], list[str]]:
    """Return the names that a statement needs, and those it assigns in the lines' own scope."""
    loads: set[str] = set()
    stores: dict[str, None] = {}
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop(0)
        match node:
            case ast.Name(id=name):
                if isinstance(node.ctx, ast.Load):
                    loads.add(name)
                else:
                    stores[name] = None
            case ast.AugAssign(target=ast.Name(id=name)):
                loads.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                stores[name] = None
                loads |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
                continue
            case ast.Import() | ast.ImportFrom():
                stores |= dict.fromkeys((alias.asname or alias.name).partition(".")[0] for alias in node.names)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp() | ast.Lambda():
                bound = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
                names = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
                bound |= {part.id for part in names if not isinstance(part.ctx, ast.Load)}
                loads |= {part.id for part in names} - bound
                continue
        waiting.extend(ast.iter_child_nodes(node))
    return loads, list(stores)
