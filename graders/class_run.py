"""A whole class: find the submissions, grade them in several sandboxes, write reports, gradebook and summary."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from graders.batch import Batch, OpenGrader, Row, start_folder
from graders.errors import UsageError
from graders.grading import Grader
from graders.intake import Attempt, Entry, find_entries, wanted_by
from graders.outcome import Verdict
from graders.reports import gradebook, yaml
from graders.reports.document import write_atomically
from graders.reports.overview import overview_lines
from graders.session import Materials, Terms, open_sandboxed
from graders.version import VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassResult:
    """What a run came to. `taken_over`: rows of an earlier run; `restarted_because`: why there are none."""

    submissions: int
    taken_over: int
    restarted_because: str | None
    not_graded: int
    mean_percent: float | None


def default_jobs() -> int:
    """Return the number of processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def find_submissions(
    paths: Sequence[Path], materials: Materials, *, intake: str | None = None, attempt: Attempt = "last"
) -> list[Entry]:
    """Return the rows there will be. Raises UsageError if there is none."""
    entries = find_entries(paths, wanted_by(materials.exercise), intake=intake, attempt=attempt)
    if not entries:
        named = ", ".join(map(str, paths))
        raise UsageError(f"{named}: no submission there; expected .py or .ipynb files, or a download with such files")
    return entries


def grade_class(
    entries: Sequence[Entry],
    folder: Path,
    materials: Materials,
    terms: Terms,
    *,
    jobs: int,
    resume: bool = True,
    progress: Callable[[Row], None] = lambda _: None,
) -> ClassResult:
    """Grade all entries into a folder. Raises UsageError, SandboxUnavailable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made: {error.strerror}; name another folder with -o") from error

    def open_one(stack: ExitStack) -> Grader:
        grader, _ = stack.enter_context(open_sandboxed(materials, terms))
        return grader

    start_folder(folder, materials.bank)
    batch = Batch(folder, wanted_by(materials.exercise), _terms(materials, terms))
    openers: list[OpenGrader] = [open_one] * max(1, min(jobs, len(entries)))
    outcome = batch.run(entries, openers, progress, resume=resume)
    check_ids = [f"{on}.{step.name}" for on in ("fixed", "bank") for step in materials.exercise.results]
    write_atomically(folder / "gradebook.csv", gradebook.csv_lines(outcome.rows(entries), check_ids))
    summary = gradebook.summary(outcome.rows(entries), materials.exercise.name)
    write_atomically(folder / "summary.yaml", yaml.dump_plain(summary))
    write_atomically(
        folder / "index.html", overview_lines(summary, outcome.rows(entries), materials.exercise, terms.lang)
    )
    return ClassResult(
        submissions=len(entries),
        taken_over=outcome.taken_over,
        restarted_because=outcome.restarted_because,
        not_graded=summary["verdicts"].get(str(Verdict.NOT_GRADED), 0),
        mean_percent=summary["mean_percent"],
    )


def _terms(materials: Materials, terms: Terms) -> dict[str, str]:
    """Return what must be the same for the reports of an earlier run to hold."""
    return {
        "grader": VERSION,
        "exercise": materials.exercise.sha256,
        "bank": materials.bank.sha256,
        "isolation": str(terms.isolation),
        "feedback": str(terms.feedback),
        "language": terms.lang,
    }
