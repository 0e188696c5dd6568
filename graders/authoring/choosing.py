"""Which range each given is drawn from: tried by running the solution."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from graders.authoring.forms import has_whole_numbers
from graders.authoring.kinds import Range, proposals

_TRIES = 24
_ANSWERED = 0.9
"""Of the tries of a range on which the solution must have an answer."""

_POSITION = re.compile(r"(^|_)([ij]|idx|index|row|col|column|pos|position)$")

_NEAR = 3
"""What a count may be besides, if anything: two more or less, and one of the same parity."""

_FAR = 1_000_000
"""Beyond all lengths and counts."""


class Trials(Protocol):
    """A solution that is tried on other values."""

    def works(self, values: dict[str, Any]) -> bool:
        """Say if there is an answer."""

    def rate(self, cases: Sequence[Mapping[str, Any]]) -> float:
        """Return on how many of these values there is an answer."""

    def agree(self, values: dict[str, Any], others: dict[str, Any]) -> bool:
        """Say if there are answers to both, and the same."""


def choose_ranges(
    values: dict[str, Any],
    shapes: Mapping[str, Sequence[str | int]],
    lengths: Mapping[str, int],
    trials: Trials,
    written: Mapping[str, Any],
    texts: Sequence[str],
) -> dict[str, Range]:
    """Return a range for each given, the first on which the solution works nearly always, others as in the lesson.

    `written`: the values in the author's own form; `texts`: those there are in the solution.
    """
    random = np.random.default_rng(0)
    chosen: dict[str, Range] = {}
    for name, value in values.items():
        options = [
            *_indices(name, value, shapes, lengths, trials, values),
            *proposals(name, written[name], texts, alone=len(values) == 1),
        ]
        if isinstance(value, str):
            chosen[name] = _fitting(options[-1], lambda text, name=name: trials.works({**values, name: text}))  # type: ignore[misc]
            continue
        if _is_settled(name, value, trials, values):
            # As the author wrote it: where the solution never looks, another right way may, and find no such place.
            chosen[name] = Range("integers", value, value)
            continue
        rates = []
        for option in options:
            shape = [lengths[word] if isinstance(word, str) else word for word in shapes.get(name, ())]
            draws = option.tries(_TRIES, random, shape, lengths)
            # Each given alone, the others as in the lesson: so it shows whose range it is that does not fit.
            rates.append(trials.rate([{**values, name: drawn} for drawn in draws]))
            if rates[-1] >= _ANSWERED:
                break
        chosen[name] = options[int(np.argmax(rates))]
    return chosen


def _fitting(texts: Range, works: Callable[[str], bool]) -> Range:
    """Return the texts that the solution has an answer to: one without would take all the others with it."""
    own, *others = texts.choices
    return texts._replace(choices=(own, *(text for text in others if works(text))))


def _is_settled(name: str, value: Any, trials: Trials, values: dict[str, Any]) -> bool:
    """Tell whether a whole number cannot be another one, or nothing depends on it.

    The size of a window may follow from what else there is; nothing depends on the state that follows the last one.
    """
    if not has_whole_numbers(value) or np.ndim(value):
        return False
    others = [{**values, name: number} for number in range(value - _NEAR, value + _NEAR + 1) if number != value]
    if not any(trials.works(other) for other in others):
        return True
    # The ends alone may agree: both a count that is none and one that is too large are refused.
    others += [{**values, name: number} for number in (-_FAR, _FAR, 0, 1, 2)]
    return all(trials.agree(values, other) for other in others)


def _indices(
    name: str,
    value: Any,
    shapes: Mapping[str, Sequence[str | int]],
    lengths: Mapping[str, int],
    trials: Trials,
    values: dict[str, Any],
) -> Iterator[Range]:
    """Yield whole numbers below a dimension, where they index or count it."""
    if not _may_be_a_place(name, value):
        return

    def with_all(number: int) -> dict[str, Any]:
        """Return the values with this number in all places of the given."""
        return {**values, name: np.full(np.shape(value), number) if np.shape(value) else number}

    position = _is_position(name, value)
    for word, length in _lengths_for(name, shapes, lengths):
        if np.max(value) >= length or word in shapes.get(name, ()):
            continue
        around = [with_all(number) for number in (length - 1, length, length + 1)]
        if _is_index(trials, around, position=position):
            yield Range("integers", 0, length - 1, below=word)
            return
        if np.min(value) > 0 and _is_count(trials, around):
            yield from (Range("integers", least, length - 1, below=word) for least in range(1, int(np.min(value)) + 1))
            return


def _may_be_a_place(name: str, value: Any) -> bool:
    return has_whole_numbers(value) and bool(np.min(value) >= 0) and "seed" not in name.lower()


def _is_position(name: str, value: Any) -> bool:
    """Tell whether the name of a number says so; a row of several is none, whatever it is called."""
    return not np.ndim(value) and bool(_POSITION.search(name))


def _is_index(trials: Trials, around: Sequence[dict[str, Any]], *, position: bool) -> bool:
    """Tell whether a length is too much for a given, and one less is not.

    One whose name says that it is a position is below the length also where the solution puts up with more.
    """
    less, full, _ = around
    return trials.works(less) and (position or not trials.works(full))


def _is_count(trials: Trials, around: Sequence[dict[str, Any]]) -> bool:
    """Tell whether more than a length changes nothing, or is too much where the length itself is not.

    `vectors[:, :k]` puts up with it, a loop over `k` does not; of `x[lag:] * x[:n - lag]` nothing is left at `n`.
    """
    less, full, more = around
    is_too_much = trials.works(less) and trials.works(full) and not trials.works(more)
    return (is_too_much or trials.agree(full, more)) and not trials.agree(less, full)


def _lengths_for(
    name: str, shapes: Mapping[str, Sequence[str | int]], lengths: Mapping[str, int]
) -> list[tuple[str, int]]:
    """Return the dimensions with their lengths, those first that belong to the same call as a name."""
    call = name.rpartition("_")[0]
    beside = [word for given, shape in shapes.items() if call and given.startswith(f"{call}_") for word in shape]
    if _POSITION.search(name) and name.endswith(("j", "col", "column")):
        beside.reverse()
    return sorted(lengths.items(), key=lambda item: beside.index(item[0]) if item[0] in beside else len(beside))
