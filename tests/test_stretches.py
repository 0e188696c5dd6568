"""Where no one line is known to be wrong, the lines among which the mistake must be are told."""

from collections.abc import Iterator

import pytest

from graders.grading import Grader
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import decode_submission
from tests.support.sandboxes import skipping_without_kernel

SETTINGS = """\
title: {en: Words, zh: 单词}
marker: "#words.py#"
solution_marker: "#solution.py#"
submission: definitions
givens:
  x: {shape: [n], fixed: [3.0, -1.0, 2.5, 0.5], random: [-4.0, 4.0]}
use: |
  signs = in_words(x)
  largest = peak(x)
steps:
  - {name: signs, exactly: true, points: {fixed: 10, bank: 40}}
  - {name: largest, shape: [], points: {fixed: 10, bank: 40}}
bank: {count: 30, dimensions: {n: [3, 7]}}
limits: {wall_s: 20, cpu_s: 5, memory_mib: 512, output_kib: 64}
"""
SOLUTION = """\
def in_words(x):
    return "-".join("up" if v > 0 else "down" for v in x)


def peak(x):
    return max(abs(v) for v in x)
"""
RIGHT = """\
def size(v):
    return -v if v < 0 else v


def in_words(x):
    # one word for each number
    words = []
    for v in x:
        words.append("up" if v > 0 else "down")

    return "-".join(words)


def peak(x):
    return max(map(size, x))
"""
LOOP = RIGHT[RIGHT.index("    # one") : RIGHT.index("def peak")]


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    folder = tmp_path_factory.mktemp("course")
    exercise = folder / "exercises" / "words"
    exercise.mkdir(parents=True)
    (folder / "reference").mkdir()
    (exercise / "exercise.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "reference" / "words.py").write_text(SOLUTION, encoding="utf-8")
    with skipping_without_kernel(), open_sandboxed(load_materials(str(exercise)), Terms()) as opened:
        yield opened


SOMEWHERE = "Something is wrong, or missing, between line {} and line {}; we could not tell where exactly."
NOWHERE = "This result is wrong, but we could not tell which line the mistake is in."


EXAMPLE = "\nx = [1.0, 2.0]\nwords = in_words(x)\nprint(words)\n"


@pytest.mark.parametrize("below", ["", EXAMPLE], ids=["alone", "with an example"])
@pytest.mark.parametrize(
    ("body", "first", "last"),
    [
        ("    total = 0\n    for v in x:\n        # each\n        total += v\n    return str(total)\n", 6, 10),
        ("    words = []\n    for v in x:\n        words.append(str(v))\n    return '-'.join(words)\n\n\n", 6, 9),
        ("    # by itself\n    if not len(x):\n        return ''\n    return in_words(x[2:]) + 'up'\n", 7, 9),
    ],
)
def test_the_lines_of_a_mistake_are_told_where_its_line_is_not_known(
    body: str, first: int, last: int, below: str, grader: Grader
) -> None:
    report = grader.grade(decode_submission("words.py", f"{RIGHT.replace(LOOP, body)}{below}".encode()))
    (found,) = [step for step in report.steps or () if step.verdict.is_wrong]
    assert (found.name, found.line, found.message) == ("signs", None, SOMEWHERE.format(first, last))


@pytest.mark.parametrize(
    "outside", ["WORDS = ['high', 'low']", "WORDS, other = ['high'], 3", "WORDS: list[str] = ['a']"]
)
def test_nothing_is_told_of_lines_where_what_stands_outside_of_functions_may_be_wrong(
    outside: str, grader: Grader
) -> None:
    body = "    words = []\n    for v in x:\n        words.append(WORDS[0])\n    return '-'.join(words)\n\n\n"
    source = f"{outside}\n{RIGHT.replace(LOOP, body)}"
    report = grader.grade(decode_submission("words.py", source.encode()))
    (found,) = [step for step in report.steps or () if step.verdict.is_wrong]
    assert (found.line, found.message) == (None, NOWHERE)
