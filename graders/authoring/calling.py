"""Read what stands below a solution's definitions: the inputs there, and the lines that call what students write."""

import ast
import builtins
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from graders.authoring.contents import with_contents
from graders.authoring.example import Written, flattened, from_docstrings, gives, written_in
from graders.authoring.expressions import names_read
from graders.authoring.lifting import Lifting
from graders.authoring.literals import inputs_of, names_set_in, varying_after
from graders.authoring.making import Making
from graders.authoring.sizing import counts_set_by, with_sizes_written_out
from graders.authoring.solution import GENERATORS, Input, Solution, is_shown
from graders.authoring.trial import counted_lines
from graders.errors import UsageError
from graders.exercise.calculation import Definition, behind, changed_names, imported_names, names_in
from graders.exercise.marks import comments_in

_EXAMPLE = re.compile(
    r"^#[\s#=*-]*(example|beispiel|try it|usage|demo|example usage)\b|^#.*(示例|例子|用例|^#\s*例)", re.I
)


def with_example(solution: Solution) -> Solution:
    """Return a solution whose students write definitions with its inputs and calls. Raises UsageError."""
    written = written_in(solution.tree.body, solution.marks)
    _refuse_hidden(solution, written)
    head, below = _head_and_example(solution, written)
    below, files = with_contents(solution, head, below, written)
    solution = solution.replaced(files=files)
    if solution.by_value:
        below = Making(head, below, written.theirs, solution.left_by).written_out()
    example, left = _made_plain(solution, head, below, written)
    if idle := _never_run(solution, [*head, *example]):
        # Only then: what its author writes below is what they mean to show.
        example, left = _made_plain(solution, head, [*below, *from_docstrings(written, idle)], written)
    generators = {name for name, value in left.items() if isinstance(value, GENERATORS)}
    example = with_sizes_written_out(example, written, generators)
    tree = ast.Module([*head, *example], [])
    solution = solution.replaced(tree=tree, theirs=written.theirs, helpers={**written.helpers, **written.records})
    uses, inputs = _uses_and_inputs(example, solution, written, generators)
    inputs = {name: item._replace(in_call=name not in left) for name, item in inputs.items()}
    inputs = _needed_by(uses, inputs, solution)
    _refuse_without_calls(solution, uses, inputs)
    return solution.replaced(inputs=inputs, uses=uses)


def _head_and_example(solution: Solution, written: Written) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """Return the definitions, with constants and helpers of the author's between them, and the example below.

    Data that stands above the definitions belongs to the example, unless these read it; so does what shows or calls:
    in a notebook each function is tried before the next one is written.
    """
    start = _example_start(solution.source, written)
    body = solution.tree.body
    read = behind(written.definitions, [node for node in body if not is_shown(node)])
    shown = set(written.theirs)  # and the names that the example sets
    head: list[ast.stmt] = []
    below: list[ast.stmt] = []
    for node in body:
        is_data = isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        is_tried = is_data or not shown.isdisjoint(names_in(node))
        is_own = is_tried and read.isdisjoint(changed_names(node))
        if (node.lineno > start or is_shown(node) or is_own) and not isinstance(node, Definition):
            below.append(node)
            shown |= changed_names(node)
        else:
            head.append(node)
    return head, flattened(below, written)


def _refuse_hidden(solution: Solution, written: Written) -> None:
    """Refuse TODOs in a function that takes and gives nothing: nobody sees from outside what is computed there."""
    for mark in solution.marks:
        function = written.definitions.get(mark.scope)
        if isinstance(function, ast.FunctionDef) and not any(vars(function.args).values()) and not gives(function):
            raise UsageError(f"{solution.where}: line {mark.line}: TODO: {unseen(mark.scope)}")


def unseen(function: str) -> str:
    """Return why what a function without arguments and results computes cannot be asked for."""
    return f"nobody sees what {function}() computes; write its lines without a function, or let it return the results"


def _refuse_without_calls(solution: Solution, uses: Sequence[ast.stmt], inputs: Mapping[str, Input]) -> None:
    if not any(names_in(node) & solution.theirs for node in uses):
        raise UsageError(
            f"{solution.where}: no call of {', '.join(sorted(solution.theirs))}; below `# Example` write inputs as "
            "literals, the calls, and their results in named variables"
        )
    if not inputs and not solution.files:
        raise UsageError(
            f"{solution.where}: found no input: write what the calls are given as literals with names, such as "
            "`x = np.array([0.5, -1.0])`, below `# Example`"
        )


def _made_plain(
    solution: Solution, head: Sequence[ast.stmt], below: Sequence[ast.stmt], written: Written
) -> tuple[list[ast.stmt], dict[str, Any]]:
    """Return the example as assignments and calls, and the names it leaves. Raises UsageError if it fails."""
    # Run as it stands first: which names hold numbers, and which an object, is seen from their values.
    tree = ast.Module([*head, *below], [])
    left = solution.left_by(tree)
    known = {name for node in tree.body for name in changed_names(node)} | set(dir(builtins)) | {"np", "raises"}
    imported = {name for node in ast.walk(tree) for name in imported_names(node)}
    lifting = Lifting(written, left, known | imported)
    return [made for node in below for made in lifting.plain(node)], left


def _never_run(solution: Solution, body: Sequence[ast.stmt]) -> set[str]:
    """Return the functions with a TODO that the example does not come to."""
    with counted_lines(solution.where) as lines:
        solution.left_by(ast.Module([*body], []))
    run = set(lines)
    return {
        mark.scope
        for mark in solution.marks
        if run.isdisjoint(range(mark.statements[0].lineno, (mark.statements[-1].end_lineno or 0) + 1))
    }


def _uses_and_inputs(
    example: Sequence[ast.stmt], solution: Solution, written: Written, generators: set[str]
) -> tuple[list[ast.stmt], dict[str, Input]]:
    """Return the statements that call something, and the inputs with those that the others set."""
    uses: list[ast.stmt] = []
    bound: set[str] = set()
    # Counts that are handed on are still there: what is as long varies with them.
    own = {*written.definitions, *dict(counts_set_by(*example))}
    inputs = dict(solution.inputs)
    varying = set(written.theirs) | {name for name, item in inputs.items() if np.ndim(item.value)}
    for node in filter(_computes, example):
        known = varying if solution.by_value else None
        found = dict(inputs_of(node, solution, {*inputs, *bound}, own, generators, known))
        varying = varying_after(node, found, varying, solution.tree)
        # What a name was set to first counts; a data file's value comes before all.
        inputs = {**inputs, **{name: item for name, item in found.items() if name not in inputs}}
        if not found:
            uses.append(node)
            # `np.random.seed(1)` changes no module that a literal below it would then be computed from.
            bound |= changed_names(node) & names_set_in(solution.tree)
    return [node for node in uses if not _is_idle(node, uses, generators)], inputs


def _computes(node: ast.stmt) -> bool:
    """Tell whether a statement computes or sets something; imports are found where `use` needs them."""
    return not isinstance(node, ast.Import | ast.ImportFrom | ast.Assert) and not is_shown(node)


def _is_idle(node: ast.stmt, uses: Sequence[ast.stmt], generators: set[str]) -> bool:
    """Tell whether a line makes a generator of numbers that only inputs were drawn from."""
    made = changed_names(node) & generators
    return bool(made) and not any(names_in(other) & made for other in uses if other is not node)


def _needed_by(uses: Sequence[ast.stmt], inputs: Mapping[str, Input], solution: Solution) -> dict[str, Input]:
    # What comes from a data file is read within functions, where the calls do not show it.
    read = {name for node in [*uses, *solution.helpers_of(uses)] for name in names_read(node)}
    return {name: item for name, item in inputs.items() if name in read or item.slot is None}


def _example_start(source: str, written: Written) -> int:
    """Return the line behind which the example stands."""
    last = max(node.end_lineno or 0 for name, node in written.definitions.items() if name in written.marked)
    comments = comments_in(source)
    # Below the definitions only: within one, such a comment explains a line.
    marked = [line for line, (text, alone) in comments.items() if line > last and alone and _EXAMPLE.search(text)]
    return min(marked, default=last)
