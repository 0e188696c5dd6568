"""A finished solution of any shape is read as its author means it: inputs, calls, results, kinds, dimensions."""

import ast
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graders.authoring.improving import strengthened
from graders.authoring.proposing import propose
from graders.authoring.reading import read_script, read_solution
from graders.authoring.skeleton import Proposal, settings
from graders.errors import UsageError
from graders.exercise.calculation import read_calculation
from graders.exercise.content import ExerciseFile
from graders.exercise.file import parse_settings
from graders.exercise.marks import marks_in
from graders.exercise.template import without_answers

SHAPES = Path(__file__).parent / "shapes"


def proposed(folder: Path, source: str, **beside: str) -> Proposal:
    for name, text in beside.items():
        (folder / name.replace("_csv", ".csv").replace("_py", ".py")).write_text(text, encoding="utf-8")
    return propose(read_solution(source, "solution.py", folder))


def asked(proposal: Proposal) -> ExerciseFile:
    found = parse_settings(Path("exercise.yaml"), settings("mine", proposal))
    assert isinstance(found, ExerciseFile)
    return found


FUNCTION = '''\
import numpy as np


def scale(values, factor):
    """Multiply."""
    # TODO: each value
    scaled = values * factor
    return scaled


# Example
values = np.array([1.5, -2.0, 0.5])
factor = 2.0
scaled = scale(values, factor)
print(scaled)
'''


def test_literals_below_the_example_are_givens_and_calls_are_use(tmp_path: Path) -> None:
    file = asked(proposed(tmp_path, FUNCTION))
    assert file.submission == "definitions"
    assert list(file.givens) == ["values", "factor"]
    assert file.use == "scaled = scale(values, factor)\n"
    assert [step.name for step in file.steps if step.points] == ["scaled"]


@pytest.mark.parametrize(
    "example", ["# Example", "# 示例", "# Beispiel", 'if __name__ == "__main__":', "", "### example usage ###"]
)
def test_the_example_is_found_whatever_it_is_called(tmp_path: Path, example: str) -> None:
    head, _, body = FUNCTION.partition("# Example\n")
    if example.startswith("if"):
        body = "".join(f"    {line}" for line in body.splitlines(keepends=True))
    assert list(asked(proposed(tmp_path, f"{head}{example}\n{body}")).givens) == ["values", "factor"]


@pytest.mark.parametrize(
    ("literal", "body", "entry"),
    [
        ("3", "return sum(range(v))", "integers: [1, 12]"),
        ("0.4", "return v * 2", "random: [0.1, 1.0]"),
        ("1e-6", "return v * 2", "powers: [1.0e-07, 0.0001]"),
        ("np.array([0, 1, 1, 0])", "return v.sum()", "integers: [0, 1]"),
        ("np.array([-1, 1, 1])", "return v.sum()", "choice: [-1, 1]"),
        ("[3, 1, 2]", "return sorted(v)", "integers: [1, 5]"),
        ("True", "return 1.0 if v else 2.0", "choice: [true, false]"),
        ('"relu"', 'return 1.0 if v == "relu" else 2.0 if v == "tanh" else 1 / 0', 'choice: ["relu", "tanh"]'),
        ("np.array([1.5, 3.0])", "return np.sqrt(v)", "random: [0.7, 3.8]"),
        ("np.array([18.5, 21.0, 25.5])", "return v - 1", "random: [15.0, 29.0]"),
        ("np.array([0.9, 0.13, 0.21, 0.05, 0.44])", "return v - 1", "random: [0.05, 0.95]"),
        ("np.array([0.9, -0.13, 0.21, 0.05, 0.44])", "return v - 1", "random: [-1.0, 1.0]"),
        ("np.array([[0.7, 0.3], [0.4, 0.6]])", "return np.log(v)", "random: [0.05, 0.95]"),
        ("np.array([[0.7, 0.3], [1.0, 0.0]])", "return v * 2", "random: [-1.0, 1.0]"),
        ("0.0", "return v * 2", "random: [-0.9, 0.9]"),
        ("np.array([0.0, 1.0, 1.0, 0.0])", "return v * 2", "choice: [0.0, 1.0]"),
        ("np.array([1.0, -1.0, -1.0, 1.0])", "return v * 2", "choice: [-1.0, 1.0]"),
        ("np.array([[1.0, 1.0, 1.0, 1.0, 0.0], [1.0, 1.0, 1.0, 1.0, 1.0]])", "return v * 2", "choice: [0.0, 1.0]"),
        ("np.array([1.0, 0.0, 0.0])", "return v * 2", "random: [-1.0, 1.0]"),
        ("np.eye(3)", "return v * 2", "random: [-1.0, 1.0]"),
    ],
)
def test_kind_and_range_follow_the_literal_and_what_the_solution_does_with_it(
    tmp_path: Path, literal: str, body: str, entry: str
) -> None:
    source = f"import numpy as np\ndef f(v):\n    # TODO\n    {body}\n# Example\nv = {literal}\nr = f(v)\n"
    assert entry in settings("mine", proposed(tmp_path, source))


@pytest.mark.parametrize(("over", "is_varied"), [("over", False), ("False", True)])
def test_a_whole_number_on_which_nothing_depends_stays_as_it_is(tmp_path: Path, over: str, is_varied: bool) -> None:
    source = (
        "import numpy as np\ndef gain(table, reward, follows, over):\n    # TODO\n"
        f"    return reward + (0.0 if {over} else table[follows])\n"
        "# Example\ntable = np.array([1.5, -2.0, 0.5])\ng = gain(table, 0.5, 2, True)\n"
    )
    assert ("gain_follows" in asked(proposed(tmp_path, source)).givens) == is_varied


def test_whole_numbers_that_index_an_axis_stay_below_its_length(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef pick(table, rows):\n    # TODO\n    return table[rows] * 2\n"
        "# Example\ntable = np.array([1.5, -2.0, 0.5])\nrows = np.array([2, 0, 1, 1])\npicked = pick(table, rows)\n"
    )
    file = asked(proposed(tmp_path, source))
    assert file.givens["rows"].integers == (0, "inputs")
    assert file.givens["rows"].shape == ["hidden"]


@pytest.mark.parametrize(
    ("literal", "line"),
    [
        ("[1.5, 2.5, -1.0]", "v = v.tolist()"),
        ("(1.5, 2.5)", "v = tuple(v.tolist())"),
        ("[(1.0, 2.5), (3.0, 0.5), (1.0, 1.5)]", "v = [tuple(row) for row in v.tolist()]"),
        ("[(1.0, 2.5), (3.0, 4.5), (1.0, 1.5)]", "v = [tuple(row) for row in np.sort(v, axis=1).tolist()]"),
        ('{"a": [1.5, 2.0], "b": 3.5}', "v = {'a': v_a.tolist(), 'b': v_b}"),
    ],
)
def test_lists_tuples_and_dictionaries_are_handed_on_as_the_author_wrote_them(
    tmp_path: Path, literal: str, line: str
) -> None:
    source = f"def f(v):\n    # TODO\n    return len(v) + 0.5\n# Example\nv = {literal}\nr = f(v)\n"
    assert line in proposed(tmp_path, source).use.splitlines()


@pytest.mark.parametrize(
    ("returned", "results"),
    [
        ("{'total': v + 1, 'word': 'x' * int(v)}", [("r_total", False), ("r_word", True)]),
        ("v > 2", [("r", True)]),
        ("(v, (v * 2, [v]))", [("r_0", False), ("r_1_0", False), ("r_1_1", False)]),
        ("[(v + 0.5, 'a'), (v, 'b')][: int(v)]", [("r_0", False), ("r_1", True)]),
        ("{chr(97 + k): k / 2 for k in range(int(v))}", [("r_keys", True), ("r_values", False)]),
    ],
)
def test_what_is_no_number_is_taken_apart_or_compared_exactly(
    tmp_path: Path, returned: str, results: list[tuple[str, bool]]
) -> None:
    source = f"def f(v):\n    # TODO\n    return {returned}\n# Example\nv = 2.5\nr = f(v)\nprint(r)\n"
    assert [(each.name, each.exactly) for each in proposed(tmp_path, source).outcomes] == results


def test_a_cache_and_an_object_are_handed_on_and_not_asked_for(tmp_path: Path) -> None:
    source = (
        "def forward(x):\n    # TODO\n    y = x * 2\n    cache = (x, y)\n    return y, cache\n"
        "def backward(d, cache):\n    # TODO\n    g = d * cache[0]\n    return g\n"
        "# Example\nx = 1.5\ny, cache = forward(x)\nd = y - 1\ng = backward(d, cache)\n"
    )
    assert [each.name for each in proposed(tmp_path, source).outcomes] == ["y", "d", "g"]


def test_an_exception_that_the_example_catches_becomes_a_result(tmp_path: Path) -> None:
    source = (
        "def half(x):\n    if x < 0:\n        raise ValueError(x)\n    # TODO\n    return x / 2\n# Example\nx = 1.5\n"
        "r = half(x)\ntry:\n    half(-x)\n    refused = 'no'\nexcept ValueError as e:\n    refused = type(e).__name__\n"
    )
    proposal = proposed(tmp_path, source)
    assert "refused = raises(lambda: half(-x))" in proposal.use
    assert [(each.name, each.exactly) for each in proposal.outcomes] == [("r", False), ("refused", True)]


def test_what_the_example_prepares_is_no_result_and_what_a_call_fills_is_one(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef fill(a):\n    # TODO\n    a[:] = a * 2\n"
        "def total(a, b):\n    # TODO\n    return a.sum() * b\n"
        "# Example\na = np.array([1.5, 2.0, 0.5])\nb = 2.5\nstacked = np.vstack([a, a + 1])\n"
        "s = total(stacked, b)\nhalf = b / 2\nfill(a)\ndoubled = a.copy()\n"
    )
    assert [each.name for each in proposed(tmp_path, source).outcomes] == ["s", "doubled"]


def test_a_loop_of_the_example_gives_no_result_of_its_own_and_a_plot_does_no_harm(tmp_path: Path) -> None:
    source = (
        "import matplotlib.pyplot as plt\nclass Sum:\n    def __init__(self):\n        self.total = 0.0\n"
        "    def add(self, v):\n        # TODO\n        self.total += v\n"
        "# Example\nxs = [1.5, 2.0, 0.5]\ns = Sum()\nfor v in xs:\n    s.add(v)\ntotal = s.total\n"
        "fig, ax = plt.subplots()\nplt.plot(xs)\nplt.show()\n"
    )
    assert [each.name for each in proposed(tmp_path, source).outcomes] == ["total"]


def test_a_start_value_below_data_is_a_given(tmp_path: Path) -> None:
    source = (
        "import numpy as np\nfrom prep import xs\nw = np.array([0.5, -1.0])\nfor x in xs:\n"
        "    # TODO\n    w = w + x * w\nprint(w)\n"
    )
    assert "w" in asked(proposed(tmp_path, source, prep_py="xs = [1.5, 2.0, 0.5]\n")).givens


def test_lengths_that_must_agree_are_one_dimension_also_where_zip_would_hide_it(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef f(a, b, c):\n    s = 0.0\n    for x, y in zip(a, b):\n        # TODO\n"
        "        s += x * y\n    return s + c.sum()\n# Example\na = np.array([1.5, 2.0, 0.5])\n"
        "b = np.array([0.5, 1.0, 2.5])\nc = np.array([1.0, -0.5, 2.0])\ns = f(a, b, c)\n"
    )
    file = asked(proposed(tmp_path, source))
    assert file.givens["a"].shape == file.givens["b"].shape
    assert file.givens["c"].shape != file.givens["a"].shape


def test_columns_rows_and_lengths_that_the_example_names_stay(tmp_path: Path) -> None:
    source = (
        "import numpy as np\nclass Net:\n    def __init__(self, n):\n        self.w = np.zeros((n, 1))\n"
        "    def run(self, x):\n        # TODO\n        return x @ self.w + 1\n# Example\n"
        "x = np.array([[1.5, 2.0], [0.5, -1.0], [0.2, 0.1]])\nw = np.array([[0.5], [2.0]])\n"
        "net = Net(2)\nnet.w = w\nout = net.run(x)\n"
    )
    file = asked(proposed(tmp_path, source))
    assert file.bank.dimensions == {"inputs": (1, 8), "hidden": (2, 2)}
    assert file.givens["w"].shape == ["hidden", 1]


HEAD = (
    "import numpy as np\ndef area(a, b=2.0):\n    # TODO\n    return a * b\n\ndef twice(a):\n    return area(a, 2.0)\n"
)


@pytest.mark.parametrize(
    ("example", "lines"),
    [
        ("print(area(1.5))", ["area_result = area(area_a)"]),
        ("print(f'{area(1.5, b=4.0):.2f} m²')", ["area_result = area(area_a, b=area_b)"]),
        ("side = 1.5\nassert abs(area(side) - 3) < 1e-9", ["area_result = area(side)"]),
        (
            "for a in (0.5, 1.5):\n    print(a, area(a))",
            ["tried = tuple(tried.tolist())", "area_result = [area(a) for a in tried]"],
        ),
        ("side = 1.5\nbig = area(side)\nif big > 2:\n    print('big', big)", ["big = area(side)"]),
        (
            "try:\n    area('x', None)\nexcept TypeError as e:\n    print(e)\nr = area(1.5)",
            ["refused = raises(lambda: area('x', None))", "r = area(area_a)"],
        ),
        (
            "def main():\n    side = 1.5\n    print(area(side))\n\nif __name__ == '__main__':\n    main()",
            ["area_result = area(side)"],
        ),
        ("rng = np.random.default_rng(1)\nsides = rng.normal(size=3)\nr = area(sides)", ["r = area(sides)"]),
        (
            "def third(a):\n    return a / 3\nside = 1.5\nr = area(third(side))",
            ["def third(a):", "    return a / 3", "r = area(third(side))"],
        ),
        ("side = 1.5\nr = twice(side)", ["def twice(a):", "    return area(a, 2.0)", "r = twice(side)"]),
    ],
)
def test_whatever_an_example_shows_becomes_inputs_and_named_results(
    tmp_path: Path, example: str, lines: list[str]
) -> None:
    proposal = proposed(tmp_path, f"{HEAD}\n# Example\n{example}\n")
    assert proposal.use.splitlines() == lines
    assert proposal.ranges
    assert proposal.outcomes


def test_an_example_in_a_docstring_is_one_where_there_is_no_other(tmp_path: Path) -> None:
    source = (
        'def area(a, b):\n    """The area.\n\n    >>> area(1.5, 2.0)\n    3.0\n    """\n    # TODO\n    return a * b\n'
    )
    proposal = proposed(tmp_path, source)
    assert proposal.use == "area_result = area(area_a, area_b)\n"


def test_attributes_that_are_shown_are_results_and_modes_stay_as_they_are(tmp_path: Path) -> None:
    source = (
        "class Scale:\n    def __init__(self, k, kind='up'):\n        self.k = k\n        self.kind = kind\n"
        "        self.count = 0\n    def apply(self, x):\n        # TODO\n        self.count += 1\n"
        "        return x * self.k if self.kind == 'up' else x / self.k\n"
        "# Example\ns = Scale(2.5, kind='down')\nprint(s.apply(4.5))\nprint(f'{s.count} calls')\n"
    )
    proposal = proposed(tmp_path, source)
    assert proposal.use.splitlines() == [
        "s = Scale(scale_k, kind='down')",
        "apply_result = s.apply(apply_x)",
        "s_count = s.count",
    ]


def test_a_todo_above_a_function_asks_for_its_body(tmp_path: Path) -> None:
    source = '# TODO: implement this\ndef half(a):\n    """Half."""\n    return a / 2\n\nprint(half(3.5))\n'
    proposal = proposed(tmp_path, source)
    assert asked(proposal).submission == "definitions"
    assert [mark.scope for mark in proposal.solution.marks] == ["half"]


@pytest.mark.parametrize(
    "marker",
    [
        "# YOUR CODE HERE",
        "### BEGIN SOLUTION",
        "# *** START CODE HERE *** (1 line)",
        "# >>> your code",
        "# START OF YOUR CODE",
        "# YOUR CODE STARTS HERE",
        "# FIXME",
        "# 补充代码",
        "# 待完成：一半",
        "# 请在此编写代码",
        "# 代码开始",
    ],
)
@pytest.mark.parametrize("end", ["### END SOLUTION", "# YOUR CODE ENDS HERE", "# <<< your code", "# 代码结束"])
def test_what_other_courses_write_above_an_answer_is_a_todo(marker: str, end: str) -> None:
    source = f"def half(a):\n    {marker}\n    b = a / 2\n\n    c = b\n    {end}\n    return b\n"
    (mark,) = marks_in(source, ast.parse(source))
    assert (mark.line, mark.scope) == (2, "half")
    # Only what says where it ends may have blank lines.
    assert [ast.unparse(node) for node in mark.statements] == ["b = a / 2", "c = b"]


@pytest.mark.parametrize("comment", ["# the solution of the system", "# your height", "# code for the plot", "# 结束"])
def test_a_comment_that_explains_is_no_todo(comment: str) -> None:
    source = f"x = 1\n{comment}\ny = x\n"
    assert marks_in(source, ast.parse(source)) == []


def test_in_a_file_of_functions_without_a_todo_each_body_is_asked_for() -> None:
    source = (
        "def total(a):\n    s = 0\n    for v in a:\n        s += v\n    return s\n\n\n"
        "class Box:\n    def __init__(self, a):\n        self.a = a\n    def half(self):\n"
        "        return self.a / 2\n\n\n"
        "def main():\n    print(total([1.5]), Box(2.5).half())\n\n\nmain()\n"
    )
    assert [(mark.scope, mark.line) for mark in marks_in(source, ast.parse(source))] == [("", 1), ("Box", 11)]
    assert "s += v" not in without_answers(source)
    assert "self.a = a" in without_answers(source)
    # In a script a function beside the lines that compute is a helper.
    script = "def slope(y):\n    return y * (1 - y)\n\nx = 0.5\ny = x * 2\ne = 1 - y\nd = e * slope(y)\n"
    assert marks_in(script, ast.parse(script)) == []


def test_of_a_script_without_a_todo_every_line_that_computes_is_a_step_in_loops_too(tmp_path: Path) -> None:
    source = (
        "import matplotlib.pyplot as plt\nx = [0.5, 1.5, -1.0]\nrate = 0.5\ns = 0.0\nseen = [0.0]\n"
        "for v in x:\n    d = rate * v\n"
        "    s += d\n    seen.append(s)\nlast = s / len(x)\nfig, ax = plt.subplots()\nax.plot(seen)\nprint(last)\n"
    )
    proposal = proposed(tmp_path, source)
    # A figure is no step, and a list that is appended to is no given.
    assert list(proposal.solution.steps) == ["s", "seen", "d", "last"]
    assert list(proposal.ranges) == ["x", "rate"]
    template = without_answers(source, proposal.solution.steps)
    assert "rate * v" not in template
    assert "s += d" not in template
    assert "s = 0.0\n" in template


def test_a_straight_line_that_draws_is_computed_without_what_it_draws_with() -> None:
    source = "import matplotlib.pyplot as plt\nx = 1.5\ny = x * 2\nfig = plt.figure(y)\naxes = fig.gca()\n"
    found = read_calculation(source, "lines.py", givens=["x"], wanted=["y"])
    assert found.values({"x": 2.5}) == {"y": 5.0}


def test_the_cells_of_a_notebook_are_a_solution_without_its_commands_and_texts(tmp_path: Path) -> None:
    cells = [("markdown", "# TODO: read"), ("code", "%matplotlib inline\nx = 1.5"), ("code", "# TODO\ny = x % 2\n")]
    content = {"cells": [{"cell_type": kind, "source": text} for kind, text in cells]}
    (tmp_path / "mine.ipynb").write_text(json.dumps(content), encoding="utf-8")
    assert read_script(tmp_path / "mine.ipynb") == "# %%\nx = 1.5\n\n# %%\n# TODO\ny = x % 2\n"
    (tmp_path / "mine.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="notebook"):
        read_script(tmp_path / "mine.ipynb")


def test_what_operators_of_a_class_give_is_asked_for_by_its_attributes(tmp_path: Path) -> None:
    source = (
        "from enum import Enum\nclass Side(Enum):\n    LEFT = 1\n    RIGHT = 2\n"
        "class Point:\n    def __init__(self, x, y):\n        self.x, self.y = x, y\n    def __add__(self, other):\n"
        "        # TODO\n        return Point(self.x + other.x, self.y + other.y)\n    def side(self):\n"
        "        # TODO\n"
        "        return Side.LEFT if self.x < 0 else Side.RIGHT\n"
        "p = Point(0.5, 1.5)\nq = Point(-1.0, 2.0)\nprint(p + q)\nprint(q.side().value)\n"
    )
    proposal = proposed(tmp_path, source)
    results = {each.name: each.expression for each in proposal.outcomes}
    assert results == {"add_result_numbers": "[add_result.x, add_result.y]", "side_result_name": "side_result.name"}


def test_data_above_the_definitions_is_an_input_unless_these_read_it(tmp_path: Path) -> None:
    source = "base = 2.0\na = 1.5\ndef scaled(v):\n    # TODO\n    return v * base\n\nprint(scaled(a))\n"
    assert list(proposed(tmp_path, source).ranges) == ["a"]


def test_other_texts_are_made_of_the_letters_of_the_lessons(tmp_path: Path) -> None:
    source = (
        "PAIRS = {'A': 'T', 'T': 'A', 'G': 'C', 'C': 'G'}\ndef paired(s):\n    # TODO\n"
        "    return ''.join(PAIRS[c] for c in s)\n\nprint(paired('GATTACA'))\n"
    )
    texts = proposed(tmp_path, source).ranges["paired_s"].choices
    assert len(set(texts)) >= 8
    assert set("".join(texts)) <= set("ACGT")


RECORDS = {
    "a dataclass": "from dataclasses import dataclass\n@dataclass\nclass Point:\n    x: float\n    y: float = 0.0\n",
    "a named tuple": "from typing import NamedTuple\nclass Point(NamedTuple):\n    x: float\n    y: float\n",
    "a plain class": "class Point:\n    def __init__(self, x, y):\n        self.x, self.y = x, y\n",
}


@pytest.mark.parametrize("record", RECORDS)
def test_objects_of_the_authors_own_class_are_made_of_givens_and_the_class_need_not_be_handed_in(
    tmp_path: Path, record: str
) -> None:
    source = (
        f"{RECORDS[record]}def length(p):\n    # TODO\n    return (p.x ** 2 + p.y ** 2) ** 0.5\n"
        "if __name__ == '__main__':\n    print(length(Point(1.5, -2.5)))\n"
    )
    file = asked(proposed(tmp_path, source))
    assert list(file.givens) == ["point_x", "point_y"]
    for own in ("", "class Point:\n    def __init__(self, *at):\n        self.x, self.y = 1.0, 0.0\n"):
        scope: dict[str, Any] = {}
        exec(f"{own}\ndef length(p):\n    return abs(p.x)\n", scope)
        exec(file.use or "", scope | {"point_x": -2.5, "point_y": 0.0}, scope)
        # With a class of their own, students' functions go on with that.
        assert scope["length_result"] == (1.0 if own else 2.5)


@pytest.mark.parametrize(
    ("matrix", "kept"),
    [
        ("[[4.0, -1.0, 0.5], [-1.0, 5.0, -1.0], [0.5, -1.0, 3.0]]", "np.maximum(0.0, "),
        ("[[4.0, -1.0, 0.5], [2.0, 5.0, -1.0], [0.5, -1.5, 3.0]]", "np.maximum(0.0, "),
        ("[[4.0, -1.0, 0.5], [-1.0, 1.5, -1.0], [0.5, -1.0, 3.0]]", "A = ((A + A.T) / 2)"),
        ("[[4.0, 0.0, 0.0], [0.0, 5.0, 0.0], [0.0, 0.0, 3.0]]", "A = ((A + A.T) / 2)"),
        (
            "[[0.8, 0.1, 0.1], [0.0, 0.9, 0.1], [0.1, 0.2, 0.7]]",
            "A = (np.abs(A) / np.abs(A).sum(axis=-1, keepdims=True))",
        ),
    ],
)
def test_a_diagonal_that_outweighs_its_rows_goes_on_doing_so(tmp_path: Path, matrix: str, kept: str) -> None:
    source = (
        "import numpy as np\ndef step(A, b):\n    # TODO\n    return (b - A @ b) / np.diag(A)\n\n"
        f"# Example\nA = np.array({matrix})\nb = np.array([1.0, 2.5, -1.0])\nx = step(A, b)\n"
    )
    proposal = proposed(tmp_path, source)
    assert kept in proposal.use
    # What is drawn has the property, and the lesson's own matrix is left as it is.
    given = ast.parse(f"m = {matrix}").body[0].value  # type: ignore[attr-defined]
    own = eval(proposal.use.splitlines()[0].partition(" = ")[2], {"np": np, "A": np.array(ast.literal_eval(given))})
    assert np.allclose(own, ast.literal_eval(given))


@pytest.mark.parametrize(
    ("name", "matrix", "kept"),
    [
        ("P", "np.eye(2)", True),
        ("R", "np.array([[0.25]])", True),
        ("cov_x", "np.array([[2.0, 0.5], [0.5, 1.0]])", True),
        ("P", "np.array([[2.0, 0.5], [0.7, 1.0]])", False),
        ("weights", "np.array([[2.0, 0.5], [0.5, 1.0]])", False),
    ],
)
def test_a_covariance_stays_one(tmp_path: Path, name: str, matrix: str, kept: bool) -> None:
    source = (
        f"import numpy as np\ndef f({name}, b):\n    # TODO\n    return {name} @ b\n\n"
        f"# Example\n{name} = {matrix}\nb = np.ones((len({name}), 3))\nx = f({name}, b)\n"
    )
    assert ("eigvalsh" in proposed(tmp_path, source).use) == kept


@pytest.mark.parametrize(
    ("table", "kept"),
    [
        ("np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])", True),
        ("np.array([[0, 1, 0], [1, 0, 0], [1, 0, 0], [0, 0, 1]])", True),
        ("np.array([[0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 1]])", True),
        ("[[0, 1], [1, 0], [0, 1]]", True),
        ("np.array([[0.0, 1.0], [1.0, 1.0], [0.0, 1.0]])", False),
        ("np.eye(3)", False),
    ],
)
def test_classes_written_with_a_single_one_stay_such(tmp_path: Path, table: str, kept: bool) -> None:
    source = (
        f"import numpy as np\ndef f(v):\n    # TODO\n    return np.array(v) * 2.5\n# Example\nv = {table}\nr = f(v)\n"
    )
    proposal = proposed(tmp_path, source)
    assert ("argmax" in proposal.use) == kept
    if kept:
        line = proposal.use.splitlines()[0].partition(" = ")[2]
        own = np.array(eval(table))
        drawn = np.random.default_rng(0).integers(0, 2, own.shape)
        axis = int((own.sum(axis=1) == 1).all())
        assert np.array_equal(eval(line, {"np": np, "v": own}), own)
        assert (np.sum(eval(line, {"np": np, "v": drawn}), axis=axis) == 1).all()


def test_a_small_matrix_stays_symmetric_where_nothing_else_has_an_answer(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef smallest(A):\n    # TODO\n{check}    return np.linalg.eigvalsh(A)[0] + A[0, 1]\n\n"
        "A = np.array([[2.0, -1.0], [-1.0, 2.0]])\nprint(smallest(A))\n"
    )
    check = "    if not np.allclose(A, A.T):\n        raise ValueError\n"
    assert "A = ((A + A.T) / 2)" in proposed(tmp_path, source.format(check=check)).use
    assert "A.T" not in proposed(tmp_path, source.format(check="")).use


def test_signs_of_eigenvectors_are_left_open_and_no_more_of_them_are_asked_for_than_there_are(tmp_path: Path) -> None:
    source = (
        "import numpy as np\n"
        "X = np.array([[5.1, 3.5, 1.4], [4.9, 3.0, 1.3], [6.3, 3.3, 6.0], [5.8, 2.7, 5.1]])\nk = 2\n"
        "# TODO\nZ = X - X.mean(axis=0)\nvalues, vectors = np.linalg.eigh(Z.T @ Z)\n"
        "scores = Z @ vectors[:, ::-1][:, :k]\n"
        "share = values[::-1][:k].sum() / values.sum()\nprint(scores, share)\n"
    )
    proposal = proposed(tmp_path, source)
    assert "scores" in proposal.signed
    assert "share" not in proposal.signed
    below, least = proposal.ranges["k"].below, proposal.ranges["k"].low
    assert proposal.plan.dimensions[below][0] > least
    assert {step.name: step.up_to for step in asked(proposal).steps}["scores"] == "sign"


def test_a_generator_that_never_ends_is_asked_for_as_far_as_the_example_reads(tmp_path: Path) -> None:
    source = (
        "from itertools import islice\ndef powers(a):\n    p = 1.0\n    while True:\n        # TODO\n        p *= a\n"
        "        yield p\n\nprint(list(islice(powers(1.5), 3)))\n"
    )
    proposal = proposed(tmp_path, source)
    assert proposal.use.splitlines()[-1] == "powers_result = list(islice(powers(powers_a), 3))"


def test_a_list_of_texts_and_the_numbers_of_a_loop_are_givens_and_properties_results(tmp_path: Path) -> None:
    source = (
        "class Words:\n    def __init__(self, texts):\n        self.texts = texts\n        self.extra = 0.0\n"
        "    def add(self, n):\n        # TODO\n        self.extra += n\n    @property\n    def mean(self):\n"
        "        # TODO\n        return (sum(map(len, self.texts)) + self.extra) / len(self.texts)\n"
        "# Example\nw = Words(['a b', 'cde'])\nfor n in [0.5, 2.5]:\n    w.add(n)\nprint(w.mean)\n"
    )
    proposal = proposed(tmp_path, source)
    assert list(proposal.ranges) == ["words_texts_0", "words_texts_1", "tried"]
    assert [each.name for each in proposal.outcomes] == ["w_mean"]


def test_what_no_example_comes_to_is_refused_with_the_line_of_its_todo(tmp_path: Path) -> None:
    source = (
        "def half(a, how='down'):\n    if how == 'up':\n        # TODO\n        return -(-a // 2)\n"
        "    # TODO\n    return a // 2\n\nprint(half(3.5))\n"
    )
    with pytest.raises(
        UsageError, match="line 3: TODO: the example never comes to what stands below it; show a call of half"
    ):
        proposed(tmp_path, source)


def test_complex_numbers_are_asked_for_by_their_parts(tmp_path: Path) -> None:
    source = "def turned(x, y):\n    # TODO\n    return complex(x, y) * 1j\n\nx = 1.5\ny = 0.5\nz = turned(x, y)\n"
    proposal = proposed(tmp_path, source)
    assert [each.name for each in proposal.outcomes] == ["z_real", "z_imag"]
    assert proposal.lesson == {"z_real": -0.5, "z_imag": 1.5}


def test_a_matrix_that_its_name_says_is_square_stays_square(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef trace(matrix, x):\n    # TODO\n    return np.diagonal(matrix).sum() + x[0]\n"
        "# Example\nmatrix = np.array([[0.5, 1.0], [2.0, -1.0]])\nx = np.array([0.5, 3.5])\nt = trace(matrix, x)\n"
    )
    shapes = {name: given.shape for name, given in asked(proposed(tmp_path, source)).givens.items()}
    assert shapes == {"matrix": ["inputs", "inputs"], "x": ["hidden"]}


def test_a_list_that_a_loop_fills_and_an_input_that_is_looked_at_afterwards_are_results(tmp_path: Path) -> None:
    source = (
        "class Sum:\n    def __init__(self):\n        self.total = 0.0\n    def add(self, v):\n        # TODO\n"
        "        self.total += v\n        return self.total\n"
        "# Example\nxs = [1.5, 2.0, 0.5]\ns = Sum()\nsums = []\nfor v in xs:\n    sums.append(s.add(v))\n"
        "    print(sums[-1])\nsame = xs\nprint(same)\n"
    )
    proposal = proposed(tmp_path, source)
    assert [each.name for each in proposal.outcomes] == ["sums", "same"]
    assert "print" not in proposal.use


def test_lengths_never_leave_a_result_empty(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef slide(a, k):\n    # TODO\n    n = len(a) - len(k) + 1\n"
        "    return np.array([a[i:i + len(k)] @ k for i in range(n)])\n# Example\n"
        "a = np.array([1.5, 2.0, 0.5, 1.0])\nk = np.array([0.5, 1.0])\nout = slide(a, k)\n"
    )
    (low, _), (_, high) = asked(proposed(tmp_path, source)).bank.dimensions.values()
    assert low >= high


def test_a_result_in_which_rounding_grows_has_a_tolerance_of_its_own(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef f(a):\n    # TODO\n    return np.sin(a * 1e6), a * 3\n"
        "# Example\na = np.array([0.5, -1.5])\ny, z = f(a)\n"
    )
    tolerances = {step.name: step.tolerance for step in asked(proposed(tmp_path, source)).steps}
    assert tolerances["z"] is None
    # a digit of 2e-16 grows to 2e-10 in the angle, and forms differ by a hundred times that
    assert tolerances["y"] in (1e-8, 1e-7)


def test_a_long_loop_has_fewer_cases_by_the_lines_it_runs_and_not_by_the_time_it_takes(tmp_path: Path) -> None:
    source = (
        "def f(n, x):\n    s = 0.0\n    for k in range(n * 1000):\n        # TODO\n        s += x / (k + 1)\n"
        "    return s\n# Example\nn = 5\nx = 1.5\ns = f(n, x)\n"
    )
    # 10,000 lines and a few are twice as many as fit into a hundred cases
    assert asked(proposed(tmp_path, source)).bank.count == 49


def test_a_length_that_hangs_on_a_count_or_on_values_is_left_open(tmp_path: Path) -> None:
    source = (
        "import numpy as np\ndef f(a, n):\n    # TODO\n    return a[a > 0] / 3, np.ones((len(a), n)) / 7\n"
        "# Example\na = np.array([0.5, -1.5, 2.0, 1.0])\nn = 3\nhits, table = f(a, n)\n"
    )
    shapes = {step.name: step.shape for step in asked(proposed(tmp_path, source)).steps if step.points}
    assert shapes == {"hits": ["*"], "table": ["inputs", "*"]}


def test_a_further_result_is_one_that_every_right_script_has(tmp_path: Path) -> None:
    source = (
        "import numpy as np\nx = np.array([0.5, -1.5])\nw = np.array([1.0, 2.0])\nfor a in x:\n"
        "    # TODO\n    h = a * 2\n    w = w + h\n# TODO\nhalf = w.sum() / 2\n# TODO\nhit = half > 0\nprint(hit)\n"
    )
    proposal = proposed(tmp_path, source)
    assert [outcome.name for outcome in proposal.outcomes] == ["half", "hit"]  # of `half`, `hit` shows the sign alone
    found = []
    while (better := strengthened(proposal)) is not None:
        found.append(better.outcomes[-1].name)
        proposal = better
    assert found == ["w"]  # `h` is set in each pass: who multiplies by 2 below needs none


TRAINED = """\
import numpy as np
x = np.array([0.5, -1.5, 2.0])
y = np.array([1.0, 0.0, 1.0])
w = np.zeros(3)
b = 0.1
change, epoch = 1.0, 0
while change > 0.01 and epoch < 4:  # which another right script writes with other names
    for a, target in zip(x, y):
        # TODO
        error = target - (w[0] * a + b)
        w[0] += 0.1 * error * a
        {update}
    # TODO
    change = abs(error)
    epoch += 1
# TODO
share = np.mean((w[0] * x + b > 0.5) == (y > 0.5))
print(share)
"""


@pytest.mark.parametrize(
    ("update", "results"),
    [
        ("b += 0.1 * error", ["w", "b", "share"]),
        ("b = b + 0.1 * error", ["w", "b", "share"]),
        ("pass", ["w", "share"]),
    ],
)
def test_trained_weights_of_which_a_result_shows_only_a_side_are_results(
    tmp_path: Path, update: str, results: list[str]
) -> None:
    proposal = proposed(tmp_path, TRAINED.format(update=update))
    assert [outcome.name for outcome in proposal.outcomes] == results


def test_trained_weights_that_a_result_shows_are_none(tmp_path: Path) -> None:
    source = TRAINED.format(update="b += 0.1 * error").replace("np.mean((w[0] * x + b > 0.5) == (y > 0.5))", "w[0] - b")
    assert [outcome.name for outcome in proposed(tmp_path, source).outcomes] == ["share"]


def test_data_of_a_module_and_of_a_file_are_givens(tmp_path: Path) -> None:
    source = (
        "import numpy as np\nfrom prep import xs, ys\ntable = np.loadtxt('data.csv', delimiter=';', skiprows=1)\n"
        "# TODO\ntotal = np.dot(xs, ys) * table.sum()\nprint(total)\n"
    )
    proposal = proposed(
        tmp_path, source, prep_py="xs = [1.5, 2.0]\nys = [0.5, 4.0]\nother = 1\n", data_csv="a;b\n1.5;2.0\n0.5;1.0\n"
    )
    file = asked(proposal)
    assert file.modules == {"prep": {"xs": "xs", "ys": "ys"}}
    assert file.files["data.csv"].columns == ["data_a", "data_b"]
    assert (file.files["data.csv"].delimiter, file.files["data.csv"].header) == (";", ["a", "b"])


def test_a_column_of_whole_numbers_stays_whole(tmp_path: Path) -> None:
    source = (
        "import numpy as np\nt = np.loadtxt('data.csv', delimiter=',')\n# TODO\ntotal = (t[:, 0] * t[:, 1]).sum()\n"
    )
    file = asked(proposed(tmp_path, source, data_csv="3,1.5\n2,2.5\n5,0.5\n"))
    assert file.givens["data_1"].integers == (1, 7)
    assert file.givens["data_2"].random is not None


def test_the_start_of_a_sum_is_no_given_and_a_name_set_again_without_a_loop_is_one(tmp_path: Path) -> None:
    source = (
        "x = 1.5\nv = 0.5\nn = 4\ns = 0.0\nfor k in range(n):\n    # TODO\n    s += x\n# TODO\nv = v * s\nprint(s, v)\n"
    )
    file = asked(proposed(tmp_path, source))
    assert list(file.givens) == ["x", "v", "n"]
    assert [step.name for step in file.steps if step.points] == ["s", "v"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def f(x):\n    # TODO\n    return x\n# Example\nx = 2.5\n", "no call of f; below `# Example` write"),
        (
            "def f(x):\n    # TODO\n    return x\n# Example\nx = 1.5\ny = f(x) + missing\n",
            "line 6: fails with NameError",
        ),
        ("def f():\n    x = 1.5\n    # TODO\n    y = x / 2\n    print(y)\nf()\n", "line 3: TODO: nobody sees what f"),
        ("def main():\n    x = 1.5\n    print(x / 2)\nmain()\n", r"line 1: nobody sees what main\(\) computes"),
        ("def f(x):\n    # TODO\n    return x\nx = float(input())\nprint(f(x))\n", r"line 4: asks with input\(\)"),
        ("from prep import xs\n# TODO\ny = xs * 2\n", "line 1: no module prep: put prep.py with the data beside"),
    ],
)
def test_what_is_not_understood_is_said_with_its_line(tmp_path: Path, source: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        proposed(tmp_path, source)


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("# TODO\ny = x + 1\nz = y\n\nw = 2\n", "# TODO\ny = None\nz = None\n\nw = 2\n"),
        ("# TODO\ny = x\ny += 1\nprint(y)\n", "# TODO\ny = None\nprint(y)\n"),
        ("for a in x:\n    # TODO\n    s += a\n", "for a in x:\n    # TODO\n    pass\n"),
        ("def f(a):\n    # TODO\n    b = a\n    return b\n", "def f(a):\n    # TODO\n    b = None\n    return b\n"),
        ("# TODO\ndef f(a):\n    '''Doc.'''\n    return a\n", "# TODO\ndef f(a):\n    '''Doc.'''\n    return None\n"),
        ("# TODO\na, b = 1, (2,\n 3)\n", "# TODO\na, b = None, None\n"),
        ("s += a  # TODO\n", "pass  # TODO\n"),
        ("while i < 3:\n    # TODO\n    s += i\n    i += 1\n", "while i < 3:\n    # TODO\n    pass\n    i += 1\n"),
        (
            "# BEGIN SOLUTION\ny = 1\n\nz = y\n# END SOLUTION\n",
            "# BEGIN SOLUTION\ny = None\n\nz = None\n# END SOLUTION\n",
        ),
        ("# TODO\ny = 1\n# END OF YOUR CODE\nz = 2\n", "# TODO\ny = None\n# END OF YOUR CODE\nz = 2\n"),
    ],
)
def test_a_template_loses_what_its_todos_ask_for_and_nothing_else(body: str, left: str) -> None:
    assert without_answers(body) == left


def test_a_template_of_every_shape_is_python_and_keeps_signatures_and_docstrings() -> None:
    for path in sorted(SHAPES.glob("*/solution.py")):
        source = path.read_text("utf-8")
        assert signatures(ast.parse(without_answers(source))) == signatures(ast.parse(source)), path


def signatures(tree: Any) -> list[tuple[str, str, str | None]]:
    kinds = (ast.FunctionDef, ast.ClassDef)
    found = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return [(node.name, ast.unparse(getattr(node, "args", ast.Tuple([]))), ast.get_docstring(node)) for node in found]


@pytest.mark.parametrize(("written", "range_"), [("[2, 5, 9]", (1, 11)), ("[3, 4, 7]", (1, 9)), ("[2, -5]", (-7, 4))])
def test_a_list_of_positive_whole_numbers_stays_positive(tmp_path: Path, written: str, range_: tuple[int, int]) -> None:
    source = f"def total(sizes):\n    # TODO\n    return sum(sizes)\n# Example\nprint(total({written}))\n"
    assert asked(proposed(tmp_path, source)).givens["total_sizes"].integers == range_


@pytest.mark.parametrize(
    ("numbers", "least"),
    [
        ("[0.5, 1.25, 1.9, 0.0, 2.0]", 0.0),
        ("[0.25, 2.5, 1.1, 0.7, 3.0]", 0.1),
        ("[[0.0, 1.5, 0.2], [0.4, 0.0, 2.5]]", 0.0),
        ("[1.0, 0.0, 0.0, 0.0, 0.0]", -1.0),
        ("[1.0, 2.5, 0.5, 0.25]", -3.0),
    ],
)
def test_five_numbers_of_which_none_is_negative_stay_so(tmp_path: Path, numbers: str, least: float) -> None:
    source = (
        "import numpy as np\ndef f(x, a):\n    # TODO\n    return a * x + 1\n\n"
        f"# Example\nx = np.array({numbers})\na = 1.5\ny = f(x, a)\n"
    )
    x = asked(proposed(tmp_path, source)).givens["x"]
    assert x.random is not None
    assert x.random[0] == least


@pytest.mark.parametrize(
    ("body", "varied"),
    [
        ("sum(a * b for a, b in zip(x[size:], w))", False),
        ("x.reshape(size, 2).sum(axis=1)", False),
        ("x[: 6 - size] @ w * x[size:].sum()", False),
        ("sum(x[i % 6] for i in range(size))", True),
        ("(x.reshape(6 // size, size) if size in (1, 3) else None).sum()", True),
    ],
)
def test_a_count_that_follows_from_other_inputs_stays_as_it_is(tmp_path: Path, body: str, varied: bool) -> None:
    source = (
        f"import numpy as np\ndef f(x, w, size):\n    # TODO\n    return {body}\n\n"
        "# Example\nx = np.array([1.5, -2.0, 0.5, 0.7, -0.1, 0.9])\nw = np.array([1.0, -2.5, 0.5])\n"
        "size = 3\ny = f(x, w, size)\n"
    )
    source = source if " w" in body else source.replace("return ", "return w.sum() * ")
    given = asked(proposed(tmp_path, source)).givens.get("size")
    assert (given is not None) == varied


@pytest.mark.parametrize(
    ("body", "example"),
    [
        ("(x - x.mean(axis=0)).T @ (x - x.mean(axis=0))", "np.array([[1.0, 2.5], [0.5, -1.0], [2.0, 0.3]])"),
        ("x.sum(axis=1)", "np.array([[1.0, 2.5, 0.2], [0.5, -1.0, 0.1]])"),
        (
            "x.max(axis=0) - x.min(axis=0)",
            "np.array([[1.0, 2.5, 0.2, 0.7], [0.5, -1.0, 0.1, 0.4], [0.2, 0.9, 1.1, 3.0]])",
        ),
    ],
)
def test_a_table_keeps_two_columns(tmp_path: Path, body: str, example: str) -> None:
    source = f"import numpy as np\ndef f(x):\n    # TODO\n    return {body}\n# Example\nx = {example}\nr = f(x)\n"
    file = asked(proposed(tmp_path, source))
    assert file.bank.dimensions[str(file.givens["x"].shape[1])][0] == 2


@pytest.mark.parametrize(
    "example",
    [
        "for f in (double, square):\n    print(f.__name__, f(1.5))\n",
        "for name, f in [('twice', double), ('by itself', square)]:\n    print(name, f(1.5))\n",
        "if __name__ == '__main__':\n    x = 1.5\n    for f in [double, square]:\n        print(f(x))\n",
    ],
)
def test_a_loop_over_functions_calls_each_of_them(tmp_path: Path, example: str) -> None:
    source = "def double(x):\n    # TODO\n    return 2 * x\ndef square(x):\n    # TODO\n    return x * x\n"
    file = asked(proposed(tmp_path, f"{source}# Example\n{example}"))
    assert [step.name for step in file.steps if step.points is not None] == ["double_result", "square_result"]


@pytest.mark.parametrize("word", ["row", "col", "left_column"])
def test_several_numbers_are_no_position_whatever_they_are_called(tmp_path: Path, word: str) -> None:
    source = (
        f"def ones({word}):\n    # TODO\n    return sum({word})\ndef first(x):\n    # TODO\n    return x[0]\n"
        f"# Example\nprint(ones([1, 1, 0, 1, 0, 1]), first([0.5, 2.0, 1.5]))\n"
    )
    assert asked(proposed(tmp_path, source)).givens[f"ones_{word}"].integers == (0, 1)


@pytest.mark.parametrize(
    "body",
    ["(x[k:] * x[:len(x) - k]).sum()", "abs(x[k:] - x[:len(x) - k]).sum()", "np.dot(x[: len(x) - k], x[k:])"],
)
def test_a_shift_stays_below_the_length_of_what_is_shifted(tmp_path: Path, body: str) -> None:
    source = (
        f"import numpy as np\ndef f(x, k):\n    # TODO\n    return {body}\n# Example\n"
        "x = np.array([0.1, 1.2, 0.9, -0.4, -1.1])\nk = 2\nr = f(x, k)\n"
    )
    file = asked(proposed(tmp_path, source))
    assert file.givens["k"].integers == (1, file.givens["x"].shape[0])
