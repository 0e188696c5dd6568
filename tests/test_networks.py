"""The bank: deterministic, informative, recorded, and strong enough to catch every mutant of the reference."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs

from graders import networks as networks_module
from graders.answers import Reference
from graders.authoring.mutants import Mutant, all_mutants, survivors
from graders.calculation import read_calculation
from graders.comparison import compare
from graders.draws import GRID, is_informative
from graders.errors import ExerciseError, UsageError
from graders.exercise import Exercise, Network, load_exercise
from graders.networks import Bank, draw_bank, get_bank, read_bank, write_bank
from graders.outcome import Verdict

SEEDS = range(20)


@pytest.fixture(scope="module")
def banks(exercise: Exercise, reference: Reference) -> list[Bank]:
    return [draw_bank(exercise, reference, seed=seed, count=100) for seed in SEEDS]


def test_every_mutant_of_the_reference_is_caught_by_the_bank_of_every_seed(
    exercise: Exercise, reference: Reference, banks: list[Bank]
) -> None:
    assert len(all_mutants(exercise, reference)) > 200
    assert [
        (mutant.formula, bank.seed) for bank in banks for mutant in survivors(exercise, reference, bank.networks)
    ] == []


def test_the_fixed_example_alone_would_miss_these_mistakes(exercise: Exercise, reference: Reference) -> None:
    assert [mutant.formula for mutant in survivors(exercise, reference, [exercise.fixed])] == []
    # No single edit hides there; what does are mistakes of another kind, such as abs(error) or typed-in numbers.
    absolute = exercise.reference_source.replace("error = target - output", "error = abs(target - output)")
    results = [step.name for step in exercise.results]
    changed = read_calculation(absolute, "mutant", givens=exercise.givens, wanted=results)
    mutant = Mutant(step="error", formula="abs(target - output)", change="", calculation=changed)
    assert not mutant.differs(reference, results, [exercise.fixed])
    assert mutant.differs(reference, results, draw_bank(exercise, reference, seed=0, count=100).networks)


def test_every_misconception_is_caught_by_the_bank_of_every_seed(
    exercise: Exercise, reference: Reference, banks: list[Bank]
) -> None:
    escaped = []
    for item in exercise.misconceptions:
        code = reference.compile_formula(item.formula, item.id)
        for bank in banks:
            if not any(formula_differs(reference, code, item.step, network) for network in bank.networks):
                escaped.append((item.id, bank.seed))
    assert not [entry for entry in escaped if not entry[0].endswith("rounded-8")]


def formula_differs(reference: Reference, code: object, step: str, network: Network) -> bool:
    import types

    assert isinstance(code, types.CodeType)
    values = reference.values(network)
    wrong = reference.evaluate(code, {**network, **values})
    return wrong is None or compare(values[step], wrong).verdict is not Verdict.CORRECT


def test_a_bank_is_the_same_wherever_it_is_drawn(exercise: Exercise, reference: Reference) -> None:
    first = draw_bank(exercise, reference, seed=3, count=30)
    again = draw_bank(exercise, reference, seed=3, count=30)
    other = draw_bank(exercise, reference, seed=4, count=30)
    assert first.sha256 == again.sha256 != other.sha256


def test_networks_are_informative_varied_and_on_the_grid(
    exercise: Exercise, reference: Reference, banks: list[Bank]
) -> None:
    for bank in banks:
        assert len(bank.networks) == 100
        shapes = {network["weights_input_hidden"].shape for network in bank.networks}
        assert any(rows == columns for rows, columns in shapes)
        assert any(rows != columns for rows, columns in shapes)
        signs = {bool(reference.values(network)["error"] > 0) for network in bank.networks}
        assert signs == {True, False}
        for network in bank.networks:
            assert is_informative(exercise, reference, network)
            for name, value in network.items():
                low, high = exercise.givens[name].random
                assert low <= value.min() <= value.max() <= high
                np.testing.assert_array_equal(np.round(value * GRID) / GRID, value)


def test_a_recorded_bank_is_read_back_as_it_was(exercise: Exercise, banks: list[Bank], tmp_path: Path) -> None:
    write_bank(tmp_path / "networks.json", banks[0])
    again = read_bank(tmp_path / "networks.json", exercise)
    assert (again.sha256, again.seed, again.hypothesis) == (banks[0].sha256, banks[0].seed, banks[0].hypothesis)
    for before, after in zip(banks[0].networks, again.networks, strict=True):
        for name in exercise.givens:
            np.testing.assert_array_equal(before[name], after[name])


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('"exercise":"backprop"', '"exercise":"other"', "made for exercise 'other', not for 'backprop'"),
        ('"learnrate":', '"rate":', "a network lacks learnrate"),
        ('"target":0', '"target":[0.5],"t":0', "target has shape [1], expected []"),
        ('"sha256":"', '"sha256":"0', "damaged"),
        ("{", "", "not a recorded bank"),
    ],
)
def test_a_bank_that_does_not_fit_is_one_line(
    exercise: Exercise, banks: list[Bank], tmp_path: Path, before: str, after: str, message: str
) -> None:
    path = tmp_path / "networks.json"
    write_bank(path, banks[0])
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))
    with pytest.raises(UsageError) as caught:
        read_bank(path, exercise)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_damaged_cache_is_drawn_again(
    exercise: Exercise, reference: Reference, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = get_bank(exercise, reference, seed=5, count=5)
    (kept,) = (tmp_path / "exercise-grader").iterdir()
    kept.write_text("{}")
    assert get_bank(exercise, reference, seed=5, count=5).sha256 == first.sha256
    assert read_bank(kept, exercise).sha256 == first.sha256


def test_a_kept_bank_needs_no_hypothesis(
    exercise: Exercise, reference: Reference, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = get_bank(exercise, reference, seed=6, count=5)

    def refuse(*_: object, **__: object) -> Bank:
        raise AssertionError("drawn although it was kept")

    monkeypatch.setattr(networks_module, "draw_bank", refuse)
    assert get_bank(exercise, reference, seed=6, count=5).sha256 == first.sha256


def test_conditions_that_leave_too_few_networks_are_the_authors_mistake(exercise: Exercise) -> None:
    from graders.exercise_file import Condition

    narrow = structs.replace(exercise.networks, informative={"output": Condition(within=(0.5, 0.5000001))})
    impossible = replace(exercise, networks=narrow)
    with pytest.raises(ExerciseError, match="too few are informative"):
        draw_bank(impossible, Reference(impossible), seed=0, count=20)


def test_the_other_exercise_draws_its_own_networks() -> None:
    exercise = load_exercise("one_hidden_unit")
    bank = draw_bank(exercise, Reference(exercise), seed=0, count=20)
    assert {network["x"].shape for network in bank.networks} == {(2,)}
    assert {network["weight_hidden_output"].shape for network in bank.networks} == {()}
