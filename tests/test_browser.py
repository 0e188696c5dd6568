"""The overview in a real browser: sorting, filtering and paging, by mouse and keyboard."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graders.batch.overview import overview_lines
from graders.batch.rows import Row
from graders.batch.standing import GradebookLine
from graders.batch.tally import Tally
from graders.exercise.asked import Exercise
from graders.messages import Lang
from graders.outcome import Verdict
from tests.support.pages import HOSTILE
from tests.support.rows import OURS, RIGHT, WRONG

pytestmark = pytest.mark.long
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
ROOT = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=ROOT)
        yield launched
        launched.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path, exercise: Exercise) -> Iterator[Any]:
    """Opens the overview of some rows; fails if the page says anything on the console or asks for anything."""
    said: list[str] = []

    def show(rows: list[Row], lang: Lang = "en") -> Any:
        path = tmp_path / "index.html"
        path.write_bytes(
            b"".join(overview_lines(Tally(rows), map(GradebookLine, rows), [], exercise, lang, ending=".html"))
        )
        page = browser.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url) if request.url != path.as_uri() else None)
        page.goto(path.as_uri())
        return page

    yield show
    assert said == []


def students(page: Any) -> list[str]:
    texts: list[str] = page.locator("#rows tbody tr td:first-child").all_inner_texts()
    return texts


THREE = [OURS, WRONG, replace(RIGHT, percent=9.5)]


def test_columns_sort_both_ways_numbers_as_numbers_and_what_is_empty_last(opened: Any) -> None:
    page = opened(THREE)
    head = page.locator("th[data-column=percent]")
    head.get_by_role("button").click()
    assert (students(page), head.get_attribute("aria-sort")) == (["a", "b", "c"], "ascending")
    head.get_by_role("button").press("Enter")
    assert (students(page), head.get_attribute("aria-sort")) == (["b", "a", "c"], "descending")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_rows_are_filtered_by_text_verdict_and_mistake(opened: Any, lang: Lang) -> None:
    page = opened(THREE, lang)
    page.fill("#text", " B.PY ")
    assert students(page) == ["b"]
    page.fill("#text", "")
    page.select_option("#verdict", "not-graded")
    assert students(page) == ["c"]
    page.select_option("#verdict", "")
    page.select_option("#mistake", "error-sign")
    assert students(page) == ["b"]
    assert page.inner_text("#shown") in ("1 of 3", "1 / 3")


def test_a_mistake_leads_to_all_its_rows(opened: Any) -> None:
    page = opened([*THREE, replace(WRONG, student="d", mistakes=["error-sign-twice"])])
    page.get_by_text("error: Your error has the opposite sign.", exact=True).first.click()
    page.locator("button[data-mistake=error-sign]").click()
    assert students(page) == ["b"]


def test_a_hostile_name_stays_text(opened: Any) -> None:
    page = opened([replace(WRONG, file=HOSTILE, student=HOSTILE, note=HOSTILE, mistakes=[HOSTILE])])
    page.fill("#text", "<img")
    assert students(page)[0].startswith('"><img src=x onerror=alert(1)><script>')


def test_thousands_of_rows_are_searched_and_sorted_but_shown_in_parts(opened: Any) -> None:
    rows = [
        replace(WRONG if number % 2 else RIGHT, key=str(number), student=str(number), verdict=Verdict.MISSING)
        for number in range(5000)
    ]
    page = opened(rows)
    assert len(students(page)) == 250
    head = page.locator("th[data-column=student] button")
    head.click()
    head.click()
    assert students(page)[:2] == ["4999", "4998"]
    page.click("#more")
    assert len(students(page)) == 1250
    page.fill("#text", "777")
    assert set(students(page)) == {str(number) for number in range(5000) if "777" in str(number)}


def test_without_its_script_the_page_shows_every_row(browser: Any, tmp_path: Path, exercise: Exercise) -> None:
    path = tmp_path / "index.html"
    path.write_bytes(
        b"".join(overview_lines(Tally(THREE), map(GradebookLine, THREE), [], exercise, "en", ending=".html"))
    )
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(path.as_uri())
    assert page.locator("#rows tbody tr").count() == 3
    assert page.locator("#rows tbody tr").first.is_visible()
    assert not page.locator("#text").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_is_never_wider_than_the_window(opened: Any, width: int) -> None:
    known = ["hidden-term-no-derivative"]  # whose explanation is a long line to choose
    page = opened([replace(WRONG, file="x" * 300, note="y" * 300, mistakes=known)])
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
