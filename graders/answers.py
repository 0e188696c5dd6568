"""The reference's answers, and its formulas evaluated on a student's own earlier values.

The reference is a script like the students' own, written by the exercise's author, and trusted: it is executed here.
Submissions never are.
"""

import ast
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np
from msgspec import Struct

from graders.errors import ExerciseError
from graders.exercise import Array, Exercise, Network

Values = Mapping[str, Array]

STOPPING = (ValueError, TypeError, IndexError, ArithmeticError, MemoryError)
"""What a formula raises on values that it is not for."""

_LARGEST_PRODUCT = 1024
"""Elements of the values of a formula together, axis by axis; their outer product still fits into 8 MiB."""


class Formula(Struct, frozen=True, kw_only=True):
    """A step's right-hand side: its text in the reference, and compiled; `codes` holds its other right forms too."""

    name: str
    source: str
    codes: tuple[CodeType, ...]


class Reference:
    """A reference script, taken apart: definitions, forward pass, steps.

    Raises ExerciseError if it lacks a given or step, or fails on the fixed example.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._file = f"reference/{exercise.name}.py"
        try:
            tree = ast.parse(exercise.reference_source, self._file)
        except SyntaxError as error:
            raise ExerciseError(f"{self._file}: line {error.lineno}: {error.msg}") from error
        assigned = dict(pair for node in tree.body if (pair := assignment(node)) is not None)
        for name in (*exercise.givens, *(step.name for step in exercise.steps)):
            if name not in assigned:
                raise ExerciseError(f"{self._file}: {name}: not assigned; expected `{name} = …` at the top level")
        definitions = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef)]
        computing = [node for name, node in assigned.items() if name not in exercise.givens]
        self.forward_names = [name for name in assigned if name not in exercise.givens and not self._is_step(name)]
        self.formulas = {
            name: self._formula(name, node) for name, node in assigned.items() if name not in exercise.givens
        }
        self._definitions: dict[str, Any] = {}
        self._trying(lambda: exec(_compiled(definitions, self._file), self._definitions))  # noqa: S102 - the author's
        self._code = _compiled(computing, self._file)
        self._check_fixed()

    def values(self, network: Network) -> dict[str, Array]:
        """Return every name the reference computes on this network: the forward pass and the steps."""
        namespace = {**self._definitions, **network}
        exec(self._code, namespace)  # noqa: S102
        return {name: np.asarray(namespace[name], np.float64) for name in self.formulas}

    def evaluate(self, code: CodeType, values: Mapping[str, Any]) -> Array | None:
        """Return a formula's value with the names in it given by `values`, or None where a script would stop.

        So too where the values are too large to go on from. Raises what only an author's mistake does (NameError …).
        """
        if not _stays_small(tuple(np.shape(values[name]) for name in code.co_names if name in values)):
            return None
        namespace = {**self._definitions, **values}
        try:
            with np.errstate(all="ignore"):
                return np.asarray(eval(code, namespace), np.float64)  # noqa: S307 - the author's, on plain numbers
        except STOPPING:
            return None

    def compile_formula(self, source: str, where: str) -> CodeType:
        """Compile an author's formula. Raises ExerciseError."""
        try:
            return compile(source.strip(), where, "eval")
        except SyntaxError as error:
            raise ExerciseError(f"{where}: {error.msg} in {source!r}") from error

    def _is_step(self, name: str) -> bool:
        return any(step.name == name for step in self._exercise.steps)

    def _formula(self, name: str, node: ast.Assign) -> Formula:
        code = compile(ast.Expression(node.value), self._file, "eval")
        forms = [form for step in self._exercise.steps if step.name == name for form in step.forms]
        others = [self.compile_formula(form, f"steps.{name}.forms") for form in forms]
        return Formula(name=name, source=ast.unparse(node.value), codes=(code, *others))

    def _check_fixed(self) -> None:
        values: dict[str, Array] = {}
        self._trying(lambda: values.update(self.values(self._exercise.fixed)))
        for step in self._exercise.results:
            wanted = self._exercise.fixed_shape(step)
            if values[step.name].shape != wanted:
                found = list(values[step.name].shape)
                raise ExerciseError(f"{self._file}: {step.name}: found shape {found}, expected {list(wanted)}")

    def _trying(self, action: Callable[[], object]) -> None:
        try:
            action()
        except Exception as error:
            raise ExerciseError(f"{self._file}: fails with {type(error).__name__}: {error}") from error


@lru_cache
def _stays_small(shapes: tuple[tuple[int, ...], ...]) -> bool:
    """Tell whether a formula of such values is cheap: arrays of different axes could multiply to anything."""
    aligned = itertools.zip_longest(*(reversed(shape) for shape in shapes), fillvalue=1)
    return math.prod(max(lengths) for lengths in aligned) <= _LARGEST_PRODUCT


def assignment(node: ast.stmt) -> tuple[str, ast.Assign] | None:
    """Return the name in a statement `name = …`, with the statement."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name, node
    return None


def _compiled(statements: Sequence[ast.stmt], file: str) -> CodeType:
    return compile(ast.Module(body=list(statements), type_ignores=[]), file, "exec")
