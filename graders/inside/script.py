"""A rewritten submission that is executed once per case, each time in a fresh `__main__`."""

import ast
import builtins
import gc
import io
import linecache
import sys
import types
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextvars import copy_context
from types import CodeType
from typing import Any

import numpy as np

from .arrays import Array
from .awaiting import AWAITING
from .beyond import STRAIGHT, Beyond
from .faults import describe, never_ending
from .givens import Givens
from .limiting import RESERVE
from .memory_files import FILES, HOME
from .modules import OWN_MODULES
from .preloading import seed_generators
from .programs import Program
from .protocol import NOT_RUN
from .reading import Cell, filename_of
from .recording import Recorder
from .standins import StandIn, library_of, placeholders
from .streams import Streams
from .supplying import Supplies
from .surroundings import State
from .syntax import ENOUGH, GIVEN, KEEP, LENIENT, LOST, RECORD, UNAVAILABLE
from .using import PutIn, Use
from .watching import OWN_FILE, TICK_S, WATCH, EnoughError, TimeLimitExceeded

_FILE = f"{HOME}/submission.py"

_STATE = State()

_AFTERWARDS_TICKS = 50
"""How long what follows a line of `use` that has used up a run's time may take."""

_OF_HOSTS = {"# Databricks notebook source": "dbutils displayHTML sc spark sqlContext"}
"""By what a notebook's host writes into its exports, the names that it sets in every notebook."""

Namespace = dict[str, Any]
FaultHead = dict[str, Any]


def set_up_process(cells: Iterable[Cell]) -> None:
    """Make this process look to a submission like a run of its file, with nobody at the keyboard."""
    for cell in cells:
        for line, names in _OF_HOSTS.items():
            if line in cell.source:
                vars(builtins).update({name: StandIn(name) for name in names.split()})
        if cell.number is None:
            FILES.sources[_FILE] = cell.source.encode(errors="surrogatepass")
        # For `inspect.getsource` and tracebacks: the code has no file of its own that they could read.
        name = filename_of(cell)
        linecache.cache[name] = len(cell.source), None, cell.source.splitlines(keepends=True), name
    sys.argv = [_FILE.rpartition("/")[2]]
    sys.breakpointhook = _ask_nobody
    _STATE.remember()
    builtins.get_ipython = lambda: StandIn("IPython")  # type: ignore[attr-defined]
    builtins.display = builtins.print  # type: ignore[attr-defined]


class Script:
    """Executes a program; `recorder` holds what the last execution assigned."""

    def __init__(
        self,
        program: Program,
        beyond: Beyond = STRAIGHT,
        sources: Sequence[str] = (),
        *,
        trees: Mapping[str, ast.Module] = {},
        results: Collection[str] = (),
        cpu_s: float = 60,
    ) -> None:
        self.recorder = Recorder(beyond, results)
        self.unavailable: set[str] = set()
        self.streams = Streams()
        self.ticks = int(cpu_s / TICK_S)
        self.done: frozenset[str] | None = None
        """The results that there are where a run is ended, since what comes after is known to be slow."""
        self.stopped_by: FaultHead | None = None
        """The limit that the first run came to behind these results, where there are others: they are not to be had."""
        self.is_endless = False
        """Whether the first run came to the limit of time while it was still at its results."""
        self.sites = program.sites
        self.places = program.places
        self._codes = program.codes
        self._modules = program.modules
        self._files = frozenset(code.co_filename for code in program.codes)
        self._needs_too_much = False
        self.is_lenient = False  # towards checks of the student's own
        self._main_name = "submission" if beyond.definitions else "__main__"
        self._use = beyond.use
        self.given_up: set[ast.stmt] = set()
        """The lines of `use` that a limit of time has ended on an earlier case."""
        self.put_in: PutIn | None = None  # what a diagnosis puts in at names of `use`
        self._lost: dict[str, BaseException] = {}
        """Names that a definition has not been given a value, with what it raised instead."""
        self.lost = 0
        """How many definitions have raised something in the last run."""
        self._text = "\n".join(sources)
        self._trees = trees
        self._givens: Givens | None = None
        self._supplies = beyond.supplies
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
            (LENIENT, lambda: self.is_lenient),
            (ENOUGH, WATCH.end),
            (LOST, self._lose),
            (UNAVAILABLE, placeholders(self.unavailable.add)),
        ):
            setattr(builtins, name, function)

    def replace_codes(self, codes: Sequence[CodeType]) -> None:
        """Run the program in another form from now on."""
        self._codes = tuple(codes)

    def execute(
        self,
        codes: Sequence[CodeType] = (),
        look: Callable[[BaseException], object] = id,
        ticks: int | None = None,
    ) -> tuple[Namespace, FaultHead | None]:
        """Run once; whatever the submission raises is its outcome, described, and `look` is called with it.

        `codes`: the program in another form; `ticks`: a shorter limit than that of one run.
        """
        _STATE.renew()
        self.streams.renew()
        OWN_MODULES.renew(self._modules)
        seed_generators()
        # A module of its own for each run: what one run leaves in `__main__` is not there in the next.
        main = sys.modules[self._main_name] = types.ModuleType(self._main_name)
        main.__file__ = _FILE
        namespace = main.__dict__
        self.recorder.clear()
        self._lost.clear()
        self.lost = 0
        try:
            RESERVE.take()  # an earlier run may have needed it
            if self._supplies is not None:
                self._supply_modules(self._supplies)
            WATCH.start(ticks or self.ticks, _OWN)
            copy_context().run(self._run, codes or self._codes, namespace)  # numpy's error state ends with it
            WATCH.stop()
        except EnoughError:
            WATCH.stop()
            if self.stopped_by is not None:
                return namespace, self.stopped_by
        except BaseException as error:  # noqa: BLE001
            # First of all: a tick that raises in here would be taken for the grader's own failure.
            WATCH.stop()
            if isinstance(error, MemoryError):
                RESERVE.release()
            look(error)
            return namespace, self._run_use(namespace, self._describe(error), look, ticks)
        fault = self._depends_on_stand_in(namespace) if self.unavailable else None
        return namespace, fault if self._use is None else self._run_use(namespace, fault, look, ticks)

    def _run_use(
        self, namespace: Namespace, fault: FaultHead | None, look: Callable[[BaseException], object], ticks: int | None
    ) -> FaultHead | None:
        """Run the exercise's lines, if it has any, and return the first fault."""
        if self._use is None or self._givens is None:
            return fault
        faults = [] if fault is None else [fault]

        def failed(error: BaseException) -> None:
            if isinstance(error, MemoryError):
                RESERVE.release()
            is_late = isinstance(error, TimeLimitExceeded)
            if is_late:
                WATCH.stop()
            if not faults:  # the first is the one that is told
                look(error)
                faults.append(self._describe(error))
            if is_late:
                # The function that took all the time is lost; the others are not, and need little as a rule.
                WATCH.start(_AFTERWARDS_TICKS, _OWN)

        WATCH.start(ticks or self.ticks, _OWN)
        noticing = self.recorder.copying
        used = self._use.run(
            namespace, self._givens.inputs, failed, noticing=noticing, put_in=self.put_in, given_up=self.given_up
        )
        WATCH.stop()
        self.recorder.finish(used)
        return faults[0] if faults else None

    def _describe(self, error: BaseException) -> FaultHead:
        """Describe what the submission raised; of a limit of time, where it went, of a lost name, what lost it."""
        told = describe(self._lost.get(error.name or "", error) if type(error) is NameError else error, self._files)
        return told if not isinstance(error, TimeLimitExceeded) else {**told, **never_ending(WATCH.held, self._trees)}

    def _lose(self, *names: str) -> None:
        """Remember why names have no value; called where a definition has raised something."""
        self.lost += 1
        error = sys.exc_info()[1]
        if error is not None:
            self._lost |= dict.fromkeys(names, error)

    def _supply_modules(self, supplies: Supplies) -> None:
        """Put fresh modules of the case's data where an import finds them."""
        if self._givens is not None:
            givens = self._givens
            sys.modules.update(supplies.modules_on(givens.inputs, self._text, givens.take_supplied))

    def _supply_files(self, supplies: Supplies) -> None:
        """Let everything that opens a file by its name find those that are declared."""

        def case() -> Mapping[str, Array]:
            return self._givens.take_supplied() if self._givens is not None else {}

        builtins.open = io.open = supplies.reading(case, builtins.open)
        for name in ("loadtxt", "genfromtxt"):
            setattr(np, name, supplies.loading(case, getattr(np, name)))

    def skip(self) -> tuple[Namespace, FaultHead]:
        """Return what a run comes to for which no time is left."""
        self.recorder.clear()
        return {}, {**describe(TimeLimitExceeded(), self._files), "kind": NOT_RUN}

    def _run(self, codes: Sequence[CodeType], namespace: Namespace) -> None:
        for code in codes:
            # `eval` does what `exec` does, and returns the coroutine that a cell with a top-level await is
            awaited = eval(code, namespace)  # noqa: S307 - the one place where a submission runs
            if awaited is not None:
                AWAITING.finish(awaited)
        self.streams.flush()

    def _depends_on_stand_in(self, namespace: Namespace) -> FaultHead | None:
        """Return the fault of a result that is a stand-in, at the first step that is one."""
        found = self.recorder.stand_ins()
        results = {name: library_of(namespace[name]) for name in self.recorder.results if name in namespace}
        library = next(filter(None, [results.get(name, found.get(name)) for name in self.recorder.results]), None)
        if library is None:
            return None
        where = [self.places[name] for name in found if found[name] == library and name in self.places]
        first = sorted(where, key=lambda place: (place[0] or 0, place[1]))[:1]
        cell, line = first[0] if first else (None, None)
        message = f"No module named {library!r}"
        told = {"kind": "exception", "type": "ModuleNotFoundError", "message": message}
        return {**told, "line": line, "cell": cell, "trail": first}

    def execute_alone(self, ticks: int | None = None) -> tuple[Namespace, FaultHead | None]:
        """Run once; where memory runs out, once more without what is left of earlier runs.

        A function and the names it sees hold each other, so that the arrays of one run stay until they are collected.
        """
        namespace, fault = self.execute(ticks=ticks)
        # Only once: a script that truly needs too much would be run twice on every case.
        if fault is not None and fault["kind"] == "memory" and not self._needs_too_much:
            del namespace
            gc.collect()
            namespace, fault = self.execute(ticks=ticks)
            self._needs_too_much = fault is not None and fault["kind"] == "memory"
        return namespace, fault


def _ask_nobody(*_: Any, **__: Any) -> None:
    """Do nothing, in place of a debugger."""


_OWN = frozenset(
    {OWN_FILE, *(code.co_filename for code in (Script._run.__code__, Use.run.__code__, describe.__code__))}
)
"""Files of ours in whose code no tick ends a run: describing what a submission raised may take longer than one."""
