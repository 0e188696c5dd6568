"""Programs of many kinds, graded one after the other in one sandbox, get what they deserve."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml

from graders.grading import Grader
from graders.outcome import Feedback
from graders.submission import Submission, decode_submission
from tests.support.opening import open_grader
from tests.support.sandboxes import RIGHT, skipping_without_kernel

KINDS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "kinds" / "scripts.yaml").read_text(encoding="utf-8")
)
FULL = 100
CASES = 12
"""Enough for sizes unlike the lesson's, signs of both kinds, and layouts that differ."""

START, *LINES = re.split(r"\n(?=x = |## Forward|## Backwards|# TODO: Calculate change in weights for hidden)", RIGHT)
PARTS = {"start": START, **dict(zip(("givens", "forward", "backward", "deltas"), LINES, strict=True))}


def written_out(script: str) -> str:
    """Return a script with the lesson's lines where it names them, as far to the right as it does."""
    named = re.compile(rf"^([ ]*)# ({'|'.join(PARTS)})$", re.M)
    return named.sub(lambda match: indent(PARTS[match[2]], match[1]), script)


def notebook(cells: list[str]) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": written_out(cell)} for cell in cells]})


def programs(kind: dict[str, Any]) -> Iterator[Submission]:
    """Yield the submissions of a kind."""
    for top in kind.get("tops", ()):
        yield decoded("backprop.py", f"import numpy as np\n{top}\n{RIGHT}")
    for script in kind.get("scripts", ()):
        yield decoded("backprop.py", written_out(f"# start\n{script}"))
    for cells in kind.get("notebooks", ()):
        yield decoded("backprop.ipynb", notebook(cells))
    for files in kind.get("folders", ()):
        beside = {path: written_out(text).encode() for path, text in files.items()}
        yield decoded("backprop.py", written_out(files["backprop.py"])).with_modules(beside.get)


def decoded(name: str, text: str) -> Submission:
    return decode_submission(name, text.encode())


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    """A grader of the lesson's exercise."""
    with skipping_without_kernel(), open_grader("backprop", cases=CASES, feedback=Feedback.SCORE) as opened:
        yield opened


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=pytest.mark.long if kind.get("long") else ()) for kind in KINDS],
    ids=lambda kind: kind["kind"].replace(" ", "_"),
)
def test_programs_of_a_kind_get_what_they_deserve(kind: dict[str, Any], grader: Grader) -> None:
    least, most = kind.get("points", [FULL, FULL])
    reports = [(each.cells, grader.grade(each)) for each in programs(kind)]
    assert len(reports) >= 3
    assert not [(cells, each.fault, each.notes) for cells, each in reports if not least <= each.score.points <= most]
