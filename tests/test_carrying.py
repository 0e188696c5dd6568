"""Points for what is wrong only because of an earlier mistake, in exercises that give them."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from graders.cli import main
from graders.exercise.loading import root
from graders.grading import Grader
from graders.outcome import Feedback, Report, Verdict
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import decode_submission
from tests.support.sandboxes import need_kernel_sandbox, skipping_without_kernel

BACKPROP, SOFTMAX = (
    (root() / "reference" / f"{name}.py").read_text(encoding="utf-8") for name in ("backprop", "softmax_cross_entropy")
)
SIGN = ("target - output", "output - target")
CHANGE = "learnrate * output_error_term * hidden_layer_output"
TERM = "error * output * (1 - output)"


@pytest.fixture(scope="module")
def graders() -> Iterator[dict[str, Grader]]:
    """Open a grader for each share, and one that tells nothing but the points."""
    with ExitStack() as stack, skipping_without_kernel():

        def opened(name: str, share: str, feedback: Feedback = Feedback.COUNTEREXAMPLE) -> Grader:
            materials = load_materials(name, cases=20)
            asked = replace(materials, exercise=replace(materials.exercise, carried=share))
            return stack.enter_context(open_sandboxed(asked, Terms(isolation="kernel", feedback=feedback)))

        yield {
            "none": opened("backprop", "none"),
            "half": opened("backprop", "half"),
            "full": opened("backprop", "full"),
            "score": opened("backprop", "half", feedback=Feedback.SCORE),
            "functions": opened("softmax_cross_entropy", "half"),
        }


def graded(grader: Grader, source: str, *changes: tuple[str, str]) -> Report:
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    return grader.grade(decode_submission("own.py", source.encode()))


def points(report: Report) -> dict[str, float]:
    return {check.id: check.points for check in report.checks}


@pytest.mark.parametrize(("share", "expected", "said"), [("none", 0, 0), ("half", 50, 1), ("full", 100, 1)])
def test_what_follows_from_an_earlier_mistake_earns_the_share_and_says_so(
    graders: dict[str, Grader], share: str, expected: float, said: int
) -> None:
    report = graded(graders[share], BACKPROP, SIGN)
    assert (report.score.points, report.verdict) == (expected, Verdict.WRONG_VALUE)
    assert sum("delta_w_h_o, delta_w_i_h: right for the values you had before" in note for note in report.notes) == said


def test_points_are_the_same_where_no_step_is_told(graders: dict[str, Grader]) -> None:
    report = graded(graders["score"], BACKPROP, SIGN)
    assert (report.score.points, report.steps, report.counterexample) == (50, None, None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param([(CHANGE, "output_error_term * hidden_layer_output")], 50, id="its own mistake, none before"),
        pytest.param([SIGN, (CHANGE, f"2 * {CHANGE}")], 25, id="its own mistake beside an earlier one"),
        pytest.param([SIGN, (CHANGE, "np.array([0.00804047, 0.00555918])")], 35, id="a number typed in, right once"),
        pytest.param(
            [SIGN, (CHANGE, "np.array([-0.00804047, -0.00555918])")], 25, id="a number typed in", marks=pytest.mark.long
        ),
        pytest.param([(TERM, "1.0"), (CHANGE, "learnrate * hidden_layer_output")], 25, id="right for that value only"),
        pytest.param([("np.dot(x, weights_input_hidden)", "x @ weights_input_hidden * 2")], 50, id="the forward pass"),
        pytest.param(
            [SIGN, (f"delta_w_h_o = {CHANGE}", "delta_w_h_o = None")], 25, id="a TODO left open", marks=pytest.mark.long
        ),
        pytest.param([(TERM, "np.zeros(3)")], 0, id="a value with which nothing can be computed"),
    ],
)
def test_only_a_formula_that_is_right_earns_it(
    graders: dict[str, Grader], changes: list[tuple[str, str]], expected: float
) -> None:
    assert graded(graders["half"], BACKPROP, *changes).score.points == expected


@pytest.mark.parametrize("name", ["backprop", "softmax_cross_entropy"])
def test_an_untouched_template_earns_nothing(graders: dict[str, Grader], name: str) -> None:
    template = (root() / "exercises" / name / f"{name}.py").read_text(encoding="utf-8")
    assert graded(graders["half" if name == "backprop" else "functions"], template).score.points == 0


def test_functions_that_are_right_earn_it_for_what_they_are_given(graders: dict[str, Grader]) -> None:
    report = graded(graders["functions"], SOFTMAX, ("exps.sum(axis=1, keepdims=True)", "exps.sum()"))
    assert points(report) == {
        **{"fixed.probabilities": 0, "fixed.loss": 3, "fixed.gradient": 3},
        **{"bank.probabilities": 0, "bank.loss": 12, "bank.gradient": 12},
    }


def test_it_does_not_matter_how_an_earlier_function_is_wrong(graders: dict[str, Grader]) -> None:
    other = "probabilities = np.sort(exps[::-1], axis=0) / 7 + scores ** 2"
    report = graded(graders["functions"], SOFTMAX, ("probabilities = exps / exps.sum(axis=1, keepdims=True)", other))
    assert [points(report)[f"bank.{name}"] for name in ("probabilities", "loss", "gradient")] == [0, 12, 12]
    assert [step.verdict for step in report.steps or ()][1:] == [Verdict.CORRECT_FROM_EARLIER_MISTAKE] * 2


def test_a_function_that_gives_typed_numbers_earns_nothing(graders: dict[str, Grader]) -> None:
    before = ("exps.sum(axis=1, keepdims=True)", "exps.sum()")
    report = graded(graders["functions"], SOFTMAX, before, ("-np.log(right).mean()", "0.5"))
    assert points(report)["bank.loss"] == 0


def test_a_function_with_a_mistake_of_its_own_earns_nothing_beside_one_before(graders: dict[str, Grader]) -> None:
    before = ("exps.sum(axis=1, keepdims=True)", "exps.sum()")
    report = graded(graders["functions"], SOFTMAX, before, ("-np.log(right).mean()", "-np.log(right).sum()"))
    assert points(report)["bank.loss"] == 0


def own_exercise(folder: Path, carried: str) -> str:
    """Write the lesson's exercise with a word for `carried`."""
    shutil.copytree(root() / "exercises" / "backprop", folder / "exercises" / "own")
    (folder / "reference").mkdir()
    shutil.copy(root() / "reference" / "backprop.py", folder / "reference" / "own.py")
    settings = folder / "exercises" / "own" / "exercise.yaml"
    settings.write_text(f"carried: {carried}\n{settings.read_text(encoding='utf-8')}", encoding="utf-8")
    return str(folder / "exercises" / "own")


def test_another_word_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check-exercise", own_exercise(tmp_path, "quarter")]) == 2
    said = capsys.readouterr()
    (line,) = (said.out + said.err).splitlines()
    assert "exercise.yaml: carried: " in line
    assert "quarter" in line


def test_a_report_with_such_points_is_genuine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    need_kernel_sandbox()
    monkeypatch.chdir(tmp_path)
    Path("own.py").write_text(BACKPROP.replace(*SIGN), encoding="utf-8")
    terms = ["-e", own_exercise(tmp_path, "half"), "--cases", "3", "--isolation", "kernel", "--lang", "en"]
    load_materials(terms[1], cases=3)  # drawn now: while libraries are imported in a thread, Hypothesis would complain
    assert main(["own.py", *terms, "--feedback", "score"]) == 1
    assert main(["own.py", *terms, "--verify", "own.report.yaml"]) == 0
    assert "the same report for own.py: 50 of 100 points" in capsys.readouterr().out
