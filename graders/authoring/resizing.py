"""Values in another shape that are like the lesson's own: its numbers again, real ones moved a little."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from graders.authoring.forms import has_whole_numbers


def resized(value: Any, shape: Sequence[int], seed: int) -> Any:
    """Return numbers (or texts) like these in another shape."""
    random = np.random.default_rng(seed)
    own = np.asarray(value)
    # From the lesson's own: what is a label, a position or a count there is a possible one here.
    if own.dtype.kind not in "fiu":
        return random.choice(own.ravel(), size=shape)
    drawn = random.choice(own.ravel(), size=shape) if own.size > 1 else np.full(shape, own.ravel()[0])
    if has_whole_numbers(value):
        return drawn
    size = float(np.abs(own).max()) / 3 or 0.3
    near_zero = random.uniform(-size if own.min() < 0 else 0.1 * size, size, size=shape)
    return np.where(drawn == 0, near_zero, drawn * random.uniform(0.7, 1.3, size=shape))  # signs stay as they are


def lengthened(value: Any, shape: Sequence[int], seed: int) -> Any:
    """Return numbers (or texts) in a larger shape that begin as these."""
    longer = resized(value, shape, seed)
    own = np.asarray(value)
    longer[tuple(slice(length) for length in own.shape)] = own
    return longer
