"""How much an altered program does, counted in passes of loops and calls: what may be endless is ended by that."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from .observing import OutOfTime

_ENDLESS = ("svd", "lstsq")
"""Beginnings of numpy's own names for what may look for singular values of infinite numbers for ever."""


class PassCounter:
    """Called by the program at each pass and call. `most`: where a run ends, if there is an end."""

    def __init__(self, most: int | None) -> None:
        self.done = 0
        self._most = most

    def start(self) -> None:
        """Begin a run."""
        self.done = 0

    def count(self) -> None:
        """Count one more."""
        self.done += 1
        # Not the clock: what is found must not depend on how busy the machine is.
        if self._most is not None and self.done > self._most:
            raise OutOfTime("the altered program may be endless")


@contextmanager
def finite_only() -> Iterator[None]:
    """Let numpy refuse to decompose what is not finite: no signal and no count ends what is not written in Python."""
    library = vars(sys.modules.get("numpy.linalg._umath_linalg", object))
    own = {name: function for name, function in library.items() if name.startswith(_ENDLESS)}
    if own:
        library.update({name: _of_finite(function) for name, function in own.items()})
    try:
        yield
    finally:
        if own:
            library.update(own)


def _of_finite(function: Any) -> Any:
    def decompose(*arrays: Any, **settings: Any) -> Any:
        if not all(np.isfinite(array).all() for array in arrays):
            raise np.linalg.LinAlgError("SVD did not converge")  # what numpy says where it notices
        return function(*arrays, **settings)

    return decompose
