"""Pages and other formats: everything is there, in both languages, and nothing of a submission becomes markup."""

import json
from collections.abc import Iterator

import pytest

from graders.grading import Grader
from graders.messages import Lang
from graders.outcome import Feedback, Report
from graders.reports import formats, html
from graders.reports.context import Context
from graders.reports.document import document
from graders.submission import decode_submission
from tests.support.opening import open_grader
from tests.support.pages import HOSTILE, Page
from tests.support.sandboxes import RIGHT

TAGS_OF_OURS = {"script": 0, "img": 0, "iframe": 0, "link": 0, "object": 0}


@pytest.fixture(scope="module")
def repairing() -> Iterator[Grader]:
    with open_grader("backprop", feedback=Feedback.REPAIR, cases=20) as grader:
        yield grader


def graded(grader: Grader, source: str, file: str = "backprop.py") -> tuple[Report, list[tuple[int | None, str]]]:
    submission = decode_submission(file, source.encode())
    return grader.grade(submission), list(submission.cells)


def assert_self_contained(page: Page) -> None:
    for tag, count in TAGS_OF_OURS.items():
        assert page.tags.count(tag) <= count, tag
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert not any(name.startswith("on") for name, _ in page.attributes)
    assert not any(name in ("src", "href") and "//" in value for name, value in page.attributes)
    assert {"html", "main", "h1"} <= set(page.tags)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "change",
    [
        ("", ""),
        ("target - output", "output - target"),
        ("* x[:, None]", "* x"),
        ("error = target", "error = undefined"),
        ("error = target", "error = (target"),
    ],
)
def test_a_page_shows_the_report_in_both_languages(repairing: Grader, lang: Lang, change: tuple[str, str]) -> None:
    report, cells = graded(repairing, RIGHT.replace(*change))
    data = html.dump(report, Context(lang, cells))
    page = Page(data)
    assert_self_contained(page)
    assert ("lang", {"en": "en", "zh": "zh-Hans"}[lang]) in page.attributes
    for check in report.checks:
        assert check.result in page.text
    for step in report.steps or ():
        assert step.name in page.text
    if report.counterexample is not None:
        assert "svg" in page.tags
    if report.repair is not None:
        assert report.repair.after in page.text
    assert data == html.dump(report, Context(lang, cells))


def test_hostile_text_stays_text(repairing: Grader) -> None:
    source = (
        RIGHT.replace("target - output", "output - target")
        + f"\nprint({HOSTILE!r})\n# {HOSTILE}\nraise ValueError({HOSTILE!r})\n"
    )
    report, cells = graded(repairing, source, file=f"{HOSTILE}.py")
    page = Page(html.dump(report, Context("en", cells)))
    assert_self_contained(page)
    assert "\x1b" not in page.text
    assert "\u202e" not in page.text
    assert "<img src=x" in page.text  # shown, as text


def test_a_notebooks_cell_is_shown(repairing: Grader) -> None:
    content = {"cells": [{"cell_type": "code", "source": RIGHT.replace("target - output", "undefined")}]}
    report, cells = graded(repairing, json.dumps(content), file="backprop.ipynb")
    assert report.fault is not None
    assert report.fault.cell == 1
    assert_self_contained(Page(html.dump(report, Context("en", cells))))


def test_json_has_the_same_content_as_yaml(repairing: Grader) -> None:
    report, cells = graded(repairing, RIGHT.replace("target - output", "output - target"))
    assert json.loads(formats.dump("json", report, "en", cells)) == json.loads(json.dumps(document(report)))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_markdown_says_what_is_wrong_and_nothing_in_it_is_active(repairing: Grader, lang: Lang) -> None:
    source = RIGHT.replace("target - output", "output - target") + f"\nraise ValueError({HOSTILE!r})\n"
    report, cells = graded(repairing, source, file=f"{HOSTILE}.py")
    text = formats.dump("markdown", report, lang, cells).decode("utf-8")
    assert "| `delta_w_h_o` |" in text
    assert "**error**" in text
    assert "0 / 100" in text
    assert not set("<>\x1b\u202e") & set(text)
    assert "::error" not in text
