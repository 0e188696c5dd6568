"""The Python API: what the command line does, for other programs."""

import os
from pathlib import Path

from graders.grading import Isolation
from graders.messages import Lang
from graders.networks import DEFAULT_SEED
from graders.outcome import Report
from graders.session import open_grader
from graders.submission import read_submission


def grade(
    path: str | os.PathLike[str],
    exercise: str = "backprop",
    *,
    seed: int = DEFAULT_SEED,
    networks: int | None = None,
    bank: str | os.PathLike[str] | None = None,
    isolation: Isolation = "kernel",
    lang: Lang = "en",
) -> Report:
    """Grade one file and return its report. Raises GraderError if someone other than the student is at fault.

    `seed` and `networks` (a count; the exercise's own by default) choose the random networks, unless `bank` names a
    recorded `networks.json`.
    """
    submission = read_submission(Path(path))
    bank_path = None if bank is None else Path(bank)
    with open_grader(exercise, seed=seed, networks=networks, bank_path=bank_path, isolation=isolation, lang=lang) as (
        grader,
        _,
    ):
        return grader.grade(submission)
