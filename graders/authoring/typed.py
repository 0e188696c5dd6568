"""Commands for an author to type next: each as it works from the current folder."""

import shlex
import shutil
import sys
from pathlib import Path

from graders.exercise.loading import root


def grade_command() -> str:
    """Return how the grader was started."""
    started = Path(sys.argv[0])
    if started.name == "grade.py":
        return f"{_program(Path(sys.executable))} {shlex.quote(sys.argv[0])}"
    if started.name == "grade":
        return _program(started.absolute())
    return f"{_program(Path(sys.executable))} -m graders"


def generate_command(name: str) -> str:
    """Return what writes an exercise's template and notebook again."""
    script = root() / "scripts" / "generate.py"
    # A checkout need not be installed; an installed grader has no scripts.
    what = shlex.quote(from_here(script)) if script.is_file() else "-m graders.authoring.generate"
    return f"{_program(Path(sys.executable))} {what} {shlex.quote(name)}"


def from_here(path: Path) -> str:
    """Return a path as short as it can be written in the current folder: in full, where it lies elsewhere."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _program(path: Path) -> str:
    """Return a program's name if a shell finds this very one by it, else its path."""
    # Links are not followed: an environment's python is a link to one that has no grader.
    return path.name if shutil.which(path.name) == str(path) else shlex.quote(str(path))
