"""The simplest of small networks on which the first wrong step is wrong.

Hypothesis draws a ladder of small informative networks once per exercise; a submission is run on all of them at the
same time, and the simplest one on which the step is wrong is shown. (Shrinking each submission's own counterexample
would need a run for every attempt, and, bounded in time, would differ from one machine to the next.)
"""

import itertools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from graders.answers import Reference
from graders.diagnosis.evidence import Evidence, Observation, Value
from graders.draws import GRID
from graders.exercise import Array, Exercise, Network
from graders.networks import get_bank
from graders.outcome import Counterexample, Verdict

LADDER_SEED = 20_211
"""Any number: the ladder is the same for everybody."""

_DRAWN, _KEPT = 24, 4
"""Networks of each size: drawn, and of these the simplest."""

_LONGEST, _MOST_WEIGHTS = 3, 6


def get_ladder(exercise: Exercise, reference: Reference) -> list[Network]:
    """Return small networks, the simplest first; drawn once and kept in the user's cache."""
    networks: list[Network] = []
    ranges = exercise.networks.dimensions
    lengths = [range(low, min(high, max(low, _LONGEST)) + 1) for low, high in ranges.values()]
    for sizes in itertools.product(*lengths):
        if math.prod(sizes) <= _MOST_WEIGHTS:
            lengths_of = dict(zip(ranges, sizes, strict=True))
            bank = get_bank(exercise, reference, seed=LADDER_SEED, count=_DRAWN, sizes=lengths_of, fewest=0)
            networks += sorted(bank.networks, key=_complexity)[:_KEPT]
    return sorted(networks, key=_complexity)


def _complexity(network: Network) -> tuple[int, int, float]:
    """Order networks by how hard they are to follow: numbers, then odd digits, then size of the values."""
    numbers = np.concatenate([value.ravel() for value in network.values()])
    odd = int(np.count_nonzero(np.round(numbers * GRID) % 5))
    return len(numbers), odd, float(np.abs(numbers).sum())


def find_counterexample(name: str, evidence: Evidence, candidates: Sequence[Observation]) -> Counterexample | None:
    """Return the first of the candidates (simplest first) on which this step is wrong, or else not quite right."""
    for is_wrong in (_is_wrong, _differs):
        for observation in candidates:
            actual = observation.actual.get(name, "missing")
            right = observation.right[name]
            if not is_wrong(name, evidence, right, actual):
                continue
            return Counterexample(
                network={given: _plain(value) for given, value in observation.network.items()},
                result=name,
                expected=_plain(right),
                actual=_actual(actual, observation),
                differs_at=_first_difference(right, actual),
            )
    return None


def _is_wrong(name: str, evidence: Evidence, right: Array, actual: Value) -> bool:
    return evidence.verdict(name, right, actual) is not Verdict.CORRECT


def _differs(_: str, __: Evidence, right: Array, actual: Value) -> bool:
    """Tell values apart that pass as single precision, but were rounded."""
    return _first_difference(right, actual) is not None


def _actual(value: Value, observation: Observation) -> Any:
    if not isinstance(value, str):
        return _plain(value)
    return observation.fault.type if observation.fault is not None else value.partition(":")[2] or None


def _first_difference(right: Array, actual: Value) -> list[int] | None:
    if isinstance(actual, str) or actual.shape != right.shape or actual.ndim == 0:
        return None
    with np.errstate(invalid="ignore"):
        differs = ~(np.abs(actual - right) <= 1e-9 * np.abs(right).max(initial=0.0) + 1e-12)
    found = np.argwhere(differs)
    return [int(index) for index in found[0]] if len(found) else None


def _plain(value: Array) -> Any:
    """Return numbers with at most 10 significant digits, which is as far as two processors agree."""

    def rounded(item: Any) -> Any:
        return [rounded(inner) for inner in item] if isinstance(item, list) else float(f"{item:.10g}") + 0.0  # no -0.0

    return rounded(value.tolist())
