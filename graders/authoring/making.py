"""What a call of the example's own makes, written into it: `X, y = make_data()`, and the same in a list or dictionary.

Then each part is an input like any literal. A single array needs none of this: it is an input by its value.
"""

import ast
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from graders.authoring.expressions import loaded_names, placed_at
from graders.authoring.forms import has_whole_numbers, is_data, is_numeric
from graders.authoring.literals import is_even, with_few_digits
from graders.authoring.solution import GENERATORS
from graders.exercise.calculation import behind, changed_names
from graders.inside.parsing import parse_module

_MOST_PARTS = 12
"""Of what a call makes; with more, nobody would read the exercise."""


class _NoDataError(Exception):
    """Something is no data that could be written down."""


class Making:
    """Writes out what calls in an example make.

    `head`: what stands above it; `theirs`: what students find; `left`: the names that all of it leaves. `exact`: the
    numbers keep all digits.
    """

    def __init__(
        self,
        head: Sequence[ast.stmt],
        below: Sequence[ast.stmt],
        theirs: Collection[str],
        left: Mapping[str, Any],
        *,
        exact: bool = False,
    ) -> None:
        self._head, self._below = head, below
        self._theirs, self._left = frozenset(theirs), left
        self._exact = exact
        self._taken = {part.id for node in [*head, *below] for part in ast.walk(node) if isinstance(part, ast.Name)}
        self._made: list[str] = []

    def written_out(self) -> list[ast.stmt]:
        """Return the example with its data as literals."""
        return [made for index, node in enumerate(self._below) for made in self._of(index, node)]

    def _of(self, index: int, node: ast.stmt) -> Sequence[ast.stmt]:
        match node:
            case ast.Assign(targets=[target], value=ast.Call() as call) if self._is_fixed(index, call):
                self._made = []
                try:
                    self._assign(target, self._value_of(target))
                except _NoDataError:
                    return [node]
                return [_placed(text, node, number) for number, text in enumerate(self._made)]
        return [node]

    def _is_fixed(self, index: int, call: ast.Call) -> bool:
        """Tell whether a call needs nothing that students write, no other data, and no number used elsewhere."""
        before = self._below[:index]
        needed = behind(loaded_names(call), [*self._head, *before])
        if needed & self._theirs:
            return False
        own = {name for node in before for name in changed_names(node)} & needed
        numbers = {name for name in own if not isinstance(self._left.get(name), GENERATORS)}
        others = [node for node in self._below if node is not self._below[index] and not changed_names(node) & numbers]
        used = {name for node in others for name in loaded_names(node)}
        return used.isdisjoint(numbers) and all(np.ndim(self._left.get(name, 0)) == 0 for name in numbers)

    def _value_of(self, target: ast.expr) -> Any:
        """Return what a call has left under its targets. Raises _NoDataError for a single value, and for no data."""
        if isinstance(target, ast.Tuple | ast.List):
            return [self._part_of(each) for each in target.elts]
        value = self._part_of(target)
        if not isinstance(value, tuple | list | dict) or is_numeric(value):
            raise _NoDataError
        return value

    def _part_of(self, target: ast.expr) -> Any:
        if isinstance(target, ast.Tuple | ast.List):
            return [self._part_of(each) for each in target.elts]
        if not isinstance(target, ast.Name) or target.id not in self._left:
            raise _NoDataError
        changes = [node for node in self._below if target.id in changed_names(node)]
        if len(changes) > 1 or not is_data(self._left[target.id]):
            raise _NoDataError  # what it was before it was changed, nobody knows by now
        return self._left[target.id]

    def _assign(self, target: ast.expr, value: Any) -> None:
        """Write down what a target is set to."""
        if isinstance(target, ast.Tuple | ast.List):
            for each, part in zip(target.elts, value, strict=True):
                self._assign(each, part)
            return
        name = ast.unparse(target)
        text = self._literal(value) if is_numeric(value) else self._expression(name, value)
        self._made.append(f"{name} = {text}")
        if len(self._made) > _MOST_PARTS:
            raise _NoDataError

    def _expression(self, word: str, value: Any) -> str:
        """Return what puts a container together of parts that have names of their own."""
        match value:
            case dict():
                parts = [f"{key!r}: {self._named(f'{word}_{key}', part)}" for key, part in value.items()]
                return f"{{{', '.join(parts)}}}"
            case tuple() if type(value) is not tuple:  # with names for its parts
                fields: Sequence[str] = getattr(value, "_fields", ())
                made = type(value).__name__
                if not fields or self._left.get(made) is not type(value):
                    raise _NoDataError
                named = zip(fields, value, strict=True)
                return f"{made}({', '.join(self._named(f'{word}_{field}', part) for field, part in named)})"
            case list() | tuple():
                inner = ", ".join(self._named(f"{word}_{index}", part) for index, part in enumerate(value))
                return f"[{inner}]" if isinstance(value, list) else f"({inner},)"
            case np.ndarray():  # truth values, or texts
                return f"np.array({value.tolist()!r})"
        return repr(value)

    def _named(self, word: str, value: Any) -> str:
        """Return the name of a part that is made of numbers; anything else as it is written."""
        if not is_numeric(value):
            return self._expression(word, value)
        # Of a script the reference runs as it stands, which has no such name.
        if self._exact or not word.isidentifier():
            raise _NoDataError
        while word in self._taken:
            word += "_"
        self._taken.add(word)
        self._made.append(f"{word} = {self._literal(value)}")
        return word

    def _literal(self, value: Any) -> str:
        array = np.asarray(value)
        if has_whole_numbers(value):  # said, since in an array reals are often written without a point
            return f"np.array({array.tolist()}, dtype=int)" if isinstance(value, np.ndarray) else repr(array.tolist())
        if is_even(value):
            return f"np.linspace({array[0]!r}, {array[-1]!r}, {array.size})".replace("np.float64", "float")
        numbers = np.asarray(array if self._exact else with_few_digits(array)).tolist()
        return f"np.array({numbers})" if isinstance(value, np.ndarray) else repr(numbers)


def may_make_several(nodes: Sequence[ast.stmt]) -> bool:
    """Tell whether a statement takes apart what a call gives."""
    return any(
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and isinstance(node.targets[0], ast.Tuple | ast.List)
        for node in nodes
    )


def _placed(text: str, node: ast.stmt, number: int) -> ast.stmt:
    """Return a statement at the place of another; each at one of its own, by which its value is found."""
    made = placed_at(parse_module(text).body[0], node)
    for part in ast.walk(made):
        if isinstance(part, ast.expr):
            part.col_offset += number
    return made
