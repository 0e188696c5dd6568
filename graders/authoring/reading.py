"""Read a finished solution and take it apart: its inputs, and what it calls with them, or which lines are steps."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from graders.authoring.calling import unseen, with_example
from graders.authoring.data import find_files, find_modules
from graders.authoring.example import flattened, written_in
from graders.authoring.forms import compose, has_whole_numbers, undivided
from graders.authoring.kinds import is_distribution
from graders.authoring.literals import inputs_of, is_grid, pairs, varying_after
from graders.authoring.making import Making
from graders.authoring.properties import is_one_hot
from graders.authoring.sizing import counts_set_by
from graders.authoring.solution import (
    Input,
    Solution,
    guessed_steps,
    run_on_own_inputs,
    step_names,
)
from graders.errors import ExerciseError, UsageError
from graders.exercise.calculation import Definition, behind, changed_names, names_in, parse_script
from graders.exercise.marks import Mark, is_hidden, marks_in, unmarked
from graders.inside.mending import mend
from graders.submission import decode_submission

_GROWING = {"append", "extend", "insert"}


def read_script(solution: Path) -> str:
    """Return a solution's text; of a notebook its code cells, each below `# %%`. Raises UsageError."""
    try:
        data = solution.read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{solution}: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error
    if solution.suffix != ".ipynb":
        return text
    notebook = decode_submission(solution.name, data)
    if notebook.unreadable is not None:
        raise UsageError(f"{solution}: {notebook.unreadable}")
    # Text cells are the author's handout: as comments, a word in them might pass for a TODO.
    cells = (_without_commands(source) for _, source in notebook.cells)
    return "\n\n".join(f"# %%\n{cell}" for cell in cells if cell) + "\n"


def _without_commands(source: str) -> str:
    """Return a cell without the lines that only a notebook understands."""
    mended, _ = mend(source)
    pairs = zip(source.split("\n"), mended.split("\n"), strict=False)
    return "\n".join(new for old, new in pairs if new == old or new != "pass").strip("\n")


def read_solution(source: str, where: str, folder: Path, *, by_value: bool = True) -> Solution:
    """Take a solution apart; `folder` holds its data. Raises UsageError with what the author has to change.

    `by_value`: inputs are also what is computed of nothing that varies, or drawn in a script.
    """
    try:
        tree = parse_script(source, where)
    except ExerciseError as error:
        raise UsageError(str(error)) from error
    marks = [each for mark in marks_in(source, tree) for each in _by_function(mark)]
    if lost := unmarked(source, marks):
        raise UsageError(
            f"{where}: line {lost[0]}: TODO: no statement below it; write it above the lines that students find"
        )
    # Without a TODO nothing says which functions are the students' own: then it is a script.
    definitions = bool(marks) and all(mark.scope for mark in marks)
    modules, values = find_modules(tree, folder, where)
    inputs = _module_inputs(values, where)
    solution = Solution(
        source=source,
        where=where,
        submission="definitions" if definitions else "script",
        inputs=inputs,
        marks=marks,
        uses=[],
        tree=tree,
        modules=modules,
        files=find_files(tree, folder),
        by_value=by_value,
    )
    if definitions:
        return with_example(solution)
    flat = ast.Module(flattened(tree.body, written_in(tree.body, marks)), [])
    return _with_script(solution.replaced(tree=flat), inputs)


def _by_function(mark: Mark) -> Iterator[Mark]:
    """Yield a TODO above a whole function or class as one for each function's body."""
    for node in mark.statements:
        match node:
            case ast.FunctionDef(name=name, body=body):
                scope = f"{mark.scope}.{name}".lstrip(".")
                asked = body[1:] if ast.get_docstring(node, clean=False) is not None else body
                yield Mark(mark.line, scope, 0, asked)
            case ast.ClassDef(name=name, body=body):
                methods = [part for part in body if isinstance(part, ast.FunctionDef)]
                yield from _by_function(Mark(mark.line, f"{mark.scope}.{name}".lstrip("."), 0, methods))
    if others := [node for node in mark.statements if not isinstance(node, Definition)]:
        yield mark._replace(statements=others)


def _module_inputs(values: Mapping[str, Any], where: str) -> dict[str, Input]:
    """Return what a data module offers as inputs."""
    inputs: dict[str, Input] = {}
    for name, value in values.items():
        composed = compose(name, value)
        if composed is None:
            raise UsageError(f"{where}: {name} of the data module is made of no numbers; write arrays or lists there")
        inputs[name] = Input(name, None, value, composed)
    return inputs


def _with_script(solution: Solution, inputs: dict[str, Input]) -> Solution:
    """Read the literals at the top level that the steps depend on."""
    computed = step_names(solution.marks)
    if computed and solution.by_value:
        solution = solution.replaced(inputs=inputs)
        made = Making([], solution.tree.body, computed, solution.left_by, exact=True).written_out()
        solution = solution.replaced(tree=ast.Module(made, []))
    body = solution.tree.body
    found = _literals_of_script(body, solution, computed)
    if not solution.marks:
        left = run_on_own_inputs(solution.replaced(inputs=inputs | found))
        computed = guessed_steps(body, {*inputs, *found}, left)
    needed = behind(computed, body)
    inputs |= _varied({name: item for name, item in found.items() if name in needed}, solution.tree)
    _refuse_random(solution)
    if not computed or not (inputs or solution.files):
        _refuse_empty(solution, len(inputs), len(computed))
    return solution.replaced(inputs=inputs, steps=computed)


def _varied(found: Mapping[str, Input], tree: ast.Module) -> Mapping[str, Input]:
    """Return the literals that may be others in a script, which has no lines of `use` that would make them fit."""
    whole = {name: each for name, item in found.items() if list((each := _undivided(item)).composed.parts) == [name]}
    return {name: item for name, item in whole.items() if not _stays(item, tree)} or whole


def _undivided(item: Input) -> Input:
    """Return records of whole numbers as one input, each number of which is drawn alike."""
    is_divided = len(item.composed.parts) > 1 and has_whole_numbers(item.value)
    return item._replace(composed=undivided(item.name, item.value)) if is_divided else item


def _stays(item: Input, tree: ast.Module) -> bool:
    """Tell whether many right ways need a property that other numbers would not have: a sum or single 1, one step."""
    is_shared = is_distribution(item.name, item.value) or is_one_hot(np.asarray(item.value))
    return is_shared or is_grid(item, tree)


def _refuse_empty(solution: Solution, givens: int, steps: int) -> NoReturn:
    hidden = [node for node in solution.tree.body if isinstance(node, ast.FunctionDef) and is_hidden(node)]
    if hidden:
        raise UsageError(f"{solution.where}: line {hidden[0].lineno}: {unseen(hidden[0].name)}")
    if solution.marks and not givens:
        run_on_own_inputs(solution)  # what asks or fails has a line of its own
        raise UsageError(
            f"{solution.where}: line {solution.marks[0].line}: TODO: what stands below depends on no input; "
            "write one above it as `name = numbers`"
        )
    raise UsageError(
        f"{solution.where}: found {givens} givens and {steps} steps; a given is `name = numbers`, and "
        "above what students find stands a comment `# TODO`"
    )


def _literals_of_script(body: Sequence[ast.stmt], solution: Solution, computed: Sequence[str]) -> dict[str, Input]:
    """Return the literals at the top level, each where its name is first assigned; `computed`: what TODOs ask for."""
    again = _changed_in_loops(body)
    grown = _grown(body)
    found: dict[str, Input] = {}
    for name, item in _set_at_top(body, solution, computed):
        # `total = 0` before a loop that adds to it is a part of the method: another number would be wrong.
        starts_a_sum = name in again and np.ndim(item.value) == 0 and item.value in (0, 1)
        if not starts_a_sum and name not in grown and not isinstance(item.value, str | dict):
            found.setdefault(name, item)
    lengths = set(_lengths_of(found, body))
    return {name: item for name, item in found.items() if name not in lengths}


def _lengths_of(found: Mapping[str, Input], body: Sequence[ast.stmt]) -> Iterator[str]:
    """Yield the counts that other inputs are made or drawn with: as inputs of their own, these would not fit them."""
    counts = {name for name, item in found.items() if type(item.value) is int}
    for node in body:
        for name, value in pairs(node):
            if name in found and name not in counts:
                yield from counts & names_in(value)


def _set_at_top(body: Sequence[ast.stmt], solution: Solution, computed: Sequence[str]) -> Iterator[tuple[str, Input]]:
    """Yield what the lines that are no TODO's set to numbers."""
    # Where nothing is marked, what is drawn or computed may be the task itself.
    varying = {*computed, *_counts_asked_for(body, solution)} if solution.by_value and solution.marks else None
    for node in _lines_of_its_own(body, solution.marks):
        found = dict(inputs_of(node, solution, varying=varying))
        yield from found.items()
        if varying is not None:
            varying = varying_after(node, found, varying, solution.tree)


def _counts_asked_for(body: Sequence[ast.stmt], solution: Solution) -> set[str]:
    """Return the counts that students compute with: as many numbers as one of them says are drawn anew on each case."""
    read = {name for mark in solution.marks for node in mark.statements for name in names_in(node)}
    return {name for node in body for name, _ in counts_set_by(node) if name in read}


def _lines_of_its_own(body: Sequence[ast.stmt], marks: Sequence[Mark]) -> list[ast.stmt]:
    """Return the statements whose numbers are inputs: no defaults of a function, nor what students write."""
    asked = {id(node) for mark in marks for node in mark.statements}
    return [node for node in body if not isinstance(node, Definition) and id(node) not in asked]


def _changed_in_loops(body: Sequence[ast.stmt]) -> set[str]:
    return {name for node in body if isinstance(node, ast.For | ast.While) for name in changed_names(node)}


def _grown(body: Sequence[ast.stmt]) -> set[str]:
    """Return the names of lists that the script appends to: what they begin with is where its own record starts."""
    calls = [part.func for node in body for part in ast.walk(node) if isinstance(part, ast.Call)]
    return {ast.unparse(call.value) for call in calls if isinstance(call, ast.Attribute) and call.attr in _GROWING}


def _refuse_random(solution: Solution) -> None:
    """Refuse what is drawn without a seed: everybody must be given the same numbers."""
    drawn = [part for part in ast.walk(solution.tree) if isinstance(part, ast.Attribute) and part.attr == "random"]
    seeded = re.search(r"\bseed\b|default_rng\(\s*\w|RandomState\(\s*\w", solution.source)
    if drawn and not seeded:
        assigned = [pair for node in solution.tree.body for pair in pairs(node)]
        name = next((name for name, value in assigned if drawn[0] in ast.walk(value)), "a value")
        raise UsageError(
            f"{solution.where}: line {drawn[0].lineno}: {name} is drawn at random; write its numbers as a literal, "
            "or a seed above it"
        )
