"""Diagnosis: misconceptions are told apart, counterexamples are small, messages give nothing away, levels disclose."""

import itertools
import re
import statistics
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graders.exercise.asked import Case, Exercise
from graders.exercise.bank import draw_bank
from graders.exercise.content import Misconception
from graders.exercise.ladder import get_ladder
from graders.exercise.reference import Reference
from graders.grading import Grader
from graders.inside.layouts import Layout
from graders.judging.comparison import is_same
from graders.judging.evidence import Evidence, Observation
from graders.judging.misconceptions import Misconceptions
from graders.judging.steps import Judgement, judge_steps
from graders.outcome import Feedback, Report, Verdict
from graders.sandbox.server import KernelSandbox
from graders.submission import decode_submission, read_submission
from tests.support.opening import open_grader

ROOT = Path(__file__).parent.parent
SIGN = ROOT / "tests" / "submissions" / "backprop" / "wrong" / "error_sign_plain.py"
NOT_NUMERICALLY_DISTINCT: set[frozenset[str]] = set()


@pytest.fixture(scope="module")
def cases(exercise: Exercise, reference: Reference) -> list[Case]:
    return list(draw_bank(exercise, reference, seed=1, count=40).cases)


def wrong_values(item: Misconception, reference: Reference, case: Case) -> dict[str, np.ndarray] | None:
    """Return what a student with this misconception computes, or None where the script would stop."""
    values: dict[str, np.ndarray] = {**case, **reference.values(case)}
    names = list(reference.formulas)
    codes = {item.step: reference.compile_formula(item.formula, item.id)}
    codes |= {name: reference.formulas[name].codes[0] for name in names[names.index(item.step) + 1 :]}
    for name, code in codes.items():
        value = reference.evaluate(code, values)
        if value is None:
            return None
        values[name] = value
    return values


def evidence_of(item: Misconception, exercise: Exercise, reference: Reference, cases: list[Case]) -> Evidence:
    observations = []
    for case in cases:
        values = wrong_values(item, reference, case)
        if values is not None:
            observations.append(Observation(case, reference.values(case), values, None))
    layouts = {step.name: [Layout(range(len(exercise.fixed_shape(step))))] for step in exercise.results}
    return Evidence(reference, observations, layouts)


def judgements_of(evidence: Evidence, exercise: Exercise, reference: Reference) -> list[Judgement]:
    names = [*reference.forward_names, *(step.name for step in exercise.steps)]
    return judge_steps(evidence, names, [step.name for step in exercise.results])


def test_every_misconception_is_localised_and_named_and_told_from_every_other(
    exercise: Exercise, reference: Reference, cases: list[Case]
) -> None:
    known = Misconceptions(exercise, reference)
    assert len(exercise.misconceptions) >= 40
    for item in exercise.misconceptions:
        evidence = evidence_of(item, exercise, reference, cases)
        wrong = [found for found in judgements_of(evidence, exercise, reference) if found.is_wrong]
        if item.id.endswith("rounded-8"):
            continue  # told from single precision by its digits, see test_comparison
        assert [found.name for found in wrong] == [item.step], item.id
        named = known.name(wrong[0], evidence)
        assert named is not None, item.id
        assert named.id == item.id


def test_no_two_misconceptions_of_a_step_have_the_same_values(
    exercise: Exercise, reference: Reference, cases: list[Case]
) -> None:
    values = {item.id: [wrong_values(item, reference, case) for case in cases] for item in exercise.misconceptions}
    for first, second in itertools.combinations(exercise.misconceptions, 2):
        if first.step == second.step:
            pairs = zip(values[first.id], values[second.id], strict=True)
            both = [(one[first.step], two[first.step]) for one, two in pairs if one is not None and two is not None]
            assert not all(is_same(one, two) for one, two in both), (first.id, second.id)


def test_messages_are_short_in_both_languages_and_do_not_print_the_answer(
    exercise: Exercise, reference: Reference
) -> None:
    answers = {step.name: reference.formulas[step.name].source.replace(" ", "") for step in exercise.steps}
    for item in exercise.misconceptions:
        assert 20 <= len(item.message["en"].split()) <= 80, item.id
        assert 30 <= len(item.message["zh"].strip()) <= 160, item.id
        for text in item.message.values():
            assert answers[item.step] not in text.replace(" ", "")


def test_counterexamples_are_small(exercise: Exercise, reference: Reference) -> None:
    ladder = get_ladder(exercise, reference)
    sizes = []
    for item in exercise.misconceptions:
        evidence = evidence_of(item, exercise, reference, ladder)
        wrong = [
            observation.case
            for observation in evidence.observations
            if evidence.verdict(item.step, observation.right[item.step], observation.actual[item.step])
            is not Verdict.CORRECT
        ]
        if wrong:
            sizes.append(sum(value.size for value in wrong[0].values()))
    assert len(sizes) > 0.9 * len(exercise.misconceptions)
    assert statistics.median(sizes) <= 6
    numbers = {number for case in ladder for value in case.values() for number in value.ravel().tolist()}
    assert all(round(number, 2) == number for number in numbers)


def at_level(feedback: Feedback) -> Iterator[Report]:
    with open_grader("backprop", feedback=feedback, cases=20) as grader:
        yield grader.grade(read_submission(SIGN))


@pytest.mark.parametrize("feedback", list(Feedback))
def test_a_level_shows_what_it_includes_and_no_more(feedback: Feedback, grader: Grader) -> None:
    (report,) = at_level(feedback)
    steps = report.steps or []
    assert bool(steps) == feedback.includes(Feedback.STEPS)
    assert any(step.misconception for step in steps) == feedback.includes(Feedback.HINTS)
    assert any(step.message for step in steps) == feedback.includes(Feedback.HINTS)
    assert (report.counterexample is not None) == feedback.includes(Feedback.COUNTEREXAMPLE)


@pytest.fixture(scope="module")
def repairing() -> Iterator[Grader]:
    with open_grader("backprop", feedback=Feedback.REPAIR, cases=30) as opened:
        yield opened


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The requests about a submission that has been run."""
    requests: list[bytes] = []
    ask = KernelSandbox.ask

    def counted(self: KernelSandbox, job: bytes, request: bytes, **options: Any) -> Any:
        requests.append(request)
        return ask(self, job, request, **options)

    monkeypatch.setattr(KernelSandbox, "ask", counted)
    return requests


@pytest.mark.parametrize("name", ["backprop", "gradient_descent", "multilayer", "one_hidden_unit"])
def test_an_untouched_template_is_diagnosed_without_another_run(name: str, asked: list[bytes]) -> None:
    template = ROOT / "exercises" / name / f"{name}.py"
    with open_grader(name, feedback=Feedback.REPAIR, cases=20) as grader:
        report = grader.grade(read_submission(template))
    assert asked == []
    lines = template.read_text(encoding="utf-8").splitlines()
    assert report.steps
    for step in report.steps:
        assert step.verdict is Verdict.MISSING
        assert step.message
        assert lines[(step.line or 0) - 1].startswith(f"{step.name} = None")
    assert report.counterexample is not None
    assert report.counterexample.actual is None


def test_one_filled_todo_is_reason_enough_to_search(grader: Grader, asked: list[bytes]) -> None:
    template = (ROOT / "exercises" / "backprop" / "backprop.py").read_text(encoding="utf-8")
    report = grader.grade(
        decode_submission("a.py", template.replace("error = None", "error = output - target", 1).encode())
    )
    assert asked
    assert report.steps
    assert report.steps[0].misconception


def test_a_changed_forward_pass_is_said_to_be(grader: Grader) -> None:
    source = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
    broken = source.replace("output = sigmoid(output_layer_in)", "output = output_layer_in")
    report = grader.grade(decode_submission("a.py", broken.encode()))
    assert report.score.points == 0
    place = f"output (line {1 + broken.split(chr(10)).index('output = output_layer_in')})"
    assert any(f"forward pass differs from the lesson's from {place} on." in note for note in report.notes)
    assert all(step.verdict is Verdict.CORRECT_FROM_EARLIER_MISTAKE for step in report.steps or [])
    assert all(f"Fix {place} first." in (step.message or "") for step in report.steps or [])


@pytest.mark.parametrize(
    "body", ["np.tanh(x)", "1 / (1 + np.exp(x))", "np.maximum(0, x)", "1 / (1 + np.exp(-x)) + 0.1"]
)
def test_a_changed_forward_pass_is_shown_in_the_function_that_makes_it(grader: Grader, body: str) -> None:
    source = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
    broken = source.replace("return 1 / (1 + np.exp(-x))", f"return {body}")
    line = 1 + broken.split("\n").index(f"    return {body}")
    report = grader.grade(decode_submission("a.py", broken.encode()))
    assert any(f"lesson's from hidden_layer_output (line {line}) on." in note for note in report.notes)


def test_a_slip_is_found_beside_an_escape_in_an_f_string(grader: Grader) -> None:
    source = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
    given, todo = source[: source.index("error =")], source[source.index("error =") :]
    left_out = f"{given}DONE = False\nif DONE:\n{textwrap.indent(todo, '    ')}\n"
    plain, escaped = (
        grader.grade(decode_submission("a.py", text.encode()))
        for text in (left_out, left_out + 'print(f"so:\\n{x}")\n')
    )
    assert plain.steps == escaped.steps
    assert any("DONE = False" in (step.message or "") for step in plain.steps or ())


def test_steps_after_an_exception_are_not_reached(grader: Grader) -> None:
    source = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
    broken = source.replace("hidden_error_term = ", "hidden_error_term = undefined_name * ")
    report = grader.grade(decode_submission("a.py", broken.encode()))
    verdicts = [str(step.verdict) for step in report.steps or []]
    assert verdicts == ["correct", "correct", "exception", "not-reached", "not-reached"]
    assert report.fault is not None
    assert report.fault.line == next(step.line for step in report.steps or [] if step.verdict is Verdict.EXCEPTION)


def test_an_empty_array_is_diagnosed_without_a_word_of_numpys_own(grader: Grader) -> None:
    source = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
    empty = source.replace("hidden_error_term = ", "hidden_error_term = np.zeros((3, 0))  # ")
    report = grader.grade(decode_submission("a.py", empty.encode()))  # a warning would be an error here
    assert report.steps is not None
    assert report.steps[2].verdict.is_wrong


@pytest.mark.parametrize(
    ("wrong", "repaired"),
    [
        ("error = output - target", "target - output"),
        ("error = abs(target - output)", "target - output"),
        ("error = (target - output) * learnrate", "target - output"),
        ("output_error_term = error * output_layer_in * (1 - output)", "error * output * (1 - output)"),
        ("output_error_term = error * output * 1 - output", "error * output * (1 - output)"),
        ("delta_w_h_o = -learnrate * output_error_term * hidden_layer_output", None),
        ("delta_w_i_h = learnrate * hidden_error_term * x", "learnrate * hidden_error_term * x[:, None]"),
        (
            "delta_w_i_h = np.round(learnrate * hidden_error_term * x[:, None], 4)",
            "learnrate * hidden_error_term * x[:, None]",
        ),
    ],
)
def test_a_small_mistake_is_repaired_as_a_teacher_would(wrong: str, repaired: str | None, repairing: Grader) -> None:
    step = wrong.partition(" ")[0]
    lines = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8").splitlines()
    lines = [wrong if line.startswith(f"{step} = ") else line for line in lines]
    report = repairing.grade(decode_submission("a.py", "\n".join(lines).encode()))
    assert report.repair is not None
    assert report.repair.step == step
    assert report.repair.line == lines.index(wrong) + 1
    assert report.repair.before == wrong.partition(" = ")[2]
    if repaired is not None:
        assert report.repair.after == repaired


TERM = "output_error_term = error * output * (1 - output)\n"
CHANGE = "delta_w_h_o = learnrate * output_error_term * hidden_layer_output\n"
IN_PIECES = """\
delta_w_h_o = np.zeros(len(hidden_layer_output))
for k, value in enumerate(hidden_layer_output):
    delta_w_h_o[k] = learnrate * output_error_term + value
"""
IN_FUNCTION = "def term(e, o):\n    return e * o * (1 + o)\noutput_error_term = term(error, output)\n"


@pytest.mark.parametrize(
    ("changes", "before", "after"),
    [
        (
            [(TERM, ""), ("output_error_term", "(error * output * (1 + output))")],
            "error * output * (1 + output)",
            "error * output * (1 - output)",
        ),
        ([(TERM, IN_FUNCTION)], "e * o * (1 + o)", "e * o * (1 - o)"),
        ([(CHANGE, IN_PIECES)], "learnrate * output_error_term + value", "learnrate * output_error_term * value"),
    ],
)
def test_what_is_folded_returned_or_filled_in_pieces_is_repaired_where_it_stands(
    changes: list[tuple[str, str]], before: str, after: str, repairing: Grader
) -> None:
    report = graded_with(repairing, *changes)
    assert report.repair is not None
    assert (report.repair.before, report.repair.after) == (before, after)


COLUMN = "weights_hidden_output = np.array([[0.1], [-0.3]])"
ROW = "weights_hidden_output = np.array([[0.1, -0.3]])"


def with_weights_as(weights: str, delta: str) -> bytes:
    """Return the reference with the output weights in another layout, and this change in them."""
    source = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
    source = source.replace("weights_hidden_output = np.array([0.1, -0.3])", weights)
    for used in ("output, weights_hidden_output)", "output_error_term * weights_hidden_output *"):
        source = source.replace(used, used.replace("weights_hidden_output", "weights_hidden_output.ravel()"))
    return re.sub(r"delta_w_h_o = .*", f"delta_w_h_o = {delta}", source).encode()


@pytest.mark.parametrize(
    ("weights", "shape", "wanted"), [(COLUMN, "[:, None]", (2, 1)), (ROW, "[None, :]", (1, 2))], ids=["column", "row"]
)
class TestWeightsInAnotherLayout:
    """A change must have the layout of the weights as the student wrote them."""

    CHANGE = "(learnrate * output_error_term * hidden_layer_output)"

    def test_a_change_in_their_layout_is_right(
        self, weights: str, shape: str, wanted: tuple[int, ...], grader: Grader
    ) -> None:
        report = grader.grade(decode_submission("a.py", with_weights_as(weights, self.CHANGE + shape)))
        assert report.score.points == 100

    @pytest.mark.parametrize("precision", ["", ".astype(np.float32)"])
    def test_a_change_in_the_lessons_layout_has_the_wrong_shape(
        self, weights: str, shape: str, wanted: tuple[int, ...], precision: str, grader: Grader
    ) -> None:
        report = grader.grade(decode_submission("a.py", with_weights_as(weights, self.CHANGE + precision)))
        assert (report.verdict, report.score.points) == (Verdict.WRONG_SHAPE, 50)
        assert [step.name for step in report.steps or () if step.verdict.is_wrong] == ["delta_w_h_o"]
        told = any(f"its shape is (2,); it should be {wanted}" in note for note in report.notes)
        assert told == (not precision)  # the numbers are not the right ones to the last digit
        assert report.counterexample is not None
        assert np.ndim(report.counterexample.expected) == 2
        assert np.ndim(report.counterexample.actual) == 1

    def test_a_counterexample_is_shown_in_their_layout(
        self, weights: str, shape: str, wanted: tuple[int, ...], grader: Grader
    ) -> None:
        source = with_weights_as(weights, f"(output_error_term * hidden_layer_output){shape}")
        found = grader.grade(decode_submission("a.py", source)).counterexample
        assert found is not None
        assert np.shape(found.expected) == np.shape(found.actual)
        assert found.differs_at == [0, 0]


HALVES = """
givens:
  x: {shape: [inputs], fixed: [1.0, 2.0, 3.0], random: [-3.0, 3.0]}
  w: {shape: [inputs], fixed: [0.5, -0.5, 0.3], random: [-1.0, 1.0]}
steps: [{name: h}, {name: y, shape: [], points: {fixed: 20, bank: 80}}]
bank: {count: 20, dimensions: {inputs: [1, 8]}}
"""
HALVES_SOLUTION = """import numpy as np
x = np.array([1.0, 2.0, 3.0])
w = np.array([0.5, -0.5, 0.3])
h = np.dot(x, w)
half = h / 2
quarter = half / 2
y = quarter + x.sum()
"""
ROWS = """
givens:
  table: {shape: [inputs], fixed: [0.3, 0.9, -0.4, 1.2], random: [-2.0, 2.0]}
  u: {shape: [picks], fixed: [0.1, 0.6], random: [0.0, 0.9]}
steps: [{name: rows}, {name: picked, shape: [picks], points: {fixed: 20, bank: 80}}]
bank: {count: 30, dimensions: {inputs: [2, 8], picks: [2, 6]}}
"""
ROWS_SOLUTION = """import numpy as np
table = np.array([0.3, 0.9, -0.4, 1.2])
u = np.array([0.1, 0.6])
rows = (u * len(table)).astype(int)
picked = table[rows]
"""
ROOTS = """
givens: {a: {shape: [], fixed: 0.5, random: [0.1, LAST]}}
steps: [{name: guess}, {name: root, shape: [], points: {fixed: 20, bank: 80}}]
bank: {count: COUNT, dimensions: {}}
"""
ROOTS_SOLUTION = """a = 0.5
guess = (1 + a) / 2
root = (guess + a / guess) / 2
"""
MISSES = """
givens:
  x: {shape: [n], fixed: [0.1, 0.7, -0.4], random: [-2.0, 2.0]}
  y: {shape: [n], fixed: [1.0, 0.2, 0.5], random: [-2.0, 2.0]}
steps:
  - {name: output}
  - {name: error}
  - name: loss
    shape: []
    accept: [np.mean(np.abs(y - output)), np.max(np.abs(y - output))]
    points: {fixed: 10, bank: 40}
  - {name: step, shape: [n], points: {fixed: 10, bank: 40}}
bank: {count: 20, dimensions: {n: [2, 5]}}
"""
MISSES_SOLUTION = """import numpy as np
x = np.array([0.1, 0.7, -0.4])
y = np.array([1.0, 0.2, 0.5])
output = np.tanh(x)
error = y - output
loss = np.mean(error ** 2)
step = error * (1 - output ** 2)
"""
SETTINGS = """title: {en: Our own, zh: 自己的练习}
marker: "#ours.py#"
solution_marker: "#solution.py#"
limits: {wall_s: 10, cpu_s: 5, memory_mib: 1024, output_kib: 64}
"""


def grade_own(folder: Path, settings: str, solution: str, *submissions: str) -> list[Report]:
    """Grade submissions of an exercise made for the test; the solution itself must be right."""
    exercise, reference = folder / "exercises" / "ours", folder / "reference" / "ours.py"
    exercise.mkdir(parents=True)
    reference.parent.mkdir()
    (exercise / "exercise.yaml").write_text(SETTINGS + settings, encoding="utf-8")
    reference.write_text(solution, encoding="utf-8")
    with open_grader(str(exercise), feedback=Feedback.COUNTEREXAMPLE) as grader:
        assert grader.grade(decode_submission("a.py", solution.encode())).score.points == 100
        return [grader.grade(decode_submission("a.py", text.encode())) for text in submissions]


def verdicts(report: Report) -> dict[str, str]:
    return {step.name: str(step.verdict) for step in report.steps or ()}


def test_another_right_answer_is_right_beside_a_mistake_and_right_for_the_values_one_had(tmp_path: Path) -> None:
    absolute = MISSES_SOLUTION.replace("np.mean(error ** 2)", "np.mean(abs(error))")
    largest = MISSES_SOLUTION.replace("np.mean(error ** 2)", "abs(error).max()")
    beside, behind, wrong = grade_own(
        tmp_path,
        MISSES,
        MISSES_SOLUTION,
        absolute.replace("(1 - output ** 2)", "(1 - output)"),
        largest.replace("np.tanh(x)", "np.sinh(x)"),
        absolute.replace("abs(error)", "error"),
    )
    assert verdicts(beside) == {"output": "correct", "error": "correct", "loss": "correct", "step": "wrong-value"}
    carried = "correct-from-earlier-mistake"
    assert verdicts(behind) == {"output": "wrong-value", "error": carried, "loss": carried, "step": carried}
    assert verdicts(wrong) == {"output": "correct", "error": "correct", "loss": "wrong-value", "step": "correct"}


def test_a_line_between_two_steps_is_carried_like_a_step(tmp_path: Path) -> None:
    first, second = grade_own(
        tmp_path,
        HALVES,
        HALVES_SOLUTION,
        HALVES_SOLUTION.replace("np.dot(x, w)", "np.dot(x, x)"),
        HALVES_SOLUTION.replace("+ x.sum()", "- x.sum()"),
    )
    assert verdicts(first) == {"h": "wrong-value", "y": "correct-from-earlier-mistake"}
    assert verdicts(second) == {"h": "correct", "y": "wrong-value"}
    assert [step.message for step in first.steps or ()][1] == (
        f"This step is right for the values you had. Fix h (line {(first.steps or [])[0].line}) first."
    )
    assert not first.notes
    assert not second.notes


@pytest.mark.parametrize(("line", "changed"), [("half", "h / 3"), ("quarter", "half / 3")])
def test_a_changed_line_between_two_steps_is_named_and_not_called_a_forward_pass(
    tmp_path: Path, line: str, changed: str
) -> None:
    right = {"half": "h / 2", "quarter": "half / 2"}[line]
    source = HALVES_SOLUTION.replace(f"{line} = {right}", f"{line} = {changed}")
    (report,) = grade_own(tmp_path, HALVES, HALVES_SOLUTION, source)
    assert verdicts(report) == {"h": "correct", "y": "correct-from-earlier-mistake"}
    number = source.split("\n").index(f"{line} = {changed}") + 1
    assert report.notes[-1].startswith(f"Your {line} (line {number}) differs from the lesson's.")
    assert [step.message for step in report.steps or ()][1] == (
        f"This step is right for your values, which differ from the lesson's. Fix {line} (line {number}) first."
    )
    assert "forward pass" not in str(report)


def test_a_step_whose_formula_cannot_be_evaluated_is_wrong_where_all_before_it_is_right(tmp_path: Path) -> None:
    picked, doubled = grade_own(
        tmp_path,
        ROWS,
        ROWS_SOLUTION,
        ROWS_SOLUTION.replace("table[rows]", "table[rows] + table[rows - 1]"),
        ROWS_SOLUTION.replace("table[rows]", "np.where(u > 0.5, table[rows], 0.0)"),
    )
    for report in (picked, doubled):
        assert verdicts(report) == {"rows": "correct", "picked": "wrong-value"}
        assert report.counterexample is not None
        assert report.counterexample.result == "picked"


def test_a_step_whose_formula_cannot_be_evaluated_on_wrong_values_is_not_judged(tmp_path: Path) -> None:
    (report,) = grade_own(
        tmp_path, ROWS, ROWS_SOLUTION, ROWS_SOLUTION.replace("(u * len(table)).astype(int)", "np.zeros(len(u), int)")
    )
    assert verdicts(report) == {"rows": "wrong-value", "picked": "not-evaluated"}


@pytest.mark.parametrize(("last", "count"), [("2.0", "12"), ("1.0", "5"), ("0.6", "2")])
def test_few_distinct_cases_are_enough_for_a_diagnosis(tmp_path: Path, last: str, count: str) -> None:
    settings = ROOTS.replace("LAST", last).replace("COUNT", count)
    wrong = ROOTS_SOLUTION.replace("a / guess) / 2", "a / guess) * 2")
    (report,) = grade_own(tmp_path, settings, ROOTS_SOLUTION, wrong)
    assert verdicts(report) == {"guess": "correct", "root": "wrong-value"}
    assert report.counterexample is not None
    assert report.counterexample.result == "root"


def graded_with(grader: Grader, *changes: tuple[str, str]) -> Report:
    """Grade the reference with pieces of its text replaced."""
    source = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    return grader.grade(decode_submission("a.py", source.encode()))


@pytest.mark.parametrize(
    ("changes", "step", "said"),
    [
        ([("error = target - output", "error = round(target - output, 5)")], "error", "rounded to 5"),
        ([("error = target - output", "error = 0.115")], "error", "typed in"),
        ([("error = target - output", "error = 0.3 * (target - output)")], "error", "0.3 times"),
        ([("error = target - output", "error = np.tanh(target - output)")], "error", "computed from is right"),
        ([("error = target - output", "error = 0 * target")], "error", "the same on every case"),
    ],
)
def test_it_is_said_how_a_value_differs(changes: list[tuple[str, str]], step: str, said: str, grader: Grader) -> None:
    report = graded_with(grader, *changes)
    wrong = [item for item in report.steps or () if item.verdict.is_wrong]
    assert [item.name for item in wrong] == [step]
    assert said in (wrong[0].message or "")


def test_a_mistake_under_another_name_is_quoted_as_the_student_wrote_it(grader: Grader) -> None:
    report = graded_with(grader, ("error = target - output", "误差 = output - target"), ("error *", "误差 *"))
    wrong = [item for item in report.steps or () if item.verdict.is_wrong]
    assert [(item.name, item.misconception) for item in wrong] == [("error", "error-sign")]
    assert wrong[0].site is not None
    assert (wrong[0].site.line, wrong[0].site.source) == (wrong[0].line, "output - target")


def test_a_step_that_stops_because_of_an_earlier_one_is_not_blamed(grader: Grader) -> None:
    """The change cannot be computed from a value that is not there; that value's line is the mistake."""
    report = graded_with(
        grader,
        (
            "hidden_error_term = output_error_term * weights_hidden_output",
            "hidden_error_term = np.append(weights_hidden_output, 1.0)[:-1] if False else np.zeros((2, 0)) #",
        ),
    )
    assert [item.name for item in report.steps or () if item.verdict.is_wrong] == ["hidden_error_term"]


@pytest.mark.parametrize(
    ("between", "said"),
    [
        ("while True: pass", "Time ran out"),
        ("error_of_mine = x.shpe", "An error was raised"),
        ("assert False", "An error was raised"),
        ("held = np.zeros((2 ** 20, 2 ** 20)) + 1", "Memory ran out"),
    ],
)
def test_a_step_behind_what_stopped_the_script_is_said_to_have_no_value(
    between: str, said: str, grader: Grader
) -> None:
    """It did not take long or raise anything: the line before it did."""
    report = graded_with(grader, ("output_error_term =", f"{between}\noutput_error_term ="))
    step = next(item for item in report.steps or () if item.name == "output_error_term")
    assert (step.message or "").startswith(said)
    assert report.fault is not None
    assert step.line == report.fault.line


@pytest.mark.parametrize(
    "sized", ["first, second = hidden_layer_output", "assert len(hidden_layer_output) == 2", "hidden_layer_output[1]"]
)
def test_a_mistake_is_told_in_a_script_that_stops_on_other_sizes(sized: str, grader: Grader) -> None:
    report = graded_with(
        grader,
        ("output_layer_in =", f"{sized}\noutput_layer_in ="),
        ("delta_w_i_h = learnrate", "delta_w_i_h = -learnrate"),
    )
    step = next(item for item in report.steps or () if item.name == "delta_w_i_h")
    assert (step.verdict, step.misconception) == (Verdict.WRONG_VALUE, "delta-ih-sign")


@pytest.mark.parametrize(
    "slope",
    [
        "def slope(x): return sigmoid(x) * (sigmoid(x) - 1)",  # the sign cancels in the next step
        "slope = lambda x: -sigmoid(x) * (1 - sigmoid(x))",
        "def slope(x):\n    s = sigmoid(x)\n    return s * s * (1 - s)",
        "def slope(x): return sigmoid(x) * (1 - sigmoid(-x))",
    ],
)
def test_a_slip_in_a_function_is_told_for_the_first_step_that_calls_it(slope: str, grader: Grader) -> None:
    report = graded_with(
        grader,
        ("## Backwards pass", f"## Backwards pass\n{slope}"),
        ("error * output * (1 - output)", "error * slope(output_layer_in)"),
        ("* hidden_layer_output * (1 - hidden_layer_output)", "* slope(hidden_layer_input)"),
    )
    assert [item.name for item in report.steps or () if item.verdict.is_wrong] == ["output_error_term"]


def test_a_todo_that_is_none_is_open_though_the_script_stops_later(grader: Grader) -> None:
    report = graded_with(
        grader,
        ("delta_w_h_o = learnrate * output_error_term * hidden_layer_output", "delta_w_h_o = None"),
        ("delta_w_i_h = learnrate * hidden_error_term", "delta_w_i_h = learnrate * hidden_error"),
    )
    found = {item.name: str(item.verdict) for item in report.steps or ()}
    assert (found["delta_w_h_o"], found["delta_w_i_h"]) == ("missing", "exception")


def test_a_counterexample_is_the_lessons_case_where_the_step_is_wrong_there(grader: Grader) -> None:
    found = graded_with(grader, ("error = target - output", "error = output - target")).counterexample
    assert found is not None
    assert found.case["x"] == [0.5, 0.1, -0.2]


@pytest.mark.parametrize(
    "line",
    [
        "output_error_term = -(target - output) * output * (1 - output)",
        "output_error_term = output * -(target - output) * (1 - output)",
        "output_error_term = (target + output) * output * (1 - output)",
        "output_error_term = (output - target) * (output * (1 - output))",
    ],
)
def test_an_edit_is_right_as_it_is_printed(line: str, repairing: Grader) -> None:
    """What takes the place of a part has the parentheses that it needs there."""
    source = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
    source = source.replace("error = target - output", "", 1)
    source = source.replace("output_error_term = error * output * (1 - output)", line)
    repair = repairing.grade(decode_submission("a.py", source.encode())).repair
    assert repair is not None
    assert line.count(repair.before) == 1
    mended = source.replace(line, line.replace(repair.before, repair.after))
    assert repairing.grade(decode_submission("a.py", mended.encode())).score.percent == 100


def test_a_mistake_is_repaired_under_the_students_own_names(repairing: Grader) -> None:
    source = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
    source = source.replace("error = target - output", "误差 = (\n    output - target\n)").replace(
        "= error *", "= 误差 *"
    )
    report = repairing.grade(decode_submission("a.py", source.encode()))
    assert report.repair is not None
    assert (report.repair.step, report.repair.before, report.repair.after) == (
        "error",
        "output - target",
        "target - output",
    )
