"""The lines of `use` that a solution's example becomes: inputs in the author's form, the calls, the results."""

import ast
from collections.abc import Iterator, Sequence

from graders.authoring.outcomes import Outcome
from graders.authoring.solution import Solution
from graders.exercise.calculation import names_in


def use_of(solution: Solution, outcomes: Sequence[Outcome]) -> str:
    """Return the lines; none for a script whose results are its own names."""
    lines = [*_inputs(solution), *_calls(solution), *_result_lines(solution, outcomes)]
    if not lines:
        return ""
    return "\n".join([*_import_lines(solution, lines), *lines]) + "\n"


def _inputs(solution: Solution) -> Iterator[str]:
    """Yield what makes of givens the lists, tuples and dictionaries that the author wrote."""
    if solution.submission == "definitions":
        for name, item in solution.inputs.items():
            if item.composed.expression != name:
                yield f"{name} = {item.composed.expression}"


def _calls(solution: Solution) -> Iterator[str]:
    for node in solution.uses:
        refused = _refusal(node)
        if refused:
            yield refused
        else:
            # As the author wrote it, comments within brackets included: they will read it again.
            yield from (ast.get_source_segment(solution.source, node, padded=True) or "").splitlines()


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
    used = names_in(ast.parse("\n".join(lines)))
    for node in solution.tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                # One by one: of `from m import a, b` these lines may need one only.
                name = (alias.asname or alias.name).partition(".")[0]
                if name in used and name != "np" and getattr(node, "module", "") not in solution.modules:
                    single = ast.Import([alias]) if isinstance(node, ast.Import) else None
                    yield ast.unparse(single or ast.ImportFrom(node.module, [alias], 0))  # type: ignore[union-attr]
