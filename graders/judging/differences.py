"""How a wrong value differs from the right one, in words that are true on every case looked at."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from graders.inside.arrays import Array
from graders.inside.sites import Site
from graders.judging.comparison import Value, is_close
from graders.judging.evidence import Evidence
from graders.judging.sightings import has_numbers

_ENOUGH = 3
"""Cases on which a difference must be seen; a single one could be chance."""

# With more, rounding is nearer than what counts as right.
_MOST_DECIMALS = 9
_VISIBLE = 1e-5
"""A factor nearer to 1 is told as 1: the numbers are right, and something else is wrong."""

_FUNCTIONS: Mapping[str, Callable[[Array], Array]] = {
    "step.absolute": np.abs,
    "step.complement": lambda right: 1 - right,
    "step.root": np.sqrt,
    "step.square": np.square,
    "step.reciprocal": np.reciprocal,
    "step.logarithm": np.log,
    "step.exponential": np.exp,
}
"""Functions of the right value that are left out or put on top of it, by the text that names them."""

Described = tuple[str, dict[str, object]]
"""The key of a text, and what is put into it."""

_Pairs = Sequence[tuple[Array, Array]]


def describe_difference(name: str, evidence: Evidence, site: Site | None, *, is_from_right: bool) -> Described | None:
    """Return how a step differs, or None if nothing is known to hold; `is_from_right`: all before it is right.

    `site`: where it stands.
    """
    values = [(each.right[name], each.actual.get(name, "missing")) for each in evidence.observations]
    pairs = [(right, value) for right, value in values if not isinstance(value, str)]
    if len(pairs) < _ENOUGH:
        return None
    if _is_typed_in(pairs):
        # What is computed may come to the same all the same, as `np.zeros(len(x))` does for a sum of it.
        return "step.typed" if site is not None and site.is_typed else "step.same", {}
    # Anything else is told from the right values, which wrong ones before this step would have changed.
    if not is_from_right or len(pairs) < len(values):
        return None
    return next(_ways_to_differ(name, evidence, pairs), None)


def _ways_to_differ(name: str, evidence: Evidence, pairs: _Pairs) -> Iterator[Described]:
    """Yield what holds on every case; the first says the most about what was done."""
    if _are(pairs, np.asarray):  # but for their shape
        yield from _of_shapes(pairs)
        return
    decimals = _decimals(pairs)
    if decimals is not None:
        yield "step.rounded", {"decimals": decimals}
    other = _other_step(name, evidence)
    if other is not None:
        yield "step.other", {"other": other}
    given = _unchanged_given(name, evidence)
    if given is not None:
        yield "step.unchanged", {"given": given}
    yield from _of_numbers(pairs)
    yield from _of_shapes(pairs)


def _decimals(pairs: _Pairs) -> int | None:
    """Return the number of decimals to which the values are the right ones, rounded."""
    # Zeros are what small numbers are rounded to, and what was never filled in.
    if not any(value.any() for _, value in pairs):
        return None
    return next((count for count in range(_MOST_DECIMALS) if _are(pairs, _rounded_to(count))), None)


def _of_numbers(pairs: _Pairs) -> Iterator[Described]:
    # A turned sign is a factor as well, but that is not what a student would call it.
    if _are(pairs, np.negative):
        yield "step.sign", {}
    if all(right.size == value.size for right, value in pairs):
        yield from _of_all_numbers(pairs)


def _of_all_numbers(pairs: _Pairs) -> Iterator[Described]:
    right, value = (np.concatenate([array.ravel() for array in column]) for column in zip(*pairs, strict=True))
    factor = _factor(right, value)
    if factor is not None and abs(factor - 1) > _VISIBLE:
        yield "step.factor", {"factor": f"{factor:.6g}"}
    # A few zeros and ones are many functions of each other; where all right values are the same, anything is.
    if len(np.unique(right)) < _ENOUGH:
        return
    difference = _difference(right, value)
    if difference is not None:
        yield "step.more" if difference > 0 else "step.less", {"difference": f"{abs(difference):.6g}"}
    yield from ((key, {}) for key, function in _FUNCTIONS.items() if _are(pairs, function))


def _of_shapes(pairs: _Pairs) -> Iterator[Described]:
    # The sum of a single number is that number.
    is_one = all(value.size == 1 for _, value in pairs) and any(right.size > 1 for right, _ in pairs)
    if is_one and _are(pairs, lambda right: np.asarray(right.sum())):
        yield "step.summed", {}
    if any(right.ndim > 1 for right, _ in pairs) and all(_is_transposed(*pair) for pair in pairs):
        yield "step.transposed", {}


def _is_transposed(right: Array, value: Array) -> bool:
    return value.shape == right.T.shape and bool(is_close(value, right.T).all())


def _rounded_to(decimals: int) -> Callable[[Array], Array]:
    return lambda right: np.round(right, decimals)


def _are(pairs: _Pairs, function: Callable[[Array], Array]) -> bool:
    """Tell whether all values are a function of the right ones."""
    return all(has_numbers(value, function(right)) for right, value in pairs)


def _is_typed_in(pairs: _Pairs) -> bool:
    """Tell whether the numbers are the same on every case, though the right ones are not."""
    rights, values = zip(*pairs, strict=True)
    # An empty list holds no numbers that could be typed in.
    is_one = values[0].size > 0 and _are_all_same(values)
    return is_one and not _are_all_same(rights) and bool(np.isfinite(values[0]).all())


def _are_all_same(values: Sequence[Array]) -> bool:
    return all(np.array_equal(value, values[0]) for value in values)


def _factor(right: Array, value: Array) -> float | None:
    """Return the one number that all values are too large by."""
    # At the largest number rounding plays the least part.
    largest = int(abs(right).argmax())
    factor = float(value[largest] / right[largest]) if right[largest] else 0.0
    is_one = np.isfinite(factor) and factor != 0 and bool(is_close(value, factor * right).all())
    return factor if is_one else None


def _difference(right: Array, value: Array) -> float | None:
    """Return the one number that all values are larger by."""
    # At the smallest number rounding plays the least part.
    smallest = int(abs(right).argmin())
    difference = float(value[smallest] - right[smallest])
    is_seen = np.isfinite(difference) and abs(difference) > _VISIBLE * abs(right).max()
    return difference if is_seen and bool(is_close(value, right + difference).all()) else None


def _other_step(name: str, evidence: Evidence) -> str | None:
    """Return the step whose right value stands here on every case."""
    values: list[Value] = [each.actual.get(name, "missing") for each in evidence.observations]
    for other in evidence.reference.formulas:
        rights = [each.right[other] for each in evidence.observations]
        pairs = list(zip(values, rights, strict=True))
        if other != name and all(not isinstance(value, str) and has_numbers(value, right) for value, right in pairs):
            return other
    return None


def _unchanged_given(name: str, evidence: Evidence) -> str | None:
    """Return the given that stands here on every case."""
    cases = [(each.case, each.actual.get(name, "missing")) for each in evidence.observations]
    return next(
        (
            given
            for given in evidence.observations[0].case
            if all(not isinstance(value, str) and np.array_equal(value, case[given]) for case, value in cases)
        ),
        None,
    )
