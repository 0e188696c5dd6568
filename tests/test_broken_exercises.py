"""Whatever is wrong with hand-written files of an exercise is said in one line each, and never ends in a traceback."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from graders.authoring.checking import problems_of
from graders.errors import ExerciseError
from graders.judging.authored import refuse_bad_misconceptions
from graders.session import load_materials

SETTINGS = """\
title: {en: A square, zh: 平方}
marker: "#square.py#"
solution_marker: "#solution.py#"
givens:
  x: {shape: [n], fixed: [1.0, 2.0], random: [-2.0, 2.0], also: [v]}
  w: {shape: [n], fixed: [0.5, -0.5], random: [-1.0, 1.0]}
steps:
  - {name: h, forms: ["np.dot(w, x)"]}
  - {name: y, shape: [], points: {fixed: 20, bank: 80}}
  - {name: d, updates: w, points: {fixed: 1, bank: 1}}
bank:
  count: 12
  dimensions: {n: [1, 3]}
  informative: {h: {apart: 0.05, within: [-5, 5]}}
  both_signs: [h]
limits: {wall_s: 10, cpu_s: 5, memory_mib: 1024, output_kib: 64}
"""
REFERENCE = """\
import numpy as np


def square(z):
    return z ** 2


x = np.array([1.0, 2.0])
w = np.array([0.5, -0.5])
# TODO
h = np.dot(x, w)
# TODO
y = square(h)
# TODO
d = h * x
"""
MISCONCEPTIONS = """\
- id: h-plain
  step: h
  formula: np.sum(x)
  message: {en: No weights., zh: 没有权重。}
- id: y-double
  step: y
  formula: 2 * h
  message: {en: Twice., zh: 两倍。}
"""
INSTEAD: list[Any] = [None, -1, float("nan"), "word", {"word": 1}]


@pytest.fixture
def exercise(tmp_path: Path) -> Path:
    """An exercise without a fault but for its README and its generated files, which are left out."""
    folder = tmp_path / "exercises" / "square"
    folder.mkdir(parents=True)
    (tmp_path / "reference").mkdir()
    (folder / "exercise.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "misconceptions.yaml").write_text(MISCONCEPTIONS, encoding="utf-8")
    reference_of(folder).write_text(REFERENCE, encoding="utf-8")
    return folder


def reference_of(folder: Path) -> Path:
    return folder.parent.parent / "reference" / "square.py"


def problems(folder: Path) -> list[str]:
    """Return the problems but for what is missing on purpose; each is one line."""
    found = problems_of(str(folder))
    assert all(line and len(line.splitlines()) == 1 for line in found), found
    return [line for line in found if not line.startswith(("square.py:", "square.ipynb:", "README.md:"))]


def start(folder: Path) -> str:
    """Start a run and return the one line it ends with, or nothing."""
    said = ""
    try:
        load_materials(str(folder))
    except ExerciseError as error:
        said = str(error)
    assert len(said.splitlines()) <= 1
    return said


def places(content: Any) -> Iterator[list[Any]]:
    """Yield the path to every key and every item."""
    inside = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in inside:
        yield [key]
        yield from ([key, *rest] for rest in places(value))


def changed(content: Any, path: list[Any], *values: Any) -> str:
    """Return the content as YAML with the value at a path replaced, or dropped."""
    twin = copy.deepcopy(content)
    holder = twin
    for key in path[:-1]:
        holder = holder[key]
    if values:
        holder[path[-1]] = values[0]
    else:
        del holder[path[-1]]
    return yaml.safe_dump(twin, allow_unicode=True)


def test_there_is_nothing_wrong_to_begin_with(exercise: Path) -> None:
    assert problems(exercise) == []
    assert start(exercise) == ""


@pytest.mark.long
def test_a_setting_dropped_or_replaced_is_said_in_one_line(exercise: Path) -> None:
    content = yaml.safe_load(SETTINGS)
    for path in places(content):
        for values in [(), *((value,) for value in INSTEAD)]:
            (exercise / "exercise.yaml").write_text(changed(content, path, *values), encoding="utf-8")
            said = start(exercise)
            if said and not values:  # whoever starts a run is told the first of what the check lists
                assert said in problems(exercise), (path, said)


def test_a_misconceptions_key_dropped_or_replaced_is_said_in_one_line(exercise: Path) -> None:
    content = yaml.safe_load(MISCONCEPTIONS)
    for path in places(content[:1]):
        for values in ((), (-1,), ("word",)):
            (exercise / "misconceptions.yaml").write_text(changed(content, path, *values), encoding="utf-8")
            is_text = path in ([0, "id"], [0, "message", "en"], [0, "message", "zh"])
            harmless = (is_text and values == ("word",)) or (path == [0] and not values)
            assert len(problems(exercise)) == (0 if harmless else 1), (path, values)


@pytest.mark.parametrize("key", ["title", "marker", "solution_marker", "givens", "steps", "bank", "limits"])
def test_a_key_that_is_needed_is_missed(exercise: Path, key: str) -> None:
    content = yaml.safe_load(SETTINGS)
    (exercise / "exercise.yaml").write_text(changed(content, [key]), encoding="utf-8")
    (problem,) = problems(exercise)
    assert f"`{key}`" in problem
    assert start(exercise) == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Expected `object`, got `null`"),
        ("- 1\n", "Expected `object`, got `array`"),
        ("title: [\n", "not valid YAML"),
        ("title: !!python/object:os.system {}\n", "not valid YAML: could not determine a constructor"),
        ("title: 2024-13-45\n", "month must be in 1..12"),
        ("title: &a [*a]\n", "contains itself"),
        ("[" * 5000, "not valid YAML"),
        ("\x00", "not valid YAML"),
        (SETTINGS.replace("fixed: [1.0, 2.0]", "fixed: [1.0, 1" + "0" * 400 + "]"), "givens.x.fixed: found"),
        (SETTINGS.replace("fixed: [1.0, 2.0]", "fixed: []"), "expected finite numbers, at least one"),
        (SETTINGS.replace("name: y,", "name: h,"), "the name 'h' already belongs to steps.h"),
        (SETTINGS.replace("also: [v]", "also: [lambda]"), "'lambda' is no Python name"),
        (
            SETTINGS.replace("informative: {h:", "informative: {hh:"),
            "bank.informative.hh: found 'hh', expected one of",
        ),
        (
            SETTINGS.replace("both_signs: [h]", "both_signs: [x]"),
            "bank.both_signs[0]: found 'x', expected one of h,",
        ),
        (SETTINGS.replace("random: [-2.0, 2.0]", "random: [1.0, 1.0000000000000002]"), "givens.x.random: found [1.0,"),
        (SETTINGS.replace("within: [-5, 5]", "within: [5, -5]"), "bank.informative.h.within: found [5.0, -5.0]"),
        (SETTINGS.replace("within: [-5, 5]", "within: [70, 80]"), "mostly: h is not as bank.informative asks"),
        (SETTINGS.replace("both_signs: [h]", "both_signs: [y]"), "bank.both_signs: y: found one sign only"),
    ],
)
def test_a_mistake_in_the_settings_is_said_by_the_check_and_at_the_start(
    exercise: Path, text: str, problem: str
) -> None:
    (exercise / "exercise.yaml").write_text(text, encoding="utf-8")
    assert any(problem in line for line in problems(exercise)), problems(exercise)
    assert problem in start(exercise)


@pytest.mark.long
def test_a_reference_with_a_line_dropped_or_replaced_is_said_in_lines(exercise: Path) -> None:
    lines = REFERENCE.splitlines()
    for index in range(len(lines)):
        for instead in ([], ["raise KeyError('a\\nb')"], ["("], ["x = None"], ["exit()"]):
            source = "\n".join([*lines[:index], *instead, *lines[index + 1 :]])
            reference_of(exercise).write_text(source, encoding="utf-8")
            said = start(exercise)
            assert said in ("", *problems(exercise)), (index, instead, said)


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("y = square(h)", "y = h > 0", "y: found true or false (bool), expected numbers"),
        ("y = square(h)", "y = (h > 0) | (h < 0)", "y: found true or false (bool), expected numbers"),
        ("h = np.dot(x, w)", "h = np.array([True, False])", "h: found true or false (bool), expected numbers"),
        ("y = square(h)", "y = 'text'", "reference/square.py: y: found str, expected numbers"),
        ("y = square(h)", "y = h + 1j", "expected numbers"),
        ("y = square(h)", "y = np.sqrt(-1 - square(h))", "y: not finite on the fixed example"),
        ("    return z ** 2", "    raise SystemExit", "line 5: fails with SystemExit"),
        ("    return z ** 2", "    raise KeyError('a\\nb')", "line 5: fails with KeyError"),
        ("y = square(h)", "\x00", "reference/square.py"),
    ],
)
def test_a_reference_that_cannot_be_graded_on_is_said_by_the_check_and_at_the_start(
    exercise: Path, before: str, after: str, problem: str
) -> None:
    reference_of(exercise).write_text(REFERENCE.replace(before, after), encoding="utf-8")
    assert any(problem in line for line in problems(exercise)), problems(exercise)
    assert problem in start(exercise)


def test_lines_that_change_no_step_are_left_alone(exercise: Path) -> None:
    more = "np.random.seed(0)\nfor name in 'ab':\n    print(name)\nif __name__ == '__main__':\n    print(d)\nlog = []\n"
    more += "log.append(h)\ntwice = lambda z: 2 * z\nassert y is not None\n"
    reference_of(exercise).write_text(REFERENCE + more, encoding="utf-8")
    assert problems(exercise) == []


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("np.sum(x)", "np.sum(xs)", "h-plain: name 'xs' is not defined for h"),
        ("np.sum(x)", "np.summ(x)", "h-plain: AttributeError: module 'numpy' has no attribute 'summ'"),
        ("np.sum(x)", "y + 1", "h-plain: name 'y' is not defined for h; it is computed later"),
        ("np.sum(x)", "np.sum(x", "h-plain: formula: '(' was never closed"),
        ("step: h", "step: g", "[0].step: found 'g', expected one of h, y"),
    ],
)
def test_a_mistake_in_a_misconception_is_said_by_the_check_and_before_a_class(
    exercise: Path, before: str, after: str, problem: str
) -> None:
    (exercise / "misconceptions.yaml").write_text(MISCONCEPTIONS.replace(before, after), encoding="utf-8")
    (found,) = problems(exercise)
    assert problem in found
    materials = load_materials(str(exercise))
    with pytest.raises(ExerciseError) as caught:
        refuse_bad_misconceptions(materials.exercise, materials.reference)
    assert problem in str(caught.value)
    assert str(caught.value).startswith(str(exercise / "misconceptions.yaml"))


def test_a_misconception_that_is_never_wrong_is_said_by_the_check_and_stops_no_run(exercise: Path) -> None:
    (exercise / "misconceptions.yaml").write_text(MISCONCEPTIONS.replace("np.sum(x)", "x @ w"), encoding="utf-8")
    assert problems(exercise) == ["misconceptions.yaml: h-plain: gives the right answer on the whole bank"]
    materials = load_materials(str(exercise))
    refuse_bad_misconceptions(materials.exercise, materials.reference)


def test_a_formula_with_names_of_its_own_is_in_order(exercise: Path) -> None:
    text = MISCONCEPTIONS.replace("np.sum(x)", "sum([v * 2 for v in x]) + max(map(abs, w))")
    (exercise / "misconceptions.yaml").write_text(text, encoding="utf-8")
    assert problems(exercise) == []


@pytest.mark.parametrize(
    ("form", "problem"), [("np.dot(w, xx)", "name 'xx' is not defined for h"), ("np.sum(x)", "not what the reference")]
)
def test_another_form_of_a_step_that_is_not_right_is_said(exercise: Path, form: str, problem: str) -> None:
    (exercise / "exercise.yaml").write_text(SETTINGS.replace("np.dot(w, x)", form), encoding="utf-8")
    (found,) = problems(exercise)
    assert found.startswith("exercise.yaml: steps.h.forms: ")
    assert problem in found
