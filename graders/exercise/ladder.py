"""The ladder: small cases on which a counterexample is looked for first, the same for everybody."""

import itertools
import math

import numpy as np

from graders.exercise.asked import Case, Exercise
from graders.exercise.bank import get_bank
from graders.exercise.grid import GRID
from graders.exercise.reference import Reference

LADDER_SEED = 20_211
"""Any number: the ladder is the same for everybody."""

_DRAWN, _KEPT = 24, 4
"""Cases of each size: drawn, and of these the simplest."""

# Small enough to be followed by hand, and large enough that a sum has more than one term.
_LONGEST, _MOST_WEIGHTS = 3, 6
_MOST_SIZES, _FEW_SIZES = 16, 5
"""Of the smallest sizes; few where the reference is run whole, which takes longer."""


def get_ladder(exercise: Exercise, reference: Reference) -> list[Case]:
    """Return small cases, the simplest first; drawn once and kept in the user's cache.

    There may be none: the counterexample is then one of the cases the submission was graded on.
    """
    cases: list[Case] = []
    ranges = exercise.drawing.dimensions
    lengths = [range(low, min(high, max(low, _LONGEST)) + 1) for low, high in ranges.values()]
    small = [sizes for sizes in itertools.product(*lengths) if math.prod(sizes) <= _MOST_WEIGHTS]
    # Of seven dimensions there are hundreds; where the reference is run whole, each takes a second to draw.
    most = _MOST_SIZES if reference.whole is None else _FEW_SIZES
    for sizes in sorted(small, key=math.prod)[:most]:
        lengths_of = dict(zip(ranges, sizes, strict=True))
        bank = get_bank(exercise, reference, seed=LADDER_SEED, count=_DRAWN, sizes=lengths_of, fewest=0)
        cases += sorted(bank.cases, key=_complexity)[:_KEPT]
    return sorted(cases, key=_complexity)


def _complexity(case: Case) -> tuple[int, int, float]:
    """Order cases by how hard they are to follow: numbers, then odd digits, then size of the values."""
    numbers = np.concatenate([value.ravel() for value in case.values()])
    # 0.5 and 1.5 are easier to calculate with than 0.3 and 1.7.
    odd = int(np.count_nonzero(np.round(numbers * GRID) % 5))
    return len(numbers), odd, float(np.abs(numbers).sum())
