"""The usual classroom setting: pytest with Hypothesis, on the fixed example and on 100 random networks.

SUBMISSION=backprop.py python -m pytest benchmarks/classroom/hypothesis_test.py
"""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmarks.classroom.rerun import FIXED, Network, check, submission

CODE = submission()


@st.composite
def networks(draw: st.DrawFn) -> Network:
    inputs, hidden = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    tenths = st.integers(-15, 15).map(lambda tenth: tenth / 10)
    return {
        "x": draw(arrays(np.float64, inputs, elements=tenths)),
        "target": draw(st.integers(0, 10)) / 10,
        "learnrate": draw(st.integers(1, 10)) / 10,
        "weights_input_hidden": draw(arrays(np.float64, (inputs, hidden), elements=tenths)),
        "weights_hidden_output": draw(arrays(np.float64, hidden, elements=tenths)),
    }


def test_on_the_fixed_example() -> None:
    check(CODE, FIXED)


@settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(networks())
def test_on_random_networks(network: Network) -> None:
    check(CODE, network)
