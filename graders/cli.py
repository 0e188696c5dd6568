"""Command line and exit status. Nothing heavy is imported before the sandbox's server has been launched.

What is asked for is in `graders/command/`; the module for it is loaded then, and is this one's only late import.
"""

import atexit
import errno
import gc
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

from graders.command.options import GRADER_FAILED, GRADING, INTERRUPTED, UNUSABLE, Options, parse_options
from graders.command.parser import spoken_lang
from graders.errors import GraderError, SandboxError
from graders.escaping import clean_line
from graders.sandbox.launch import launch


def run() -> NoReturn:
    """Run the command line as a program."""
    signal.signal(signal.SIGTERM, _end_by_signal)
    status = main()
    # Nobody waits for a daemon; one that goes on while Python takes itself apart may end the process by a signal.
    if all(thread.daemon for thread in threading.enumerate() if thread is not threading.main_thread()):
        _leave(status)
    gc.freeze()  # before it leaves, Python would look through everything for garbage, which takes a tenth of the run
    sys.exit(status)


def _leave(status: int) -> NoReturn:
    """End at once: to give back piece by piece what the system takes back as a whole is a twentieth of the run."""
    atexit._run_exitfuncs()  # there is no public way to do so, and libraries rely on it
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # closed, or as with >&-; `main` has said what was refused
            stream.flush()
    os._exit(status)


def _end_by_signal(number: int, _: object) -> NoReturn:
    # As an exception, so that what runs submissions ends them; with the status that a shell gives to such an end.
    raise SystemExit(128 + number)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what it cannot encode is shown by its number, and ends no run
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _act(parse_options(arguments))
        if sys.stdout is not None:  # as with >&-
            sys.stdout.flush()
        return status
    except GraderError as error:
        lang = spoken_lang(sys.argv[1:] if arguments is None else arguments)
        return _give_up(error.in_options(lang), GRADER_FAILED if isinstance(error, SandboxError) else UNUSABLE)
    except OSError as error:
        return _refused(error)
    except KeyboardInterrupt:
        return _give_up("interrupted", INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - Python's own status for it would say "below the pass mark"
        return _failed(error)


def _act(options: Options) -> int:
    if options.command not in GRADING:
        return _load_command(options)(options)
    gc.disable()  # nothing that imports make is garbage
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the grader's own matrices are small; threads would only wait
    launched = launch() if options.isolation != "process" and options.cluster is None else None
    # From here and not from deeper down, where Python would ask the system for memory at each call that numpy makes.
    import_module("numpy")
    try:
        return _load_command(options)(options, launched)
    finally:
        if launched is not None:
            launched.process.kill()
            launched.process.wait()
            launched.control.close()


def _load_command(options: Options) -> Callable[..., int]:
    """Return what does the command, `run_NAME` of its module, now that it may load what it needs."""
    act: Callable[..., int] = getattr(import_module(f"graders.command.{options.command}"), f"run_{options.command}")
    return act


def _give_up(problem: str, status: int) -> int:
    """Say what is wrong in one line, in which nothing that somebody typed acts on the terminal."""
    print(f"grade: {clean_line(problem, 2000)}", file=sys.stderr)
    return status


def _failed(error: Exception) -> int:
    """Say which package was never installed; all else is a defect of ours."""
    # Students run a fresh checkout before they read how it is installed.
    if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("graders"):
        install = "python3 -m venv .venv && .venv/bin/pip install -e . , then .venv/bin/python grade.py"
        return _give_up(f"{error.name} is not installed for {sys.executable}; once: {install}", UNUSABLE)
    sys.excepthook(type(error), error, error.__traceback__)
    return GRADER_FAILED


def _refused(error: OSError) -> int:
    """Say what the system refused; what is left for an unusable standard output is dropped before Python's own end."""
    is_output = error.filename is None and error.errno in (errno.EPIPE, errno.ENOSPC)
    if is_output:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
    what = "standard output" if is_output else error.filename or "this machine"
    return _give_up(f"{what}: {error.strerror}", UNUSABLE if is_output else GRADER_FAILED)
