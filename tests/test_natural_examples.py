"""Solutions as their authors write them make exercises that grade: those in `tests/shapes`, and in `natural` there."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from graders.authoring.scaffold import new_exercise
from graders.exercise.bank import DEFAULT_SEED, get_bank
from graders.exercise.loading import load_exercise
from graders.exercise.reference import load_reference
from graders.outcome import Feedback
from graders.session import Materials, Terms, open_sandboxed
from graders.submission import read_submission
from tests.support.sandboxes import skipping_without_kernel

SHAPES = Path(__file__).parent / "shapes"
SOLVED = sorted(path.parent for path in [*SHAPES.glob("*/solution.py"), *SHAPES.glob("natural/*/solution.py")])

UNSEEN = {"wrong_absolute_error.py"}
"""Wrong only in a curve, which the script draws and nobody asks for."""


@pytest.mark.long
@pytest.mark.parametrize("folder", SOLVED, ids=[folder.name for folder in SOLVED])
def test_right_files_have_full_marks_and_wrong_ones_less(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        if path.is_file() and not path.name.startswith(("right_", "wrong_")):
            shutil.copy(path, tmp_path)
    (tmp_path / "exercises").mkdir()
    made = str(tmp_path / "exercises" / folder.name)
    new_exercise(made, tmp_path / "solution.py")
    exercise = load_exercise(made)
    reference = load_reference(exercise)
    with np.errstate(all="ignore"):
        bank = get_bank(exercise, reference, seed=DEFAULT_SEED, count=exercise.drawing.count)
    materials = Materials(exercise=exercise, reference=reference, bank=bank)
    terms = Terms(isolation=None, fallback=True, feedback=Feedback.SCORE)
    handed_in = sorted([*folder.glob("right_*"), *folder.glob("wrong_*")])
    with skipping_without_kernel(), open_sandboxed(materials, terms) as grader:
        points = {path.name: grader.grade(read_submission(path)).score for path in handed_in}
    full = {name for name, score in points.items() if score.points == score.max}
    assert full == {name for name in points if name.startswith("right_") or name in UNSEEN}
