"""What an example reads from a text file, written into it: then it is an input like any literal."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from graders.authoring.data import DataText
from graders.authoring.example import Written
from graders.authoring.expressions import names_read, placed_at
from graders.authoring.forms import is_data, is_numeric
from graders.authoring.solution import Solution
from graders.exercise.calculation import changed_names, names_in
from graders.exercise.marks import reads_a_file
from graders.inside.parsing import parse_module


def with_contents(
    solution: Solution, head: Sequence[ast.stmt], below: list[ast.stmt], written: Written
) -> tuple[list[ast.stmt], Mapping[str, DataText]]:
    """Return the example with what it reads from texts as literals, and the files that are left for students to read.

    A table of numbers stays a file, whose columns are givens.
    """
    texts = {name for name, data in solution.files.items() if data.is_whole}
    if not texts:
        return below, solution.files
    left = solution.left_by(ast.Module([*head, *below], []))
    found = [made for node in below for made in _read_out(node, below, left, written)]
    named = _constants_in([*head, *found])
    return found, {name: data for name, data in solution.files.items() if name not in texts or name in named}


def _read_out(
    node: ast.stmt, below: Sequence[ast.stmt], left: Mapping[str, Any], written: Written
) -> Sequence[ast.stmt]:
    """Return what a statement that only reads leaves, as literals; any other as it is."""
    read = list(_literals(node, left)) if _only_reads(node, written) else []
    # What nothing else mentions, such as the open file, is gone with the statement.
    lost = changed_names(node) - {name for each in read for name in changed_names(each)}
    used = {name for other in below if other is not node for name in names_read(other)}
    return read if read and lost.isdisjoint(used) else [node]


def _only_reads(node: ast.stmt, written: Written) -> bool:
    return isinstance(node, ast.With | ast.Assign) and reads_a_file(node) and names_in(node).isdisjoint(written.theirs)


def _literals(node: ast.stmt, left: Mapping[str, Any]) -> Iterator[ast.stmt]:
    """Yield assignments of what a statement leaves under its names, as far as that is data."""
    for name in sorted(changed_names(node)):
        value = left.get(name)
        if value is not None and is_data(value):
            array = isinstance(value, np.ndarray) and is_numeric(value)
            text = f"np.array({value.tolist()!r})" if array else repr(value)
            yield from (placed_at(made, node) for made in parse_module(f"{name} = {text}").body)


def _constants_in(nodes: Sequence[ast.stmt]) -> set[Any]:
    return {part.value for node in nodes for part in ast.walk(node) if isinstance(part, ast.Constant)}
