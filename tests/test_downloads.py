"""Downloads: several platforms' side by side are told apart, and one in a student's place speaks for nobody."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from graders.exercise.loading import load_exercise
from graders.intake.entry import Wanted, wanted_by
from graders.intake.finding import find_entries
from graders.intake.reading import read_entry

WANTED = Wanted("backprop")
MIXED = {
    "canvas": ("doejane_1_11_backprop.py", "roebo_LATE_2_12_backprop.py", "late_3_13_backprop.py"),
    "moodle": ("Jan Vogt_12_assignsubmission_file_backprop.py", "Li Wei_13_assignsubmission_file_backprop.py"),
    "blackboard": (
        "HW_bob_attempt_2026-09-01-10-00-00_backprop.py",
        "HW_e_ve_attempt_2026-09-01-10-00-00_backprop.py",
    ),
    "brightspace": (
        "1002-2001 - Bo Li - Sep 1, 2026 1130 AM - backprop.py",
        "1003-2001 - Cy - Li - Sep 1, 2026 1130 AM - backprop.py",
    ),
    "autolab": ("a_b@uni.example_3_backprop.py", "c@uni.example_1_2_backprop.py"),
}
PEOPLE = {"1", "2", "3", "12", "13", "bob", "e_ve", "1002-2001", "1003-2001", "a_b@uni.example", "c@uni.example"}


def put(place: Path, names: Iterable[str], *, packed: bool) -> None:
    """Write a script for each name, into a folder or a zip called like it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as writer:
        for name in names:
            writer.writestr(name, f"error = 1\nname = {name!r}\n")
    if packed:
        place.with_suffix(".zip").write_bytes(buffer.getvalue())
    else:
        zipfile.ZipFile(buffer).extractall(place)


@pytest.mark.parametrize("packed", [False, True])
def test_downloads_of_several_platforms_in_one_folder_are_each_read_as_what_they_are(
    tmp_path: Path, packed: bool
) -> None:
    for platform, names in MIXED.items():
        put(tmp_path / platform, names, packed=packed)
    entries = find_entries(tmp_path, WANTED)
    assert {entry.student for entry in entries} == PEOPLE
    assert [entry.student for entry in entries if entry.late] == ["2"]


@pytest.mark.parametrize("table", ["roster.csv", "2026_Grades.XLSX", "rooms.ods", "README.md"])
def test_a_table_of_the_instructor_s_may_lie_beside_downloads(tmp_path: Path, table: str) -> None:
    for place in ("several", "alone"):
        (tmp_path / place).mkdir()
        (tmp_path / place / table).write_text("id,name\n1,Doe\n")
    put(tmp_path / "several" / "canvas", MIXED["canvas"], packed=True)
    put(tmp_path / "several" / "moodle", MIXED["moodle"], packed=False)
    assert {entry.student for entry in find_entries(tmp_path / "several", WANTED)} == {"1", "2", "3", "12", "13"}
    put(tmp_path / "alone" / "class", ["jdoe/backprop.py", "broe/backprop.py"], packed=True)
    assert {entry.student for entry in find_entries(tmp_path / "alone", WANTED)} == {"jdoe", "broe"}


@pytest.mark.parametrize(
    ("names", "students"),
    [
        (["Submitted files/Al/backprop/Version 1/x.py", "Working files/Bo/backprop/backprop.py"], {"Al"}),
        (["x_export/submission_11/backprop.py", "x_export/submission_12/x.py"], {"submission_11", "submission_12"}),
        (["x-submissions/x-al/backprop.py", "x-submissions/x-bo/backprop.py"], {"al", "bo"}),
        (["HW/Doe, Al(al)/Submission attachment(s)/x.py", "HW/Roe, Bo(bo)/timestamp.txt"], {"al", "bo"}),
    ],
)
def test_beside_a_table_a_download_is_known_for_what_it_is(
    tmp_path: Path, names: list[str], students: set[str]
) -> None:
    put(tmp_path / "here", [*names, "roster.csv"], packed=False)
    assert {entry.student for entry in find_entries(tmp_path / "here", WANTED)} == students


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("platform", MIXED)
def test_a_download_where_one_student_should_be_speaks_for_nobody(tmp_path: Path, platform: str, packed: bool) -> None:
    put(tmp_path / "eve", MIXED[platform], packed=packed)
    put(tmp_path / "bob", ["backprop.py"], packed=False)
    wanted = wanted_by(load_exercise("backprop"))
    entries = {entry.key.removesuffix(".zip"): entry for entry in find_entries(tmp_path, wanted)}
    assert set(entries) == {"bob", "eve"}
    assert f"several students, named as {platform} does" in str(read_entry(entries["eve"], wanted).unreadable)
    assert read_entry(entries["bob"], wanted).unreadable is None


def test_files_with_numbers_in_their_names_are_still_one_students(tmp_path: Path) -> None:
    put(tmp_path / "eve", ["lab_1_2_backprop.py", "lab_1_3_plot.py"], packed=False)
    put(tmp_path / "bob", ["backprop.py"], packed=False)
    wanted = wanted_by(load_exercise("backprop"))
    assert [read_entry(entry, wanted).unreadable for entry in find_entries(tmp_path, wanted)] == [None, None]
