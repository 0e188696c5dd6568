"""What an exercise asks for: the results of a solution, made comparable.

A result is numbers, or it is compared exactly. A dictionary or a mixed tuple is taken apart by lines of `use`, as far
as its parts always are there; what no student can be asked for (an object, a cache that belongs to them) is left out.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from graders.authoring.forms import is_data, is_numeric
from graders.authoring.solution import Solution, guessed_steps, is_shown, ordered_names, step_names
from graders.exercise.calculation import changed_names, names_in

_HANDED_ON = re.compile(r"cache|ctx|context|memo|saved|state|tape|store|aux|extra|^_", re.IGNORECASE)
"""Names of what a function hands on to another one of the same student's: its form is theirs."""


_MOST_RESULTS = 8
"""Results that one value is taken apart into; nobody would read more."""


class Outcome(NamedTuple):
    """A result. `expression`: how `use` gets it from the author's names; empty if it is one of them."""

    name: str
    expression: str
    exactly: bool


def outcomes_of(solution: Solution, runs: Sequence[Mapping[str, Any]], taken: Iterable[str]) -> list[Outcome]:
    """Return the results; `runs`: the names that the solution leaves on several values of the givens."""
    asked = asked_names(solution, runs[0])
    names = {*taken, *asked}
    found: list[Outcome] = []
    for name in asked:
        found += _taken_apart(name, name, [run[name] for run in runs if name in run], names)
    return found


def asked_names(solution: Solution, left: Mapping[str, Any]) -> list[str]:
    """Return the names that students are asked for."""
    if solution.submission == "definitions":
        return _called_names(solution, left)
    return _script_names(solution)


def _called_names(solution: Solution, left: Mapping[str, Any]) -> list[str]:
    """Return the names that the example assigns from its first call on, if they hold data."""
    answers = list(answering_lines(solution.uses, solution.theirs))
    names = dict.fromkeys(name for node in answers for name in _given_by(node) if name in left)
    names |= dict.fromkeys(_inputs_looked_at(solution, answers))
    # What is printed is meant, whatever it is called.
    unasked = (_handed_on(names, answers) - printed_names(solution)) | solution.inputs.keys()
    return [name for name in names if name not in unasked and is_data(left[name])]


def _handed_on(names: Iterable[str], answers: Sequence[ast.stmt]) -> set[str]:
    """Return the names of what one function leaves for another, or of which the example only reads parts."""
    read_apart = {name for node in answers for name in _read_apart(node)}
    return {name for name in names if _HANDED_ON.search(name) or name in read_apart}


def answering_lines(lines: Iterable[ast.stmt], own: Iterable[str]) -> Iterator[ast.stmt]:
    """Yield the example's lines that need what students write (`own`); others prepare inputs, nobody's task."""
    theirs = set(own)
    for node in lines:
        if names_in(node) & theirs:
            yield node
            # A call that gives nothing changes what it is handed: `fill(table)`, then `total = table.sum()`.
            theirs |= names_in(node) if isinstance(node, ast.Expr) else set(_bound(node))


def _given_by(node: ast.stmt) -> list[str]:
    """Return the names that a statement assigns, and of a loop also those of lists that it fills."""
    filled = changed_names(node) if isinstance(node, ast.For | ast.While) else set()
    own = {name for part in ast.walk(node) if isinstance(part, ast.For) for name in names_in(part.target)}
    return list(dict.fromkeys([*_bound(node), *sorted(filled - own)]))


def _inputs_looked_at(solution: Solution, answers: Sequence[ast.stmt]) -> Iterator[str]:
    """Yield names that the example gives to inputs after its calls: it shows that these have left them as they were."""
    for node in solution.uses:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=looked_at)) if looked_at in solution.inputs:
                if answers and node.lineno > answers[0].lineno:
                    yield name


def _bound(node: ast.stmt) -> list[str]:
    """Return the names that a statement assigns, not those it changes, nor those that only count its loops."""
    stored = [part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
    loops = [part.target for part in ast.walk(node) if isinstance(part, ast.comprehension | ast.For)]
    own = {name for target in loops for name in names_in(target)}
    return [name for name in stored if name not in own]


def _read_apart(node: ast.stmt) -> Iterator[str]:
    """Yield the names of which a statement only hands on parts: `dw = grads["dw"]`."""
    match node:
        case ast.Assign(value=value):
            for part in [value, *getattr(value, "elts", [])]:
                if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Name):
                    yield part.value.id


def _script_names(solution: Solution) -> list[str]:
    """Return the names that TODOs ask for and that are shown at the end, or that no other step needs."""
    steps = step_names(solution.marks) or guessed_steps(solution.tree.body, solution.inputs)
    # Without TODOs every line is a step, and what is printed on the way would all be results.
    printed = printed_names(solution) if solution.marks else set()
    needed = _needed_by_steps(solution, steps)
    reset = _reset_elsewhere(solution)
    return [name for name in steps if (name in printed or name not in needed) and name not in reset]


def _needed_by_steps(solution: Solution, steps: Sequence[str]) -> set[str]:
    """Return the steps from which other steps are computed, directly or by helper lines."""
    reads: dict[str, set[str]] = {}
    for node in solution.tree.body:
        for part in ast.walk(node):
            for name, read in _reads(part):
                reads.setdefault(name, set()).update(read - {name})
    return {name for step in steps for name in _behind(step, reads) if name != step}


def _reads(node: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """Yield the names that a statement changes, each with the names that this depends on."""
    match node:
        case ast.Assign() | ast.AugAssign() | ast.AnnAssign() | ast.Expr():
            loaded = _loaded_names(node)
            yield from ((name, loaded) for name in ordered_names(node))
        case ast.For(target=target, iter=over):
            yield from ((name, names_in(over)) for name in names_in(target))
        case ast.If(test=test, body=body) | ast.While(test=test, body=body):
            # Whether it is changed at all hangs on the test, though the test is no part of its formula.
            yield from ((name, names_in(test)) for part in body for name in ordered_names(part))


def _loaded_names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}


def _behind(name: str, reads: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(reads.get(name, ()))
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += reads.get(current, ())
    return found


def _reset_elsewhere(solution: Solution) -> set[str]:
    """Return the names that a line which is nobody's task sets again within a loop."""
    asked = _ids_below_todos(solution)
    loops = [node for node in solution.tree.body if isinstance(node, ast.For | ast.While)]
    return {
        name
        for loop in loops
        for part in ast.walk(loop)
        if isinstance(part, ast.Assign) and id(part) not in asked
        for name in _bound(part)
    }


def _ids_below_todos(solution: Solution) -> set[int]:
    """Return the identities of all nodes that students write: equal lines may stand under a TODO and elsewhere."""
    return {id(part) for mark in solution.marks for node in mark.statements for part in ast.walk(node)}


def printed_names(solution: Solution) -> set[str]:
    """Return the names that are shown at the end, outside loops."""
    return {name for node in solution.tree.body if is_shown(node) for name in names_in(node)}


def _taken_apart(name: str, expression: str, values: Sequence[Any], taken: set[str]) -> Iterator[Outcome]:
    """Yield a value as results; one whose parts are always the same ones part by part."""
    # The order matters: numbers are tolerant of rounding, and whatever reaches the end is compared to the letter.
    keys = _common_keys(values)
    plain = "" if name == expression else expression
    if _are_numbers(values):
        yield Outcome(name, plain, exactly=False)
    elif parts := _parts_of_numbers(values):
        yield from _of_number_parts(name, expression, parts, taken)
    elif keys is not None and len(keys) <= _MOST_RESULTS:
        yield from _of_keys(name, expression, values, taken, keys)
    elif all(isinstance(value, dict) for value in values) and _has_reals(values):
        yield from _of_dictionary(name, expression, values, taken)
    elif width := _common_width(values):
        yield from _of_rows(name, expression, values, taken, width)
    else:
        yield Outcome(name, plain, exactly=True)


def _of_keys(
    name: str, expression: str, values: Sequence[Any], taken: set[str], keys: Sequence[Any]
) -> Iterator[Outcome]:
    """Yield what stands at the keys of dictionaries, or at the places of tuples, each as results of its own."""
    for key in keys:
        is_word = isinstance(key, int) or str(key).isidentifier()
        word = _free_name(f"{name}_{key}" if is_word else f"{name}_part", taken)
        yield from _taken_apart(word, f"{expression}[{key!r}]", [value[key] for value in values], taken)


def _are_numbers(values: Sequence[Any]) -> bool:
    """Tell whether values are numbers; on some inputs a list of them may be empty."""
    return all(is_numeric(value) or _is_empty(value) for value in values) and any(map(is_numeric, values))


def _of_number_parts(name: str, expression: str, parts: Mapping[str, str], taken: set[str]) -> Iterator[Outcome]:
    # A report has real numbers, no fractions and no complex ones.
    for word, part in parts.items():
        yield Outcome(_free_name(f"{name}_{word}", taken), part.format(expression), exactly=False)


def _parts_of_numbers(values: Sequence[Any]) -> dict[str, str]:
    """Return by a word what makes real numbers of fractions or complex numbers; nothing for other values."""
    if all(isinstance(value, Fraction | Decimal) for value in values):
        return {"value": "float({})"}
    if all(isinstance(value, complex | np.ndarray) and np.asarray(value).dtype.kind == "c" for value in values):
        return {"real": "np.real({})", "imag": "np.imag({})"}
    return {}


def _of_rows(name: str, expression: str, values: Sequence[Any], taken: set[str], width: int) -> Iterator[Outcome]:
    """Yield the columns of a list of mixed tuples: texts are compared exactly, the numbers beside them are not."""
    for place in range(width):
        word = _free_name(f"{name}_{place}", taken)
        column = [[row[place] for row in value] for value in values]
        yield from _taken_apart(word, f"[row[{place}] for row in {expression}]", column, taken)


def _of_dictionary(name: str, expression: str, values: Sequence[Any], taken: set[str]) -> Iterator[Outcome]:
    """Yield a dictionary whose keys vary as its keys, and what stands there, in one order."""
    # Sorted, since the order in which a dictionary was filled is nobody's mistake.
    keys, parts = _free_name(f"{name}_keys", taken), _free_name(f"{name}_values", taken)
    yield Outcome(keys, f"sorted({expression})", exactly=True)
    columns = [[value[key] for key in sorted(value)] for value in values]
    yield from _taken_apart(parts, f"[{expression}[key] for key in sorted({expression})]", columns, taken)


def _is_empty(value: Any) -> bool:
    return isinstance(value, list | tuple | np.ndarray) and len(value) == 0


def _has_reals(value: Any) -> bool:
    """Tell whether there are real numbers in a value: they may differ in their last digits, and are compared so."""
    if isinstance(value, dict):
        return any(map(_has_reals, value.values()))
    if isinstance(value, list | tuple | set):
        return any(map(_has_reals, value))
    return isinstance(value, float | np.floating) or (isinstance(value, np.ndarray) and value.dtype.kind == "f")


def _common_width(values: Sequence[Any]) -> int:
    """Return how long the rows of lists of mixed tuples are, or 0."""
    if not all(isinstance(value, list) for value in values):
        return 0
    rows = [row for value in values for row in value]
    # Without real numbers nothing is rounded, and the whole list may be compared exactly.
    if not all(isinstance(row, tuple) for row in rows) or not _has_reals(rows):
        return 0
    widths = {len(row) for row in rows}
    return widths.pop() if len(widths) == 1 else 0


def _common_keys(values: Sequence[Any]) -> list[Any] | None:
    """Return what all these values have: keys of dictionaries, places of tuples; None if that varies."""
    if all(isinstance(value, dict) for value in values):
        return _shared_words(values)
    if all(isinstance(value, tuple) for value in values) and len({len(value) for value in values}) == 1:
        return list(range(len(values[0])))
    return None


def _shared_words(dictionaries: Sequence[Mapping[Any, Any]]) -> list[Any] | None:
    """Return the keys if they are the same texts in all dictionaries, in the first one's order."""
    first = dictionaries[0]
    if any(each.keys() != first.keys() for each in dictionaries):
        return None
    return list(first) if all(isinstance(key, str) for key in first) else None


def _free_name(word: str, taken: set[str]) -> str:
    # No number at the end: `x_1` may be the name of a later part.
    while word in taken:
        word += "_"
    taken.add(word)
    return word
