"""How much a search may try is counted on the cases on which it tries: one that takes long spoils no other's."""

from collections.abc import Iterator

import pytest

from graders.grading import Grader
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import decode_submission
from tests.support.sandboxes import skipping_without_kernel

SETTINGS = """\
title: {en: Adaptive, zh: 自适应}
marker: "#adaptive.py#"
solution_marker: "#solution.py#"
submission: definitions
givens:
  a: {shape: [], fixed: 0.2, random: [0.1, 1.0]}
  b: {shape: [], fixed: 2.9, random: [2.0, 4.0]}
  tol: {shape: [], fixed: 0.001, powers: [0.000001, 0.1]}
use: |
  area, used = adaptive(lambda t: t ** 3 - t, a, b, tol)
steps:
  - {name: area, shape: [], points: {fixed: 10, bank: 40}}
  - {name: used, shape: [], points: {fixed: 10, bank: 40}}
bank: {count: 30}
limits: {wall_s: 20, cpu_s: 5, memory_mib: 512, output_kib: 64}
"""
SOLUTION = """\
def trapezoid(f, a, b):
    return (b - a) * (f(a) + f(b)) / 2


def adaptive(f, a, b, tol, depth=0):
    m = (a + b) / 2
    whole = trapezoid(f, a, b)
    halves = trapezoid(f, a, m) + trapezoid(f, m, b)
    if abs(whole - halves) < tol or depth >= 12:
        return halves + (halves - whole) / 3, 2
    left, used_left = adaptive(f, a, m, tol / 2, depth + 1)
    right, used_right = adaptive(f, m, b, tol / 2, depth + 1)
    return left + right, used_left + used_right
"""
NESTED = """\
def trapezoid(f, a, b):
    return (f(a) + f(b)) * (b - a) * 0.5

def adaptive(f, a, b, tol, depth=0):
    c = a + (b - a) / 2
    coarse = trapezoid(f, a, b)
    fine = trapezoid(f, a, c) + trapezoid(f, c, b)
    error = fine - coarse
    if depth < 12 and abs(error) >= tol:
        l = adaptive(f, a, c, tol / 2, depth + 1)
        r = adaptive(f, c, b, tol / 2, depth + 1)
        return l[0] + r[0], l[1] + r[1]
    return fine + error / 3, 2
"""
STACK = """\
def trapezoid(f, a, b):
    return (f(a) + f(b)) * (b - a) * 0.5

def adaptive(f, a, b, tol, depth=0):
    todo = [(a, b, tol, depth)]
    total = 0
    count = 0
    while todo:
        lo, hi, eps, level = todo.pop()
        mid = (lo + hi) / 2
        one = trapezoid(f, lo, hi)
        two = trapezoid(f, lo, mid) + trapezoid(f, mid, hi)
        if abs(one - two) < eps or level >= 12:
            total += two + (two - one) / 3
            count += 2
        else:
            todo.append((lo, mid, eps / 2, level + 1))
            todo.append((mid, hi, eps / 2, level + 1))
    return total, count
"""


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    folder = tmp_path_factory.mktemp("course")
    exercise = folder / "exercises" / "adaptive"
    exercise.mkdir(parents=True)
    (folder / "reference").mkdir()
    (exercise / "exercise.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "reference" / "adaptive.py").write_text(SOLUTION, encoding="utf-8")
    with skipping_without_kernel(), open_sandboxed(load_materials(str(exercise)), Terms()) as opened:
        yield opened


@pytest.mark.parametrize(
    ("source", "old", "new", "line"),
    [
        (NESTED, "fine + error / 3, 2", "fine - error / 3, 2", 13),
        (NESTED, "adaptive(f, c, b, tol / 2", "adaptive(f, c, b, tol", 11),
        (STACK, "count += 2", "count += 1", 15),
        (STACK, "(two - one) / 3", "(two - one) / 2", 14),
    ],
)
def test_where_some_cases_take_long_a_slip_is_still_found(
    source: str, old: str, new: str, line: int, grader: Grader
) -> None:
    assert source.count(old) == 1
    report = grader.grade(decode_submission("adaptive.py", source.replace(old, new).encode()))
    assert [step.line for step in report.steps or () if step.verdict.is_wrong][:1] == [line]
