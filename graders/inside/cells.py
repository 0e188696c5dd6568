"""Which cells of a notebook make up the exercise.

A script is one cell and is taken whole. In a notebook the cell that carries the course's marker is the student's; a
solution's cell never is. Without markers the cells are found by what they assign: the first ones that assign the
results, and backwards from them whatever they need (a notebook may hold other exercises that reuse the same names, and
the course's solution pasted below).
"""

import ast
import re
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

_DROPPED_CELL = re.compile(r"\s*%%(?!time|timeit|capture|prun)\w")
_DROPPED_LINE = re.compile(r"(\s*)(?:[%!?]|[\w.]+\?{1,2}\s*$)")


class Cell(NamedTuple):
    """A piece of a submission: `number` is None for a script, else counts the notebook's code cells from 1."""

    number: int | None
    source: str


class ParsedCell(NamedTuple):
    """A cell with its syntax tree, or the error that kept it from being parsed."""

    cell: Cell
    tree: ast.Module | None
    error: SyntaxError | None = None
    bound: frozenset[str] = frozenset()
    loaded: frozenset[str] = frozenset()


class Exercise(NamedTuple):
    """What tells the exercise's cells from others; `givens`: every accepted name with the given it stands for."""

    marker: str
    solution_marker: str
    givens: Mapping[str, str]
    results: Set[str]


def select(cells: Sequence[Cell], exercise: Exercise) -> list[ParsedCell]:
    """Return the cells to run, in order. Raises SyntaxError if one of them cannot be parsed."""
    if len(cells) == 1 and cells[0].number is None:
        return [_required(_parse(cells[0]))]
    parsed = [_parse(cell) for cell in cells if not _is_marked(cell, exercise.solution_marker)]
    marked = [index for index, item in enumerate(parsed) if _is_marked(item.cell, exercise.marker)]
    core = _from_marker(parsed, marked[-1], exercise) if marked else _first_copy(parsed, exercise)
    if not core:
        core = [index for index, item in enumerate(parsed) if item.error and _mentions(item, exercise.results)][:1]
    return [_required(parsed[index]) for index in sorted(_with_needed(parsed, core))]


def _from_marker(parsed: Sequence[ParsedCell], first: int, exercise: Exercise) -> list[int]:
    """Return the last marked cell (earlier ones were attempts), and what goes on with it (a new copy does not)."""
    core = [first]
    for index in range(first + 1, len(parsed)):
        if parsed[index].bound & exercise.results:
            if _starts_copy(parsed[index], exercise):
                break
            core.append(index)
    return core


def _first_copy(parsed: Sequence[ParsedCell], exercise: Exercise) -> list[int]:
    """Return the cells that assign results, up to where the givens are set up again for a further copy."""
    core: list[int] = []
    for index, item in enumerate(parsed):
        if core and _starts_copy(item, exercise):
            break
        if item.bound & exercise.results:
            core.append(index)
    return core


def _starts_copy(item: ParsedCell, exercise: Exercise) -> bool:
    set_up = {given for name, given in exercise.givens.items() if name in item.bound}
    return 2 * len(set_up) > len(set(exercise.givens.values()))


def _with_needed(parsed: Sequence[ParsedCell], core: Sequence[int]) -> set[int]:
    """Add, for every name a cell loads, the nearest earlier cell that binds it."""
    chosen, waiting = set(core), list(core)
    while waiting:
        index = waiting.pop()
        for name in parsed[index].loaded:
            source = next((j for j in range(index - 1, -1, -1) if name in parsed[j].bound), None)
            if source is not None and source not in chosen:
                chosen.add(source)
                waiting.append(source)
    return chosen


def _parse(cell: Cell) -> ParsedCell:
    try:
        tree = _tree(cell)
    except SyntaxError as error:
        return ParsedCell(cell=cell, tree=None, error=error)
    if cell.number is None:
        return ParsedCell(cell=cell, tree=tree)
    bound: set[str] = set()
    loaded: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (loaded if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).partition(".")[0])
    return ParsedCell(cell=cell, tree=tree, bound=frozenset(bound), loaded=frozenset(loaded))


def _tree(cell: Cell) -> ast.Module:
    """Parse a cell; a notebook's cell once more without its magic lines, since only IPython can read those."""
    try:
        return ast.parse(cell.source, filename_of(cell))
    except SyntaxError:
        if cell.number is None:
            raise
        return ast.parse(_without_magics(cell.source), filename_of(cell))
    except (ValueError, MemoryError, RecursionError) as error:
        reason = "null bytes" if isinstance(error, ValueError) else "the code is nested too deeply"
        raise SyntaxError(reason) from error


def filename_of(cell: Cell) -> str:
    """Return the name under which a cell's lines appear in tracebacks."""
    return "<submission>" if cell.number is None else f"<cell {cell.number}>"


def _required(item: ParsedCell) -> ParsedCell:
    if item.error is not None:
        item.error.filename = filename_of(item.cell)
        raise item.error
    return item


def _without_magics(source: str) -> str:
    """Take IPython's magic and shell lines out, so that line numbers stay."""
    lines = source.splitlines()
    first = next((line for line in lines if line.strip()), "")
    if _DROPPED_CELL.match(first):
        return ""
    kept = [f"{match[1]}pass" if (match := _DROPPED_LINE.match(line)) else line for line in lines]
    return "\n".join(kept) + "\n"


def _is_marked(cell: Cell, marker: str) -> bool:
    first = next((line for line in cell.source.splitlines() if line.strip()), "")
    return "".join(first.split()).lower() == marker.lower()


def _mentions(item: ParsedCell, names: Set[str]) -> bool:
    return any(name in item.cell.source for name in names)
