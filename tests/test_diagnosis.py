"""Diagnosis: misconceptions are told apart, counterexamples are small, messages give nothing away, levels disclose."""

import itertools
import statistics
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from graders.answers import Reference
from graders.diagnosis.counterexample import get_ladder
from graders.diagnosis.evidence import Evidence, Observation, is_same
from graders.diagnosis.misconceptions import Misconceptions
from graders.diagnosis.steps import Judgement, judge_steps
from graders.exercise import Exercise, Network
from graders.exercise_file import Misconception
from graders.grading import Grader
from graders.networks import draw_bank
from graders.outcome import Feedback, Report, Verdict
from graders.submission import decode_submission, read_submission
from tests.support.opening import open_grader

ROOT = Path(__file__).parent.parent
SIGN = ROOT / "tests" / "submissions" / "backprop" / "wrong" / "error_sign_plain.py"
NOT_NUMERICALLY_DISTINCT: set[frozenset[str]] = set()


@pytest.fixture(scope="module")
def networks(exercise: Exercise, reference: Reference) -> list[Network]:
    return list(draw_bank(exercise, reference, seed=1, count=40).networks)


def wrong_values(item: Misconception, reference: Reference, network: Network) -> dict[str, np.ndarray] | None:
    """Return what a student with this misconception computes, or None where the script would stop."""
    values: dict[str, np.ndarray] = {**network, **reference.values(network)}
    names = list(reference.formulas)
    codes = {item.step: reference.compile_formula(item.formula, item.id)}
    codes |= {name: reference.formulas[name].codes[0] for name in names[names.index(item.step) + 1 :]}
    for name, code in codes.items():
        value = reference.evaluate(code, values)
        if value is None:
            return None
        values[name] = value
    return values


def evidence_of(item: Misconception, exercise: Exercise, reference: Reference, networks: list[Network]) -> Evidence:
    observations = []
    for network in networks:
        values = wrong_values(item, reference, network)
        if values is not None:
            observations.append(Observation(network, reference.values(network), values, None))
    layouts = {step.name: [tuple(range(len(exercise.fixed_shape(step))))] for step in exercise.results}
    return Evidence(reference, observations, layouts)


def judgements_of(evidence: Evidence, exercise: Exercise, reference: Reference) -> list[Judgement]:
    names = [*reference.forward_names, *(step.name for step in exercise.steps)]
    return judge_steps(evidence, names, [step.name for step in exercise.results])


def test_every_misconception_is_localised_and_named_and_told_from_every_other(
    exercise: Exercise, reference: Reference, networks: list[Network]
) -> None:
    known = Misconceptions(exercise, reference)
    assert len(exercise.misconceptions) >= 40
    for item in exercise.misconceptions:
        evidence = evidence_of(item, exercise, reference, networks)
        wrong = [found for found in judgements_of(evidence, exercise, reference) if found.is_wrong]
        if item.id.endswith("rounded-8"):
            continue  # told from single precision by its digits, see test_comparison
        assert [found.name for found in wrong] == [item.step], item.id
        named = known.name(wrong[0], evidence)
        assert named is not None, item.id
        assert named.id == item.id


def test_no_two_misconceptions_of_a_step_have_the_same_values(
    exercise: Exercise, reference: Reference, networks: list[Network]
) -> None:
    for first, second in itertools.combinations(exercise.misconceptions, 2):
        if first.step == second.step:
            pairs = [
                (wrong_values(first, reference, network), wrong_values(second, reference, network))
                for network in networks
            ]
            both = [(one[first.step], two[first.step]) for one, two in pairs if one is not None and two is not None]
            assert not all(is_same(one, two, shape_matters=True) for one, two in both), (first.id, second.id)


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
            observation.network
            for observation in evidence.observations
            if evidence.verdict(item.step, observation.right[item.step], observation.actual[item.step])
            is not Verdict.CORRECT
        ]
        if wrong:
            sizes.append(sum(value.size for value in wrong[0].values()))
    assert len(sizes) > 0.9 * len(exercise.misconceptions)
    assert statistics.median(sizes) <= 6
    numbers = {number for network in ladder for value in network.values() for number in value.ravel().tolist()}
    assert all(round(number, 2) == number for number in numbers)


def at_level(feedback: Feedback) -> Iterator[Report]:
    with open_grader("backprop", feedback=feedback, networks=20) as (grader, _):
        yield grader.grade(read_submission(SIGN))


@pytest.mark.parametrize("feedback", list(Feedback))
def test_a_level_shows_what_it_includes_and_no_more(feedback: Feedback, grader: Grader) -> None:
    (report,) = at_level(feedback)
    steps = report.steps or []
    assert bool(steps) == feedback.includes(Feedback.STEPS)
    assert any(step.misconception for step in steps) == feedback.includes(Feedback.HINTS)
    assert any(step.message for step in steps) == feedback.includes(Feedback.HINTS)
    assert (report.counterexample is not None) == feedback.includes(Feedback.COUNTEREXAMPLE)


def test_a_changed_forward_pass_is_said_to_be(grader: Grader) -> None:
    source = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
    broken = source.replace("output = sigmoid(output_layer_in)", "output = output_layer_in")
    report = grader.grade(decode_submission("a.py", broken.encode()))
    assert report.score.points == 0
    assert any("forward pass differs from the lesson's: output" in note for note in report.notes)
    assert all(step.verdict is Verdict.CORRECT_FROM_EARLIER_MISTAKE for step in report.steps or [])
    assert all("forward pass" in (step.message or "") for step in report.steps or [])


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
def test_a_small_mistake_is_repaired_as_a_teacher_would(wrong: str, repaired: str | None) -> None:
    step = wrong.partition(" ")[0]
    lines = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8").splitlines()
    lines = [wrong if line.startswith(f"{step} = ") else line for line in lines]
    with open_grader("backprop", feedback=Feedback.REPAIR, networks=30) as (grader, _):
        report = grader.grade(decode_submission("a.py", "\n".join(lines).encode()))
    assert report.repair is not None
    assert report.repair.step == step
    assert report.repair.line == lines.index(wrong) + 1
    assert report.repair.before == wrong.partition(" = ")[2]
    if repaired is not None:
        assert report.repair.after == repaired
