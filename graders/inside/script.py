"""A rewritten submission that is executed once per case, each time in a fresh `__main__`."""

import builtins
import gc
import io
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from types import CodeType
from typing import Any

import numpy as np

from .arrays import Array
from .beyond import STRAIGHT, Beyond
from .faults import OutputLimitExceeded, describe
from .givens import Givens
from .limiting import RESERVE
from .recording import Recorder
from .rewriting import Program
from .supplying import Supplies
from .syntax import GIVEN, KEEP, RECORD, UNAVAILABLE

_PRINT = builtins.print
_FILE = "/submission.py"  # absolute as Python makes it; a relative one would be looked up in the working folder

Namespace = dict[str, Any]


def set_up_process() -> None:
    """Make this process look to a submission like a run of its file, with nobody at the keyboard."""
    sys.argv = [_FILE.removeprefix("/")]
    sys.stdin = io.StringIO()
    sys.stderr = io.TextIOWrapper(Captured(None), "utf-8", "backslashreplace")
    for name, function in (("input", _no_input), ("get_ipython", Nothing), ("display", _PRINT)):
        setattr(builtins, name, function)


class Script:
    """Executes a program; `recorder` holds what the last execution assigned."""

    def __init__(self, program: Program, beyond: Beyond = STRAIGHT, sources: Sequence[str] = ()) -> None:
        self.recorder = Recorder(beyond)
        self.unavailable: set[str] = set()
        self.sites = program.sites
        self.places = program.places
        self._codes = program.codes
        self._files = frozenset(code.co_filename for code in program.codes)
        self._needs_too_much = False
        self._beyond = beyond
        self._text = "\n".join(sources)
        self._givens: Givens | None = None
        if beyond.supplies is not None and beyond.supplies.files:
            self._supply_files(beyond.supplies)

    def connect(self, givens: Givens, *, copying: bool) -> None:
        """Make the rewritten code take its givens from here, and record.

        `copying`: keep every step as it is when it is assigned; else only a reference, which costs next to nothing.
        """
        self._givens = givens
        self.recorder.copying = copying
        record = self.recorder.record if copying else self.recorder.values.__setitem__
        for name, function in (
            (GIVEN, givens.take),
            (RECORD, record),
            (KEEP, self.recorder.keep),
            (UNAVAILABLE, self._placeholder),
        ):
            setattr(builtins, name, function)

    def execute(
        self, codes: Sequence[CodeType] = (), look: Callable[[BaseException], object] = id
    ) -> tuple[Namespace, dict[str, Any] | None]:
        """Run once; whatever the submission raises is its outcome, described, and `look` is called with it.

        `codes`: the program in another form.
        """
        main = types.ModuleType("submission" if self._beyond.definitions else "__main__")
        main.__file__ = _FILE
        sys.modules[main.__name__] = main
        namespace = main.__dict__
        self.recorder.clear()
        try:
            RESERVE.take()
            self._supply_modules()
            for code in codes or self._codes:
                exec(code, namespace)  # noqa: S102 - the one place where a submission runs
        except BaseException as error:  # noqa: BLE001
            if isinstance(error, MemoryError):
                RESERVE.release()
            look(error)
            return namespace, self._use(namespace, describe(error, self._files))
        return namespace, self._use(namespace, None)

    def _use(self, namespace: Namespace, fault: dict[str, Any] | None) -> dict[str, Any] | None:
        """Run the exercise's lines, if it has any, and return the first fault."""
        if self._beyond.use is None or self._givens is None:
            return fault
        faults = [] if fault is None else [fault]

        def failed(error: BaseException) -> None:
            if isinstance(error, MemoryError):
                RESERVE.release()
            faults.append(describe(error, self._files))

        self.recorder.finish(
            self._beyond.use.run(namespace, self._givens.inputs, failed, noticing=self.recorder.copying)
        )
        return faults[0] if faults else None

    def _supply_modules(self) -> None:
        """Put fresh modules of the case's data where an import finds them."""
        if self._beyond.supplies is not None and self._givens is not None:
            sys.modules.update(self._beyond.supplies.modules_on(self._givens.inputs, self._text))

    def _supply_files(self, supplies: Supplies) -> None:
        """Let everything that opens a file by its name find those that are declared."""

        def case() -> Mapping[str, Array]:
            return self._givens.inputs if self._givens is not None else {}

        builtins.open = io.open = supplies.reading(case, builtins.open)
        for name in ("loadtxt", "genfromtxt"):
            setattr(np, name, supplies.loading(case, getattr(np, name)))

    def execute_alone(self) -> tuple[Namespace, dict[str, Any] | None]:
        """Run once; where memory runs out, once more without what is left of earlier runs.

        A function and the names it sees hold each other, so that the arrays of one run stay until they are collected.
        """
        namespace, fault = self.execute()
        if fault is not None and fault["kind"] == "memory" and not self._needs_too_much:
            del namespace
            gc.collect()
            namespace, fault = self.execute()
            self._needs_too_much = fault is not None and fault["kind"] == "memory"
        return namespace, fault

    def capture(self, max_bytes: int) -> "Captured":
        """Let the submission print, up to a limit."""
        captured = Captured(max_bytes)
        builtins.print = _PRINT
        sys.stdout = io.TextIOWrapper(captured, "utf-8", "backslashreplace", write_through=True)
        return captured

    def silence(self) -> None:
        """Make printing cost next to nothing."""
        builtins.print = _silent
        sys.stdout = sys.stderr

    def _placeholder(self, module: str) -> "Unavailable":
        self.unavailable.add(module)
        return Unavailable(module)


class Captured(io.RawIOBase):
    """A binary stream that keeps what is written, and raises at its limit; without a limit it keeps nothing."""

    def __init__(self, max_bytes: int | None) -> None:
        self._max_bytes = max_bytes
        self._size = 0
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """Say that this is a stream for output."""
        return True

    def write(self, piece: Any) -> int:
        """Keep a piece of output."""
        size = len(piece)
        if self._max_bytes is not None:
            self._size += size
            if self._size > self._max_bytes:
                raise OutputLimitExceeded(f"more than {self._max_bytes} bytes of output")
            self._pieces.append(bytes(piece))
        return size

    def text(self, max_characters: int) -> str:
        """Return the beginning of what was written."""
        return b"".join(self._pieces).decode("utf-8", "replace")[:max_characters]


class Unavailable:
    """Stands for a module that is not there: importing it does no harm, using it fails."""

    def __init__(self, module: str) -> None:
        self.__dict__["module"] = module

    def __getattr__(self, _: str) -> Any:
        module = self.__dict__["module"]
        raise ModuleNotFoundError(f"No module named {module!r}", name=module)

    def __call__(self, *_: Any, **__: Any) -> Any:
        """Fail as any use does."""
        return self.__getattr__("")


class Nothing:
    """What `get_ipython()` returns outside IPython: anything may be called on it, nothing happens."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return _silent


def _silent(*_: Any, **__: Any) -> None:
    """Do nothing, in place of `print`."""


def _no_input(_: object = "") -> str:
    raise EOFError("input() has nobody to ask in the grader")
