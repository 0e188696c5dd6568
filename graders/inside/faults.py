"""What a submission raised, as plain words and numbers: type, message, line and cell, and which kind of fault it is."""

import ast
import errno
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from types import FrameType, TracebackType
from typing import Any

from .protocol import USE
from .serial import NO_PROGRAM
from .standins import of_too_few
from .watching import TimeLimitExceeded

MAX_TEXT = 300
_MAX_TRAIL = 16


class OutputLimitExceeded(BaseException):
    """The submission printed more than it may; not an Exception, so that `except Exception` does not swallow it."""


def describe(error: BaseException, files: Set[str]) -> dict[str, Any]:
    """Describe an exception; the line is the innermost one of the student's own."""
    trail, use_line = _trail(error.__traceback__, files), _line_of_use(error.__traceback__)
    file, line = trail[-1] if trail else ("", None)
    if isinstance(error.__cause__, ModuleNotFoundError):  # as numpy says of a stand-in that is to be an element
        error = error.__cause__
    error = of_too_few(error, file, line) or error
    return {
        "kind": kind_of(error),
        "type": type(error).__name__[:60],
        "message": text_of(error),
        "line": line,
        "cell": cell_of(file),
        "use_line": use_line,
        "trail": [(cell_of(file), line) for file, line in trail[:_MAX_TRAIL]],
    }


_LOOP_NODES = (ast.For, ast.AsyncFor, ast.While)
_LoopNode = ast.For | ast.AsyncFor | ast.While


def never_ending(held: Sequence[tuple[FrameType, Set[int]]], trees: Mapping[str, ast.Module]) -> dict[str, Any]:
    """Return cell and line of the loop that used up a run's time, or else of the statement; nothing if none is known.

    `held`: what went on all the time, the outermost first. In a loop a tick may find any line, another one each time.
    """
    own = [(frame.f_code, lines) for frame, lines in held if frame.f_code.co_filename in trees]
    if not own:
        return {}
    code = own[-1][0]
    # Of a function that calls itself, the first call.
    lines = dict(reversed(own))[code]
    loops = _loops_around(lines, trees[code.co_filename])
    if not loops and len(lines) > 1:
        return {}
    # A `for` comes to its end as a rule, and what stands around an endless loop is no reason for it.
    loops.sort(key=lambda loop: not isinstance(loop, ast.While))
    return {"line": loops[0].lineno if loops else min(lines), "cell": cell_of(code.co_filename)}


def _loops_around(lines: Set[int], tree: ast.Module) -> list[_LoopNode]:
    """Return the loops that all these lines stand in, the outermost first; a function in a loop is not part of it."""
    kinds = (*_LOOP_NODES, ast.FunctionDef, ast.AsyncFunctionDef)
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, kinds) and node.lineno <= min(lines) and max(lines) <= (node.end_lineno or 0)
    ]
    loops: list[_LoopNode] = []
    for node in sorted(around, key=lambda node: (node.lineno, -(node.end_lineno or 0))):
        if isinstance(node, _LOOP_NODES):
            loops.append(node)
        else:
            loops = []
    return loops


def describe_syntax(error: BaseException) -> dict[str, Any]:
    """Describe why a submission cannot be compiled."""
    is_syntax = isinstance(error, SyntaxError)
    return {
        "kind": "exception",
        "type": type(error).__name__ if is_syntax else "SyntaxError",
        "message": (str(error.msg) if isinstance(error, SyntaxError) else "the code is nested too deeply")[:MAX_TEXT],
        "line": error.lineno if isinstance(error, SyntaxError) else None,
        "cell": cell_of(error.filename or "") if isinstance(error, SyntaxError) else None,
    }


def cell_of(file: str) -> int | None:
    """Return the notebook cell's number that a code object's file name stands for."""
    number = file.removeprefix("<cell ").removesuffix(">")
    return int(number) if number.isascii() and number.isdigit() else None


def text_of(error: BaseException) -> str:
    """Return an exception's message, cut; an exception that cannot be printed has none."""
    try:
        return str(error)[:MAX_TEXT]
    except BaseException:  # noqa: BLE001 - the student's own __str__
        return ""


# Python's own words: of a fault only its message has come this far.
_NOT_DEFINED = ["name ", " is not defined"]


def undefined_name(kind: str, message: str) -> str:
    """Return the name that was not defined, by the type and the message of what was raised; none of anything else."""
    words = message.split("'")
    return words[1] if kind == "NameError" and [words[0], *words[2:]] == _NOT_DEFINED else ""


def kind_of(error: BaseException) -> str:
    """Return which kind of fault an exception is."""
    match error:
        case OutputLimitExceeded():
            return "output"
        case SystemExit():
            return "exit"
        case MemoryError():
            return "memory"
        case TimeLimitExceeded():
            return "time"
        # Behind what is more particular: the walls answer with an error of the system, whatever was asked.
        case PermissionError() | OSError(errno=errno.EPERM | errno.EACCES):
            return "forbidden"
        case RuntimeError() if "start new thread" in text_of(error):
            return "forbidden"
        case _ if _is_unstarted_program(error):
            return "forbidden"
    return "exception"


def _is_unstarted_program(error: BaseException) -> bool:
    """Tell whether a script insisted on a program that the walls do not let start, such as pip."""
    # Only a script that imports subprocess can have such an error; nothing is loaded to find that out.
    kind = getattr(sys.modules.get("subprocess"), "CalledProcessError", ())
    return isinstance(error, kind) and getattr(error, "returncode", None) == NO_PROGRAM


def _line_of_use(traceback: TracebackType | None) -> int | None:
    """Return which of the exercise's own lines an exception went through, if any."""
    lines = (frame.tb_lineno for frame in _frames(traceback) if frame.tb_frame.f_code.co_filename == USE)
    return next(lines, None)


def _trail(traceback: TracebackType | None, files: Set[str]) -> list[tuple[str, int]]:
    """Return the student's own lines that an exception went through, the outermost first."""
    # In endless recursion there are few of them, again and again.
    found = {
        (name, frame.tb_lineno): None
        for frame in _frames(traceback)
        if (name := frame.tb_frame.f_code.co_filename) in files and frame.tb_lineno is not None
    }
    return list(found)


def _frames(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next
