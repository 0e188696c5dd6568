"""What a finished solution says about its exercise: givens, steps, results. The solution is its author's, and trusted.

Only top-level statements `name = …` count, as in every reference.
"""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.answers import assignment
from graders.errors import UsageError

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
        body = ast.parse(source).body
    except SyntaxError as error:
        raise UsageError(f"{where}: line {error.lineno}: {error.msg}") from error
    assigned = [pair for node in body if (pair := assignment(node)) is not None]
    literals = {name: value for name, node in assigned if (value := _literal(node.value)) is not None}
    computed = {name: _names_in(node.value) for name, node in assigned if name not in literals}
    _refuse_random(assigned, where)
    steps = [name for name, node in assigned if name in computed and _is_marked(source, node.lineno)]
    marked = bool(steps)
    if not marked:
        steps = [name for name in computed if not _behind(name, computed).isdisjoint(literals)]
    needed = {name for step in steps for name in _behind(step, computed)}
    givens = {name: value for name, value in literals.items() if name in needed}
    if not steps or not givens:
        raise UsageError(
            f"{where}: found {len(givens)} givens and {len(steps)} steps; a given is `name = numbers` and a step "
            f"`name = …` at the top level, with a comment `# {_MARK}` above it"
        )
    used = {name for step in steps for name in _behind(step, computed) if name != step}
    results = [step for step in steps if step not in used]
    formulas = {name: ast.unparse(node.value) for name, node in assigned if name in steps}
    return Solution(source=source, givens=givens, steps=formulas, results=results, marked=marked)


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


def _refuse_random(assigned: Sequence[tuple[str, ast.Assign]], where: str) -> None:
    """Refuse givens that are drawn: everybody must be given the same numbers."""
    for name, node in assigned:
        if any(isinstance(part, ast.Attribute) and part.attr == "random" for part in ast.walk(node.value)):
            raise UsageError(f"{where}: line {node.lineno}: {name} is drawn at random; write its numbers as a literal")


def _is_marked(source: str, line: int) -> bool:
    """Tell whether the comment right above a line has the mark."""
    for text in reversed([text.strip() for text in source.splitlines()[: line - 1]]):
        if not text.startswith("#"):
            return False
        if _MARK in text:
            return True
    return False


def _names_in(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _behind(name: str, computed: Mapping[str, set[str]]) -> set[str]:
    """Return a name and all that it is computed from."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += computed.get(current, ())
    return found
