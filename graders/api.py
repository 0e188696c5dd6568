"""The Python API: what the command line does, for other programs."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from graders.batch.jobs import default_jobs
from graders.errors import UsageError
from graders.messages import Lang
from graders.networks import DEFAULT_SEED
from graders.opening import Materials, Terms, load_materials, open_sandboxed
from graders.outcome import Feedback, Report
from graders.sandbox.sandbox import Isolation
from graders.several import grade_each
from graders.submission import read_submission

StrPath = str | os.PathLike[str]


def grade(
    path: StrPath,
    exercise: str = "backprop",
    *,
    seed: int = DEFAULT_SEED,
    networks: int | None = None,
    bank: StrPath | None = None,
    isolation: Isolation = "kernel",
    feedback: Feedback | str = Feedback.COUNTEREXAMPLE,
    lang: Lang = "en",
) -> Report:
    """Grade one file and return its report. Raises GraderError if someone other than the student is at fault.

    `seed` and `networks` (a count; the exercise's own by default) choose the random networks, unless `bank` names a
    recorded `networks.json`. `feedback`: how much the report tells.
    """
    submission = read_submission(Path(path))
    terms = Terms(isolation=isolation, feedback=feedback_level(feedback), lang=lang)
    with open_sandboxed(_materials(exercise, seed, networks, bank), terms) as (grader, _):
        return grader.grade(submission)


def grade_many(
    paths: Iterable[StrPath],
    exercise: str = "backprop",
    *,
    jobs: int | None = None,
    seed: int = DEFAULT_SEED,
    networks: int | None = None,
    bank: StrPath | None = None,
    isolation: Isolation = "kernel",
    feedback: Feedback | str = Feedback.COUNTEREXAMPLE,
    lang: Lang = "en",
) -> Iterator[tuple[Path, Report]]:
    """Yield each path with its report, in the order of `paths`, while `jobs` sandboxes (one per processor) work.

    No file stops the others: one that cannot be read has the verdict `unreadable`. `paths` is read only a few files
    ahead of what is yielded. The other arguments, and what is raised, are those of `grade`.
    """
    if jobs is not None and jobs < 1:
        raise UsageError(f"jobs: found {jobs}, expected at least 1")
    terms = Terms(isolation=isolation, feedback=feedback_level(feedback), lang=lang)
    return grade_each(map(Path, paths), _materials(exercise, seed, networks, bank), terms, jobs or default_jobs())


def _materials(exercise: str, seed: int, networks: int | None, bank: StrPath | None) -> Materials:
    bank_path = None if bank is None else Path(bank)
    return load_materials(exercise, seed=seed, networks=networks, bank_path=bank_path)


def feedback_level(feedback: Feedback | str) -> Feedback:
    """Return the level of this name. Raises UsageError."""
    try:
        return Feedback(feedback)
    except ValueError as error:
        raise UsageError(f"feedback: found {feedback!r}, expected one of {', '.join(Feedback)}") from error
