"""Counts of an example that only say how long its other inputs are, written out."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from graders.authoring.example import Written
from graders.authoring.expressions import names_read
from graders.authoring.literals import pairs
from graders.exercise.calculation import changed_names


def with_sizes_written_out(example: Sequence[ast.stmt], written: Written, generators: set[str]) -> list[ast.stmt]:
    """Return an example with the numbers of counts that other inputs are made by: `b = np.zeros(n)` with `n = 3`.

    As inputs of their own, `n` and the length of what else is as long would not fit each other.
    """
    counts = dict(counts_set_by(*example))
    others = {name for node in example for name in changed_names(node)} - generators - counts.keys()
    for node in example:
        for name in _used_otherwise(node, others.union(written.definitions)):
            counts.pop(name, None)
    written_out = _WrittenOut(counts)
    return [written_out.visit(node) for node in example]


def counts_set_by(*nodes: ast.stmt) -> Iterator[tuple[str, int]]:
    """Yield the names that are set to a whole number."""
    for node in nodes:
        for name, value in pairs(node):
            if isinstance(value, ast.Constant) and type(value.value) is int:
                yield name, value.value


def _used_otherwise(node: ast.stmt, others: set[str]) -> set[str]:
    """Return the names that a statement changes, or reads for more than to make an input of."""
    assigned = dict(pairs(node))
    changed = changed_names(node) - dict(counts_set_by(node)).keys()
    # With a name that is computed, or in a function, a count is no mere length.
    is_function = any(isinstance(part, ast.Lambda) for part in ast.walk(node))
    makes_input = bool(assigned) and not is_function and others.isdisjoint(names_read(node))
    return changed if makes_input else changed | names_read(node)


class _WrittenOut(ast.NodeTransformer):
    """Puts numbers in the places of names."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if isinstance(node.ctx, ast.Store) or node.id not in self._numbers:
            return node
        return ast.copy_location(ast.Constant(self._numbers[node.id]), node)
