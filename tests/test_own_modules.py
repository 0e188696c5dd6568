"""A student's own modules: found beside the file or among the student's files, run with it, and with other numbers."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graders.batch.graded import sha256_of_remarks
from graders.exercise.loading import load_exercise
from graders.grading import Grader
from graders.intake.entry import wanted_by
from graders.intake.finding import find_entries
from graders.intake.reading import read_entry
from graders.submission import Submission, read_submission
from tests.support.sandboxes import RIGHT, kernel_grader

WANTED = wanted_by(load_exercise("backprop"))
MAIN = f"import helper\nfrom parts.sums import add\n{RIGHT}"
HELPER, SUMS = "one = 1\n", "def add(a, b):\n    return a + b\n"
HANDED_IN = {"backprop.py": MAIN, "helper.py": HELPER, "parts/sums.py": SUMS}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def packed(files: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def read_class(folder: Path) -> dict[str, Submission]:
    return {entry.key: read_entry(entry, WANTED) for entry in find_entries(folder, WANTED)}


def folder_each(folder: Path) -> None:
    write(folder / "ada", HANDED_IN)
    write(folder / "bob", {"backprop.py": MAIN})


def folder_within(folder: Path) -> None:
    write(folder / "ada" / "week 3", HANDED_IN)
    write(folder / "bob", {"backprop.py": MAIN})


def own_zip(folder: Path) -> None:
    write(folder / "bob", {"backprop.py": MAIN})
    (folder / "ada").mkdir()
    (folder / "ada" / "work.zip").write_bytes(packed({f"work/{name}": text for name, text in HANDED_IN.items()}))


@pytest.mark.parametrize("make", [folder_each, folder_within, own_zip])
def test_in_a_class_the_student_s_own_files_are_found_and_nobody_else_s(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path)
    read = read_class(tmp_path)
    ada, bob = (next(submission for key, submission in read.items() if key.startswith(name)) for name in ("ada", "bob"))
    assert dict(ada.modules) == {"helper": HELPER, "parts.sums": SUMS}
    assert any("helper.py" in str(note) for note in ada.notes)
    assert not bob.modules


def test_in_a_zip_of_a_class_the_same_holds(tmp_path: Path) -> None:
    files = {**{f"ada/{name}": text for name, text in HANDED_IN.items()}, "bob/backprop.py": MAIN}
    (tmp_path / "class.zip").write_bytes(packed(files))
    read = read_class(tmp_path / "class.zip")
    assert {key: sorted(submission.modules) for key, submission in read.items()} == {
        "ada": ["helper", "parts.sums"],
        "bob": [],
    }


def test_a_platform_s_flat_download_is_no_folder_of_one_student(tmp_path: Path) -> None:
    write(tmp_path, {"ada_12_1_backprop.py": MAIN, "ada_12_2_helper.py": HELPER, "bob_13_3_backprop.py": MAIN})
    read = read_class(tmp_path)
    assert {key.split("_")[0]: sorted(submission.modules) for key, submission in read.items()} == {
        "ada": ["helper"],
        "bob": [],
    }


def test_a_link_to_another_student_s_module_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "ada", HANDED_IN)
    write(tmp_path / "bob", {"backprop.py": MAIN, "other.py": ""})
    (tmp_path / "bob" / "helper.py").symlink_to(tmp_path / "ada" / "helper.py")
    (tmp_path / "bob" / "parts").symlink_to(tmp_path / "ada" / "parts")
    assert not read_class(tmp_path)["bob"].modules


def test_another_module_makes_an_earlier_row_stale(tmp_path: Path) -> None:
    write(tmp_path / "ada", HANDED_IN)
    before = sha256_of_remarks(read_class(tmp_path)["ada"])
    write(tmp_path / "ada", {"helper.py": "one = 2\n"})
    assert sha256_of_remarks(read_class(tmp_path)["ada"]) != before


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    yield from kernel_grader("backprop")


def graded(grader: Grader, folder: Path, files: dict[str, str]) -> tuple[float, str]:
    write(folder, files)
    report = grader.grade(read_submission(folder / "backprop.py"))
    return report.score.points, " ".join(report.notes)


GIVENS = RIGHT[RIGHT.index("x = np.array") : RIGHT.index("## Forward")]


@pytest.mark.parametrize(
    ("importing", "module"),
    [
        ("from givens import *", GIVENS),
        ("from givens import x, target, learnrate, weights_input_hidden, weights_hidden_output", GIVENS),
        (
            "import givens\nx, target, learnrate, weights_input_hidden, weights_hidden_output = givens.get()",
            "def get():\n    return (np.array([0.5, 0.1, -0.2]), 0.6, 0.5,\n"
            "            np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]), np.array([0.1, -0.3]))\n",
        ),
        (
            "from givens import Settings as s\nx, target, learnrate = s.x, s.target, s.learnrate\n"
            "weights_input_hidden, weights_hidden_output = s.w",
            "class Settings:\n    x = np.array([0.5, 0.1, -0.2])\n    target, learnrate = 0.6, 0.5\n"
            "    w = [np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]), np.array([0.1, -0.3])]\n",
        ),
    ],
)
def test_givens_in_an_own_module_are_set_as_in_the_script(
    grader: Grader, tmp_path: Path, importing: str, module: str
) -> None:
    files = {"backprop.py": RIGHT.replace(GIVENS, f"{importing}\n"), "givens.py": f"import numpy as np\n{module}"}
    points, notes = graded(grader, tmp_path, files)
    assert points == 100
    assert "run with your own givens.py" in notes
    wrong = {**files, "backprop.py": files["backprop.py"].replace("target - output", "output - target")}
    assert graded(grader, tmp_path, wrong)[0] == 0


def test_what_a_wrong_module_computes_is_wrong_and_what_raises_is_told_on_the_script_s_line(
    grader: Grader, tmp_path: Path
) -> None:
    head, _, rest = RIGHT.partition("def sigmoid(x):")
    main = f"{head}from sig import sigmoid\n{rest[rest.index('x = np.array') :]}"
    module = "import numpy as np\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x))\n"
    assert graded(grader, tmp_path, {"backprop.py": main, "sig.py": module})[0] == 100
    assert graded(grader, tmp_path, {"sig.py": module.replace("-x", "-2 * x")})[0] == 0
    (tmp_path / "sig.py").write_text(module.replace("1 / (1", "1 / (missing"), encoding="utf-8")
    fault = grader.grade(read_submission(tmp_path / "backprop.py")).fault
    assert fault is not None
    assert fault.line == main[: main.index("sigmoid(hidden_layer_input)")].count("\n") + 1
    (tmp_path / "sig.py").write_text("def (", encoding="utf-8")
    fault = grader.grade(read_submission(tmp_path / "backprop.py")).fault
    assert fault is not None
    assert (fault.type, fault.line) == ("SyntaxError", main[: main.index("from sig")].count("\n") + 1)


FUNCTIONS = "def backprop(rate):\n    delta_w_h_o, delta_w_i_h = rate, 2 * rate\n    return delta_w_h_o, delta_w_i_h\n"
PLAIN = "def run():\n    return 1, 2\n"
BOTH = "delta_w_h_o, delta_w_i_h = "


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        ({"backprop_fun.py": PLAIN, "main.py": f"from backprop_fun import run\n{BOTH}run()\n"}, "main.py"),
        ({"backprop.py": FUNCTIONS, "main.py": f"import backprop\n{BOTH}backprop.backprop(1)\n"}, "main.py"),
        (
            {"backprop.py": PLAIN, "mid.py": "from backprop import run\n", "go.py": f"import mid\n{BOTH}mid.run()\n"},
            "go.py",
        ),
        (
            {"backprop.py": f"import backprop_core as c\n{BOTH}c.backprop(1)\n", "backprop_core.py": FUNCTIONS},
            "backprop.py",
        ),
        ({"backprop.py": f"{BOTH}1, 2\n", "main.py": "import backprop\nprint(backprop.delta_w_h_o)\n"}, "backprop.py"),
        ({"backprop.py": f"{BOTH}1, 2\n", "test_it.py": f"import backprop\n{BOTH}0.1, 0.2\n"}, "backprop.py"),
        ({"backprop.py": "mine = 1\n", "one_hidden_unit.py": f"{BOTH}1, 2\n"}, "backprop.py"),
        ({"backprop.py": FUNCTIONS + "print(backprop(1))\n", "plot.py": f"{BOTH}0, 0\n"}, "backprop.py"),
    ],
)
@pytest.mark.parametrize("is_packed", [False, True])
def test_the_file_that_sets_the_results_counts_before_what_it_imports(
    tmp_path: Path, files: dict[str, str], counts: str, is_packed: bool
) -> None:
    write(tmp_path / "bob", {"backprop.py": f"{BOTH}1, 2\n"})
    write(tmp_path / "ada", {} if is_packed else files)
    if is_packed:
        (tmp_path / "ada").mkdir()
        (tmp_path / "ada" / "work.zip").write_bytes(packed(files))
    assert read_class(tmp_path)["ada"].file == ("work.zip/" if is_packed else "") + counts


def test_an_attempt_that_sets_no_result_is_told_of_where_another_file_does(tmp_path: Path) -> None:
    write(tmp_path / "ada", {"backprop.py": "mine = 1\n", "final.py": f"{BOTH}1, 2\n"})
    write(tmp_path / "bob", {"backprop.py": f"{BOTH}1, 2\n"})
    submission = read_class(tmp_path)["ada"]
    assert submission.file == "final.py"
    assert str(submission.notes[0]).startswith("ada/final.py was graded; there is also ada/backprop.py. ")
