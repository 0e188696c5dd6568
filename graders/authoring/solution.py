"""What a finished solution says about its exercise: givens, steps, results. The solution is its author's, and trusted.

Only top-level statements `name = …` count, as in every reference.
"""

import ast
import io
import tokenize
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.errors import ExerciseError, UsageError
from graders.exercise.calculation import (
    ONLY_ASSIGNMENTS,
    assignment,
    behind,
    lost_lines,
    one_line,
    parse_script,
)

_MARK = "TODO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """`givens`: by name the lesson's value, as plain numbers; `steps`: by name the right-hand side.

    `marked`: the steps were marked, not guessed.
    """

    source: str
    givens: Mapping[str, Any]
    steps: Mapping[str, str]
    results: Sequence[str]
    marked: bool


def read_solution(source: str, where: str) -> Solution:
    """Take a solution apart. Raises UsageError with what the author has to change."""
    try:
        body = parse_script(source, where).body
    except ExerciseError as error:
        raise UsageError(str(error)) from error
    assigned = dict(pair for node in body if (pair := assignment(node)) is not None)
    _refuse_random(assigned, where)
    literals = {name: value for name, node in assigned.items() if (value := _literal(node.value)) is not None}
    computed = {name: node for name, node in assigned.items() if name not in literals}
    marked = [name for name, node in computed.items() if _has_mark_above(source, node.lineno)]
    steps = marked or [name for name in computed if not behind([name], body).isdisjoint(literals)]
    _refuse_lost(source, where, body, {name: computed[name] for name in steps})
    needed = behind(steps, body)
    givens = {name: value for name, value in literals.items() if name in needed}
    if not steps or not givens:
        raise UsageError(
            f"{where}: found {len(givens)} givens and {len(steps)} steps; a given is `name = numbers` and a step "
            f"`name = …` at the top level, with a comment `# {_MARK}` above it"
        )
    return Solution(
        source=source,
        givens=givens,
        steps={name: ast.unparse(computed[name].value) for name in steps},
        results=_unused(steps, body),
        marked=bool(marked),
    )


def _unused(steps: Sequence[str], body: Sequence[ast.stmt]) -> list[str]:
    """Return the steps that no other step is computed from."""
    used = {name for step in steps for name in behind([step], body) if name != step}
    return [step for step in steps if step not in used]


def _refuse_lost(source: str, where: str, body: Sequence[ast.stmt], steps: Mapping[str, ast.Assign]) -> None:
    """Raise UsageError that names all lines an exercise would lose."""
    lost = [*_lost_marks(source, {node.lineno for node in steps.values()}), *lost_lines(body, steps)]
    if lost:
        raise UsageError(f"{where}: {'; '.join(lost)}; {ONLY_ASSIGNMENTS}")


def run_solution(source: str, where: str) -> Mapping[str, Any]:
    """Run the script as it stands, and return its names. Raises UsageError if it fails.

    The exercise keeps only some of its lines; what they give must be what all of them give.
    """
    namespace: dict[str, Any] = {"__name__": "__main__"}
    try:
        with redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            exec(compile(source, where, "exec"), namespace)  # noqa: S102 - the author's own
    except (Exception, SystemExit) as error:
        raise UsageError(f"{where}: fails with {one_line(error)}") from error
    return namespace


def _lost_marks(source: str, lines_of_steps: Collection[int]) -> Iterator[str]:
    """Yield the TODOs that stand above no step: inside a function, above a loop, behind a line."""
    lines = source.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT or _MARK not in token.string:
            continue
        below = token.start[0]
        while below < len(lines) and lines[below].strip().startswith("#"):
            below += 1
        stands_alone = lines[token.start[0] - 1].strip().startswith("#")
        if not stands_alone or below + 1 not in lines_of_steps:
            yield f"line {token.start[0]}: {_MARK}: no `name = …` that is computed right below it at the top level"


def _literal(node: ast.expr) -> Any:
    """Return the numbers of a literal, also inside `np.array(…)`, or None."""
    match node:
        case ast.Call(func=ast.Attribute(attr="array" | "asarray"), args=[inner, *_]):
            node = inner
    try:
        value = ast.literal_eval(node)
        array = np.asarray(value)
    except (ValueError, TypeError, SyntaxError):
        return None
    return array.tolist() if array.dtype.kind in "fiu" and array.size else None


def _refuse_random(assigned: Mapping[str, ast.Assign], where: str) -> None:
    """Refuse givens that are drawn: everybody must be given the same numbers."""
    for name, node in assigned.items():
        if any(isinstance(part, ast.Attribute) and part.attr == "random" for part in ast.walk(node.value)):
            raise UsageError(f"{where}: line {node.lineno}: {name} is drawn at random; write its numbers as a literal")


def _has_mark_above(source: str, line: int) -> bool:
    """Tell whether the comment right above a line has the mark."""
    for text in reversed([text.strip() for text in source.splitlines()[: line - 1]]):
        if not text.startswith("#"):
            return False
        if _MARK in text:
            return True
    return False
