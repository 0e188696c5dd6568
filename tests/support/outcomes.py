"""What a script comes to when Python simply runs it: two that come to the same are the same program, for a test."""

import ast
import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from graders.exercise.asked import Exercise


def words_of(exercise: Exercise) -> tuple[set[str], set[str]]:
    """Return the names that must stay, and the names of steps."""
    givens = {word for name, given in exercise.givens.items() for word in (name, *given.also)}
    results = {word for step in exercise.results for word in (step.name, *step.also)}
    return givens | results, {word for step in exercise.steps for word in (step.name, *step.also)}


def outcome(source: str, exercise: Exercise) -> object:
    """Run a script as Python does, beside the exercise's own modules; return its results, and what it raised."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    raised = None
    with _beside(exercise.folder):
        try:
            with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
                exec(compile(source, "script", "exec"), namespace)
        except (Exception, SystemExit) as error:  # a wrong sample may raise anything
            raised = type(error).__name__
    names = [word for step in exercise.results for word in (step.name, *step.also)]
    return raised, {name: repr(_plain(namespace[name])) for name in names if name in namespace}


def _plain(value: object) -> object:
    """Return numbers, so that an order of additions makes no difference."""
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return value
    # Adding zero takes the sign from -0.0, which compares with 0.0 as equal.
    return [float(f"{item:.10g}") + 0.0 for item in array.ravel()], array.shape


def innermost(source: str, line: int) -> int:
    """Return the line on which the statement begins that a line belongs to."""
    return max(
        (
            node.lineno
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
        ),
        default=line,
    )


@contextlib.contextmanager
def _beside(folder: Path) -> Iterator[None]:
    """Run in a copy of a folder, whose modules can be imported: some samples write files."""
    before, known = Path.cwd(), set(sys.modules)
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(folder, place, dirs_exist_ok=True)
        os.chdir(place)
        sys.path.insert(0, place)
        try:
            yield
        finally:
            os.chdir(before)
            sys.path.remove(place)
            # Another exercise may have modules of the same name.
            for name in set(sys.modules) - known:
                if (getattr(sys.modules[name], "__file__", None) or "").startswith(place):
                    del sys.modules[name]
