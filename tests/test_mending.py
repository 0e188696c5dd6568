"""In functions, loops and conditions a mistake is found by what makes the results right."""

import ast
import builtins
import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graders.grading import Grader
from graders.inside.alterations import alternatives, of_whole
from graders.inside.altered import (
    ADDED,
    COPIED,
    DROPPED,
    FORGOTTEN,
    KEPT,
    LEFT_OUT,
    MOVED,
    PLAIN,
    RETURNED,
    SHARED,
    TURNED,
    UNALTERED,
    Altering,
)
from graders.inside.altering import altered_program
from graders.inside.arrays import Array
from graders.inside.compiling import rewrite
from graders.inside.nearby import (
    Surroundings,
    elements_within,
    fields_read,
    members_of,
    nearest,
    parameters_of_all,
    unread_in,
)
from graders.inside.observing import OutOfTime
from graders.inside.passes import PassCounter, finite_only
from graders.inside.programs import Words
from graders.inside.reading import Cell, parse
from graders.inside.sites import Site
from graders.inside.switches import ALTERED, PASSED
from graders.inside.syntax import RECORD
from graders.judging.blame import Experiment
from graders.judging.following import follow
from graders.judging.own_lines import only_own_line
from graders.judging.sightings import Sightings
from graders.judging.trails import Trail
from graders.outcome import Feedback, Report, Step, Verdict
from graders.sandbox.encoding import encode_diagnosing
from graders.sandbox.observed import Run, Seen, Trial
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import decode_submission, read_submission
from tests.support.opening import open_grader
from tests.support.sandboxes import RIGHT, grade_text, skipping_without_kernel

REFERENCES = Path(__file__).parents[1] / "reference"
TEMPLATES = Path(__file__).parents[1] / "exercises"
QUIZ = (REFERENCES / "numpy_quiz.py").read_text(encoding="utf-8")
SOFTMAX = (REFERENCES / "softmax_cross_entropy.py").read_text(encoding="utf-8")
EVERY_KIND = tuple(range(ADDED + 1))

SETTINGS = """\
title: {en: Spread, zh: 离散程度}
marker: "#spread.py#"
solution_marker: "#solution.py#"
submission: definitions
givens:
  x: {shape: [n], fixed: [1.0, 2.0, 4.0], random: [-4.0, 4.0]}
  limit: {shape: [], fixed: 1.0, random: [0.1, 2.0]}
use: |
  middle, wide = spread(x)
  far = count_far(x, middle, limit)
steps:
  - {name: middle, shape: [], points: {fixed: 10, bank: 20}}
  - {name: wide, shape: [], points: {fixed: 10, bank: 30}}
  - {name: far, shape: [], points: {fixed: 10, bank: 20}}
bank: {count: 20, dimensions: {n: [2, 5]}}
limits: {wall_s: 20, cpu_s: 5, memory_mib: 512, output_kib: 64}
"""
SOLUTION = """\
import numpy as np


def spread(x):
    middle = np.mean(x)
    gaps = x - middle
    wide = np.sqrt(np.mean(gaps ** 2))
    return middle, wide


def count_far(x, middle, limit):
    count = 0
    for value in x:
        if abs(value - middle) > limit:
            count += 1
    return count
"""


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    folder = tmp_path_factory.mktemp("course")
    exercise = folder / "exercises" / "spread"
    exercise.mkdir(parents=True)
    (folder / "reference").mkdir()
    (exercise / "exercise.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "reference" / "spread.py").write_text(SOLUTION, encoding="utf-8")
    with skipping_without_kernel(), open_sandboxed(load_materials(str(exercise)), Terms()) as opened:
        yield opened


def flagged(report: Report) -> list[Step]:
    return [step for step in report.steps or () if step.verdict.is_wrong]


@pytest.mark.parametrize(
    ("old", "new", "line", "step"),
    [
        ("np.sqrt(np.mean(gaps ** 2))", "np.mean(gaps ** 2)", 7, "wide"),
        ("gaps = x - middle", "gaps = x", 6, "wide"),
        ("> limit", "< limit", 14, "far"),
        ("count += 1", "count = 1", 15, "far"),
        ("return middle, wide", "return wide, middle", 8, "middle"),
        ("np.mean(x)", "np.mean(x) + np.max(x) * np.min(x)", 5, "middle"),  # no slip: by its right value
    ],
)
def test_the_line_of_a_mistake_is_found_in_functions_loops_and_conditions(
    grader: Grader, old: str, new: str, line: int, step: str
) -> None:
    (found,) = flagged(grade_text(grader, SOLUTION.replace(old, new, 1)))
    assert (found.name, found.line) == (step, line)


def test_the_line_is_found_under_other_names_and_in_another_form(grader: Grader) -> None:
    source = """\
import numpy as np
def spread(data):
    n = len(data)
    m = sum(data) / n
    return m, (sum((v - m) ** 2 for v in data) / (n - 1)) ** 0.5
def count_far(data, m, most):
    return len([v for v in data if abs(v - m) > most])
"""
    (found,) = flagged(grade_text(grader, source))
    assert (found.name, found.line) == ("wide", 5)
    assert found.message is not None
    assert "n - 1" in found.message


@pytest.mark.parametrize(
    ("count_far", "line"),
    [
        # What only hands on a value is right.
        (
            "def look(at):\n        return (abs(x[at] - middle) > limit) + look(at + 2) if at < len(x) else 0\n"
            "    return look(0)",
            7,
        ),
        (
            "found = []\n    for v in x:\n        found.append(1 if abs(v - middle) < limit else 0)\n"
            "    total = sum(found)\n    return total",
            8,
        ),
        ("far = {'n': 0}\n    for v in x:\n        far['n'] += v - middle > limit\n    return far['n']", 8),
        # What is set right may be read wrongly.
        ("gap = x - middle\n    return (gap > limit).sum()", 7),
        ("far = limit - abs(x - middle)\n    return (far > 0).sum()", 7),
        ("inside = (abs(x - middle) <= limit).sum()\n    return inside", 6),
        # The names of the function around it may be meant.
        ("def is_far(v):\n        return abs(v - limit) > limit\n    return sum(is_far(v) for v in x)", 7),
        # Without the condition it calls itself much more often.
        (
            "def look(some, at=0):\n        if at == 6:\n            return 0\n"
            "        return int(abs(some[0] - middle) > limit) + look(some[1:], at + 6) if len(some) else 0\n"
            "    return look(x)",
            7,
        ),
    ],
)
def test_the_line_is_found_in_a_function_that_is_written_in_another_form(
    grader: Grader, count_far: str, line: int
) -> None:
    start = (
        "import numpy as np\ndef spread(x):\n    gaps = x - x.mean()\n    return x.mean(), np.sqrt(np.mean(gaps**2))\n"
    )
    (found,) = flagged(grade_text(grader, f"{start}def count_far(x, middle, limit):\n    {count_far}\n"))
    assert (found.name, found.line) == ("far", line)


def test_two_mistakes_have_each_their_own_line(grader: Grader) -> None:
    source = SOLUTION.replace("np.sqrt(np.mean(gaps ** 2))", "np.mean(gaps ** 2)").replace("count += 1", "count = 1")
    assert [(step.name, step.line) for step in flagged(grade_text(grader, source))] == [("wide", 7), ("far", 15)]


def test_of_two_mistakes_behind_one_result_the_first_is_named_beside_the_second(grader: Grader) -> None:
    source = SOLUTION.replace("gaps = x - middle", "gaps = x + middle").replace(" ** 2))", " ** 4))")
    (found,) = flagged(grade_text(grader, source))
    assert (found.name, found.line, found.message) == ("wide", 7, "First fix line 6. The value here is wrong.")


def test_no_line_is_blamed_where_it_cannot_be_decided(grader: Grader) -> None:
    source = """\
import numpy as np
def spread(x):
    a = sorted(x)
    b = a[0] * a[-1] + 7
    c = b * b - a[0]
    return a[0], c
def count_far(x, middle, limit):
    return sum(abs(x - np.mean(x)) > limit)
"""
    wrong = flagged(grade_text(grader, source))
    assert {step.name for step in wrong} == {"middle", "wide"}
    said = "Something is wrong, or missing, between line 3 and line 6; we could not tell where exactly."
    assert [(step.line, step.message) for step in wrong] == [(None, said)] * 2


def test_the_only_line_that_is_not_the_references_is_blamed_where_nothing_mends(grader: Grader) -> None:
    text = SOLUTION.replace("if abs(value - middle) > limit:", "if (value > 0) == (count % 2 == 0):")
    (found,) = flagged(grade_text(grader, text))
    assert (found.name, found.line, found.message) == ("far", 14, "The mistake is in this line.")
    # With another line of the student's own, even a right one, it may be either.
    (found,) = flagged(grade_text(grader, text.replace("count = 0", "count = 1 - 1")))
    assert (found.name, found.line) == ("far", None)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ([("count += 1", "count = 1")], 15),
        ([("count += 1", "count = 1"), ("middle = np", "# the middle\n    middle = np")], 16),
        ([("count += 1", "count = 1"), ("\n\n\n", "\n")], 11),
        ([("count += 1", "count = 1"), ("gaps = x - middle\n", "gaps = x\n")], None),
        ([("count += 1", "count = 1"), ("    gaps = x - middle\n", "")], None),
        ([("    gaps = x - middle\n", "")], None),
        ([("count += 1", "count = 1\n            count += 1")], 15),
        # of two statements one may be lacking that the other, right in another form, has nothing to do with
        ([("    gaps = x - middle\n    wide = np.sqrt(np.mean(gaps ** 2))\n", "    gaps = -middle + x\n")], None),
        ([("    count = 0\n    for value in x:\n", "    for value in list(x):\n")], None),
        ([], None),
    ],
)
def test_a_line_is_the_only_own_one_if_no_other_is_changed_or_lacking(
    changes: list[tuple[str, str]], line: int | None
) -> None:
    text = SOLUTION
    for old, new in changes:
        text = text.replace(old, new)
    found = only_own_line([(None, text)], SOLUTION, definitions=True)
    assert (found and found.at[1]) == line


def test_a_statement_on_several_lines_may_stand_on_one() -> None:
    reference = SOLUTION.replace("np.mean(x)", "np.mean(\n        x\n    )")
    own = SOLUTION.replace("np.mean(x)", "np.median(x)")
    found = only_own_line([(None, own)], reference, definitions=True)
    assert found is not None
    assert found.at == (None, 5)


@pytest.mark.parametrize("definitions", [True, False])
def test_an_example_below_definitions_need_not_be_handed_in(definitions: bool) -> None:
    found = only_own_line(
        [(None, SOLUTION.replace("count += 1", "count = 1"))],
        f"{SOLUTION}\n\n# Example\nprint(spread(np.array([1.0, 2.0])))\n",
        definitions=definitions,
    )
    assert (found is not None) == definitions


@pytest.mark.parametrize(
    ("left", "given", "mended"),
    [
        (np.array(3.0), {"state", "history"}, {"state"}),
        # An exception before anything was spoilt is no mending.
        ("missing", {"state", "history"}, set()),
        ("missing", {"state"}, {"state"}),
    ],
)
def test_what_takes_another_result_away_mends_nothing(left: Array | str, given: set[str], mended: set[str]) -> None:
    experiment = Experiment(
        ask=lambda trials, cases: [],
        right=[{}],
        cases=[0],
        results=["state", "history"],
        failing=frozenset({"state", "history"}),
        wrong=frozenset({"state", "history"}),
        given=given,
        is_right=lambda name, case, run: not isinstance(run.results[name], str) and run.results[name] == 1.0,
        sightings=Sightings([], []),
        misshapen={},
        right_before=[frozenset()],
    )
    assert experiment.surely_mended([Run({"state": np.array(1.0), "history": left}, None, ())], [0]) == mended


def test_what_follows_from_a_mistake_is_not_blamed(grader: Grader) -> None:
    report = grade_text(grader, SOLUTION.replace("np.mean(x)", "np.sum(x)", 1))
    assert [(step.name, step.verdict) for step in report.steps or ()] == [
        ("middle", Verdict.WRONG_VALUE),
        ("wide", Verdict.CORRECT_FROM_EARLIER_MISTAKE),
        ("far", Verdict.CORRECT_FROM_EARLIER_MISTAKE),
    ]


def test_an_alteration_is_switched_on_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    altered = altered_program(
        [parse(Cell(None, "def f(a, b):\n    return a + b\nc = f(3, 4)\n"))], Altering((PLAIN,), ())
    )
    monkeypatch.setattr(builtins, PASSED, lambda: None, raising=False)
    found: dict[str, list[object]] = {}
    for number, item in enumerate(altered.alterations):
        monkeypatch.setattr(builtins, ALTERED, number, raising=False)
        namespace: dict[str, object] = {}
        with contextlib.suppress(NameError, TypeError):  # c, where it has no value yet
            exec(altered.codes[0], namespace)
        found.setdefault(f"{item.line}: {item.source}", []).append(namespace.get("c"))
    assert found["2: a + b"] == [8, 6, -1, 12, 0.75, 0, None, 81, 7]  # b + b, a + a; then other signs; b + a


@pytest.mark.parametrize(
    ("source", "kind", "line", "result"),
    [
        ("def f(x):\n    t = 0\n    for v in x:\n        t += v\n        return t\nc = f([1, 2, 4])\n", MOVED, 5, 7),
        ("t = 0\nfor v in [1, 2]:\n    w = 2 * v\nt += w\nc = t\n", MOVED, 4, 6),
        ("for v in [1, 2]:\n    t = 0\n    t += v\nc = t\n", MOVED, 2, 3),
        ("t = 0\ns = 0\nfor v in [1, 2]:\n    t += v\n    s += t\nc = s\n", MOVED, 1, 3),
        ("m = 3\nif m > 1:\n    m = 2\nm = 1\nc = m\n", MOVED, 4, 2),
        ("a = 1\nb = a\na = 2\nc = b\n", MOVED, 3, 2),
        ("a = 1\nb = 3\nif b > 2:\n    b = a\na = 2\nc = b\n", MOVED, 5, 2),
        ("a = 1\nb = 2\nd = a + b\na = 4\nb = 3\nc = d\n", MOVED, 3, 7),
        ("n = 0\nfor v in [1, 2]:\n    t = v\nc = n\n", FORGOTTEN, 3, 2),
        ("o = 0\nt = 0\nfor v in [1, 2, 5]:\n    t += v - o\nc = t\n", FORGOTTEN, 4, 5),
        ("o = 0\nfor v in [1, 7, 2]:\n    if v > o:\n        w = v\n    u = w\nc = o\n", FORGOTTEN, 4, 7),
        ("o = 0\nfor v in [1, 7, 2]:\n    t = v\n    if v > 5:\n        break\nc = o\n", FORGOTTEN, 3, 7),
        ("a = []\nfor v in [1, 2]:\n    w = 2 * v\nc = a\n", FORGOTTEN, 3, [2, 4]),
        (
            "class A:\n    def __init__(self):\n        self.o = 0\n    def f(self, x):\n        return x + self.o\n"
            "a = A()\na.f(3)\nc = a.f(4)\n",
            FORGOTTEN,
            5,
            8,
        ),
        ("a = [[1]]\nb = a[0]\nb[0] = 2\nc = a[0][0]\n", SHARED, 2, 1),
        ("def f(x):\n    y = 2 * x\n    print(y, end='')\nc = f(3)\n", RETURNED, 3, 6),
        ("def f(x):\n    2 * x\nc = f(3)\n", RETURNED, 2, 6),
        ("class A:\n    def f(self):\n        y = 3\n    y = 1\na = A()\na.f()\nself = a\nc = self.y\n", KEPT, 3, 3),
        ("def f(a):\n    a[0] = 5\nx = [1]\nf(x)\nc = x[0]\n", COPIED, 2, 1),
        ("def f(a):\n    a += [5]\nx = [1]\nf(x)\nc = len(x)\n", COPIED, 2, 1),
        ("c = 3\nc *= 2\n", LEFT_OUT, 2, 3),
        ("c = 3\nc *= 2\n", PLAIN, 2, 5),
        ("c = 0\nfor v in [1, 2]:\n    c += v\n    break\n", PLAIN, 4, 3),
        ("d = {}\nfor w in 'aab':\n    d[w] = 1\nc = d['a']\n", PLAIN, 3, 2),
        ("c = len(list(range(3)))\n", PLAIN, 1, 4),
    ],
)
def test_a_statement_may_be_meant_elsewhere_or_in_other_words(
    source: str, kind: int, line: int, result: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered = altered_program([parse(Cell(None, source))], Altering((kind,), ()))
    monkeypatch.setattr(builtins, PASSED, lambda: None, raising=False)
    found = []
    for number in [number for number, item in enumerate(altered.alterations) if item.line == line]:
        monkeypatch.setattr(builtins, ALTERED, number, raising=False)
        namespace: dict[str, object] = {}
        with contextlib.suppress(Exception):
            exec(altered.codes[0], namespace)
        found.append(namespace.get("c"))
    assert result in found


@pytest.mark.parametrize(
    ("source", "before", "after"),
    [
        ("c = 2 * (a + a) / a\n", "2 * (a + a) / a", "2 * (a * a) / a"),
        ("for k in range(3):\n    a -= k\n", "a -= k", "a += k"),
        ("if a > 2:\n    c = 1\n", "a > 2", "a >= 2"),
        ("for k in range(a - 1):\n    c = 1\n", "range(a - 1)", "range(1, a - 1)"),
        ("def f(a):\n    a + 1\nc = f(2)\n", "a + 1", "return a + 1"),
    ],
)
def test_an_alteration_is_spelled_out_as_what_the_statement_becomes(source: str, before: str, after: str) -> None:
    parsed = [parse(Cell(None, f"a = 7\n{source}"))]
    altering = Altering((PLAIN, RETURNED), ())
    numbers = range(len(altered_program(parsed, altering).alterations))
    spelled = [altered_program(parsed, altering._replace(spelled=number)).alterations for number in numbers]
    assert (before, after) in [(item.source, item.after) for (item,) in filter(None, spelled)]


@pytest.mark.parametrize("call", ["x.max(1, keepdims=True)", "np.sum(x, 1, keepdims=True)", "x.mean(keepdims=True)"])
def test_no_alteration_gives_a_setting_twice(call: str) -> None:
    """Such a program could not be compiled, and of all the others nothing would be tried."""
    source = f"import numpy as np\nx = np.ones((2, 3))\nc = {call}\n"
    altered = altered_program([parse(Cell(None, source))], Altering((PLAIN, TURNED), ()))
    assert any(item.source == call for item in altered.alterations)


def test_an_import_that_must_come_first_stays_in_force() -> None:
    source = '"""A script."""\nfrom __future__ import annotations, division\na: never.defined = 3\n'
    codes = altered_program([parse(Cell(None, source))], Altering(EVERY_KIND, ())).codes
    namespace: dict[str, object] = {ALTERED: UNALTERED}
    for code in codes:
        exec(code, namespace)
    assert namespace["a"] == 3
    assert namespace["__annotations__"] == {"a": "never.defined"}


def test_a_program_with_switches_does_what_it_did(monkeypatch: pytest.MonkeyPatch) -> None:
    altered = altered_program([parse(Cell(None, SOLUTION + "c = spread([1, 2, 6])[0]\n"))], Altering(EVERY_KIND, ()))
    monkeypatch.setattr(builtins, PASSED, lambda: None, raising=False)
    monkeypatch.setattr(builtins, ALTERED, UNALTERED, raising=False)
    namespace: dict[str, object] = {}
    exec(altered.codes[0], namespace)
    assert namespace["c"] == 3


@pytest.mark.parametrize(
    ("before", "after", "line", "begins"),
    [
        ("    return count", "        return count", 16, "return count is in the wrong place"),
        ("    return count", "    print(count)", 16, "The function ends after print(count) without returning"),
        ("    gaps = x - middle", "    gaps = x\n    gaps -= middle", 6, "gaps = x makes no copy"),
        ("    gaps = x - middle", "    x -= middle\n    gaps = x + 0", 6, "x -= middle changes data in place"),
    ],
)
def test_what_is_wrong_with_a_statement_is_said(
    before: str, after: str, line: int, begins: str, grader: Grader
) -> None:
    (found, *_) = flagged(grade_text(grader, SOLUTION.replace(before, after)))
    assert (found.line, (found.message or "")[: len(begins)]) == (line, begins)


def test_a_value_that_only_the_reference_knows_is_mended_where_it_is_made_whatever_it_is_called(grader: Grader) -> None:
    source = SOLUTION.replace(
        "middle = np.mean(x)\n    gaps = x - middle", "centre = x[0] * x[-1]\n    gaps = x - centre"
    )
    found = flagged(grade_text(grader, source.replace("return middle", "return centre")))
    assert [(step.name, step.line) for step in found] == [("middle", 5)]
    told = "The value here is wrong. With the right one in its place, middle, wide, far would be right."
    assert found[0].message == told


def test_how_much_is_tried_is_counted_and_not_timed() -> None:
    passes = PassCounter(3)
    for _ in range(3):
        passes.count()
    with pytest.raises(OutOfTime):
        passes.count()


def test_what_is_not_finite_is_not_decomposed_while_a_program_is_altered() -> None:
    # Of infinite numbers numpy may look for singular values for ever; of this right-hand side it gives no numbers.
    with finite_only(), pytest.raises(np.linalg.LinAlgError):
        np.linalg.lstsq(np.eye(2), np.array([np.inf, 1.0]), rcond=None)
    assert not np.isfinite(np.linalg.lstsq(np.eye(2), np.array([np.inf, 1.0]), rcond=None)[0]).all()
    with finite_only():
        assert np.allclose(np.linalg.svd(np.eye(2))[1], 1)


@pytest.mark.parametrize("statement", ["limit = limit", "x[0] = x[0]", "middle = (middle)"])
def test_what_is_set_to_itself_stays_in_the_altered_program(grader: Grader, statement: str) -> None:
    source = SOLUTION.replace("    count = 0\n", f"    count = 0\n    if limit > 1:\n        {statement}\n")
    (found,) = flagged(grade_text(grader, source.replace("> limit:", "< limit:")))
    assert (found.name, found.line) == ("far", 16)


@pytest.mark.parametrize(
    ("before", "kind", "after"),
    [
        ("a < b", PLAIN, "a <= b"),
        ("np.mean(a)", TURNED, "np.mean(a, axis=0)"),
        ("np.mean", PLAIN, "np.sum"),
        ("np.std(a, ddof=1)", DROPPED, "np.std(a)"),
        ("a[1]", DROPPED, "a"),
        ("a[1]", PLAIN, "b"),
        ("(a, b)", PLAIN, "(b, a)"),
        ("a * b + c", PLAIN, "a * (b + c)"),
        ("3", PLAIN, "len(a)"),
        ("3", PLAIN, "a.size"),
        ("a.shape[0]", PLAIN, "a.size"),
        ("len(a)", PLAIN, "a.size"),
        ("range(b)", PLAIN, "range(1, b + 1)"),
        ("ValueError", PLAIN, "KeyError"),
        ("a.T @ b", ADDED, "a.T @ b / len(a)"),
        ("0.1", ADDED, "1 - a"),
        ("a * b", ADDED, "a * b * (-1) ** c"),
        ("a + b", PLAIN, "b + a"),
        ("a + b", TURNED, "a + b - 2"),
        ("a", TURNED, "a[::-1]"),
        ("-a", TURNED, "1 / a"),
        ("np.var(a)", PLAIN, "np.var(a, ddof=1)"),
        ("np.average(a)", PLAIN, "np.average(a, weights=b)"),
        ("len(a)", TURNED, "own(a)"),
        ("a if b else a", TURNED, "a if b else 1 / a"),
        ("-a if b else a", TURNED, "1 - -a if b else a"),
        ("a if b else c", TURNED, "a if b else -c"),
        ("'x'", PLAIN, "'y'"),
        ("a / b * 2 * c", PLAIN, "a / (b * 2 * c)"),
        ("-a / b * c * c", PLAIN, "-a / (b * c * c)"),
        ("a * b - c", PLAIN, "(a - c) * b"),
        ("a / b + c", PLAIN, "(a + c) / b"),
        ("a * (b @ c)", PLAIN, "a * b @ c"),
        ("(a @ b) * c", PLAIN, "a @ (b * c)"),
        ("a // b", PLAIN, "-(-a // b)"),
        ("log(a)", PLAIN, "log(a) / log(2)"),
        ("np.log(a / b)", PLAIN, "np.log(a / b) / np.log(10)"),
        ("np.log", PLAIN, "np.log2"),
        ("a.mean", PLAIN, "a.max"),
        ("own(a)", ADDED, "own(a) * len(b)"),
        ("a", ADDED, "max(a, b)"),
        ("a - b", TURNED, "(a - b) * (a - b > 0)"),
    ],
)
def test_slips_of_beginners_are_among_the_alterations(before: str, kind: int, after: str) -> None:
    node = ast.parse(before, mode="eval").body
    around = Surroundings(["a", "b", "c"], ["x", "y"], ["own"])
    assert (kind, after) in [(found, ast.unparse(other)) for found, other in alternatives(node, around)]


def test_a_program_that_is_altered_into_an_endless_one_ends(grader: Grader) -> None:
    source = SOLUTION.replace(
        "    count = 0\n    for value in x:\n", "    count = 0\n    i = 0\n    while i < len(x):\n"
    )
    source = source.replace("        if abs(value", "        value = x[i]\n        i += 1\n        if abs(value")
    (found,) = flagged(grade_text(grader, source.replace("> limit", "< limit")))
    assert (found.name, found.line) == ("far", 17)


@pytest.mark.parametrize(
    ("exercise", "old", "new", "after"),
    [
        ("multilayer", "= sigmoid(output_layer_in)", "= sigmoid(output_layer_in) + 1", "sigmoid(output_layer_in)"),
        ("gradient_descent", "y - nn_output", "y ** 2 - nn_output ** 2", "y - nn_output"),
        ("gradient_descent", "error * sigmoid_prime(h)", "error / 0", "error * (nn_output * (1 - nn_output))"),
        (
            "backprop_records",
            "learnrate * del_w_input_hidden / len(features)",
            "learnrate * del_w_input_hidden / len(features) + 1",
            "weights_input_hidden + learnrate * del_w_input_hidden / len(features)",
        ),
        (
            "elimination",
            "c[i] - factor * c[k]",
            "2 * (c[i] - factor * c[k])",  # and not `factor.size * (…)`
            "c[i] - factor * c[k]",
        ),
    ],
)
def test_what_is_too_much_is_left_out(exercise: str, old: str, new: str, after: str) -> None:
    source = (REFERENCES / f"{exercise}.py").read_text(encoding="utf-8")
    assert source.count(old) == 1
    with open_grader(exercise, feedback=Feedback.REPAIR, cases=20) as grader:
        report = grader.grade(decode_submission("a.py", source.replace(old, new).encode()))
    assert report.repair is not None
    assert report.repair.after == after


@pytest.mark.parametrize("statement", ["a - 1", "x = b + 1", "2 * b", "b / 2.0", "b ** 2", "x -= 1", "b"])
def test_nothing_is_altered_into_a_calculation_in_vain(statement: str) -> None:
    names = "a = b = x = 7\n"
    parsed = [parse(Cell(None, f"{names}{statement if '=' in statement else f'x = {statement}'}\n"))]
    altering = Altering((PLAIN, DROPPED, TURNED, ADDED), ())
    numbers = range(len(altered_program(parsed, altering).alterations))
    spelled = [altered_program(parsed, altering._replace(spelled=number)).alterations for number in numbers]
    after = {item.after for (item,) in filter(None, spelled)}
    assert after
    assert after.isdisjoint({"a - 0", "a - a", "a / 1", "b + 0", "b * 1", "1 * b", "b - b", "b / b", "b / 1.0", "0"})
    assert after.isdisjoint({"x = x * 1", "x = x / 1", "x -= 0"})


def test_a_power_is_only_taken_for_a_product() -> None:
    around = Surroundings(["a"], [])
    found = [ast.unparse(other) for _, other in alternatives(ast.parse("a ** 2", mode="eval").body, around)]
    assert "a * 2" in found
    assert not {"a + 2", "a - 2", "a / 2"} & set(found)


def test_zeros_are_no_proof_of_an_edit() -> None:
    # The template of the elimination returns the matrix as it is; `matrix - matrix` has zeros below the diagonal, too.
    source = (TEMPLATES / "elimination" / "elimination.py").read_bytes()
    with open_grader("elimination", feedback=Feedback.REPAIR, cases=10) as grader:
        report = grader.grade(decode_submission("a.py", source))
    assert (report.repair, report.steps and report.steps[0].line) == (None, None)


def test_an_edit_is_shown_in_a_function() -> None:
    source = SOFTMAX.replace("(probabilities - one_hot)", "(one_hot - probabilities)")
    with open_grader("softmax_cross_entropy", feedback=Feedback.REPAIR, cases=10) as grader:
        report = grader.grade(decode_submission("a.py", source.encode()))
    assert report.repair is not None
    assert (report.repair.before, report.repair.after) == (
        "(one_hot - probabilities) / len(labels)",
        "(probabilities - one_hot) / len(labels)",
    )


def test_the_right_value_of_another_step_is_not_right_under_the_name_of_one_that_is_missing() -> None:
    def site(name: str) -> Site:
        return Site("assign", name, None, 1, 1, 0, 9, "dout", "back", -1, ("dout",))

    trails = [Trail("dx", 0, [[np.array([1.0, 2.0])]]), Trail("dz", 0, [[np.array([0.0, 2.0])]])]
    for name, known in (("dz", set()), ("dx", {0}), ("t", {0})):
        seen = Sightings([site(name)], [Run({}, None, [Seen(0, 0, np.array([1.0, 2.0]))])])
        assert follow(seen, trails).known_right(seen) == known


ASKED_AGAIN = {
    "neural_network": "wrong/updates_within_loop.py",
    "elimination": "wrong/template.py",
    "softmax_cross_entropy": "wrong/template.py",
    "affine_layers": "wrong/template.py",
}


@pytest.mark.parametrize(("exercise", "file"), ASKED_AGAIN.items(), ids=ASKED_AGAIN)
def test_who_looks_for_the_next_mistake_runs_no_altered_program_again(
    exercise: str, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    def noted(exercise: Any, cases: Sequence[Any], trials: Sequence[Trial], **options: Any) -> bytes:
        if options["altering"] is not None:
            asked.append((options["altering"], [trial.altered for trial in trials], [*map(id, cases)]))
        return encode_diagnosing(exercise, cases, trials, **options)

    monkeypatch.setattr("graders.judging.watching.encode_diagnosing", noted)
    with skipping_without_kernel(), open_grader(exercise, feedback=Feedback.REPAIR) as grader:
        report = grader.grade(read_submission(Path(__file__).parent / "submissions" / exercise / file))
    assert report.verdict is not Verdict.CORRECT
    assert asked
    assert [again for at, again in enumerate(asked) if again in asked[:at]] == []


SLOPES = {
    "a lambda": "sig = lambda z: 1 / (1 + np.exp(z))\nslope = lambda z: sig(z) * (1 - sig(z))\n",
    "a function": "def sig(z):\n    return 1 / (1 + np.exp(z))\n\n\ndef slope(z):\n    return sig(z) * (1 - sig(z))\n",
    "a method": "class Unit:\n    def out(self, z):\n        return 1 / (1 + np.exp(z))\n\n    def slope(self, z):\n"
    "        return self.out(z) * (1 - self.out(z))\n\n\nunit = Unit()\nsig, slope = unit.out, unit.slope\n",
}
DESCENT = """\
import numpy as np

learnrate = 0.5
x = np.array([1, 2, 3, 4])
y = np.array(0.5)
w = np.array([0.5, -0.5, 0.3, 0.1])
{}h = np.inner(x, w)
nn_output = sig(h)
error = y - nn_output
error_term = error * slope({})
del_w = learnrate * error_term * x
"""


@pytest.mark.parametrize("functions", SLOPES.values(), ids=SLOPES)
def test_what_an_earlier_call_could_not_compute_is_no_repair_of_a_function(functions: str) -> None:
    with skipping_without_kernel(), open_grader("gradient_descent", feedback=Feedback.REPAIR) as grader:
        repair = grade_text(grader, DESCENT.format(functions, "h")).repair
    assert repair is not None
    assert repair.after.removeprefix("lambda z: ") in ("1 / (1 + np.exp(-z))", "sig(-h)")


@pytest.mark.parametrize("name", ["z", "value"])
def test_a_function_is_not_mended_for_its_only_call(name: str) -> None:
    functions = SLOPES["a lambda"].replace("np.exp(z)", "np.exp(-z)").replace("\n", "; ", 1)
    with skipping_without_kernel(), open_grader("gradient_descent", feedback=Feedback.REPAIR) as grader:
        report = grade_text(grader, DESCENT.format(functions.replace("z", name), "nn_output"))
    assert report.verdict is Verdict.WRONG_VALUE
    assert report.repair is None or "lambda" not in report.repair.before


CHECKS = {
    "assert": "assert 0.1 < output < 0.2, 'no output'\n",
    "a function that checks": "def check(value):\n    assert value > 1\n\n\ncheck(output)\n",
    "numpy's own": "np.testing.assert_allclose(output, 0.47)\n",
    "an if": "if output < 0.9:\n    raise ValueError('too small')\n",
}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_nothing_of_ours_is_told_as_a_repair_of_a_check_that_fails(check: str) -> None:
    source = RIGHT.replace("## Backwards pass", check)
    with skipping_without_kernel(), open_grader("backprop", cases=20, feedback=Feedback.REPAIR) as grader:
        report = grade_text(grader, source)
    assert report.verdict is Verdict.EXCEPTION
    assert "_grader" not in str(report)


FORWARDS = {
    "from the front": "for i in range(n):\n        x[i] = (c[i] - u[i, i + 1 :] @ x[i + 1 :]) / u[i, i]",
    "as a list": "x = [0.0] * n\n    for i in range(n):\n"
    "        x[i] = (c[i] - sum(u[i, k] * x[k] for k in range(i + 1, n))) / u[i, i]",
    "with while": "i = 0\n    while i < n:\n"
    "        x[i] = (c[i] - np.dot(u[i, i + 1 :], x[i + 1 :])) / u[i, i]\n        i += 1",
}
BACKWARDS = """\
for i in range(n - 1, -1, -1):
        # TODO: what is known goes to the right side
        x[i] = (c[i] - u[i, i + 1:] @ x[i + 1:]) / u[i, i]"""


@pytest.mark.parametrize("loop", FORWARDS.values(), ids=FORWARDS)
def test_no_alteration_of_a_statement_mends_where_what_it_gives_is_put_in(loop: str) -> None:
    reference = (Path(__file__).parents[1] / "reference" / "elimination.py").read_text(encoding="utf-8")
    assert BACKWARDS in reference
    with skipping_without_kernel(), open_grader("elimination", feedback=Feedback.REPAIR) as grader:
        report = grade_text(grader, reference.replace(BACKWARDS, loop))
    (site,) = (step.site for step in report.steps or () if step.name == "solution")
    # The head of the loop may be altered.
    assert site is None or site.source == "range(n)"


ROWS = {
    "of zeros": "[[0.0] * len(hidden_error_term)] * len(x)",
    "of a list": "[list(hidden_error_term)] * len(x)",
    "of an array": "[np.zeros(len(hidden_error_term))] * len(x)",
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_rows_that_are_one_and_the_same_are_told_apart(rows: str) -> None:
    line = next(line for line in RIGHT.splitlines() if line.startswith("delta_w_i_h ="))
    loops = "for i in range(len(x)):\n    for j in range(len(hidden_error_term)):\n        rows[i][j] = "
    text = f"rows = {rows}\n{loops}learnrate * hidden_error_term[j] * x[i]\ndelta_w_i_h = np.array(rows)"
    with skipping_without_kernel(), open_grader("backprop", cases=20, feedback=Feedback.REPAIR) as grader:
        repair = grade_text(grader, RIGHT.replace(line, text)).repair
    assert repair is not None
    assert (repair.before, repair.after) == (rows, rows.replace("] * len(x)", " for _ in range(len(x))]"))


MIXED_UP = [
    # two parts in each other's places
    ("a * b - c * d", PLAIN, "a * d - c * b"),
    ("(1 - a) * b + a * c", PLAIN, "(1 - a) * c + a * b"),
    ("b * (1 - a) + a * c", PLAIN, "b * a + (1 - a) * c"),
    ("a / b + c / d", PLAIN, "a / d + c / b"),
    ("(a, b, c, d)", PLAIN, "(a, d, c, b)"),
    ("[a, b, c]", PLAIN, "[b, a, c]"),
    # the element beside the one that is meant
    ("a[i, i]", TURNED, "a[i - 1, i - 1]"),
    ("b * a[k, k]", TURNED, None),
    ("a[i, i]", TURNED, "a[i + 1, i + 1]"),
    ("a[i][j + 1]", TURNED, "a[i + 1][j]"),
    ("a[i, j - 1]", TURNED, "a[i - 1, j]"),
    ("a[i - 1][j]", TURNED, "a[i][j - 1]"),
    # one end of an interval
    ("a[i]", ADDED, "(a[i] + a[i + 1]) / 2"),
    ("a[k - 1]", ADDED, "(a[k - 1] + a[k - 1 + 1]) / 2"),
    # what has no name of its own
    ("a * b", ADDED, "a * b * y[i]"),
    ("np.exp(a)", ADDED, "np.exp(a) + y[i]"),
    ("a", ADDED, "a * y[i]"),
    # another member, or a member of what stands there
    ("each.fuel", PLAIN, "each.mass"),
    ("a.fuel", PLAIN, "a.mass"),
    ("a", ADDED, "a.mass"),
    # an argument left to its default; a total for a count; a half
    ("take(a)", ADDED, "take(a, b)"),
    ("each.take()", ADDED, "each.take(c)"),
    ("self.take(c)", ADDED, "self.take(c, a)"),
    ("a / len(a)", PLAIN, "a / c"),
    ("1", PLAIN, "0.5"),
    # rows for all that there is, another norm, the other triangle
    ("a.sum()", TURNED, "a.sum(axis=1, keepdims=True)"),
    ("np.linalg.norm(a)", PLAIN, "np.linalg.norm(a, ord=1)"),
    ("np.tril", PLAIN, "np.triu"),
    # two arguments of several
    ("take(a, b, c)", PLAIN, "take(a, c, b)"),
    ("take(a - 1, b, c, 2)", PLAIN, "take(a - 1, 2, c, b)"),
]


@pytest.mark.parametrize(("before", "kind", "after"), MIXED_UP)
def test_what_students_mix_up_is_among_the_alterations(before: str, kind: int, after: str | None) -> None:
    node = ast.parse(before, mode="eval").body
    element = ast.parse("y[i]", mode="eval").body
    around = Surroundings(["a", "b", "c"], [], [], {"take": 2}, ["fuel", "mass"], [element])
    found = [(own, ast.unparse(other)) for own, other in alternatives(node, around)]
    if after is None:  # of a part it is an alternative of that part
        assert not [text for own, text in found if "a[k - 1, k - 1]" in text]
    else:
        assert (kind, after) in found


def test_what_is_known_of_objects_and_elements_is_found_in_the_script() -> None:
    tree = ast.parse(
        "class A:\n    width: float\n    def __init__(self):\n        self.depth = 1\n    @property\n"
        "    def area(self):\n        return self.width * self.depth\n    def cut(self, by, times=1):\n"
        "        for i in range(times):\n            by[i] += self.parts[i] * by[0] + x[i]\n"
    )
    assert members_of([tree]) == ["width", "area", "depth"]
    assert parameters_of_all([tree]) == {"cut": 2}
    assert elements_within(tree) == {"x[i]": [10]}
    assert unread_in([tree]) == set()


def test_what_is_never_read_is_the_first_to_be_missing() -> None:
    tree = ast.parse(
        "class A:\n    def __init__(self, rate, size):\n        self.rate, self.size = rate, size\n"
        "    def step(self, x, y, power):\n        z = self.size * x.left + y.T + np.pi\n        return z\n"
    )
    unread = unread_in([tree])
    assert unread == {"self.rate", "power"}
    assert nearest({"x": [5], "z": [6], "power": [4], "self.rate": [0]}, 6, unread) == ["power", "self.rate", "z", "x"]
    assert list(fields_read([tree], {"np"})) == ["left"]


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("x[a <= 2], x[a > 2]", "(x[a < 2], x[a >= 2])"),
        ("a * (1 - a)", "b * (1 - b)"),
        ("[a[i] - a[i - 1] for i in range(b)]", "[b[i] - b[i - 1] for i in range(b)]"),
        ("0 <= a < 2 and b > 1", "0 < a <= 2 and b >= 1"),
        ("sum(a + a for b in a)", "sum((c + c for b in c))"),
    ],
)
def test_the_same_thing_may_be_mixed_up_twice(source: str, after: str) -> None:
    node = ast.parse(source, mode="eval").body
    before = ast.dump(node)
    others = [other for _, other in of_whole(node, Surroundings(["a", "b", "c"]), None)]
    assert after in map(ast.unparse, others)
    for other in others:
        compile(ast.fix_missing_locations(ast.Expression(other)), "", "eval")
    assert ast.dump(node) == before  # what is built in beside it is made of the same parts


@pytest.mark.parametrize(
    ("source", "copies"),
    [
        ("new = old", ["old.copy()"]),
        ("self.new = self.old", ["self.old.copy()"]),
        ("new = 2", []),
        ("new = f(old)", []),
    ],
)
def test_what_is_only_given_another_name_may_be_meant_as_a_copy(source: str, copies: Sequence[str]) -> None:
    (statement,) = ast.parse(source).body
    assert isinstance(statement, ast.Assign)
    others = of_whole(statement.value, Surroundings([]), statement.targets[0])
    plain = [ast.unparse(other) for kind, other in others if kind == PLAIN]
    assert [text for text in plain if "copy" in text] == copies


@pytest.mark.parametrize(
    "source",
    [
        "wide = 0\nfor v in [1, 2]:\n    wide += v\nc = wide\n",
        "wide = 0\nother = 5\nfor v in [1, 2]:\n    wide = wide + v\nc = wide\n",
        "k = 0\nwide = 0\nwhile k < 2:\n    k += 1\n    wide += k\nc = wide\n",
    ],
)
def test_what_records_a_value_goes_where_its_statement_goes(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = [parse(Cell(None, source))]
    rewrite(parsed, Words({}, {"wide": "wide"}))
    recorded: list[object] = []
    monkeypatch.setattr(builtins, PASSED, lambda: None, raising=False)
    monkeypatch.setattr(builtins, RECORD, lambda _, value: recorded.append(value), raising=False)
    altered = altered_program(parsed, Altering((MOVED,), ()))
    found = []
    for number, item in enumerate(altered.alterations):
        monkeypatch.setattr(builtins, ALTERED, number, raising=False)
        namespace: dict[str, object] = {}
        if item.source.startswith("wide = 0"):
            with contextlib.suppress(NameError):
                exec(altered.codes[0], namespace)
            found.append(namespace.get("c"))
    assert 2 in found  # set to zero in each round
