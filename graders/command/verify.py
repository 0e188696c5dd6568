"""Say whether a report is what this grader gives."""

import os
from pathlib import Path

from graders.command.options import BELOW_PASS_MARK, OK, Options
from graders.command.printing import print_lines
from graders.command.verification import verify
from graders.errors import UsageError
from graders.messages import locale_lang, message


def run_verify(options: Options) -> int:
    """Grade the submission of a report again, say what differs, and return the exit status."""
    if len(options.submissions) != 1:
        raise UsageError(message("usage.one-report-for-verify", count=len(options.submissions)))
    found = verify(
        options.verify,
        Path(options.submissions[0]),
        exercise=options.exercise,
        seed=options.seed,
        cases=options.cases,
        bank_path=options.bank,
        isolation=options.isolation,
        fallback="CI" not in os.environ,  # as for one file: see `named_terms`
    )
    print_lines(found.lines(options.lang or locale_lang()))
    return OK if found.is_genuine else BELOW_PASS_MARK
