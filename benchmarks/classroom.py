"""The usual classroom setting, as a baseline: a pytest file with Hypothesis that does the grader's checks.

    SUBMISSION=backprop.py python -m pytest benchmarks/classroom.py

The submission runs in this process, without isolation, on the fixed example and on 100 random networks of the same
sizes; its givens are cut out of its source, since pytest cannot run an unmodified script on other numbers.
"""

import ast
import contextlib
import io
import os
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

GIVENS = {"x", "target", "learnrate", "weights_input_hidden", "weights_hidden_output"}
RESULTS = ("delta_w_h_o", "delta_w_i_h")
FIXED = {
    "x": np.array([0.5, 0.1, -0.2]),
    "target": 0.6,
    "learnrate": 0.5,
    "weights_input_hidden": np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]),
    "weights_hidden_output": np.array([0.1, -0.3]),
}


def without_givens(source: str) -> Any:
    tree = ast.parse(source)
    tree.body = [node for node in tree.body if not isinstance(node, ast.Assign) or not GIVENS & names(node)]
    return compile(tree, "submission", "exec")


def names(node: ast.Assign) -> set[str]:
    return {target.id for target in node.targets if isinstance(target, ast.Name)}


CODE = without_givens(Path(os.environ.get("SUBMISSION", "reference/backprop.py")).read_text(encoding="utf-8"))


def sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def check(network: dict[str, Any]) -> None:
    namespace = dict(network)
    with contextlib.redirect_stdout(io.StringIO()):
        exec(CODE, namespace)
    x, hidden_weights, output_weights = (
        network[name] for name in ("x", "weights_input_hidden", "weights_hidden_output")
    )
    hidden = sigmoid(x @ hidden_weights)
    output = sigmoid(hidden @ output_weights)
    term = (network["target"] - output) * output * (1 - output)
    expected = (
        network["learnrate"] * term * hidden,
        network["learnrate"] * np.outer(x, term * output_weights * hidden * (1 - hidden)),
    )
    for name, value in zip(RESULTS, expected, strict=True):
        np.testing.assert_allclose(namespace[name], value, rtol=1e-9, atol=1e-12)


@st.composite
def networks(draw: st.DrawFn) -> dict[str, Any]:
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
    check(FIXED)


@settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(networks())
def test_on_random_networks(network: dict[str, Any]) -> None:
    check(network)
