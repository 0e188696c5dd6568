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
from tests.support.sandboxes import RIGHT, WRONG

KINDS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "kinds" / "folders.yaml").read_text(encoding="utf-8")
)
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


TEMPLATE = CONTENTS["template"]
MINE = "rate = 1\n"
SETS = "delta_w_h_o = 1\ndelta_w_i_h = 2\n"
AS_NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": SETS}]})


@pytest.mark.parametrize(
    ("files", "students", "nobodys"),
    [
        # a script or a notebook has a row under any ending, whatever the others are called
        ({"backprop_al.py": SETS, "quentin.txt": SETS, "lecture.txt": "The error = 1."}, "al quentin", "lecture.txt"),
        ({"al_backprop.py": SETS, "sam.json": AS_NOTEBOOK, "sue_backprop.json": AS_NOTEBOOK}, "al sam sue", ""),
        ({"al_backprop.py": SETS, "zoe": RIGHT, "course.json": '{"error": 1}', "README.txt": SETS}, "al zoe", ""),
        # the instructor's solution and template, and what was handed out, are nobody's
        ({"al.py": SETS, "solution.py": RIGHT, "template.ipynb": AS_NOTEBOOK}, "al", "solution.py template.ipynb"),
        ({"al.py": SETS, "bo/x.py": SETS, "backprop.py": TEMPLATE}, "al bo", "backprop.py"),
        (
            {"al.py": SETS, "solution/backprop.py": RIGHT, "backprop_solution.py": RIGHT},
            "al",
            "backprop_solution.py solution",
        ),
        ({"al.py": SETS, "backprop.py": SETS}, "al None", ""),
        # under a name that is nobody's, too; under a person's, or in their folder, it is theirs
        ({"al_backprop.py": SETS, "hw3.py": TEMPLATE, "hw_3_copy.py": TEMPLATE}, "al", "hw3.py hw_3_copy.py"),
        (
            {"al_backprop.py": SETS, "反向传播.py": TEMPLATE, "Backpropagation_2.py": TEMPLATE},
            "al",
            "Backpropagation_2.py 反向传播.py",
        ),
        ({"al.py": SETS, "backprop_start.py": TEMPLATE, "作业3.py": TEMPLATE}, "al", "backprop_start.py 作业3.py"),
        (
            {"al/hw3.py": TEMPLATE, "bo/x.py": SETS, "lab-3.py": TEMPLATE, "hw3/hw3.py": TEMPLATE},
            "al bo",
            "hw3 lab-3.py",
        ),
        ({"al.py": TEMPLATE, "bo.py": SETS, "12.py": TEMPLATE, "hw3_cy.py": TEMPLATE}, "al bo 12 hw3_cy", ""),
        (
            {"doe_1_2_hw3.py": TEMPLATE, "roe_2_3_x.py": SETS, "hw3.py": TEMPLATE, "solution.py": RIGHT},
            "1 2",
            "hw3.py solution.py",
        ),
        # nobody is named at all
        ({"hw3.py": SETS, "hw3_start.py": TEMPLATE, "hw3 (1).py": SETS}, "hw3 hw3 hw3_start", ""),
        # alone they are somebody's
        ({"solution.py": RIGHT}, "solution", ""),
        ({"backprop.py": TEMPLATE}, "None", ""),
        # files that one of them imports are one student's
        ({"main.py": f"import core\n{SETS}", "core.py": "import act\n", "act.py": MINE}, "class", ""),
        ({"main.py": f"import backprop\n{SETS}", "backprop.py": MINE}, "class", ""),
        ({"main.py": f"import pkg.core\n{SETS}", "pkg/core.py": MINE}, "class", ""),
        ({"al.py": f"import bo\n{SETS}", "bo.py": MINE, "cy.py": "rate = 3\n"}, "al bo cy", ""),
    ],
)
def test_a_class_has_a_row_per_student_and_names_what_is_nobody_s(
    tmp_path: Path, files: dict[str, str], students: str, nobodys: str
) -> None:
    wanted = wanted_by(load_exercise("backprop"))
    for name, text in files.items():
        path = tmp_path / "class" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    left_out: list[str] = []
    entries = find_entries(tmp_path / "class", wanted, left_out=left_out)
    assert " ".join(sorted(str(entry.student) for entry in entries)) == " ".join(sorted(students.split()))
    assert " ".join(sorted(left_out)) == " ".join(sorted(nobodys.split()))
