"""The structure holds: lower layers only, no rings, one door per library, nothing trusted beside a submission."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import graders

PACKAGE = Path(graders.__file__).parent
DOORS = {
    "hypothesis": {"exercise/draws.py"},
    "yaml": {"yaml_reading.py", "reports/yaml.py"},
    "subprocess": {"sandbox/launch.py", "sandbox/spawning.py"},
    "jinja2": {"reports/html.py", "batch/overview.py", "reports/page/templates.py"},
    "watchfiles": {"command/watch.py"},
    "dask": {"batch/cluster.py"},
    "distributed": {"batch/cluster.py"},
    "ctypes": {"inside/canary.py", "inside/confinement.py"},
    "pickle": set(),
    "marshal": set(),
    "shelve": set(),
}
"""Which modules may import a library."""


@cache
def modules() -> dict[str, ast.Module]:
    files = [path for path in PACKAGE.rglob("*.py") if "content" not in path.parts]
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            members = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= members
            if not all(file_of(member) for member in members):  # something of the package's own, not only its modules
                names.add(node.module or "")
    return names


def file_of(name: str) -> str | None:
    if not name.startswith("graders."):
        return None
    path = name.removeprefix("graders.").replace(".", "/")
    if (PACKAGE / f"{path}.py").is_file():
        return f"{path}.py"
    return f"{path}/__init__.py" if (PACKAGE / path / "__init__.py").is_file() else None


def test_no_ring_of_imports() -> None:
    graph = {
        file: {target for name in imported(tree) if (target := file_of(name)) and target != file}
        for file, tree in modules().items()
    }
    done: set[str] = set()

    def visit(file: str, path: tuple[str, ...]) -> None:
        assert file not in path, f"ring: {' → '.join((*path, file))}"
        if file not in done:
            for target in graph[file]:
                visit(target, (*path, file))
            done.add(file)

    for file in graph:
        visit(file, ())


def test_what_shares_a_process_with_a_submission_imports_only_numpy_and_the_standard_library() -> None:
    for file, tree in modules().items():
        if file.startswith("inside/"):
            roots = {name.partition(".")[0] for name in imported(tree)} - {"inside"}
            assert roots <= sys.stdlib_module_names | {"numpy"}, file


def test_every_library_has_its_door() -> None:
    for file, tree in modules().items():
        roots = {name.partition(".")[0] for name in imported(tree)}
        for library, allowed in DOORS.items():
            assert library not in roots or file in allowed, f"{file} imports {library}"


def test_code_is_executed_in_few_places_only() -> None:
    ours = {
        "exercise/reference.py",
        "exercise/calculation.py",
        "exercise/whole.py",
        "authoring/trial.py",
    }  # what an exercise's author wrote
    calls = {
        file
        for file, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("exec", "eval")
    }
    inside = {"inside/modules.py", "inside/script.py", "inside/using.py", "inside/repairing.py"}
    assert calls == ours | inside


def test_only_the_command_line_prints() -> None:
    printing = {
        file
        for file, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing <= {"cli.py", "command/printing.py"}


def test_no_pattern_is_possessive() -> None:
    """Python 3.11 had a bug in them up to 3.11.4, which Debian 12 has: they match less than they should."""
    possessive = {
        file
        for file, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
        if any(sign in str(node.value) for sign in ("*+", "++", "?+", "}+", "(?>"))
    }
    assert possessive == set()


def test_modules_stay_small() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {path.name: count for path, count in lines.items() if count > 300} == {}


def test_grading_a_file_loads_nothing_that_runs_scripts_or_only_diagnoses() -> None:
    listed = "import sys, graders.command.one_file; print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", listed], capture_output=True, check=True, text=True).stdout.split()

    assert "graders.judging.checks" in loaded
    assert not {"graders.judging.evidence", "graders.judging.diagnosis", "graders.inside.recording"} & {*loaded}


def test_nothing_of_numpy_is_loaded_for_scripts_that_do_not_ask_for_it() -> None:
    """Numpy loads such parts when it is asked for them, which takes as long as a small submission."""
    listed = "import sys, graders.inside.child, graders.command.one_file; print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", listed], capture_output=True, check=True, text=True).stdout.split()

    assert {"numpy", "graders.inside.running"} <= {*loaded}
    assert not {"numpy.ma", "numpy.random", "numpy.polynomial", "numpy.fft"} & {*loaded}


def test_tests_share_what_is_in_their_support_folder_and_import_no_other_tests() -> None:
    for path in Path(__file__).parent.glob("test_*.py"):
        names = imported(ast.parse(path.read_text(encoding="utf-8")))
        assert not [name for name in names if name.startswith("tests.test_")], path.name


def test_all_names_what_can_be_imported() -> None:
    assert list(graders.__all__) == sorted(graders.__all__)
    for name in graders.__all__:
        assert getattr(graders, name) is not None


def test_a_folder_that_lists_its_modules_lists_them_all() -> None:
    listing = ("authoring", "batch", "command", "exercise", "inside", "intake", "judging", "page", "reports", "sandbox")
    for folder in listing:
        told = ast.get_docstring(modules()[f"{folder}/__init__.py"]) or ""
        there = {Path(file).name for file in modules() if Path(file).parent.as_posix() == folder} - {"__init__.py"}
        assert there == set(re.findall(r"^ *(\w+\.py) ", told, re.MULTILINE)), folder
