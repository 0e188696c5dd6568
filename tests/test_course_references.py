"""The references of functions, loops and classes are right: slopes by complex steps, the rest by a second method."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from graders.exercise.asked import Case
from graders.exercise.bank import draw_bank
from graders.exercise.loading import load_exercise
from graders.exercise.reference import Reference

STEP = 1e-30  # complex step: no cancellation, so a slope is exact to rounding
Values = Mapping[str, npt.NDArray[Any]]


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def slope(function: Callable[[Values], Any], values: Values, name: str) -> npt.NDArray[np.float64]:
    """Return the slope of a number with respect to every element of a value."""
    found = np.zeros(values[name].shape)
    for index in np.ndindex(*values[name].shape):
        moved = {key: value.astype(complex) for key, value in values.items()}
        moved[name][index] += 1j * STEP
        found[index] = complex(function(moved)).imag / STEP
    return found


def whole(values: Values, name: str) -> npt.NDArray[np.intp]:
    """Labels or targets as whole numbers; nobody moves them."""
    return np.real(values[name]).astype(int)


def unit_cost(values: Values) -> Any:
    outputs = sigmoid(values["features"] @ values["weights"])
    return ((values["targets"] - outputs) ** 2).mean() / 2


def layers_cost(values: Values) -> Any:
    hidden = sigmoid(values["features"] @ values["weights_input_hidden"])
    return ((values["targets"] - sigmoid(hidden @ values["weights_hidden_output"])) ** 2).mean() / 2


def network_cost(values: Values) -> Any:
    hidden = sigmoid(values["features"] @ values["weights_input_hidden"])
    return ((values["targets"] - hidden @ values["weights_hidden_output"]) ** 2).mean() / 2


def descended(cost: Callable[[Values], Any], case: Case, times: int) -> dict[str, Any]:
    """Go down a cost so many times, all weights at once."""
    values = dict(case)
    for _ in range(times):
        weights = [name for name in values if name.startswith("weight")]
        changes = {name: -values["learnrate"] * slope(cost, values, name) for name in weights}
        values |= {name: values[name] + change for name, change in changes.items()}
    return values


def gradient_records(case: Case) -> dict[str, Any]:
    weights = descended(unit_cost, case, int(case["epochs"]))["weights"]
    rows = [sum(a * b for a, b in zip(row, weights, strict=True)) for row in case["features_test"].tolist()]
    outputs = [0.5 * (1 + math.tanh(total / 2)) for total in rows]
    pairs = list(zip(outputs, case["targets_test"].tolist(), strict=True))
    loss = math.fsum((target - output) ** 2 for output, target in pairs) / len(pairs)
    hits = sum((total > 0) == (target == 1) for total, (_, target) in zip(rows, pairs, strict=True))
    return {"weights": weights, "loss": loss, "accuracy": hits / len(pairs)}


def backprop_records(case: Case) -> dict[str, Any]:
    values = descended(layers_cost, case, int(case["epochs"]))
    return {name: values[name] for name in ("weights_input_hidden", "weights_hidden_output")}


def neural_network(case: Case) -> dict[str, Any]:
    once, twice = (descended(network_cost, case, times) for times in (1, 2))
    outputs = [
        sigmoid(values["features"] @ values["weights_input_hidden"]) @ values["weights_hidden_output"]
        for values in (case, twice)
    ]
    return {
        "outputs": outputs[0],
        "new_input_hidden": once["weights_input_hidden"],
        "new_hidden_output": once["weights_hidden_output"],
        "trained_outputs": outputs[1],
    }


def numpy_quiz(case: Case) -> dict[str, Any]:
    numbers, table, level = case["numbers"].tolist(), case["table"].tolist(), float(case["level"])
    sums = [math.fsum(column) for column in zip(*table, strict=True)]
    return {
        "row": [[number - min(numbers) for number in numbers]],
        "shares": [[cell / total for cell, total in zip(row, sums, strict=True)] for row in table],
        "counts": [len([cell for cell in row if cell > level]) for row in table],
    }


def log_loss(scores: Any, labels: npt.NDArray[np.intp]) -> Any:
    shifted = scores - scores.real.max(axis=1, keepdims=True)
    right = shifted[np.arange(len(labels)), labels]
    return (np.log(np.exp(shifted).sum(axis=1)) - right).mean()


def softmax_cross_entropy(case: Case) -> dict[str, Any]:
    def cost(values: Values) -> Any:
        return log_loss(values["scores"], whole(values, "labels"))

    rows = [[1 / math.fsum(math.exp(other - one) for other in row) for one in row] for row in case["scores"].tolist()]
    return {"probabilities": rows, "loss": cost(case), "gradient": slope(cost, case, "scores")}


def affine_layers(case: Case) -> dict[str, Any]:
    def cost(values: Values) -> Any:
        sums = values["x"] @ values["w1"] + values["b1"]
        hidden = np.where(sums.real > 0, sums, 0)
        return log_loss(hidden @ values["w2"] + values["b2"], whole(values, "y"))

    names = {"dx": "x", "dw1": "w1", "db1": "b1", "dw2": "w2", "db2": "b2"}
    return {"loss": cost(case), **{result: slope(cost, case, given) for result, given in names.items()}}


def elimination(case: Case) -> dict[str, Any]:
    matrix, right = case["matrix"], case["right"]
    solution = np.linalg.solve(matrix, right)
    kernel = np.linalg.svd(np.vstack([matrix[:-1], matrix[0] - 2 * matrix[1]]))[2][-1]
    return {
        "below": np.zeros(matrix.shape),
        "kept": solution,
        "solution": solution,
        "direction": kernel / kernel[-1],
        "far": math.dist((matrix @ case["guess"]).tolist(), right.tolist()),
    }


@pytest.mark.parametrize(
    "second",
    [
        gradient_records,
        backprop_records,
        numpy_quiz,
        softmax_cross_entropy,
        neural_network,
        affine_layers,
        elimination,
    ],
)
def test_a_second_method_gives_the_same_results(second: Callable[[Case], dict[str, Any]]) -> None:
    exercise = load_exercise(second.__name__)
    reference = Reference(exercise)
    for case in [exercise.fixed, *draw_bank(exercise, reference, seed=7, count=12).cases]:
        values = reference.values(case)
        for name, expected in second(case).items():
            np.testing.assert_allclose(values[name], expected, rtol=1e-8, atol=1e-10, err_msg=name)


def test_products_are_each_others_transposed_and_a_text_where_they_do_not_fit() -> None:
    namespace: dict[str, Any] = {}
    exec(load_exercise("numpy_quiz").reference_source, namespace)
    first, second = np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]])
    forward, backward = namespace["products"](first, second)
    assert forward.tolist() == [[11.0]]
    assert backward.tolist() == [[3.0, 6.0], [4.0, 8.0]]
    assert namespace["products"](first, first) == ("no fit", "no fit")
