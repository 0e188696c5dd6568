"""Downloads and folders of many kinds: each student has one row, and the file that was worked on counts."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from graders.exercise.loading import load_exercise, root
from graders.intake.entry import Wanted, wanted_by
from graders.intake.finding import find_entries
from graders.intake.reading import read_entry
from graders.submission import Submission

KINDS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "kinds" / "folders.yaml").read_text(encoding="utf-8")
)
RIGHT = (root() / "reference" / "backprop.py").read_text(encoding="utf-8")
WRONG = RIGHT.replace("target - output", "output - target")
OTHER = (root() / "reference" / "gradient_descent.py").read_text(encoding="utf-8")
HANDED_OUT = root() / "exercises" / "backprop"
NOTEBOOK = json.loads((HANDED_OUT / "backprop.ipynb").read_text(encoding="utf-8"))


def filled_in(text: str) -> str:
    """Return the notebook that students get with this in place of the lines to fill in."""
    cells = [dict(cell) for cell in NOTEBOOK["cells"]]
    for cell in cells:
        if cell["cell_type"] == "code" and "error = None" in "".join(cell["source"]):
            cell["source"] = [f"#backprop.py#\n{text}"]
    return json.dumps({**NOTEBOOK, "cells": cells})


CONTENTS = {
    "right": RIGHT,
    "wrong": WRONG,
    "other": OTHER,
    "template": (HANDED_OUT / "backprop.py").read_text(encoding="utf-8"),
    "right notebook": filled_in(RIGHT),
    "wrong notebook": filled_in(WRONG),
    "template notebook": json.dumps(NOTEBOOK),
}


def written(content: str | Mapping[str, str]) -> bytes:
    if isinstance(content, str):
        return CONTENTS.get(content, content).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, member in content.items():
            archive.writestr(name, written(member))
    return packed.getvalue()


def said_by(submission: Submission) -> str:
    """Return which of the contents it is."""
    if submission.unreadable is not None:
        return "nothing"
    text = "\n".join(source for _, source in submission.cells)
    signs = {"error = target - output": "right", "error = output - target": "wrong", "error = None": "template"}
    return next((word for sign, word in signs.items() if sign in text), "other" if "del_w" in text else "junk")


def problems(folder: Mapping[str, Any], here: Path, wanted: Wanted) -> list[str]:
    for name, content in folder["files"].items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_bytes(written(content))
    entries = find_entries(here, wanted)
    found = {who: said_by(read_entry(entry, wanted)) for entry in entries for who in (entry.student, entry.name) if who}
    said = [f"{len(entries)} rows: {found}"] if len(entries) != len(folder["rows"]) else []
    for names, counts in folder["rows"].items():
        got = next((found[name] for name in names.split("|") if name in found), None)
        if got not in counts.split("|"):
            said.append(f"{names}: {got}, not {counts}, in {found}")
    return said


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind["kind"].replace(" ", "_"))
def test_in_folders_of_a_kind_everybodys_own_work_counts(kind: dict[str, Any], tmp_path: Path) -> None:
    wanted = wanted_by(load_exercise("backprop"))
    assert len(kind["folders"]) >= 3
    found = [problems(folder, tmp_path / f"{number}", wanted) for number, folder in enumerate(kind["folders"])]
    assert [said for said in found if said] == []
