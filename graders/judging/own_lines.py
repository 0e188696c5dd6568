"""Which lines of a submission are the reference's, word for word, and which of the author's go on from a step."""

import ast
import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from graders.exercise.calculation import names_of
from graders.exercise.reference import Reference
from graders.inside.parsing import parse_module
from graders.inside.sites import PARAMETER, Site
from graders.judging.following import GIVING
from graders.judging.slips import CellLine
from graders.judging.trails import Trail

_WORD = re.compile(r"\w+")

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


def functions_alike(sites: Sequence[Site], alike: Set[CellLine], trails: Sequence[Trail]) -> frozenset[str]:
    """Return the functions that are the reference's from their first line on, and call no others of the script.

    They are right for what they are given. `alike`: lines that are word for word the reference's.
    """
    own: dict[str, list[Site]] = {}
    for site in sites:
        own.setdefault(site.function, []).append(site)
    kept = {name for name, within in own.items() if name and _is_alike(within, alike, trails)}
    calling: Set[str] = kept
    while calling:
        others = {name.rpartition(".")[2] for name in own.keys() - kept}
        calling = {name for name in kept if any(others.intersection(_WORD.findall(each.source)) for each in own[name])}
        kept -= calling
    return frozenset(kept)


def _is_alike(sites: Sequence[Site], alike: Set[CellLine], trails: Sequence[Trail]) -> bool:
    """Tell whether the lines from a function's first to its last site are the reference's."""
    # What stands above the first value, such as the head of a loop, is seen where a parameter is.
    is_seen = any(site.kind == PARAMETER for site in sites)
    lines = range(min(site.line for site in sites), max(site.end_line for site in sites) + 1)
    return is_seen and _is_whole(sites, trails) and all((sites[0].cell, line) in alike for line in lines)


def _is_whole(sites: Sequence[Site], trails: Sequence[Trail]) -> bool:
    """Tell whether a function gives each name a value as often as in the reference: no line is left out."""
    wanted = Counter(each.name for each in trails if each.function == sites[0].function and each.name is not None)
    return wanted <= Counter(each.name for each in sites if each.kind in GIVING)


def only_own_line(cells: Sequence[tuple[int | None, str]], reference: str, *, definitions: bool) -> OwnLine | None:
    """Return the only line in which a submission differs from the reference; None of several, or where one lacks.

    `definitions`: what stands below the functions and classes is an example, which need not be handed in.
    """
    own = list(_own_lines(cells))
    wanted = list(_saying_something(reference))
    changes = _changes([line for _, line in wanted], [each.source for each in own[:_MOST_LINES]])
    found = [each for change in changes for each in own[change.own_first : change.own_last]]
    if len(found) != 1 or len(own) > _MOST_LINES:
        return None
    needed = _needed_statements(reference, definitions=definitions)
    numbers = [number for number, _ in wanted]
    return None if any(_may_lack(change, numbers, needed) for change in changes) else found[0]


def _own_lines(cells: Sequence[tuple[int | None, str]]) -> Iterator[OwnLine]:
    for cell, source in cells:
        yield from (OwnLine((cell, number), line) for number, line in _saying_something(source))


class _Change(NamedTuple):
    """Lines that stand in the place of some of the reference's, as `difflib` tells them."""

    kind: str
    first: int
    last: int
    own_first: int
    own_last: int

    @property
    def only_drops(self) -> bool:
        """Tell whether nothing stands there."""
        return self.own_first == self.own_last


def _may_lack(change: _Change, numbers: Sequence[int], needed: Mapping[int, int]) -> bool:
    """Tell whether a statement may be lacking where a change is; `numbers`: of the reference's lines."""
    lost = {needed[number] for number in numbers[change.first : change.last] if number in needed}
    # One statement may stand there in another form; of several, one may be lacking.
    return bool(lost) if change.only_drops else len(lost) > 1


def _changes(wanted: Sequence[str], own: Sequence[str]) -> list[_Change]:
    found = difflib.SequenceMatcher(None, wanted, own, autojunk=False).get_opcodes()
    return [_Change(*change) for change in found if change[0] != "equal"]


def _saying_something(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are more than a comment, with their numbers."""
    for number, line in enumerate(source.split("\n"), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.rstrip()


@cache
def _needed_statements(reference: str, *, definitions: bool) -> dict[int, int]:
    """Return for each line of the statements that a submission must have in some form where its own one begins."""
    found: dict[int, int] = {}
    for node in parse_module(reference).body:
        if not definitions or isinstance(node, ast.FunctionDef | ast.ClassDef):
            # From the outside in, so that what stands within a function or a loop counts for itself.
            for part in ast.walk(node):
                found.update((line, part.lineno) for line in _lines_of_statement(part) if isinstance(part, ast.stmt))
    return found


def _lines_of_statement(node: ast.AST) -> range:
    """Return the lines of a statement; none of a text that stands alone, a docstring, and of anything else."""
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if is_text or not isinstance(node, ast.stmt):
        return range(0)
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def authors_helpers(names: Sequence[str], reference: Reference) -> frozenset[str]:
    """Return the names of the author's own lines that use the value of a step (`names`) or of such a line."""
    steps = set(names)
    found: set[str] = set()
    # One pass is enough: formulas stand in the order in which they are computed.
    for name, formula in reference.formulas.items():
        if name not in steps and names_of(formula.source) & (steps | found):
            found.add(name)
    return frozenset(found)
