"""Reports as Classroom 50's result.json. Source: its schema classroom50/result/v1.

The runner puts in who submitted what when (owner, assignment_type, datetime); the rest of the identity is in its
environment.
"""

import os
from typing import Any

import msgspec

from graders.errors import UsageError
from graders.outcome import Check, Report, Verdict
from graders.reports.context import Context

ENDING = ".classroom50.json"

# By field, the variable of the runner's environment that has it.
_IDENTITY = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
}


def dump(report: Report, context: Context) -> bytes:
    """Return the result; points are whole numbers there. Raises UsageError where the runner's environment is not."""
    tests = [_check_result(check) for check in report.checks]
    identity = {field: _variable(name) for field, name in _IDENTITY.items()}
    identity["review"] = os.environ.get("REVIEW_URL") or identity["commit"]
    points = {key: sum(test[key] for test in tests) for key in ("score", "max-score")}
    result = {"schema": "classroom50/result/v1", **identity, **points, "tests": tests}
    return msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n"


def _check_result(check: Check) -> dict[str, Any]:
    return {
        "test-name": check.id,
        "passed": check.verdict is Verdict.CORRECT,
        "score": round(check.points),  # its schema has whole numbers only
        "max-score": round(check.max),
        "verdict": str(check.verdict),
    }


def _variable(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise UsageError(f"--format classroom50: {name} is not set; this format is for Classroom 50's runner")
    return value
