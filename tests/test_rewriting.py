"""Rewriting: on its own numbers a script does what it did; on others it computes with those."""

import array
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from graders.grading import Grader
from graders.inside.layouts import Layout, layouts
from graders.inside.likeness import as_numbers, replacement
from graders.inside.streams import Streams
from graders.submission import read_submission
from tests.support.rewritten import NUMPY, OTHER, keep_process, run

LESSON_W = "np.array([[.5, -.6], [.1, -.2], [.1, .7]])"


@pytest.fixture(autouse=True)
def unchanged_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what running a script changes in its process."""
    keep_process(monkeypatch)


@pytest.mark.parametrize(
    "source",
    [
        "out = x = np.array([.5, .1, -.2])",
        "x = out = np.array([.5, .1, -.2])",
        "x: np.ndarray = np.array([.5, .1, -.2])\nout = x",
        "out = (x := np.array([.5, .1, -.2]))",
        "x, rate = np.array([.5, .1, -.2]), .5\nout = x",
        "[x, rate] = np.array([.5, .1, -.2]), .5\nout = x",
        "pair = (np.array([.5, .1, -.2]), .5)\nx, rate = pair\nout = x",
        "x = np.array([5, 1, -2]) / 10\nout = x",
        "features = np.array([.5, .1, -.2])\nout = features",
        "def main():\n    x = np.array([.5, .1, -.2])\n    return x\nout = main()",
        "class A:\n    x = np.array([.5, .1, -.2])\nout = A.x",
        "class A:\n    def __init__(self):\n        self.x = np.array([.5, .1, -.2])\nout = A().x",
        "d = {}\nd['x'] = np.array([.5, .1, -.2])\nout = d['x']",
        "d = {'x': np.array([.5, .1, -.2])}\nout = d['x']",
        "def f(x=np.array([.5, .1, -.2])):\n    return x\nout = f()",
        "def f(a):\n    return a\nout = f(np.array([.5, .1, -.2]))",
        "def f(a):\n    return a\nout = f(a=np.array([.5, .1, -.2]))",
        "rows = [.5, .1, -.2]\nx = np.array(rows)\nout = x",
        "a, b, c = .5, .1, -.2\nx = np.array([a, b, c])\nout = x",
        "x = np.array([.5, .1, -.2], dtype=np.float64)\nout = x",
        "if True:\n    x = np.array([.5, .1, -.2])\nout = x",
        "for _ in range(1):\n    x = np.array([.5, .1, -.2])\nout = x",
        "def get():\n    return np.array([.5, .1, -.2])\nx = get()\nout = x",
    ],
)
def test_every_form_of_assignment_is_found(source: str) -> None:
    np.testing.assert_array_equal(run(NUMPY + source)["out"], OTHER["x"])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = [.5, .1, -.2]\nout = x", [1.0, 2.0]),
        ("x = (.5, .1, -.2)\nout = x", (1.0, 2.0)),
        ("x = np.array([[.5, .1, -.2]])\nout = x.tolist()", [[1.0, 2.0]]),
        ("x = np.array([[.5], [.1], [-.2]])\nout = x.tolist()", [[1.0], [2.0]]),
        (f"w = {LESSON_W}.T\nout = w.tolist()", [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]),
        ("rate = 1/2\nout = rate", 0.3),
        ("from fractions import Fraction\nrate = Fraction(1, 2)\nout = float(rate)", 0.3),
        ("rate = np.float32(.5)\nout = rate.dtype.name", "float32"),
        ("rate = np.array([.5])\nout = rate.tolist()", [0.3]),
    ],
)
def test_a_given_keeps_the_students_layout_and_type(source: str, expected: object) -> None:
    assert run(NUMPY + source)["out"] == expected


@pytest.mark.parametrize(
    ("written", "own", "other"),
    [
        ("np.array([1, 2])", "np.array([1, 2])", "np.array([1.0, 2.5])"),
        ("[1, 2]", "[1, 2]", "[1.0, 2.5]"),
        ("(1, 2)", "(1, 2)", "(1.0, 2.5)"),
        ("np.array([[1], [2]], dtype=np.int8)", "np.array([[1], [2]], dtype=np.int8)", "np.array([[1.0], [2.5]])"),
        ("np.array([1, 2], dtype=object)", "np.array([1, 2], dtype=object)", "np.array([1.0, 2.5], dtype=object)"),
        ("array.array('i', [1, 2])", "array.array('i', [1, 2])", "array.array('d', [1.0, 2.5])"),
        ("[1, 2.0]", "[1.0, 2.0]", "[1.0, 2.5]"),
    ],
)
def test_integers_stay_integers_on_the_students_own_numbers_and_no_others(written: str, own: str, other: str) -> None:
    """A change that is filled into `np.zeros_like(x)` is cut to zeros, as it is where the student runs the script."""
    value = eval(written, {"np": np, "array": array})
    numbers_in = as_numbers(value)
    assert numbers_in is not None
    axes = next(each for each in layouts(1, numbers_in.ndim) if each.shape((2,)) == numbers_in.shape)
    plan = replacement("x", axes, value, numbers_in)
    for numbers, expected in (([1.0, 2.0], own), ([1.0, 2.5], other)):
        built, wanted = plan.build(np.array(numbers)), eval(expected, {"np": np, "array": array})
        assert type(built) is type(wanted)
        assert repr(built) == repr(wanted)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = np.array([.5, .1, -.2])\nx = x.reshape(-1, 1)\nout = x.shape", (2, 1)),
        ("x = np.array([.5, .1, -.2])\nx = x * 2\nout = x.tolist()", [2.0, 4.0]),
        ("x = np.array([.5, .1, -.2])\nx *= 2\nout = x.tolist()", [2.0, 4.0]),
        ("rate = .5\ny = rate\nout = y", 0.3),
        ("rate = .5\nn = 7\nout = n", 7),
        ("rate = .5\nname = '0.5'\nout = name", "0.5"),
        ("rate = .5\nflag = True\nout = flag", True),
    ],
)
def test_what_the_student_computes_is_left_alone(source: str, expected: object) -> None:
    assert run(NUMPY + source)["out"] == expected


def test_a_changed_given_is_replaced_only_when_it_was_not_found_otherwise() -> None:
    source = NUMPY + "x = np.array([9., 9., 9., 9.])\nrate = .5\nout = x"
    assert run(source)["out"].tolist() == [9.0] * 4
    assert run(source, wide=("x",))["out"].tolist() == [1.0, 2.0]


def test_a_given_that_is_nowhere_is_said_to_be() -> None:
    assert run(NUMPY + "rate = .5\nout = 3")["not_found"] == ["x", "w"]


def test_values_are_kept_at_each_assignment_also_in_functions_and_parts() -> None:
    found = run(NUMPY + "def f():\n    out = np.zeros(2)\n    out[0] = 5\n    return 1\nf()")
    assert found["recorded"]["out"][1] == np.array([5.0, 0.0]).tobytes()


def test_an_unavailable_module_fails_only_when_it_is_used() -> None:
    assert run("import no_such_thing as nst\nfrom other_thing import a, b\nrate = .5\nout = rate")["out"] == 0.3
    guarded = "try:\n    import no_such_thing as m\nexcept ImportError:\n    m = 'instead'\nout = m"
    assert run(guarded)["out"] == "instead"


def test_layouts_are_found_in_both_directions() -> None:
    array = np.arange(6.0).reshape(2, 3)
    assert layouts(1, 2) == ((-1, 0), (0, -1))
    assert Layout((1, 0)).arrange(array).tolist() == array.T.tolist()
    assert Layout((1, 0)).shape((2, 3)) == (3, 2)
    assert layouts(2, 1) == ()


@pytest.mark.parametrize("layout", [layout for ndim in range(4) for wide in range(4) for layout in layouts(ndim, wide)])
def test_what_is_arranged_in_a_layout_is_restored_from_it(layout: Layout) -> None:
    ndim = sum(axis >= 0 for axis in layout)
    array = np.arange(120.0).reshape(2, 3, 4, 5)[(0,) * (4 - ndim)]
    restored = layout.restore(layout.arrange(array))
    assert restored is not None
    assert restored.tolist() == array.tolist()
    assert layout.fits(ndim)
    assert not layout.fits(ndim + 1)


@pytest.mark.parametrize("claimed", [(), (5,), (-7,), (0, 0), (1,), (-1, -1, 0)])
def test_a_layout_that_no_vector_has_fits_none(claimed: tuple[int, ...]) -> None:
    assert not Layout(claimed).fits(1)


def test_an_array_of_another_shape_is_not_restored() -> None:
    assert Layout((0, -1)).restore(np.zeros((2, 2))) is None
    assert Layout((0, -1)).restore(np.zeros(2)) is None


SAMPLE = sorted((Path(__file__).parent / "submissions" / "backprop" / "correct").glob("*.py"))[::5]


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
def test_on_its_own_numbers_a_rewritten_script_prints_what_it_printed(
    path: Path, grader: Grader, tmp_path: Path
) -> None:
    if "for_days" in path.stem:
        pytest.skip("nobody waits for what it prints")
    plain = subprocess.run(
        [sys.executable, str(path)],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
        cwd=tmp_path,  # some write files
    )
    submission = read_submission(path)
    if plain.returncode or "changed" in path.stem or "get_ipython" in submission.cells[0][1]:
        pytest.skip("stops by itself, or needs the grader's numbers")
    ours = grader.grade(submission).stdout
    assert ours.rstrip("…\n") == plain.stdout.decode().replace("\r\n", "\n")[: len(ours.rstrip("…\n"))]


def test_a_stream_that_a_script_took_away_is_there_again_in_the_next_run() -> None:
    streams = Streams()
    streams.capture(100)
    streams.renew()
    setattr(sys, "stdout", None)  # noqa: B010 - as a script does, which no type checker reads
    streams.silence()
    streams.renew()
    assert sys.stdout.writable()
