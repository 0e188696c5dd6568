"""An ordinary program's surroundings, where a confined process has none: questions are answered, and do no harm.

The real function is always called first. Only where the walls refuse it does the answer here count: a folder that is
always the same, files in memory, a machine called `grader`, programs that cannot be started and say so by their exit
status, threads that run at once. Nothing here opens a way out; it only spares a script an error in what cannot change a
result.
"""

import functools
import importlib
import io
import os
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, NoReturn

from .awaiting import AWAITING, wait_for_time_only
from .limiting import bound_depth
from .memory_files import FILES, HOME, keep_tables, remove_trees
from .serial import run_at_once, serial_executor, unstarted_program

USER, MACHINE = "student", "grader"

Refused = Callable[..., Any]
"""What answers where the real function was refused; its first argument is the error."""


def _constant(value: Any) -> Refused:
    return lambda *_, **__: value


def _uname(_: OSError) -> os.uname_result:
    return os.uname_result(("Linux", MACHINE, "", "", "x86_64"))


# The modules `resource` and `signal` are asked for when they are there: Windows has no `resource` at all.
def _usage(_: OSError, *__: Any) -> Any:
    return sys.modules["resource"].struct_rusage((0,) * 16)


def _set_limit(error: OSError, which: int, *_: Any) -> None:
    """Let a script ask for a larger stack, which it has, and for nothing else."""
    if which != sys.modules["resource"].RLIMIT_STACK:
        raise error


def _limits(_: OSError, *__: Any) -> tuple[int, int]:
    unlimited = sys.modules["resource"].RLIM_INFINITY
    return unlimited, unlimited


def _set_handler(error: OSError, number: int, *_: Any) -> Any:
    """Let a script handle signals of its surroundings, which never come, and no others: the walls need theirs."""
    signals = sys.modules["signal"]
    if number not in (signals.SIGINT, signals.SIGTERM, signals.SIGHUP, signals.SIGPIPE, signals.SIGALRM):
        raise error
    return signals.SIG_DFL


REFUSALS: Mapping[str, Mapping[str, Refused]] = {
    "builtins": {"open": FILES.open},
    "io": {"open": FILES.open},
    "os": {
        "chdir": FILES.enter,
        "chmod": FILES.change,
        "get_terminal_size": _constant(os.terminal_size((80, 24))),
        "getcwd": FILES.where,
        "getlogin": _constant(USER),
        "listdir": FILES.list,
        "lstat": FILES.stat,
        "mkdir": FILES.make_folder,
        "remove": FILES.remove,
        "rename": FILES.rename,
        "replace": FILES.rename,
        "rmdir": FILES.remove,
        "scandir": FILES.scan,
        "sched_getaffinity": _constant({0}),
        "stat": FILES.stat,
        "times": _constant(os.times_result((0.0,) * 5)),
        "uname": _uname,
        "unlink": FILES.remove,
        "utime": FILES.change,
    },
    "faulthandler": {"enable": _constant(None), "register": _constant(None)},
    "resource": {"getrlimit": _limits, "getrusage": _usage, "setrlimit": _set_limit},
    "signal": {"signal": _set_handler, "alarm": _constant(0)},
    "socket": {"gethostname": _constant(MACHINE)},
}
"""Functions, by module, and what answers where they were refused."""


def _softened(real: Any, refused: Refused) -> Any:
    # Bound once: a script that replaces our answer in this module changes nothing for the function it calls.
    @functools.wraps(real)
    def function(*arguments: Any, **keywords: Any) -> Any:
        try:
            return real(*arguments, **keywords)
        except (PermissionError, io.UnsupportedOperation) as error:
            return refused(error, *arguments, **keywords)

    return function


class _Time:
    """Nobody waits for a sleep: clocks go on by as long as it would have taken."""

    def __init__(self) -> None:
        self.slept_s = 0.0

    def sleep(self, seconds: float) -> None:
        """Return at once."""
        if not seconds >= 0:  # so that NaN is refused, too
            raise ValueError("sleep length must be non-negative")
        self.slept_s += seconds

    def advanced(self, clock: Callable[[], float]) -> Callable[[], float]:
        """Return a clock that counts the sleeps too."""

        @functools.wraps(clock)
        def read() -> float:
            return clock() + self.slept_s

        return read


_TIME = _Time()


def _exit_at_once(status: int = 0) -> NoReturn:
    raise SystemExit(status)


def _set_locale(module: ModuleType) -> None:
    """Let a locale that this machine does not have be set: none changes a number."""
    real = module.setlocale

    def setlocale(category: int, locale: Any = None) -> str:
        try:
            return str(real(category, locale))
        except module.Error:
            return str(real(category))

    setattr(module, "setlocale", setlocale)  # noqa: B010 - not in the type stub


def _make_temporary(module: ModuleType) -> None:
    """Let temporary files lie in memory."""
    folder = f"{HOME}/temporary"
    count = iter(range(sys.maxsize))

    def named(mode: str = "w+b", *_: Any, **keywords: Any) -> Any:
        text = {name: keywords[name] for name in ("encoding", "errors", "newline") if name in keywords}
        path = f"{folder}/{keywords.get('prefix') or 'tmp'}{next(count)}{keywords.get('suffix') or ''}"
        return open(path, mode, **text)

    module.tempdir = folder  # type: ignore[attr-defined]
    for name in ("NamedTemporaryFile", "TemporaryFile"):
        setattr(
            module, name, _softened(getattr(module, name), lambda _, *given, **named_too: named(*given, **named_too))
        )


def _reload_loaded(module: ModuleType) -> None:
    """Let a module be loaded again whose file is out of reach: it is as it was."""
    real = module.reload

    def reload(loaded: ModuleType) -> ModuleType:
        try:
            return real(loaded)  # type: ignore[no-any-return]
        except ModuleNotFoundError:
            return loaded

    setattr(module, "reload", reload)  # noqa: B010 - not in the type stub


def _tell_versions(module: ModuleType) -> None:
    """Let the version of a library be told that says it itself: what is installed stands in files."""
    real = module.version

    def version(name: str) -> Any:
        try:
            return real(name)
        except module.PackageNotFoundError:
            known = getattr(sys.modules.get(name), "__version__", None)
            if known is None:
                raise
            return known

    setattr(module, "version", version)  # noqa: B010 - not in the type stub


def _no_debugger(module: ModuleType) -> None:
    """Let nobody be asked what to do next."""
    for name in ("set_trace", "post_mortem", "pm"):
        setattr(module, name, lambda *_, **__: None)


def _open_text(module: ModuleType) -> None:
    """Let numpy's text files be opened as all others; it keeps a reference of its own."""
    openers = module._file_openers
    if None in getattr(openers, "_file_openers", ()):
        openers._file_openers[None] = io.open


def _of_workers(name: str) -> Callable[[ModuleType], object]:
    def change(module: ModuleType) -> object:
        # Loaded beside `multiprocessing` alone, which few scripts import.
        return getattr(importlib.import_module(".workers", __package__), name)(module)

    return change


_CHANGES: Mapping[str, Callable[[ModuleType], object]] = {
    "asyncio": wait_for_time_only,
    "importlib": _reload_loaded,
    "importlib.metadata": _tell_versions,
    "locale": _set_locale,
    "numpy.lib._datasource": _open_text,
    "pdb": _no_debugger,
    "tempfile": _make_temporary,
    "shutil": remove_trees,
    "sqlite3": keep_tables,
    "subprocess": unstarted_program,
    "sys": bound_depth,
    "threading": run_at_once,
    "concurrent.futures.thread": serial_executor("ThreadPoolExecutor"),
    "concurrent.futures.process": serial_executor("ProcessPoolExecutor"),
    "multiprocessing": _of_workers("processes_at_once"),
    "multiprocessing.dummy": _of_workers("serial_pools"),
    "multiprocessing.pool": _of_workers("serial_pools"),
}
"""Modules of which more than a function's answer is another."""

_furnished: set[str] = set()


def furnish() -> None:
    """Change the modules that are loaded and were not changed yet; once in the server, and where more are loaded."""
    for name in [*REFUSALS, *_CHANGES]:  # in this order: a change may hand on what answers a refusal
        if name in _furnished:
            continue
        module = sys.modules.get(name)
        if module is None:  # perhaps next time: it costs a submission nothing before it imports it
            continue
        _furnished.add(name)
        for function, refused in REFUSALS.get(name, {}).items():
            if hasattr(module, function):
                setattr(module, function, _softened(getattr(module, function), refused))
        _CHANGES.get(name, id)(module)
    if "time" not in _furnished:
        _furnished.add("time")
        time.sleep = _TIME.sleep  # type: ignore[assignment]
        for clock in ("time", "monotonic", "perf_counter"):
            setattr(time, clock, _TIME.advanced(getattr(time, clock)))
        os._exit = _exit_at_once


class State:
    """What of a process a script may change, as it is before every run."""

    def __init__(self) -> None:
        self.remember()

    def remember(self) -> None:
        """Take the process as it is now."""
        environment: Any = os.environ
        self._environment = dict(environment._data)  # as the mapping holds it: to decode it takes far longer
        self._path = list(sys.path)
        self._filters = warnings.filters[:1]
        self._depth = sys.getrecursionlimit()

    def renew(self) -> None:
        """Put back what was changed; next to nothing where nothing was."""
        FILES.renew()
        AWAITING.renew()
        _TIME.slept_s = 0.0
        # Compared before it is put back, each of these: that is a hundred times cheaper.
        environment: Any = os.environ
        if environment._data != self._environment:
            os.environ.clear()
            os.environ.update({os.fsdecode(name): os.fsdecode(text) for name, text in self._environment.items()})
        if warnings.filters[:1] != self._filters:
            warnings.resetwarnings()
            warnings.simplefilter("ignore")
        if sys.path != self._path:
            sys.path[:] = self._path
        if sys.getrecursionlimit() != self._depth:
            sys.setrecursionlimit(self._depth)
