"""The lines of `use` that a solution's example becomes: inputs in the author's form, the calls, the results."""

import ast
import textwrap
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np

from graders.authoring.parts import Outcome
from graders.authoring.solution import Solution
from graders.exercise.calculation import names_in
from graders.inside.parsing import parse_module
from graders.inside.syntax import bound_by


def use_of(solution: Solution, outcomes: Sequence[Outcome], varied: Collection[str]) -> str:
    """Return the lines; none for a script whose results are its own names. `varied`: the givens with other values."""
    lines = [*_inputs(solution, varied), *_calls(solution), *_result_lines(solution, outcomes)]
    if not lines:
        return ""
    return "\n".join([*_import_lines(solution, lines), *lines]) + "\n"


def _inputs(solution: Solution, varied: Collection[str]) -> Iterator[str]:
    """Yield the author's own helpers, and what makes of givens the lists, tuples and dictionaries that they wrote."""
    if solution.submission != "definitions":
        return
    # A student who hands in what was asked for has none of these.
    for node in solution.helpers_of(solution.uses):
        written = _as_written(solution, node)
        if isinstance(node, ast.ClassDef):
            # Whose own class has more methods, or is asked for by `isinstance`, goes on with that one.
            written = [f"if {node.name!r} not in dir():", *(f"    {line}".rstrip() for line in written)]
        yield from written
    for name, item in solution.inputs.items():
        constants = [part for part in item.composed.parts if part not in varied]
        for part in constants:
            yield f"{part} = {_as_in_lesson(item.composed.parts[part])}"
        if item.composed.expression != name:
            yield f"{name} = {item.composed.expression}"


def _as_in_lesson(value: Any) -> str:
    """Return what makes a value that is always as in the lesson, in the form that a given has."""
    return f"np.array({np.asarray(value).tolist()})" if np.ndim(value) else repr(value)


def _calls(solution: Solution) -> Iterator[str]:
    for node in solution.uses:
        refused = _refusal(node)
        if refused:
            yield refused
        else:
            yield from _as_written(solution, node)


def _as_written(solution: Solution, node: ast.stmt) -> Sequence[str]:
    """Return a statement's lines as the author wrote them, comments included; or plain where it was made so."""
    text = textwrap.dedent(ast.get_source_segment(solution.source, node, padded=True) or "")
    try:
        is_own = [ast.dump(part) for part in parse_module(text).body] == [ast.dump(node)]
    except SyntaxError:  # of a docstring's example the line is another one's
        is_own = False
    return (text if is_own else ast.unparse(node)).splitlines()


def _refusal(node: ast.stmt) -> str:
    """Return `try: f(x) … except ValueError: refused = …` as one line; empty if a statement is nothing like it."""
    match node:
        case (
            ast.Try(body=[ast.Expr(value=call), *_], handlers=[handler])
            | ast.Try(body=[ast.Assign(value=ast.Call() as call), *_], handlers=[handler])
        ):
            stored = [
                part.id
                for statement in handler.body
                for part in ast.walk(statement)
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            ]
            return f"{stored[0]} = raises(lambda: {ast.unparse(call)})" if stored else ""
    return ""


def _result_lines(solution: Solution, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield what takes results apart; a script's other results are then named here, too, since these lines give all."""
    apart = any(outcome.expression for outcome in outcomes)
    for outcome in outcomes:
        if outcome.expression:
            yield f"{outcome.name} = {outcome.expression}"
        elif apart and solution.submission == "script":
            yield f"{outcome.name} = {outcome.name}"


def _import_lines(solution: Solution, lines: Sequence[str]) -> Iterator[str]:
    """Yield the imports of the solution that these lines need; numpy is there as `np`."""
    used = names_in(parse_module("\n".join(lines)))
    for node in solution.tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                # One by one: of `from m import a, b` these lines may need one only.
                name = bound_by(alias)
                if name in used and name != "np" and getattr(node, "module", "") not in solution.modules:
                    single = ast.Import([alias]) if isinstance(node, ast.Import) else None
                    yield ast.unparse(single or ast.ImportFrom(node.module, [alias], 0))  # type: ignore[union-attr]
