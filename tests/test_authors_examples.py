"""What authors write below, between and beside their definitions is understood: trials, sizes, parts, files, shares."""

import re
from pathlib import Path

import numpy as np
import pytest

from graders.authoring.data import find_files
from graders.authoring.kinds import proposals
from graders.authoring.literals import with_few_digits
from graders.authoring.mutants import Mutant, tried
from graders.authoring.proposing import propose
from graders.authoring.reading import read_solution
from graders.authoring.scaffold import new_exercise
from graders.authoring.skeleton import Proposal, settings
from graders.authoring.telling import telling_cases
from graders.authoring.texts import texts_like
from graders.exercise.content import ExerciseFile
from graders.exercise.file import parse_settings
from graders.exercise.loading import load_exercise
from graders.exercise.problems import setting_problems
from graders.exercise.reference import Reference
from graders.inside.kinds import GivenKind
from graders.inside.parsing import parse_module
from graders.inside.supplying import Supplies, TextFile


def proposed(folder: Path, source: str, **beside: str) -> Proposal:
    for name, text in beside.items():
        (folder / name.replace("_txt", ".txt").replace("_csv", ".csv")).write_text(text, encoding="utf-8")
    return propose(read_solution(source, "solution.py", folder))


def asked(proposal: Proposal) -> ExerciseFile:
    found = parse_settings(Path("exercise.yaml"), settings("mine", proposal))
    assert isinstance(found, ExerciseFile)
    return found


TRIED = (
    "import numpy as np\nx = np.array([0.5, 1.5, -1.0])\ndef double(x):\n    # TODO\n    return 2 * x\n"
    "y = double(x)\n{shown}\ndef norm(y):\n    # TODO\n    return np.sqrt((y * y).sum())\nr = norm(y)\n"
)


@pytest.mark.parametrize(
    "shown", ["y", "print(y)", "assert y.shape == x.shape", "np.testing.assert_allclose(y, x + x)", "w = 3 * y"]
)
def test_functions_may_be_tried_one_after_the_other_as_in_a_notebook(tmp_path: Path, shown: str) -> None:
    proposal = proposed(tmp_path, TRIED.format(shown=shown))
    assert list(proposal.ranges) == ["x"]
    assert [each.name for each in proposal.outcomes if each.name != "w"] == ["y", "r"]


@pytest.mark.parametrize(
    "made",
    [
        "n, d = 4, 3\nx = rng.normal(size=(n, d))\nw = np.zeros(d)",
        "d = 3\nx = rng.normal(size=(4, d))\nw = np.full(d, 0.5)",
        "n = 4\nd = 3\nx = rng.random((n, d)) * 2 - 1\nw = np.arange(d) / d",
    ],
)
def test_a_count_that_only_makes_inputs_is_none_itself(tmp_path: Path, made: str) -> None:
    source = (
        "import numpy as np\ndef f(x, w):\n    # TODO\n    return np.tanh(x @ w)\n"
        f"# Example\nrng = np.random.default_rng(0)\n{made}\nr = f(x, w)\n"
    )
    file = asked(proposed(tmp_path, source))
    assert list(file.givens) == ["x", "w"]
    assert file.givens["x"].shape[1:] == file.givens["w"].shape


def test_a_count_that_is_handed_on_stays_an_input(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef f(x, n):\n    # TODO\n    return x.sum() * n\n"
        "# Example\nn = 4\nx = np.linspace(0, 1, n)\nr = f(x, n)\n"
    )
    assert "n" in asked(proposed(tmp_path, source)).givens


@pytest.mark.parametrize(
    "seeded", ["np.random.seed(3)\nx = np.random.randn(n)", "x = np.random.RandomState(3).rand(n)"]
)
def test_what_is_as_long_as_a_count_that_students_compute_with_is_no_input_beside_it(
    tmp_path: Path, seeded: str
) -> None:
    script = f"import numpy as np\nn = 40\nrate = 0.5\n{seeded}\n# TODO\nmean = rate * x.sum() / n\nprint(mean)\n"
    assert set(proposed(tmp_path, script).ranges) == {"n", "rate"}
    function = (
        f"import numpy as np\ndef mean(x, n):\n    # TODO\n    return x.sum() / n\nn = 40\n{seeded}\nm = mean(x, n)\n"
    )
    assert list(proposed(tmp_path, function).ranges) == ["n"]


def test_a_length_that_only_happens_to_be_another_ones_is_not_named_after_it(tmp_path: Path) -> None:
    source = """import numpy as np
def pairs(x, k):
    # TODO
    return np.array([x[2 * i] + x[2 * i + 1] for i in range(len(x) // 2)]) * k.sum()
x = np.arange(14.0) / 9
k = np.array([1.0, 0.5, -0.3])
p = pairs(x, k)
"""
    shapes = {step.name: step.shape for step in asked(proposed(tmp_path, source)).steps}
    assert shapes["p"] == ["*"]


@pytest.mark.parametrize(
    ("shown", "results"),
    [
        ("print((a + b).total())", {"total_result"}),
        ("t = (a + a).total()", {"t"}),
        ("print((a + b + a).scaled(2).total())", {"total_result"}),
    ],
)
def test_a_method_of_what_an_operator_gives_is_called(tmp_path: Path, shown: str, results: set[str]) -> None:
    source = f"""class Row:
    def __init__(self, items):
        self.items = list(items)
    def __add__(self, other):
        # TODO
        return Row([x + y for x, y in zip(self.items, other.items)])
    def scaled(self, factor):
        return Row([factor * x for x in self.items])
    def total(self):
        # TODO
        return sum(self.items)
a = Row([1.0, 2.5])
b = Row([0.5, -1.0])
{shown}
"""
    assert {each.name for each in proposed(tmp_path, source).outcomes} == results


@pytest.mark.parametrize(
    ("setting", "given"),
    [
        ("p = {}\np['w'] = np.random.randn(3)\np['b'] = np.random.randn(1)", "p_w"),
        ("p = {}\np['w'] = np.array([0.5, -1.0, 2.0])\np['b'] = np.array([0.5])", "p_w"),
        ("p = {'w': None, 'b': 0.5}\np['w'] = np.array([0.5, -1.0, 2.0])", "p_w"),
    ],
)
def test_parts_that_are_set_one_by_one_are_inputs(tmp_path: Path, setting: str, given: str) -> None:
    source = (
        "import numpy as np\ndef f(x, p):\n    # TODO\n    return x @ p['w'] + p['b']\n"
        f"np.random.seed(1)\nx = np.random.randn(3)\n{setting}\nr = f(x, p)\nprint(r)\n"
    )
    assert {"x", given} <= asked(proposed(tmp_path, source)).givens.keys()


@pytest.mark.parametrize(
    ("call", "result"),
    [("step(p, 0.5)\nprint(p)", "p_after"), ("p = halved(p)\nprint(p)", "p_after"), ("p = halved(p)", "p_after")],
)
def test_an_input_that_a_call_changes_or_sets_anew_is_a_result(tmp_path: Path, call: str, result: str) -> None:
    source = (
        "import numpy as np\ndef step(p, rate):\n    # TODO\n    p -= rate * p ** 2\n"
        "def halved(p):\n    # TODO\n    return p / 2\n"
        f"# Example\np = np.array([0.5, -1.0, 2.0])\nh = halved(p)\nq = p.copy()\nstep(q, 0.5)\n{call}\n"
    )
    assert result in [each.name for each in proposed(tmp_path, source).outcomes]


MADE = """import numpy as np
from collections import namedtuple
Data = namedtuple("Data", "x y")
def make_data(n=6, seed=3):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 2))
    return {given}
def fit(x, y, rate):
    # TODO
    return rate * x.T @ (y - x.sum(axis=1))
{call}
"""


@pytest.mark.parametrize(
    ("given", "call", "givens"),
    [
        ("x, x @ [1, 2]", "x, y = make_data()\nw = fit(x, y, 0.5)", ["x", "y", "fit_rate"]),
        ("x, x @ [1, 2]", "n = 5\nx, y = make_data(n, seed=1)\nw = fit(x, y, 0.5)", ["x", "y", "fit_rate"]),
        ("x, x @ [1, 2]", "x, y = make_data()\nx = x - x.mean()\nw = fit(x, y, 0.5)", ["x", "y", "fit_rate"]),
        ("[x, x @ [1, 2]]", "d = make_data()\nw = fit(d[0], d[1], 0.5)", ["d_0", "d_1", "fit_rate"]),
        ('{"x": x, "y": x @ [1, 2]}', 'd = make_data()\nw = fit(d["x"], d["y"], 0.5)', ["d_x", "d_y", "fit_rate"]),
        ("Data(x, x @ [1, 2])", "d = make_data()\nw = fit(d.x, d.y, 0.5)", ["d_x", "d_y", "fit_rate"]),
        ("(x, x @ [1, 2]), 0.5", "(x, y), rate = make_data()\nw = fit(x, y, rate)", ["x", "y", "rate"]),
        (
            "x, x @ [1, 2]",
            "def main():\n    x, y = make_data()\n    w = fit(x, y, 0.5)\n    print(w)\nmain()",
            ["x", "y", "fit_rate"],
        ),
    ],
)
def test_what_a_helper_makes_at_once_is_several_inputs(
    tmp_path: Path, given: str, call: str, givens: list[str]
) -> None:
    proposal = proposed(tmp_path, MADE.format(given=given, call=call))
    assert list(proposal.ranges) == givens
    assert "make_data" not in proposal.use


def test_labels_that_a_helper_makes_stay_whole_and_a_grid_even(tmp_path: Path) -> None:
    source = """import numpy as np
def signal():
    t = np.linspace(0, 1, 7)
    return t, np.sin(9 * t), np.array([0, 1, 2, 0, 1, 2, 0])
def sums(t, y, c):
    # TODO
    return np.bincount(c, weights=y * t, minlength=3)
t, y, c = signal()
s = sums(t, y, c)
"""
    proposal = proposed(tmp_path, source)
    assert proposal.ranges["c"].key == "integers"
    assert "t = np.linspace(np.min(t), np.max(t), len(t))" in proposal.use


def test_what_a_helper_makes_of_other_inputs_or_of_what_students_write_stays_a_line(tmp_path: Path) -> None:
    source = """import numpy as np
def halves(x):
    return x[:2], x[2:]
def double(x):
    # TODO
    return 2 * x
x = np.array([0.5, 1.5, -1.0, 0.3])
a, b = halves(x)
y = double(a)
c, d = halves(double(x))
z = double(d)
"""
    proposal = proposed(tmp_path, source)
    assert list(proposal.ranges) == ["x"]
    assert proposal.use.count("halves(") == 3  # with its definition


@pytest.mark.parametrize("rest", ["", "print(y)"])
def test_a_script_whose_data_a_helper_makes_at_once_is_graded_on_other_data(tmp_path: Path, rest: str) -> None:
    source = f"""import numpy as np
def make_data(seed):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, size=(5, 2))
    return x, (x[:, 1] > 0).astype(int)
x, y = make_data(4)
{rest}
# TODO: the mean of each class
total = (x * y[:, None]).sum(axis=0)
"""
    proposal = proposed(tmp_path, source)
    assert {name: each.key for name, each in proposal.ranges.items()} == {"x": "random", "y": "integers"}
    assert proposal.solution.givens["y"] == [1, 0, 0, 0, 1]


def test_an_input_that_the_example_only_prepares_is_no_result(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef halved(p):\n    # TODO\n    return p / 2\n"
        "# Example\np = np.array([0.5, -1.0, 2.0])\np = p * 3\nh = halved(p)\nprint(p, h)\n"
    )
    assert [each.name for each in proposed(tmp_path, source).outcomes] == ["h"]


def test_a_class_that_can_be_called_takes_no_other_call_for_one_of_its_own(tmp_path: Path) -> None:
    source = (
        "class Line:\n    def __init__(self, a):\n        self.a = a\n    def __call__(self, x):\n"
        "        # TODO\n        return self.a * x\n"
        "line = Line(2.5)\nprint('at', line(0.5))\nplt = print\nprint([line(x) for x in (1.5, 2.5)])\n"
    )
    assert list(proposed(tmp_path, source).ranges) == ["line_a", "line_x"]


def test_columns_of_tuples_that_name_things_stay_whole_beside_real_ones(tmp_path: Path) -> None:
    source = (
        "def longest(edges, far):\n    # TODO\n    return max(length for a, b, length in edges if far[a] > far[b])\n"
        "# Example\nedges = [(0, 1, 1.5), (1, 2, 0.5), (2, 0, 2.5)]\nfar = [3.5, 1.0, 2.0]\nr = longest(edges, far)\n"
    )
    proposal = proposed(tmp_path, source)
    assert "edges = list(zip(edges_0.tolist(), edges_1.tolist(), edges_2.tolist()))" in proposal.use.splitlines()


@pytest.mark.parametrize(
    ("records", "body"),
    [
        ("[(0, 1, 7), (1, 2, 4), (2, 0, 30)]", "return max(km for a, b, km in rows if far[a] > far[b] - 9)"),
        ("[(2, 0, 150), (1, 2, 400), (1, 1, 30)]", "return sum(price * far[amount] for amount, _, price in rows)"),
        ("[(3, 1, 0), (4, 2, 1), (9, 5, 2), (7, 6, 0)]", "return sum((a - b) * far[c] for a, b, c in rows)"),
    ],
)
def test_columns_of_whole_numbers_that_mean_different_things_are_drawn_apart(
    tmp_path: Path, records: str, body: str
) -> None:
    todo = f"def f(rows, far):\n    # TODO\n    {body}\n# Example\nfar = [3.5, 1.0, 2.0]\nrows = "
    proposal = proposed(tmp_path, f"{todo}{records}\nr = f(rows, far)\n")
    assert list(proposal.ranges) == ["far", "rows_0", "rows_1", "rows_2"]
    assert "rows = list(zip(rows_0.tolist(), rows_1.tolist(), rows_2.tolist()))" in proposal.use.splitlines()
    ascending = proposed(tmp_path, f"{todo}[(0, 2, 3), (1, 4, 5), (2, 3, 9)]\nr = f(rows, far + [2.0] * 9)\n")
    assert "rows_0" not in ascending.ranges


def test_a_script_draws_records_of_whole_numbers_as_one(tmp_path: Path) -> None:
    source = "rows = [(2, 0, 15), (1, 2, 4), (1, 1, 3)]\n# TODO\nr = sum(a * b + c for a, b, c in rows)\nprint(r)\n"
    assert list(proposed(tmp_path, source).ranges) == ["rows"]


@pytest.mark.parametrize("reading", ["with open('a.txt') as f:\n    text = f.read()", "text = open('a.txt').read()"])
def test_a_text_that_the_example_reads_is_an_input(tmp_path: Path, reading: str) -> None:
    source = f"def count(text):\n    # TODO\n    return len(text.split()) / 2\n# Example\n{reading}\nr = count(text)\n"
    file = asked(proposed(tmp_path, source, a_txt="one two\nthree\nfour five six\n"))
    assert len(file.givens["text"].choice or ()) >= 10
    assert not file.files
    assert file.use == "r = count(text)\n"


def test_a_file_with_texts_that_a_script_reads_is_one_given(tmp_path: Path) -> None:
    source = (
        "import csv\nprices = []\nwith open('p.csv') as f:\n    for row in csv.DictReader(f):\n"
        "        prices.append(float(row['close']))\n# TODO\ntotal = sum(prices)\nprint(total)\n"
    )
    file = asked(proposed(tmp_path, source, p_csv="day,close\n2024-01-02,1.5\n2024-01-03,2.25\n2024-01-04,1.0\n"))
    assert file.files["p.csv"].columns == ["p_text"]
    assert not list(setting_problems(file))
    kinds = {"p_text": GivenKind(words=("a\nb\n", "c\n"))}
    supplies = Supplies({}, {"p.csv": TextFile(["p_text"], ",", [])}, kinds)
    assert supplies.text_of("p.csv", {"p_text": np.array(1.0)}) == "c\n"


def test_other_contents_keep_the_line_of_names_dates_and_whole_numbers() -> None:
    text = "day,item,price\n2024-01-02,3,1.50\n2024-01-03,7,2.25\n2024-01-04,3,1.00\n"
    others = [content.splitlines() for content in texts_like(text)]
    assert len({tuple(lines) for lines in others}) >= 10
    rows = [line.split(",") for lines in others for line in lines[1:]]
    assert {lines[0] for lines in others} == {"day,item,price"}
    assert {row[0] for row in rows} == {"2024-01-02", "2024-01-03", "2024-01-04"}
    assert {row[1] for row in rows} == {"3", "7"}
    assert all(len(row[2].partition(".")[2]) == 2 for row in rows)


def test_a_picture_that_a_script_has_written_is_no_file_that_it_reads(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\xff")
    (tmp_path / "out.txt").write_text("1 2\n")
    (tmp_path / "b.dat").write_bytes(b"\xff\xfe\x00")
    source = "plt.savefig('a.png')\nnp.savetxt('out.txt', x)\nopen('out.txt', 'w')\nopen('b.dat')\n"
    assert find_files(parse_module(source), tmp_path) == {}


SHARES = (
    "import numpy as np\nP = np.array([[0.5, 0.25, 0.25], [0.2, 0.3, 0.5], [0.1, 0.1, 0.8]])\n"
    "x = np.array([0.5, 1.5, -1.0])\n"
)


def test_shares_of_a_whole_stay_shares(tmp_path: Path) -> None:
    called = f"import numpy as np\ndef f(P, x):\n    # TODO\n    return x @ P\n{SHARES}r = f(P, x)\n"
    assert "P = (np.abs(P) / np.abs(P).sum(axis=-1, keepdims=True))" in proposed(tmp_path, called).use
    # A script has no line that could make them so.
    assert list(proposed(tmp_path, f"{SHARES}# TODO\nr = x @ P\nprint(r)\n").ranges) == ["x"]


def test_a_number_below_a_todo_is_the_students_own(tmp_path: Path) -> None:
    source = "import numpy as np\nx = np.array([0.5, 1.5])\n# TODO\nb = np.array([1.0, 2.0])\nr = x @ b\n\nprint(r)\n"
    assert list(proposed(tmp_path, source).ranges) == ["x"]


def test_a_straight_line_with_a_whole_number_is_run_with_one(tmp_path: Path) -> None:
    source = (
        "import numpy as np\nA = np.array([[0.5, 1.0], [0.25, -0.5]])\nn = 3\n"
        "# TODO\nB = np.linalg.matrix_power(A, n)\nprint(B)\n"
    )
    (tmp_path / "solution.py").write_text(source)
    (tmp_path / "exercises").mkdir()
    assert "results  B" in new_exercise(str(tmp_path / "exercises" / "power"), tmp_path / "solution.py")


def test_a_count_with_which_a_result_loses_an_axis_is_not_drawn(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef value(n, t):\n    # TODO\n    k = np.ones(n)\n    p = k[-1]\n"
        "    for c in k[:-1]:\n        p = p * t + c\n    return p\n"
        "# Example\nt = np.array([0.5, 1.5, -1.0])\np = value(4, t)\n"
    )
    low, _ = asked(proposed(tmp_path, source)).givens["value_n"].integers or (0, 0)
    assert low > 1


def test_a_table_of_records_never_has_more_columns_than_rows(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef spread(X):\n    # TODO\n    return (X - X.mean(axis=0)).std(axis=0)\n"
        "# Example\nX = np.array([[0.5, 1.0], [1.5, -0.5], [2.0, 0.25], [0.0, 1.25]])\ns = spread(X)\n"
    )
    (rows, _), (_, columns) = asked(proposed(tmp_path, source)).bank.dimensions.values()
    assert rows >= columns > 2  # and other numbers of columns than the lesson's


CLIPPED = (
    "import numpy as np\ndef clipped(g, limit):\n    # TODO\n    norm = np.sqrt((g * g).sum())\n"
    "    return g * {factor}\n# Example\ng = np.array([20.0, 25.0, 30.0, 22.0])\nh = clipped(g, 5.0)\n"
)


@pytest.mark.parametrize(
    "factor",
    [
        "min(1.0, limit / norm)",
        pytest.param("(limit / norm if norm > limit else 1.0)", marks=pytest.mark.long),
        pytest.param("np.where(norm > limit, limit, norm) / norm", marks=pytest.mark.long),
    ],
)
def test_a_side_that_drawn_cases_do_not_come_to_has_a_case_of_its_own(tmp_path: Path, factor: str) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "solution.py").write_text(CLIPPED.format(factor=factor))
    made = str(tmp_path / "exercises" / "clip")
    said = new_exercise(made, tmp_path / "solution.py")
    assert any(re.match(r"cases    \d beside the drawn ones, for line 5: ", line) for line in said)
    exercise = load_exercise(made)
    assert any(np.linalg.norm(case["g"]) < case["clipped_limit"] for case in exercise.cases)  # nothing to be clipped
    mistakes = tried(exercise, Reference(exercise), exercise.cases)
    assert "limit / norm" not in [mutant.formula for mutant in mistakes.hidden]


def test_the_author_is_told_of_a_side_that_no_case_shows(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "solution.py").write_text(CLIPPED.format(factor="(limit / max(norm, 1e-12))"))
    said = new_exercise(str(tmp_path / "exercises" / "clip"), tmp_path / "solution.py")
    assert "unseen   line 5: max(norm, 1e-12) → norm: no case tells it apart; write one under" in "\n".join(said)


@pytest.mark.parametrize(
    ("step", "result", "is_asked"),
    [
        ("b = a[1:] / a[:-1] - 1", "int((b > 0).sum())", True),
        ("b = [v * v for v in a]", "int(np.argmax(b))", True),
        ("b = np.sqrt(a)", "float(b.sum())", False),
    ],
)
def test_a_step_of_which_a_result_shows_less_than_its_value_is_asked_for(
    tmp_path: Path, step: str, result: str, *, is_asked: bool
) -> None:
    source = f"import numpy as np\na = np.array([0.5, 1.5, 1.0, 2.5])\n# TODO\n{step}\n# TODO\nc = {result}\nprint(c)\n"
    outcomes = [each.name for each in proposed(tmp_path, source).outcomes]
    assert outcomes == (["b", "c"] if is_asked else ["c"])


@pytest.mark.parametrize(
    "drawn",
    [
        "np.random.seed(1)\nX = np.random.randn(6, 2)",
        "rng = np.random.default_rng(1)\nX = rng.normal(size=(6, 2))",
        "t = np.linspace(0, 1, 6)\nX = np.column_stack([np.sin(3 * t), np.cos(2 * t)])",
    ],
)
def test_numbers_that_a_script_draws_or_computes_of_nothing_that_varies_are_inputs(tmp_path: Path, drawn: str) -> None:
    source = (
        f"import numpy as np\n{drawn}\ny = (X[:, 0] > 0.1) * 1.0\nrate = 0.5\n# TODO\nw = rate * X.T @ y\nprint(w)\n"
    )
    assert set(proposed(tmp_path, source).ranges) == {"X", "rate"}  # and `y` is computed from them


def test_zeros_that_a_script_adds_to_are_no_input(tmp_path: Path) -> None:
    source = (
        "import numpy as np\nX = np.array([[0.5, 1.0], [2.0, -1.0], [0.3, 0.2]])\nw = np.zeros(2)\n"
        "for x in X:\n    # TODO\n    w = w + x\nprint(w)\n"
    )
    assert set(proposed(tmp_path, source).ranges) == {"X"}


def test_a_signal_that_an_example_computes_is_an_input_and_a_grid_stays_even(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef slope(y, t):\n    # TODO\n    return np.diff(y) / (t[1] - t[0])\n"
        "# Example\nt = np.linspace(0, 2, 6)\nrate = 4.0\ny = np.sin(rate * np.arange(6) / 5)\ns = slope(y, t)\n"
    )
    proposal = proposed(tmp_path, source)
    assert {"t", "y"} <= set(proposal.ranges)
    assert "t = np.linspace(np.min(t), np.max(t), len(t))" in proposal.use


def test_what_a_solution_needs_of_computed_inputs_stays_computed(tmp_path: Path) -> None:
    # Other numbers are no root of anything, and the loop would not end with one.
    source = (
        "import numpy as np\ndef shift(c, r):\n    # TODO\n    if abs(np.polyval(c, r)) > 1e-6:\n"
        "        raise ValueError('no root')\n    return np.polydiv(c, [1.0, -r])[0]\n"
        "# Example\nr = 1.5\nc = np.poly([r, 0.5, -2.0])\nq = shift(c, r)\n"
    )
    (tmp_path / "exercises").mkdir()
    (tmp_path / "solution.py").write_text(source)
    new_exercise(str(tmp_path / "exercises" / "shift"), tmp_path / "solution.py")
    assert list(load_exercise(str(tmp_path / "exercises" / "shift")).givens) == ["r"]


@pytest.mark.parametrize("text", ["Where to? Home now!", "one two, three four.", "a b c d"])
def test_where_a_text_goes_on_its_words_stay_apart(text: str) -> None:
    longer = [each for each in texts_like(text) if len(each) > len(text)]
    assert len(longer) > 1
    for other in longer:
        assert set(other.split()[:-1]) <= set(text.split())  # the last word may be cut off


@pytest.mark.parametrize("text", ["village", "key", "AB"])
def test_a_word_is_not_drawn_from_sentences(text: str) -> None:
    (texts,) = proposals("word", text, ["Two words.", "other"])
    assert "other" in texts.choices
    assert "Two words." not in texts.choices


@pytest.mark.parametrize("numbers", [[0.99961, 0.2], [0.3, 0.9999], [0.99951, 0.99949]])
def test_what_is_drawn_below_one_stays_so_when_it_is_rounded(numbers: list[float]) -> None:
    assert with_few_digits(np.array(numbers)).max() == 0.999


@pytest.mark.parametrize("text", ["3 4 + 2 *", "one two", "ab cd, ef gh"])
def test_a_text_without_blanks_at_its_ends_is_drawn_without_them(text: str) -> None:
    assert all(other == other.strip() for other in texts_like(text))
    assert any(other != other.strip() for other in texts_like(f"{text} "))


NEIGHBOURS = (
    # a diagonal and what stands beside it
    (
        "def f(a, b):\n    # TODO\n    total = b[0]\n    for i in range(1, len(b)):\n"
        "        total = b[i] - a[i - 1] / total\n    return total\n",
        "a = np.array([1.0, 2.0, 1.5])\nb = np.array([4.0, 5.0, 4.5, 6.0])",
    ),
    # one limit more than bins
    (
        "def f(a, b):\n    # TODO\n    return sum((b[i + 1] - b[i]) * a[i] for i in range(len(b) - 1))\n",
        "a = np.array([1.0, 2.0, 1.5, 0.5])\nb = np.array([0.4, 1.5, 2.5, 4.1, 6.0])",
    ),
    # a polynomial and its derivative's values
    (
        "def f(a, b):\n    # TODO\n    slope = [k * b[k] for k in range(1, len(b))]\n"
        "    return np.array([s - a[k] for k, s in enumerate(slope)])\n",
        "a = np.array([1.0, 2.0])\nb = np.array([4.0, 5.0, 4.5])",
    ),
)


@pytest.mark.parametrize(("body", "example"), NEIGHBOURS)
def test_of_lengths_that_differ_by_one_none_is_longer_than_what_is_looked_at(
    tmp_path: Path, body: str, example: str
) -> None:
    source = f"import numpy as np\n{body}# Example\n{example}\nr = f(a, b)\n"
    lengths = asked(proposed(tmp_path, source)).bank.dimensions.values()
    assert all(low == high for low, high in lengths)


def test_a_length_of_which_more_counts_varies_beside_one_nearly_as_long(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef f(a, b):\n    # TODO\n    return a.mean() * (b @ b)\n"
        "# Example\na = np.array([1.0, 2.0, 1.5])\nb = np.array([4.0, 5.0, 4.5, 6.0])\nr = f(a, b)\n"
    )
    assert all(low < high for low, high in asked(proposed(tmp_path, source)).bank.dimensions.values())


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\np = np.array([1.0, 0.2])\nv = np.array([-0.5, 6.0])\n# TODO\n"
        "s = p / np.linalg.norm(p) - v\n# TODO\nL = p[0] * v[1] - p[1] * v[0]\nprint(s, L)\n",
        "import numpy as np\ndef turn(p):\n    # TODO\n    return np.array([-p[1], p[0]]) / np.sqrt((p * p).sum())\n"
        "# Example\npoint = np.array([1.5, -2.0])\nr = turn(point)\n",
        "import numpy as np\ndef split(c, x):\n    # TODO\n    return (c * c).sum() + c[0] * x ** 2 + c[1] * x + c[2]\n"
        "# Example\nc = np.array([1.5, -2.0, 0.5])\nr = split(x=0.5, c=c)\n",
    ],
)
def test_what_is_named_element_by_element_keeps_its_length(tmp_path: Path, source: str) -> None:
    assert not asked(proposed(tmp_path, source)).bank.dimensions


@pytest.mark.parametrize(
    "body",
    [
        "keep = np.diag(P) < 1\n    Q = P[keep][:, keep]\n    return np.linalg.inv(np.eye(len(Q)) - Q).sum(axis=1)",
        "keep = [i for i in range(len(P)) if P[i, i] != 1]\n    Q = P[np.ix_(keep, keep)]\n"
        "    return np.linalg.solve(np.eye(len(Q)) - Q, np.ones(len(Q)))",
        "end = int(np.flatnonzero(np.diag(P) == 1)[0])\n    Q = np.delete(np.delete(P, end, 0), end, 1)\n"
        "    return np.linalg.inv(np.eye(len(Q)) - Q)",
    ],
)
def test_zeros_of_a_matrix_stay_where_there_is_an_answer_on_little_else(tmp_path: Path, body: str) -> None:
    source = (
        f"import numpy as np\ndef steps(P):\n    # TODO\n    {body}\n# Example\n"
        "P = np.array([[1.0, 0.0, 0.0, 0.0], [0.4, 0.0, 0.6, 0.0], [0.0, 0.3, 0.2, 0.5], [0.1, 0.2, 0.3, 0.4]])\n"
        "r = steps(P)\n"
    )
    proposal = proposed(tmp_path, source)
    assert "np.array([[1, 0, 0, 0], [1, 0, 1, 0], [0, 1, 1, 1], [1, 1, 1, 1]])" in proposal.use
    assert "keepdims" in proposal.use  # and they still add up to 1


@pytest.mark.parametrize(
    ("body", "other"),
    [
        ("e = np.exp(z - z.max())\n    return e / e.sum()", "e = np.exp(z)"),
        ("m = np.max(z)\n    return m + np.log(np.exp(z - m).sum())", "m = 0.0"),
        ("return -z * (z < 0) + np.log1p(np.exp(-np.abs(z)))", "return np.log(1 + np.exp(-z))"),
    ],
)
def test_no_case_shows_only_that_another_form_grows_too_large(tmp_path: Path, body: str, other: str) -> None:
    example = "# Example\nz = np.array([40.0, -50.5, 90.0])\nr = f(z)\n"
    source = f"import numpy as np\ndef f(z):\n    # TODO\n    {body}\n{example}"
    (tmp_path / "exercises").mkdir()
    (tmp_path / "solution.py").write_text(source)
    new_exercise(str(tmp_path / "exercises" / "large"), tmp_path / "solution.py")
    exercise = load_exercise(str(tmp_path / "exercises" / "large"))
    assert not exercise.cases

    def telling(line: str) -> int:
        changed = exercise.reference_source.replace(body.partition("\n")[0], line)
        mutant = Mutant(
            step="f", formula=line, change="another", calculation=Reference(exercise.replaced(reference_source=changed))
        )
        return len(telling_cases(exercise, Reference(exercise), [mutant], [])[0])

    assert telling(other) == 0
    assert telling(f"return z[0] + {body.rpartition('return ')[2]}" if body.startswith("return") else "e = m = z") == 1


@pytest.mark.parametrize("shown", ["plt.plot(path)", "plt.plot(path, label='way')\nplt.show()", "plt.plot(*[path])"])
def test_a_curve_beside_what_is_printed_is_no_result(tmp_path: Path, shown: str) -> None:
    source = (
        "import matplotlib.pyplot as plt\nx = 1.5\nrate = 0.2\npath = [x]\nfor _ in range(4):\n    # TODO\n"
        f"    x = x - rate * 2 * x\n    path.append(x)\nprint(x)\n{shown}\n"
    )
    assert [each.name for each in proposed(tmp_path, source).outcomes] == ["x"]
    drawn_alone = source.replace("print(x)\n", "")
    assert "path" in [each.name for each in proposed(tmp_path, drawn_alone).outcomes]


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\noff = np.array([0.5, 1.5])\n# TODO\nyes = 2 * off\nprint(yes)\n",
        "import numpy as np\ndef f(on):\n    # TODO\n    no = on + 1\n    return no * no\n"
        "# Example\non = np.array([0.5, 1.5])\nnull = f(on)\n",
        "Yes = 1.5\ntrue = 0.5\n# TODO\nOFF = Yes * true\nprint(OFF)\n",
    ],
)
def test_names_that_mean_something_to_yaml_are_names(tmp_path: Path, source: str) -> None:
    file = asked(proposed(tmp_path, source))
    names = {*file.givens, *(step.name for step in file.steps)}
    assert len(names) >= 2
    assert all(name in source for name in names)


CORNERS = "corners = np.array([[0.5, 1.0], [3.0, 1.5], [3.5, 4.0], [1.0, 2.5], [0.2, 1.7]])\n"
BOXES = "corners = np.array([[0.5, 1.0, 2.0, 3.0], [3.0, 1.5, 4.0, 2.5], [0.5, 0.7, 1.5, 4.0]])\n"


@pytest.mark.parametrize(
    ("body", "example", "columns"),
    [
        ("x, y = corners[:, 0], corners[:, 1]\n    return 0.5 * (x @ np.roll(y, 1) - y @ np.roll(x, 1))", CORNERS, 2),
        ("d = np.diff(corners, axis=0)\n    return np.hypot(d[:, 0], d[:, 1]).sum()", CORNERS, 2),
        ("return sum(row[0] * row[1] for row in corners)", CORNERS, 2),
        ("return ((corners[:, 2] - corners[:, 0]) * (corners[:, 3] - corners[:, 1])).sum()", BOXES, 4),
    ],
)
def test_a_table_of_which_columns_are_read_one_by_one_has_no_more(
    tmp_path: Path, body: str, example: str, columns: int
) -> None:
    source = f"import numpy as np\ndef f(corners):\n    # TODO\n    {body}\n# Example\n{example}r = f(corners)\n"
    file = asked(proposed(tmp_path, source))
    rows, across = file.givens["corners"].shape
    assert file.bank.dimensions[str(across)] == (columns, columns)
    assert file.bank.dimensions[str(rows)][1] > len(file.givens["corners"].fixed)


def test_a_script_whose_table_has_two_columns_always_has_two(tmp_path: Path) -> None:
    todo = "# TODO\nr = np.sqrt((corners ** 2).sum(axis=1)).mean()\nprint(r)\n"
    file = asked(proposed(tmp_path, f"import numpy as np\n{CORNERS}{todo}"))
    assert file.bank.dimensions == {"inputs": (2, 8), "hidden": (2, 2)}
    three = "corners = np.array([[0.5, 1.0, 2.0], [1.5, 4.0, 2.5], [0.7, 1.5, 4.0]] * 2)\n"
    assert asked(proposed(tmp_path, f"import numpy as np\n{three}{todo}")).bank.dimensions["hidden"][1] > 3


@pytest.mark.parametrize(
    "body",
    [
        "for k in range(2):\n            self.place[k] += speed[k] * abs(self.place[k])",
        "self.place = [self.place[k] + dt * speed[k] for k in range(2) for dt in (0.1,)]",
        "self.place[0] += speed[0]\n        self.place[1] += abs(speed[1])",
    ],
)
def test_an_object_with_elements_that_a_solution_counts_keeps_their_number(tmp_path: Path, body: str) -> None:
    source = (
        "import numpy as np\nclass Ball:\n    def __init__(self, place):\n        self.place = np.array(place)\n"
        f"    def move(self, speed):\n        # TODO\n        {body}\n"
        "# Example\nspeed = np.array([0.7, -0.4])\nball = Ball([0.5, 1.0])\nball.move(speed)\nprint(ball.place)\n"
    )
    file = asked(proposed(tmp_path, source))
    assert [given.shape for given in file.givens.values()] == [[2], [2]]


BETWEEN = (
    "def f(x, low, high):\n    # TODO\n    {body}\n# Example\nx = np.array([0.5, -1.0, 5.0, 3.1])\nprint({call})\n"
)


@pytest.mark.parametrize(
    ("source", "pair"),
    [
        (BETWEEN.format(body="return np.clip(x, low, high)", call="f(x, -0.5, 0.75)"), ("f_low", "f_high")),
        (
            BETWEEN.format(body="return x[(x > low) & (x < high)].sum()", call="f(x, low=2, high=6.5)"),
            ("f_low", "f_high"),
        ),
        (
            "def play(money, p, goal):\n    bets = 0\n    # TODO\n    while 0 < money < goal:\n"
            "        money += 1 if p > 0.3 else -1\n        bets += 1\n    return money, bets\n"
            "def several(money, goal, p):\n    # TODO\n    return sum(play(money, p, goal)[1] for _ in range(3))\n"
            "# Example\nprint(several(3, 6, 0.48))\n",
            ("several_money", "several_goal"),
        ),
        (
            "have = 150.0\nwanted = 220.0\nrate = 0.07\nyears = 0\nwhile have < wanted:\n    # TODO\n"
            "    have = have * (1 + rate)\n    years += 1\nprint(have, years)\n",
            ("have", "wanted"),
        ),
        (
            "def total(first, behind, x):\n    s = 0.0\n    # TODO\n    for k in range(first, behind):\n"
            "        s += x ** k / (k + 1)\n    return s\n# Example\nprint(total(2, 5, 0.5))\n",
            ("total_first", "total_behind"),
        ),
    ],
)
def test_numbers_whose_order_a_solution_takes_for_granted_keep_it(
    tmp_path: Path, source: str, pair: tuple[str, str]
) -> None:
    proposal = proposed(tmp_path, f"import numpy as np\n{source}")
    assert proposal.ordered == [pair]
    low, high = (proposal.ranges[name] for name in pair)
    assert low.low < low.high < high.low < high.high
    assert all(
        each.low <= proposal.solution.givens[name] <= each.high for name, each in zip(pair, (low, high), strict=True)
    )


@pytest.mark.parametrize(
    "source",
    [
        # a bound that refuses, one that swaps its ends, and one that starts anew: each has an answer of its own
        "def f(amount, balance):\n    # TODO\n    if amount > balance:\n        return balance\n"
        "    return balance - amount - 1\n# Example\nprint(f(30.0, 50.0))\n",
        "def f(low, high):\n    # TODO\n    if low > high:\n        low, high = high, low\n    return high - low\n"
        "# Example\nprint(f(0.5, 1.5))\n",
        # the greatest common divisor, and an integral, are for both orders
        "def f(a, b):\n    # TODO\n    while b:\n        a, b = b, a % b\n    return a\n# Example\nprint(f(12, 18))\n",
        "def f(a, b, n):\n    # TODO\n    h = (b - a) / n\n    s = 0.0\n    for k in range(n):\n"
        "        s += h * np.cos(a + (k + 0.5) * h)\n    return s\n# Example\nprint(f(0.5, 2.0, 4))\n",
    ],
)
def test_numbers_that_may_be_in_any_order_are_drawn_so(tmp_path: Path, source: str) -> None:
    assert not proposed(tmp_path, f"import numpy as np\n{source}").ordered


def test_what_only_another_order_shows_is_said_and_gets_no_case(tmp_path: Path) -> None:
    (tmp_path / "solution.py").write_text(
        "have = 150.0\nwanted = 220.0\nrate = 0.07\nfee = 2.0\nyears = 0\nwhile have < wanted:\n    # TODO\n"
        "    have = have + have * rate + 5\n    years += 1\n# TODO\npaid = min(years, 1) * fee\n"
        "print(have, years, paid)\n"
    )
    (tmp_path / "exercises").mkdir()
    made = str(tmp_path / "exercises" / "saving")
    said = "\n".join(new_exercise(made, tmp_path / "solution.py"))
    assert "\norder    have < wanted, as in the example\n" in said
    assert "\nunseen   line 11: min(years, 1) → 1: no case tells it apart" in said
    assert not load_exercise(made).cases


@pytest.mark.parametrize(
    ("start", "kept"),
    [
        ("seen = []", "seen.append(loss)"),
        ("seen = np.zeros(3)", "seen[r] = loss"),
        ("seen = 0.0", "seen += loss"),
        ("seen = 0", "if loss < 1:\n        seen += 1"),
    ],
)
def test_what_a_loop_keeps_of_a_step_is_a_result_where_it_is_printed(tmp_path: Path, start: str, kept: str) -> None:
    source = (
        f"import numpy as np\nx = np.array([0.5, 1.5, -1.0])\nw = 0.4\nrate = 0.1\n{start}\nfor r in range(3):\n"
        "    loss = 0.0\n    for value in x:\n        # TODO\n        error = w * value - 1\n"
        f"        w -= rate * error * value\n        loss += error ** 2\n    {kept}\nprint(w)\n"
    )
    assert [each.name for each in proposed(tmp_path, source).outcomes] == ["w"]
    assert [each.name for each in proposed(tmp_path, f"{source}print('seen:', seen)\n").outcomes] == ["w", "seen"]
    drawn = f"import matplotlib.pyplot as plt\n{source}plt.plot(seen)\nfor name in 'ab':\n    print(name)\n"
    assert [each.name for each in proposed(tmp_path, drawn).outcomes] == ["w"]


@pytest.mark.parametrize("body", ["min(p, limit)", "p if p < limit else limit", "limit - max(0.0, limit - p)"])
def test_a_fraction_is_one_in_the_cases_of_their_own_too(tmp_path: Path, body: str) -> None:
    source = f"def f(p, limit):\n    # TODO\n    return {body}\n# Example\nprint(f(0.48, 6.5))\n"
    (tmp_path / "solution.py").write_text(source)
    (tmp_path / "exercises").mkdir()
    made = str(tmp_path / "exercises" / "share")
    new_exercise(made, tmp_path / "solution.py")
    cases = load_exercise(made).cases
    assert cases
    assert all(case["f_p"] <= 1 for case in cases)


@pytest.mark.parametrize(
    ("text", "word", "body"),
    [
        ("The cat saw the dog and the bird. The end!", "the", "return text.lower().split().count(word)"),
        ("Anna met Bob, and Bob met Cleo", "Bob", "return text.replace(word, 'X').split()"),
        ("to be or not to be", "not", "return text.split().index(word) if word in text.split() else -1"),
    ],
)
def test_a_word_that_stands_in_a_text_becomes_another_one_of_it(
    tmp_path: Path, text: str, word: str, body: str
) -> None:
    source = f"def f(text, word):\n    # TODO\n    {body}\n# Example\nprint(f({text!r}, {word!r}))\n"
    choices = proposed(tmp_path, source).ranges["f_word"].choices
    inside = [each for each in choices if each in text.replace(",", "").split()]
    assert choices[0] == word
    assert len(inside) >= 4
    assert word[::-1] in choices  # and one that stands in none of them


def test_the_author_is_told_of_results_that_hardly_vary(tmp_path: Path) -> None:
    source = (
        "def inside(x, y, most):\n    # TODO\n    return abs(x) + abs(y) < most\n"
        "def total(x, y):\n    # TODO\n    return x + y\n# Example\nx = 48.5\ny = 9.5\n"
        "found = inside(x, y, {most})\nr = total(x, y)\nprint(found, r)\n"
    )
    assert proposed(tmp_path, source.replace("{most}", "1.5")).alike == {"found": "False"}
    assert not proposed(tmp_path, source.replace("{most}", "58.5")).alike
