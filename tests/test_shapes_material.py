"""The exercises in tests/shapes are what their labels say, in plain Python and without the grader."""

import ast
import contextlib
import io
import json
import sys
import types
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import numpy as np
import pytest
import yaml

SHAPES = Path(__file__).parent / "shapes"
LABELS: dict[str, dict[str, Any]] = {
    path.parent.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(SHAPES.glob("*/labels.yaml"))
}
KINDS = ("script", "function", "several-functions", "class", "training-data", "loop", "kinds", "notebook")
DRAWS = 6
FIRST = {labels["exercise"]["shape"]: exercise for exercise, labels in reversed(LABELS.items())}
"""One exercise of each shape, whose files are tried in every run of the tests."""
DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
MISSING = object()


def files_of(kind: str) -> list[Any]:
    """Every (exercise, file) of this kind; two of three exercises are for a long run."""
    return [
        pytest.param(exercise, name, marks=() if exercise in FIRST.values() else pytest.mark.long)
        for exercise, labels in LABELS.items()
        for name, label in labels["files"].items()
        if label["kind"] == kind
    ]


def code_of(path: Path) -> str:
    """The Python code of a script or notebook, without the notebook's magics."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    cells = ["".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    lines = "\n".join(cells).splitlines()
    return "\n".join(line for line in lines if not line.startswith(("%", "!")) and not line.endswith("?"))


def executed(code: str, namespace: dict[str, Any] | None = None) -> dict[str, Any]:
    namespace = {"__name__": "__main__"} if namespace is None else namespace
    exec(compile(code, "<file>", "exec"), namespace)
    return namespace


@cache
def draws(exercise: str) -> list[dict[str, Any]]:
    """The example's own inputs (none changed), and some others."""
    draw = executed((SHAPES / exercise / "draws.py").read_text(encoding="utf-8"))["draw"]
    return [{}, *(draw(np.random.default_rng(seed)) for seed in range(DRAWS))]


def with_givens(statements: list[ast.stmt], given: dict[str, Any]) -> list[ast.stmt]:
    """The statements, each given's first assignment replaced by its drawn value."""
    left = dict.fromkeys(given)
    changed: list[ast.stmt] = []
    for statement in statements:
        changed.append(statement)
        if isinstance(statement, ast.Assign):
            names = [node.id for node in ast.walk(statement.targets[0]) if isinstance(node, ast.Name)]
            for name in [name for name in names if name in left]:
                del left[name]
                changed += ast.parse(f"{name} = _copied(_given[{name!r}])").body
    return changed


def copied(value: Any) -> Any:
    return value.copy() if hasattr(value, "copy") else value


@contextlib.contextmanager
def surroundings(exercise: str, given: dict[str, Any], folder: Path) -> Iterator[None]:
    """Data beside the script, a plot that does nothing, a fresh generator, nothing printed."""
    plots = MagicMock()
    modules: dict[str, Any] = {"matplotlib": plots, "matplotlib.pyplot": plots.pyplot}
    for name in LABELS[exercise]["exercise"].get("files", []):
        text = given.get(name, (SHAPES / exercise / name).read_text(encoding="utf-8"))
        if name.endswith(".py"):
            modules[name[:-3]] = types.ModuleType(name[:-3])
            vars(modules[name[:-3]]).update(executed(text) | given)
        else:
            (folder / name).write_text(text, encoding="utf-8")
    before = dict(sys.modules)
    sys.modules.update(modules)
    np.random.seed(0)
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for name in modules:
            del sys.modules[name]
        sys.modules.update(before)


def example_of(exercise: str) -> list[ast.stmt]:
    """The statements below `# Example`, and the imports that they may need."""
    text = (SHAPES / exercise / "solution.py").read_text(encoding="utf-8")
    start = text.splitlines().index("# Example")
    return [node for node in ast.parse(text).body if node.lineno > start or isinstance(node, ast.Import)]


def results_of(exercise: str, code: str, given: dict[str, Any], folder: Path, *, together: bool = False) -> list[Any]:
    """The results of a file's code on inputs, MISSING where there is none.

    A script runs as it is, of other files the definitions and then the solution's example; `together`: in one
    namespace, so that a function may find a name of the example.
    """
    label = LABELS[exercise]["exercise"]
    tree = ast.parse(code)
    extra = {"__name__": "__main__", "_given": given, "_copied": copied}
    namespace: dict[str, Any] = dict(extra)
    if label["functions"]:
        tree.body = [statement for statement in tree.body if isinstance(statement, DEFINITIONS)]
        example = with_givens(example_of(exercise), given)
    else:
        tree.body, example = [], with_givens(tree.body, given)
    with surroundings(exercise, given, folder):
        exec(compile(tree, "<file>", "exec"), namespace)
        if label["functions"] and not together:
            namespace = dict(namespace)
        for statement in example:
            try:
                exec(compile(ast.Module([statement], []), "<file>", "exec"), namespace)
            except Exception:
                # In an example the other calls still run; a script ends here.
                if not label["functions"]:
                    break
    return [copied(namespace.get(name, MISSING)) for name in label["results"]]


@cache
def expected(exercise: str, folder: Path) -> list[list[Any]]:
    """The solution's results on each of the draws."""
    solution = code_of(SHAPES / exercise / "solution.py")
    return [results_of(exercise, solution, given, folder) for given in draws(exercise)]


def same(found: Any, wanted: Any, tolerance: float) -> bool:
    """Texts, truth values and keys exactly, numbers within the tolerance of the largest element."""
    for kind in (str, bool | np.bool_, dict):
        if isinstance(wanted, kind) != isinstance(found, kind):
            return False
    if isinstance(wanted, dict):
        return found.keys() == wanted.keys() and all(same(found[k], wanted[k], tolerance) for k in wanted)
    if isinstance(wanted, str | bool | np.bool_):
        return bool(found == wanted)
    if found is None or found is MISSING:
        return False
    try:
        array, numbers = np.asarray(found), np.asarray(wanted)
    except ValueError:
        return False
    if numbers.dtype.kind not in "biuf":
        return len(found) == len(wanted) and all(same(f, e, tolerance) for f, e in zip(found, wanted, strict=True))
    if array.dtype.kind not in "biuf" or array.shape != numbers.shape:
        return False
    scale = np.max(np.abs(numbers), initial=0)
    return bool(np.all(np.abs(array - numbers) <= tolerance * scale))


def differing(exercise: str, code: str, folder: Path) -> list[list[str]]:
    """The names of the results that differ from the solution's, on the example and on each draw."""
    label = LABELS[exercise]["exercise"]
    tolerance = label.get("tolerance", 1e-9)
    found = []
    for given, right in zip(draws(exercise), expected(exercise, folder), strict=True):
        results = results_of(exercise, code, given, folder, together=not given)
        rows = zip(label["results"], results, right, strict=True)
        found.append([name for name, result, wanted in rows if not same(result, wanted, tolerance)])
    return found


def numbers_in(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple | np.ndarray):
        for item in value:
            yield from numbers_in(item)
    elif not isinstance(value, str):
        yield float(value)


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder scripts run in, one for all, so that the solutions' results are found only once."""
    return tmp_path_factory.mktemp("beside")


def test_there_are_three_exercises_of_each_shape() -> None:
    shapes = [labels["exercise"]["shape"] for labels in LABELS.values()]
    assert {shape: shapes.count(shape) for shape in shapes} == dict.fromkeys(KINDS, 3)


@pytest.mark.parametrize("exercise", LABELS)
def test_every_file_has_a_row_and_every_row_a_file(exercise: str) -> None:
    labels = LABELS[exercise]
    beside = {"labels.yaml", "draws.py", *labels["exercise"].get("files", [])}
    assert {path.name for path in (SHAPES / exercise).iterdir() if path.is_file()} - beside == set(labels["files"])


@pytest.mark.parametrize("exercise", LABELS)
def test_a_solution_has_todo_comments_and_finite_results(exercise: str, beside: Path) -> None:
    code = code_of(SHAPES / exercise / "solution.py")
    assert code.count("TODO") >= 2
    results = [result for row in expected(exercise, beside) for result in row]
    assert all(np.isfinite(number) for result in results for number in numbers_in(result))


@pytest.mark.parametrize(("exercise", "name"), files_of("right"))
def test_a_right_file_has_the_results_of_the_solution(exercise: str, name: str, beside: Path) -> None:
    assert not any(differing(exercise, code_of(SHAPES / exercise / name), beside))


@pytest.mark.parametrize(("exercise", "name"), files_of("wrong"))
def test_a_wrong_file_differs_in_what_its_label_names(exercise: str, name: str, beside: Path) -> None:
    label = LABELS[exercise]["files"][name]
    found = differing(exercise, code_of(SHAPES / exercise / name), beside)
    assert label["wrong"], "a wrong file must name a result"
    assert [n for n in LABELS[exercise]["exercise"]["results"] if any(n in row for row in found)] == label["wrong"]
    assert ("wrong" if found[0] else "right") == label["on_example"]


@pytest.mark.parametrize(("exercise", "name"), files_of("wrong"))
def test_the_culprit_put_right_makes_a_wrong_file_the_right_one(exercise: str, name: str) -> None:
    label = LABELS[exercise]["files"][name]
    lines = code_of(SHAPES / exercise / name).splitlines()
    right = code_of(SHAPES / exercise / label["from"]).splitlines()
    number = label["culprit"]["line"] - 1
    assert lines[number] != right[number]
    lines[number] = right[number]
    assert lines == right


@pytest.mark.parametrize(("exercise", "name"), files_of("wrong"))
def test_a_culprit_lies_in_the_function_its_label_names(exercise: str, name: str) -> None:
    culprit = LABELS[exercise]["files"][name]["culprit"]
    tree = ast.parse(code_of(SHAPES / exercise / name))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    functions = {f"{c.name}.{f.name}": f for c in classes for f in c.body if isinstance(f, ast.FunctionDef)}
    functions |= {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    around = [n for n, f in functions.items() if f.lineno <= culprit["line"] <= (f.end_lineno or 0)]
    assert around == ([] if culprit["function"] is None else [culprit["function"]])
