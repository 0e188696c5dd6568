"""The page in a real browser: the command's verdicts, people's ways through it, and what a hostile file can do.

Needs Chromium, playwright and the folder of Pyodide's files (docs/page.md), which PYODIDE names. All samples instead of
a few: `python -m tests.test_page_browser FOLDER [PART_OF_A_NAME]` writes a page for each exercise there, prints the
samples that differ, and those that are left out with the reason.
"""

import functools
import http.server
import json
import math
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from graders.grading import Grader
from graders.page.writing import write_page
from graders.reports.document import document
from graders.session import load_materials
from graders.submission import read_submission
from tests.support.opening import open_grader

EVERY = Path(__file__).parent / "submissions"
SAMPLES = EVERY / "backprop"
PYODIDE = os.environ.get("PYODIDE")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync".split()
)
WAIT_MS = 240_000
LOOK_MS = 10
DONE = "!!self.lastReport && !document.getElementById('check').disabled"
ELSEWHERE = {
    "memory_": "a browser has its own limit of memory, which is larger",
    "forbidden_fork": "there are no processes",
    "forbidden_socket": "there are no sockets",
    "exception_math_on_array": "numpy 2.0 takes an array of one number for a number, later ones do not",
    "tail_changes": "a long loop on each case; a browser's Python is slower and may reach the limit of time",
    "no_pivot": "what LAPACK makes of numbers that are infinite differs from build to build",
    "crashed_kill_itself": "there are no signals",
    "crashed_null_pointer": "no address of memory is out of reach",
}
"""Beginnings of samples' names that stand for limits of the kernel, and why they are left out."""

COUNTING = """
from graders.page.judge import Judge

begun, _grade = 0, Judge.grade

def _counting(*given, **named):
    global begun
    begun += 1
    return _grade(*given, **named)

Judge.grade = _counting
"""
"""Counts in the judge's Python how often a grading begins."""

SOME = {
    "backprop": (
        "correct/outer.py",
        "correct/nb_marker.ipynb",
        "correct/top_level_await_over_cells.ipynb",
        "correct/coding_gbk.py",
        "wrong/hidden_term_no_slope.py",
        "wrong/exception_attribute.py",
        "wrong/forbidden_check_output.py",
        "wrong/notfinite_exp_overflow.py",
    ),
    "elimination": ("wrong/template.py",),
    "softmax_cross_entropy": ("wrong/changes_probabilities.py",),
}
"""A few of all, of each kind; which are in the tests of every change."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine, as any web server would."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def need_browser() -> Any:
    """Return playwright, or skip the test and say what is not there."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the page in a browser: playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("the page in a browser: no Chromium here")
    if PYODIDE is None:
        pytest.skip("the page in a browser: PYODIDE names no folder with Pyodide's files")
    return playwright


@contextmanager
def browsing(profile: Path) -> Iterator[Any]:
    """Open a browser that keeps what it stores in this folder."""
    playwright = need_browser()
    with playwright.sync_playwright() as started:
        context = started.chromium.launch_persistent_context(str(profile), executable_path=CHROMIUM, args=QUIET)
        yield context
        context.close()


def until(page: Any, condition: str) -> None:
    """Wait until something holds; what playwright has for it is forbidden by the page's content security policy."""
    for _ in range(WAIT_MS // LOOK_MS):
        if page.evaluate(condition):
            return
        if page.evaluate("said[0] === 'failed'"):
            break
        page.wait_for_timeout(LOOK_MS)
    raise AssertionError(f"{condition}: never, with {page.inner_text('#status')!r}")


def is_ready(page: Any) -> None:
    until(page, "document.readyState === 'complete' && document.getElementById('status').textContent !== ''")
    until(page, "document.getElementById('progress').hidden")
    assert page.inner_text("#status") in ("Ready.", "已就绪。")


def check_file(page: Any, path: Path) -> Any:
    """Open a file as a student does, and return the report's document."""
    page.evaluate("self.lastReport = null")
    page.set_input_files("#file", str(path))
    until(page, DONE)
    return page.evaluate("self.lastReport")


def compared(report: Any) -> dict[str, Any]:
    """Return what must be the same in the browser: verdict, points, blamed lines, counterexample."""
    plain = json.loads(msgspec.json.encode(report))  # what is no number has no place in JSON
    steps = [[step["name"], step["verdict"], step.get("line"), step.get("cell")] for step in plain.get("steps", [])]
    checks = [[check["id"], check["verdict"], check["points"]] for check in plain["checks"]]
    return {
        "verdict": plain["verdict"],
        "checks": checks,
        "steps": steps,
        "counterexample": plain.get("counterexample"),
    }


def difference(page: Any, grader: Grader, path: Path) -> dict[str, Any]:
    """Return what the browser says otherwise about a file, with what the command says."""
    expected = compared(document(grader.grade(read_submission(path))))
    found = compared(check_file(page, path))
    return {name: (expected[name], found[name]) for name in expected if not is_same(expected[name], found[name])}


def is_same(one: Any, other: Any) -> bool:
    """Tell whether two parts of reports are the same but for the last digits of numbers."""
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return bool(one == other)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need_browser()
    written = tmp_path_factory.mktemp("page")
    write_page(load_materials("backprop"), written, "en", PYODIDE)
    return written


@pytest.fixture(scope="module")
def opened(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The page, ready, with all that it says on the console and every address that it asks for."""
    with served(folder) as address, browsing(tmp_path_factory.mktemp("profile")) as context:
        page = context.new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(address)
        is_ready(page)
        yield page
        assert page.said == []
        assert [url for url in page.asked if not url.startswith((address, "blob:", "data:", "about:"))] == []


@pytest.mark.parametrize("exercise", SOME)
def test_samples_get_the_commands_verdict_points_lines_and_counterexample(exercise: str, tmp_path: Path) -> None:
    need_browser()
    files = [EVERY / exercise / name for name in SOME[exercise]]
    write_page(load_materials(exercise), tmp_path / "page", "en", PYODIDE)
    assert {path.name: what for path, _, what in compare(exercise, tmp_path / "page", files) if what} == {}


def _why_left_out(path: Path) -> str | None:
    return next((why for beginning, why in ELSEWHERE.items() if path.name.startswith(beginning)), None)


@pytest.mark.long
def test_a_grading_that_waits_for_a_run_goes_on_and_is_not_begun_again(opened: Any) -> None:
    if not opened.evaluate("'Suspending' in WebAssembly"):
        pytest.skip("this browser lets no Python stand still")
    (judge,) = [worker for worker in opened.workers if worker.evaluate("self.name") == "judge"]
    judge.evaluate(f"python.runPython({json.dumps(COUNTING)})")
    report = check_file(opened, SAMPLES / "wrong" / "hidden_term_no_slope.py")
    assert report["counterexample"]  # so it was run more than once
    assert judge.evaluate("python.globals.get('begun')") == 1


@pytest.mark.long
def test_where_the_search_takes_long_the_score_is_told_first_and_a_language_chosen_meanwhile_is_that_of_the_report(
    opened: Any, tmp_path: Path
) -> None:
    slow = tmp_path / "slow.py"
    wrong = (SAMPLES / "wrong" / "hidden_term_no_slope.py").read_text(encoding="utf-8")
    slow.write_text("import numpy as np\nnp.linalg.svd(np.ones((250, 250)))\n" + wrong, encoding="utf-8")
    opened.evaluate(
        "self.statuses = [];"
        "new MutationObserver(() => statuses.push($('status').textContent)).observe($('status'), { childList: true })"
    )
    opened.evaluate("self.lastReport = null")
    opened.set_input_files("#file", str(slow))
    opened.select_option("#language", "zh")
    until(opened, DONE)
    told = [status for status in opened.evaluate("statuses") if "正在查找" in status]
    assert told
    assert "50 / 100" in told[0]
    assert "第" in opened.inner_text("#status")
    assert opened.evaluate("report.contentDocument.documentElement.lang") == "zh-Hans"
    opened.select_option("#language", "en")
    until(opened, "$('status').textContent.includes('wrong')")


@pytest.mark.long
def test_an_endless_loop_is_ended_the_page_says_so_and_the_next_file_is_checked(opened: Any, tmp_path: Path) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("while True:\n    pass\n")
    assert check_file(opened, endless)["verdict"] == "timeout"
    assert "took too long" in opened.inner_text("#status")
    assert check_file(opened, SAMPLES / "correct" / "outer.py")["score"]["points"] == 100


@pytest.mark.long
def test_a_hostile_file_spoils_its_own_check_at_most(opened: Any, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.py"
    hostile.write_text(
        "import sys, gc\n"
        "for name in ('js', 'pyodide_js', 'pyodide'):\n"
        "    try:\n        __import__(name)\n        print('GOT', name)\n"
        "    except ImportError:\n        print('NOT', name)\n"
        "import numpy as np\nnp.dot = None\nnp.exp = lambda x: x\nprint('<img src=x onerror=alert(1)>')\n"
    )
    report = check_file(opened, hostile)
    assert [line for line in report["stdout"].splitlines() if "GOT" in line] == []
    assert report["score"]["points"] == 0
    assert check_file(opened, SAMPLES / "correct" / "outer.py")["score"]["points"] == 100


@pytest.mark.long
def test_the_page_is_used_with_the_keyboard_alone_and_keeps_what_is_written(opened: Any) -> None:
    opened.keyboard.press("Tab")
    opened.focus("#editor")
    opened.keyboard.press("Control+A")
    opened.keyboard.insert_text((SAMPLES / "wrong" / "hidden_term_no_slope.py").read_text())
    opened.evaluate("self.lastReport = null")
    opened.keyboard.press("Control+Enter")
    until(opened, DONE)
    assert "50 / 100" in opened.inner_text("#status")
    assert opened.inner_text("#numbers").split() == [str(number) for number in range(1, 51)]
    opened.select_option("#language", "zh")
    until(opened, "document.getElementById('status').textContent.includes('第')")
    assert opened.evaluate("document.documentElement.lang") == "zh-Hans"
    opened.reload()
    is_ready(opened)
    assert "hidden_error_term = np.dot" in opened.input_value("#editor")
    assert opened.evaluate("document.documentElement.lang") == "zh-Hans"
    opened.once("dialog", lambda dialog: dialog.accept())
    opened.click("#clear")
    assert "hidden_error_term = None" in opened.input_value("#editor")
    opened.select_option("#language", "en")


@pytest.mark.long
def test_an_opened_file_takes_the_place_of_the_one_opened_before_but_of_nothing_that_was_written(opened: Any) -> None:
    def start_over() -> None:
        opened.once("dialog", lambda dialog: dialog.accept())
        opened.click("#clear")

    first, second = SAMPLES / "wrong" / "hidden_term_no_slope.py", SAMPLES / "correct" / "outer.py"
    start_over()
    for path in (first, second):
        check_file(opened, path)
        assert opened.input_value("#editor") == path.read_text(encoding="utf-8")
    opened.focus("#editor")
    opened.keyboard.press("Control+End")
    opened.keyboard.insert_text("# mine")
    check_file(opened, first)
    assert opened.input_value("#editor") == f"{second.read_text(encoding='utf-8')}# mine"
    start_over()
    assert "hidden_error_term = None" in opened.input_value("#editor")


@pytest.mark.long
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_window(opened: Any, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 800})
    check_file(opened, SAMPLES / "wrong" / "hidden_term_no_slope.py")
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.long
def test_the_button_prints_the_report_and_not_the_page_around_it(opened: Any) -> None:
    check_file(opened, SAMPLES / "wrong" / "hidden_term_no_slope.py")
    opened.evaluate("report.contentWindow.addEventListener('beforeprint', () => { self.isPrinted = true; })")
    opened.click("#print")
    until(opened, "self.isPrinted")


@pytest.mark.long
def test_the_page_works_again_without_a_network(opened: Any) -> None:
    until(opened, "document.documentElement.dataset.offline === 'true'")
    opened.context.set_offline(True)
    try:
        opened.reload()
        is_ready(opened)
        assert opened.evaluate("kit.isKept && !!kit.images.runner")  # and starts from what the first workers left
        assert check_file(opened, SAMPLES / "correct" / "outer.py")["score"]["points"] == 100
    finally:
        opened.context.set_offline(False)


@pytest.mark.long
@pytest.mark.skipif("AXE" not in os.environ, reason="AXE names no axe.min.js")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Any, scheme: Any) -> None:
    opened.emulate_media(color_scheme=scheme)
    check_file(opened, SAMPLES / "wrong" / "hidden_term_no_slope.py")
    opened.evaluate(Path(os.environ["AXE"]).read_text(encoding="utf-8"))
    found = opened.evaluate("axe.run(document).then(found => found.violations.map(one => [one.id, one.nodes[0].html]))")
    assert found == []


def main(folder: Path, part: str) -> int:
    """Compare every sample with the part in its name, and print those that differ."""
    counts = {"same": 0, "different": 0, "left out": 0}
    for exercise in sorted(path.name for path in EVERY.iterdir() if path.is_dir()):
        files = [path for path in sorted((EVERY / exercise).glob("*/*")) if part in str(path)]
        if files:
            write_page(load_materials(exercise), folder / exercise, "en", PYODIDE)
            for path, state, what in compare(exercise, folder / exercise, files):
                counts[state] += 1
                if what:
                    print(f"{exercise}/{path.parent.name}/{path.name}: {state}: {what}", flush=True)
    print(", ".join(f"{count} {state}" for state, count in counts.items()))
    return 1 if counts["different"] else 0


def compare(exercise: str, folder: Path, files: Sequence[Path]) -> Iterator[tuple[Path, str, str]]:
    """Yield each file, whether the browser says the same of it, and what it says otherwise or why it was not asked."""
    with (
        tempfile.TemporaryDirectory() as profile,
        served(folder) as address,
        browsing(Path(profile)) as context,
        open_grader(exercise, isolation=None, fallback=True) as grader,
    ):
        page = context.new_page()
        page.goto(address)
        is_ready(page)
        for path in files:
            if why := _why_left_out(path):
                yield path, "left out", why
            else:
                what = difference(page, grader, path)
                yield path, "different" if what else "same", json.dumps(what) if what else ""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""))
