"""Each mistake in exercise.yaml is one line that names file, key, what was found and what was expected."""

import shutil
from pathlib import Path

import pytest

from graders.errors import ExerciseError, UsageError
from graders.exercise.loading import exercise_names, load_exercise, read_exercise, root


def broken(tmp_path: Path, before: str, after: str, file: str = "exercise.yaml") -> str:
    """Load a copy of the exercise with one text replaced and return the message."""
    folder = tmp_path / "backprop"
    shutil.copytree(root() / "exercises" / "backprop", folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ExerciseError) as caught:
        assert read_exercise(folder, root() / "reference" / "backprop.py").misconceptions
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(folder / file))
    return message.removeprefix(f"{folder / file}: ")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("count: 100", "count: 1e2", "bank.count: Expected `int`, got `str`; found '1e2'"),
        ("fixed: 0.6,", "fixd: 0.6,", "givens.target.fixd: unknown key; docs/exercises.md explains"),
        ("shape: [hidden]", "shape: [hiden]", "givens.weights_hidden_output.shape: found 'hiden', expected one of"),
        ("fixed: [0.1, -0.3]", "fixed: [[0.1, -0.3]]", "givens.weights_hidden_output.fixed: found shape [1, 2]"),
        ("fixed: [0.1, -0.3]", "fixed: [0.1]", "givens.weights_hidden_output.fixed: found 1 for hidden, expected 2"),
        ("fixed: [0.1, -0.3]", "fixed: [a, b]", "expected numbers of shape ['hidden']"),
        ("points: {fixed: 10,", "points: {fixed: -1,", "points: found -1.0 and 40.0, expected none below 0"),
        ("updates: weights_hidden_output", "updates: weights", "steps[3].updates: found 'weights', expected one of x"),
        (
            "updates: weights_hidden_output, ",
            "",
            "steps[3].updates: missing; expected the given whose shape delta_w_h_o",
        ),
        ("updates: weights_hidden_output", "shape: [hiden]", "steps[3].shape: found 'hiden', expected a dimension of"),
        ("updates: weights_h", "shape: [hidden], updates: weights_h", "steps[3].updates: found beside shape; expected"),
        ("  zh: 反", "  cn: 反", "title: found ['cn', 'en'], expected en and zh"),
        ("case: {en: network, zh: 网络}", "case: {en: network}", "case: found {'en': 'network'}, expected a word in"),
        ("case: {en: network, zh: 网络}", "case: {en: network, zh: ' '}", "case: found {'en': 'network', 'zh': ' '}"),
        ("random: [0.0, 1.0]", "random: [1.0, 0.0]", "givens.target.random: found [1.0, 0.0], expected"),
        ("also: [inputs, features]", "also: [target]", "the name 'target' already belongs to"),
        ("also: [inputs, features]", "also: [in-puts]", "givens.x: 'in-puts' is no Python name"),
        ("hidden: [1, 8]}", "hidden: [8, 1]}", "bank.dimensions.hidden: found [8, 1]"),
        ("wall_s: 10", "wall_s: 0", "limits.wall_s: found 0, expected at least 1"),
        ("wall_s: 10", "wall: 10", "limits.wall: unknown key"),
        ("within: [0.05, 0.95]", "inside: [0.05, 0.95]", "bank.informative.output.inside: unknown key"),
        ("title:", "titel:", "titel: unknown key"),
        ("givens:", "givens: [", "not valid YAML"),
    ],
)
def test_a_mistake_is_named_by_key(tmp_path: Path, before: str, after: str, expected: str) -> None:
    assert expected in broken(tmp_path, before, after)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("step: error", "step: eror", "[0].step: found 'eror', expected one of error, output_error_term"),
        ("id: error-squared", "id: error-sign", "[1].id: 'error-sign' is there twice"),
        ("    zh: >-", "    cn: >-", "[0].message: found ['cn', 'en'], expected en and zh"),
        ("formula: output - target", "formul: output - target", "[0].formul: unknown key"),
    ],
)
def test_a_mistake_in_a_misconception_is_named(tmp_path: Path, before: str, after: str, expected: str) -> None:
    assert expected in broken(tmp_path, before, after, "misconceptions.yaml")


def test_an_unknown_exercise_is_named_with_those_there_are() -> None:
    with pytest.raises(
        UsageError, match=r"unknown exercise 'backpop'; there are: affine_layers, backprop, backprop_records, "
    ):
        load_exercise("backpop")


def own_exercise(folder: Path) -> Path:
    """Copy one of ours to `folder` under a name of its own, and return its path."""
    (folder / "reference").mkdir(parents=True)
    shutil.copy(root() / "reference" / "backprop.py", folder / "reference" / "mine.py")
    return Path(shutil.copytree(root() / "exercises" / "backprop", folder / "exercises" / "mine"))


def test_an_exercise_of_ones_own_is_named_by_its_path(tmp_path: Path) -> None:
    exercise = load_exercise(f"{own_exercise(tmp_path)}/")
    assert (exercise.name, exercise.sha256) == ("mine", load_exercise("backprop").sha256)


def test_a_name_alone_never_leads_to_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_exercise(tmp_path)
    for folder in (tmp_path, tmp_path / "exercises"):
        monkeypatch.chdir(folder)
        with pytest.raises(UsageError, match="unknown exercise 'mine'"):
            load_exercise("mine")


def test_a_path_outside_a_folder_exercises_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"expected …/exercises/NAME, with the solution in …/reference/NAME\.py"):
        load_exercise(str(own_exercise(tmp_path).rename(tmp_path / "mine")))


def test_every_exercise_shipped_is_valid() -> None:
    assert {"backprop", "one_hidden_unit"} <= set(exercise_names())
    for name in exercise_names():
        exercise = load_exercise(name)
        assert exercise.max_points == 100
        assert exercise.misconceptions is not None


def test_generated_files_are_not_stale() -> None:
    from scripts.generate import generated

    stale = [path for path, content in generated().items() if path.read_text(encoding="utf-8") != content]
    assert not stale, "run python scripts/generate.py"


def test_the_template_asks_for_every_step_and_gives_no_answer() -> None:
    for name in exercise_names():
        exercise = load_exercise(name)
        template = (exercise.folder / f"{name}.py").read_text(encoding="utf-8")
        for step in exercise.steps if exercise.is_straight else ():
            assert f"{step.name} = None\n" in template
