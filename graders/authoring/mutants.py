"""Mutants of a reference: one formula with one small change. A bank that does not tell one from the reference is weak.

The classic form of mutation testing (DeMillo, Lipton and Sayward 1978), on the steps' right-hand sides only; where a
reference is run whole, on the expressions in the statements that its TODOs ask for.
"""

import ast
import copy
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from typing import NamedTuple, Protocol

import numpy as np

from graders.authoring.changes import CHOICE, TURNED, changes
from graders.authoring.expressions import names_read
from graders.authoring.trial import time_limit
from graders.errors import ExerciseError
from graders.exercise.asked import Array, Case, Exercise
from graders.exercise.calculation import Calculation, assignment, names_in
from graders.exercise.draws import draw_cases
from graders.exercise.informative import why_unanswerable
from graders.exercise.marks import marks_in
from graders.exercise.reference import Reference
from graders.inside.parsing import parse_module
from graders.judging.comparison import RIGHT, compare
from graders.judging.rules import USUAL, Rule, rule_of
from graders.records import Record

_MOST_MUTANTS = 150
"""Mutants of a reference that is run whole: each is run on many cases."""

_SECONDS = 0.5
_PROBES, _OTHER_SEED = 60, 4711
_FEW = 3
"""Probes on which a mutant of a whole reference is wrong, if it is no mere play of rounding."""

_LONGEST = 5
"""Of a probe's dimensions, each of which gets a length of its own."""


class _Computes(Protocol):
    """What gives the values of the names on a case: a reference, or one that was changed."""

    def values(self, case: Case) -> Mapping[str, Array]: ...


class Mutant(Record):
    """The reference with one formula changed; `change` says how. `rules`: how results are compared, if not as usual."""

    step: str
    formula: str
    change: str
    calculation: _Computes
    rules: Mapping[str, Rule] = field(default_factory=dict)

    def differs_on(
        self, case: Case, right: Mapping[str, Array], results: Sequence[str], *, finite: bool = False
    ) -> bool:
        """Say if a result is wrong, or missing, on a case whose right values are known; `finite`: it must be given.

        What is as right as the reference until numbers become too large, an exponential say, is another form of it.
        """
        try:
            with time_limit(_SECONDS):
                wrong = self.calculation.values(case)
        except (Exception, SystemExit):  # noqa: BLE001 - it stops, however: so no result comes out
            return not finite
        if finite and not all(np.isfinite(wrong[result]).all() for result in results):
            return False
        return any(
            compare(right[result], wrong[result], rule=self.rules.get(result, USUAL)) != RIGHT for result in results
        )


def all_mutants(exercise: Exercise, reference: Reference) -> list[Mutant]:
    """Return every mutant of the steps' formulas; of a reference that is run whole, as many as can be tried."""
    # Two changes may lead to the same formula: `x * x` with the one operand dropped, or the other.
    found = list(_of_steps(exercise, reference) if reference.whole is None else _of_statements(exercise))
    rules = {step.name: rule_of(step) for step in exercise.results}
    different = {(mutant.step, mutant.formula): mutant for mutant in found}
    return [mutant.replaced(rules=rules) for mutant in different.values()]


def _of_steps(exercise: Exercise, reference: Reference) -> Iterator[Mutant]:
    tree = parse_module(exercise.reference_source)
    steps = [step.name for step in exercise.steps]
    known = {**exercise.fixed, **reference.values(exercise.fixed)}
    ranks = {name: value.ndim for name, value in known.items()}
    for position, node in enumerate(tree.body):
        match assignment(node):
            case (name, statement) if name in steps:
                # A name from further down would stop the mutant, and what stops is caught by any bank.
                names = list(ranks)[: list(ranks).index(name)]
                for change, formula in changes(statement.value, names, ranks):
                    body = _with_formula(tree.body, position, formula)
                    changed = Calculation(body, "mutant", givens=exercise.givens)
                    yield Mutant(step=name, formula=ast.unparse(formula), change=change, calculation=changed)


def _of_statements(exercise: Exercise) -> Iterator[Mutant]:
    """Yield mutants of what the TODOs ask for, wherever it stands: evenly chosen ones if there are very many."""
    source = exercise.reference_source
    marks = marks_in(source, parse_module(source))
    made = [each for mark in marks for node in mark.statements for each in _changed_sources(source, node)]
    # What leaves no choice is tried always: it is what cases hide. Of the others every n-th rather than the first ones,
    # so that the last TODOs have mutants, too.
    choosing = [each for each in made if each[1].startswith((CHOICE, TURNED))]
    others = [each for each in made if not each[1].startswith((CHOICE, TURNED))]
    for line, change, formula, text in [*choosing, *others[:: math.ceil(len(others) / _MOST_MUTANTS) or 1]]:
        changed = exercise.replaced(reference_source=text)
        with suppress(ExerciseError):
            yield Mutant(step=f"line {line}", formula=formula, change=change, calculation=Reference(changed))


def _changed_sources(source: str, statement: ast.stmt) -> Iterator[tuple[int, str, str, str]]:
    """Yield the line, what was changed, the new expression, and the whole text with it, for each change."""
    # In bytes: `ast` counts columns so, and comments may be Chinese.
    lines = [line.encode() for line in source.splitlines(keepends=True)]
    own = names_read(statement)
    for part in ast.walk(statement):
        if isinstance(part, ast.AugAssign):
            whole = ast.Assign([part.target], part.value, lineno=part.lineno)
            yield part.lineno, "not added up", ast.unparse(whole), _with_text(lines, part, ast.unparse(whole))
        for side, change in _sides(part):
            yield part.test.lineno, change, side, _with_text(lines, part.test, side)  # type: ignore[attr-defined]
        for value in _values_in(part):
            names = sorted(own & _variables(statement))
            # Ranks are unknown within a function, so no name is transposed there.
            for change, formula in changes(value, names, dict.fromkeys(names, 0)):
                text = ast.unparse(formula)
                yield value.lineno, change, text, _with_text(lines, value, f"({text})")


def _sides(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield what may stand in the place of an `if`'s test, with what that changes."""
    if isinstance(node, ast.If):
        yield from ((side, f"{CHOICE}: {ast.unparse(node.test)} → {side}") for side in ("True", "False"))


def _variables(statement: ast.stmt) -> set[str]:
    """Return the names in a statement that are no functions called there, and no modules."""
    called = {
        part.func.id for part in ast.walk(statement) if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)
    }
    owners = {
        part.value.id
        for part in ast.walk(statement)
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name)
    }
    return names_in(statement) - called - owners - {"np", "self", "math"}


def _values_in(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the whole expressions of a statement."""
    match node:
        case ast.Assign(value=value) | ast.AugAssign(value=value):
            yield value
        case ast.Return(value=ast.expr() as value) | ast.AnnAssign(value=ast.expr() as value):
            yield value
        case ast.If(test=value) | ast.While(test=value) | ast.For(iter=value):
            yield value
        case ast.Expr(value=ast.Call(args=arguments)):
            yield from arguments


def _with_text(lines: Sequence[bytes], node: ast.stmt | ast.expr, text: str) -> str:
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    begin, end = lines[first][: node.col_offset], lines[last][node.end_col_offset or 0 :]
    return b"".join([*lines[:first], begin + text.encode() + end, *lines[last + 1 :]]).decode()


def survivors(exercise: Exercise, reference: Reference, cases: Sequence[Case]) -> list[Mutant]:
    """Return the mutants that are right on all these cases, though wrong on others.

    What is right on any case (`np.dot(w, x)` for `np.dot(x, w)`) is no mistake.
    """
    return tried(exercise, reference, cases).missed


class Tried(NamedTuple):
    """The mutants that are wrong on some cases, and those that are right on them all.

    `missed`: of these the ones that are wrong on others; `probes`: those others.
    """

    caught: Sequence[Mutant]
    hidden: Sequence[Mutant]
    missed: list[Mutant]
    probes: Sequence[Case]


def tried(exercise: Exercise, reference: Reference, cases: Sequence[Case]) -> Tried:
    """Try the mutants on these cases, and what they hide on others."""
    asked = [step.name for step in exercise.results]
    mutants = all_mutants(exercise, reference)
    solved = _with_values(reference, cases)
    # Most are caught by the first case; only the few that hide are run on all of them, and then on the probes.
    hidden: list[Mutant] = []
    caught: list[Mutant] = []
    for each in mutants:
        (caught if any(_wrong_marks(each, solved, asked)) else hidden).append(each)
    probes = _with_values(reference, _probes(exercise, reference)) if hidden else []
    few = 1 if reference.whole is None else _FEW  # a border that is hit once in sixty cases is hit in no bank
    missed = [each for each in hidden if sum(_wrong_marks(each, probes, asked)) >= few]
    return Tried(caught, hidden, missed, [case for case, _ in probes])


def _wrong_marks(
    mutant: Mutant, solved: Iterable[tuple[Case, Mapping[str, Array]]], results: Sequence[str]
) -> Iterator[bool]:
    """Yield, case by case, whether the mutant is wrong there; run only as far as somebody asks."""
    return (mutant.differs_on(case, right, results) for case, right in solved)


def _with_values(reference: Reference, cases: Iterable[Case]) -> list[tuple[Case, Mapping[str, Array]]]:
    return [(case, reference.values(case)) for case in cases]


def _probes(exercise: Exercise, reference: Reference) -> Iterator[Case]:
    """Yield cases of any values and sizes that the reference can compute on, informative or not."""
    kinds = [given.random is None for given in exercise.givens.values()]
    if reference.whole is not None or any(kinds):  # not any numbers will do: cases as they are drawn, of another seed
        yield from draw_cases(exercise, reference, seed=_OTHER_SEED, count=_PROBES, fewest=0)
        return
    random = np.random.default_rng(0)
    for _ in range(_PROBES):
        dimensions = list(exercise.drawing.dimensions)
        lengths = dict(zip(dimensions, random.permutation(max(len(dimensions), _LONGEST)) + 1, strict=False))
        case = {
            name: random.normal(scale=2.0, size=[lengths.get(str(word), word) for word in given.shape])
            for name, given in exercise.givens.items()
        }
        drawn = {name: np.asarray(value) for name, value in case.items()}
        if not why_unanswerable(exercise, reference, drawn):
            yield drawn


def _with_formula(body: Sequence[ast.stmt], position: int, formula: ast.expr) -> list[ast.stmt]:
    """Return the statements with another right-hand side in one of them; all others are the same nodes."""
    # Shallow: there are hundreds of mutants, and they share all but one right-hand side.
    changed = copy.copy(body[position])
    assert isinstance(changed, ast.Assign)
    changed.value = formula
    return [*body[:position], ast.fix_missing_locations(changed), *body[position + 1 :]]
