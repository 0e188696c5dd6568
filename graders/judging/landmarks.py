"""Right values that a student's program may come by on its way: givens, the reference's names, parts of its formulas.

A site that has one of them on every case is right, whatever it is called. Products are taken apart into all products of
some of their factors, since everyone multiplies in an order of their own.
"""

import ast
import itertools
from collections.abc import Iterator, Mapping, Sequence
from types import CodeType

from graders.exercise.asked import Case
from graders.exercise.calculation import names_of
from graders.exercise.reference import Reference
from graders.inside.arrays import Array
from graders.inside.parsing import parse_expression

# Of n factors there are 2 ** n products: without these bounds, one long formula would take all the time.
_MOST_FACTORS = 6
_MOST_PARTS = 120


class Landmarks:
    """Right values by name, in the order in which the reference computes them, and nameless ones."""

    def __init__(self, reference: Reference, givens: Sequence[str]) -> None:
        self.names = list(reference.formulas)
        self._givens = list(givens)
        self.own = len(self.names) + len(self._givens)
        """How many of them are a step's or a given's: those come first, before the parts of formulas."""
        self._reference = reference
        # Without repetitions, in their order: formulas share parts, and the bound must always cut the same ones.
        sources = dict.fromkeys(source for name in self.names for source in _terms(reference.formulas[name].source))
        self._parts: list[CodeType] = [
            reference.compile_formula(source, "part") for source in list(sources)[:_MOST_PARTS]
        ]
        self._known: dict[int, tuple[Case, list[Array | None]]] = {}

    def count_read(self, name: str) -> int:
        """Return how many steps and givens a formula works with."""
        return len(names_of(self._reference.formulas[name].source) & {*self.names, *self._givens})

    def on(self, case: Case, right: Mapping[str, Array]) -> list[Array | None]:
        """Return all right values on a case: those of `names`, the givens, and the parts."""
        if id(case) not in self._known:  # kept with its values, so that the number stays its own
            known = {**case, **right}
            named: list[Array | None] = [right[name] for name in self.names]
            parts = [self._reference.evaluate(code, known) for code in self._parts]
            self._known[id(case)] = case, [*named, *(case[name] for name in self._givens), *parts]
        return self._known[id(case)][1]


def _terms(source: str) -> Iterator[str]:
    """Yield the parts of a formula that are computed from something."""
    tree = parse_expression(source.strip())
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.Call | ast.Subscript | ast.UnaryOp | ast.Attribute) and node is not tree:
            yield ast.unparse(node)
        if isinstance(node, ast.BinOp):
            factors = list(_factors(node))
            for count in range(2, min(len(factors), _MOST_FACTORS)):
                for some in itertools.combinations(factors, count):
                    yield " * ".join(f"({ast.unparse(factor)})" for factor in some)


def _factors(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield from _factors(node.left)
        yield from _factors(node.right)
    else:
        yield node
