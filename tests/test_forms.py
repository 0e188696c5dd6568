"""Texts, truths and None, alone and in collections, are looked at and put in like numbers."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from graders.grading import Grader
from graders.inside.arrays import RAW, Array
from graders.inside.forms import as_looked_at, as_told, is_form, look_at_value, put_form
from tests.support.opening import open_grader
from tests.support.sandboxes import grade_text, skipping_without_kernel

SETTINGS = """\
title: {en: Labels, zh: 标签}
marker: "#labels.py#"
solution_marker: "#solution.py#"
submission: definitions
givens:
  heights: {shape: [n], fixed: [1.6, 1.2, 1.9, 2.1], random: [1.0, 2.4]}
  level: {shape: [], fixed: 1.7, random: [1.1, 2.3]}
use: |
  word = size_word(heights, level)
  words = size_words(heights, level)
  found = tallest(heights, level)
  first = first_above(heights, level)
steps:
  - {name: word, exactly: true, points: {fixed: 5, bank: 20}}
  - {name: words, exactly: true, points: {fixed: 5, bank: 20}}
  - {name: found, exactly: true, points: {fixed: 5, bank: 20}}
  - {name: first, exactly: true, points: {fixed: 5, bank: 20}}
bank: {count: 60, dimensions: {n: [1, 6]}}
limits: {wall_s: 5, cpu_s: 5, memory_mib: 512, output_kib: 64}
"""
REFERENCE = """\
import numpy as np
def size_word(heights, level):
    middle = heights.mean()
    return "tall" if middle > level else "small"
def size_words(heights, level):
    words = []
    for height in heights.tolist():
        words.append("tall" if height > level else "small")
    return words
def tallest(heights, level):
    number = int(heights.argmax())
    most = float(heights.max())
    return {"number": number, "height": most, "is_tall": most > float(level)}
def first_above(heights, level):
    above = heights[heights > level]
    return float(above[0]) if above.size else None
"""
LINES = REFERENCE.splitlines()


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    folder = tmp_path_factory.mktemp("course")
    (folder / "exercises" / "labels").mkdir(parents=True)
    (folder / "reference").mkdir()
    (folder / "exercises" / "labels" / "exercise.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "reference" / "labels.py").write_text(REFERENCE, encoding="utf-8")
    with skipping_without_kernel(), open_grader(str(folder / "exercises" / "labels")) as opened:
        yield opened


def wrong_lines(grader: Grader, *edits: tuple[str, str]) -> set[str]:
    """Return the lines that are blamed once the reference is edited."""
    source = REFERENCE
    for before, after in edits:
        assert source.count(before) == 1, before
        source = source.replace(before, after)
    report = grade_text(grader, source)
    lines = source.splitlines()
    return {lines[step.line - 1].strip() for step in report.steps or () if step.verdict.is_wrong and step.line}


WORD = ('"tall" if middle > level else "small"', "str(round(middle + level))")
WORDS = ('"tall" if height > level else "small"', "str(round(height + level))")
FOUND = ('{"number": number, "height": most, "is_tall": most > float(level)}', '{"number": str(number + 3)}')
FIRST = ("float(above[0]) if above.size else None", "str(above.sum() + 3)")


@pytest.mark.parametrize(
    "edits", [(WORD, WORDS), (WORDS, FOUND), (FOUND, FIRST), (FIRST, WORD)], ids=["word", "list", "dictionary", "None"]
)
def test_what_gives_a_wrong_text_has_its_line_beside_another_mistake(
    edits: list[tuple[str, str]], labels: Grader
) -> None:
    found = wrong_lines(labels, *edits)
    assert len(found) == 2
    assert all(any(after in line for line in found) for _, after in edits)


def looked_at(value: Any) -> Array:
    shape, raw = look_at_value(value)
    assert not isinstance(shape, str)
    return np.frombuffer(raw, RAW).reshape(shape)


@pytest.mark.parametrize(
    "value",
    ["no fit", None, [True, None], ("a", 0.25), {"b": "x", "a": [1, "é"]}, {"pair": ("y", 2.5)}],
)
def test_what_is_no_number_is_put_in_as_it_was_looked_at(value: Any) -> None:
    form = looked_at(value)
    assert is_form(form)
    assert put_form("assign", value, form) == value


def test_what_is_the_same_to_rounding_has_one_form() -> None:
    assert (looked_at(["a", 0.1 + 0.2, 2.0]) == looked_at(("a", 0.3, 2))).all()


def test_arrays_of_texts_and_numbers_among_texts_stay_arrays() -> None:
    words, numbers = put_form("assign", (np.array(["-", "-"]), np.zeros(2)), looked_at([["a", "b"], [1.0, 2.0]]))
    assert words.tolist() == ["a", "b"]
    assert numbers.dtype == np.float64
    assert numbers.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(("value", "right"), [(["x"], ["a", "b"]), ({"x": "a"}, {"y": None})])
def test_what_is_filled_with_texts_is_changed_in_place(value: Any, right: Any) -> None:
    assert put_form("container", value, looked_at(right)) is value
    assert value == right


@pytest.mark.parametrize(
    "text", ["{", '{"a": 1}', '{"{}": [1]}', '{"set": [{"set": 1}]}', "[" * 100_000 + "]" * 100_000]
)
def test_a_reply_that_holds_no_form_stays_a_word(text: str) -> None:
    points = np.frombuffer(text.encode(), np.uint8).astype(RAW)
    assert as_looked_at(points) is points
    assert as_told(np.concatenate([looked_at(None)[:2], points])) == "type:unknown"


@pytest.mark.parametrize(("value", "word"), [("a", "type:str"), (None, "none"), ({"a": "b"}, "type:dict")])
def test_what_is_no_number_is_told_as_it_is_recorded(value: Any, word: str) -> None:
    assert as_told(looked_at(value)) == word


def test_numbers_have_no_form() -> None:
    for value in (1.5, True, np.bool_(True), [1.0, 2.0], np.zeros((2, 3)), {"a": 1.0}):
        assert not is_form(looked_at(value))


class Strange(str):
    """A text with a will of its own."""

    def __len__(self) -> int:
        raise AssertionError("called")


endless: list[Any] = ["a"]
endless.append(endless)


@pytest.mark.parametrize(
    "value",
    [Strange("a"), [Strange("a")], {Strange("a"): 1}, {(1, 2): "a"}, "a" * 999, ["a"] * 999, endless, ["a", object()]],
    ids=range(8),
)
def test_what_is_large_or_the_student_s_own_stays_a_word(value: Any) -> None:
    assert isinstance(look_at_value(value)[0], str)
