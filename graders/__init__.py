"""Grade numerical exercises: run a student's unmodified script on other numbers, safely, and say where it goes wrong.

The public names are loaded when they are first used, so that the command line starts its sandbox before anything else.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graders.api import grade as grade
    from graders.api import grade_many as grade_many
    from graders.errors import ExerciseError as ExerciseError
    from graders.errors import GraderError as GraderError
    from graders.errors import SandboxError as SandboxError
    from graders.errors import UsageError as UsageError
    from graders.outcome import Feedback as Feedback
    from graders.outcome import Report as Report
    from graders.outcome import Verdict as Verdict

_HOME = {
    "ExerciseError": "graders.errors",
    "Feedback": "graders.outcome",
    "GraderError": "graders.errors",
    "Report": "graders.outcome",
    "SandboxError": "graders.errors",
    "UsageError": "graders.errors",
    "Verdict": "graders.outcome",
    "grade": "graders.api",
    "grade_many": "graders.api",
}

__all__ = sorted(_HOME)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'graders' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
