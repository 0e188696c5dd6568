"""A disguise that changes no result changes neither points nor the line that is blamed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from graders.exercise.asked import Exercise
from graders.grading import Grader
from graders.outcome import Report, Step, Verdict
from graders.submission import decode_submission
from tests.support.disguises import DISGUISES, Disguised, disguise, sample
from tests.support.outcomes import innermost, outcome, words_of

SAMPLES = Path(__file__).parent / "submissions" / "backprop"
ROWS: dict[str, dict[str, Any]] = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))
SINGLE = [
    name
    for name, row in ROWS.items()
    if row["points"] < 100
    and len(row.get("steps", ())) == 1
    and "line" in row
    and name.endswith(".py")
    and "/pair_" not in name  # two mistakes that cancel in one result
]
RIGHT = [name for name, row in ROWS.items() if row["points"] == 100 and name.endswith(".py")]
NOT_WRONG = ("correct", "correct-from-earlier-mistake", "not-reached", "not-evaluated")
SHARE = 0.95


@pytest.fixture(autouse=True)
def folder_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Samples are run in this very process, and some write files."""
    monkeypatch.chdir(tmp_path)


def disguised(name: str, exercise: Exercise) -> Iterator[tuple[str, Disguised, set[int]]]:
    """Yield a sample in all disguises in which it does the same, with the lines of its mistake."""
    source = "\n".join(text for _, text in decode_submission(name, (SAMPLES / name).read_bytes()).cells)
    fixed, steps = words_of(exercise)
    culprits = {innermost(source, ROWS[name].get("line", 0))}
    before = outcome(source, exercise)
    for way, function in DISGUISES.items():
        try:
            found = disguise(source, function, fixed, steps)
        except (SyntaxError, RecursionError):  # nothing is left to move, or it is nested too deeply to be written
            continue
        if outcome(found.source, exercise) == before:
            lines = found.lines_of(culprits) or {
                at for at, number in found.origin.items() if number > min(culprits, default=0)
            }
            yield way, found, lines


def flagged(report: Report) -> list[Step]:
    return [step for step in report.steps or () if step.verdict not in NOT_WRONG]


def check_wrong(names: list[str], grader: Grader) -> None:
    missed, count = [], 0
    for name in names:
        for way, found, lines in disguised(name, grader.exercise):
            report = grader.grade(decode_submission("a.py", found.source.encode()))
            assert report.score.points == ROWS[name]["points"], (name, way)
            blamed = [step.line for step in flagged(report)]
            count += 1
            if not blamed or not set(blamed) <= lines:
                missed.append((name, way, blamed, sorted(lines)))
    assert count > 8 * len(names)
    assert len(missed) <= (1 - SHARE) * count, missed


def test_what_is_filled_piece_by_piece_is_blamed_where_it_is_filled(grader: Grader) -> None:
    name = "wrong/held_delta_ih_diagonal.py"
    folded = next(found for way, found, _ in disguised(name, grader.exercise) if way == "fold")
    (wrong,) = flagged(grader.grade(decode_submission("a.py", folded.source.encode())))
    assert wrong.line is not None
    assert folded.source.splitlines()[wrong.line - 1].strip().startswith("delta_w_i_h[k, k] =")


def test_an_empty_list_holds_no_numbers_that_are_typed_in(grader: Grader) -> None:
    report = grader.grade(decode_submission("a.py", (SAMPLES / "wrong/shape_ho_empty.py").read_bytes()))
    assert len(flagged(report)) == 2
    assert not any("typed in" in (step.message or "") for step in flagged(report))


@pytest.mark.parametrize(
    ("name", "way", "lines"),
    [
        ("output_term_only_slope_prime", "rename_shortly", ["v10 = sigmoid_prime(v7)"]),  # not the helper's own line
        ("shape_both_zero", "in_main", ["delta_w_h_o = 0", "delta_w_i_h = 0"]),
        ("notfinite_nan_one_element", "multiply_in_chinese", ["delta_w_i_h[0, 0] = np.nan"]),
    ],
)
def test_the_line_told_is_the_one_to_mend(name: str, way: str, lines: list[str], grader: Grader) -> None:
    found = next(found for each, found, _ in disguised(f"wrong/{name}.py", grader.exercise) if each == way)
    steps = flagged(grader.grade(decode_submission("a.py", found.source.encode())))
    assert [found.source.splitlines()[(step.line or 0) - 1].strip() for step in steps] == lines
    assert not any("small change" in (step.message or "") for step in steps)


@pytest.mark.filterwarnings("ignore")
def test_the_blamed_line_is_the_mistakes_own_in_every_disguise(grader: Grader) -> None:
    check_wrong(sample(SINGLE, 2), grader)


@pytest.mark.filterwarnings("ignore")
def test_a_right_script_is_right_in_every_disguise(grader: Grader) -> None:
    for name in sample(RIGHT, 2):
        for way, found, _ in disguised(name, grader.exercise):
            report = grader.grade(decode_submission("a.py", found.source.encode()))
            assert (report.verdict, flagged(report)) == (Verdict.CORRECT, []), (name, way)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_the_blamed_line_of_every_sample_is_the_mistakes_own_in_every_disguise(grader: Grader) -> None:
    check_wrong(SINGLE, grader)
