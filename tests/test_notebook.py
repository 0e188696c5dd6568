"""In a notebook: what was executed last is what is graded, and what is shown is a frame of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from graders.errors import UsageError
from graders.grading import Grader
from graders.notebook import Checked, check, latest_cells
from graders.submission import decode_submission
from tests.support.pages import HOSTILE, Page
from tests.support.sandboxes import RIGHT, WRONG

MARKER, SOLUTION = "#backprop.py#\n", "#solution.py#\n"
GIVENS, STEPS = RIGHT.split("## Backwards pass")
CHECK = "from graders.notebook import check\nresult = check(lang='en')"

SHELL = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
results = []
for cells in json.load(sys.stdin):
    InteractiveShell.clear_instance()  # each notebook has a kernel of its own
    shell = InteractiveShell.instance()
    for cell in cells:
        shell.run_cell(cell, store_history=True, silent=False)
    result = shell.user_ns["result"]
    report = result.report
    shown = shell.display_formatter.format(result)[0]
    out = {"verdict": report.verdict, "points": report.score.points, "notes": report.notes, "shown": shown}
    out["steps"] = {step.name: [step.verdict, step.cell, step.line] for step in report.steps or ()}
    results.append(out)
with open("result.json", "w", encoding="utf-8") as file:
    json.dump(results, file)
"""


@pytest.mark.parametrize("name", ["\x1b[2J\x1b]0;pwned", "x\n::error file=a.py::pwned"])
def test_what_a_notebook_without_html_shows_is_visible(grader: Grader, name: str) -> None:
    source = RIGHT.replace("delta_w_h_o = ", f"delta_w_h_o = type({name!a}, (), {{}})() or ")
    submission = decode_submission("a.py", source.encode())
    shown = repr(Checked(report=grader.grade(submission), lang="en", cells=submission.cells))
    assert "pwned" in shown
    assert "\x1b" not in shown
    assert not [line for line in shown.splitlines() if line.startswith("::")]


@pytest.fixture
def executed(executed_each: Any) -> Any:
    """Execute cells in an IPython of its own, and return what check() came to there."""

    def run(*cells: str) -> Any:
        return executed_each(cells)[0]

    return run


@pytest.fixture
def executed_each(tmp_path: Path) -> Any:
    """Execute the cells of several notebooks, in one process, and return what each check() came to."""

    def run(*notebooks: Sequence[str]) -> list[dict[str, Any]]:
        done = subprocess.run(
            [sys.executable, "-c", SHELL],
            input=json.dumps(notebooks),
            cwd=tmp_path,
            env={**os.environ, "IPYTHONDIR": str(tmp_path / "ipython")},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        results: list[dict[str, Any]] = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
        return results

    return run


def test_the_cell_with_the_marker_is_graded(executed: Any) -> None:
    result = executed("1 + 1", MARKER + WRONG, RIGHT, CHECK)
    assert result["verdict"] == "wrong-value"
    assert result["steps"]["error"] == ["wrong-value", 2, 31]


@pytest.mark.long
def test_of_a_cell_executed_again_the_last_version_is_graded(executed: Any) -> None:
    assert executed(MARKER + WRONG, CHECK, MARKER + RIGHT, CHECK)["points"] == 100
    undefined = MARKER + RIGHT.replace("target - output", "undefined")
    assert executed(undefined, MARKER + WRONG, CHECK)["steps"]["error"] == ["wrong-value", 2, 31]
    assert executed(GIVENS, STEPS.replace("target - output", "undefined"), STEPS, CHECK)["points"] == 100
    assert executed(GIVENS, STEPS, STEPS.replace("target - output", "output - target"), CHECK)["points"] == 0


def test_open_cells_and_a_saved_notebook_are_chosen_from_alike(executed_each: Any, grader: Grader) -> None:
    undone = STEPS.replace("target - output", "None")
    undefined = STEPS.replace("target - output", "undefined")
    notebooks = [
        [MARKER + RIGHT, MARKER + GIVENS + undone],
        [GIVENS, undefined, STEPS],
        [RIGHT, WRONG, "print(1)"],
        [MARKER + WRONG, RIGHT],
        [SOLUTION + RIGHT, MARKER + WRONG, SOLUTION + RIGHT],
    ]
    results = executed_each(*([*cells, CHECK] for cells in notebooks))
    for cells, result in zip(notebooks, results, strict=True):
        saved = {"cells": [{"cell_type": "code", "source": cell} for cell in cells]}
        of_saved = grader.grade(decode_submission("a.ipynb", json.dumps(saved).encode())).score.points
        assert result["points"] == of_saved, cells


def test_the_solution_pasted_below_is_not_graded(executed: Any) -> None:
    assert executed(WRONG, SOLUTION + RIGHT, CHECK)["points"] == 0


def test_magics_and_check_in_the_same_cell_do_no_harm(executed_each: Any) -> None:
    in_one_cell = MARKER + "from graders.notebook import check\n" + RIGHT + "\nresult = check()"
    results = executed_each(["%matplotlib --list\n!true\n" + RIGHT, CHECK], [in_one_cell])
    assert [result["points"] for result in results] == [100, 100]


def test_html_is_a_frame_without_rights_and_text_is_there_without_html(executed: Any) -> None:
    hostile = f"{MARKER}{WRONG}\nprint({HOSTILE!r})\n# {HOSTILE}\n"
    shown = executed(hostile, CHECK)["shown"]
    page = Page(shown["text/html"].encode())
    assert page.tags == ["div", "div", "div", "iframe"]
    assert page.text.startswith("notebook.ipynb: 0 / 100, wrong values✗ error (cell 1, line 31): ")
    assert ("sandbox", "") in page.attributes
    inner = Page(dict(page.attributes)["srcdoc"].encode())
    assert inner.tags.count("script") == inner.tags.count("img") == 0
    assert "error" in inner.text
    assert shown["text/plain"].startswith("notebook.ipynb: 0 / 100, wrong values\n✗ error (cell 1, line 31): ")
    assert "<" not in shown["text/plain"]


def test_a_file_is_checked_too_and_without_a_notebook_a_file_must_be_named(tmp_path: Path) -> None:
    (tmp_path / "backprop.py").write_text(WRONG, encoding="utf-8")
    checked = check(tmp_path / "backprop.py", lang="zh", feedback="repair")
    assert checked.report.repair is not None
    assert repr(checked).startswith("backprop.py：0 / 100，数值不对\n✗ error（第 30 行）：")
    with pytest.raises(UsageError, match=r"name the file to grade: check\('backprop.py'\)"):
        check()


def test_a_large_page_is_shown_without_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "backprop.py").write_text(f"# {'here' * 10}\n{WRONG}", encoding="utf-8")
    checked = check(tmp_path / "backprop.py")
    assert "herehere" in checked._repr_html_()
    monkeypatch.setattr("graders.notebook._MAX_PAGE_BYTES", len(checked._repr_html_()) // 4)
    assert "herehere" not in checked._repr_html_()


def test_only_the_latest_executions_are_looked_at() -> None:
    long = "#" * (1 << 20)
    assert latest_cells(["x = 1", long, "error = 1"]) == ["", "", "error = 1"]
