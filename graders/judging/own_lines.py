"""Which lines of a submission are the reference's, word for word, and which are the student's own."""

import ast
import difflib
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from graders.inside.parsing import parse_module
from graders.judging.slips import CellLine

_MOST_LINES = 1_000
"""Of a submission whose lines are aligned with the reference's; that takes as long as the product of both."""


class OwnLine(NamedTuple):
    """A line that is not the reference's."""

    at: CellLine
    source: str


def lines_alike(cells: Sequence[tuple[int | None, str]], reference: str) -> frozenset[CellLine]:
    """Return where lines of the reference stand in a submission, indented as they are there."""
    # An empty line stands in both scripts and says nothing.
    lines = set(filter(None, map(str.rstrip, reference.split("\n"))))
    return frozenset(
        (cell, number)
        for cell, source in cells
        for number, line in enumerate(source.split("\n"), start=1)
        if line.rstrip() in lines
    )


def only_own_line(cells: Sequence[tuple[int | None, str]], reference: str, *, definitions: bool) -> OwnLine | None:
    """Return the only line in which a submission differs from the reference; None of several, or where one lacks.

    `definitions`: what stands below the functions and classes is an example, which need not be handed in.
    """
    own = [OwnLine((cell, number), line) for cell, source in cells for number, line in _saying_something(source)]
    wanted = list(_saying_something(reference))
    if len(own) > _MOST_LINES:
        return None
    needed = _needed_lines(reference, definitions=definitions)
    matcher = difflib.SequenceMatcher(None, [line for _, line in wanted], [each.source for each in own], autojunk=False)
    found: list[OwnLine] = []
    for change, first, last, own_first, own_last in matcher.get_opcodes():
        if change == "delete" and any(number in needed for number, _ in wanted[first:last]):
            return None
        if change != "equal":
            found += own[own_first:own_last]
    return found[0] if len(found) == 1 else None


def _saying_something(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are more than a comment, with their numbers."""
    for number, line in enumerate(source.split("\n"), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.rstrip()


def _needed_lines(reference: str, *, definitions: bool) -> Collection[int]:
    """Return the lines of statements that a submission must have in some form."""
    tree = parse_module(reference)
    body = [node for node in tree.body if not definitions or isinstance(node, ast.FunctionDef | ast.ClassDef)]
    inner = [part for node in body for part in ast.walk(node) if isinstance(part, ast.stmt)]
    # Texts that stand alone are docstrings.
    said = [node for node in inner if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    return {number for node in said for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
