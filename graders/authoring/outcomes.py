"""What an exercise asks for: the results of a solution, made comparable.

A result is numbers, or it is compared exactly. A dictionary or a mixed tuple is taken apart by lines of `use`, as far
as its parts always are there; what no student can be asked for (an object, a cache that belongs to them) is left out.
"""

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from graders.authoring.expressions import names_read
from graders.authoring.forms import is_data
from graders.authoring.parts import Outcome, attributes_of, taken_apart
from graders.authoring.solution import Solution, all_changed, as_case, is_shown, ordered_names
from graders.exercise.calculation import changed_names, names_in, reached

_HANDED_ON = re.compile(r"cache|ctx|context|memo|saved|state|tape|store|aux|extra|^_", re.IGNORECASE)
"""Names of what a function hands on to another one of the same student's: its form is theirs."""


def outcomes_of(solution: Solution, runs: Sequence[Mapping[str, Any]], taken: Iterable[str]) -> list[Outcome]:
    """Return the results; `runs`: the names that the solution leaves on several values of the givens."""
    asked = asked_names(solution, runs[0])
    names = {*taken, *asked}
    found: list[Outcome] = []
    for name in asked:
        # In `use` an input has its name already, and what is left of it needs another one.
        is_input = solution.submission == "definitions" and name in solution.inputs
        word = _unused(f"{name}_after", names) if is_input else name
        found += taken_apart(word, name, [run[name] for run in runs if name in run], names)
    return found


def _unused(word: str, taken: set[str]) -> str:
    return _unused(f"{word}_", taken) if word in taken else word


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
    shown = printed_names(solution)
    changed = set(_inputs_changed(solution, left, answers, shown))
    names |= dict.fromkeys(sorted(changed))
    unasked = (_handed_on(names, answers) - shown) | (solution.inputs.keys() - changed)
    return [name for name in names if name not in unasked and _is_asked_for(left[name], is_shown=name in shown)]


def _is_asked_for(value: Any, *, is_shown: bool) -> bool:
    """Tell whether a value is compared; an object is, by its attributes, where it is shown itself."""
    return is_data(value) or isinstance(value, Enum) or (is_shown and bool(attributes_of(value)))


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


def _inputs_changed(
    solution: Solution, left: Mapping[str, Any], answers: Sequence[ast.stmt], shown: Collection[str]
) -> Iterator[str]:
    """Yield the inputs that calls of theirs have changed or set anew: `step(params, grads)`, `data = cleaned(data)`."""
    prepared = {name for node in solution.uses if node not in answers for name in changed_names(node)}
    given = {name for node in answers for name in _given_by(node)}
    for name in (set(shown) | given) & solution.inputs.keys() - prepared:
        composed = solution.inputs[name].composed
        before = composed.build({part: as_case(value) for part, value in composed.parts.items()})
        # As texts: of what holds arrays, `==` is not always true or false.
        if name in left and repr(left[name]) != repr(before):
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
    steps = solution.steps
    # Without TODOs every line is a step, and what is printed on the way would all be results.
    printed = printed_names(solution) if solution.marks else set()
    needed = _needed_by_steps(solution, steps)
    reset = _reset_elsewhere(solution)
    if drawn := _only_drawn(solution):
        # A curve beside what is printed: another right script draws another one, or none.
        steps = [name for name in steps if name not in drawn]
    asked = printed.union(solution.besides)
    found = [name for name in steps if (name in asked or name not in needed) and name not in reset]
    return [*found, *_records_of_loops(solution, found)]


def _records_of_loops(solution: Solution, found: Collection[str]) -> list[str]:
    """Return the names that are printed and that the author's own lines change in a loop, by what TODOs there give.

    Of `losses.append(loss)` other results need not show anything, and the template has this line.
    """
    asked = [node for mark in solution.marks if mark.loops for node in mark.statements]
    loops = [node for node in solution.tree.body if any(part in asked for part in ast.walk(node))]
    own = all_changed(loops).difference(solution.steps, found)
    given, reads = all_changed(asked), _all_reads(solution)
    return [name for name in _shown_in_text(solution) if name in own and given & reached(reads.get(name, ()), reads)]


def _needed_by_steps(solution: Solution, steps: Sequence[str]) -> set[str]:
    """Return the steps from which other steps are computed, directly or by helper lines."""
    reads = _all_reads(solution)
    return {name for step in steps for name in reached(reads.get(step, ()), reads) if name != step}


def _all_reads(solution: Solution) -> dict[str, set[str]]:
    """Return by name the names that some line changes it by."""
    reads: dict[str, set[str]] = {}
    for node in solution.tree.body:
        for part in ast.walk(node):
            for name, read in _reads(part):
                reads.setdefault(name, set()).update(read - {name})
    return reads


def _reads(node: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """Yield the names that a statement changes, each with the names that this depends on."""
    match node:
        case ast.Assign() | ast.AugAssign() | ast.AnnAssign() | ast.Expr():
            loaded = names_read(node)
            yield from ((name, loaded) for name in ordered_names(node))
        case ast.For(target=target, iter=over):
            yield from ((name, names_in(over)) for name in names_in(target))
        case ast.If(test=test, body=body) | ast.While(test=test, body=body):
            # Whether it is changed at all hangs on the test, though the test is no part of its formula.
            yield from ((name, names_in(test)) for part in body for name in ordered_names(part))


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
    """Return the names that are shown at the end, outside loops or by one that does nothing else."""
    return {name for node in solution.tree.body if _shows(node) for name in names_in(node)}


def _only_drawn(solution: Solution) -> set[str]:
    """Return the names that are shown in a figure alone, where others are printed."""
    drawn = {name for node in solution.tree.body if _shows(node) and _draws(node) for name in names_in(node)}
    printed = _shown_in_text(solution)
    return drawn.difference(printed) if set(solution.steps).intersection(printed) else set()


def _shown_in_text(solution: Solution) -> list[str]:
    """Return the names that are shown otherwise than in a figure, in their order."""
    lines = [node for node in solution.tree.body if _shows(node) and not _draws(node)]
    names = [part.id for node in lines for part in ast.walk(node) if isinstance(part, ast.Name)]
    return list(dict.fromkeys(names))


def _draws(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and ast.unparse(node.value).startswith(("plt.", "pyplot."))


def _shows(node: ast.stmt) -> bool:
    return is_shown(node) or (isinstance(node, ast.For) and all(map(_shows, node.body)))
