"""Observing: every value of a script is seen, another one can be put in, and nothing of that changes what it does."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.grading import Grader
from graders.inside.arrays import Array
from graders.inside.asking import read_asked
from graders.inside.cells import ExerciseSigns, select
from graders.inside.compiling import rewrite
from graders.inside.diagnosing import Diagnosing
from graders.inside.givens import Givens
from graders.inside.programs import Words
from graders.inside.protocol import CONFINED, DONE, encode, split
from graders.inside.reading import Cell
from graders.inside.script import Script
from graders.inside.sites import MAX_PASSES, MAX_SITES
from graders.sandbox.encoding import encode_diagnosing, encode_job, encode_request
from graders.sandbox.observed import MalformedReplyError, Observed, Put, Run, Trial, decode_observed, encode_trials
from graders.sandbox.reply import Reply, Stop
from graders.sandbox.server import KernelSandbox
from graders.sandbox.wire import decode_reply
from graders.submission import read_submission
from tests.support.rewritten import keep_process

CASES = [{"x": np.array([0.5, 0.1])}, {"x": np.array([2.0, 3.0, 5.0])}]
WORDS = Words(givens={"x": "x"}, recorded={"out": "out"})
EXERCISE = ExerciseSigns(marker="#m#", solution_marker="#s#", givens=WORDS.givens, results={"out": "out"})
HEAD = "import numpy as np\nx = np.array([.5, .1])\n"
ALL = [Trial(watched=None)]

pytestmark = pytest.mark.filterwarnings("ignore:the matrix subclass")  # that of the scripts, which are run as ever


@pytest.fixture(autouse=True)
def unchanged_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what running a script changes in its process."""
    keep_process(monkeypatch)


def observed(
    source: str | Sequence[Cell],
    trials: Sequence[Trial] = ALL,
    *,
    seconds: float = 20.0,
    cases: Sequence[Mapping[str, Array]] = CASES,
) -> Observed:
    """Run a script on the fixed example as it is, then observed on the cases, over the bytes of the wire."""
    cells = [Cell(None, HEAD + source)] if isinstance(source, str) else source
    parsed = select(cells, EXERCISE).cells
    program = rewrite(parsed, WORDS)
    script = Script(program)
    script.streams.silence()
    givens = Givens(script.sites, CASES[0], wide=())
    script.connect(givens, copying=False)
    script.execute()
    givens.decide()

    def set_case(case: Mapping[str, Array]) -> None:
        givens.inputs = case

    heads, put_in = encode_trials(trials)
    shapes = {"x": [case["x"].shape for case in cases]}
    asked = {"shapes": shapes, "trials": heads, "seconds": seconds, "describes": True}
    head, raw = split(encode(asked, [*(case["x"].tobytes() for case in cases), *put_in]))
    answer = Diagnosing(parsed, program, script, {"out": ["out"]}).answer(read_asked(head, raw, cases), set_case)
    head, raw = split(encode(*answer))
    return decode_observed(head, raw, len(cases))


def sites(source: str) -> list[tuple[str, str | None, str]]:
    return [(site.kind, site.name, site.source) for site in observed(source).sites if site.line > 2]


def plain(value: Array | str) -> object:
    return value if isinstance(value, str) else value.tolist()


def seen(found: Observed, text: str, *, case: int = 1, trial: int = 0, kind: str | None = None) -> list[object]:
    """Return what the sites with this source, or bound to this name, were, pass by pass."""
    numbers = {
        number
        for number, site in enumerate(found.sites)
        if text in (site.source, site.name) and kind in (None, site.kind)
    }
    return [plain(item.value) for item in found.runs[trial][case].seen if item.site in numbers]


def out(run: Run) -> object:
    assert run.crash is None, run.crash
    return plain(run.results["out"])


def number_of(source: str, text: str, kind: str | None = None) -> int:
    found = observed(source).sites
    return next(
        number
        for number, site in enumerate(found)
        if text in (site.source, site.name) and kind in (None, site.kind) and site.line > 2
    )


# What is a site


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("out = x * 2", [("assign", "out", "x * 2")]),
        ("out: float = x * 2", [("assign", "out", "x * 2")]),
        ("out = (a := x * 2) + 1", [("assign", "out", "(a := x * 2) + 1"), ("assign", "a", "x * 2")]),
        ("out = x\nout += 2 * x",
         [("assign", "out", "x"), ("augmented", "out", "out += 2 * x"), ("part", None, "2 * x")]),
        ("a, out = 1, x + 1", [("assign", "a", "1"), ("assign", "out", "x + 1")]),
        (
            "a, out = np.split(x * 1, 1)[0][:2]",
            [
                ("part", None, "np.split(x * 1, 1)[0][:2]"),
                ("part", None, "np.split(x * 1, 1)[0]"),
                ("part", None, "np.split(x * 1, 1)"),
                ("part", None, "x * 1"),
                ("assign", "a", "np.split(x * 1, 1)[0][:2]"),
                ("assign", "out", "np.split(x * 1, 1)[0][:2]"),
            ],
        ),
        (
            "out = np.zeros(2)\nout[0] = x[1]",
            [("assign", "out", "np.zeros(2)"), ("element", "out", "x[1]"), ("container", "out", "x[1]")],
        ),
        (
            "d = {'out': x.T}\nd['out'] = d['out'] * 2\nout = d['out']",
            [
                ("assign", "d", "{'out': x.T}"),
                ("entry", "out", "x.T"),
                ("assign", "out", "d['out'] * 2"),
                ("assign", "out", "d['out']"),
            ],
        ),
        ("out = [v * 2 for v in x]", [("assign", "out", "[v * 2 for v in x]"), ("part", None, "v * 2")]),
        ("f = lambda v: v * 2\nout = f(x + 1)",
         [("return", None, "v * 2"), ("assign", "out", "f(x + 1)"), ("argument", None, "x + 1")]),
        ("def f(v):\n    return v + 1, -v\nout = f(x)[1]",
         [("parameter", "v", "v"), ("return", None, "v + 1"), ("return", None, "-v"), ("assign", "out", "f(x)[1]"),
          ("part", None, "f(x)")]),
        ("out = []\nfor v in x:\n    out.append(v ** 2)", [("assign", "out", "[]"), ("argument", None, "v ** 2"),
          ("container", "out", "out.append(v ** 2)")]),
        ("def f():\n    yield x / 2\nout = next(f())",
         [("return", None, "x / 2"), ("assign", "out", "next(f())"), ("part", None, "f()")]),
        ("out = x if len(x) > 1 else -x", [("assign", "out", "x if len(x) > 1 else -x"), ("part", None, "-x")]),
        ("text = 'no number'\nout = x\nprint(out, text)", [("assign", "out", "x")]),
    ],
)  # fmt: skip
def test_a_site_is_every_expression_that_gives_a_value(source: str, expected: list[tuple[str, str, str]]) -> None:
    assert sites(source) == expected


def test_a_site_says_where_it_stands_and_what_it_reads() -> None:
    source = "class 网络:\n    def backward(self, 误差):\n        self.w = 误差 * (1 -\n            x)\n"
    found = observed(source + "out = 网络().backward(x)")
    site = next(site for site in found.sites if site.name == "w")
    assert (site.line, site.end_line, site.function) == (5, 6, "网络.backward")
    assert site.source == "误差 * (1 -\n            x)"
    assert set(site.loads) == {"误差", "x"}
    part = next(site for site in found.sites if site.source.startswith("1 -"))
    assert found.sites[part.parent] is site


def test_a_notebooks_cells_keep_their_numbers() -> None:
    cells = [Cell(2, HEAD), Cell(5, "%matplotlib inline\ny = x * 3\nout = y + 1")]
    found = observed(cells)
    assert [(site.cell, site.line, site.name) for site in found.sites] == [(2, 2, "x"), (5, 2, "y"), (5, 3, "out")]
    assert out(found.runs[0][1]) == [7.0, 10.0, 16.0]


def test_a_large_script_is_observed_within_bounds_its_own_values_before_their_parts() -> None:
    found = observed("".join(f"a{i} = x * {i} + x\n" for i in range(300)) + "out = a7")
    assert len(found.sites) <= MAX_SITES
    assert {site.kind for site in found.sites} == {"assign"}
    assert seen(found, "a299")
    found = observed("a = 0\n" + "# a comment of some length\n" * 4000 + "out = x * 2")
    assert [site.name for site in found.sites] == ["out"]
    assert len(observed("".join(f"a{i} = x\n" for i in range(1000)) + "out = x").sites) == MAX_SITES


@pytest.mark.parametrize("depth", [50, 300])
def test_a_deep_expression_is_observed_to_a_depth(depth: int) -> None:
    found = observed("out = " + " + ".join(["x"] * depth))
    assert out(found.runs[0][1]) == [2.0 * depth, 3.0 * depth, 5.0 * depth]
    assert len(found.sites) < 20


# What is observed


def test_a_folded_expression_is_seen_in_its_parts_in_the_order_of_execution() -> None:
    found = observed("out = (x - 1) * x * 2")
    assert seen(found, "x - 1") == [[1.0, 2.0, 4.0]]
    assert seen(found, "(x - 1) * x") == [[2.0, 6.0, 20.0]]
    texts = [found.sites[item.site].source for item in found.runs[0][1].seen]
    assert texts[1:] == ["x - 1", "(x - 1) * x", "(x - 1) * x * 2"]


def test_each_time_through_a_loop_is_a_pass_and_only_the_first_are_kept() -> None:
    found = observed("total = 0.0\nfor i in range(20):\n    total += i\nout = total")
    assert seen(found, "total", kind="augmented") == [float(sum(range(i + 1))) for i in range(MAX_PASSES)]
    assert [item.on_pass for item in found.runs[0][0].seen if found.sites[item.site].kind == "augmented"] == list(
        range(MAX_PASSES)
    )
    assert out(found.runs[0][0]) == 190.0


def test_each_call_is_a_pass() -> None:
    found = observed("def f(v):\n    return v * 2\nout = f(x) + f(x[:1])")
    assert seen(found, "v * 2") == [[4.0, 6.0, 10.0], [4.0]]


def test_a_value_is_kept_as_it_was_however_it_changes_later() -> None:
    found = observed("a = x * 1\nb = a[:]\na *= 0\nc = [1.0, 2.0]\nc[0] = 5.0\nout = a")
    assert seen(found, "x * 1") == seen(found, "b") == [[2.0, 3.0, 5.0]]
    assert seen(found, "c", kind="assign") == [[1.0, 2.0]]
    assert seen(found, "c", kind="container") == [[5.0, 2.0]]


def test_an_unpacked_given_is_seen_as_the_case_has_it() -> None:
    found = observed("pair = (np.array([.5, .1]), 7.0)\nx, seven = pair\nout = x * seven")
    assert [value for value in seen(found, "x") if value != [2.0, 3.0, 5.0]] == []
    assert out(found.runs[0][1]) == [14.0, 21.0, 35.0]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("np.float32(0.5)", 0.5),
        ("np.asmatrix([[1, 2]])", [[1.0, 2.0]]),
        ("[[1, 2], (3, 4.5)]", [[1.0, 2.0], [3.0, 4.5]]),
        ("[np.array([1.0]), np.array([2.0])]", [[1.0], [2.0]]),
        ("[x[0], x[1]]", [2.0, 3.0]),
        ("np.zeros(1000)", "shape:(1000,)"),
        ("[0.0] * 300", "type:list of other things"),
        ("[[1], [1, 2]]", "type:list"),
        ("10 ** 400", "type:int"),
        ("np.array([True])", [1.0]),
        ("True", None),
        ("{'b': 2, 'a': 1}", [1.0, 2.0]),
        ("{'a': [1]}", "type:dict"),
        ("np", "type:module"),
    ],
)
def test_a_value_is_numbers_or_a_word(value: str, expected: object) -> None:
    assert seen(observed(f"a = {value}\nout = x"), "a") == ([] if expected is None else [expected])


def test_what_raised_is_a_site_with_the_shapes_of_what_it_reads() -> None:
    found = observed("w = np.ones((4, 4))\ndef f(v):\n    return 1 + np.dot(v, w) * 2\nout = f(x)")
    crash = found.runs[0][1].crash
    assert crash is not None
    assert crash.site is not None
    assert found.sites[crash.site].source == "np.dot(v, w)"
    assert crash.operands == {"v": (3,), "w": (4, 4)}
    assert (crash.type, crash.line) == ("ValueError", 5)


def test_what_was_seen_before_a_crash_is_kept() -> None:
    found = observed("a = x * 2\nb = 1 / 0\nout = a")
    assert seen(found, "a") == [[4.0, 6.0, 10.0]]
    assert found.runs[0][0].results == {"out": "missing"}


# Nothing changes


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import functools\n@functools.lru_cache(maxsize=None)\ndef f(v=len(x)):\n    return v * 2\nout = f()", 6.0),
        ("import enum\nclass E(enum.Enum):\n    A, B = 1, 2\n    C, D = range(3, 5)\nout = float(len(E))", 4.0),
        ("class A:\n    def __init__(self):\n        self.v = 1\nclass B(A):\n    def __init__(self):\n"
         "        super().__init__()\n        self.v += 1\nout = float(B().v)", 2.0),
        ("from dataclasses import dataclass\n@dataclass\nclass P:\n    a: float = 1.5\nout = P().a * 2", 3.0),
        ("a = [0, 0]\ni = 0\ndef n():\n    global i\n    i += 1\n    return i\na[n() - 1] += 5\nout = i / 1", 1.0),
        ("def f():\n    t = 0\n    def g():\n        nonlocal t\n        t += x\n    g()\n    return t\nout = f()",
         [2.0, 3.0, 5.0]),
        ("g = np.zeros(3)\ndef f():\n    g[0] = 1\n    g[1:] += 2\nf()\nout = g", [1.0, 2.0, 2.0]),
        ("first, *rest = x\nout = rest", [3.0, 5.0]),
        ("a = b = x * 2\nb += 1\nout = a", [5.0, 7.0, 11.0]),
        ("def f(v, *a, k=1, **o):\n    return v * k\nout = f(*[x], **{'k': 2})", [4.0, 6.0, 10.0]),
        ("def f():\n    got = yield x * 2\n    yield got\ng = f()\nnext(g)\nout = g.send(x + 1)", [3.0, 4.0, 6.0]),
        ("out = eval('y + 1', {}, {'y': x})", [3.0, 4.0, 6.0]),
        ("def f():\n    y = x\n    return sorted(locals())\nout = float(len(f()))", 1.0),
        ("match len(x):\n    case 3:\n        out = x * 3\n    case _:\n        out = x", [6.0, 9.0, 15.0]),
        ("try:\n    y = x / None\nexcept TypeError:\n    out = x - 1\nelse:\n    out = x", [1.0, 2.0, 4.0]),
        ("with np.errstate(all='ignore'):\n    out = x / 1", [2.0, 3.0, 5.0]),
        ("def f(n):\n    return 0.0 if n == 0 else f(n - 1) + 1\nout = f(300)", 300.0),
        ("'''doc'''\ndef f():\n    '''of f'''\n    return 1.0\nout = f() if f.__doc__ == 'of f' else 0.0", 1.0),
        ("import nothing_of_the_kind\nout = x * 1", [2.0, 3.0, 5.0]),
        ("s = f'{x[0] * 2:.1f}'\nout = float(s)", 4.0),
        ("async def f():\n    return x * 2\ntry:\n    f().send(None)\nexcept StopIteration as e:\n    out = e.value",
         [4.0, 6.0, 10.0]),
    ],
)  # fmt: skip
def test_every_construct_does_what_it_did(source: str, expected: object) -> None:
    assert out(observed(source).runs[0][1]) == expected


HOSTILE = """
class Shifty:
    calls = 0
    def _count(self, *_):
        Shifty.calls += 1
        return Shifty.calls
    __len__ = __float__ = __getitem__ = _count
    def __array__(self, *_, **__):
        return np.zeros(self._count())
    @property
    def shape(self):
        return (self._count(),) * 3
    @property
    def __class__(self):
        self._count()
        return np.ndarray
    def __getattr__(self, name):
        self._count()
        raise AttributeError(name)
"""


def test_nothing_of_a_students_object_is_called() -> None:
    found = observed(
        HOSTILE + "a = Shifty()\nb = [a, a]\nc = (a,)\nd = {'e': a}\nd['f'] = a\nout = float(Shifty.calls)"
    )
    assert out(found.runs[0][1]) == 0.0
    assert set(map(str, seen(found, "a"))) == {"type:Shifty"}
    assert seen(found, "b") == ["type:list of other things"]


def test_a_students_own_array_or_number_type_is_read_without_its_methods() -> None:
    source = (
        "class Mine(np.ndarray):\n    seen = 0\n    def __array_finalize__(self, obj):\n        Mine.seen += 1\n"
        "    def tobytes(self, *_):\n        Mine.seen += 100\nclass F(float):\n    def __float__(self):\n"
        "        Mine.seen += 1000\n        return 3.0\n"
        "a = np.zeros(2).view(Mine)\nb = F(1.0)\nbefore = float(Mine.seen)\nout = before"
    )
    found = observed(source)
    assert out(found.runs[0][1]) == 1.0
    assert seen(found, "a") == [[0.0, 0.0]]
    assert seen(found, "b") == ["type:F"]


def test_a_type_whose_name_and_module_are_the_students_code_is_a_word() -> None:
    source = (
        "class Meta(type):\n    @property\n    def __name__(cls):\n        raise SystemExit\n    __module__ = 3\n"
        "class A(metaclass=Meta):\n    __module__ = [1]\na = A()\nout = x"
    )
    found = observed(source)
    assert out(found.runs[0][1]) == [2.0, 3.0, 5.0]
    assert seen(found, "a") == ["type:A"]


@pytest.mark.parametrize(
    "replacing",
    [
        "builtins._grader_observe = lambda n, v: 0.0",
        "del builtins._grader_observe",
        "_grader_observe = lambda n, v: 0.0",
    ],
)
def test_a_script_that_replaces_the_hook_spoils_its_own_run_only(replacing: str) -> None:
    source = f"import builtins\nif len(x) == 2:\n    {replacing}\nout = x * 2"
    found = observed(source, cases=[*CASES, CASES[1]])
    assert [out(run) for run in found.runs[0][1:]] == [[4.0, 6.0, 10.0]] * 2
    assert seen(found, "x * 2", case=2) == [[4.0, 6.0, 10.0]]


def test_a_million_passes_end_with_the_time_there_is_and_what_was_seen_is_kept() -> None:
    found = observed("a = 0.0\nwhile len(x) == 3:\n    a += 1.0\n", seconds=0.3)
    _, run = found.runs[0]
    assert run.crash is not None
    assert (run.crash.kind, run.crash.type) == ("time", "OutOfTime")
    assert seen(found, "a", kind="augmented") == [float(i) for i in range(1, MAX_PASSES + 1)]


def test_a_recursion_to_the_limit_is_the_students_own_fault_and_no_worse() -> None:
    found = observed("def f(n):\n    return f(n + 1) + 1\nout = f(0)")
    assert found.runs[0][1].crash is not None
    assert found.runs[0][1].crash.type == "RecursionError"


def test_numbers_there_is_no_room_for_are_left_out() -> None:
    source = "a = np.zeros(256)\n" + "".join(f"a{i} = a + 1\n" for i in range(350)) + "out = x"
    found = observed(source)
    assert seen(found, "a0")
    assert not seen(found, "a349")
    assert out(found.runs[0][1]) == [2.0, 3.0, 5.0]


# What is put in


def put(source: str, text: str, value: object, kind: str | None = None, on_pass: int = -1) -> Observed:
    """Put a value in on the second case only."""
    number = number_of(source, text, kind)
    return observed(source, [Trial([Put(number, [None, np.array(value, float)], on_pass)], watched=None)])


@pytest.mark.parametrize(
    ("source", "text", "kind", "expected"),
    [
        ("a = x * 2\nout = a + 1", "a", None, [2.0, 3.0, 4.0]),
        ("out = x * 2 + 1", "x * 2", None, [2.0, 3.0, 4.0]),
        ("a = x.tolist()\nout = a + a", "a", None, [1.0, 2.0, 3.0] * 2),
        ("a = tuple(x)\nout = list(a) if type(a) is tuple else 0.0", "a", None, [1.0, 2.0, 3.0]),
        ("a = x[:, None]\nout = a", "a", None, [[1.0], [2.0], [3.0]]),
        ("a = np.float32(1) * x.astype('f4')\nout = a + float(a.dtype == np.float32)", "a", None, [2.0, 3.0, 4.0]),
        ("a = np.zeros(3, int)\nout = a", "a", None, [1.0, 2.0, 3.0]),
        ("a = np.zeros(5)\nout = a", "a", None, [1.0, 2.0, 3.0]),
        ("a = None\nb = a or x[:0]\nout = b", "b", None, [1.0, 2.0, 3.0]),
        ("a = 0 * x\nb = a\na += x\nout = b", "a", "augmented", [1.0, 2.0, 3.0]),
        ("a = [0.0] * 3\nb = a\na[0] = x[0]\nout = b", "a", "container", [1.0, 2.0, 3.0]),
        ("a = 0 * x\nb = a\nfor i in range(len(x)):\n    a[i] = x[i]\nout = b", "a", "container", [1.0, 2.0, 3.0]),
        ("a, b = (lambda v: (v, v * 2))(x)\nout = b", "b", "assign", [1.0, 2.0, 3.0]),
        ("def f(v):\n    return v * 2\nout = f(x) + 1", "v * 2", None, [2.0, 3.0, 4.0]),
        ("def f(v):\n    return v\nout = f(v=x * 7) + 1", "x * 7", "argument", [2.0, 3.0, 4.0]),
        ("out = x * 2", "out", None, [1.0, 2.0, 3.0]),
        ("def main():\n    out = x * 2\nmain()", "out", "assign", [1.0, 2.0, 3.0]),
        ("def main():\n    if (out := x * 2) is not None:\n        y = (out := x * 3)\nmain()", "x * 3", "assign",
         [1.0, 2.0, 3.0]),
    ],
)  # fmt: skip
def test_what_is_put_in_takes_the_students_form_and_goes_on(
    source: str, text: str, kind: str | None, expected: object
) -> None:
    found = put(source, text, [1.0, 2.0, 3.0], kind)
    assert out(found.runs[0][1]) == expected
    assert out(found.runs[0][0]) == out(observed(source).runs[0][0])


def test_a_turned_value_is_turned_and_a_number_stays_one() -> None:
    source = "a = np.outer(x, [1.0, 2.0]).T\nb = float(x[0])\nout = a"
    assert out(put(source, "a", [[1, 2], [3, 4], [5, 6]]).runs[0][1]) == [[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]]
    assert out(put("b = x[0].item()\nout = b if type(b) is float else x", "b", [[7.0]]).runs[0][1]) == 7.0


def test_a_value_that_keeps_its_shape_takes_on_none_of_the_student_s() -> None:
    source = "a = np.sum(x)\nout = a"
    kept = Put(number_of(source, "a"), [None, np.array([7.0])], keeps_shape=True)
    assert out(observed(source, [Trial([kept])]).runs[0][1]) == [7.0]
    assert out(put(source, "a", [7.0]).runs[0][1]) == 7.0


@pytest.mark.parametrize(
    "source",
    [
        "a = np.dot(x, np.ones(9))\nout = a + 1",
        "a = missing * 2\nout = a + 1",
        "def f():\n    a = missing\n    return a + 1\nout = f()",
        "a = missing\nb = np.dot(a, np.ones(9))\nout = b + 1",
    ],
)
def test_a_value_may_be_put_in_where_nothing_can_be_computed(source: str) -> None:
    puts = [Put(number_of(source, name), [None, np.ones(3)]) for name in "ab" if f"{name} =" in source]
    found = observed(source, [Trial(puts, watched=None)])
    assert found.runs[0][0].crash is not None
    assert found.runs[0][1].crash is None
    assert out(found.runs[0][1]) == [2.0, 2.0, 2.0]
    assert sum(seen.site == puts[0].site for seen in found.runs[0][1].seen) == 1


def test_a_value_may_be_put_in_on_one_pass_alone() -> None:
    source = "out = []\nfor i in range(3):\n    out.append(i * x[0])"
    assert out(put(source, "i * x[0]", 9.0, on_pass=1).runs[0][1]) == [0.0, 9.0, 4.0]


def test_one_request_holds_many_trials_each_with_several_sites() -> None:
    source = "a = x * 2\nb = x * 3\nout = a + b"
    a, b = number_of(source, "a"), number_of(source, "b")
    ones, twos = np.ones(3), np.full(3, 2.0)
    found = observed(
        source,
        [
            Trial(watched=None),
            Trial([Put(a, [None, ones])], watched=[b]),
            Trial([Put(a, [None, ones]), Put(b, [None, twos])]),
            Trial(),
        ],
    )
    assert [out(trial[1]) for trial in found.runs] == [[10, 15, 25], [7, 10, 16], [3, 3, 3], [10, 15, 25]]
    assert [len(trial[1].seen) for trial in found.runs] == [len(found.sites), 1, 0, 0]


def test_trials_end_with_the_time_there_is() -> None:
    found = observed("import time\ntime.sleep(0.05)\nout = x", [Trial()] * 20, seconds=0.3)
    assert 1 <= sum(len(trial) for trial in found.runs) < 20


# In the sandbox


def samples(submissions: Path) -> list[Path]:
    folder = submissions / "backprop"
    return [*sorted((folder / "correct").iterdir())[::9], *sorted((folder / "wrong").iterdir())[::36]]


def test_the_observed_run_of_many_a_sample_has_the_results_of_the_one_that_is_scored(
    grader: Grader, submissions: Path
) -> None:
    """Bit for bit, and with every given taken as before."""
    sandbox: Any = grader._sandbox
    cases = grader.bank.cases[:4]
    request = encode_diagnosing(grader.exercise, cases, ALL, seconds=5, describes=True)
    compared = 0
    for path in samples(submissions):
        submission = read_submission(path)
        job = encode_job(grader.exercise, submission.cells)
        scored = sandbox.run(job).reply if submission.unreadable is None else None
        if scored is None or scored.bank is None:
            continue
        found = sandbox.ask(job, request, cases=len(cases)).reply.observed
        assert found is not None, path
        assert len(found.runs[0]) == len(cases), path
        for name, column in scored.bank.columns.items():
            for value, run in zip(column.values(len(cases)), found.runs[0], strict=True):
                assert repr(plain(run.results[name])) == repr(plain(value)), path
        compared += 1
    assert compared > 33


def test_steps_can_be_asked_for_before_and_after_a_diagnosis(grader: Grader) -> None:
    sandbox: Any = grader._sandbox
    source = (Path(__file__).parent / "submissions/backprop/correct/outer.py").read_text(encoding="utf-8")
    cases = grader.bank.cases[:3]
    job = encode_job(grader.exercise, [(None, source)])
    sandbox.run(job)
    steps = encode_request(grader.exercise, cases)
    trials = encode_diagnosing(grader.exercise, cases, ALL, seconds=5, describes=False)
    before, found, after = (sandbox.ask(job, each, cases=3).reply for each in (steps, trials, steps))
    assert found.observed is not None
    assert found.observed.sites == ()
    assert found.more is None
    for name, column in before.more.columns.items():
        for value, again in zip(column.values(), after.more.columns[name].values(), strict=True):
            np.testing.assert_array_equal(value, again)


@pytest.mark.skipif(sys.version_info[:2] == (3, 12), reason="Python 3.12 compiles no expression of so many terms")
def test_an_expression_of_thousands_of_terms_is_no_obstacle(grader: Grader) -> None:
    sandbox: Any = grader._sandbox
    source = (Path(__file__).parent.parent / "reference/backprop.py").read_text(encoding="utf-8")
    job = encode_job(grader.exercise, [(None, f"{source}\ntotal = {' + '.join(['error'] * 3000)}\n")])
    sandbox.run(job)
    request = encode_diagnosing(grader.exercise, grader.bank.cases[:2], ALL, seconds=5, describes=True)
    found = sandbox.ask(job, request, cases=2).reply.observed
    assert found is not None
    assert any(site.name == "total" for site in found.sites)
    assert not isinstance(found.runs[0][1].results["delta_w_h_o"], str)


def test_a_child_that_is_gone_is_asked_again_in_a_new_one(grader: Grader) -> None:
    sandbox: Any = grader._sandbox
    assert isinstance(sandbox, KernelSandbox)
    job = encode_job(
        grader.exercise, [(None, (Path(__file__).parent.parent / "reference/backprop.py").read_text(encoding="utf-8"))]
    )
    request = encode_diagnosing(grader.exercise, grader.bank.cases[:2], ALL, seconds=5, describes=True)
    sandbox.run(job)
    sandbox.release()
    execution = sandbox.ask(job, request, cases=2)
    assert execution.stop is Stop.BY_ITSELF
    assert execution.reply.observed is not None
    assert len(execution.reply.observed.runs[0]) == 2


# What arrives

SITE = ["assign", "a", None, 1, 1, 0, 5, "x * 2", "", -1, ["x"]]
FAULT = {"kind": "exception", "type": "ValueError", "message": "no", "line": 3, "cell": None}
GOOD: dict[str, Any] = {
    "kind": "observed",
    "sites": [SITE],
    "results": ["out"],
    "shapes": [[2], "missing"],
    "faults": [FAULT],
    "runs": [[-1, -1, [], [0, 0], [0]], [0, 0, [["x", 0]], [], [1]]],
    "passes": [0, 0],
    "alterations": [],
}
NUMBERS = [np.arange(4.0).tobytes()]
EMPTY: dict[str, Any] = {"values": {}, "faults": []}
FIXED: dict[str, object] = {
    "stdout": "",
    "givens": {},
    "not_found": [],
    "unavailable": [],
    "places": {},
    "names": [],
    "local": [],
}
FIXED |= {"readings": 1, "edition": None}
BEFORE = (
    CONFINED
    + encode({"kind": "fixed", "cells": [], "fault_of": [-1], **EMPTY, **FIXED})
    + encode({"kind": "bank", "fault_of": [-1], **EMPTY})
)


def arrived(head: Mapping[str, Any], raw: Sequence[bytes] = NUMBERS) -> Reply:
    return decode_reply(BEFORE + encode(dict(head), raw) + DONE, 2, more=2)


def test_a_reply_is_read() -> None:
    found = arrived(GOOD).observed
    assert found is not None
    first, second = found.runs[0]
    assert plain(first.seen[0].value) == [0.0, 1.0]
    assert plain(first.results["out"]) == [2.0, 3.0]
    assert second.crash is not None
    assert (second.crash.site, second.crash.operands, second.results["out"]) == (0, {"x": (2,)}, "missing")


@pytest.mark.parametrize(
    "forged",
    [
        {"sites": [SITE[:-1]]},
        {"sites": [["other", *SITE[1:]]]},
        {"sites": [[*SITE[:7], "x" * 201, *SITE[8:]]]},
        {"sites": [[*SITE[:9], 0, []]]},
        {"sites": [[*SITE[:3], -1, *SITE[4:]]]},
        {"sites": [[*SITE[:3], True, *SITE[4:]]]},
        {"sites": [SITE] * 401},
        {"shapes": [[3], "missing"]},
        {"shapes": [[-2], "missing"]},
        {"shapes": [[2.0], "missing"]},
        {"shapes": [[10**30], "missing"]},
        {"shapes": [[64, 65], "missing"]},
        {"shapes": [[1, 1, 1, 1, 2], "missing"]},
        {"shapes": [[2], "x" * 401]},
        {"shapes": [[2]]},
        {"faults": [FAULT | {"line": "3"}]},
        {"faults": [FAULT | {"more": 1}]},
        {"faults": []},
        {"runs": [[-1, -1, [], [0], [0]]]},
        {"runs": [[-1, 0, [], [0, 0], [0]]]},
        {"runs": [[-1, -1, [], [0, 0], [0, 0]]]},
        {"runs": [[-1, -1, [], [-1, 0], [0]]]},
        {"runs": [[-1, -1, [], [0, 0, 0, 0], []]]},
        {"runs": [[-1, -1, [], [0, 1] * 9, [0]]]},
        {"runs": [[-1, -1, [], [], [1]]] * 1001},
        {"results": []},
        {"passes": 0},
        {"passes": [0, -1]},
        {"passes": [0]},
        {"more": 1},
    ],
)
def test_a_forged_reply_is_refused(forged: dict[str, Any]) -> None:
    with pytest.raises(MalformedReplyError):
        arrived(GOOD | forged)


def test_numbers_that_do_not_fit_are_refused() -> None:
    for raw in ([b"1234567"], [NUMBERS[0], NUMBERS[0]], []):
        with pytest.raises(MalformedReplyError):
            arrived(GOOD, raw)


@pytest.mark.parametrize("data", [BEFORE, CONFINED])
def test_a_reply_that_nobody_asked_for_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedReplyError):
        decode_reply(data + encode(GOOD, NUMBERS), 2)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(st.data(), JSON, st.binary(max_size=64))
def test_whatever_stands_anywhere_in_a_reply_raises_only_the_wires_own_error(
    data: st.DataObject, other: Any, raw: bytes
) -> None:
    head = json.loads(json.dumps(GOOD))
    owner, key = head, data.draw(st.sampled_from(sorted(head)))
    while isinstance(owner[key], list) and owner[key] and data.draw(st.booleans()):
        owner, key = owner[key], data.draw(st.integers(0, len(owner[key]) - 1))
    owner[key] = other
    for numbers in (NUMBERS, [raw]):
        text = json.dumps(head).encode()
        try:
            found = decode_reply(BEFORE + len(text).to_bytes(4, "little") + len(b"".join(numbers)).to_bytes(4, "little")
                                 + text + b"".join(numbers), 2, more=2)  # fmt: skip
        except MalformedReplyError:
            continue
        assert isinstance(found, Reply)
