"""Mutants of a reference: one formula with one small change. A bank that does not tell one from the reference is weak.

The classic form of mutation testing (DeMillo, Lipton and Sayward 1978), on the steps' right-hand sides only.
"""

import ast
import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.exercise.calculation import Calculation, assignment
from graders.exercise.draws import why_unanswerable
from graders.exercise.loading import Array, Case, Exercise
from graders.exercise.reference import Reference
from graders.judging.comparison import RIGHT, compare

_OTHER_OPERATORS: Mapping[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Add, ast.Sub, ast.Div),
    ast.Div: (ast.Mult,),
}
_PROBES = 60
_LONGEST = 5
"""Of a probe's dimensions, each of which gets a length of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """The reference with one formula changed; `change` says how."""

    step: str
    formula: str
    change: str
    calculation: Calculation

    def differs(self, reference: Reference, results: Sequence[str], cases: Sequence[Case]) -> bool:
        """Say if a result is wrong, or missing, on one of the cases."""
        return any(self._differs_on(case, reference.values(case), results) for case in cases)

    def _differs_on(self, case: Case, right: Mapping[str, Array], results: Sequence[str]) -> bool:
        try:
            wrong = self.calculation.values(case)
        except Exception:  # noqa: BLE001 - it stops, however: so no result comes out
            return True
        return any(compare(right[result], wrong[result]) != RIGHT for result in results)


def all_mutants(exercise: Exercise, reference: Reference) -> list[Mutant]:
    """Return every mutant of the steps' formulas."""
    tree = ast.parse(exercise.reference_source)
    steps = [step.name for step in exercise.steps]
    known = {**exercise.fixed, **reference.values(exercise.fixed)}
    ranks = {name: value.ndim for name, value in known.items()}
    found: list[Mutant] = []
    for position, node in enumerate(tree.body):
        match assignment(node):
            case (name, statement) if name in steps:
                names = list(ranks)[: list(ranks).index(name)]
                for change, formula in _changes(statement.value, names, ranks):
                    body = _with_formula(tree.body, position, formula)
                    changed = Calculation(body, "mutant", givens=exercise.givens)
                    found.append(Mutant(step=name, formula=ast.unparse(formula), change=change, calculation=changed))
    return list({(mutant.step, mutant.formula): mutant for mutant in found}.values())


def survivors(exercise: Exercise, reference: Reference, cases: Sequence[Case]) -> list[Mutant]:
    """Return the mutants that are right on all these cases, though wrong on others.

    What is right on any case (`np.dot(w, x)` for `np.dot(x, w)`) is no mistake.
    """
    results = [step.name for step in exercise.results]
    mutants = all_mutants(exercise, reference)
    hidden = [mutant for mutant in mutants if not mutant.differs(reference, results, cases)]
    probes = list(_probes(exercise, reference)) if hidden else []
    return [mutant for mutant in hidden if mutant.differs(reference, results, probes)]


def _probes(exercise: Exercise, reference: Reference) -> Iterator[Case]:
    """Yield cases of any values and sizes that the reference can compute on, informative or not."""
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
    changed = copy.copy(body[position])
    assert isinstance(changed, ast.Assign)
    changed.value = formula
    return [*body[:position], ast.fix_missing_locations(changed), *body[position + 1 :]]


def _changes(whole: ast.expr, names: Sequence[str], ranks: Mapping[str, int]) -> Iterator[tuple[str, ast.expr]]:
    """Yield each changed formula with what was changed."""
    yield "sign turned", ast.UnaryOp(ast.USub(), whole)
    for index, node in enumerate(ast.walk(whole)):
        if isinstance(node, ast.expr):
            for change, instead in _instead(node, names, ranks):
                yield f"{change}: {ast.unparse(node)} → {ast.unparse(instead)}", _replaced(whole, index, instead)


def _instead(node: ast.expr, names: Sequence[str], ranks: Mapping[str, int]) -> Iterator[tuple[str, ast.expr]]:
    """Yield what may stand in the place of a part of a formula."""
    yield from _other_operations(node)
    match node:
        case ast.Name(id=name) if name in names:
            yield from (("name swapped", ast.Name(other, ast.Load())) for other in names if other != name)
            if ranks[name] > 1:
                yield "transposed", ast.Attribute(node, "T", ast.Load())
        case ast.Attribute(value=value, attr="T"):
            yield "transposition dropped", value
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            yield "number changed", ast.Constant(number + 1)
        case ast.Subscript(value=value, slice=index):
            yield "index dropped", value
            if isinstance(index, ast.Tuple):
                turned = ast.Tuple(index.elts[::-1], ast.Load())
                yield "transposed", ast.Subscript(value, turned, ast.Load())


def _other_operations(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            for other in _OTHER_OPERATORS.get(type(op), ()):
                yield "operator swapped", ast.BinOp(left, other(), right)
            if not isinstance(op, ast.Add | ast.Mult):
                yield "operands swapped", ast.BinOp(right, op, left)
            yield "operand dropped", left
            yield "operand dropped", right
        case ast.Call(func=ast.Attribute(attr="dot" | "matmul" | "outer"), args=[left, right]):
            yield "operands swapped", ast.Call(node.func, [right, left], [])
        case ast.Call(func=ast.Name(), args=[only], keywords=[]):
            yield "function dropped", only


def _replaced(whole: ast.expr, index: int, instead: ast.expr) -> ast.expr:
    """Return a copy with the index-th node of a walk replaced."""
    twin = copy.deepcopy(whole)
    target = list(ast.walk(twin))[index]

    class Replacer(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return copy.deepcopy(instead) if node is target else super().visit(node)

    replaced = Replacer().visit(twin)
    assert isinstance(replaced, ast.expr)
    return replaced
