"""Which cells of a notebook are the exercise, and what of a cell is mended so that Python can read it."""

import ast

import pytest

from graders.inside.cells import select
from graders.inside.reading import Cell, parse
from graders.inside.syntax import digest
from tests.support.cells import EXERCISE, chosen

SOLVED = "x = [1, 2]\nw = [3, 4]\nout = x[0] * w[0]\nstep = out - 1\n"
WRONG = SOLVED.replace("*", "+")
OPEN = "x = [1, 2]\nw = [3, 4]\nout = None\nstep = ...\n"
HALF = SOLVED.replace("out - 1", "None")
IMPORT = "import numpy as np\n"


def left_out(*sources: str) -> list[int]:
    return select([Cell(number, source) for number, source in enumerate(sources, start=1)], EXERCISE).left_out


@pytest.mark.parametrize(
    ("sources", "cells"),
    [
        ([WRONG, SOLVED], [2]),
        ([SOLVED, OPEN], [1]),
        ([OPEN, SOLVED], [2]),
        ([SOLVED, HALF], [1]),
        ([HALF, WRONG, SOLVED], [3]),
        (["#m#\n" + OPEN, SOLVED], [2]),
        (["#m#\n" + WRONG, "#m#\n" + SOLVED], [2]),
        (["#m#\n" + SOLVED, "#m#\n" + OPEN], [1]),
        (["#m#\n" + SOLVED, WRONG], [1]),
        ([WRONG, "#m#\n" + SOLVED, OPEN], [2]),
        (["#m#\n" + HALF, SOLVED], [2]),
        ([OPEN, "#s#\n" + SOLVED], [1]),
        ([OPEN], [1]),
        ([OPEN, OPEN], [2]),
        ([SOLVED.replace("out", "result"), OPEN], [1]),
    ],
)
def test_the_last_complete_copy_counts_marked_before_unmarked_and_an_untouched_one_never(
    sources: list[str], cells: list[int]
) -> None:
    assert chosen(*sources) == cells


def test_answers_tried_again_below_the_same_givens_are_one_copy_in_which_the_last_counts() -> None:
    givens, wrong, right = "x = [1, 2]\nw = [3, 4]\n", "out = x[0]\nstep = out\n", "out = x[0] * w[0]\nstep = out - 1\n"
    assert chosen(givens, wrong, right) == [1, 3]
    assert chosen(givens, "out = undefined\nstep = 1\n", right) == [1, 3]
    assert chosen(givens, "out = undefined\n", "step = 2\n", right) == [1, 4]
    assert chosen(givens, right, "step = out - 3\n") == [1, 2, 3]
    assert chosen(givens, right, "out += 1\nstep -= 1\n") == [1, 2, 3]
    assert chosen(givens + "out = None\nstep = None\n", right) == [1, 2]
    assert chosen(givens, right, "out = None\nstep = None\n") == [1, 2]


def test_a_further_answer_is_named() -> None:
    assert left_out(WRONG, SOLVED) == [1]
    assert left_out("#m#\n" + SOLVED, "print(1)", WRONG) == [3]
    assert left_out("#m#\nout = (", SOLVED) == [1]
    assert left_out(OPEN, SOLVED, OPEN) == []


def test_the_published_solution_beside_an_attempt_is_not_the_student_s() -> None:
    formulas = {"out": "x[0] * w[0]", "step": "out - 1"}
    published = {name: digest(ast.parse(text, mode="eval").body) for name, text in formulas.items()}
    exercise = EXERCISE._replace(solution=published)
    spaced = SOLVED.replace("x[0] * w[0]", "(x[0]*w[0])  # as in the lesson")
    assert chosen(WRONG, spaced, exercise=exercise) == [1]
    assert chosen("#m#\n" + OPEN, spaced, exercise=exercise) == [1]
    assert chosen(WRONG, SOLVED.replace("out - 1", "-1 + out"), exercise=exercise) == [2]
    assert chosen(spaced, exercise=exercise) == [1]


@pytest.mark.parametrize(
    ("scratch", "answer", "cells"),
    [
        ("x = read()\n", SOLVED, [2]),
        ("import pandas as pd\nx = pd.read_csv('a')\n", "def f(x):\n    return x\n" + SOLVED, [2]),
        ("i = 7\nt = table\n", SOLVED + "print([i for i in x], {t: 1 for t in w})\n", [2]),
        ("out = 1\nfoo(out)\n", SOLVED + "f = lambda out: out\n", [2]),
        ("a = load()\n", SOLVED + "class A:\n    a = 1\n    b = a\n", [2]),
        ("n = 3\n", "for n in range(2):\n    print(n)\n" + SOLVED, [2]),
        ("e = boom()\n", "try:\n    pass\nexcept ValueError as e:\n    print(e)\n" + SOLVED, [2]),
    ],
)
def test_a_cell_that_binds_all_it_reads_needs_no_other(scratch: str, answer: str, cells: list[int]) -> None:
    assert chosen(scratch, answer) == cells


@pytest.mark.parametrize(
    ("earlier", "answer"),
    [
        (IMPORT, SOLVED + "print(np.e)\n"),
        ("def f(a):\n    return a\n", SOLVED.replace("x[0] *", "f(x[0]) *")),
        (IMPORT, "def f(a):\n    return np.exp(a)\n" + SOLVED),
        ("k = 1\n", "k += 1\n" + SOLVED),
        ("k = 1\n", "k = k + 1\n" + SOLVED),
        ("k = [1]\n", "[k for k in k]\n" + SOLVED),
        ("k = 1\n", "def f():\n    global k\n    k = k + 1\nf()\n" + SOLVED),
        ("k = 1\n", "(k := k + 1)\n" + SOLVED),
        ("k = [1]\n", "k[0] = 2\n" + SOLVED),
        ("def d(f):\n    return f\n", "@d\ndef g():\n    pass\n" + SOLVED),
    ],
)
def test_the_nearest_earlier_cell_that_binds_a_name_comes_along(earlier: str, answer: str) -> None:
    assert chosen("k = np = f = d = 0\n", earlier, "print(1)\n", answer)[-2:] == [2, 4]


@pytest.mark.parametrize(
    ("source", "mended"),
    [
        ("!pip install numpy\nx = 1", "pass\nx = 1"),
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("x = 1\nx?\n?x", "x = 1\npass\npass"),
        ("where = %pwd\nx = 1", 'where = ""\nx = 1'),
        ("files = !ls -l\nx = 1", "files = []\nx = 1"),
        ("if 1:\n    a = !ls\nx = 5 % 3", "if 1:\n    a = []\nx = 5 % 3"),
        ("!pip install a \\\n  b\nx = 1", "pass\n\nx = 1"),
        ("%%time\nx = 1", "\nx = 1"),
        ("%%writefile a.py\nx = 1", "\nx = 1"),
        ("\n%%file my answer.py\nx = 1", "\n\nx = 1"),
        ("%%python\nx = 1", "\nx = 1"),
        ("%%writefile notes.txt\nx = 1", "\n"),
        ("%%bash\nx = 1", "\n"),
        ("x\u00a0=\u20021", "x = 1"),
        ("x = 1\u200b\ny\u2060 = 2\ufeff", "x = 1\ny = 2"),
        ("if 1:\n\u3000x = 1", "if 1:\n x = 1"),
    ],
)
def test_what_a_notebook_or_an_editor_shows_as_harmless_is_mended(source: str, mended: str) -> None:
    for number in (None, 1):
        tree = parse(Cell(number, source)).tree
        assert tree is not None
        assert ast.dump(tree) == ast.dump(ast.parse(mended))


def test_text_that_python_reads_stays_as_it_is() -> None:
    source = 's = """\n!pip\n\u00a0%x\n"""\n'
    tree = parse(Cell(1, source)).tree
    assert tree is not None
    assert ast.dump(tree) == ast.dump(ast.parse(source))


def test_mended_lines_are_told_and_keep_their_numbers() -> None:
    item = parse(Cell(None, "!ls\nx\u00a0= 1\n\n%pwd\ny = x\u200b"))
    assert item.mended == {"notebook": [1, 4], "invisible": [2, 5]}


def test_an_error_that_mending_does_not_cure_is_told_as_python_tells_it() -> None:
    for source, line in (("x = (\n% 3\n", 1), ("!ls\nx = = 1\n", 2), ("x = ‘a’\n", 1), ("x\u00a0= 1\ny = )\n", 2)):
        error = parse(Cell(None, source)).error
        assert error is not None
        assert error.lineno == line
