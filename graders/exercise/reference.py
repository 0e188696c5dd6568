"""The reference's answers, and an author's formulas evaluated on a student's own earlier values.

The reference is a script like the students' own, written by the exercise's author, and trusted: it is executed here.
Submissions never are.
"""

import ast
import builtins
import itertools
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from types import CodeType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from graders.errors import ExerciseError
from graders.exercise.asked import Array, Case, Exercise
from graders.exercise.calculation import (
    STOPPING,
    Calculation,
    as_recorded,
    failing_line,
    one_line,
    parse_script,
    read_calculation,
)
from graders.exercise.content import ExerciseStep
from graders.exercise.places import place_problems
from graders.inside.exact import encode_exactly
from graders.inside.parsing import parse_expression

if TYPE_CHECKING:
    from graders.exercise.whole import WholeRun

_LARGEST_PRODUCT = 1024
"""Elements of the values of a formula together, axis by axis; their outer product still fits into 8 MiB."""

_BUILTINS = frozenset(dir(builtins))


class Formula(NamedTuple):
    """A step's right-hand side: its text in the reference, and compiled; `codes` holds its other right forms too."""

    source: str
    codes: tuple[CodeType, ...]


def load_reference(exercise: Exercise) -> "Reference":
    """Return the reference, tried on the fixed example. Raises ExerciseError for the first problem."""
    reference = Reference(exercise)
    for problem in reference.problems():
        raise ExerciseError(problem)
    return reference


class Reference:
    """A reference script, taken apart: definitions, forward pass, steps. Nothing of it runs before it is asked for.

    Raises ExerciseError if it cannot be compiled, or lacks a given or step.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._file = f"reference/{exercise.name}.py"
        steps = {step.name: step for step in exercise.steps}
        self._calculation = _found(exercise, self._file, steps)
        is_straight = isinstance(self._calculation, Calculation)
        self.forward_names = [name for name in self._calculation.names if is_straight and name not in steps]
        self._accepted = {
            step.name: [self.compile_formula(text, f"steps.{step.name}.accept") for text in step.accept]
            for step in exercise.steps
            if step.accept
        }
        self.formulas = {name: self._formula(name, steps.get(name)) for name in self._calculation.names}
        self._known: dict[str, Case] = {}

    def values(self, case: Case) -> dict[str, Array]:
        """Return every name the reference computes on this case: the forward pass and the steps."""
        return self._calculation.values(case)

    def accepted(self, case: Case) -> dict[str, list[Array]]:
        """Return what else is right for a result on this case: by each of its `accept` formulas, in their order."""
        if not self._accepted:
            return {}
        namespace = self._calculation.run(case)
        exactly = {step.name for step in self._exercise.steps if step.exactly}
        return {
            name: [as_recorded(name, eval(code, namespace), exactly) for code in codes]  # noqa: S307 - the author's
            for name, codes in self._accepted.items()
        }

    def missed(self, changed: Sequence[tuple[int, str]]) -> list[str]:
        """Return what lines of `use` changed in place (number of the line, name) and a later one uses again."""
        return self.whole.missed(changed) if self.whole is not None else []

    @property
    def whole(self) -> "WholeRun | None":
        """The reference as it is run whole; None for a straight line, whose formulas say all."""
        return None if isinstance(self._calculation, Calculation) else self._calculation

    def evaluate(self, code: CodeType, values: Mapping[str, Any]) -> Array | None:
        """Return a formula's value with the names in it given by `values`, or None where a script would stop.

        So too where the values are too large to go on from.
        """
        if not _stays_small(tuple(np.shape(values[name]) for name in code.co_names if name in values)):
            return None
        try:
            return self._evaluated(code, values)
        except Exception:  # noqa: BLE001 - a function of the author's may raise anything on values it is not for
            return None

    def compile_formula(self, source: str, where: str) -> CodeType:
        """Compile an author's formula. Raises ExerciseError."""
        try:
            return compile(source.strip(), where, "eval")
        except SyntaxError as error:
            raise ExerciseError(f"{where}: {error.msg} in {source!r}") from error
        except (ValueError, RecursionError, MemoryError) as error:  # a zero byte; too many brackets
            raise ExerciseError(f"{where}: {one_line(error)}") from error

    def problems(self) -> Iterator[str]:
        """Yield what is wrong when it runs on the fixed example, one line each."""
        try:
            namespace = self._calculation.run(self._exercise.fixed)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever an author's script raises is said
            yield f"{self._file}: {failing_line(error, self._file)}fails with {one_line(error)}"
            return
        for step in self._exercise.steps:
            if step.name in namespace and step.where is None:
                yield from self._value_problems(step, namespace[step.name])
        if any(step.where is not None or step.each is not None for step in self._exercise.steps):
            tree = self.whole.tree if self.whole else parse_script(self._exercise.reference_source, self._file)
            yield from place_problems(tree, self._exercise.steps)
        yield from self._accept_problems()
        yield from self._written_problems()
        yield from self._condition_problems()

    def formula_problems(self, source: str, step: str) -> Iterator[str]:
        """Yield why a formula could not stand for a step: its syntax, a name that has no value there, a misspelling."""
        try:
            code = self.compile_formula(source, "formula")
        except ExerciseError as error:
            yield str(error)
            return
        known = self._known_at(step)
        # Names first: evaluating would stop at one of them only.
        there = known.keys() | self._calculation.definitions.keys() | _BUILTINS
        unknown = _free_names(source) - there if _mentioned(source) - there else ()
        for name in sorted(unknown):
            later = "; it is computed later" if name in self.formulas else ""
            yield f"name {name!r} is not defined for {step}{later}"
        if unknown:
            return
        try:
            self._evaluated(code, known)
        except STOPPING:  # a wrong formula may well stop
            return
        except Exception as error:  # noqa: BLE001 - such as AttributeError
            yield one_line(error)

    def _evaluated(self, code: CodeType, values: Mapping[str, Any]) -> Array:
        namespace = {**self._calculation.definitions, **values}
        # What overflows is a value like any other here, and judged as one.
        with np.errstate(all="ignore"):
            return np.asarray(eval(code, namespace), np.float64)  # noqa: S307 - the author's, on plain numbers

    def _known_at(self, step: str) -> Case:
        """Return the givens, the forward pass and the steps before this one, on the fixed example."""
        if step not in self._known:  # there are many formulas for each step
            values = self._calculation.values(self._exercise.fixed)
            names = list(self.formulas)
            before = {*self.forward_names, *names[: names.index(step) if step in names else None]} - {step}
            self._known[step] = {**self._exercise.fixed, **{name: values[name] for name in values if name in before}}
        return self._known[step]

    def _formula(self, name: str, step: ExerciseStep | None) -> Formula:
        if not isinstance(self._calculation, Calculation):
            return Formula(source=name, codes=())
        node = self._calculation.assigned[name].value
        # Compiled once: it is evaluated for every wrong step of every submission.
        code = compile(ast.Expression(node), self._file, "eval")
        forms = step.forms if step is not None else []
        others = [self.compile_formula(form, f"steps.{name}.forms") for form in forms]
        # What is accepted, too, is as right from the values that a student had.
        return Formula(source=ast.unparse(node), codes=(code, *others, *self._accepted.get(name, ())))

    def _value_problems(self, step: ExerciseStep, value: object) -> Iterator[str]:
        """Yield why a step's value on the fixed example is none that can be graded."""
        place = f"{self._file}: {step.name}"
        if step.exactly:
            if isinstance(word := encode_exactly(value)[0], str):
                yield f"{place}: found {word.removeprefix('type:')}, which cannot be compared by form"
            return
        array = _array_of(value)
        if array is None or array.dtype.kind not in "biuf":
            yield f"{place}: found {type(value).__name__}, expected numbers"
        elif array.dtype.kind == "b":
            yield f"{place}: found true or false (bool), expected numbers, or `exactly: true`"
        elif not np.isfinite(array).all():
            yield f"{place}: not finite on the fixed example"
        elif step.points is not None and not _has_shape(array, wanted := self._exercise.fixed_shape(step)):
            yield f"{place}: found shape {list(array.shape)}, expected {list(wanted)}"

    def _accept_problems(self) -> Iterator[str]:
        """Yield why what is accepted, too, cannot be evaluated on the fixed example."""
        try:
            self.accepted(self._exercise.fixed)
        except Exception as error:  # noqa: BLE001 - an author's formula may raise anything
            yield f"exercise.yaml: steps: accept: fails with {one_line(error)}"

    def _written_problems(self) -> Iterator[str]:
        """Yield the cases written by hand on which there is no right answer."""
        for index, case in enumerate(self._exercise.cases):
            try:
                values = self.values(case)
            except (Exception, SystemExit) as error:  # noqa: BLE001
                yield f"exercise.yaml: cases[{index}]: the solution fails with {one_line(error)}"
            else:
                wild = [step.name for step in self._exercise.results if not np.isfinite(values[step.name]).all()]
                yield from (f"exercise.yaml: cases[{index}]: {name} is not finite" for name in wild)

    def _condition_problems(self) -> Iterator[str]:
        """Yield names in the conditions on cases that the reference does not compute."""
        bank = self._exercise.drawing
        named = [(f"informative.{name}", name) for name in bank.informative]
        named += [(f"both_signs[{index}]", name) for index, name in enumerate(bank.both_signs)]
        for place, name in named:
            if name not in self.formulas:
                yield f"exercise.yaml: bank.{place}: found {name!r}, expected one of {', '.join(self.formulas)}"


def _found(exercise: Exercise, file: str, steps: Collection[str]) -> "Calculation | WholeRun":
    """Return the reference as a straight line if it is one, else as what is run whole. Raises ExerciseError."""
    if exercise.is_straight:
        try:
            found = read_calculation(exercise.reference_source, file, givens=exercise.givens, wanted=steps)
        except ExerciseError:  # a line would be lost, if it can be read at all
            pass
        else:
            if found.assigned.keys() >= {*exercise.givens, *steps}:
                return found
    from graders.exercise.whole import WholeRun  # and with it the reading of scripts, which a straight line needs not

    whole = WholeRun(exercise, file)
    for problem in _missing_in(whole, exercise):
        raise ExerciseError(f"{file}: {problem}")
    return whole


def _missing_in(whole: "WholeRun", exercise: Exercise) -> Iterator[str]:
    """Yield the givens that nothing sets and the steps that nothing computes."""
    for name in exercise.givens:
        if name not in whole.set_up:
            where = "use" if exercise.submission == "definitions" else "the script, its data or use"
            yield f"{name}: not assigned; expected `{name} = …` at the top level, or in {where}"
    for step in exercise.steps:
        if step.where is None and step.name not in (whole.defined if step.points is None else whole.results):
            expected = "in use" if exercise.use.strip() else f"`{step.name} = …` at the top level"
            yield f"{step.name}: not assigned; expected {expected}"


@lru_cache
def _stays_small(shapes: tuple[tuple[int, ...], ...]) -> bool:
    """Say if a formula of such values is cheap: arrays of different axes could multiply to anything."""
    aligned = itertools.zip_longest(*(reversed(shape) for shape in shapes), fillvalue=1)
    return math.prod(max(lengths) for lengths in aligned) <= _LARGEST_PRODUCT


def _has_shape(array: Any, wanted: Sequence[int]) -> bool:
    """Tell whether an array has a shape; a length of -1 is any."""
    pairs = zip(array.shape, wanted, strict=False)
    return array.ndim == len(wanted) and all(length in (found, -1) for found, length in pairs)


def _array_of(value: object) -> Any:
    try:
        return np.asarray(value)
    except (ValueError, TypeError):  # rows of different lengths
        return None


def _mentioned(formula: str) -> set[str]:
    """Return all words of a formula but attributes: more than its free names, and found a hundred times as fast."""
    return set(re.findall(r"(?<![\w.])[^\W\d]\w*", formula))


def _free_names(formula: str) -> set[str]:
    """Return the names that a formula takes from outside: not those of its own comprehensions and functions."""
    found, bound = set[str](), set[str]()
    for part in ast.walk(parse_expression(formula.strip())):
        match part:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                bound.add(name)
            case ast.Name(id=name):
                found.add(name)
    return found - bound
