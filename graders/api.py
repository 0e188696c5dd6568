"""The Python API: what the command line does, for other programs."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from graders.batch.pool import default_jobs, work_through
from graders.choices import Isolation
from graders.errors import UsageError
from graders.exercise.bank import DEFAULT_SEED
from graders.messages import Lang, message
from graders.outcome import Feedback, Report
from graders.session import AnyMaterials, check_count, choose_terms, load_any, open_any
from graders.submission import Submission, read_submission

StrPath = str | os.PathLike[str]


def grade(
    path: StrPath,
    exercise: str = "backprop",
    *,
    seed: int = DEFAULT_SEED,
    cases: int | None = None,
    bank: StrPath | None = None,
    isolation: Isolation = "kernel",
    feedback: Feedback | str = Feedback.COUNTEREXAMPLE,
    lang: Lang = "en",
) -> Report:
    """Grade one file and return its report. Raises GraderError if someone other than the student is at fault.

    `seed` and `cases` (a count; the exercise's own by default) choose the random cases, unless `bank` names a
    recorded `cases.json`. `feedback`: how much the report tells.
    """
    # Before the sandbox: a path that is not there is told at once.
    submission = read_submission(Path(path))
    terms = choose_terms(isolation=isolation, feedback=feedback, lang=lang)
    with open_any(_materials(exercise, seed, cases, bank), terms) as grader:
        return grader.grade(submission)


def grade_many(
    paths: Iterable[StrPath],
    exercise: str = "backprop",
    *,
    jobs: int | None = None,
    seed: int = DEFAULT_SEED,
    cases: int | None = None,
    bank: StrPath | None = None,
    isolation: Isolation = "kernel",
    feedback: Feedback | str = Feedback.COUNTEREXAMPLE,
    lang: Lang = "en",
) -> Iterator[tuple[Path, Report]]:
    """Yield each path with its report, in the order of `paths`, while `jobs` sandboxes (one per processor) work.

    No file stops the others: one that cannot be read has the verdict `unreadable`. `paths` is read only a few files
    ahead of what is yielded. The other arguments, and what is raised, are those of `grade`.
    """
    # A text is iterable, too: each of its characters would be graded as a path.
    if isinstance(paths, str | os.PathLike):
        raise UsageError(f"paths: found one path, {os.fspath(paths)}, expected several; grade() takes one")
    if jobs is not None:
        check_count("jobs", jobs)
    terms = choose_terms(isolation=isolation, feedback=feedback, lang=lang)
    materials = _materials(exercise, seed, cases, bank)

    def open_one(stack: ExitStack) -> Callable[[Path], Report]:
        grader = stack.enter_context(open_any(materials, terms))
        return lambda path: grader.grade(_read_or_missing(path))

    return work_through(map(Path, paths), open_one, jobs or default_jobs(), in_order=True)


def _read_or_missing(path: Path) -> Submission:
    """Read a file; one that is not there is a submission, too, since it must not stop the others."""
    try:
        return read_submission(path)
    except UsageError:
        return Submission(file=path.name, sha256=None, cells=(), unreadable=message("unreadable.no-file"))


def _materials(exercise: str, seed: int, cases: int | None, bank: StrPath | None) -> AnyMaterials:
    bank_path = None if bank is None else Path(bank)
    return load_any(exercise, seed=seed, cases=cases, bank_path=bank_path)
