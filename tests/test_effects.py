"""What one cell of a notebook does for another, beside binding a name: it changes values, or may bind anything."""

import ast

import pytest

from graders.inside.effects import changed_in, effects_of
from graders.inside.mending import mend
from graders.inside.modules import written_modules
from graders.inside.reading import Cell, parse
from graders.inside.unfolding import unfold
from tests.support.cells import chosen

IMPORT = "import numpy as np\n"
ANSWER = "out = x[0] * w[0]\nstep = out - 1\n"
GIVENS = "x = [1, 2]\nw = [3, 4]\n"


@pytest.mark.parametrize(
    "change",
    [
        "x.append(3)",
        "x[0] = 5",
        "x[0] += 5",
        "for x[0] in range(3): pass",
        "del x[1]",
        "np.copyto(x, [5, 6])",
        "np.multiply(x, 2, out=x)",
        "np.multiply(x, 2, x)",
        "np.random.shuffle(x)",
        "def fill(a):\n    a[0] = 7\nfill(x)",
        "def fill(other, a):\n    a += 7\nfill(1, x)",
        "def fill():\n    global x\n    x = [7, 8]\nfill()",
        "def fill():\n    global x\n    x = [7, 8]\nif True:\n    y = fill()",
        "x.part.rows.extend([1])",
        "def log(a):\n    x.append(a)\nlog(1)",
    ],
)
def test_a_cell_that_changes_what_the_answer_reads_comes_along(change: str) -> None:
    assert chosen(IMPORT, GIVENS, change, ANSWER)[-3:] == [2, 3, 4]


@pytest.mark.parametrize(
    "look",
    [
        "x",
        "print(x)",
        "np.dot(w, x)",
        "x.undefined()",
        "def fill(a):\n    return a[0]\nfill(x)",
        "def fill(a):\n    a.append(1)",
        "y = list(x)\ny.append(3)",
        "def fill(a):\n    a[0] = 7\nfill(w2)",
    ],
)
def test_a_cell_that_only_looks_or_changes_something_else_does_not(look: str) -> None:
    assert chosen(GIVENS, look, ANSWER) == [1, 3]


def test_a_method_of_the_student_s_that_changes_its_object_is_called_where_it_was() -> None:
    network = "class Net:\n    def run(self, x):\n        self.out = x\n    def show(self):\n        print(self.out)\n"
    cells = [network, "net = Net()", "net.run(2)", "net.show()", GIVENS, "out = net.out\nstep = out"]
    assert chosen(*cells) == [1, 2, 3, 6]


def test_a_change_before_the_name_is_bound_again_does_not_matter() -> None:
    assert chosen("x = [0]", "x.append(1)", GIVENS, ANSWER) == [3, 4]


@pytest.mark.parametrize("opening", ["from helpers import *", "exec(text)", "globals().update(x=[1], w=[2])"])
def test_cells_that_may_bind_anything_come_along_for_names_that_no_cell_binds(opening: str) -> None:
    assert chosen("y = 1", opening, ANSWER) == [2, 3]
    assert chosen(opening, GIVENS, ANSWER) == [2, 3]


@pytest.mark.parametrize("binding", ["globals()['x'] = [1]", "exec('x = [1]')", "if True:\n    exec('\\nx = [1]\\n')"])
def test_a_name_bound_by_a_text_is_bound_by_its_cell(binding: str) -> None:
    assert "x" in parse(Cell(1, binding)).bound


@pytest.mark.parametrize(
    ("source", "unfolded"),
    [
        ("exec('x = 1; y = 2')", "x = 1\ny = 2"),
        ("code = 'x = 1'\nexec(code)", "code = 'x = 1'\nx = 1"),
        ("exec(compile('x = 1', 'f', 'exec'))", "x = 1"),
        ("exec('x = ')", "exec('x = ')"),
        ("exec('x = 1', names)", "exec('x = 1', names)"),
        ("code = 'x = 1'\ncode = f(code)\nexec(code)", "code = 'x = 1'\ncode = f(code)\nexec(code)"),
        ("def f():\n    exec('x = 1')", "def f():\n    exec('x = 1')"),
    ],
)
def test_a_text_that_is_run_in_the_module_s_own_names_stands_in_its_place(source: str, unfolded: str) -> None:
    tree = ast.parse(source)
    unfold(tree)
    assert ast.unparse(tree) == ast.unparse(ast.parse(unfolded))


@pytest.mark.parametrize(
    "source",
    [
        "print('value %.3f'\n      % output)",
        "numbers = [\n  5\n  % 3]",
        "text = '''\n% no magic\n!nor this\n'''",
        "y = 7 \\\n  % 3",
        "a = 'it is (open'  # ) [\nb = {'k': \"[\"}",
    ],
)
def test_a_line_within_a_statement_is_no_command(source: str) -> None:
    assert mend(f"{source}\n%cd .")[0] == f"{source}\npass\n"


@pytest.mark.parametrize(
    ("command", "instead"),
    [
        ("%time y = f(x)", "y = f(x)"),
        ("  %prun y = f(x)", "  y = f(x)"),
        ("%time", "pass"),
        ("%timeit y = f(x)", "pass"),
        ("%pylab inline", "import numpy as np; import matplotlib.pyplot as plt; from numpy import *"),
        ("!pip install \\\n  numpy", "pass\n"),
        ("%time y = f( \\\n x)", "y = f( \\\n x)"),
    ],
)
def test_a_command_that_runs_a_statement_leaves_the_statement(command: str, instead: str) -> None:
    assert mend(command)[0] == f"{instead}\n"


def test_a_cell_that_is_written_to_a_file_is_a_module_of_a_notebook_only() -> None:
    source = "%%writefile ./sig.py\ndef f(): pass\n"
    assert written_modules([Cell(1, source), Cell(2, "%%writefile notes.txt\nx"), Cell(3, "y = 1")]) == {
        "sig": "def f(): pass\n"
    }
    assert written_modules([Cell(None, source)]) == {}


def test_what_only_looks_changes_nothing() -> None:
    tree = ast.parse("def f(a):\n    a.sort()\nf(g(x))\ny = x.copy()")
    assert changed_in(tree, effects_of([tree])) == frozenset()
