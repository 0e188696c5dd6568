"""What grading begins with: of one file, of a class, or once more to verify a report."""

import gc
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from graders.command.options import Options
from graders.errors import UsageError
from graders.exercise.loading import exercise_files
from graders.messages import Message, locale_lang, message
from graders.outcome import Feedback
from graders.session import AnyMaterials, Terms, load_any


def check_paths(paths: Sequence[Path], exercise: str) -> None:
    """Raise UsageError for what is not there; a link that leads nowhere is a submission that cannot be read."""
    for path in paths:
        if not path.exists() and not path.is_symlink():
            hint = _suggestion(path, [exercise_files(exercise)[0] / path.name]) or message("usage.name-one")
            raise UsageError(message("usage.missing", path=str(path), hint=hint))


def check_tables(paths: Iterable[Path]) -> None:
    """Raise UsageError for a table of the instructor's that is not there."""
    for path in paths:
        if not path.exists():
            hint = _suggestion(path)
            known = message("usage.no-such-file", path=str(path))
            raise UsageError(known if hint is None else message("usage.missing", path=str(path), hint=hint))


def _suggestion(path: Path, handed_out: Sequence[Path] = ()) -> Message | None:
    """Return what a path that is not there may have meant."""
    # Only a misspelt path needs to look around.
    from graders.intake.near import near_paths

    near = ", ".join(near_paths(path, handed_out))
    return message("usage.near", near=near) if near else None


def load_all(options: Options) -> list[AnyMaterials]:
    """Return each exercise that is named: what is wrong with the last one is told before the first is graded."""
    named = {"seed": options.seed, "cases": options.cases, "bank_path": options.bank}
    return [load_any(exercise, **named) for exercise in options.exercises]


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
    gc.freeze()  # what is loaded by now lives to the end; looking through it each time finds nothing
    gc.enable()
