"""Results that are right with either sign, since they are made of eigenvectors or singular vectors."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from graders.authoring.parts import Outcome
from graders.authoring.solution import Solution, run_on_own_inputs
from graders.authoring.trial import evaluate
from graders.exercise.asked import Array
from graders.judging.comparison import RIGHT, compare
from graders.judging.rules import Rule

# The fields that are turned: the columns of the first, and the rows of the second with them.
_VECTORS = {"eigh": ("eigenvectors", ""), "eig": ("eigenvectors", ""), "svd": ("U", "Vh"), "qr": ("Q", "R")}

_PATTERNS: Sequence[Callable[[int], int]] = (lambda _: -1, lambda place: -1 if place % 2 == 0 else 1)
"""All vectors turned; every second one, so that what adds up several of them is not taken for a vector."""


def signed_results(solution: Solution, outcomes: Sequence[Outcome], left: Mapping[str, Any]) -> frozenset[str]:
    """Return the results of which only the signs change where numpy gives the same vectors with others."""
    if not any(f"{name}(" in solution.source for name in _VECTORS):
        return frozenset()
    turned = [_left_with(solution, pattern) for pattern in _PATTERNS]
    return frozenset(outcome.name for outcome in outcomes if not outcome.exactly and _is_signed(outcome, left, turned))


def _left_with(solution: Solution, pattern: Callable[[int], int]) -> dict[str, Any]:
    with _turning(pattern):
        return run_on_own_inputs(solution)


def _is_signed(outcome: Outcome, left: Mapping[str, Any], turned: Sequence[Mapping[str, Any]]) -> bool:
    own, *others = (
        np.asarray(evaluate(outcome.expression or outcome.name, names), np.float64) for names in (left, *turned)
    )
    is_changed = any(compare(own, other) != RIGHT for other in others)
    rule = Rule(up_to="sign")
    return is_changed and all(compare(own, rule.aligned(own, other)) == RIGHT for other in others)


@contextmanager
def _turning(pattern: Callable[[int], int]) -> Iterator[None]:
    usual = {name: getattr(np.linalg, name) for name in _VECTORS}
    for name, routine in usual.items():
        setattr(np.linalg, name, _turned(routine, *_VECTORS[name], pattern))
    try:
        yield
    finally:
        for name, routine in usual.items():
            setattr(np.linalg, name, routine)


def _turned(routine: Callable[..., Any], first: str, second: str, pattern: Callable[[int], int]) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        found = routine(*arguments, **options)
        columns: Array | None = getattr(found, first, None)
        if columns is None:  # singular values alone, or `mode="r"`
            return found
        signs = np.array([pattern(place) for place in range(columns.shape[-1])])
        changed = {first: columns * signs}
        if second:
            rows = getattr(found, second)
            changed[second] = rows * np.resize(signs, rows.shape[-2])[:, None]
        return found._replace(**changed)

    return call
