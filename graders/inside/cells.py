"""Which cells of a notebook make up the exercise: the one place where that is decided.

A script is one cell and is taken whole. A notebook often holds several copies of the exercise: the given cell and the
answer below, a wrong try and a right one, the lesson's worked example. Copies that nobody touched never count, nor does
the lesson's solution; of the others the last complete one does, one with the course's marker before one without. Within
a copy a later try takes the place of an earlier one, whose mistake may have stopped it. To it come the cells it needs:
for a name that it reads before binding it, the nearest earlier cell that binds it. A notebook that is graded while it
is open is the list of what was executed, and nothing else is decided there.
"""

import ast
import builtins
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from .effects import changed_in, effects_of
from .reading import ANY_NAME, Cell, ParsedCell, filename_of, parse
from .syntax import digest


class ExerciseSigns(NamedTuple):
    """What tells the exercise's cells from others; `givens` and `results`: every accepted name and what it stands for.

    `solution`: hashes of the right-hand sides that the lesson publishes, by step; a hash gives nothing away.
    """

    marker: str
    solution_marker: str
    givens: Mapping[str, str]
    results: Mapping[str, str]
    solution: Mapping[str, str] = {}


class Selection(NamedTuple):
    """The cells to run, in order, and the numbers of cells that look like a further answer."""

    cells: list[ParsedCell]
    left_out: list[int]


class _Copy(NamedTuple):
    """Cells of one copy of the exercise, and how many of its results they fill in."""

    cells: list[int]
    is_marked: bool
    filled: int
    is_solution: bool


def select(cells: Sequence[Cell], exercise: ExerciseSigns) -> Selection:
    """Return the cells to run. Raises SyntaxError if one of them cannot be parsed."""
    if len(cells) == 1 and cells[0].number is None:
        return Selection([_required(parse(cells[0]))], [])
    parsed = [parse(cell) for cell in cells if not is_marked(cell, exercise.solution_marker)]
    copies = [_copy(parsed, core, exercise) for core in _cores(parsed, exercise)]
    chosen = _last_complete(copies, len(set(exercise.results.values())))
    core = chosen.cells if chosen else _unparsed(parsed, exercise)
    run = [_required(parsed[index]) for index in sorted(_with_needed(parsed, core))]
    return Selection(run, _left_out(parsed, copies, core))


def _left_out(parsed: Sequence[ParsedCell], copies: Sequence["_Copy"], core: Sequence[int]) -> list[int]:
    """Return the numbers of the cells that look like an answer and are not run."""
    others = [index for copy in copies if _is_answer(parsed, copy) for index in copy.cells if index not in core]
    return [number for index in others if (number := parsed[index].cell.number) is not None]


def _cores(parsed: Sequence[ParsedCell], exercise: ExerciseSigns) -> Iterable[list[int]]:
    """Yield, for each copy, the cells that assign results, and the marked cell it begins with.

    A copy ends where the next one begins: at a marked cell, or where the givens are set up again.
    """
    core: list[int] = []
    for index, item in enumerate(parsed):
        marked = is_marked(item.cell, exercise.marker)
        if core and (marked or _begins_again(item, [parsed[before] for before in core], exercise)):
            yield core
            core = []
        if marked or _assigns_results(item, exercise):
            core.append(index)
    if core:
        yield core


def _begins_again(item: ParsedCell, before: Sequence[ParsedCell], exercise: ExerciseSigns) -> bool:
    """Tell whether a cell begins another try without a marker, by setting the givens up again."""
    # Below an answer that is one; above the first answer they are only split over cells.
    return _sets_up(item, exercise) and any(_assigns_results(each, exercise) for each in (item, *before))


def _assigns_results(item: ParsedCell, exercise: ExerciseSigns) -> bool:
    return not exercise.results.keys().isdisjoint(item.assigned)


def _sets_up(item: ParsedCell, exercise: ExerciseSigns) -> bool:
    set_up = {given for name, given in exercise.givens.items() if name in item.assigned}
    # More than half of them: a cell that only tries another rate sets up nothing anew.
    return 2 * len(set_up) > len(set(exercise.givens.values()))


def _copy(parsed: Sequence[ParsedCell], core: list[int], exercise: ExerciseSigns) -> _Copy:
    """Weigh a copy. A cell that only holds placeholders for what another of its cells fills in says nothing."""
    filled = {index: _filled(parsed[index], exercise) for index in core}
    telling = [index for index in core if filled[index]]
    return _Copy(
        cells=[index for index in telling if not _is_tried_again(index, telling, filled)] or core,
        is_marked=is_marked(parsed[core[0]].cell, exercise.marker),
        filled=len(set().union(*filled.values())),
        is_solution=_is_solution([parsed[index] for index in core], exercise),
    )


def _is_tried_again(index: int, telling: Sequence[int], filled: Mapping[int, set[str]]) -> bool:
    """Tell whether a later cell fills in all results that this one does."""
    return any(filled[index] <= filled[later] for later in telling if later > index)


def _is_answer(parsed: Sequence[ParsedCell], copy: _Copy) -> bool:
    return copy.filled > 0 or any(parsed[index].error for index in copy.cells)


def _filled(item: ParsedCell, exercise: ExerciseSigns) -> set[str]:
    return {result for word, result in exercise.results.items() if item.assigned.get(word, 0) > 0}


def _last_complete(copies: Sequence[_Copy], complete: int) -> _Copy | None:
    """Return the copy that counts, if there is one."""
    # A student who pasted the solution and nothing else has handed in that.
    own = [copy for copy in copies if not copy.is_solution] or list(copies)
    touched = [copy for copy in own if copy.filled] or own
    # The cells come last in the key: of equals the later copy counts.
    ranked = sorted(touched, key=lambda copy: (copy.filled == complete, copy.is_marked, copy.filled, copy.cells))
    return ranked[-1] if ranked else None


def _is_solution(cells: Sequence[ParsedCell], exercise: ExerciseSigns) -> bool:
    """Tell whether a copy's steps are exactly those that the lesson publishes."""
    if not exercise.solution:
        return False
    found: dict[str, str] = {}
    for node in (node for item in cells if item.tree for node in item.tree.body if isinstance(node, ast.Assign)):
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id in exercise.solution:
                found[target.id] = digest(node.value)
    # All of them and nothing else: one own step, and the copy is an answer.
    return found == exercise.solution


def _unparsed(parsed: Sequence[ParsedCell], exercise: ExerciseSigns) -> list[int]:
    """Return the first cell that mentions results but cannot be parsed."""
    named = (
        index
        for index, item in enumerate(parsed)
        if item.error and any(name in item.cell.source for name in exercise.results)
    )
    return [index for index in [next(named, None)] if index is not None]


def _with_needed(parsed: Sequence[ParsedCell], core: Sequence[int]) -> set[int]:
    """Add the cells that others need: for every name they read, who binds it last, and who changes it after that."""
    bound, changed = _bound_and_changed(parsed)
    chosen, waiting = set(core), list(core)
    while waiting:
        index = waiting.pop()
        for name in parsed[index].needs:
            found = _sources(name, bound[:index], changed[:index])
            waiting += [each for each in found if each not in chosen]
            chosen.update(found)
    return chosen


def _bound_and_changed(parsed: Sequence[ParsedCell]) -> tuple[list[Set[str]], list[Set[str]]]:
    """Return, by cell, the names that it binds, and those of what it changes."""
    effects = effects_of(item.tree for item in parsed if item.tree is not None)
    changed: list[Set[str]] = [
        changed_in(item.tree, effects) if item.tree is not None else frozenset() for item in parsed
    ]
    shared = frozenset().union(*(effect.names for effect in effects.values()))
    # A function that says `global x` binds it where it is called.
    bound: list[Set[str]] = [item.bound | (shared & names) for item, names in zip(parsed, changed, strict=True)]
    return bound, changed


def _sources(name: str, bound: Sequence[Set[str]], changed: Sequence[Set[str]]) -> list[int]:
    """Return which of the cells above make a name what it is."""
    last = next((index for index in reversed(range(len(bound))) if name in bound[index]), None)
    if last is not None:
        return [last, *(index for index in range(last + 1, len(bound)) if name in changed[index])]
    # Nobody needs a star import for `print`; of all other names it may be the source.
    if hasattr(builtins, name):
        return []
    return [index for index, names in enumerate(bound) if ANY_NAME in names]


def _required(item: ParsedCell) -> ParsedCell:
    if item.error is not None:
        item.error.filename = filename_of(item.cell)
        raise item.error
    return item


def is_marked(cell: Cell, marker: str) -> bool:
    """Tell whether the first line of a cell is a marker."""
    # Without spaces and case: markers are typed again by hand.
    first = next((line for line in cell.source.splitlines() if line.strip()), "")
    return "".join(first.split()).lower() == marker.lower()
