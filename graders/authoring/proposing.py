"""From a solution to all that its exercise needs, found out by running it: kinds, ranges, dimensions, results."""

import ast
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NoReturn

import numpy as np

from graders.authoring.choosing import choose_ranges
from graders.authoring.dimensions import ShapePlan, guess_plan
from graders.authoring.forms import is_numeric
from graders.authoring.kinds import Range
from graders.authoring.lines import use_of
from graders.authoring.losing import lost_steps
from graders.authoring.ordering import in_order, ordered_pairs
from graders.authoring.outcomes import asked_names, outcomes_of
from graders.authoring.parts import Outcome
from graders.authoring.properties import BEYOND, PLAIN, with_properties
from graders.authoring.signs import signed_results
from graders.authoring.skeleton import Proposal
from graders.authoring.solution import Solution, free_names, run_on_own_inputs
from graders.authoring.study import DRAWS, Study, narrowed, settled_lengths
from graders.authoring.trial import evaluate
from graders.errors import UsageError
from graders.judging.rules import RELATIVE

_MARGIN, _JUMP = 100, 1e-7
"""Equal forms differ by up to so many times what one changed digit does; more than a jump is no rounding."""

_TALL = 2
"""Times as many rows as columns that are no chance: a table of records."""

_PAIR = 2
"""Columns that right scripts name one by one, though the author's takes any number of them: `dx`, `dy`."""

_NEARLY_ALL = 0.9
"""Of the random inputs that give one result alone, so that a mistake hardly shows on them."""

_NEEDED = 12
"""Random inputs of forty on which there must be an answer."""


class _Rare(UsageError):
    """The solution has an answer on too few inputs."""


def propose(solution: Solution) -> Proposal:
    """Return what an exercise of this solution asks for. Raises UsageError with what the author has to change."""
    plain = with_properties(solution, PLAIN)
    try:
        return _proposed(plain)
    except _Rare as rare:
        # What small matrices have in common may be chance, so it is kept only where nothing else has an answer.
        for kept in BEYOND:
            with suppress(_Rare):
                if (other := with_properties(solution, kept)) != plain:
                    return _proposed(other)
        raise UsageError(str(rare)) from rare


def _proposed(solution: Solution) -> Proposal:
    left = run_on_own_inputs(solution)
    asked = asked_names(solution, left)
    if not asked:
        _refuse_without_result(solution)
    if solution.submission == "script":
        solution = solution.replaced(besides=lost_steps(solution, asked, left))
        asked = asked_names(solution, left)
    study = Study(solution, asked)
    kept = {*_tuple_axes(solution), *_axes_written_out(solution)}
    plan = guess_plan(study.lesson, study.compute, list(_counts_in_calls(solution)), kept, study.compute_briefly)
    texts = [value for value in solution.givens.values() if isinstance(value, str)]
    words = [*texts, *_texts_compared(solution)]
    ranges = choose_ranges(study.lesson, plan.givens, plan.lengths, study, solution.givens, words)
    ordered = ordered_pairs(solution.tree, study.lesson, ranges, study.lines_on)
    ranges = in_order(ranges, ordered, study.lesson)
    plan = narrowed(_tall(_long_enough(plan, ranges), solution.submission), ranges, study)
    # The lesson's run first: its names are those that are asked for.
    runs = [left, *study.draws(plan, ranges)]
    _refuse_rare(solution, len(runs) - 1, study.why)
    _refuse_unreached(solution, study.reached)
    outcomes = outcomes_of(solution, runs, [*solution.givens, *free_names(solution)])
    plan = plan.replaced(results=settled_lengths(plan.results, outcomes, runs))
    # With a single choice nothing varies, and the value stays as the author wrote it.
    varied = {name: each for name, each in ranges.items() if each.is_varied}
    return Proposal(
        solution=solution,
        plan=plan,
        ranges=varied,
        outcomes=outcomes,
        use=use_of(solution, outcomes, varied),
        lesson={outcome.name: _lesson_value(outcome, left) for outcome in outcomes},
        numeric=frozenset(name for name, value in left.items() if is_numeric(value)),
        cases=study.cases,
        ordered=ordered,
        alike=dict(_hardly_varied(outcomes, runs[1:])),
        tolerances=_tolerances(outcomes, study.pairs(plan, ranges)),
        signed=signed_results(solution, outcomes, left),
    )


def _long_enough(plan: ShapePlan, ranges: Mapping[str, Range]) -> ShapePlan:
    """Return the plan with dimensions that have a number below their length for each given that needs one."""
    dimensions = dict(plan.dimensions)
    for each in ranges.values():
        if each.below:
            low, high = dimensions[each.below]
            dimensions[each.below] = (max(low, each.low + 1), max(high, each.low + 1))
    return plan.replaced(dimensions=dimensions)


def _tall(plan: ShapePlan, submission: str) -> ShapePlan:
    """Return the plan with tables of records that never have more columns than rows: ways to take one apart differ."""
    dimensions = dict(plan.dimensions)
    for shape in plan.givens.values():
        match shape:
            case [str(rows), str(columns)] if plan.lengths[rows] >= _TALL * plan.lengths[columns]:
                (fewest, most), (low, high) = dimensions[rows], dimensions[columns]
                # A script for the lesson's own number of columns is no solution, except of two: `x` and `y`.
                is_pair = submission == "script" and plan.lengths[columns] == _PAIR
                high = _PAIR if is_pair else max(low, min(high, most))
                dimensions[columns] = low, high
                dimensions[rows] = max(fewest, high), max(most, high)
    return plan.replaced(dimensions=dimensions)


def _tolerances(
    outcomes: Sequence[Outcome], pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]
) -> dict[str, float]:
    """Return the tolerance of each result in which rounding grows so much that equal forms would differ."""
    largest: dict[str, float] = {}
    numeric = [outcome for outcome in outcomes if not outcome.exactly]
    for left, moved in pairs:
        for outcome in numeric:
            off = _relative_distance(_lesson_value(outcome, left), _lesson_value(outcome, moved))
            # what jumps has come to the other side of a comparison: that is no rounding
            largest[outcome.name] = max(largest.get(outcome.name, 0.0), off if off < _JUMP else 0.0)
    grown = {name: _MARGIN * off for name, off in largest.items() if _MARGIN * off > RELATIVE}
    return {name: 10.0 ** math.ceil(math.log10(off)) for name, off in grown.items()}


def _relative_distance(value: Any, other: Any) -> float:
    """Return how far apart two results are, relative to the largest element; 0 where their shapes differ."""
    first, second = np.asarray(value, float), np.asarray(other, float)
    if first.shape != second.shape or not first.size:
        return 0.0
    # Of results that are all zero, the distance itself counts.
    return float(np.abs(first - second).max() / (np.abs(first).max() or 1.0))


def _hardly_varied(outcomes: Sequence[Outcome], drawn: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the results that nearly always come out the same on random inputs, each with what it is there."""
    for outcome in outcomes:
        told = Counter(repr(_lesson_value(outcome, run)) for run in drawn)
        value, times = told.most_common(1)[0]
        if times >= _NEARLY_ALL * len(drawn):
            yield outcome.name, value


def _lesson_value(outcome: Outcome, left: Mapping[str, Any]) -> Any:
    return evaluate(outcome.expression or outcome.name, left)


def _refuse_without_result(solution: Solution) -> NoReturn:
    last = max(getattr(node, "end_lineno", 0) for node in solution.tree.body)
    raise UsageError(
        f"{solution.where}: line {last}: no result: what students find must be numbers, texts or booleans, "
        "and in a variable: `result = …`"
    )


def _refuse_rare(solution: Solution, answered: int, why: str) -> None:
    if answered < _NEEDED:
        raise _Rare(
            f"{solution.where}: the solution has an answer on {answered} of {DRAWS} random inputs only"
            f"{f' (mostly: {why})' if why else ''}; write inputs from which others can be made, or check them less"
        )


def _refuse_unreached(solution: Solution, reached: Collection[int]) -> None:
    """Refuse what nobody could be graded on: a TODO that neither the lesson's inputs nor others come to."""
    for mark in solution.marks:
        first, last = mark.statements[0], mark.statements[-1]
        if not any(line in reached for line in range(first.lineno, (last.end_lineno or last.lineno) + 1)):
            raise UsageError(
                f"{solution.where}: line {mark.line}: TODO: the example never comes to what stands below it; "
                f"show a call{f' of {mark.scope}' if mark.scope else ''} that does"
            )


def _counts_in_calls(solution: Solution) -> Iterator[int]:
    """Yield the whole numbers that the example hands to what students write."""
    yield from (item.value for item in solution.inputs.values() if item.in_call and type(item.value) is int)
    for node in solution.uses:
        # By its very type, since True is an `int`, too.
        yield from (value for value in map(_constant_value, _arguments_in(node)) if type(value) is int)


def _arguments_in(node: ast.stmt) -> Iterator[ast.expr]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            yield from call.args
            yield from (keyword.value for keyword in call.keywords)


def _constant_value(node: ast.expr) -> Any:
    return node.value if isinstance(node, ast.Constant) else None


def _texts_compared(solution: Solution) -> list[str]:
    """Return the texts that the solution compares something with: those that a mode may have."""
    compared = [part for part in ast.walk(solution.tree) if isinstance(part, ast.Compare)]
    parts = [side for node in compared for side in [node.left, *node.comparators]]
    return [side.value for side in parts if isinstance(side, ast.Constant) and isinstance(side.value, str)]


def _axes_written_out(solution: Solution) -> Iterator[tuple[str, int]]:
    """Yield the axes whose elements a solution names one by one: `x, y` of a point are `r[0]` and `r[1]`."""
    handed = list(_handed_over(solution))
    indices = _indices_written(solution.tree)
    for given, value in solution.givens.items():
        length = len(value) if np.ndim(value) else 0
        names = [given, *(parameter for parameter, name in handed if name == given)]
        if length > 1 and any(indices.get(name, set()) >= set(range(length)) for name in names):
            yield given, 0


def _indices_written(tree: ast.Module) -> dict[str, set[Any]]:
    """Return by name, or attribute, the constants with which its elements are read; `for k in range(2)` are two."""
    counts = dict(_counted_names(tree))
    found: dict[str, set[Any]] = {}
    for part in ast.walk(tree):
        match part:
            case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=ast.Constant(value=index)):
                found.setdefault(name, set()).add(index)
            case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=ast.Name(id=index)):
                found.setdefault(name, set()).update(range(counts.get(index, 0)))
    return found


def _counted_names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the names that count up to a number which stands in the loop, with that number."""
    for part in ast.walk(tree):
        match part:
            case (
                ast.For(target=ast.Name(id=name), iter=counted)
                | ast.comprehension(target=ast.Name(id=name), iter=counted)
            ):
                match counted:
                    case ast.Call(func=ast.Name(id="range"), args=[ast.Constant(value=int(value))]):
                        yield name, value


def _handed_over(solution: Solution) -> Iterator[tuple[str, str]]:
    """Yield parameters of functions and classes, each with the name that the example hands over for it."""
    parameters = dict(_parameters(solution.tree))
    for call in (part for node in solution.uses for part in ast.walk(node) if isinstance(part, ast.Call)):
        own = parameters.get(ast.unparse(call.func).rpartition(".")[2], [])
        handed = [*zip(own, call.args, strict=False), *((each.arg or "", each.value) for each in call.keywords)]
        yield from ((name, ast.unparse(value)) for name, value in handed)


def _parameters(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """Yield the functions, and the classes by what makes an object, with the names of what they are called with."""
    for part in ast.walk(tree):
        match part:
            case ast.FunctionDef(name=name):
                yield name, [each.arg for each in part.args.args if each.arg != "self"]
            case ast.ClassDef(name=name):
                inner = dict(_parameters(ast.Module(part.body, [])))
                yield name, inner.get("__init__", [])


def _tuple_axes(solution: Solution) -> Iterator[tuple[str, int]]:
    """Yield the axes that are tuples in the lesson: a point has as many coordinates as there."""
    for name, value in solution.givens.items():
        part, axis = value, 0
        while isinstance(part, list | tuple) and part:
            if isinstance(part, tuple):
                yield name, axis
            part, axis = part[0], axis + 1
