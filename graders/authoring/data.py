"""Data that lies beside a solution: a module it imports from, a text file that it reads."""

import ast
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from graders.authoring.trial import Tryout, attempt
from graders.errors import UsageError
from graders.exercise.calculation import SHOWING, one_line
from graders.inside.parsing import parse_module

# The blank last: in files with other delimiters one often stands beside them.
_DELIMITERS = (",", ";", "\t", " ")

_WRITING = {"savefig", "savetxt", "save", "savez", "to_csv", "write_text", "imsave"}

_LONGEST_TEXT = 100_000
"""Characters of a file: its text stands in `exercise.yaml`, a table's numbers and some other contents of a text."""


class DataText(NamedTuple):
    """A text file; `columns`: by given the numbers of one column, or of several side by side; or the text itself."""

    columns: Mapping[str, Any]
    delimiter: str
    header: Sequence[str]

    def text(self, values: Mapping[str, Any]) -> str:
        """Return the file's text with these values."""
        if self.is_whole:
            return "".join(values[name] for name in self.columns)
        blocks = [np.asarray(values[name]) for name in self.columns]
        rows = zip(*(block.reshape(len(block), -1).tolist() for block in blocks), strict=True)
        lines = [self.delimiter.join(self.header)] if self.header else []
        lines += [self.delimiter.join(repr(cell) for part in row for cell in part) for row in rows]
        return "\n".join(lines) + "\n"

    @property
    def is_whole(self) -> bool:
        """Whether it is a text, and no table of numbers."""
        return any(isinstance(value, str) for value in self.columns.values())


def find_modules(tree: ast.Module, folder: Path, where: str) -> tuple[dict[str, dict[str, str]], dict[str, Any]]:
    """Return the data modules beside the solution (what each offers, as which given), and the givens' values."""
    modules: dict[str, dict[str, str]] = {}
    values: dict[str, Any] = {}
    for module, names, line in _imported(tree):
        file = folder / f"{module}.py"
        if not file.is_file():  # a library, perhaps; what lies beside the solution comes first, as for Python
            _refuse_missing(module, line, where)
            continue
        offered = _offered(file, where)
        wanted = list(offered) if names == ["*"] else names
        if missing := [name for name in wanted if name not in offered]:
            raise UsageError(f"{where}: line {line}: {file.name} does not define {', '.join(missing)}")
        modules.setdefault(module, {}).update({name: name for name in wanted})
        values |= {name: offered[name] for name in wanted}
    return modules, values


def _imported(tree: ast.Module) -> Iterator[tuple[str, list[str], int]]:
    """Yield what is imported: the module, the names (`*` for all), and the line."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=aliases):
                yield module, [alias.name for alias in aliases], node.lineno
            case ast.Import(names=[ast.alias(name=module)]):
                yield module, ["*"], node.lineno


def _refuse_missing(module: str, line: int, where: str) -> None:
    """Refuse a module that is neither beside the solution nor installed; one that only shows is not needed."""
    root = module.partition(".")[0]
    if root not in SHOWING and find_spec(root) is None:
        raise UsageError(
            f"{where}: line {line}: no module {module}: put {module}.py with the data beside the solution; "
            "of libraries there is numpy"
        )


def _offered(file: Path, where: str) -> dict[str, Any]:
    """Run a data module and return its public values. Raises UsageError."""
    tree = parse_module(file.read_text(encoding="utf-8-sig"))  # spreadsheets and Windows' editors write the mark
    done = attempt(lambda: Tryout(tree, {}, str(file)).run({}))
    if isinstance(done, BaseException):
        raise UsageError(f"{where}: {file.name} fails with {one_line(done)}")
    public = {name: value for name, value in done.items() if not name.startswith("_") and name != "zip"}
    # a table of pandas is what its values are
    plain = {name: getattr(value, "values", value) for name, value in public.items() if not isinstance(value, dict)}
    return {name: value for name, value in plain.items() if isinstance(value, np.ndarray | list | tuple | int | float)}


def find_files(tree: ast.Module, folder: Path) -> dict[str, DataText]:
    """Return the text files beside the solution whose names stand in it as texts, but not those that it writes."""
    texts = {part.value for part in ast.walk(tree) if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    names = {text for text in texts if re.fullmatch(r"[\w./ -]+\.\w+", text) and (folder / text).is_file()}
    contents = {name: _text_in(folder / name) for name in sorted(names - set(_written_files(tree)))}
    return {name: _table(Path(name).stem, text) for name, text in contents.items() if text}


def _written_files(tree: ast.Module) -> Iterator[str]:
    """Yield the names of the files that a solution writes: a picture, its own results."""
    for part in ast.walk(tree):
        match part:
            case ast.Call(
                func=ast.Name(id="open"), args=[ast.Constant(value=str(name)), ast.Constant(value=str(mode))]
            ):
                if not mode.startswith("r"):
                    yield name
            case ast.Call(func=ast.Attribute(attr=method), args=arguments) if method in _WRITING:
                yield from (str(each.value) for each in arguments if isinstance(each, ast.Constant))


def _text_in(file: Path) -> str:
    """Return a file's text; empty for what is none, or more than an exercise can hold."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
    return text if len(text) <= _LONGEST_TEXT else ""


def _as_text(stem: str, text: str) -> DataText:
    prefix = re.sub(r"\W", "_", stem)  # longer than the stem, which may well be a name of the solution's
    return DataText({f"{prefix}_text": text}, ",", [])


def _table(stem: str, text: str) -> DataText:
    """Read a table with or without a line of names; what is none of numbers is a text as a whole."""
    lines = text.strip().splitlines()
    # the last line: the first may be names, with blanks in them
    delimiter = next((mark for mark in _DELIMITERS if mark in lines[-1]), ",") if lines else ","
    header, body = _header_and_body(lines, delimiter)
    if not _is_rectangle_of_numbers(body):
        return _as_text(stem, text)
    columns = [list(map(_read_number, column)) for column in zip(*body, strict=True)]
    prefix = re.sub(r"\W", "_", stem)  # two files may have columns of the same name
    names = [f"{prefix}_{re.sub(r'[^0-9a-zA-Z_]', '_', name)}" for name in header]
    return DataText(_grouped(columns, names, prefix), delimiter, header)


def _header_and_body(lines: Sequence[str], delimiter: str) -> tuple[list[str], list[list[str]]]:
    """Return the cells of the line of names, if there is one, and those of all other lines."""
    # Read by `csv`, not split: names may be quoted, and hold the delimiter.
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter)]
    if rows and not all(map(_is_number, rows[0])):
        return rows[0], rows[1:]
    return [], rows


def _is_rectangle_of_numbers(rows: Sequence[Sequence[str]]) -> bool:
    return len({len(row) for row in rows}) == 1 and all(_is_number(cell) for row in rows for cell in row)


def _grouped(columns: Sequence[Sequence[Any]], names: Sequence[str], prefix: str) -> dict[str, Any]:
    """Return named columns each by itself; without names, neighbours of the same kind as one given."""
    if names:
        return {name: _as_given(column) for name, column in zip(names, columns, strict=True)}
    groups: list[list[Sequence[Any]]] = []
    for column in columns:
        if groups and _kind(groups[-1][-1]) == _kind(column):
            groups[-1].append(column)
        else:
            groups.append([column])
    found = {}
    for index, group in enumerate(groups):
        block = group[0] if len(group) == 1 else list(zip(*group, strict=True))
        found[f"{prefix}_{index + 1}"] = _as_given(block)
    return found


def _as_given(block: Sequence[Any]) -> Any:
    """Return a column or several as a given; whole numbers stay a list, which keeps them whole: scripts call `int`."""
    array = np.array(block)
    return array.tolist() if array.dtype.kind == "i" else array


def _kind(column: Sequence[Any]) -> bool:
    return all(isinstance(cell, int) for cell in column)


def _read_number(cell: str) -> int | float:
    return int(cell) if re.fullmatch(r"[+-]?\d+", cell) else float(cell)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
