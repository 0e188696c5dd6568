"""The raw part of frames: arrays of float64, one after another (also used by the trusted side)."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

RAW = np.dtype("<f8")  # with its byte order, so that a frame means the same to both sides on every machine

MAX_ELEMENTS = 4096
"""A recorded value with more elements is reported by its shape only."""

MAX_NDIM = 4
"""And so is one with more axes."""

# Spelt out: `numpy.typing` is loaded for its short names alone, here and in the sandbox.
Array = np.ndarray[tuple[Any, ...], np.dtype[np.float64]]
Truths = np.ndarray[tuple[Any, ...], np.dtype[np.bool_]]

Case = Mapping[str, Array]
"""One value for each given."""


def unpack(shapes: Sequence[Sequence[int]], raw: bytes, offset: int = 0) -> tuple[list[Array], int]:
    """Return read-only arrays of these shapes from `raw`, and the offset in elements behind the last one."""
    flat = np.frombuffer(raw, RAW)  # no copy; of bytes it is read-only, so that nobody changes a case by accident
    arrays = []
    for shape in shapes:
        size = math.prod(shape)
        arrays.append(flat[offset : offset + size].reshape(shape))
        offset += size
    return arrays, offset
