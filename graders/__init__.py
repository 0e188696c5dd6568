"""Grade numerical exercises: run a student's unmodified script on other numbers, safely, and say where it goes wrong.

The public names are loaded when they are first used, so that the command line starts its sandbox before anything else.
"""

from importlib import import_module
from typing import Any

_HOME = {
    "ExerciseError": "graders.errors",
    "GraderError": "graders.errors",
    "Report": "graders.outcome",
    "SandboxError": "graders.errors",
    "UsageError": "graders.errors",
    "Verdict": "graders.outcome",
    "grade": "graders.api",
}

__all__ = sorted(_HOME)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'graders' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
