"""Take a finished solution apart: its inputs, and what it calls with them, or which of its lines are steps."""

import ast
import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import numpy as np

from graders.authoring.data import find_files, find_modules
from graders.authoring.forms import compose
from graders.authoring.solution import Definition, Input, Solution, guessed_steps, is_shown, step_names
from graders.authoring.trial import Tryout, attempt
from graders.errors import ExerciseError, UsageError
from graders.exercise.calculation import behind, changed_names, names_in, parse_script
from graders.exercise.marks import comments_in, marks_in, unmarked

_EXAMPLE = re.compile(
    r"^#[\s#=*-]*(example|beispiel|try it|usage|demo|example usage)\b|^#.*(示例|例子|用例|^#\s*例)", re.I
)
_MAKING = {"array", "asarray", "ones", "full", "linspace", "arange", "eye", "identity", "diag", "float64", "matrix"}
"""Functions of numpy that stand for a literal; in a script `zeros` is the start of something added up."""


def read_solution(source: str, where: str, folder: Path) -> Solution:
    """Take a solution apart; `folder` holds its data. Raises UsageError with what the author has to change."""
    try:
        tree = parse_script(source, where)
    except ExerciseError as error:
        raise UsageError(str(error)) from error
    marks = marks_in(source, tree)
    if lost := unmarked(source, marks):
        raise UsageError(
            f"{where}: line {lost[0]}: TODO: no statement below it; write it above the lines that students find"
        )
    # Without a TODO nothing says which functions are the students' own: then it is a script.
    definitions = bool(marks) and all(mark.scope for mark in marks)
    tree = ast.Module(_without_guard(tree.body), [])
    modules, values = find_modules(tree, folder, where)
    solution = Solution(
        source=source,
        where=where,
        submission="definitions" if definitions else "script",
        inputs={},
        marks=marks,
        uses=[],
        tree=tree,
        modules=modules,
        files=find_files(tree, folder),
    )
    inputs = {name: item for name, value in values.items() if (item := _module_input(name, value)) is not None}
    _refuse_opaque_data(values, inputs, where)
    if definitions:
        return _with_example(solution, inputs)
    return _with_script(solution, inputs)


def _module_input(name: str, value: Any) -> Input | None:
    composed = compose(name, value)
    return None if composed is None else Input(name, 0, None, value, composed)


def _refuse_opaque_data(values: Mapping[str, Any], inputs: Mapping[str, Input], where: str) -> None:
    for name in values:
        if name not in inputs:
            raise UsageError(f"{where}: {name} of the data module is made of no numbers; write arrays or lists there")


def _without_guard(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Return the statements with those of `if __name__ == "__main__":` in its place."""
    flat: list[ast.stmt] = []
    for node in body:
        # The name of a tried solution is `__main__`, but calls within an `if` would be no lines of `use`.
        guarded = isinstance(node, ast.If) and "__name__" in names_in(node.test)
        flat += node.body if guarded else [node]  # type: ignore[attr-defined]
    return flat


def _with_example(solution: Solution, inputs: dict[str, Input]) -> Solution:
    """Read what stands below `# Example`, or behind the last definition."""
    body = solution.tree.body
    start = _example_start(solution.source, body)
    example = [node for node in body if node.lineno > start and not isinstance(node, Definition)]
    own = {node.name for node in body if isinstance(node, Definition)}
    uses, inputs = _split_example(example, solution, inputs, own)
    if not any(names_in(node) & own for node in uses):
        raise UsageError(
            f"{solution.where}: no call of {', '.join(sorted(own))}; below `# Example` write inputs as literals, "
            "the calls, and their results in named variables"
        )
    inputs = _needed_by(uses, inputs, own)
    if not inputs and not solution.files:
        raise UsageError(
            f"{solution.where}: found no input: write what the calls are given as literals with names, such as "
            "`x = np.array([0.5, -1.0])`, below `# Example`"
        )
    return dataclasses.replace(solution, inputs=inputs, uses=uses)


def _split_example(
    example: Sequence[ast.stmt], solution: Solution, inputs: dict[str, Input], own: set[str]
) -> tuple[list[ast.stmt], dict[str, Input]]:
    """Return the statements that call something, and the inputs with those that the others set."""
    uses: list[ast.stmt] = []
    bound: set[str] = set()
    for node in example:
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Assert) or is_shown(node):
            continue  # imports are found where `use` needs them
        found = dict(_inputs_of(node, solution, {*inputs, *bound}, own))
        # What a name was set to first counts; a data file's value comes before all.
        inputs = {**inputs, **{name: item for name, item in found.items() if name not in inputs}}
        if not found:
            uses.append(node)
            bound |= changed_names(node)
    return uses, inputs


def _needed_by(uses: Sequence[ast.stmt], inputs: Mapping[str, Input], own: set[str]) -> dict[str, Input]:
    # What comes from a data file is read within functions, where the calls do not show it.
    read = {name for node in uses for name in names_in(node)}
    return {name: item for name, item in inputs.items() if name in read or item.slot is None}


def _example_start(source: str, body: Sequence[ast.stmt]) -> int:
    """Return the line behind which the example stands."""
    last = max((node.end_lineno or 0 for node in body if isinstance(node, Definition)), default=0)
    comments = comments_in(source)
    # Below the definitions only: within one, such a comment explains a line.
    marked = [line for line, (text, alone) in comments.items() if line > last and alone and _EXAMPLE.search(text)]
    return min(marked, default=last)


def _inputs_of(
    node: ast.stmt, solution: Solution, before: Collection[str], own: set[str]
) -> Iterator[tuple[str, Input]]:
    """Yield the inputs that a statement sets to a literal, or to what is drawn or made of nothing else."""
    for name, value in _pairs(node):
        mentioned = names_in(value)
        if mentioned & own or mentioned & set(before):
            continue
        literal = _value_of(value, solution, random=bool(own))
        composed = compose(name, literal) if literal is not None else None
        if composed is not None:
            yield name, Input(name, value.lineno, (value.lineno, value.col_offset), literal, composed)


def _pairs(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that an assignment binds, each to its expression."""
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value)
            | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
        ):
            yield name, value
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if len(names) == len(values):
            for target, value in zip(names, values, strict=True):
                if isinstance(target, ast.Name):
                    yield target.id, value


def _value_of(node: ast.expr, solution: Solution, *, random: bool) -> Any:
    """Return the value of a literal, or of a call of numpy's on literals; None for anything else."""
    with suppress(ValueError, TypeError, SyntaxError):
        return ast.literal_eval(node)
    before = _up_to(solution.tree, node)
    match _origin(node, solution):
        case "made":
            # The lines before may need data, which is not there yet; a literal needs numpy's name alone.
            return _left_for(node, _literal_alone(before, node, solution), solution)
        case "drawn" if random:
            # What is drawn from a seeded generator is what the whole script leaves under this name.
            value = _left_for(node, before, solution)
            is_real = isinstance(value, np.ndarray) and value.dtype.kind == "f"
            return np.round(value, 3) if is_real else value  # seventeen digits nobody would read
    return None


def _origin(node: ast.expr, solution: Solution) -> Literal["made", "drawn", ""]:
    """Tell whether calls in an expression make a literal (`np.ones(3)`) or draw one; empty if they do neither."""
    calls = [ast.unparse(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)]
    if not calls or not _names_set_here(solution.tree).isdisjoint(names_in(node)):
        return ""
    if all(call.rpartition(".")[2] in _MAKING | {"reshape", "astype", "copy"} for call in calls):
        return "made"
    return "" if any(".seed" in call for call in calls) else "drawn"


def _left_for(node: ast.expr, tree: ast.Module, solution: Solution) -> Any:
    """Return what these lines leave under the name that an expression is assigned to; None if they fail."""
    targets = [name for part in solution.tree.body for name, value in _pairs(part) if value is node]
    left = attempt(lambda: Tryout(tree, {}, solution.where).run({}))
    if isinstance(left, BaseException) or not targets:
        return None
    return left.get(targets[0])


def _literal_alone(before: ast.Module, node: ast.expr, solution: Solution) -> ast.Module:
    """Return the imports of libraries and the statement that a literal is assigned by."""
    libraries = [
        part
        for part in before.body
        if isinstance(part, ast.Import | ast.ImportFrom) and getattr(part, "module", "") not in solution.modules
    ]
    # Nodes equal nothing but themselves: the same literal elsewhere is not taken for this one.
    return ast.Module([*libraries, *(part for part in before.body if node in ast.walk(part))], [])


def _names_set_here(tree: ast.Module) -> set[str]:
    """Return the names that a file sets; not modules: `np.random.seed(1)` changes nothing a literal depends on."""
    imports = [part for part in tree.body if isinstance(part, ast.Import | ast.ImportFrom)]
    modules = {(alias.asname or alias.name).partition(".")[0] for part in imports for alias in part.names}
    return {name for part in tree.body for name in changed_names(part)} - modules


def _up_to(tree: ast.Module, node: ast.expr) -> ast.Module:
    return ast.Module([part for part in tree.body if (part.end_lineno or part.lineno) <= (node.end_lineno or 0)], [])


def _with_script(solution: Solution, inputs: dict[str, Input]) -> Solution:
    """Read the literals at the top level that the steps depend on."""
    body = solution.tree.body
    found = _literals_of_script(body, solution)
    computed = step_names(solution.marks) or guessed_steps(body, found)
    needed = behind(computed, body)
    inputs |= {name: item for name, item in found.items() if name in needed and list(item.composed.parts) == [name]}
    _refuse_random(solution, computed)
    if not computed or not (inputs or solution.files):
        raise UsageError(
            f"{solution.where}: found {len(inputs)} givens and {len(computed)} steps; a given is `name = numbers`, and "
            "above what students find stands a comment `# TODO`"
        )
    return dataclasses.replace(solution, inputs=inputs)


def _literals_of_script(body: Sequence[ast.stmt], solution: Solution) -> dict[str, Input]:
    """Return the literals at the top level, each where its name is first assigned."""
    again = _changed_in_loops(body)
    found: dict[str, Input] = {}
    for node in body:
        # a default in a function is no input of the script
        pairs = () if isinstance(node, Definition) else _inputs_of(node, solution, (), set())
        for name, item in pairs:
            # `total = 0` before a loop that adds to it is a part of the method: another number would be wrong.
            starts_a_sum = name in again and np.ndim(item.value) == 0 and item.value in (0, 1)
            if not starts_a_sum and not isinstance(item.value, str | dict):
                found.setdefault(name, item)
    return found


def _changed_in_loops(body: Sequence[ast.stmt]) -> set[str]:
    return {name for node in body if isinstance(node, ast.For | ast.While) for name in changed_names(node)}


def _refuse_random(solution: Solution, computed: Sequence[str]) -> None:
    """Refuse what is drawn without a seed: everybody must be given the same numbers."""
    drawn = [part for part in ast.walk(solution.tree) if isinstance(part, ast.Attribute) and part.attr == "random"]
    seeded = re.search(r"\bseed\b|default_rng\(\s*\w|RandomState\(\s*\w", solution.source)
    if drawn and not seeded:
        pairs = [(name, value) for node in solution.tree.body for name, value in _pairs(node)]
        name = next((name for name, value in pairs if drawn[0] in ast.walk(value)), "a value")
        raise UsageError(
            f"{solution.where}: line {drawn[0].lineno}: {name} is drawn at random; write its numbers as a literal, "
            "or a seed above it"
        )
