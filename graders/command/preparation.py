"""What grading one file and grading a class begin with."""

import gc
import os
from collections.abc import Sequence
from pathlib import Path

from graders.command.options import Options
from graders.errors import UsageError
from graders.exercise.loading import exercise_files
from graders.messages import locale_lang
from graders.outcome import Feedback
from graders.session import Materials, Terms, load_materials


def check_paths(paths: Sequence[Path], exercise: str) -> None:
    """Raise UsageError for what is not there; a link that leads nowhere is a submission that cannot be read."""
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(f"{path}: no such file; {_suggestion(path, exercise)}")


def _suggestion(path: Path, exercise: str) -> str:
    """Return what a path that is not there may have meant."""
    # Only a misspelt path needs to look around.
    from graders.intake.near import near_paths

    near = ", ".join(near_paths(path, [exercise_files(exercise)[0] / path.name]))
    return f"did you mean {near}?" if near else "name a .py or .ipynb file, a folder or a .zip"


def load_named(options: Options) -> Materials:
    """Return the exercise and the cases that the options name."""
    return load_materials(options.exercise, seed=options.seed, cases=options.cases, bank_path=options.bank)


def named_terms(options: Options, *, may_fall_back: bool) -> Terms:
    """Return how the options say to grade. A student at home may fall back to less isolation, a CI may not."""
    return Terms(
        isolation=options.isolation,
        fallback=may_fall_back and "CI" not in os.environ,
        lang=options.lang or locale_lang(),
        feedback=Feedback(options.feedback),
    )


def enable_gc() -> None:
    """Look for garbage from now on, but not among what imports made."""
    gc.freeze()
    gc.enable()
