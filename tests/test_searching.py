"""Givens wherever they are written, readings of an ambiguous script, and where to look for what was not found."""

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from graders.inside.hints import bound_below, hints
from graders.inside.memory_files import FILES
from graders.inside.modules import OwnModules
from graders.inside.reading import Cell, parse
from tests.support.rewritten import FIXED, NAMES, NUMPY, OTHER, keep_process, run

REST = "rate = 0.5\nw = np.array([[.5, -.6], [.1, -.2], [.1, .7]])\n"


@pytest.fixture(autouse=True)
def unchanged_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what running a script changes in its process."""
    keep_process(monkeypatch)


def attempted(source: str, reading: int) -> dict[str, Any] | None:
    """Return the names of a script in one of the ways to read it; None if it stops then."""
    try:
        return run(source, searching=True, reading=reading)
    except AssertionError:
        return None


@pytest.mark.parametrize(
    "source",
    [
        "a = []\na.append(.5)\na.append(.1)\na.append(-.2)\nout = np.array(a)",
        "a = []\nfor v in (.5, .1, -.2):\n    a.append(v)\nout = np.array(a)",
        "x = np.zeros(3)\nx[0] = .5\nx[1] = .1\nx[2] = -.2\nout = x",
        "v = np.zeros(3)\nv[:] = .5, .1, -.2\nout = v",
        "v = np.array([5., 1., -2.])\nv /= 10\nout = v",
        "v = np.empty(3)\nnp.copyto(v, [.5, .1, -.2])\nout = v",
        "import types\nout = types.SimpleNamespace(a=np.array([.5, .1, -.2])).a",
        "class A: pass\nA.v = np.zeros(3)\nA.v += np.array([.5, .1, -.2])\nout = A.v",
        "class A: pass\na = A()\nsetattr(a, 'x', np.array([.5, .1, -.2]))\nout = a.x",
        "pairs = [('x', np.array([.5, .1, -.2])), ('y', 3)]\nout = dict(pairs)['x']",
        "import functools\ndef f(a, b):\n    return a\nout = functools.partial(f, np.array([.5, .1, -.2]))(1)",
        "import json\nd = json.loads('{\"x\": [0.5, 0.1, -0.2]}')\nout = np.array(d['x'])",
        "import json\nd = json.loads('{\"first\": [0.5, 0.1, -0.2]}')\nout = np.array(d['first'])",
        "import json, types\nd = types.SimpleNamespace(**json.loads('{\"x\": [0.5, 0.1, -0.2]}'))\nout = np.array(d.x)",
        "def f():\n    v = np.zeros(3)\n    while not v.any():\n        v[:] = [.5, .1, -.2]\n    return v\nout = f()",
        "def f():\n    x = np.array([5., 1., -2.])\n    x *= .1\n    return x\nout = f()",
        "out = (lambda **names: names['x'])(x=np.array([.5, .1, -.2]))",
        "async def f():\n    v = np.zeros(3)\n    v += [.5, .1, -.2]\n    return v\ntry:\n    f().send(None)\n"
        "except StopIteration as end:\n    out = end.value",
    ],
)
def test_a_given_is_found_however_it_comes_to_be(source: str) -> None:
    # Where a list fills an array, the list may be the given, or the array behind it: the script decides.
    found = next(filter(None, (attempted(f"{NUMPY}{source}\n{REST}", reading) for reading in range(4))))
    np.testing.assert_array_equal(found["out"], OTHER["x"])
    assert not found["not_found"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # a weight that is trained is read again when it is another number
        (
            "import json\nd = json.loads('{\"x\": [0.5, 0.1, -0.2]}')\nsums = []\n"
            "for _ in range(2):\n    sums.append(sum(d['x']))\n    d['x'] = [1, 1, 1]\nout = sums[1]",
            3,
        ),
        # what is put in, and what is changed in place, stays what it is
        ("d = {'x': [.5, .1, -.2]}\nd['x'][0] = 7\nout = d['x'][0]", 7),
        ("d = {'x': [.5, .1, -.2]}\nd['x'].append(9)\nout = d['x'][-1]", 9),
        ("d = {'x': np.array([.5, .1, -.2])}\nd['x'] *= 2\nout = d['x'].tolist()", [2.0, 4.0]),
        ("x = np.array([.5, .1, -.2])\nprint(f'{0.5} {x}')\nout = {0.25: 1}[0.25]", 1),
        ("a = [1, 2, 3]\nfor a[0] in (4, 5):\n    pass\nout = a[0]", 5),
    ],
)
def test_what_only_looks_like_a_given_for_a_while_is_none(source: str, expected: object) -> None:
    assert run(f"{NUMPY}x = np.array([.5, .1, -.2])\n{source}\n{REST}", searching=True)["out"] == expected


def test_a_number_that_only_equals_a_given_is_it_in_another_reading_of_the_script() -> None:
    source = (
        f"{NUMPY}half = 0.5\nr = 0.5\nx = np.array([.5, .1, -.2])\nw = np.array([[.5, -.6], [.1, -.2], [.1, .7]])\n"
    )
    found = [run(f"{source}out = [half, r]", searching=True, reading=reading)["out"] for reading in range(3)]
    # `r` is short for rate; then both; then the other one
    assert found == [[0.5, 0.3], [0.3, 0.3], [0.3, 0.5]]
    assert run(f"{source}out = 1", searching=True)["readings"] == 3


def test_of_fewer_places_than_givens_some_givens_are_not_found() -> None:
    assert run(f"{NUMPY}x = np.array([.5, .1, -.2])\nout = 1", searching=True)["not_found"] == ["rate", "w"]


def test_an_assert_that_holds_for_the_lesson_s_numbers_only_stops_nothing_on_others() -> None:
    checks = "assert x[2] == -.2\nnp.testing.assert_allclose(x.sum(), .4)\n"
    decision = "try:\n    assert x[2] == -.2\n    out = 1\nexcept AssertionError:\n    out = 2\n"
    guarded = f"{decision}finally:\n    assert x[0] == .5\n"
    given = f"{NUMPY}x = np.array([.5, .1, -.2])\n{REST}"
    wider = {**OTHER, "x": np.array([1.0, 2.0, 3.0])}
    assert run(f"{given}{checks}out = x.tolist()", wider)["out"] == [1.0, 2.0, 3.0]
    assert run(given + guarded, wider)["out"] == 2  # here it decides how the script goes on
    assert run(f"{given}try:\n    assert x[0] == .5\nfinally:\n    out = 3", wider)["out"] == 3


def test_where_a_given_is_not_found_its_name_is_pointed_at_or_else_its_number() -> None:
    parsed = [parse(Cell(1, "y = 2 * 0.5\nv = [0.5]")), parse(Cell(2, "(")), parse(Cell(3, "inputs = f()"))]
    assert hints(parsed, FIXED, NAMES.givens) == {"rate": (1, 1), "x": (3, 1)}
    assert hints([parse(Cell(None, "v = [0.5]\nw = {0.5: 1}"))], FIXED, NAMES.givens).get("rate") != (None, 1)


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("f(1)\ndef f(a): pass", (None, 2)),
        ("f(1)\nif True:\n    import f", (None, 3)),
        ("f(1)\nx, f = 1, 2", (None, 2)),
        ("def f(a): pass\nf(1)", None),
        ("f(1)\ndef g():\n    f = 1", None),
        ("f(1)", None),
    ],
)
def test_what_is_defined_below_its_first_use_is_found(source: str, place: tuple[int | None, int] | None) -> None:
    line = source[: source.index("f(1)")].count("\n") + 1
    fault = {"type": "NameError", "message": "name 'f' is not defined", "line": line, "cell": None}
    assert bound_below([Cell(None, source)], fault).get("f") == place
    assert bound_below([Cell(None, source)], {**fault, "type": "ValueError"}) == {}


@pytest.fixture
def own_modules() -> Iterator[OwnModules]:
    """A finder of modules that is taken out of the process again."""
    before = dict(FILES.sources)
    finder = OwnModules()
    yield finder
    finder.renew({})
    FILES.sources = before
    if finder in sys.meta_path:
        sys.meta_path.remove(finder)


def test_own_modules_are_imported_from_memory_and_run_anew_each_time(own_modules: OwnModules) -> None:
    own_modules.hold(
        {"ownpart.sig": "calls = []\ndef f(a):\n    calls.append(a)\n    return len(calls)", "ownmain": ""}
    )
    text = "from ownpart.sig import f\nimport ownmain\nout = f(1)"
    for _ in range(2):
        own_modules.renew({})
        names: dict[str, object] = {}
        exec(text, names)
        assert names["out"] == 1
    assert FILES.sources["/student/ownpart/sig.py"].startswith(b"calls")
    assert own_modules.find_spec("another") is None


def test_an_own_module_that_is_no_python_raises_where_it_is_imported(own_modules: OwnModules) -> None:
    own_modules.hold({"ownbroken": "def ("})
    with pytest.raises(SyntaxError):
        exec("import ownbroken", {})
