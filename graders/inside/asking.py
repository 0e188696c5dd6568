"""A diagnosing request.

It holds cases and *trials*; a trial says which sites are looked at and what is put in at which. Every trial is run on
every case, one trial after the other, until the time of the request is over: what was not run is left out.
What is right is known to the trusted side alone, and comes in only after all replies that earn points were received.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .altered import UNALTERED, Altering
from .arrays import Array, unpack


class Substitute(NamedTuple):
    """A value that is put in; `keeps_shape`: it takes on no layout of the student's."""

    array: Array
    keeps_shape: bool = False


Puts = Mapping[tuple[int, int], Substitute]
"""What is put in in one run: by site and pass; -1 stands for every pass."""


class AskedTrial(NamedTuple):
    """`watched`: the sites looked at, None for all. `puts`: for each site the pass, and what is put in on each case.

    `altered`: the number of the alteration that is switched on, or UNALTERED; then nothing is looked at.
    """

    watched: Sequence[int] | None
    puts: Sequence[tuple[int, int, Sequence[Substitute | None]]]
    altered: int = UNALTERED

    def puts_on(self, case: int) -> Puts:
        """Return what is put in on one case."""
        return {(site, on_pass): value for site, on_pass, values in self.puts if (value := values[case]) is not None}


class Asked(NamedTuple):
    """A request. `describes`: the sites themselves, or the alterations, are wanted, too."""

    cases: Sequence[Mapping[str, Array]]
    trials: Sequence[AskedTrial]
    seconds: float
    describes: bool
    altering: Altering | None = None


def is_diagnosing(head: Mapping[str, Any]) -> bool:
    """Tell whether a request is for trials, and not for the steps."""
    return "trials" in head


def read_asked(head: Mapping[str, Any], raw: bytes, cases: Sequence[Mapping[str, Array]]) -> Asked:
    """Decode what is put in, which stands behind the cases' own numbers."""
    # In elements: the raw part is one array of float64, whatever it holds.
    offset = sum(math.prod(shape) for shapes in head["shapes"].values() for shape in shapes)
    trials = []
    for watched, of_trial, altered in head["trials"]:
        puts = []
        for site, on_pass, keeps_shape, shapes in of_trial:
            values, offset = _unpack_some(shapes, raw, offset)
            puts.append(
                (site, on_pass, [None if value is None else Substitute(value, keeps_shape) for value in values])
            )
        trials.append(AskedTrial(watched, puts, altered))
    return Asked(cases, trials, head["seconds"], head["describes"], _read_altering(head.get("altering")))


def _unpack_some(shapes: Sequence[Sequence[int] | None], raw: bytes, offset: int) -> tuple[list[Array | None], int]:
    """Return an array for each shape, None where there is none, and where the next ones begin."""
    arrays, offset = unpack([shape for shape in shapes if shape is not None], raw, offset)
    left = iter(arrays)
    return [None if shape is None else next(left) for shape in shapes], offset


def _read_altering(wanted: Sequence[Any] | None) -> Altering | None:
    if wanted is None:
        return None
    kinds, left, only, spelled, kept = wanted
    lines = tuple((cell, line) for cell, line in left)
    return Altering(tuple(kinds), lines, None if only is None else tuple(only), spelled, tuple(kept))
