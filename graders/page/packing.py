"""The archives of Python code in a page: what its judge and its runner import, and no more of the package than that."""

import ast
import importlib
import io
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from graders.inside.parsing import parse_module
from graders.reports.page.templates import COMPILED, compile_templates

PACKAGE = Path(__file__).resolve().parent.parent
STANDINS = Path(__file__).resolve().parent / "standins"

# What the judge needs and what is plain Python, or can do without its compiled part.
_LIBRARIES = ("jinja2", "markupsafe")

# A page has its cases with it, and no library to draw others.
_NEVER_CALLED = ("exercise/draws.py",)

_EPOCH = (1980, 1, 1, 0, 0, 0)  # so that the same files give the same bytes


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, content in sorted(files.items()):
            # Fixed time and compression, sorted names: the same code gives the same bytes.
            target.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


def runner_code() -> dict[str, bytes]:
    """Return the runner and the code that shares a process with a submission."""
    inside = {f"inside/{path.name}": path.read_bytes() for path in (PACKAGE / "inside").glob("*.py")}
    return {**inside, "runner.py": (PACKAGE / "page" / "runner.py").read_bytes()}


def judge_code() -> dict[str, bytes]:
    """Return the judge, the modules it imports, the templates, and what it needs of other packages."""
    files = {f"graders/{name}": (PACKAGE / name).read_bytes() for name in sorted(_needed("page/judge.py"))}
    files["graders/__init__.py"] = b""  # the package's own opens its whole API
    files.update(_templates())
    for path in STANDINS.glob("*/*.py"):
        files[path.relative_to(STANDINS).as_posix()] = path.read_bytes()
    for library in _LIBRARIES:
        files.update(_library(library))
    return files


def _templates() -> Iterator[tuple[str, bytes]]:
    """Yield the report's templates as Jinja2 has compiled them to Python."""
    with tempfile.TemporaryDirectory() as folder:
        compile_templates(Path(folder), but="overview")
        for path in Path(folder).iterdir():
            yield f"graders/reports/templates/{COMPILED}/{path.name}", path.read_bytes()


def _library(name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the Python files of an installed package."""
    module = importlib.import_module(name)
    assert module.__file__ is not None
    folder = Path(module.__file__).parent
    for path in folder.rglob("*.py"):
        yield f"{name}/{path.relative_to(folder).as_posix()}", path.read_bytes()


def _needed(first: str) -> set[str]:
    """Return a module's file and those of all that it imports, at once or later, as paths in the package."""
    found: set[str] = set()
    waiting = [first]
    while waiting:
        name = waiting.pop()
        if name not in found and name not in _NEVER_CALLED:
            found.add(name)
            waiting += _imported_files(name)
            # A package's own file is run when any of its modules is imported.
            waiting += [f"{parent}/__init__.py" for parent in map(str, Path(name).parents) if parent != "."]
    return found


def _imported_files(name: str) -> Iterator[str]:
    for node in ast.walk(parse_module((PACKAGE / name).read_bytes())):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, name)
            modules = [base, *(f"{base}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (file for module in modules if (file := _file(module)))


def _absolute(node: ast.ImportFrom, name: str) -> str:
    """Return the module that an import names, also where it says so by dots."""
    if not node.level:
        return node.module or ""
    package = ["graders", *Path(name).parts[: -node.level]]
    return ".".join([*package, *([node.module] if node.module else [])])


def _file(module: str) -> str | None:
    """Return the file of one of the package's modules; the package's own door is no part of a page."""
    top, _, rest = module.partition(".")
    if top != "graders" or not rest:
        return None
    path = rest.replace(".", "/")
    return next((file for file in (f"{path}.py", f"{path}/__init__.py") if (PACKAGE / file).is_file()), None)
