"""Does any of hundreds of attacks get out, and is any ordinary program stopped?

`escapes/attacks/` holds one attack per file, around the right solution: an attack that succeeds says so, and spoils its
own results. `escapes/attacks.yaml` says what each comes to. `escapes/ordinary/` holds programs that nothing may stop.
"""

import os
import platform
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from graders.exercise.loading import root
from graders.grading import Grader
from graders.outcome import Verdict
from graders.reports.document import document
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import decode_submission, read_submission
from tests.support.attacks import FOLDER, attack_on, make_decoys
from tests.support.sandboxes import skipping_without_kernel

pytestmark = pytest.mark.long

ATTACKS: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "attacks.yaml").read_text(encoding="utf-8"))
ORDINARY = sorted(path.name for path in (FOLDER / "ordinary").glob("*.py"))
WALLS = {
    "seccomp",
    "landlock",
    "rlimits",
    "uid",
    "descriptors",
    "protocol",
    "clock",
    "comparison",
    "nothing-to-find",
}

_EXIT_AT_THE_END = {"exit_at_the_end.py", "exit_with_status.py"}


def look_at(folder: Path) -> dict[str, bytes]:
    """Return mode, time and content of every decoy."""
    return {
        str(path.relative_to(folder)): f"{path.stat().st_mode:o} {path.stat().st_mtime_ns} ".encode()
        + path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def left_behind() -> set[str]:
    """Return what an attack could leave on the machine: SysV objects, files in /dev/shm, message queues."""
    found = set()
    for kind in ("shm", "sem", "msg"):
        table = Path("/proc/sysvipc") / kind
        if table.exists():
            lines = table.read_text(encoding="ascii").splitlines()[1:]
            found |= {f"{kind} {line.split()[1]}" for line in lines}
    for folder in (Path("/dev/shm"), Path("/dev/mqueue")):
        if folder.is_dir():
            # The self-test of a server without walls, which another test may start meanwhile, makes a canary there.
            names = {path.name for path in folder.iterdir() if "exercise-grader" in path.name}
            found |= {name for name in names if "canary" not in name}
    return found


@pytest.fixture(scope="module")
def decoys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of decoys."""
    folder = tmp_path_factory.mktemp("decoys")
    make_decoys(folder)
    return folder


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    """A grader with short limits, started with a secret in its environment."""
    os.environ["EXERCISE_GRADER_SECRET"] = "EXERCISE_GRADER_SECRET-value"
    materials = load_materials("backprop")
    limits = replace(materials.exercise.limits, wall_s=2, cpu_s=1)
    short = replace(materials, exercise=replace(materials.exercise, limits=limits))
    try:
        with skipping_without_kernel(), open_sandboxed(short, Terms()) as opened:
            yield opened
    finally:
        del os.environ["EXERCISE_GRADER_SECRET"]


@pytest.fixture(scope="module")
def patient_grader() -> Iterator[Grader]:
    """A grader with the exercise's own limits."""
    with skipping_without_kernel(), open_sandboxed(load_materials("backprop"), Terms()) as opened:
        yield opened


def test_every_attack_has_a_row_and_every_row_a_file() -> None:
    assert {path.name for path in (FOLDER / "attacks").glob("*.py")} == set(ATTACKS)


def test_there_are_enough_attacks_and_ordinary_programs() -> None:
    assert len(ATTACKS) >= 120
    assert len(ORDINARY) >= 40


def test_every_row_says_by_which_wall_and_why() -> None:
    for name, row in ATTACKS.items():
        assert row["by"] in WALLS, name
        assert " → " in row["why"], name
        assert set(row) <= {"verdict", "verdicts", "points", "says", "by", "why"}, name
        assert {Verdict(word) for word in expected_verdicts(row)} - {Verdict.NOT_GRADED}, name


def expected_verdicts(row: dict[str, Any]) -> list[str]:
    """Return the verdicts a row allows."""
    verdicts: list[str] = row["verdicts"] if "verdicts" in row else [row["verdict"]]
    return verdicts


def most_points(row: dict[str, Any]) -> float:
    """Return the points a row allows at most."""
    points: float = row.get("points", 100 if expected_verdicts(row) == ["correct"] else 0)
    return points


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_an_attack_gains_nothing(name: str, grader: Grader, decoys: Path) -> None:
    row = ATTACKS[name]
    before, untouched = left_behind(), look_at(decoys)
    report = grader.grade(decode_submission(name, attack_on(decoys, name).encode()))
    assert report.verdict in expected_verdicts(row), (report.verdict, report.fault, report.stdout)
    assert report.score.points <= most_points(row)
    if expected_verdicts(row) == ["correct"]:
        assert report.score.points == 100
    if "says" in row and platform.machine() == "x86_64":
        assert report.fault is not None
        assert row["says"] in report.fault.message
    assert "ATTACK SUCCEEDED" not in report.stdout
    assert look_at(decoys) == untouched
    assert left_behind() <= before
    assert len(str(document(report))) < 100_000
    reference = grader.grade(read_submission(root() / "reference" / "backprop.py"))
    assert reference.score.points == 100


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_program_is_not_stopped(name: str, patient_grader: Grader) -> None:
    report = patient_grader.grade(read_submission(FOLDER / "ordinary" / name))
    assert (report.verdict, report.score.points) == (Verdict.CORRECT, 100), report.fault
    assert report.fault is None or name in _EXIT_AT_THE_END, report.fault
