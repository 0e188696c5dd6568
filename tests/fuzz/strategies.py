"""The inputs Hypothesis draws: any bytes, and seeds with some changes."""

from random import Random

from hypothesis import strategies as st

from tests.fuzz.mutation import mutate
from tests.fuzz.seeds import seeds

MOST_CHANGES = 4


def inputs(target: str) -> st.SearchStrategy[bytes]:
    """Return the strategy of a target."""
    changes = st.lists(st.integers(0, 1 << 32), max_size=MOST_CHANGES)
    return st.binary(max_size=300) | st.builds(_changed, st.sampled_from(seeds(target)), changes)


def _changed(seed: bytes, changes: list[int]) -> bytes:
    for change in changes:
        seed = mutate(seed, Random(change))
    return seed
