"""The bank: deterministic, informative, recorded, and strong enough to catch every mutant of the reference."""

import hashlib
import math
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from pathlib import Path

import numpy as np
import pytest

from graders.authoring.mutants import Mutant, all_mutants, survivors
from graders.errors import ExerciseError, UsageError
from graders.exercise import bank as bank_module
from graders.exercise.asked import Case, Exercise
from graders.exercise.bank import Bank, draw_bank, get_bank, hypothesis_version, read_bank, write_bank
from graders.exercise.calculation import read_calculation
from graders.exercise.grid import GRID, grid
from graders.exercise.informative import why_not_informative
from graders.exercise.ladder import get_ladder
from graders.exercise.loading import load_exercise
from graders.exercise.reference import Reference
from graders.judging.comparison import compare
from graders.outcome import Verdict
from graders.session import load_materials

SEEDS = range(4)


@pytest.fixture(scope="module")
def banks(exercise: Exercise, reference: Reference) -> list[Bank]:
    return [draw_bank(exercise, reference, seed=seed, count=100) for seed in SEEDS]


def test_every_mutant_of_the_reference_is_caught_by_the_bank_of_every_seed(
    exercise: Exercise, reference: Reference, banks: list[Bank]
) -> None:
    assert len(all_mutants(exercise, reference)) > 200
    assert [
        (mutant.formula, bank.seed) for bank in banks for mutant in survivors(exercise, reference, bank.cases)
    ] == []


def test_the_fixed_example_alone_would_miss_these_mistakes(exercise: Exercise, reference: Reference) -> None:
    assert [mutant.formula for mutant in survivors(exercise, reference, [exercise.fixed])] == []
    # No single edit hides there; what does are mistakes of another kind, such as abs(error) or typed-in numbers.
    absolute = exercise.reference_source.replace("error = target - output", "error = abs(target - output)")
    results = [step.name for step in exercise.results]
    changed = read_calculation(absolute, "mutant", givens=exercise.givens, wanted=results)
    mutant = Mutant(step="error", formula="abs(target - output)", change="", calculation=changed)
    assert not mutant.differs_on(exercise.fixed, reference.values(exercise.fixed), results)
    cases = draw_bank(exercise, reference, seed=0, count=100).cases
    assert any(mutant.differs_on(case, reference.values(case), results) for case in cases)


def test_every_misconception_is_caught_by_the_bank_of_every_seed(
    exercise: Exercise, reference: Reference, banks: list[Bank]
) -> None:
    escaped = []
    for item in exercise.misconceptions:
        code = reference.compile_formula(item.formula, item.id)
        for bank in banks:
            if not any(formula_differs(reference, code, item.step, case) for case in bank.cases):
                escaped.append((item.id, bank.seed))
    assert not [entry for entry in escaped if not entry[0].endswith("rounded-8")]


def formula_differs(reference: Reference, code: object, step: str, case: Case) -> bool:
    import types

    assert isinstance(code, types.CodeType)
    values = reference.values(case)
    wrong = reference.evaluate(code, {**case, **values})
    return wrong is None or compare(values[step], wrong).verdict is not Verdict.CORRECT


def test_a_bank_is_the_same_wherever_it_is_drawn(exercise: Exercise, reference: Reference) -> None:
    first = draw_bank(exercise, reference, seed=3, count=30)
    again = draw_bank(exercise, reference, seed=3, count=30)
    other = draw_bank(exercise, reference, seed=4, count=30)
    assert first.sha256 == again.sha256 != other.sha256


def test_cases_are_informative_varied_and_on_the_grid(
    exercise: Exercise, reference: Reference, banks: list[Bank]
) -> None:
    for bank in banks:
        assert len(bank.cases) == 100
        shapes = {case["weights_input_hidden"].shape for case in bank.cases}
        assert any(rows == columns for rows, columns in shapes)
        assert any(rows != columns for rows, columns in shapes)
        signs = {bool(reference.values(case)["error"] > 0) for case in bank.cases}
        assert signs == {True, False}
        for case in bank.cases:
            assert not why_not_informative(exercise, reference, case)
            for name, value in case.items():
                drawn_from = exercise.givens[name].random
                assert drawn_from is not None
                low, high = drawn_from
                assert low <= value.min() <= value.max() <= high
                np.testing.assert_array_equal(np.round(value * GRID) / GRID, value)


def test_a_recorded_bank_is_read_back_as_it_was(exercise: Exercise, banks: list[Bank], tmp_path: Path) -> None:
    write_bank(tmp_path / "cases.json", banks[0])
    again = read_bank(tmp_path / "cases.json", exercise)
    assert (again.sha256, again.seed, again.hypothesis) == (banks[0].sha256, banks[0].seed, banks[0].hypothesis)
    for before, after in zip(banks[0].cases, again.cases, strict=True):
        for name in exercise.givens:
            np.testing.assert_array_equal(before[name], after[name])


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('"exercise":"backprop"', '"exercise":"other"', "made for exercise 'other', not for 'backprop'"),
        ('"learnrate":', '"rate":', "a case lacks learnrate"),
        ('"target":0', '"target":[0.5],"t":0', "target has shape [1], expected []"),
        ('"sha256":"', '"sha256":"0', "damaged"),
        ("{", "", "not a recorded bank"),
    ],
)
def test_a_bank_that_does_not_fit_is_one_line(
    exercise: Exercise, banks: list[Bank], tmp_path: Path, before: str, after: str, message: str
) -> None:
    path = tmp_path / "cases.json"
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

    monkeypatch.setattr(bank_module, "draw_bank", refuse)
    assert get_bank(exercise, reference, seed=6, count=5).sha256 == first.sha256


def test_conditions_that_leave_too_few_cases_are_the_authors_mistake(exercise: Exercise) -> None:
    from graders.exercise.content import Condition

    narrow = replace(exercise.drawing, informative={"output": Condition(within=(0.5, 0.5000001))})
    impossible = replace(exercise, drawing=narrow)
    with pytest.raises(ExerciseError, match="too few are informative"):
        draw_bank(impossible, Reference(impossible), seed=0, count=20)


def test_the_other_exercise_draws_its_own_cases() -> None:
    exercise = load_exercise("one_hidden_unit")
    bank = draw_bank(exercise, Reference(exercise), seed=0, count=20)
    assert {case["x"].shape for case in bank.cases} == {(2,)}
    assert {case["weight_hidden_output"].shape for case in bank.cases} == {()}


def own(tmp_path: Path, givens: str, reference: str, *, count: int = 100, steps: str = "y") -> Exercise:
    """Write and load an exercise with one scalar result for each of the steps."""
    folder = tmp_path / "exercises" / "mine"
    folder.mkdir(parents=True)
    named = "".join(f"  - {{name: {step}, shape: [], points: {{fixed: 1, bank: 1}}}}\n" for step in steps.split())
    (folder / "exercise.yaml").write_text(
        f"title: {{en: a, zh: a}}\nmarker: '#a#'\nsolution_marker: '#b#'\ngivens:\n{givens}steps:\n{named}"
        f"bank: {{count: {count}, dimensions: {{{'n: [1, 4]' if '[n]' in givens else ''}}}}}\n"
        "limits: {wall_s: 10, cpu_s: 5, memory_mib: 1024, output_kib: 64}\n"
    )
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "mine.py").write_text(f"import numpy as np\n{reference}")
    return load_exercise(str(folder))


SCALAR = "  a: {shape: [], fixed: 0.5, random: [0.1, 2.0]}\n"


def test_where_fewer_cases_exist_than_asked_for_they_are_the_bank(tmp_path: Path) -> None:
    exercise = own(tmp_path, SCALAR, "a = 0.5\ny = a * 2\n")
    bank = draw_bank(exercise, Reference(exercise), seed=0, count=100)
    drawn = sorted(float(case["a"]) for case in bank.cases)
    assert drawn == [number / 10 for number in range(1, 21) if number != 5]  # each once, and not the lesson's


def test_too_few_cases_to_grade_on_are_the_authors_mistake(tmp_path: Path) -> None:
    exercise = own(tmp_path, SCALAR, "a = 0.5\ny = np.sqrt(a - 1.45)\n")
    with pytest.raises(ExerciseError, match="found 6, expected at least 10; widen the ranges; left out, mostly: y is"):
        draw_bank(exercise, Reference(exercise), seed=0, count=100)
    assert len(draw_bank(exercise, Reference(exercise), seed=0, count=5).cases) == 5  # as many as were asked for


def test_a_counterexample_is_looked_for_on_as_many_small_cases_as_exist(tmp_path: Path) -> None:
    exercise = own(tmp_path, SCALAR, "a = 0.5\ny = np.sqrt(a - 1.85)\n")
    assert [float(case["a"]) for case in get_ladder(exercise, Reference(exercise))] == [2.0, 1.9]


def test_a_case_on_which_the_reference_raises_is_not_drawn(tmp_path: Path) -> None:
    source = "def f(z):\n    if z > 1:\n        raise KeyError(z)\n    return z\na = 0.5\ny = f(a)\n"
    exercise = own(tmp_path, SCALAR, source)
    reference = Reference(exercise)
    bank = draw_bank(exercise, reference, seed=0, count=9)
    assert max(float(case["a"]) for case in bank.cases) <= 1


def test_what_is_rare_comes_together_from_several_draws(tmp_path: Path) -> None:
    givens = "  a: {shape: [n], fixed: [0.5], random: [-2.0, 2.0]}\n"
    exercise = own(tmp_path, givens, "a = np.array([0.5])\ny = np.log((a - 1.15).min()) + a.sum()\n")
    bank = draw_bank(exercise, Reference(exercise), seed=0, count=30)
    assert len({case["a"].tobytes() for case in bank.cases}) == 30


VECTOR = "  a: {shape: [n], fixed: [0.5, 0.6], random: [-2.0, 2.0]}\n"
NARROW = "  a: {shape: [n], fixed: [0.5, 0.6], random: [-0.5, 0.5]}\n"
PAIR = f"{NARROW}{NARROW.replace('a:', 'b:')}"
# As processors compute that round a product and a sum at once.
FUSED = "float(reduce(lambda z, xy: float(Fraction(xy[0]) * Fraction(xy[1]) + Fraction(z)), zip(a, b), 0.0) > 0)"


@pytest.mark.parametrize(
    ("givens", "formula", "same_on_paper"),
    [
        (SCALAR, "float(int(a / 0.2))", "np.floor(a * 5)"),
        (SCALAR, "np.round(a * 3.5, 1)", "np.round(a * 35 / 10, 1)"),
        (SCALAR, "np.ceil(a * (25 / 3))", "np.ceil(a * 25 / 3)"),
        (VECTOR, "float((a > a.mean()).sum())", "float(sum(z > math.fsum(a) / len(a) for z in a))"),
        (NARROW, "np.sign(a.sum())", "np.sign(math.fsum(a))"),
        (PAIR, "float(1 / (1 + np.exp(-a @ b)) > 0.5)", "float(a @ b > 0)"),
        (PAIR, "float(1 / (1 + np.exp(-a @ b)) > 0.5)", FUSED),
        (PAIR, "float(np.argmax([a.sum(), b.sum()]))", "float(not math.fsum(a) >= math.fsum(b))"),
    ],
)
def test_no_case_is_drawn_on_which_rounding_alone_decides(
    tmp_path: Path, givens: str, formula: str, same_on_paper: str
) -> None:
    values = "".join(f"{name} = np.array([0.5, 0.6])\n" for name in "ab" if f"{name}:" in givens)
    exercise = own(tmp_path, givens, f"{values}y = {formula}\n")
    reference = Reference(exercise)
    tenths = np.random.default_rng(0).integers(-5, 6, (2000, len(exercise.givens), 4)) / 10
    if givens == SCALAR:
        tenths = np.arange(1, 21).reshape(20, 1) / 10
    cases = [dict(zip(exercise.givens, row, strict=True)) for row in tenths]
    names = {"np": np, "math": math, "reduce": reduce, "Fraction": Fraction}
    missed = [case for case in cases if eval(formula, {**names, **case}) != eval(same_on_paper, {**names, **case})]
    assert missed
    assert {why_not_informative(exercise, reference, case) for case in missed} == {"y hangs on rounding"}


@pytest.mark.parametrize("formula", ["float(a >= 1.5)", "float(np.digitize(a, [0.3, 1.5]))", "np.maximum(a - 1.5, 0)"])
def test_the_bound_itself_is_drawn_where_a_given_is_compared_with_it(tmp_path: Path, formula: str) -> None:
    exercise = own(tmp_path, SCALAR, f"a = 0.5\ny = {formula}\n")
    bank = draw_bank(exercise, Reference(exercise), seed=0, count=100)
    assert {0.1, 1.5, 2.0} <= {float(case["a"]) for case in bank.cases}


def test_equal_numbers_of_an_array_decide_only_where_the_lesson_has_such(tmp_path: Path) -> None:
    for lesson, are_drawn in (("[0.5, 0.6]", False), ("[0.5, 0.5]", True)):
        givens = VECTOR.replace("[0.5, 0.6]", lesson)
        exercise = own(tmp_path / str(are_drawn), givens, f"a = np.array({lesson})\ny = float(np.argmax(a))\n")
        bank = draw_bank(exercise, Reference(exercise), seed=0, count=300)
        largest = [(case["a"].max(), (case["a"] == case["a"].max()).sum()) for case in bank.cases]
        assert any(count > 1 for _, count in largest) is are_drawn


@pytest.mark.parametrize("formula", ["float((np.sqrt(a) > 0.5).sum())", "float(np.argmax(np.log(a)))"])
def test_no_case_is_drawn_on_which_something_on_the_way_is_no_number(tmp_path: Path, formula: str) -> None:
    # With a loop the reference is run whole: what stands within is no step that could be looked at.
    source = f"a = np.array([0.5, 0.6])\nfor _ in range(1):\n    y = {formula}\n"
    exercise = own(tmp_path, VECTOR, source)
    bank = draw_bank(exercise, Reference(exercise), seed=0, count=100)
    assert all((case["a"] >= 0).all() for case in bank.cases)


@pytest.mark.parametrize(("lesson", "are_drawn"), [("0.5", False), ("2.0", True)])
def test_enormous_numbers_are_drawn_only_where_the_lesson_has_such(
    tmp_path: Path, lesson: str, *, are_drawn: bool
) -> None:
    source = f"a = {lesson}\ny = 1.0\nfor _ in range(80):\n    y = y * (a + 1)\n"
    exercise = own(tmp_path, SCALAR.replace("0.5", lesson), source)
    bank = draw_bank(exercise, Reference(exercise), seed=0, count=100)
    assert any(float(case["a"]) > 1.5 for case in bank.cases) is are_drawn


@pytest.mark.parametrize(
    ("formula", "are_drawn"),
    [
        ("float(np.argmin([sum(k / 3 for k in a), 4 / 3]))", False),
        ("float(np.argmin([sum(a), max(a)]))", True),
        ("float(sum(a) / 4 >= 1)", True),
    ],
)
def test_counts_are_not_drawn_where_two_numbers_are_equal_on_paper_only(
    tmp_path: Path, formula: str, *, are_drawn: bool
) -> None:
    givens = "  a: {shape: [n], fixed: [1, 2], integers: [0, 3]}\n"
    source = f"a = np.array([1, 2])\nfor _ in range(1):\n    y = {formula}\n"
    exercise = own(tmp_path, givens, source)
    bank = draw_bank(exercise, Reference(exercise), seed=0, count=100)
    assert (len([case for case in bank.cases if case["a"].sum() == 4]) > 0) is are_drawn


@pytest.mark.parametrize(
    "formula",
    [
        "float(np.argmin([sum(k / 3 for k in ranks[1:]), 4 / 3]))",
        "float(np.mean(ranks[1:] / 3) >= 4 / 9)",
        "float(sum(k / 7 for k in ranks[1:]) * 7 > 4)",
    ],
)
def test_real_numbers_are_not_drawn_where_their_ranks_are_equal_on_paper_only(tmp_path: Path, formula: str) -> None:
    # To move the numbers by a hair moves none of their ranks.
    source = f"a = np.array([0.5, 0.6])\nfor _ in range(1):\n    ranks = np.argsort(np.argsort(a))\n    y = {formula}\n"
    exercise = own(tmp_path, VECTOR, source)
    bank = draw_bank(exercise, Reference(exercise), seed=0, count=100)
    ranks = [np.argsort(np.argsort(case["a"])) for case in bank.cases]
    assert {3, 5} <= {int(each[1:].sum()) for each in ranks}
    assert 4 not in {int(each[1:].sum()) for each in ranks}


def test_a_solution_that_passes_over_a_division_by_zero_has_its_cases(tmp_path: Path) -> None:
    value = "np.where(a == 1.5, 7.0, 1 / np.float64(a - 1.5))"
    source = f"a = 0.5\nfor _ in range(1):\n    with np.errstate(all='ignore'):\n        y = {value}\n"
    exercise = own(tmp_path, SCALAR, source)
    bank = draw_bank(exercise, Reference(exercise), seed=0, count=100)
    assert 1.5 in {float(case["a"]) for case in bank.cases}


def test_the_author_is_told_where_rounding_decides_everywhere(tmp_path: Path) -> None:
    exercise = own(tmp_path, SCALAR, "a = 0.5\ny = np.sin(a * 1e14)\n")
    with pytest.raises(ExerciseError, match="left out, mostly: y hangs on rounding"):
        draw_bank(exercise, Reference(exercise), seed=0, count=100)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-2.0, 2.0, (10, -20, 20)),
        (0.0, 1.0, (10, 0, 10)),
        (0.1, 0.7, (100, 10, 70)),
        (0.001, 0.02, (1000, 1, 20)),
        (0.05, 0.95, (100, 5, 95)),
        (-0.05, 0.05, (100, -5, 5)),
        (1e-6, 1e-5, (10**7, 10, 100)),
        (0.333333, 2.1, (10, 4, 21)),
        (100.0, 100.3, (100, 10000, 10030)),
    ],
)
def test_the_grid_is_as_fine_as_the_range_needs(low: float, high: float, expected: tuple[int, int, int]) -> None:
    scale, first, last = grid("givens.x", low, high)
    assert (scale, first, last) == expected
    assert low <= first / scale < last / scale <= high


def test_a_fine_range_is_drawn_as_exact_decimals(tmp_path: Path) -> None:
    givens = "  a: {shape: [], fixed: 0.005, random: [0.001, 0.02]}\n"
    exercise = own(tmp_path, givens, "a = 0.005\ny = a * 2\n")
    bank = draw_bank(exercise, Reference(exercise), seed=0, count=10)
    assert {repr(float(case["a"])) for case in bank.cases} <= {repr(k / 1000) for k in range(1, 21)}
    assert len({float(case["a"]) for case in bank.cases}) == 10


def test_drawing_leaves_the_users_own_folder_of_hypothesis(exercise: Exercise, reference: Reference) -> None:
    from hypothesis.configuration import storage_directory

    before = storage_directory("examples", intent_to_write=False)
    draw_bank(exercise, reference, seed=0, count=2)
    assert storage_directory("examples", intent_to_write=False).path == before.path


def test_the_banks_of_the_lesson_are_those_of_earlier_versions(exercise: Exercise, reference: Reference) -> None:
    if hypothesis_version() != "6.170.17":
        pytest.skip("another version of Hypothesis draws other cases")
    assert draw_bank(exercise, reference, seed=0, count=100).sha256[:16] == "50f2b7ac239bb370"


def test_a_recorded_bank_on_which_the_reference_has_no_answer_is_refused(tmp_path: Path) -> None:
    exercise = own(tmp_path, SCALAR, "a = 0.5\ny = np.log(a)\n")
    case = {"a": np.asarray(-1.0)}
    write_bank(tmp_path / "bank.json", Bank(exercise="mine", seed=0, hypothesis="", cases=[case], sha256=""))
    text = (tmp_path / "bank.json").read_text()
    digest = hashlib.sha256(b'["mine",[{"a":-1.0}]]').hexdigest()
    (tmp_path / "bank.json").write_text(text.replace('"sha256":""', f'"sha256":"{digest}"'))
    with pytest.raises(UsageError, match="case 1 cannot be graded on: y is not finite"):
        load_materials(str(exercise.folder), bank_path=tmp_path / "bank.json")
