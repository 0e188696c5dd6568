"""A known mistake in a function, method or loop is the reference with one expression or statement replaced."""

from pathlib import Path
from typing import Any

import pytest

from graders.authoring.checking import problems_of
from graders.errors import ExerciseError
from graders.exercise.content import Misconception
from graders.exercise.loading import load_exercise
from graders.exercise.reference import load_reference
from graders.exercise.variants import with_mistake
from tests.support.answers import answers

SETTINGS = """\
title: {en: A mean, zh: 平均值}
marker: "#means.py#"
solution_marker: "#solution.py#"
submission: definitions
givens:
  x: {shape: [n], fixed: [1.0, 2.5], random: [-2.0, 2.0]}
use: |
  m = mean(x)
  s = spread(x, m)
steps:
  - {name: total, in: mean, each: pass}
  - {name: m, shape: [], points: {fixed: 20, bank: 30}}
  - {name: s, shape: [], points: {fixed: 20, bank: 30}}
bank: {count: 12, dimensions: {n: [2, 4]}}
limits: {wall_s: 10, cpu_s: 5, memory_mib: 1024, output_kib: 64}
"""
REFERENCE = """\
def mean(x):
    total = 0
    for value in x:
        # TODO
        total += value
    return total / len(x)


def spread(x, m):
    # TODO
    return sum(abs(value - m) for value in x) / len(x)
"""


@pytest.fixture
def means(tmp_path: Path) -> Path:
    folder = tmp_path / "exercises" / "means"
    folder.mkdir(parents=True)
    (tmp_path / "reference").mkdir()
    (folder / "exercise.yaml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "reference" / "means.py").write_text(REFERENCE, encoding="utf-8")
    return folder


def mistake(**keys: Any) -> Misconception:
    return Misconception(**({"id": "a", "message": {"en": "x", "zh": "x"}} | keys))


@pytest.mark.parametrize(
    ("keys", "m", "s"),
    [
        ({"step": "total", "formula": "2 * value"}, 3.5, 1.75),  # under the TODO, not the start value
        ({"step": "total", "replaces": "total += value", "formula": "total = value"}, 1.25, 0.75),
        ({"step": "m", "where": "mean", "replaces": "len(x)", "formula": "1"}, 3.5, 1.75),
        ({"step": "s", "where": "spread", "replaces": "abs(value - m)", "formula": "value - m"}, 1.75, 0.0),
        ({"step": "m", "where": "mean", "replaces": "return total / len(x)", "formula": "pass"}, None, None),
    ],
)
def test_one_place_is_replaced(means: Path, keys: dict[str, Any], m: float | None, s: float | None) -> None:
    exercise = load_exercise(str(means))
    changed = with_mistake(exercise, mistake(**keys))
    if m is None:
        with pytest.raises(TypeError):
            changed.values(exercise.fixed)
    else:
        values = changed.values(exercise.fixed)
        assert (float(values["m"]), float(values["s"])) == (m, s)


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ({"step": "m", "formula": "1"}, "m is assigned 0 times; say what to change by `in` and `replaces`"),
        ({"step": "m", "where": "median", "formula": "1"}, "in: found 'median', which the reference does not define"),
        ({"step": "s", "replaces": "len(x)", "formula": "1"}, "len(x) stands 2 times; say what to change by `in`"),
        ({"step": "s", "where": "mean", "replaces": "len(y)", "formula": "1"}, "len(y) stands 0 times in mean"),
        ({"step": "total", "formula": "value +"}, "formula: SyntaxError"),
        ({"step": "total", "replaces": "a = 1; b = 2", "formula": "1"}, "replaces: found 2 statements, expected one"),
    ],
)
def test_a_place_that_is_not_there_once_is_said(means: Path, keys: dict[str, Any], problem: str) -> None:
    with pytest.raises(ExerciseError) as caught:
        with_mistake(load_exercise(str(means)), mistake(**keys))
    assert problem in str(caught.value)


def test_mistakes_that_are_none_or_the_same_are_said_by_the_check(means: Path) -> None:
    items = [
        ("right", "mean", "total / len(x)", "(total + 0) / len(x)"),
        ("double", "mean", "total / len(x)", "2 * total / len(x)"),
        ("twice", "mean", "total / len(x)", "total / len(x) + total / len(x)"),
        ("nowhere", "nothing", "x", "y"),
    ]
    text = "".join(
        f"- {{id: {name}, step: m, in: {where}, replaces: {old}, formula: {new}, message: {{en: a, zh: a}}}}\n"
        for name, where, old, new in items
    )
    (means / "misconceptions.yaml").write_text(text, encoding="utf-8")
    found = [line for line in problems_of(str(means)) if line.startswith("misconceptions")]
    assert found == [
        "misconceptions.yaml: right: gives the right answer on the whole bank",
        "misconceptions.yaml: nowhere: in: found 'nothing', which the reference does not define",
        "misconceptions.yaml: twice: the same values as double on the whole bank",
    ]


def test_a_straight_line_is_changed_by_formulas_alone(tmp_path: Path) -> None:
    exercise = load_exercise("gradient_descent")
    assert "learnrate*error_term*x" in answers(exercise)
    folder = tmp_path / "exercises" / "gradient_descent"
    folder.mkdir(parents=True)
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "gradient_descent.py").write_text(exercise.reference_source, encoding="utf-8")
    (folder / "exercise.yaml").write_bytes((exercise.folder / "exercise.yaml").read_bytes())
    text = "- {id: a, step: h, replaces: x, formula: w, message: {en: a, zh: a}}\n"
    (folder / "misconceptions.yaml").write_text(text, encoding="utf-8")
    problem = "a: replaces: found 'x'; the steps of a straight line are changed by their formula alone"
    assert f"misconceptions.yaml: {problem}" in problems_of(str(folder))


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("in: mean", "in: meen", "steps[0].in: found 'meen', which the reference does not define"),
        ("in: mean", "in: Means.mean", "steps[0].in: found 'Means.mean', which the reference does not define"),
        ("name: total", "name: totl", "steps[0]: totl is not assigned in mean of the reference"),
        ("name: total, in: mean", "name: x, in: mean", "steps[0]: x is not assigned in mean of the reference"),
        ("name: m, shape", "name: m, each: pass, shape", "steps[1].each: no loop of the reference assigns m"),
    ],
)
def test_a_step_that_does_not_stand_where_it_is_said_to_is_told(
    before: str, after: str, problem: str, means: Path
) -> None:
    (means / "exercise.yaml").write_text(SETTINGS.replace(before, after), encoding="utf-8")
    assert any(problem in told for told in problems_of(str(means))), problems_of(str(means))
    with pytest.raises(ExerciseError, match="steps"):
        load_reference(load_exercise(str(means)))


@pytest.mark.parametrize(
    "line", ["found.append(value)", "found[0][1] = value", "self.found.append(value)", "self.found[0] = value"]
)
def test_a_step_may_be_changed_where_it_is_said_to_stand(line: str, means: Path) -> None:
    solution = means.parent.parent / "reference" / "means.py"
    collecting = f"def collect(self, x, found):\n    for value in x:\n        {line}\n\n\n"
    solution.write_text(collecting + REFERENCE, encoding="utf-8")
    settings = SETTINGS.replace("name: total, in: mean", "name: found, in: collect")
    (means / "exercise.yaml").write_text(settings, encoding="utf-8")
    assert not [told for told in problems_of(str(means)) if "found" in told]
