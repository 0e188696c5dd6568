"""What kind of values a given has, and in which range: proposed from the lesson's, tried by running the solution."""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from graders.authoring.forms import has_whole_numbers
from graders.authoring.texts import texts_like, words_beside
from graders.yaml_reading import load

_SMALL = 0.01
"""A positive number below it is drawn from powers of ten."""

_MOST_COUNT = 12
"""A count that is larger in the lesson stays near it; one below goes up to twice its size."""

_LEAST_FRACTIONS = 5
"""From so many numbers between 0 and 1 on it is no chance that they are: probabilities, or drawn evenly."""

_LEAST_POSITIVE = 5
"""So many numbers, none below zero, are durations, amounts, places: a right way may begin with zero as the smallest."""

_LEAST_OF_A_KIND, _LEAST_MASK = 2, 9
"""Zeros and as many ones are no chance, nor is a single zero among so many numbers."""

_LEAST_SHARES = 3
_SHARES = re.compile(r"prob|prior|weight|share|portion|dist|(^|_)(p|pi|q)$", re.IGNORECASE)


class Range(NamedTuple):
    """Where the values of a given are drawn from, as `exercise.yaml` says it: one of four keys, and what stands there.

    `below`: a dimension whose length the whole numbers stay below.
    """

    key: str
    low: Any = 0
    high: Any = 0
    choices: Sequence[Any] = ()
    below: str = ""

    @property
    def is_varied(self) -> bool:
        """Whether there is more than one value."""
        return len(self.choices) > 1 if self.key == "choice" else bool(self.below) or self.low != self.high

    def draw(self, random: np.random.Generator, shape: Sequence[int], lengths: Mapping[str, int]) -> Any:
        """Return values of this shape, as a case holds them."""
        match self.key:
            case "choice":
                return self._chosen(random, shape)
            case "integers":
                high = lengths[self.below] if self.below else self.high + 1
                value: Any = random.integers(self.low, max(high, self.low + 1), size=shape)
                return value if len(shape) else int(value)
            case "powers":
                # Even in the exponent: drawn evenly, nearly all would be of the largest power.
                value = 10.0 ** random.uniform(math.log10(self.low), math.log10(self.high), size=shape)
            case _:
                value = np.round(random.uniform(self.low, self.high, size=shape), 3)
        return value if len(shape) else float(value)

    def tries(
        self, number: int, random: np.random.Generator, shape: Sequence[int], lengths: Mapping[str, int]
    ) -> list[Any]:
        """Return several values to try; of a count both its ends, which are special more often than others."""
        drawn = [self.draw(random, shape, lengths) for _ in range(number)]
        if self.key == "integers" and not shape and not self.below:
            drawn[:2] = self.low, self.high
        return drawn

    def _chosen(self, random: np.random.Generator, shape: Sequence[int]) -> Any:
        # Chosen among objects, since numpy would turn a boolean or a text into a type of its own.
        value: Any = np.array(self.choices, object)[random.integers(len(self.choices), size=shape)]
        if len(shape):
            return np.array(value.tolist())  # and back: no case holds an array of objects
        return value.item() if isinstance(value, np.generic) else value

    def in_yaml(self) -> str:
        """Return the entry."""
        if self.key == "choice":
            return f"choice: {in_yaml(self.choices)}"
        return f"{self.key}: [{in_yaml(self.low)}, {self.below or in_yaml(self.high)}]"


def in_yaml(value: Any) -> str:
    """Return a value as YAML reads it: without a point, it takes 1e-06 for a word."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(in_yaml, value))}]"
    # JSON is YAML, too, and quotes whatever would mean something there; it refuses numpy's booleans.
    if isinstance(value, bool | str | np.bool_):
        return json.dumps(bool(value) if not isinstance(value, str) else value, ensure_ascii=False)
    text = repr(value)  # the shortest text that is read as the same number
    return text if "." in text else text.replace("e", ".0e")


def name_in_yaml(name: str) -> str:
    """Return a name so that YAML reads it as one, and not `off` as false."""
    return name if load(name) == name else in_yaml(name)


def proposals(name: str, value: Any, others: Sequence[str], *, alone: bool = False) -> list[Range]:
    """Return the ranges that a given may have, the widest that is natural first; `others`: other texts there are.

    `alone`: there is no other given, so that there must be as many numbers as a bank needs cases.
    """
    if alone and has_whole_numbers(value) and not np.ndim(value) and 0 <= value < _MOST_COUNT:
        return [Range("integers", min(value, 1), _MOST_COUNT), *_ranges_of_numbers(name, value)]
    if isinstance(value, bool):
        return [Range("choice", choices=(True, False))]
    if isinstance(value, str):
        # A word that is looked for in a text is mostly one of it.
        alike = words_beside(value, others) or texts_like(value)
        return [Range("choice", choices=tuple(dict.fromkeys((value, *_modes(value, others), *alike))))]
    return list(_ranges_of_numbers(name, value))


def _modes(text: str, others: Sequence[str]) -> Iterator[str]:
    """Yield the texts that may stand in another's place: none for a file's content, and no sentence for a word."""
    if "\n" not in text.strip():
        yield from (other for other in others if " " in text or " " not in other)


def _ranges_of_numbers(name: str, value: Any) -> Iterator[Range]:
    numbers = np.asarray(value)
    low, high = numbers.min().item(), numbers.max().item()
    if not has_whole_numbers(value):
        yield from _of_written_reals(name, numbers.astype(float))
    elif numbers.ndim == 0:
        yield from _ranges_of_count(name, low)
    elif (labels := _two_classes(numbers)) is not None:
        yield labels
    elif isinstance(value, list | tuple) or _are_labels(numbers):
        # A list of whole numbers is one of counts or positions; in an array authors leave out the points of 2.0,
        # unless they come again and again, as labels do. Sizes, weights, coins stay positive.
        yield Range("integers", low - 2 if low < 0 else min(low, max(low - 2, 1)), high + 2)
        yield Range("integers", low, high)
    else:
        yield from _of_reals(numbers.astype(float), float(low), float(high))
        yield Range("integers", low, high)


def _of_written_reals(name: str, numbers: Any) -> Iterator[Range]:
    low, high = float(numbers.min()), float(numbers.max())
    if 0 < low <= high < 1 and (numbers.size >= _LEAST_FRACTIONS or is_distribution(name, numbers)):
        # Without the ends, on which right ways differ: `u < p` and `u <= p`, a logarithm with or without a guard.
        yield Range("random", 0.05, 0.95)
    labels = _two_classes(numbers)
    if labels is not None and _are_two_kinds(numbers):
        yield labels
    yield from _of_reals(numbers, low, high)


def is_distribution(name: str, value: Any) -> bool:
    """Tell whether numbers are probabilities or weights: parts of a whole, in each row if there are several."""
    numbers = np.asarray(value)
    if numbers.ndim not in (1, 2) or numbers.dtype.kind != "f" or numbers.shape[-1] < 2:
        return False
    # One row of two may be that by chance; ones and zeros are a choice, and other numbers would do as well.
    is_plain = numbers.size >= _LEAST_SHARES or bool(_SHARES.search(name))
    is_whole = bool(np.isin(numbers, (0, 1)).all())
    return is_plain and not is_whole and bool((numbers >= 0).all()) and np.allclose(numbers.sum(axis=-1), 1)


def _are_labels(numbers: Any) -> bool:
    """Tell whether whole numbers are few different ones from 0 or 1 on."""
    distinct = set(numbers.ravel().tolist())
    return numbers.ndim == 1 and min(distinct) in (0, 1) and 2 * len(distinct) <= numbers.size


def _two_classes(numbers: Any) -> Range | None:
    """Return the range of numbers that are plainly one of two classes."""
    distinct = sorted(set(numbers.ravel().tolist()))
    if numbers.size <= 2 or distinct not in ([0, 1], [-1, 1]):  # of two numbers it may be chance
        return None
    if numbers.dtype.kind == "f":
        return Range("choice", choices=tuple(distinct))
    return Range("integers", 0, 1) if distinct == [0, 1] else Range("choice", choices=(-1, 1))


def _are_two_kinds(numbers: Any) -> bool:
    """Tell whether real numbers of two values are labels, or a mask, rather than a start vector or an identity."""
    rarer = min(int((numbers == value).sum()) for value in (numbers.min(), numbers.max()))
    is_square = numbers.ndim == 2 and len(numbers) == numbers.shape[1]
    return not is_square and (rarer >= _LEAST_OF_A_KIND or numbers.size >= _LEAST_MASK)


def _ranges_of_count(name: str, count: int) -> Iterator[Range]:
    """Yield the ranges of a whole number: of how often, how many, which one, or a seed."""
    if "seed" in name.lower():
        yield Range("integers", 0, 99)
        return
    if count > _MOST_COUNT:
        yield Range("integers", max(1, count // 8), max(min(count, 60), count // 4))
        yield Range("integers", max(1, count // 2), count)
        return
    if count < 0:
        yield Range("integers", 2 * count, -1)
        return
    most = max(2 * count, count + 2)
    yield from (Range("integers", least, most) for least in dict.fromkeys((min(count, 1), 2, count)) if least <= count)
    yield Range("integers", min(count, 1), count)
    yield Range("integers", max(count - 1, 0), count)


def _of_reals(numbers: Any, low: float, high: float) -> Iterator[Range]:
    bound = float(max(1, math.ceil(max(abs(low), abs(high)))))
    yield from _of_one_real(low, bound) if numbers.ndim == 0 else _of_several_reals(numbers, low, high, bound)
    if low > 0 or (low == 0 and numbers.ndim):
        # where the solution needs what is positive: a root, a logarithm, a probability
        yield Range("random", min(0.1, low) or 0.1, bound)
        if high < 1:
            yield Range("random", 0.05, 0.95)
    yield from _near(numbers, low, high)


def _of_one_real(low: float, bound: float) -> Iterator[Range]:
    if 0 < low < _SMALL:
        exponent = math.floor(math.log10(low))
        yield Range("powers", 10.0 ** (exponent - 1), 10.0 ** (exponent + 2))
    if 0 < low < 0.1:  # a time step, say, with which a loop still converges
        yield Range("random", float(f"{low / 2:.3g}"), float(f"{low * 2:.3g}"))
    if 0 < low <= 4:
        yield from (Range("random", least, bound) for least in (0.1, 0.5) if least < bound)
    elif low > 4:  # a quantity with a unit, which is not negative and not near 0
        yield Range("random", _floor(low / 2), _ceil(low * 1.5))
    else:
        # Not -1 and 1, where right ways differ: of a rate, a correlation, a cosine they are the ends.
        most = 0.9 if abs(low) <= 0.9 else bound
        yield Range("random", -most, most)


def _of_several_reals(numbers: Any, low: float, high: float, bound: float) -> Iterator[Range]:
    spread = high - low
    if numbers.size > 1 and low > high / 3 and low > 0 and high > 2:  # measurements far from 0, such as temperatures
        yield Range("random", _floor(max(low - spread / 2, low / 2)), _ceil(high + spread / 2))
    elif low >= 0 and numbers.size >= _LEAST_POSITIVE and np.median(numbers) > 0:
        # Not where most are zero: a start vector, or weights before the first step.
        yield Range("random", min(0.1, low), bound)
    else:
        yield Range("random", -bound, bound)


def _near(numbers: Any, low: float, high: float) -> Iterator[Range]:
    """Yield ranges round the lesson's own numbers, for solutions that have an answer on little else."""
    size = max(abs(low), abs(high))
    margin = 0.2 * max(high - low, size, 0.1)
    least = low - margin if low <= 0 else max(low - margin, low / 2)  # what is positive stays so
    yield Range("random", _floor(least) or round(least, 3), _ceil(high + margin))
    if numbers.ndim == 0:
        margin = 0.05 * max(size, 0.1)
        yield Range("random", float(f"{low - margin:.3g}"), float(f"{high + margin:.3g}"))


def _floor(number: float) -> float:
    return math.floor(number * 10) / 10


def _ceil(number: float) -> float:
    return math.ceil(number * 10) / 10
