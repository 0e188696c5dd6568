"""The references are right: each delta is -learnrate · ∂E/∂w with E = (target - output)²/2, found numerically."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pytest

from graders.errors import ExerciseError
from graders.exercise.asked import Case, Exercise
from graders.exercise.bank import draw_bank
from graders.exercise.loading import load_exercise
from graders.exercise.reference import Reference, load_reference

Complex = npt.NDArray[np.complex128]
STEP = 1e-30  # complex step: no cancellation, so the derivative is exact to rounding


def sigmoid(z: Complex) -> Complex:
    ones = np.ones_like(z)
    return ones / (ones + np.exp(-z))


def two_layers(values: dict[str, Complex]) -> Complex:
    hidden = sigmoid(values["x"] @ values["weights_input_hidden"])
    return sigmoid(hidden @ values["weights_hidden_output"])


def one_unit(values: dict[str, Complex]) -> Complex:
    hidden = sigmoid(values["x"] @ values["weights_input_hidden"])
    return sigmoid(hidden * values["weight_hidden_output"])


def single_unit(values: dict[str, Complex]) -> Complex:
    return sigmoid(values["x"] @ values["w"])


def changes(forward: Callable[[dict[str, Complex]], Complex], case: Case, weights: str) -> npt.NDArray[np.float64]:
    """Return -learnrate · ∂E/∂w for every element of some weights, by complex steps."""
    gradient = np.zeros(case[weights].shape)
    for index in np.ndindex(*case[weights].shape):
        values = {name: value.astype(complex) for name, value in case.items()}
        values[weights][index] += 1j * STEP
        cost = (values["target" if "target" in values else "y"] - forward(values)) ** 2 / 2
        gradient[index] = complex(cost).imag / STEP
    return -case["learnrate"] * gradient


@pytest.mark.parametrize(
    ("name", "forward", "deltas"),
    [
        ("backprop", two_layers, {"delta_w_h_o": "weights_hidden_output", "delta_w_i_h": "weights_input_hidden"}),
        ("one_hidden_unit", one_unit, {"delta_w_h_o": "weight_hidden_output", "delta_w_i_h": "weights_input_hidden"}),
        ("gradient_descent", single_unit, {"del_w": "w"}),
    ],
)
def test_each_delta_is_the_numerical_gradient_step(
    name: str, forward: Callable[[dict[str, Complex]], Complex], deltas: dict[str, str]
) -> None:
    exercise = load_exercise(name)
    reference = Reference(exercise)
    cases = [exercise.fixed, *draw_bank(exercise, reference, seed=7, count=60).cases]
    for case in cases:
        values = reference.values(case)
        for result, weights in deltas.items():
            expected = changes(forward, case, weights)
            np.testing.assert_allclose(values[result], expected, rtol=1e-12, atol=1e-15)


def layer(inputs: Sequence[float], weights: npt.NDArray[np.float64]) -> list[float]:
    """Return a sigmoid layer's outputs, unit by unit, without numpy's products."""
    sums = [
        sum(number * row[unit] for number, row in zip(inputs, weights, strict=True)) for unit in range(len(weights[0]))
    ]
    return [0.5 * (1 + math.tanh(total / 2)) for total in sums]


def test_each_layer_is_what_a_second_implementation_gives() -> None:
    exercise = load_exercise("multilayer")
    reference = Reference(exercise)
    for case in [exercise.fixed, *draw_bank(exercise, reference, seed=7, count=60).cases]:
        values = reference.values(case)
        hidden = layer(case["X"].tolist(), case["weights_input_to_hidden"])
        np.testing.assert_allclose(values["hidden_layer_out"], hidden, rtol=1e-12)
        np.testing.assert_allclose(
            values["output_layer_out"], layer(hidden, case["weights_hidden_to_output"]), rtol=1e-12
        )


def test_the_lessons_printed_answer_is_the_references(reference: Reference, exercise: Exercise) -> None:
    values = reference.values(exercise.fixed)
    np.testing.assert_allclose(values["delta_w_h_o"], [0.00804047, 0.00555918], atol=5e-9)
    printed = [[1.77005547e-04, -5.11178506e-04], [3.54011093e-05, -1.02235701e-04], [-7.08022187e-05, 2.04471402e-04]]
    np.testing.assert_allclose(values["delta_w_i_h"], printed, atol=5e-13)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("error = target - output", "error = target - nothing", "fails with NameError: name 'nothing' is not defined"),
        ("error = target - output", "pass", "error: not assigned"),
        ("delta_w_i_h = learnrate *", "delta_w_i_h = 0 *", None),
        ("* x[:, None]", "* x.sum()", "delta_w_i_h: found shape [2], expected [3, 2]"),
        ("error = target - output", "error = (target", "line 30: '(' was never closed"),
    ],
)
def test_a_broken_reference_is_one_line(exercise: Exercise, before: str, after: str, message: str | None) -> None:
    from dataclasses import replace

    broken = replace(exercise, reference_source=exercise.reference_source.replace(before, after))
    if message is None:
        assert not Reference(broken).values(exercise.fixed)["delta_w_i_h"].any()
        return
    with pytest.raises(ExerciseError) as caught:
        load_reference(broken)
    assert str(caught.value).startswith("reference/backprop.py: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
