"""The student's own modules, which lie beside the script: imported from memory, anew in every run."""

import ast
import re
import sys
from collections.abc import Iterable, Mapping
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType
from typing import Any

from .memory_files import FILES, HOME
from .own_checks import soften_checks
from .reading import Cell, parse

_WRITTEN = r"\s*%%(?:writefile|file)[ \t]+(?:\./)?([^\W\d]\w*)\.py[ \t]*\n"


class OwnModules:
    """A finder and loader of modules by their names; a name with others below it is a package."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}
        self._codes: Mapping[str, CodeType] = {}

    def hold(self, sources: Mapping[str, str]) -> None:
        """Let these modules be imported; one called as a module of Python's, or one that is there, is none of them."""
        sources = {name: text for name, text in sources.items() if _is_free(name.partition(".")[0])}
        self._sources = {**_packages(sources), **sources}
        FILES.sources |= {f"{HOME}/{name.replace('.', '/')}.py": text.encode() for name, text in sources.items()}
        if sources:
            # Before the finders of files, which the walls answer with an error instead of "not here".
            sys.meta_path.insert(0, self)

    def renew(self, codes: Mapping[str, CodeType]) -> None:
        """Forget what was imported; from now on these codes are run, made of the same modules."""
        self._codes = codes
        for name in self._sources:
            sys.modules.pop(name, None)

    def trees(self) -> dict[str, ast.Module]:
        """Return the syntax trees of those that can be parsed."""
        found = {}
        for name, source in self._sources.items():
            tree = parse(Cell(None, source)).tree
            if tree is not None:
                soften_checks([(source, tree)])
                found[name] = tree
        return found

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """Return how a module is loaded, if it is one of these."""
        if name not in self._sources:
            return None
        is_package = any(other.startswith(f"{name}.") for other in self._sources)
        return ModuleSpec(name, self, is_package=is_package)  # type: ignore[arg-type]

    def create_module(self, _: Any) -> None:
        """Let a usual module be made."""

    def exec_module(self, module: ModuleType) -> None:
        """Run a module; one that cannot be parsed raises where it is imported."""
        name = module.__name__
        code = self._codes.get(name) or compile(self._sources[name], f"{name}.py", "exec", dont_inherit=True)
        module.__file__ = f"{HOME}/{name.replace('.', '/')}.py"
        exec(code, module.__dict__)  # noqa: S102 - a part of the submission


def _is_free(name: str) -> bool:
    # What is imported is forgotten before each run: of numpy or the grader's own that would be the end of both.
    return name not in sys.stdlib_module_names and name not in sys.modules


def written_modules(cells: Iterable[Cell]) -> dict[str, str]:
    """Return the modules that a notebook writes beside itself: `%%writefile name.py` on top of a cell."""
    written = {}
    for cell in cells:
        match = re.match(_WRITTEN, cell.source) if cell.number is not None and "%%" in cell.source else None
        if match is not None:
            written[match[1]] = cell.source[match.end() :]
    return written


def _packages(sources: Mapping[str, str]) -> dict[str, str]:
    """Return the packages the modules lie in, empty."""
    names = [name.split(".") for name in sources]
    return {".".join(parts[:length]): "" for parts in names for length in range(1, len(parts))}


OWN_MODULES = OwnModules()
"""The modules of this process's submission."""
