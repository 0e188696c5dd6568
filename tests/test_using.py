"""Exercises that are functions, classes, loops and training scripts: hand-written ones for some of tests/shapes."""

import ast
import shutil
from dataclasses import replace
from pathlib import Path
from textwrap import indent
from typing import Any

import numpy as np
import pytest
import yaml

from graders.errors import ExerciseError
from graders.inside.allowing import AllowingRules, not_allowed
from graders.inside.definitions import defining
from graders.inside.kinds import REAL
from graders.inside.parsing import parse_module
from graders.inside.using import Use, Used
from graders.inside.watching import TimeLimitExceeded
from graders.outcome import Report, Verdict
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import decode_submission, read_submission
from tests.support.sandboxes import skipping_without_kernel

HERE = Path(__file__).parent
EXERCISES = sorted(path.stem for path in (HERE / "used").glob("*.yaml"))
SHORT = ("bike_network", "matrix_statistics")
"""A class and functions; the others take longer and are `long`."""
HEAD = """\
title: {en: A function, zh: 函数}
marker: "#mine.py#"
solution_marker: "#solution.py#"
limits: {wall_s: 5, cpu_s: 5, memory_mib: 512, output_kib: 64}
"""


def made(folder: Path, settings: str, reference: str) -> str:
    """Write an exercise made of these texts, and return its name."""
    exercise = folder / "exercises" / "mine"
    exercise.mkdir(parents=True)
    (folder / "reference").mkdir()
    (exercise / "exercise.yaml").write_text(HEAD + settings, encoding="utf-8")
    (folder / "reference" / "mine.py").write_text(reference, encoding="utf-8")
    return str(exercise)


def grade(folder: Path, settings: str, reference: str, *submissions: str) -> list[Report]:
    """Grade submissions of an exercise made of these texts."""
    materials = load_materials(made(folder, settings, reference))
    with skipping_without_kernel(), open_sandboxed(materials, Terms()) as grader:
        return [grader.grade(decode_submission("mine.py", text.encode())) for text in submissions]


def wrong_results(report: Report) -> set[str]:
    return {check.result for check in report.checks if check.verdict is not Verdict.CORRECT}


def test_a_record_of_the_students_own_is_kept_though_the_lines_define_one() -> None:
    use = Use("if 'Point' not in dir():\n    class Point:\n        x = 1.0\nr = f(Point)\n", {})
    source = "from collections import namedtuple\nPoint = namedtuple('Point', 'x')\nr = 3\ndef f(p): return p.x\n"
    kept = defining(parse_module(source).body, use.assigned - use.supplied)
    assert [statement.lineno for statement in kept] == [1, 2, 4]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in SHORT else pytest.mark.long) for name in EXERCISES]
)
def test_right_files_have_full_marks_and_wrong_ones_do_not(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "exercises" / name
    folder.mkdir(parents=True)
    (tmp_path / "reference").mkdir()
    shutil.copy(HERE / "used" / f"{name}.yaml", folder / "exercise.yaml")
    shutil.copy(HERE / "shapes" / name / "solution.py", tmp_path / "reference" / f"{name}.py")
    labels: dict[str, Any] = yaml.safe_load((HERE / "shapes" / name / "labels.yaml").read_text(encoding="utf-8"))
    with skipping_without_kernel(), open_sandboxed(load_materials(str(folder)), Terms()) as grader:
        for file, label in labels["files"].items():
            report = grader.grade(read_submission(HERE / "shapes" / name / file))
            assert (report.score.percent == 100) == (label["kind"] != "wrong"), (file, report.checks)
            assert Verdict.NOT_GRADED is not report.verdict


AFFINE = """\
submission: definitions
givens:
  A: {shape: [n, n], fixed: [[2.0, 1.0], [1.0, 3.0]], random: [-4.0, 4.0]}
  b: {shape: [n], fixed: [1.0, 2.0], random: [-4.0, 4.0]}
use: |
  product = times(A, b)
  x = solve(A, b)
steps:
  - {name: product, shape: [n], points: {fixed: 10, bank: 40}}
  - {name: x, shape: [n], tolerance: 1.0e-6, points: {fixed: 10, bank: 40}}
forbid: {solve: [np.linalg.solve, np.linalg.inv], times: [for]}
bank: {count: 20, dimensions: {n: [1, 3]}}
"""
TIMES = "import numpy as np\ndef times(A, b):\n    return A @ b\n"
ELIMINATION = """\
def solve(A, b):
    M = np.column_stack([A, b]).tolist()
    n = len(M)
    for k in range(n):
        p = max(range(k, n), key=lambda i: abs(M[i][k]))
        M[k], M[p] = M[p], M[k]
        for i in range(n):
            if i != k:
                factor = M[i][k] / M[k][k]
                M[i] = [a - factor * c for a, c in zip(M[i], M[k])]
    return np.array([M[i][n] / M[i][i] for i in range(n)])
"""


@pytest.mark.parametrize(
    ("solving", "line"),
    [
        ("def solve(A, b):\n    return np.linalg.solve(A, b)\n", 5),
        ("from numpy.linalg import solve as s\ndef solve(A, b):\n    return s(A, b)\n", 6),
        ("from numpy.linalg import *\nother = inv\ndef solve(A, b):\n    return other(A) @ b\n", 7),
        (
            "la = np.linalg\ndef library(A, b):\n    return la.solve(A, b)\n"
            "def solve(A, b):\n    return library(A, b)\n",
            6,
        ),
        ("def solve(A, b):\n    return getattr(np.linalg, 'solve')(A, b)\n", 5),
        ("def solve(A, b):\n    return vars(np.linalg)['solve'](A, b)\n", 5),
        ("def solve(A, b):\n    return __import__('numpy').linalg.__dict__['solve'](A, b)\n", 5),
        ("WAYS = {'lu': np.linalg.solve}\ndef solve(A, b):\n    return WAYS['lu'](A, b)\n", 4),
        ("way = lambda A, b: np.linalg.inv(A) @ b\ndef solve(A, b):\n    return way(A, b)\n", 4),
        ("from importlib import import_module as m\ndef solve(A, b):\n    return m('numpy.linalg').solve(A, b)\n", 6),
    ],
)
def test_what_a_function_must_not_use_costs_its_results_alone(solving: str, line: int, tmp_path: Path) -> None:
    (report,) = grade(tmp_path, AFFINE, TIMES + ELIMINATION, TIMES + solving)
    verdicts = {check.result: check.verdict for check in report.checks}
    assert verdicts == {"product": Verdict.CORRECT, "x": Verdict.NOT_ALLOWED}
    assert report.score.points == 50
    # The line may be another function's.
    told = f"(line {line}), itself or in what it calls"
    assert any(told in note and "solve uses np.linalg" in note for note in report.notes), report.notes


@pytest.mark.parametrize(
    ("solving", "word"),
    [
        ("def solve(A, b):\n    return eval('np.linalg.so' + 'lve')(A, b)\n", "eval"),
        (
            "def run(A, b):\n    d = dict(A=A, b=b, np=np)\n    exec('x = np.linalg.inv(A)@b', d)\n    return d['x']\n"
            "def solve(A, b):\n    return run(A, b)\n",
            "exec",
        ),
        ("def solve(A, b):\n    return getattr(np.linalg, ''.join(['so', 'lve']))(A, b)\n", "getattr"),
        ("import importlib as i\ndef solve(A, b):\n    return i.import_module('numpy.lin' + 'alg').solve(A, b)\n",
         "import_module"),
        ("from importlib import import_module as load\nL = load('numpy.' + 'linalg')\ns = L.solve\n"
         "def solve(A, b):\n    return s(A, b)\n", "import_module"),
        ("L = __import__('numpy.lin' + 'alg').linalg\nWAYS = [L.solve]\n"
         "def solve(A, b):\n    return WAYS[0](A, b)\n", "__import__"),
        ("run = eval\ndef solve(A, b):\n    return run('np.linalg.so' + 'lve')(A, b)\n", "eval"),
    ],
)  # fmt: skip
def test_what_hides_a_name_is_not_allowed_and_said_by_its_own(solving: str, word: str, tmp_path: Path) -> None:
    (report,) = grade(tmp_path, AFFINE, TIMES + ELIMINATION, TIMES + solving)
    assert report.score.points == 50
    assert any(f"solve uses {word}" in note for note in report.notes), report.notes


def test_what_hides_nothing_is_left_alone(tmp_path: Path) -> None:
    helper = "import re\nfrom re import compile\nWORD = compile('x')\ndef pick(table, name):\n"
    helper += "    return getattr(table, name or WORD.pattern)\nSIZES = [k for k in range(3)]\n"
    right = TIMES.replace("return A @ b", "return A @ b + 0 * SIZES[0]")
    code = ELIMINATION.replace("n = len(M)", "n = len(pick(np.array(M), 'T')[0])")
    (report,) = grade(tmp_path, AFFINE, TIMES + ELIMINATION, f"{helper}{right}{code}")
    assert report.score.percent == 100, report.notes


def test_a_loop_is_told_in_every_form(tmp_path: Path) -> None:
    loops = [
        "def times(A, b):\n    return np.array([sum(row * b) for row in A])\n",
        "def times(A, b):\n    c = b * 0\n    for i in range(len(b)):\n        c[i] = sum(A[i] * b)\n    return c\n",
    ]
    files = [f"import numpy as np\n{loop}{ELIMINATION}" for loop in loops]
    for report in grade(tmp_path, AFFINE, TIMES + ELIMINATION, *files):
        assert wrong_results(report) == {"product"}
        assert report.verdict is Verdict.NOT_ALLOWED


HELPED = """\
submission: definitions
givens:
  x: {shape: [n], fixed: [1.0, 2.0], random: [-4.0, 4.0]}
use: |
  y = double(x)
  total = add(x)
  again = add(y)
steps:
  - {name: y, shape: [n], points: {fixed: 10, bank: 20}}
  - {name: total, shape: [], points: {fixed: 10, bank: 20}}
  - {name: again, shape: [], points: {fixed: 10, bank: 30}}
bank: {count: 20, dimensions: {n: [1, 4]}}
"""
DOUBLE = "import numpy as np\ndef double(x):\n    return 2 * x\n"
ADD = "def add(x):\n    return np.sum(x)\n"
SUMMING = f"import numpy as np\n{ADD}"


@pytest.mark.parametrize(
    ("submission", "wrong"),
    [
        # an argument changed in place is changed for the lines that use it again
        (DOUBLE.replace("return 2 * x", "x *= 2\n    return x") + ADD, {"total"}),
        # nobody misses one that is not used again
        (DOUBLE + ADD.replace("return np.sum(x)", "x += 0\n    return np.sum(x)"), set()),
        # the array stays the student's, the next line gets its own
        (
            DOUBLE.replace("return", "global kept\n    kept = x\n    return")
            + ADD.replace("return", "kept[:] = 0\n    return"),
            set(),
        ),
        # a line that raises takes those with it that need its names
        (DOUBLE.replace("return 2 * x", "raise ValueError") + ADD, {"y", "again"}),
        (DOUBLE.replace("return", "y =") + ADD, {"y", "again"}),
        (DOUBLE + "def add(x):\n    return np.sum(y)\n", {"total", "again"}),
        (DOUBLE, {"total", "again"}),
        # the last definition wins, and nothing but definitions is run
        (DOUBLE + "def add(x):\n    return 0\n" + ADD + "raise SystemExit\n", set()),
        (DOUBLE + ADD + "x = np.array([1.0])\nprint(add(x))\nassert add(x) == 7\ninput()\n", set()),
        (DOUBLE + ADD + "if __name__ == '__main__':\n    add = None\n", set()),
        (DOUBLE + "_SUM = np.sum\nadd = lambda x: _SUM(x)\n", set()),
        ("import numpy as np\nFACTOR = 2.0\ndouble = np.vectorize(lambda v: FACTOR * v)\n" + ADD, set()),
        # a name may be given within an expression, too
        ("import numpy as np\n(FACTOR := 2.0)\n(double := np.vectorize(lambda v: FACTOR * v))\n" + ADD, set()),
        (DOUBLE + "(add := lambda x: x.sum())\n", set()),
        (DOUBLE + ADD + "(_ := 1 / 0)\n(x := 3)\n(y := input())\n", set()),
        # what makes or fills something of its own is no example, whatever it stands in
        (f"import sys\nif sys.version_info > (3,):\n{indent(DOUBLE, '    ')}{ADD}", set()),
        (f"{DOUBLE}for _ in (1,):\n    def add(x, scale=_):\n        return scale * x.sum()\n", set()),
        (f"{DOUBLE}_WAYS = {{}}\n_WAYS['sum'] = lambda x: x.sum()\ndef add(x):\n    return _WAYS['sum'](x)\n", set()),
        (f"{DOUBLE}_WAYS = []\n_WAYS.append(sum)\ndef add(x):\n    return _WAYS[0](x)\n", set()),
        (f"{DOUBLE}_ONE = 0\n_ONE += 1\ndef add(x):\n    return _ONE * x.sum()\n", set()),
        (f"{DOUBLE}def add(x):\n    add.calls += 1\n    return x.sum()\nadd.calls = 0\n", set()),
        (f"{DOUBLE}{ADD}for n in range(3):\n    add = None\n    print(double(n))\n", set()),
        (f"{DOUBLE}{ADD}shown = {{}}\nshown['sum'] = add(x)\nnp.pi = 3\nif x.size > 1:\n    add = None\n", set()),
        (f"{DOUBLE}{ADD}with open('none.txt') as file:\n    add = None\n", set()),
        (f"{DOUBLE}{ADD}_TWO = [1]\n_TWO[0] += 1 / 0\n", set()),
        # nor is what a function of the student's own makes a function of
        (
            f"{SUMMING}def times(k):\n    def scaled(x):\n        return k * x\n    return scaled\ndouble = times(2)\n",
            set(),
        ),
        (f"{SUMMING}def times(k):\n    return lambda x: k * x\ndouble = times(2)\n", set()),
        (f"{SUMMING}def times(*, k=2):\n    return lambda x: k * x\ndouble = times()\n", set()),
        (f"{SUMMING}def times(k):\n    return lambda x: k * x\ndouble, _ = times(k=2), times(3)\n", set()),
        (f"{SUMMING}def times(k):\n    return lambda x: k * x\ndouble = times(3)\n", {"y", "again"}),
        (f"{DOUBLE}{ADD}def times(k):\n    return lambda x: k * x\ndouble, add = times(x), add(x)\n", set()),
        # what is replaced is replaced for the submission alone
        ("import builtins\n" + DOUBLE + ADD + "builtins.len = None\nbuiltins.sum = lambda *_: 1\n", set()),
    ],
)
def test_each_line_of_use_stands_for_itself(submission: str, wrong: set[str], tmp_path: Path) -> None:
    (report,) = grade(tmp_path, HELPED, DOUBLE + ADD, submission)
    assert wrong_results(report) == wrong, (report.checks, report.fault)


def test_a_line_that_gave_none_did_not_stop_where_another_one_raised(tmp_path: Path) -> None:
    ends = "  - {name: low, shape: [], points: {fixed: 5}}\n  - {name: high, shape: [], points: {fixed: 5}}\n"
    asked = HELPED.replace("  again = add(y)\n", "  low, high = ends(x)\n  again = add(low)\n")
    asked = asked.replace("  - {name: again,", f"{ends}  - {{name: again,")
    reference = DOUBLE + ADD + "def ends(x):\n    return x.min(), x.max()\n"
    template = "".join(f"def {name}(x):\n    return None\n" for name in ("double", "add", "ends"))
    (report,) = grade(tmp_path, asked, reference, template)
    verdicts = {step.name: step.verdict for step in report.steps or ()}
    assert verdicts.pop("y") is Verdict.MISSING
    assert verdicts.pop("total") is Verdict.MISSING
    # of the line that unpacks nothing, and of the one that needs it
    assert set(verdicts.values()) == {Verdict.NOT_EVALUATED}
    assert report.counterexample is not None
    assert (report.counterexample.result, report.counterexample.actual) == ("y", None)


@pytest.mark.parametrize(
    ("submission", "said"),
    [
        (DOUBLE, "total = add(x)"),
        (DOUBLE + "def add(x, y):\n    return 0\n", "total = add(x)"),
        (SUMMING + "double = 2\n", "y = double(x)"),
        # the student's own line is known, and says more
        (DOUBLE + ADD.replace("return", "return 1 / 0 +"), None),
        (DOUBLE + ADD, None),
    ],
)
def test_a_line_of_use_that_raises_is_quoted_where_no_line_of_the_student_does(
    submission: str, said: str | None, tmp_path: Path
) -> None:
    (report,) = grade(tmp_path, HELPED, DOUBLE + ADD, submission)
    quoted = [note for note in report.notes if "where the exercise itself runs" in note]
    assert [note.partition(": ")[2] for note in quoted] == ([] if said is None else [said])


@pytest.mark.parametrize(
    ("defining", "using", "kind"),
    [
        ("_K = 1 / 0", "_K * np.sum(x)", "ZeroDivisionError"),
        ("_K, _L = np.finfo(float).epsilon, 1", "_L * np.sum(x)", "AttributeError"),
        ("(_K := [1][3])", "_K * np.sum(x)", "IndexError"),
        ("_K: float = float('one')", "_K * np.sum(x)", "ValueError"),
        ("_K = np.vectorise(abs)", "_K(np.sum(x))", "AttributeError"),
        # what nothing defines has no other reason
        ("_L = 1 / 0", "_K * np.sum(x)", "NameError"),
    ],
)
def test_a_definition_that_raises_is_told_where_its_name_is_missed(
    defining: str, using: str, kind: str, tmp_path: Path
) -> None:
    submission = f"{DOUBLE}{defining}\ndef add(x):\n    return {using}\n"
    (report,) = grade(tmp_path, HELPED, DOUBLE + ADD, submission)
    assert report.fault is not None
    assert (report.fault.type, report.fault.line) == (kind, 6 if kind == "NameError" else 4)


def test_a_function_that_never_ends_takes_only_its_own_results(tmp_path: Path) -> None:
    submission = f"import numpy as np\n{ADD}def double(x):\n    while True:\n        pass\n"
    materials = load_materials(made(tmp_path, HELPED, DOUBLE + ADD))
    limits = replace(materials.exercise.limits, cpu_s=1)
    short = replace(materials, exercise=replace(materials.exercise, limits=limits))
    with skipping_without_kernel(), open_sandboxed(short, Terms()) as grader:
        report = grader.grade(decode_submission("mine.py", submission.encode()))
    assert wrong_results(report) == {"y", "again"}
    assert {check.verdict for check in report.checks if check.result != "total"} == {Verdict.TIMEOUT}
    assert report.score.points == 30


def test_a_line_ended_by_a_limit_takes_what_it_works_on_and_is_left_out_on_later_cases() -> None:
    calls = []

    class Slow:
        level = 1

        def train(self) -> None:
            calls.append(self)
            raise TimeLimitExceeded

    def twice(line: str) -> tuple[Used, Used]:
        calls.clear()
        use = Use(f"model = Slow()\n{line}\nlevel = model.level\nother = 2", {})
        given_up: set[ast.stmt] = set()
        first, second = (use.run({"Slow": Slow}, {}, given_up=given_up) for _ in range(2))
        assert len(calls) == 1
        return first, second

    first, second = twice("model.train()")
    assert (first.scope["other"], second.scope["other"]) == (2, 2)
    assert set(first.errors) == set(second.errors) == {"model", "level"}
    # what is called for its value has no other work to do
    first, second = twice("value = model.train()")
    assert (first.scope["level"], second.scope["level"]) == (1, 1)
    assert set(first.errors) == set(second.errors) == {"value"}


HOSTILE = {
    "metaclass": "class M(type):\n    def __call__(cls, *a):\n        return 7\nclass double(metaclass=M):\n    pass\n",
    "class-getitem": (
        "class double:\n    def __class_getitem__(cls, i):\n        return 1\n"
        "    def __new__(cls, x):\n        return cls\n"
    ),
    "endless-generator": "import itertools\ndef double(x):\n    return (i for i in itertools.count())\n",
    "differs-at-each-access": (
        "class D:\n    n = 0\n    def __array__(self, *a, **k):\n        D.n += 1\n        return np.full(D.n, 1.0)\n"
        "def double(x):\n    return D()\n"
    ),
    "reaches-for-the-lines": (
        "import sys\ndef double(x):\n    frame = sys._getframe(1)\n    frame.f_globals['total'] = 0.0\n"
        "    frame.f_globals['add'] = None\n    return 0 * x\n"
    ),
    "changes-the-library": "def double(x):\n    np.array = np.sum = np.asarray = lambda *a, **k: 0\n    return x\n",
    "replaces-builtins": (
        "import builtins\nbuiltins.len = builtins.sum = lambda *a: 0\nbuiltins.isinstance = lambda *a: True\n"
        "builtins.__build_class__ = builtins.__import__ = None\ndef double(x):\n    return x\n"
    ),
    "changes-it-later": (
        "import threading, time\ndef double(x):\n    r = x.copy()\n    def later():\n        time.sleep(0.001)\n"
        "        r[:] = 2 * x + 1\n    threading.Thread(target=later, daemon=True).start()\n    return r\n"
    ),
    "claims-a-huge-shape": (
        "class H:\n    __array_interface__ = {'shape': (1 << 40,), 'typestr': '<f8', 'data': (8, False), "
        "'version': 3}\n"
        "def double(x):\n    return H()\n"
    ),
    "endless-sequence": (
        "class S:\n    def __len__(self):\n        return 1 << 40\n    def __getitem__(self, i):\n        return 1.0\n"
        "def double(x):\n    return S()\n"
    ),
    "exits": "def double(x):\n    import os\n    os._exit(0)\n",
    "equal-to-all": (
        "class E(np.ndarray):\n    def __eq__(self, o):\n        return True\n"
        "    def __sub__(self, o):\n        return 0\n"
        "def double(x):\n    return np.zeros(len(x)).view(E)\n"
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_function_gets_no_points_and_ends_no_run(name: str, tmp_path: Path) -> None:
    hostile, honest = grade(tmp_path, HELPED, DOUBLE + ADD, f"import numpy as np\n{HOSTILE[name]}{ADD}", DOUBLE + ADD)
    assert "y" in wrong_results(hostile)
    assert hostile.verdict is not Verdict.NOT_GRADED
    assert honest.score.percent == 100


SUMMED = """\
submission: definitions
givens:
  x: {shape: [n], fixed: [1.0, -2.0, 0.5], random: [-2.0, 2.0]}
use: |
  y = double(x)
  total = np.sum(y)
steps:
  - {name: total, shape: [], points: {fixed: 10, bank: 40}}
bank: {count: 10, dimensions: {n: [2, 4]}}
"""
ANSWERING = {
    "array": "class Liar(np.ndarray):\n    def __array_function__(self, f, types, args, kw):\n        return KEPT[0]\n"
    "def wrapped(x):\n    return x.view(Liar)\n",
    "ufunc": "class Liar(np.ndarray):\n    def __array_ufunc__(self, *args, **kw):\n        return KEPT[0]\n"
    "def wrapped(x):\n    return x.view(Liar)\n",
    "no array": "class Liar:\n    def __init__(self, x):\n        self.x = x\n    def __array__(self, *a, **kw):\n"
    "        return self.x\n    def __array_function__(self, f, types, args, kw):\n        return KEPT[0]\n"
    "def wrapped(x):\n    return Liar(x)\n",
    "frame": "import sys\nclass Liar:\n    @staticmethod\n    def sum(y):\n        return KEPT[0]\n"
    "def wrapped(x):\n    sys._getframe(2).f_globals['np'] = Liar\n    return x\n",
}


@pytest.mark.parametrize("name", ANSWERING)
def test_what_an_exercise_computes_from_a_result_is_not_answered_by_the_script(name: str, tmp_path: Path) -> None:
    """With what the property should be, and not what it would take to have it."""
    answering = f"KEPT = []\n{ANSWERING[name]}def double(x):\n    KEPT[:] = [2 * x.sum()]\n    return wrapped(x)\n"
    hostile, honest = grade(
        tmp_path, SUMMED, DOUBLE, f"import numpy as np\n{answering}", DOUBLE.replace("2 * x", "np.asmatrix(2 * x)")
    )
    assert hostile.score.points == 0
    assert honest.score.percent == 100


KINDS = """\
submission: definitions
givens:
  v: {shape: [n], fixed: [3.0, 4.0], random: [-4.0, 4.0]}
  kind: {fixed: relu, choice: [relu, sign, square]}
  k: {fixed: 2, integers: [1, 4]}
use: |
  direction = unit(v)
  order = numbers(v)
  told = describe(kind, k)
  rounded = mean(v)
  biggest = largest(v)
  refused = raises(lambda: describe(kind, -1))
steps:
  - {name: direction, shape: [n], up_to: sign, points: {fixed: 5, bank: 15}}
  - {name: order, shape: [n], up_to: permutation, points: {fixed: 5, bank: 15}}
  - {name: told, exactly: true, points: {fixed: 5, bank: 15}}
  - {name: rounded, shape: [], decimals: 2, points: {fixed: 5, bank: 15}}
  - {name: biggest, shape: [], tolerance: 1.0e-3, accept: [np.max(np.abs(v))], points: {fixed: 5, bank: 10}}
  - {name: refused, exactly: true, points: {fixed: 5}}
cases:
  - {v: [0.0, 1.0, 0.0], why: {en: zeros beside a number, zh: 含有零}}
bank: {count: 25, dimensions: {n: [2, 4]}}
"""
KINDS_SOLUTION = """\
import numpy as np

def unit(v):
    return v / np.linalg.norm(v)

def numbers(v):
    return np.sort(v)

def describe(kind, k):
    if k < 0:
        raise ValueError("negative")
    return {"kind": kind.upper(), "twice": [k, 2 * k], "even": k % 2 == 0, "none": None, (1, 2): 0.1 + 0.2}

def mean(v):
    return np.round(np.mean(v), 2)

def largest(v):
    return np.max(v)
"""


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        ("return v / np", "return -v / np", set()),
        ("return v / np.linalg.norm(v)", "return v / np.sum(np.abs(v))", {"direction"}),
        ("np.sort(v)", "v[::-1]", set()),
        ("np.sort(v)", "np.sort(np.abs(v))", {"order"}),
        ("np.round(np.mean(v), 2)", "np.mean(v)", set()),
        ("np.round(np.mean(v), 2)", "round(sum(v) / len(v), 2)", set()),
        ("np.round(np.mean(v), 2)", "np.round(np.mean(v), 2) + 0.01 * len(v)", {"rounded"}),
        ("np.round(np.mean(v), 2)", "np.round(np.mean(v), 1)", {"rounded"}),
        ("np.max(v)", "np.max(v) * 1.0001", set()),
        ("np.max(v)", "np.max(v) * 1.01", {"biggest"}),
        ("np.max(v)", "max(abs(v))", set()),
        ("np.max(v)", "np.max(v) if v[0] > 0 else np.max(np.abs(v))", {"biggest"}),
        ("[k, 2 * k]", "np.array([k, 2.0 * k])", set()),
        ("[k, 2 * k]", "(k, 2 * k)", set()),
        ("k % 2 == 0", "np.bool_(k % 2 == 0)", set()),
        ("0.1 + 0.2", "0.3", set()),
        ("k % 2 == 0", "1 - k % 2", {"told"}),
        ('"none": None, ', "", {"told"}),
        ("kind.upper()", "kind", {"told"}),
        ("[k, 2 * k]", "[2 * k, k]", {"told"}),
        ("ValueError", "TypeError", {"refused"}),
        ('        raise ValueError("negative")', "        return None", {"refused"}),
    ],
)
def test_each_kind_of_result_is_compared_as_it_asks(before: str, after: str, wrong: set[str], tmp_path: Path) -> None:
    assert before in KINDS_SOLUTION
    (report,) = grade(tmp_path, KINDS, KINDS_SOLUTION, KINDS_SOLUTION.replace(before, after))
    assert wrong_results(report) == wrong, report.checks


def test_a_counterexample_shows_texts_and_forms(tmp_path: Path) -> None:
    (report,) = grade(tmp_path, KINDS, KINDS_SOLUTION, KINDS_SOLUTION.replace("kind.upper()", "kind"))
    shown = report.counterexample
    assert shown is not None
    assert isinstance(shown.case["k"], int)
    assert shown.expected["kind"] == shown.case["kind"].upper()
    assert shown.actual["kind"] == shown.case["kind"]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("use: |\n", "other: |\n", "other: unknown key"),
        ("  y = double(x)\n", "  y = double(x\n", "exercise.yaml: use: line 1: '(' was never closed"),
        ("  y = double(x)\n", "  y = dubble(x)\n", "fails with NameError: name 'dubble' is not defined"),
        ("  y = double(x)\n", "  z = double(x)\n  y = z / np.zeros(len(x))\n", "y: not finite on the fixed example"),
        ("name: again, shape: []", "name: agian, shape: []", "agian: not assigned; expected in use"),
        ("name: again, shape: []", "name: again, shape: [n]", "again: found shape [], expected [2]"),
        ("name: again, shape: []", "name: again, in: add, shape: []", "found in a step within add"),
        ("name: again, shape: []", "name: again, in: '1', shape: []", "steps[2].in: found '1', expected the name of"),
        ("name: again, shape: []", "name: again, exactly: true, shape: []", "found a shape beside exactly"),
        ("name: again, shape: []", "name: again", "expected the given whose shape again must have"),
        ("name: again, shape: []", "name: again, shape: [], tolerance: 2", "steps[2].tolerance: found 2.0, expected"),
        ("name: again, shape: []", "name: again, shape: [], decimals: -1", "steps[2].decimals: found -1, expected"),
        ("name: again, shape: []", "name: again, shape: [], up_to: colour", "steps[2].up_to: Invalid enum value"),
        ("name: again, shape: []", "name: again, shape: [], accept: [nothing]", "accept: fails with NameError"),
        ("random: [-4.0, 4.0]", "random: [4.0, -4.0]", "givens.x.random: found [4.0, -4.0]"),
        (
            "random: [-4.0, 4.0]",
            "integers: [0, 4], random: [0, 1]",
            "givens.x: found random and integers, expected one",
        ),
        (", random: [-4.0, 4.0]", "", "givens.x: found none, expected one of random, powers, integers, choice"),
        ("random: [-4.0, 4.0]", "integers: [0, m]", "givens.x.integers: found 'm', expected a number or one of"),
        ("random: [-4.0, 4.0]", "integers: [1, n]", "givens.x.integers: found 1, which is not below the shortest n"),
        ("random: [-4.0, 4.0]", "powers: [-1, 1]", "givens.x.powers: found [-1.0, 1.0], expected powers of ten"),
        ("random: [-4.0, 4.0]", "choice: [1.0]", "givens.x.choice: found [1.0], expected at least two"),
        ("random: [-4.0, 4.0]", "choice: [red, blue]", "givens.x.fixed: found '[1.0, 2.0]', expected one of red, blue"),
        ("bank: {c", "modules: {data: {x: z}}\nbank: {c", "modules.data.x: found 'z', expected one of x"),
        ("bank: {c", "files: {d.csv: {columns: [z]}}\nbank: {c", "files.d.csv.columns: found z, expected some of x"),
        ("bank: {c", "cases: [{x: [1.0]}]\nbank: {c", "cases[0].why: found 'None', expected en and zh"),
        (
            "bank: {c",
            "cases: [{z: 1, why: {en: a, zh: b}}]\nbank: {c",
            "cases[0]: found 'z', expected givens (x) and why",
        ),
        (
            "bank: {c",
            "cases: [{x: a, why: {en: a, zh: b}}]\nbank: {c",
            "cases[0].x: found 'a', expected numbers of shape",
        ),
        (
            "bank: {c",
            "forbid: {add: [1+1]}\nbank: {c",
            "forbid.add: found '1+1', expected a name such as np.linalg.solve",
        ),
        ("submission: definitions", "submission: functions", "submission: Invalid enum value 'functions'"),
    ],
)
def test_what_is_wrong_with_an_exercise_is_one_line(before: str, after: str, problem: str, tmp_path: Path) -> None:
    assert before in HELPED
    exercise = made(tmp_path, HELPED.replace(before, after), DOUBLE + ADD)
    with pytest.raises(ExerciseError) as refused:
        load_materials(exercise)
    assert problem in str(refused.value)
    assert "\n" not in str(refused.value)


class Falsely(Exception):
    """Says that it was raised nowhere."""

    __traceback__ = None


def taking(values: np.ndarray) -> np.ndarray:
    values += 1
    return values * 2


def failing(*_: object) -> None:
    raise Falsely


LINES = [
    "a = taking(x)\nb = taking(x)\nc = x",
    "a = len(x)\nb = failing(a)\nc = a + 1\nd = b",
    "a = failing(x)\nb = y\nc = taking(y)\nd = y.sum()",
    "a = 1; b = failing(a); c = a\nd = x.sum()",
    "a = taking(\n    x\n)\nb = failing(\n    a\n)\nc = (\n    a\n)",
    "x = np.sort(x)\na = taking(x)\nb = x",
    "a = failing(x)\na = y\nb = a",
    "a = taking(x)\nb = failing(x)\nc = x.sum()",
]


@pytest.mark.parametrize("lines", LINES)
def test_lines_that_run_at_once_leave_what_they_leave_one_by_one(lines: str) -> None:
    case = {"x": np.array([3.0, 1.0]), "y": np.array([2.0])}
    use = Use(lines, dict.fromkeys(case, REAL))
    namespace = {"taking": taking, "failing": failing}
    told: tuple[list[str], list[str]] = [], []
    alone, at_once = (
        use.run(namespace, case, lambda error, to=to: to.append(type(error).__name__), noticing=noticing)  # type: ignore[misc]
        for to, noticing in zip(told, (True, False), strict=True)
    )
    assert told[0] == told[1]
    assert alone.errors.keys() == at_once.errors.keys()
    left, right = (
        {name: np.array(used.scope[name]).tolist() for name in "abcd" if name in used.scope}
        for used in (alone, at_once)
    )
    assert left == right
    assert case["x"].tolist() == [3.0, 1.0]


CHECK = "def check():\n    return np.linalg.inv(1)\n"


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("def solve():\n    def check():\n        return 1\n    return check()\n", 0),
        ("def solve(check):\n    return (lambda: check)()\n", 0),
        # within another function alone it is something else
        ("def solve():\n    def other():\n        check = 1\n    return check()\n", 1),
        ("def solve():\n    global check\n    check = check\n    check()\n", 1),
    ],
)
def test_a_name_that_a_function_binds_itself_is_nothing_of_the_others(source: str, count: int) -> None:
    rules = AllowingRules({"solve": ["np.linalg"]}, {})
    assert len(not_allowed([(None, ast.parse(CHECK + source))], rules)) == count
