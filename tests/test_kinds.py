"""Programs of many kinds, graded one after the other in one sandbox, get what they deserve."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml

from graders.grading import Grader
from graders.outcome import Feedback, Report
from graders.submission import decode_submission
from tests.support.opening import open_grader
from tests.support.sandboxes import RIGHT, skipping_without_kernel

KINDS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "kinds" / "scripts.yaml").read_text(encoding="utf-8")
)
FULL = 100
CASES = 12
"""Enough for sizes unlike the lesson's, signs of both kinds, and layouts that differ."""

START, *LINES = re.split(r"\n(?=x = |## Forward|## Backwards|# TODO: Calculate change in weights for hidden)", RIGHT)
PARTS = dict(zip(("givens", "forward", "backward", "deltas"), LINES, strict=True))


def written_out(script: str) -> str:
    """Return a script with the lesson's lines where it names them, as far to the right as it does."""
    named = re.compile(rf"^([ ]*)# ({'|'.join(PARTS)})$", re.M)
    return f"{START}\n{named.sub(lambda match: indent(PARTS[match[2]], match[1]), script)}"


def programs(kind: dict[str, Any]) -> Iterator[str]:
    """Yield the texts of a kind."""
    for top in kind.get("tops", ()):
        yield f"import numpy as np\n{top}\n{RIGHT}"
    yield from map(written_out, kind.get("scripts", ()))


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    """A grader of the lesson's exercise."""
    with skipping_without_kernel(), open_grader("backprop", cases=CASES, feedback=Feedback.SCORE) as (opened, _):
        yield opened


def graded(grader: Grader, text: str) -> Report:
    return grader.grade(decode_submission("backprop.py", text.encode()))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind["kind"].replace(" ", "_"))
def test_programs_of_a_kind_get_what_they_deserve(kind: dict[str, Any], grader: Grader) -> None:
    least, most = kind.get("points", [FULL, FULL])
    reports = [(text, graded(grader, text)) for text in programs(kind)]
    assert len(reports) >= 3
    assert not [
        (text, report.fault, report.notes) for text, report in reports if not least <= report.score.points <= most
    ]
