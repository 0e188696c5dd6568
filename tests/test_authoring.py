"""A finished solution becomes an exercise that grades; what is wrong with an exercise is said in one line each."""

import ast
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from graders.authoring.checking import problems_of
from graders.authoring.mutants import all_mutants
from graders.authoring.scaffold import new_exercise
from graders.cli import main
from graders.errors import UsageError
from graders.exercise.asked import Exercise
from graders.exercise.bank import draw_bank
from graders.exercise.loading import exercise_names, load_exercise, root
from graders.exercise.reference import Reference
from graders.submission import read_submission
from tests.support.commands import run_grade
from tests.support.sandboxes import kernel_grader

ROOT = Path(__file__).parent.parent

SOLUTION = """\
import numpy as np

rate = 0.5
x = np.array([1, 2, 3])
w = np.array([[0.5, -0.5, 1e-6], [0.1, 0.2, 0.3], [0.4, 0.5, 0.6]])
unused = 7

total = np.dot(x, w)
# TODO: its square
# (element by element)
squares = total ** 2
## TODO: the change
delta_w = rate * x[:, None] * squares
print(delta_w)
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of exercises of the test's own."""
    for folder in ("exercises", "reference"):
        shutil.copytree(root() / folder, tmp_path / folder)
    monkeypatch.setattr("graders.exercise.loading.root", lambda: tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an exercise made of SOLUTION, for tests that only read it."""
    course = tmp_path_factory.mktemp("course")
    (course / "exercises").mkdir()
    (course / "solution.py").write_text(SOLUTION, encoding="utf-8")
    new_exercise(str(course / "exercises" / "mine"), course / "solution.py")
    return course / "exercises" / "mine"


def made(home: Path, source: str) -> Exercise:
    (home / "solution.py").write_text(source, encoding="utf-8")
    new_exercise("mine", home / "solution.py")
    return load_exercise("mine")


def replaced(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_givens_steps_and_results_are_read_from_the_solution(finished: Path) -> None:
    exercise = load_exercise(str(finished))
    assert list(exercise.givens) == ["rate", "x", "w"]
    assert exercise.fixed["w"][0].tolist() == [0.5, -0.5, 1e-6]
    assert exercise.givens["rate"].random == (0.1, 1.0)
    assert exercise.givens["x"].random == (-3.0, 3.0)
    assert [step.name for step in exercise.steps] == ["squares", "delta_w"]
    (result,) = exercise.results
    assert (result.name, result.updates) == ("delta_w", "w")
    assert result.points is not None
    assert (result.points.fixed, result.points.bank) == (20, 80)
    template = (finished / "mine.py").read_text(encoding="utf-8")
    assert "squares = None" in template
    assert "total = np.dot(x, w)" in template


def test_lengths_that_are_the_same_by_chance_are_two_dimensions(finished: Path) -> None:
    exercise = load_exercise(str(finished))
    assert exercise.givens["x"].shape == ["inputs"]
    assert exercise.givens["w"].shape == ["inputs", "hidden"]
    assert exercise.drawing.dimensions == {"inputs": (1, 8), "hidden": (2, 8)}


def test_a_length_the_solution_insists_on_stays(home: Path) -> None:
    exercise = made(
        home,
        "import numpy as np\nv = np.array([1, 2, 3, 4])\n# TODO\nm = v.reshape(2, 2) @ v[:2]\n"
        "# TODO\nr = m.sum() * v\n",
    )
    assert exercise.drawing.dimensions == {"inputs": (4, 4)}
    assert exercise.results[0].shape == ["inputs"]


def test_a_result_that_is_no_change_of_weights_has_a_shape_of_its_own(home: Path) -> None:
    new_exercise("mine", home / "reference" / "multilayer.py")
    shown, result = load_exercise("mine").results
    assert (shown.name, shown.shape) == ("hidden_layer_out", ["hidden"])
    assert (result.name, result.updates, result.shape) == ("output_layer_out", None, ["outputs"])


def test_points_of_several_results_add_up(home: Path) -> None:
    exercise = made(home, "a = 2.0\n# TODO\nb = a + 1\n# TODO\nc = a * 2\n# TODO\nd = a / 3\n")
    assert [(step.points.fixed, step.points.bank) for step in exercise.results if step.points] == [
        (7, 27),
        (7, 27),
        (6, 26),
    ]
    assert exercise.max_points == 100


def test_where_a_formula_alone_says_too_little_a_misconception_to_go_on_from_stands_as_a_comment(home: Path) -> None:
    loop = "    total = 0.0\n    for value in values:\n        total += value\n    return total\n"
    exercise = made(home, f"def added(values):\n    # TODO\n{loop}# Example\ntotal = added([1.5, 2.0, 0.5])\n")
    path = home / "exercises" / "mine" / "misconceptions.yaml"
    assert not exercise.misconceptions
    # Without the number signs, and with the step named, it is one.
    example = [line[2:] for line in path.read_text(encoding="utf-8").splitlines()[2:]]
    step = exercise.steps[-1].name
    path.write_text("\n".join(example).replace("a step or result", step), encoding="utf-8")
    (known,) = load_exercise("mine").misconceptions
    assert (known.id, known.step, known.replaces) == ("last-record-only", step, "total += value")


@pytest.mark.parametrize(
    ("choice", "is_said"),
    [
        ("np.argmax([x[0] / 3 + x[1] / 3, x[2] / 3])", True),
        ("int((x[0] + x[1]) / 10 * 10)", True),
        ("min([0, 2], key=lambda k: abs(x[k] / 7 - x[1] / 7))", True),
        ("np.argmax([x[0] / 3, x[2] / 3])", False),
    ],
)
def test_an_example_that_hangs_on_rounding_is_told(home: Path, choice: str, is_said: bool) -> None:
    source = f"import numpy as np\ndef f(x):\n    # TODO\n    return {choice}\n\n# Example\n"
    (home / "solution.py").write_text(f"{source}x = np.array([1, 2, 3])\ny = f(x)\n", encoding="utf-8")
    said = "\n".join(new_exercise("mine", home / "solution.py"))
    assert ("rounding alone decides y" in said) == is_said


def test_steps_without_marks_are_guessed_and_that_is_said(home: Path) -> None:
    (home / "solution.py").write_text(SOLUTION.replace("TODO", "next"), encoding="utf-8")
    said = "\n".join(new_exercise("mine", home / "solution.py"))
    assert "total, squares, delta_w  (guessed" in said
    assert [step.name for step in load_exercise("mine").steps] == ["total", "squares", "delta_w"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x = (1\n# TODO\ny = x", "line 1: '(' was never closed"),
        ("import numpy as np\nx = np.random.randn(4)\n# TODO\ny = x * 2\n", "line 2: x is drawn at random; write its"),
        ("print('hello')\n", "found 0 givens and 0 steps"),
        ("x = 1.0\n# TODO\ny = x / z\n", "fails with NameError"),
        ("n = int(input())\n# TODO\ny = n * 2\n", "line 1: asks with input(); write numbers"),
        ("import math\n# TODO\ny = math.sin(math.pi / 3)\n", "line 2: TODO: what stands below depends on no input"),
        ("def f(n):\n    # TODO\n    return lambda x: x + n\n# Example\ng = f(3)\nprint(g(4))\n", "line 6: no result"),
        ("x = 1.0\ny = x\n# TODO\n", "line 3: TODO: no statement below it"),
        ("def f(x):\n    # TODO\n    return x\n", "no call of f; below `# Example` write inputs as literals"),
        ("x = 1.5\ndef f():\n    # TODO\n    return 2\n# Example\ny = f()\n", "found no input"),
    ],
)
def test_a_solution_that_makes_no_exercise_is_one_line_and_leaves_nothing(
    home: Path, source: str, message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        made(home, source)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(home / "solution.py"))
    assert "\n" not in str(caught.value)
    assert not (home / "exercises" / "mine").exists()
    assert not (home / "reference" / "mine.py").exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("backprop", "is there already"),
        ("Mine", "expected small letters"),
        ("../x", "expected …/exercises/NAME"),
        (str(ROOT / "graders" / "exercises" / "x"), "name a folder of your own, such as ./exercises/x"),
    ],
)
def test_a_name_that_cannot_be_taken_is_refused(home: Path, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        new_exercise(name, home / "reference" / "backprop.py")


def test_a_new_exercise_grades_its_solution_and_its_template(finished: Path) -> None:
    for grader in kernel_grader(str(finished)):
        assert grader.grade(read_submission(finished.parent.parent / "solution.py")).score.points == 100
        assert grader.grade(read_submission(finished / "mine.py")).score.points == 0


def test_a_new_exercise_says_what_is_still_to_be_written(finished: Path) -> None:
    problems = problems_of(str(finished))
    assert [problem.partition(":")[0] for problem in problems] == ["exercise.yaml", "misconceptions.yaml", "README.md"]
    assert problems[0] == "exercise.yaml: FILL IN: still to be written: line 3, 4"


# a bank on which hundreds of mutants of a whole reference are run takes its time: one of loops, one of functions
SHORT = ("backprop", "gradient_descent", "multilayer", "one_hidden_unit", "gradient_records", "softmax_cross_entropy")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in SHORT else pytest.mark.long) for name in exercise_names()]
)
def test_nothing_is_wrong_with_the_exercises_shipped(name: str) -> None:
    assert problems_of(name) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "problem"),
    [
        ("exercise.yaml", "bank: 40", "bank: -40", "points: found 10.0 and -40.0, expected none below 0"),
        ("backprop.py", "error = None", "error = 0", "backprop.py: not what the reference gives; run"),
        ("README.md", "## English", "## Englisch", "README.md: no heading '## English'"),
        ("misconceptions.yaml", "    zh: >-", "    cn: >-", "[0].message: found ['cn', 'en'], expected en and zh"),
        ("misconceptions.yaml", "formula: output - target", "formula: target - output", "error-sign: gives the right"),
        (
            "misconceptions.yaml",
            "formula: output - target",
            "formula: outputs",
            "error-sign: name 'outputs' is not def",
        ),
        (
            "misconceptions.yaml",
            "formula: output - target",
            "formula: (output - target) ** 2",
            "error-squared: the same values as error-sign on the whole bank",
        ),
        ("exercise.yaml", "within: [0.05, 0.95]", "within: [0.5, 0.5000001]", "too few are informative"),
    ],
)
def test_what_is_wrong_is_said(home: Path, file: str, before: str, after: str, problem: str) -> None:
    replaced(home / "exercises" / "backprop" / file, before, after)
    replaced(home / "exercises" / "backprop" / "exercise.yaml", "count: 100", "count: 25")  # four times as fast
    problems = problems_of("backprop")
    assert [problem in found for found in problems] == [True], problems


def test_cases_on_which_the_reference_is_not_finite_are_not_drawn(home: Path) -> None:
    exercise = made(home, "x = 2.0\nz = 0.0\n# TODO\nr = x / (x - z)\n")
    reference = Reference(exercise)
    for seed in range(2):
        cases = draw_bank(exercise, reference, seed=seed, count=40).cases
        assert all(np.isfinite(reference.values(case)["r"]) for case in cases)


def test_a_reference_that_is_not_finite_on_the_lessons_numbers_is_said(home: Path) -> None:
    made(home, "x = 2.0\nz = 0.0\n# TODO\nr = x / (x - z)\n")
    replaced(home / "exercises" / "mine" / "exercise.yaml", "fixed: 0.0", "fixed: 2.0")
    assert problems_of("mine")[-1] == "reference/mine.py: r: not finite on the fixed example"


def test_a_weak_bank_is_said_with_each_mutant_that_survives(home: Path) -> None:
    replaced(
        home / "exercises" / "backprop" / "exercise.yaml",
        "{inputs: [1, 8], hidden: [1, 8]}",
        "{inputs: [1, 1], hidden: [1, 1]}",
    )
    problems = [problem for problem in problems_of("backprop") if "too weak" in problem]
    assert (
        "bank: too weak to catch delta_w_i_h = learnrate * hidden_error_term * x[None, :]  "
        "(transposed: x[:, None] → x[None, :])"
    ) in problems


def test_the_mutants_of_a_small_formula_are_these(home: Path) -> None:
    exercise = made(home, "a = 2.0\nb = 3.0\n# TODO\nc = a - b\n")
    found = {mutant.formula for mutant in all_mutants(exercise, Reference(exercise))}
    assert found == {"-(a - b)", "a + b", "a * b", "b - a", "a", "b", "b - b", "a - a"}
    assert all(ast.parse(formula) for formula in found)


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, shell=True, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=60
    )


def test_the_command_checks_and_refuses(tmp_path: Path) -> None:
    done = run_grade("--check-exercise", "multilayer", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "multilayer: nothing wrong\n")
    for arguments in (("--check-exercise", "nothing"), ("--new-exercise", "mine"), ("--new-exercise", "m", "no.py")):
        done = run_grade(*arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr.splitlines()[-1].startswith("grade: ")


def test_the_command_writes_a_new_exercise_and_says_what_is_next(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "solution.py").write_text(SOLUTION, encoding="utf-8")
    assert main(["--new-exercise", "mine", str(home / "solution.py")]) == 0
    said = capsys.readouterr().out
    assert f"{home}/exercises/mine/ and {home}/reference/mine.py are written." in said  # not here
    assert (home / "exercises" / "mine" / "mine.ipynb").exists()
    assert main(["--check-exercise", "mine"]) == 2
    assert capsys.readouterr().out.count("\n") == 3


def test_an_exercise_of_ones_own_is_written_graded_and_checked_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "solution.py").write_text(SOLUTION, encoding="utf-8")
    done = run_grade("--new-exercise", "./exercises/mine", "solution.py", cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "exercises/mine/ and reference/mine.py are written.")
    # What is to be typed next works where the author is, and touches nothing but the exercise.
    generate, check, grade = (line.partition(". ")[2].partition(": ")[0] for line in done.stdout.splitlines()[-3:])
    schema = ROOT / "docs" / "report.schema.json"
    before = schema.stat().st_mtime_ns
    (tmp_path / "exercises" / "mine" / "mine.py").unlink()
    assert "mine.py: not what the reference gives; run " in shell(check, tmp_path).stdout
    assert shell(generate, tmp_path).stdout.splitlines()[0] == str(tmp_path / "exercises" / "mine" / "mine.py")
    assert schema.stat().st_mtime_ns == before
    assert "exercise.yaml: FILL IN" in shell(check, tmp_path).stdout
    assert shell(f"{grade} --isolation process", tmp_path).returncode == 0
    # So does what its README tells students to type, and what a handout makes of it.
    told = (tmp_path / "exercises" / "mine" / "README.md").read_text(encoding="utf-8")
    assert told.count("`python grade.py -e ./exercises/mine exercises/mine/mine.py`") == 2
    typed = ("-e", "./exercises/mine", "exercises/mine/mine.py", "--isolation", "process")
    assert run_grade(*typed, cwd=tmp_path).returncode == 1  # a template below the pass mark
    assert run_grade("--handout", "./exercises/mine", "out", cwd=tmp_path).returncode == 0
    assert "`grade -e ./exercises/mine mine.py`" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert run_grade("-e", "exercises/mine/", "solution.py", "--isolation", "process", cwd=tmp_path).returncode == 0
    assert "exercise.yaml: FILL IN" in run_grade("--check-exercise", "./exercises/mine", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("source", "results"),
    [
        ("x = 1.5\n# TODO\ny = x * 2\ny += 1\n", ["y"]),
        ("x = 1.5\n# TODO\na, b = x * 3, x + 7\n", ["a", "b"]),
        ("x = 1.5\nn = 4\ns = 0\nfor i in range(n):\n    # TODO\n    s += x * i\nprint(s)\n", ["s"]),
        ("x = 1.5\nk: float = 2.0\n# TODO\ny = x * k\n", ["y"]),
        ("x = 1.5\n# TODO\ny = x * 2\n# TODO\ny = y + 1\n", ["y"]),
    ],
)
def test_any_line_of_a_script_may_compute_a_step(home: Path, source: str, results: list[str]) -> None:
    assert [step.name for step in made(home, source).results] == results


def test_what_a_function_changes_behind_the_lines_is_noticed(home: Path) -> None:
    source = "import numpy as np\nx = np.array([3.0, 1.0])\nnp.add.at(x, 0, 1)\n# TODO\ny = x * 2\n"
    with pytest.raises(UsageError, match="y: what the exercise computes is not what the script leaves"):
        made(home, source)


def test_a_solution_whose_guessed_ranges_give_no_bank_is_refused(home: Path) -> None:
    with pytest.raises(UsageError, match="has an answer on 0 of 40 random inputs only"):
        made(home, "import numpy as np\nx = 1.0\n# TODO\ny = np.log(x - 0.99) if x == 1 else np.log(-x)\n")


def test_a_wrong_file_and_a_class_end_with_the_misconceptions_mistake_and_a_right_file_does_not(
    finished: Path, tmp_path: Path
) -> None:
    shutil.copytree(finished.parent.parent, tmp_path / "course")
    folder = tmp_path / "course" / "exercises" / "mine"
    replaced(folder / "misconceptions.yaml", "total ** 2", "totals ** 2")
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "right.py").write_text(SOLUTION, encoding="utf-8")
    (tmp_path / "wrong.py").write_text(SOLUTION.replace("total ** 2", "total ** 3"), encoding="utf-8")
    for argument, status in (("class/right.py", 0), ("wrong.py", 2), ("class", 2)):
        done = run_grade("-e", folder, argument, "--isolation", "process", "-o", "out", cwd=tmp_path)
        assert done.returncode == status, done.stderr
        said = f"grade: {folder}/misconceptions.yaml: squares-sign: name 'totals' is not defined for squares\n"
        assert done.stderr == ("" if status == 0 else said)
