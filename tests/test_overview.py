"""What an instructor sees of a class: numbers, gradebook and overview, safe whatever students call themselves."""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from graders.batch.gradebook import csv_lines
from graders.batch.mistakes import mistakes_of, titles
from graders.batch.overview import overview_lines
from graders.batch.rows import Row
from graders.batch.standing import AskedColumns, GradebookLine
from graders.batch.tally import Tally
from graders.exercise.asked import Exercise
from graders.gradebooks import Student
from graders.grading import Grader
from graders.messages import CATALOGUE, Lang
from graders.messages.pages import is_word
from graders.outcome import Verdict
from graders.submission import decode_submission
from tests.support.pages import HOSTILE, Page
from tests.support.rows import OURS, RIGHT, WRONG, row

NOT_MISTAKES = (
    "after-others",
    "fix-first",
    "right-then",
    "look-again",
    "same-line",
    "correct-from-earlier-mistake",
    "from-forward",
    "from-helper",
    "not-reached",
    "not-evaluated",
)


def overview(
    rows: Sequence[Row], exercise: Exercise, lang: Lang = "en", missing: Sequence[Student] = (), ending: str = ".yaml"
) -> Page:
    return Page(b"".join(overview_lines(Tally(rows), map(GradebookLine, rows), missing, exercise, lang, ending=ending)))


def test_a_fault_of_ours_counts_in_no_score() -> None:
    tally = Tally([RIGHT, WRONG, OURS])
    assert (tally.submissions, tally.graded, tally.mean_percent) == (3, 2, 60.0)
    assert Tally([OURS]).mean_percent is None


def test_the_summary_counts_every_wrong_step_and_the_first() -> None:
    summary = Tally([RIGHT, WRONG, replace(WRONG, late=True), row("d", 60.0, Verdict.WRONG_VALUE, "delta_w_i_h")])
    assert summary.summary("backprop") == {
        "exercise": "backprop",
        "submissions": 4,
        "late": 1,
        "mean_percent": 50.0,
        "verdicts": {"wrong-value": 3, "correct": 1},
        "scores": {**{f"{at}–{at + 10}": 0 for at in range(0, 100, 10)}, "20–30": 2, "60–70": 1, "90–100": 1},
        "wrong_steps": {"delta_w_i_h": 3, "error": 2},
        "first_wrong_step": {"error": 2, "delta_w_i_h": 1},
        "mistakes": {"delta_w_i_h-sign": 3, "error-sign": 2},
    }


def test_what_is_kept_of_a_class_does_not_grow_with_it() -> None:
    tally = Tally(row(str(number), 0.0, Verdict.WRONG_VALUE, "error") for number in range(1000))
    assert tally.mistakes["error-sign"] == 1000
    assert len(tally.students["error-sign"]) == 40


def test_the_gradebook_has_no_formula_and_no_zero_for_a_fault_of_ours() -> None:
    rows = [RIGHT, replace(WRONG, student="=1+1"), OURS]
    lines = b"".join(csv_lines(map(GradebookLine, rows), [])).decode("utf-8-sig").split("\r\n")
    assert len(lines) == 5
    assert lines[2].startswith("'=1+1,")
    assert lines[3].split(",")[3:7] == ["", "100", "", "not-graded"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_a_student_named_becomes_markup(exercise: Exercise, lang: Lang) -> None:
    hostile = replace(WRONG, key="k", file=HOSTILE, student=HOSTILE, name=HOSTILE, note=HOSTILE, attempt=HOSTILE)
    page = overview([hostile, RIGHT], exercise, lang, [Student(HOSTILE, HOSTILE)])
    assert page.tags.count("script") == 1  # ours
    assert "img" not in page.tags
    assert not any(name.startswith("on") for name, _ in page.attributes)
    assert not {"\x1b", "\u202e"} & set(page.text)
    assert page.text.count("<img src=x") >= 7  # shown, as text
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_the_page_allows_its_own_script_only_and_loads_nothing(exercise: Exercise) -> None:
    data = b"".join(overview_lines(Tally([RIGHT]), [GradebookLine(RIGHT)], [], exercise, "en", ending=".yaml")).decode()
    (script,) = re.findall(r"<script>(.*?)</script>", data, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}';" in data
    assert [value for name, value in Page(data.encode()).attributes if name in ("src", "href")] == ["a.report.yaml"]


def test_every_submission_has_a_row_that_links_to_its_report(exercise: Exercise) -> None:
    page = overview([RIGHT, replace(WRONG, key="张三 #1?"), OURS], exercise, ending=".html")
    assert page.tags.count("tr") == 1 + 3
    links = [value for name, value in page.attributes if name == "href"]
    assert links[-3:] == ["a.report.html", "%E5%BC%A0%E4%B8%89%20%231%3F.report.html", "c.report.html"]


def test_the_share_of_each_wrong_step_is_of_what_was_graded(exercise: Exercise) -> None:
    text = " ".join(overview([RIGHT, WRONG, OURS], exercise).text.split())
    assert "error 1 (50 %) output_error_term 0 (0 %)" in text


def test_misconceptions_are_explained_and_name_their_students(exercise: Exercise) -> None:
    known = exercise.misconceptions[0]
    found = replace(WRONG, mistakes=[known.id], name="Li Na")
    for lang in ("en", "zh"):
        text = " ".join(overview([found, RIGHT], exercise, "zh" if lang == "zh" else "en").text.split())
        assert " ".join(known.message[lang].split()) in text
        assert "b Li Na" in text


def test_who_handed_nothing_in_is_listed(exercise: Exercise) -> None:
    assert "2023009 吴迪" in overview([RIGHT], exercise, missing=[Student("2023009", "吴迪")]).text


def test_columns_that_nobody_fills_are_left_out(exercise: Exercise) -> None:
    plain, full = (overview([one], exercise) for one in (RIGHT, replace(RIGHT, name="Li", attempt=2, late=True)))
    assert (plain.tags.count("th"), full.tags.count("th")) == (7, 10)


def test_what_counts_in_the_end_and_the_section_are_shown_where_the_instructor_asked(exercise: Exercise) -> None:
    lines = [GradebookLine(RIGHT, section="B", adjusted=55.5), GradebookLine(RIGHT, section="A", after_late=70.0)]
    asked = AskedColumns(sections=True, lateness=True)
    for columns, shown in (
        (asked, [["Section", "Final points"], ["B", "55.5"], ["A", "70"]]),
        (AskedColumns(), [[], [], []]),
    ):
        pieces = overview_lines(Tally([RIGHT] * 2), lines, [], exercise, "en", ending=".html", asked=columns)
        table = b"".join(pieces).decode().partition('<table id="rows">')[2]
        rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)]
        places = [place for place, title in enumerate(rows[0]) if title in ("Section", "Final points")]
        assert [[re.sub(r"<.*?>", "", row[place]) for place in places] for row in rows] == shown


def test_a_class_of_nobody_graded_has_a_page(exercise: Exercise) -> None:
    assert "cannot be read" not in overview([OURS], exercise).text


def test_the_same_mistake_counts_together_whatever_the_code_calls_things(grader: Grader) -> None:
    source = grader.exercise.reference_source
    others = source.replace("output_error_term", "d_out").replace("hidden_error_term", "误差项")
    tripled = [text.replace("delta_w_h_o = learnrate", "delta_w_h_o = 3 * learnrate") for text in (source, others)]
    turned = [text.replace("target - output", "output - target") for text in (source, others)]
    found = [
        mistakes_of(grader.grade(decode_submission("a.py", text.encode())), "en")
        for text in (*tripled, *turned, source)
    ]
    assert found == [["delta_w_h_o:factor"]] * 2 + [["error-sign"]] * 2 + [[]]
    assert titles(["delta_w_h_o:factor", "error-sign"], grader.exercise, "zh") == {
        "delta_w_h_o:factor": "delta_w_h_o：差一个倍数",
        "error-sign": "error：误差的符号反了。",
    }


def test_every_message_about_a_step_has_a_line_for_the_class() -> None:
    said = {key.removeprefix("step.") for key in CATALOGUE if key.startswith("step.")} - set(NOT_MISTAKES)
    assert {each for each in said if not is_word(f"mistake.{each}") and not is_word(f"verdict.{each}")} == set()
