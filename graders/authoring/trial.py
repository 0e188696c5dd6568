"""Run a solution with other values of its inputs. It is its author's own, and trusted."""

import ast
import builtins
import contextlib
import copy
import io
import math
import os
import signal
import sys
import tempfile
import threading
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from graders.exercise.calculation import SHOWING
from graders.exercise.whole import seeded
from graders.inside.standins import StandIn

_SLOT = "_given_value"
_SHOWING = (*SHOWING, "matplotlib.pyplot", "IPython.display")
"""Modules that show something; nothing of them is needed, and a window would wait for somebody."""


class Tryout:
    """A solution whose inputs are set from outside.

    `slots`: by the position of an expression (line, column) the name of the input it is the value of. `modules`: those
    made of inputs, by name. `files`: texts, by name. `strayed`: numpy divided by zero in the last run, or had no number
    to give.
    """

    def __init__(
        self, tree: ast.Module, slots: Mapping[tuple[int, int], str], where: str, *, seconds: float = 20
    ) -> None:
        placed = _Slots(slots).visit(copy.deepcopy(tree))
        self._code = compile(ast.fix_missing_locations(placed), where, "exec")
        self._seconds = seconds
        self._even: dict[int, bool] = {}
        self._known = False
        self.strayed = False

    def run(
        self,
        values: Mapping[str, Any],
        *,
        modules: Mapping[str, Mapping[str, Any]] | None = None,
        files: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Return the names that the solution leaves. Raises what it raises, and TimeoutError."""
        namespace: dict[str, Any] = {"__name__": "__main__", _SLOT: lambda name: copy.deepcopy(values[name])}
        # A global of this name is found before Python's own, from within functions as well.
        namespace["zip"] = self._zip
        self.strayed = False
        with (
            _quiet(),
            np.errstate(divide="call", invalid="call", call=self._note_stray),
            _modules(modules or {}),
            _folder(files or {}),
            time_limit(self._seconds),
        ):
            exec(self._code, namespace)  # noqa: S102 - the author's own
        self._known = True
        return namespace

    def _note_stray(self, *_: object) -> None:
        self.strayed = True

    def _zip(self, *rows: Any, **options: Any) -> Any:
        """Pair as `zip` does, but refuse rows of different lengths where they were as long in the first run.

        Else the shorter one would hide that their lengths belong together.
        """
        line = sys._getframe(1).f_lineno
        lengths = {len(row) for row in rows if hasattr(row, "__len__")}
        if not self._known:
            self._even[line] = self._even.get(line, True) and len(lengths) < 2
        elif self._even.get(line, False) and len(lengths) > 1:
            raise ValueError("zip() of different lengths")
        return zip(*rows, **options)  # noqa: B905 - the solution's own


class _Slots(ast.NodeTransformer):
    """Puts a look-up in the place of each input's value."""

    def __init__(self, slots: Mapping[tuple[int, int], str]) -> None:
        self._slots = slots

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        # `a, b = 1, 2`: the tuple starts where its first element does
        if isinstance(node.value, ast.Tuple) and isinstance(node.targets[0], ast.Tuple):
            node.value.elts = [self._placed(part) for part in node.value.elts]
        else:
            node.value = self._placed(node.value)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self._placed(node.value)
        return node

    def _placed(self, value: ast.expr) -> ast.expr:
        name = self._slots.get((value.lineno, value.col_offset))
        if name is None:
            return value
        return ast.copy_location(ast.Call(ast.Name(_SLOT, ast.Load()), [ast.Constant(name)], []), value)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    arguments, sys.argv = sys.argv, sys.argv[:1]  # those of the command are none of the solution's
    terminal, sys.stdin = sys.stdin, io.StringIO()  # nobody is there to be asked
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        np.errstate(all="ignore"),
        warnings.catch_warnings(),
        seeded(),  # one state for the whole process: a solution's seed must not decide what is drawn here
    ):
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            sys.argv, sys.stdin = arguments, terminal


class _Shown(types.ModuleType):
    """A module that shows: whatever is asked of it is there and does nothing."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        # With a path it is a package, so that its parts can be imported.
        self.__path__ = []

    def __getattr__(self, name: str) -> Any:
        # These the import system asks for, and would take a stand-in for an answer.
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn(self.__name__, f"{self.__name__}.{name}")


@contextlib.contextmanager
def _modules(modules: Mapping[str, Mapping[str, Any]]) -> Iterator[None]:
    """Let the solution import these modules, and nothing that draws."""
    names = [*modules, *_SHOWING]
    before = {name: sys.modules.get(name) for name in names}
    for name in _SHOWING:
        sys.modules[name] = _Shown(name)
    for name, values in modules.items():
        module = types.ModuleType(name)
        # A copy: a solution may change in place what it imports.
        module.__dict__.update(copy.deepcopy(dict(values)))
        sys.modules[name] = module
    try:
        yield
    finally:
        for name, module_before in before.items():
            if module_before is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module_before


@contextlib.contextmanager
def _folder(files: Mapping[str, str]) -> Iterator[None]:
    """Let the solution find these files in its folder."""
    # The working folder is the whole process's: it changes only for a solution that reads files.
    if not files:
        yield
        return
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / Path(name).name).write_text(text, encoding="utf-8")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in what takes longer, where the system can: a changed loop may never end."""
    # Python hands signals to the main thread alone, and Windows has no such timer.
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: Any) -> None:
        raise TimeoutError(f"no end after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    # Again and again: Python drops what is raised in a callback of its garbage collector, and a loop would go on.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    hook, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.unraisablehook = hook
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def counted_lines(file: str, most: float = math.inf) -> Iterator[list[int]]:
    """Yield a list that is given the number of each line of this file that runs; more of them raise TimeoutError."""
    lines: list[int] = []

    def note(frame: types.FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename != file:
            return None  # a library's lines are not followed: their number is another in its next version
        if event == "line":
            lines.append(frame.f_lineno)
            if len(lines) > most:
                raise TimeoutError(f"more than {most:g} lines")
        return note

    before = sys.gettrace()  # of a debugger, or what measures coverage
    sys.settrace(note)
    try:
        yield lines
    finally:
        sys.settrace(before)


def attempt(run: Callable[[], Any]) -> Any:
    """Return what a run gives, or the exception it raised."""
    try:
        return run()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a solution may raise anything on values it is not for
        return error


def evaluate(expression: str, values: Mapping[str, Any]) -> Any:
    """Return the value of an expression that was written here, on the names of a solution."""
    return eval(expression, {"np": np, **values})  # noqa: S307


def builtin_names() -> frozenset[str]:
    """Return the names that every script knows."""
    return frozenset(dir(builtins))
