"""Properties of the lesson's inputs that others must have, too: sorted, symmetric, shares of a whole.

Each is an expression that leaves the lesson's own value as it is.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from graders.authoring.forms import is_numeric
from graders.authoring.kinds import is_distribution
from graders.authoring.literals import is_grid
from graders.authoring.solution import Solution
from graders.exercise.asked import Array

_LEAST_SORTED, _LEAST_ROWS = 5, 3
"""From so many numbers on it is no chance that a list is sorted, and a matrix symmetric."""

_COVARIANCE = re.compile(r"(?i:cov|sigma)|(^|_)[PQRS]0?$")

Keeping = Callable[[str, Any, Array], str]
"""Return the expression that keeps a property of a given (its name, its value, that as numbers); empty without it."""


def with_properties(solution: Solution, keeping: Sequence[Keeping]) -> Solution:
    """Return the solution with inputs that keep the first of these properties that they have."""
    # A script reads its inputs as they are drawn: there is no `use` that could sort them.
    if solution.submission == "script":
        return solution
    inputs = dict(solution.inputs)
    for name, item in solution.inputs.items():
        for part, value in item.composed.parts.items():
            kept = _kept(part, value, keeping)
            if part == name and is_grid(item, solution.tree):
                kept = f"np.linspace(np.min({part}), np.max({part}), len({part}))"
            if kept and item.slot is not None:
                # Whole words, so that `x` is not found in `x_max`; and as a function, since `\\1` means something.
                expression = re.sub(rf"\b{part}\b", lambda _, kept=kept: kept, item.composed.expression)  # type: ignore[misc]
                inputs[name] = item._replace(composed=item.composed._replace(expression=expression))
    return solution.replaced(inputs=inputs)


def _kept(name: str, value: Any, keeping: Sequence[Keeping]) -> str:
    """Return the expression that keeps the first of some properties that a given has; empty without one."""
    numbers = np.asarray(value) if is_numeric(value) else np.zeros(0)
    return next(filter(None, (keep(name, value, numbers) for keep in keeping)), "")


def _ascending(name: str, _: Any, numbers: Array) -> str:
    is_sorted = numbers.ndim == 1 and numbers.size >= _LEAST_SORTED and bool((np.diff(numbers) > 0).all())
    return f"np.sort({name})" if is_sorted else ""


def _symmetric(name: str, _: Any, numbers: Array) -> str:
    return f"(({name} + {name}.T) / 2)" if _is_symmetric(numbers) and len(numbers) >= _LEAST_ROWS else ""


def _small_symmetric(name: str, _: Any, numbers: Array) -> str:
    return f"(({name} + {name}.T) / 2)" if _is_symmetric(numbers) and len(numbers) > 1 else ""


def _distribution(name: str, _: Any, numbers: Array) -> str:
    return f"(np.abs({name}) / np.abs({name}).sum(axis=-1, keepdims=True))" if is_distribution(name, numbers) else ""


def _one_hot(name: str, _: Any, numbers: Array) -> str:
    """Of classes as rows, or as columns, with a single one: others would be no classes."""
    if not is_one_hot(numbers):
        return ""
    if (numbers.sum(axis=1) == 1).all():
        return f"np.eye({name}.shape[1], dtype={name}.dtype)[np.argmax({name}, axis=1)]"
    return f"np.eye(len({name}), dtype={name}.dtype)[:, np.argmax({name}, axis=0)]"


def is_one_hot(numbers: Array) -> bool:
    """Tell whether a matrix of zeros and ones has a single one in each of several rows, or columns."""
    is_table = numbers.ndim == 2 and min(numbers.shape) > 1 and max(numbers.shape) >= _LEAST_ROWS
    if not is_table or not np.isin(numbers, (0, 1)).all() or np.array_equal(numbers, np.eye(len(numbers))):
        return False
    rows, columns = numbers.sum(axis=1), numbers.sum(axis=0)
    return bool((rows == 1).all() or (columns == 1).all())


def _intervals(name: str, value: Any, numbers: Array) -> str:
    """Of a list of tuples, for each a lower and an upper end (or more, in their order)."""
    if (
        numbers.ndim != 2
        or len(numbers) < _LEAST_ROWS
        or not isinstance(value, list)
        or not isinstance(value[0], tuple)
    ):
        return ""
    return f"np.sort({name}, axis=1)" if (np.diff(numbers, axis=1) > 0).all() else ""


def _covariance(name: str, value: Any, numbers: Array) -> str:
    """Of what is called a covariance, also a small one: ways to divide by it differ on what is none."""
    return _definite(name, value, numbers) if _COVARIANCE.search(name) else ""


def _definite(name: str, _: Any, numbers: Array) -> str:
    if not _is_symmetric(numbers) or (least := float(np.linalg.eigvalsh(numbers)[0])) <= 0:
        return ""
    # No larger than the lesson's own, so that the lesson's matrix stays what it is.
    bound = float(f"{min(least / 2, 0.5):.1g}")
    shifted = f"m + max(0.0, {bound} - np.linalg.eigvalsh(m)[0]) * np.eye(len(m))"
    return f"(lambda m: {shifted})(({name} + {name}.T) / 2)"


def _dominant(name: str, _: Any, numbers: Array) -> str:
    """Of a square matrix, a diagonal that is larger than the rest of each row together: many iterations need it."""
    if not _is_square(numbers) or len(numbers) < 2 or not np.diag(numbers).all():
        return ""
    if (1.1 * np.abs(numbers).sum(axis=1) > 2.1 * np.abs(np.diag(numbers))).any():
        return ""
    lacking = "np.maximum(0.0, 1.1 * np.abs(m).sum(axis=1) - 2.1 * np.abs(np.diag(m)))"
    widened = f"m + np.diag(np.where(np.diag(m) < 0, -1, 1) * {lacking})"
    return f"(lambda m: {widened})({_small_symmetric(name, None, numbers) or name})"


def _plainly_dominant(name: str, value: Any, numbers: Array) -> str:
    """Keep that where it is no chance; a diagonal matrix and one of probabilities say nothing of what they are for."""
    if not _is_square(numbers) or len(numbers) < _LEAST_ROWS or is_distribution(name, value):
        return ""
    return _dominant(name, value, numbers) if (numbers - np.diag(np.diag(numbers))).any() else ""


def _patterned(name: str, value: Any, numbers: Array) -> str:
    """Of a matrix with zeros, these: states that are never left, the half that a triangular one does not have."""
    if numbers.ndim != 2 or len(numbers) < _LEAST_ROWS or numbers.all() or np.isin(numbers, (0, 1)).all():
        return ""
    there = f"np.array({(numbers != 0).astype(int).tolist()})"
    shares = _distribution(name, value, numbers)
    return re.sub(rf"\b{name}\b", lambda _: f"({name} * {there})", shares) if shares else f"({name} * {there})"


def _is_square(numbers: Array) -> bool:
    return numbers.ndim == 2 and 0 < len(numbers) == numbers.shape[1]


def _is_symmetric(numbers: Array) -> bool:
    # All zero, a matrix says nothing of its kind: it is something to be filled.
    return _is_square(numbers) and np.array_equal(numbers, numbers.T) and bool(numbers.any())


PLAIN: Sequence[Keeping] = (_ascending, _one_hot, _covariance, _plainly_dominant, _symmetric, _distribution, _intervals)
"""What is no chance in the lesson's inputs."""

BEYOND: Sequence[Sequence[Keeping]] = (
    (_small_symmetric, *PLAIN),
    (_definite, _dominant, *PLAIN),
    (_patterned, *PLAIN),
)
"""What is tried where there is an answer on few other inputs."""
