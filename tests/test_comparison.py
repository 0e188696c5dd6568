"""Comparing values: shapes, tolerances, types, and never a pass for what is not a number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from graders.comparison import Expected, all_correct, compare, compare_in_layouts, rounded_to
from graders.outcome import Verdict
from graders.sandbox.wire import Column

RIGHT = np.array([[1e-8, -2e-8], [3e-8, 0.5e-8]])


@pytest.mark.parametrize(
    ("actual", "verdict"),
    [
        (RIGHT, Verdict.CORRECT),
        (RIGHT * (1 + 5e-10), Verdict.CORRECT),
        (RIGHT * (1 + 1e-4), Verdict.WRONG_VALUE),
        (RIGHT * 0, Verdict.WRONG_VALUE),
        (-RIGHT, Verdict.WRONG_VALUE),
        (RIGHT.T, Verdict.WRONG_VALUE),
        (RIGHT[0], Verdict.WRONG_SHAPE),
        (RIGHT.ravel(), Verdict.WRONG_SHAPE),
        (RIGHT[None], Verdict.WRONG_SHAPE),
        (np.full((2, 2), np.nan), Verdict.NOT_FINITE),
        (np.full((2, 2), np.inf), Verdict.NOT_FINITE),
        ("missing", Verdict.MISSING),
        ("none", Verdict.MISSING),
        ("type:str", Verdict.WRONG_TYPE),
        ("shape:(100, 100)", Verdict.WRONG_SHAPE),
    ],
)
def test_a_value_gets_its_verdict(actual: object, verdict: Verdict) -> None:
    assert compare(RIGHT, actual).verdict is verdict  # type: ignore[arg-type]


def test_single_precision_is_right_with_a_note() -> None:
    values = RIGHT * 1e6 / 3
    found = compare(values, values.astype(np.float32).astype(float))
    assert (found.verdict, found.reduced) == (Verdict.CORRECT, True)


@pytest.mark.parametrize("actual", [RIGHT.T.copy().reshape(4), RIGHT.reshape(4, 1), RIGHT.reshape(1, 2, 2)])
def test_right_numbers_in_another_shape_are_said_to_be(actual: np.ndarray) -> None:
    found = compare(RIGHT, actual)
    assert (found.verdict, found.same_numbers) == (Verdict.WRONG_SHAPE, True)


@given(st.data())
def test_nan_and_infinity_are_never_right(data: st.DataObject) -> None:
    expected = data.draw(hnp.arrays(float, hnp.array_shapes(max_dims=2, max_side=4), elements=st.floats(-1, 1)))
    actual = expected.copy()
    index = tuple(data.draw(st.integers(0, length - 1)) for length in expected.shape)
    actual[index] = data.draw(st.sampled_from([np.nan, np.inf, -np.inf]))
    assert compare(expected, actual).verdict is Verdict.NOT_FINITE
    column = Column([list(actual.shape)], actual.ravel())
    assert not Expected([expected]).all_equal(column)


@given(
    st.lists(hnp.arrays(float, hnp.array_shapes(max_dims=2, max_side=4), elements=st.floats(-1, 1)), min_size=1),
    st.data(),
)
def test_all_at_once_is_the_same_as_one_by_one(expected: list[np.ndarray], data: st.DataObject) -> None:
    noise = st.sampled_from([0.0, 0.0, 1e-13, 1e-10, 1e-6, 1.0, np.nan, np.inf])
    actual = [value + data.draw(noise) for value in expected]
    column = Column([list(value.shape) for value in actual], np.concatenate([value.ravel() for value in actual]))
    one_by_one = [compare(*pair) for pair in zip(expected, actual, strict=True)]
    right = all(found.verdict is Verdict.CORRECT and not found.reduced for found in one_by_one)
    assert Expected(expected).all_equal(column) == right
    assert all_correct(expected, actual) == right
    assert Expected(expected)._compare(column) == one_by_one


@given(st.lists(st.integers(1, 3), min_size=1, max_size=4), st.data())
def test_all_at_once_is_the_same_in_any_layout(rows: list[int], data: st.DataObject) -> None:
    elements = st.floats(-1, 1)
    expected = [data.draw(hnp.arrays(float, (count, 2), elements=elements)) for count in rows]
    layouts = data.draw(st.lists(st.sampled_from([(0, 1), (1, 0)]), min_size=1, max_size=3))
    written = [data.draw(st.sampled_from([value, value.T, value.T + 1.0, value.ravel()])) for value in expected]
    column = Column([list(value.shape) for value in written], np.concatenate([value.ravel() for value in written]))
    one_by_one = [compare_in_layouts(*pair, layouts) for pair in zip(expected, written, strict=True)]
    assert Expected(expected).compare(column, layouts) == one_by_one


def test_a_value_may_be_in_the_layout_of_the_students_weights() -> None:
    vector = np.array([1.0, 2.0])
    assert compare_in_layouts(vector, vector[:, None], [(0, -1)]).verdict is Verdict.CORRECT
    assert compare_in_layouts(vector, vector[:, None], [(0,)]).verdict is Verdict.WRONG_SHAPE
    assert compare_in_layouts(RIGHT, RIGHT.T, [(1, 0)]).verdict is Verdict.CORRECT


@pytest.mark.parametrize("decimals", [3, 4, 6, 8])
def test_rounding_is_named(decimals: int) -> None:
    values = [np.array([0.123456789123, -0.987654321987]), np.array([0.5551234567891])]
    assert rounded_to(values, [np.round(value, decimals) for value in values]) == decimals
    assert rounded_to(values, values) is None
    assert rounded_to(values, ["missing", values[1]]) is None
