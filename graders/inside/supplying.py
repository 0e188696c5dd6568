"""Modules and files that an exercise makes of its givens: `from data_prep import features`, `np.loadtxt("data.csv")`.

Nothing is on a disk: an import finds a module made for this case, and a file of a declared name is a text in memory.
Used by the trusted side too, for the reference.
"""

import io
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from .arrays import Array
from .kinds import REAL, GivenKind, value_of

_LIKE_A_TABLE = (".values", ".iloc", ".loc", ".to_numpy", ".columns", ".head(")
"""Where a text names one of these, data is made to answer like a table of pandas; else it is plain arrays."""


class TextFile(NamedTuple):
    """A file's columns (names of givens), what stands between them, and the names in its first line, if any.

    A single given that is a text is the whole file.
    """

    columns: Sequence[str]
    delimiter: str
    header: Sequence[str]


class Supplies(NamedTuple):
    """What is made of givens: modules by name, with the given behind each attribute; files by name."""

    modules: Mapping[str, Mapping[str, str]]
    files: Mapping[str, TextFile]
    kinds: Mapping[str, GivenKind]

    @property
    def givens(self) -> set[str]:
        """The givens in them."""
        in_modules = {given for attributes in self.modules.values() for given in attributes.values()}
        return in_modules | {given for file in self.files.values() for given in file.columns}

    def modules_on(
        self, case: Mapping[str, Array], text: str, taken: Callable[[], object] = lambda: None
    ) -> dict[str, types.ModuleType]:
        """Return fresh modules for a case; `text`: what will import them. `taken` is called when data is taken."""
        # Only where it is asked for: a subclass of arrays slows every operation on it.
        wraps = _as_table if any(word in text for word in _LIKE_A_TABLE) else _as_it_is
        made: dict[str, types.ModuleType] = {}
        for name, attributes in self.modules.items():
            made[name] = _SuppliedModule(name, taken)
            for attribute, given in attributes.items():
                setattr(made[name], attribute, wraps(value_of(case[given], self.kinds.get(given, REAL))))
        return made

    def text_of(self, name: str, case: Mapping[str, Array]) -> str:
        """Return a file's content on a case."""
        file = self.files[name]
        columns: list[list[str]] = []
        for given in file.columns:
            value = value_of(case[given], self.kinds.get(given, REAL))
            if isinstance(value, str):  # no column, but the whole file
                return value
            # A given of two axes is as many columns of the file as it has itself.
            rows = value.T if isinstance(value, np.ndarray) and value.ndim == 2 else [value]
            columns += [[str(item) for item in (row.tolist() if isinstance(row, np.ndarray) else row)] for row in rows]
        lines = [file.delimiter.join(file.header)] if file.header else []
        lines += [file.delimiter.join(row) for row in zip(*columns, strict=True)]
        return "\n".join(lines) + "\n"

    def named(self, path: object) -> str | None:
        """Return the declared file that a path means, whatever folder it is in."""
        try:
            name = str(path).replace("\\", "/").rpartition("/")[2]
        except BaseException:  # noqa: BLE001 - a path of the submission's own class
            return None
        return name if name in self.files else None

    def reading(self, case: Callable[[], Mapping[str, Array]], usual: Callable[..., Any]) -> Callable[..., Any]:
        """Return `open` for a script: declared files are texts in memory, others are what they usually are."""

        def open_file(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
            name = self.named(file)
            if name is None or "w" in mode or "a" in mode:  # writing a file of this name is the sandbox's affair
                return usual(file, mode, *rest, **more)
            text = self.text_of(name, case())
            return io.BytesIO(text.encode()) if "b" in mode else io.StringIO(text)

        return open_file

    def loading(self, case: Callable[[], Mapping[str, Array]], usual: Callable[..., Any]) -> Callable[..., Any]:
        """Return `np.loadtxt` or `np.genfromtxt` for a script: a declared file is handed on as its content."""

        def load(fname: Any, *rest: Any, **more: Any) -> Any:
            # An open file, as `np.loadtxt(open("data.csv"))` hands it over, already has our text
            name = self.named(fname) if not hasattr(fname, "read") else None
            return usual(fname if name is None else io.StringIO(self.text_of(name, case())), *rest, **more)

        return load


class _SuppliedModule(types.ModuleType):
    """A module that says when something is taken from it: to be imported alone is nothing."""

    __slots__ = ("_taken",)  # not among its names

    def __init__(self, name: str, taken: Callable[[], object]) -> None:
        super().__init__(name)
        self._taken = taken

    def __getattribute__(self, name: str) -> Any:
        if name == "__dict__" or not name.startswith("_"):
            super().__getattribute__("_taken")()
        return super().__getattribute__(name)


class _Table(np.ndarray[Any, Any]):
    """An array that also answers to what is asked of a table of pandas."""

    @property
    def values(self) -> Any:
        """The plain array."""
        return np.array(self, subok=False)

    @property
    def iloc(self) -> Any:
        """The rows by number."""
        return self

    loc = iloc

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return [str(number) for number in range(self.shape[-1])] if self.ndim > 1 else []

    def to_numpy(self, *_: Any, **__: Any) -> Any:
        """Return the plain array."""
        return self.values

    def head(self, n: int = 5) -> Any:
        """Return the first rows."""
        return self[:n]


def _as_table(value: Any) -> Any:
    return value.view(_Table) if isinstance(value, np.ndarray) else value


def _as_it_is(value: Any) -> Any:
    return value
