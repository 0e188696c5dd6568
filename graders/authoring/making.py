"""What a call of the example's own makes, written into it: `X, y = make_data()`, and the same in a list or dictionary.

Then each part is an input like any literal. A single array needs none of this: it is an input by its value.
"""

import ast
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np

from graders.authoring.expressions import names_read, placed_at
from graders.authoring.forms import has_whole_numbers, holds_tuples, is_numeric
from graders.authoring.literals import is_even, with_few_digits
from graders.authoring.solution import GENERATORS
from graders.exercise.calculation import behind, changed_names, names_in
from graders.inside.parsing import parse_module

_MOST_PARTS = 12
"""Of what a call makes; with more, nobody would read the exercise."""


class _NoDataError(Exception):
    """Something is no data that could be written down."""


class Making:
    """Writes out what calls in an example make.

    `head`: what stands above it; `theirs`: what students find; `run`: gives the names that statements leave. In a
    script (`exact`) all digits are kept, and no names are added: its reference runs as it stands.
    """

    def __init__(
        self,
        head: Sequence[ast.stmt],
        below: Sequence[ast.stmt],
        theirs: Collection[str],
        run: Callable[[ast.Module], Mapping[str, Any]],
        *,
        exact: bool = False,
    ) -> None:
        self._head, self._below = head, below
        self._theirs, self._run = frozenset(theirs), run
        self._exact = exact
        self._helpers = {node.name for node in head if isinstance(node, ast.FunctionDef)} - self._theirs
        self._taken = {name for node in [*head, *below] for name in names_in(node)}

    def written_out(self) -> list[ast.stmt]:
        """Return the example with its data as literals."""
        return [made for index, node in enumerate(self._below) for made in self._of(index, node)]

    def _of(self, index: int, node: ast.stmt) -> Sequence[ast.stmt]:
        match node:
            case ast.Assign(targets=[target], value=ast.Call() as call) if self._may_give_several(target, call):
                try:
                    left = self._left_by(index, call)
                    writing = _Writing(left, self._taken, exact=self._exact)
                    writing.assign(target, _value_of(target, left))
                except _NoDataError:
                    return [node]
                return [_placed(text, node, number) for number, text in enumerate(writing.made)]
        return [node]

    def _may_give_several(self, target: ast.expr, call: ast.Call) -> bool:
        several = isinstance(target, ast.Tuple | ast.List)
        return several or (not self._exact and ast.unparse(call.func) in self._helpers)

    def _left_by(self, index: int, call: ast.Call) -> Mapping[str, Any]:
        """Return the names there are once a call has run.

        Raises _NoDataError if it needs what students write, other data, or a number that is used elsewhere as well.
        """
        before = self._below[:index]
        needed = behind(names_read(call), [*self._head, *before])
        if needed & self._theirs:
            raise _NoDataError
        left = self._run(ast.Module([*self._head, *before, self._below[index]], []))
        own = {name for node in before for name in changed_names(node)} & needed
        numbers = {name for name in own if not isinstance(left.get(name), GENERATORS)}
        if numbers & self._read_beside(index, numbers) or any(np.ndim(left.get(name, 0)) for name in numbers):
            raise _NoDataError
        return left

    def _read_beside(self, index: int, numbers: set[str]) -> set[str]:
        """Return the names that are read elsewhere than in a statement and in those that set some numbers."""
        beside = [node for number, node in enumerate(self._below) if number != index]
        return {name for node in beside if not changed_names(node) & numbers for name in names_read(node)}


def _value_of(target: ast.expr, left: Mapping[str, Any]) -> Any:
    """Return what stands under a target, as a list of what is under its parts. Raises _NoDataError."""
    match target:
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return [_value_of(part, left) for part in parts]
        case ast.Name(id=name) if name in left:
            return left[name]
    raise _NoDataError


class _Writing:
    """Writes values down as assignments: `made`. `left`: all names; `taken`: those that a new one must not be."""

    def __init__(self, left: Mapping[str, Any], taken: set[str], *, exact: bool) -> None:
        self.made: list[str] = []
        self._left, self._taken = left, taken
        self._exact = exact

    def assign(self, target: ast.expr, value: Any) -> None:
        """Write down what a target is set to."""
        if isinstance(target, ast.Tuple | ast.List):
            for each, part in zip(target.elts, value, strict=True):
                self.assign(each, part)
            return
        name = ast.unparse(target)
        self._add(f"{name} = {self._literal(value) if is_numeric(value) else self._expression(name, value)}")

    def _add(self, statement: str) -> None:
        self.made.append(statement)
        if len(self.made) > _MOST_PARTS:
            raise _NoDataError

    def _expression(self, word: str, value: Any) -> str:
        """Return what puts a container together of parts that have names of their own."""
        if isinstance(value, dict):
            parts = [f"{key!r}: {self._named(f'{word}_{key}', part)}" for key, part in value.items()]
            return f"{{{', '.join(parts)}}}"
        if isinstance(value, list | tuple):
            return self._of_sequence(word, value)
        if isinstance(value, np.ndarray) and value.dtype.kind in "bU":
            return f"np.array({value.tolist()!r})"
        if value is None or isinstance(value, str | bool):
            return repr(value)
        raise _NoDataError

    def _of_sequence(self, word: str, value: list[Any] | tuple[Any, ...]) -> str:
        names: Sequence[str] = getattr(value, "_fields", [str(index) for index in range(len(value))])
        inner = [self._named(f"{word}_{name}", part) for name, part in zip(names, value, strict=True)]
        kind = type(value)
        if kind in (list, tuple):
            return f"[{', '.join(inner)}]" if kind is list else f"({', '.join(inner)},)"
        if self._left.get(kind.__name__) is not kind:  # with names for its parts, and made nobody knows how
            raise _NoDataError
        return f"{kind.__name__}({', '.join(inner)})"

    def _named(self, word: str, value: Any) -> str:
        """Return the name of a part that is made of numbers; anything else as it is written."""
        if not is_numeric(value):
            return self._expression(word, value)
        if self._exact or not word.isidentifier():
            raise _NoDataError
        while word in self._taken:
            word += "_"
        self._taken.add(word)
        self._add(f"{word} = {self._literal(value)}")
        return word

    def _literal(self, value: Any) -> str:
        if holds_tuples(value):
            return repr(value)
        array = np.asarray(value)
        if is_even(value):
            return f"np.linspace({float(array[0])!r}, {float(array[-1])!r}, {array.size})"
        is_whole = has_whole_numbers(value)
        numbers = np.asarray(array if is_whole or self._exact else with_few_digits(array)).tolist()
        if not isinstance(value, np.ndarray):
            return repr(numbers)
        # Said, since in an array reals are often written without a point.
        return f"np.array({numbers}, dtype=int)" if is_whole else f"np.array({numbers})"


def _placed(text: str, node: ast.stmt, number: int) -> ast.stmt:
    """Return a statement at the place of another; each at one of its own, by which its value is found."""
    made = placed_at(parse_module(text).body[0], node)
    for part in ast.walk(made):
        if isinstance(part, ast.expr):
            part.col_offset += number
    return made
