"""Comparing values: shapes, tolerances, types, and never a pass for what is not a number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from graders.inside.layouts import Layout, layouts
from graders.judging.comparison import Expected, compare, flat, is_close, is_same, rounded_to
from graders.judging.rules import Rule
from graders.outcome import Verdict
from graders.sandbox.reply import Column

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
    assert [found.verdict for found in Expected([expected]).compare(column)] == [Verdict.NOT_FINITE]
    assert not is_close(actual, expected)[index]


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_what_is_not_finite_is_compared_in_the_layout_of_its_own_shape(number: float) -> None:
    column = Column([[]], np.array([number]))
    found = Expected([np.array(2.0)]).compare(column, [*layouts(0, 0), *layouts(0, 2)])
    assert [each.verdict for each in found] == [Verdict.NOT_FINITE]


@given(
    st.lists(hnp.arrays(float, hnp.array_shapes(max_dims=2, max_side=4), elements=st.floats(-1, 1)), min_size=1),
    st.data(),
)
def test_all_at_once_is_the_same_as_one_by_one(expected: list[np.ndarray], data: st.DataObject) -> None:
    noise = st.sampled_from([0.0, 0.0, 1e-13, 1e-10, 1e-6, 1.0, np.nan, np.inf])
    actual = [value + data.draw(noise) for value in expected]
    column = Column([list(value.shape) for value in actual], np.concatenate([value.ravel() for value in actual]))
    one_by_one = [compare(*pair) for pair in zip(expected, actual, strict=True)]
    assert Expected(expected).compare(column) == one_by_one


@given(st.lists(st.integers(1, 3), min_size=1, max_size=4), st.data())
def test_all_at_once_is_the_same_in_any_layout(rows: list[int], data: st.DataObject) -> None:
    elements = st.floats(-1, 1)
    expected = [data.draw(hnp.arrays(float, (count, 2), elements=elements)) for count in rows]
    either = data.draw(st.lists(st.sampled_from(layouts(2, 2)), min_size=1, max_size=3))
    written = [data.draw(st.sampled_from([value, value.T, value.T + 1.0, value.ravel()])) for value in expected]
    column = Column([list(value.shape) for value in written], np.concatenate([value.ravel() for value in written]))
    one_by_one = [compare(*pair, either) for pair in zip(expected, written, strict=True)]
    assert Expected(expected).compare(column, either) == one_by_one


COLUMN, ROW, FLAT = Layout((0, -1)), Layout((-1, 0)), Layout((0,))


def test_a_value_may_be_in_the_layout_of_the_students_weights() -> None:
    vector = np.array([1.0, 2.0])
    assert compare(vector, vector[:, None], [COLUMN]).verdict is Verdict.CORRECT
    assert compare(vector, vector[:, None], [FLAT]).verdict is Verdict.WRONG_SHAPE
    assert compare(vector, vector[:, None], [FLAT, COLUMN]).verdict is Verdict.CORRECT
    assert compare(RIGHT, RIGHT.T, [Layout((1, 0))]).verdict is Verdict.CORRECT


@pytest.mark.parametrize("written", [COLUMN, ROW, FLAT], ids=["column", "row", "flat"])
@pytest.mark.parametrize("wanted", [COLUMN, ROW, FLAT], ids=["column", "row", "flat"])
def test_right_numbers_are_right_only_in_the_layout_that_is_wanted(wanted: Layout, written: Layout) -> None:
    vectors = [np.array([1.0, 2.0]), np.array([3.0, 4.0, 5.0])]
    values = [written.arrange(vector) for vector in vectors]
    column = Column([list(value.shape) for value in values], np.concatenate([value.ravel() for value in values]))
    verdict = Verdict.CORRECT if wanted == written else Verdict.WRONG_SHAPE
    assert [found.verdict for found in Expected(vectors).compare(column, [wanted])] == [verdict, verdict]


def test_values_agree_in_nan_and_infinity_too() -> None:
    value = np.array([1.0, np.nan, np.inf, -np.inf])
    assert is_same(value, value.copy())
    assert is_same(value * (1 + 5e-10), value)
    assert not is_same(value, np.array([2.0, np.nan, np.inf, -np.inf]))
    assert not is_same(value, np.array([1.0, np.nan, np.inf, np.inf]))
    assert not is_same(value, np.array([1.0, 0.0, np.inf, -np.inf]))
    assert not is_same(value, value[None])


@pytest.mark.parametrize("decimals", [3, 4, 6, 8])
def test_rounding_is_named(decimals: int) -> None:
    values = [np.array([0.123456789123, -0.987654321987]), np.array([0.5551234567891])]
    assert rounded_to(values, [np.round(value, decimals) for value in values]) == decimals
    assert rounded_to(values, values) is None
    assert rounded_to(values, ["missing", values[1]]) is None


@pytest.mark.parametrize("tolerance", [1e-9, 1e-3])
def test_all_values_at_once_get_the_verdicts_that_each_gets_alone(tolerance: float) -> None:
    rule = Rule(tolerance=tolerance)
    expected = [np.array([1.0, -2.0]), np.array([4.0]), np.array([0.5, 0.25, 8.0]), np.zeros(2), np.array([1.0])]
    off = [1 + 5e-10, 1 + 5e-4, 1 + 5e-6, 1 + 1e-2, np.nan]
    actual = [value * factor for value, factor in zip(expected, off, strict=True)]
    at_once = Expected(expected, rule).compare(Column([list(value.shape) for value in actual], flat(actual)))
    assert at_once == [compare(right, value, rule=rule) for right, value in zip(expected, actual, strict=True)]
    assert [item.verdict is Verdict.CORRECT for item in at_once] == [True, tolerance > 5e-4, True, True, False]


@pytest.mark.parametrize("first", [np.ones((2, 3)), np.ones(3), np.array(1.0)], ids=["matrix", "vector", "number"])
def test_values_whose_number_of_axes_varies_are_compared_as_they_are(first: np.ndarray) -> None:
    expected = [first, np.ones(2), np.array(4.0), np.ones((2, 1, 2))]
    column = Column([list(value.shape) for value in expected], flat(expected))
    found = Expected(expected).compare(column, [Layout(range(first.ndim)), *layouts(first.ndim, 2)])
    assert [each.verdict for each in found] == [Verdict.CORRECT] * 4
