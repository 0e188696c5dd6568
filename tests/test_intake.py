"""Intake: whose each file is, which one counts, and that hostile folders and archives come to an entry, never more."""

import io
import os
import pickle
import socket
import stat
import struct
import tempfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.errors import UsageError
from graders.exercise.loading import Exercise
from graders.intake import Entry, Wanted, count_best, find_entries, read_entry, wanted_by
from graders.intake.stored import InArchive, read_member
from graders.messages import Message
from graders.submission import MAX_BYTES, Submission

SCRIPT = b"error = 1\n"
WANTED = Wanted("backprop")
Rows = list[tuple[str, str | None]]


def tree(root: Path, files: Mapping[str, bytes] | Iterable[str]) -> Path:
    """Write files, a script each where no bytes are given."""
    contents = files if isinstance(files, Mapping) else dict.fromkeys(files, SCRIPT)
    for name, content in contents.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def archive(path: Path, files: Mapping[str, bytes] | Iterable[str]) -> Path:
    """Write a zip, a script each where no bytes are given."""
    path.write_bytes(zipped(files))
    return path


def zipped(files: Mapping[str, bytes] | Iterable[str]) -> bytes:
    contents = files if isinstance(files, Mapping) else dict.fromkeys(files, SCRIPT)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, content in contents.items():
            writer.writestr(name, content)
    return buffer.getvalue()


def rows(entries: list[Entry]) -> Rows:
    return [(entry.key, entry.student) for entry in entries]


def only(path: Path, wanted: Wanted = WANTED) -> Submission:
    """Read the only hand-in."""
    (entry,) = find_entries(path, wanted)
    return read_entry(entry, wanted)


def said(message: Message | None) -> str:
    """Return a message in English; empty if there is none."""
    return "" if message is None else str(message)


def problem(path: Path) -> str:
    return said(only(path).unreadable)


def first(path: Path, wanted: Wanted = WANTED) -> Submission:
    """Read the hand-in that comes first."""
    return read_entry(find_entries(path, wanted)[0], wanted)


@contextmanager
def as_nobody(folder: Path) -> Iterator[Path]:
    """Give up root's right to read everything, where the tests run as root, and own the folder."""
    user = os.geteuid()
    if user == 0:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        os.seteuid(user)


def source(submission: Submission) -> str:
    return "".join(text for _, text in submission.cells)


class TestAFolder:
    def test_of_files_has_one_submission_each_named_by_what_is_not_the_exercise(self, tmp_path: Path) -> None:
        tree(tmp_path, ["alice.py", "backprop.py", "backprop (1).py", "2023001_backprop.py", "backprop-bob.ipynb"])
        assert rows(find_entries(tmp_path, WANTED)) == [
            ("2023001_backprop.py", "2023001"),
            ("alice.py", "alice"),
            ("backprop (1).py", None),
            ("backprop-bob.ipynb", "bob"),
            ("backprop.py", None),
        ]

    def test_of_folders_is_one_student_each_at_any_depth(self, tmp_path: Path) -> None:
        tree(tmp_path, ["alice/backprop.py", "bob/week 3/homework/backprop.py", "carol.py"])
        assert rows(find_entries(tmp_path, WANTED)) == [("alice", "alice"), ("bob", "bob"), ("carol.py", "carol")]

    def test_with_sections_of_students_names_the_students(self, tmp_path: Path) -> None:
        tree(tmp_path, [f"section {s}/{name}/backprop.py" for s, name in (("A", "al"), ("A", "bo"), ("B", "cy"))])
        tree(tmp_path, ["section B/di/exercises/backprop/backprop.py"])
        assert rows(find_entries(tmp_path, WANTED)) == [
            ("section A/al", "al"),
            ("section A/bo", "bo"),
            ("section B/cy", "cy"),
            ("section B/di", "di"),
        ]

    def test_around_all_others_is_stepped_into(self, tmp_path: Path) -> None:
        flat = tree(tmp_path / "flat", ["submissions/alice.py", "submissions/bob.py"])
        deep = tree(tmp_path / "deep", ["submissions/alice/a.py", "submissions/bob/b.py"])
        assert rows(find_entries(flat, WANTED)) == [("alice.py", "alice"), ("bob.py", "bob")]
        assert rows(find_entries(deep, WANTED)) == [("alice", "alice"), ("bob", "bob")]

    def test_that_is_empty_gets_a_row_that_says_so(self, tmp_path: Path) -> None:
        tree(tmp_path, ["alice/backprop.py"])
        (tmp_path / "bob").mkdir()
        assert [said(entry.problem) for entry in find_entries(tmp_path, WANTED)] == ["", "empty folder"]

    def test_without_any_file_has_no_rows(self, tmp_path: Path) -> None:
        assert find_entries(tmp_path, WANTED) == []

    def test_leaves_out_what_machines_and_instructors_put_there(self, tmp_path: Path) -> None:
        names = [".DS_Store", "__MACOSX/._alice.py", ".git/x.py", ".ipynb_checkpoints/a-checkpoint.ipynb"]
        tree(tmp_path, [*names, "__pycache__/a.py", "roster.csv", "README.md", "alice.py"])
        tree(tmp_path, {"grades/cases.json": b"[]", "grades/gradebook.csv": b"", "grades/reports/alice.yaml": b""})
        assert rows(find_entries(tmp_path, WANTED)) == [("alice.py", "alice")]

    def test_reports_a_file_of_a_wrong_kind(self, tmp_path: Path) -> None:
        tree(tmp_path, ["alice.pdf", "bob.rar"])
        assert [said(entry.problem) for entry in find_entries(tmp_path, WANTED)] == [
            "no .py or .ipynb file, only alice.pdf",
            "no .py or .ipynb file, only bob.rar",
        ]

    def test_and_another_folder_keep_their_rows_apart(self, tmp_path: Path) -> None:
        first, second = tree(tmp_path / "a", ["al.py"]), tree(tmp_path / "b", ["al.py"])
        assert [entry.key for entry in find_entries([first, second, first / "al.py"], WANTED)] == [
            "a/al.py",
            "b/al.py",
            "al.py",
        ]


class TestAClone:
    def files(self, exercise: Exercise) -> dict[str, bytes]:
        template = exercise.folder / "backprop.py"
        notebook = exercise.folder / "backprop.ipynb"
        return {
            "exercises/backprop/backprop.py": template.read_bytes(),
            "exercises/backprop/backprop.ipynb": notebook.read_bytes().replace(b"\n", b"\r\n"),
            "reference/backprop.py": b"answer = 1\n",
            "tests/submissions/backprop/correct/backprop.py": SCRIPT,
            "graders/cli.py": SCRIPT,
        }

    def test_is_the_file_in_the_exercise_s_folder_that_was_filled_in(self, tmp_path: Path, exercise: Exercise) -> None:
        tree(tmp_path / "al", {**self.files(exercise), "exercises/backprop/backprop.py": b"mine = 1\n"})
        tree(tmp_path / "bo", {**self.files(exercise), "exercises/backprop/backprop.ipynb": b"{}"})
        wanted = wanted_by(exercise)
        al, bo = (read_entry(entry, wanted) for entry in find_entries(tmp_path, wanted))
        assert (al.student, al.file, source(al)) == ("al", "backprop.py", "mine = 1\n")
        assert (bo.student, bo.file) == ("bo", "backprop.ipynb")

    def test_with_both_files_filled_in_is_not_guessed(self, tmp_path: Path, exercise: Exercise) -> None:
        changed = {"exercises/backprop/backprop.py": b"a = 1\n", "exercises/backprop/backprop.ipynb": b"{}"}
        tree(tmp_path / "al", {**self.files(exercise), **changed})
        assert "several files are named after the exercise" in said(only(tmp_path, wanted_by(exercise)).unreadable)

    def test_with_nothing_filled_in_is_the_script(self, tmp_path: Path, exercise: Exercise) -> None:
        tree(tmp_path / "al", self.files(exercise))
        assert only(tmp_path, wanted_by(exercise)).file == "backprop.py"

    def test_named_itself_is_one_submission(self, tmp_path: Path, exercise: Exercise) -> None:
        fork = tree(tmp_path / "fork", self.files(exercise))
        assert rows(find_entries(fork, wanted_by(exercise))) == [("fork", "fork")]

    def test_that_has_the_exercise_twice_like_all_others_is_still_one_student(self, tmp_path: Path) -> None:
        tree(tmp_path, [f"{name}/{part}/backprop.py" for name in ("al", "bo", "cy") for part in ("one", "two")])
        assert rows(find_entries(tmp_path, WANTED)) == [("al", "al"), ("bo", "bo"), ("cy", "cy")]


class TestWhichFileCounts:
    @pytest.mark.parametrize(
        "name",
        ["backprop (1).py", "backprop-1.py", "Copy of backprop.ipynb", "backprop.ipynb”的副本", "Backprop.PY",
         "“backprop.ipynb”的副本", "backprop_ipynb.ipynb", "backprop.py.txt", "alice_backprop.py", "ｂackprop.py"],
    )  # fmt: skip
    def test_one_named_like_the_exercise(self, tmp_path: Path, name: str) -> None:
        tree(tmp_path / "alice", [name, "helper.py", "notes.ipynb"])
        (entry,) = find_entries(tmp_path, WANTED)
        assert (entry.file, entry.problem) == (name, None)

    def test_the_exact_name_before_a_copy_and_the_report_says_so(self, tmp_path: Path) -> None:
        tree(tmp_path, {"alice/backprop.py": b"a = 1\n", "alice/backprop (1).py": b"a = 2\n"})
        submission = only(tmp_path)
        assert source(submission) == "a = 1\n"
        assert [str(note) for note in submission.notes] == [
            "alice/backprop.py was graded; there is also alice/backprop (1).py."
        ]

    def test_the_only_script_or_notebook(self, tmp_path: Path) -> None:
        tree(tmp_path, ["alice/homework.py", "alice/report.pdf"])
        assert only(tmp_path).file == "homework.py"

    def test_none_of_several_with_other_names(self, tmp_path: Path) -> None:
        tree(tmp_path, ["alice/one.py", "alice/two.ipynb", "bob/backprop.py"])
        assert (
            said(first(tmp_path).unreadable)
            == "several files, none named after the exercise: alice/one.py, alice/two.ipynb"
        )

    def test_none_without_a_script(self, tmp_path: Path) -> None:
        tree(tmp_path, [*(f"alice/{number}.pdf" for number in range(7)), "bob/backprop.py"])
        assert said(first(tmp_path).unreadable).endswith("alice/3.pdf, alice/4.pdf and 2 more")

    def test_one_of_equal_copies(self, tmp_path: Path) -> None:
        tree(tmp_path, ["alice/a/backprop.py", "alice/b/backprop.py", "bob.py"])
        assert source(first(tmp_path)) == SCRIPT.decode()

    def test_a_notebook_that_a_browser_saved_as_text_is_read_as_notebook(self, tmp_path: Path) -> None:
        tree(tmp_path, {"alice/backprop.ipynb.txt": b'{"cells": [{"cell_type": "code", "source": "x = 1"}]}'})
        assert only(tmp_path).cells == [(1, "x = 1")]


CANVAS = [
    "smithbob_340934_208490284_backprop.py",
    "zhāngsān_LATE_340935_208490285_my_2_files.py",
    "doejane_340936_208490286_a.py",
    "doejane_340936_208490287_b.py",
    "textonly_340937_text.html",
]


class TestCanvas:
    def test_names_the_student_s_id_and_keeps_late_marks(self, tmp_path: Path) -> None:
        for path in (archive(tmp_path / "hw.zip", CANVAS), tree(tmp_path / "hw", CANVAS)):
            entries = {entry.key: entry for entry in find_entries(path, WANTED)}
            assert [(key, entry.student, entry.late) for key, entry in entries.items()] == [
                ("doejane_340936", "340936", False),
                ("smithbob_340934", "340934", False),
                ("textonly_340937", "340937", False),
                ("zhāngsān_340935", "340935", True),
            ]
            assert entries["zhāngsān_340935"].file == "my_2_files.py"
            assert "a.py, b.py" in said(entries["doejane_340936"].problem)
            assert "text.html" in said(entries["textonly_340937"].problem)

    def test_takes_anonymous_names(self, tmp_path: Path) -> None:
        path = archive(tmp_path / "hw.zip", ["anon_Ab3xY_11_backprop.py", "LATE_anon_Zz9_12_backprop.py"])
        assert [(entry.student, entry.late) for entry in find_entries(path, WANTED)] == [
            ("anon_Zz9", True),
            ("anon_Ab3xY", False),
        ]

    def test_reports_a_stray_file_too(self, tmp_path: Path) -> None:
        path = archive(tmp_path / "hw.zip", [*CANVAS, "extra.py"])
        assert ("extra.py", "extra") in rows(find_entries(path, WANTED))


class TestMoodle:
    def test_files_and_folders_name_the_participant(self, tmp_path: Path) -> None:
        names = [
            "张三_123_assignsubmission_file_backprop.py",
            "Bob A Smith_124_assignsubmission_file_/src/backprop.py",
            "Participant_125_assignsubmission_file/backprop.ipynb",
            "Dee_126_assignsubmission_onlinetext_onlinetext.html",
        ]
        entries = find_entries(archive(tmp_path / "hw.zip", names), WANTED)
        assert [(entry.student, entry.name, entry.problem is None) for entry in entries] == [
            ("124", "Bob A Smith", True),
            ("126", "Dee", False),
            ("125", "Participant", True),
            ("123", "张三", True),
        ]


class TestBlackboard:
    files: Mapping[str, bytes] = {
        "Homework 3_alice_attempt_2026-01-30-15-00-00_backprop.py": b"a = 1\n",
        "Homework 3_alice_attempt_2026-01-30-15-00-00.txt": b"receipt",
        "Homework 3_alice_attempt_2026-02-01-09-00-00_backprop.py": b"a = 2\n",
        "Homework 3_bob_poging_2026-01-30-15-00-00.txt": b"receipt",
    }

    @pytest.mark.parametrize(("attempt", "sources"), [("first", ["a = 1\n"]), ("last", ["a = 2\n"])])
    def test_one_attempt_of_a_student_counts(self, tmp_path: Path, attempt: str, sources: list[str]) -> None:
        path = archive(tmp_path / "hw.zip", self.files)
        entries = find_entries(path, WANTED, attempt="first" if attempt == "first" else "last")
        read = [read_entry(entry, WANTED) for entry in entries]
        assert [source(one) for one in read if one.student == "alice"] == sources
        assert [said(one.unreadable) for one in read if one.student == "bob"] == [
            "no .py or .ipynb file, only receipt.txt"
        ]

    def test_all_attempts_are_kept_for_the_best(self, tmp_path: Path) -> None:
        path = archive(tmp_path / "hw.zip", self.files)
        assert [entry.attempt for entry in find_entries(path, WANTED, attempt="best")] == [
            "2026-01-30-15-00-00",
            "2026-02-01-09-00-00",
            "2026-01-30-15-00-00",
        ]


class TestGradescope:
    metadata = """\
submission_11:
  :submitters:
  - :name: 张三
    :sid: '2023001'
    :email: z@example.org
  - :name: "O\\u0027Neil"
    :email: o@example.org
  :created_at: 2026-01-01 10:00:00.000000000 Z
  :history:
  - :submitters:
    - :name: Somebody Else
submission_12: !ruby/object:Whatever
  :submitters:
  - :name: Dee
    :sid:
""".encode()

    def test_every_submitter_gets_a_row(self, tmp_path: Path) -> None:
        names = {f"assignment_1_export/submission_{number}/backprop.py": SCRIPT for number in (11, 12, 13)}
        path = archive(tmp_path / "x.zip", {**names, "assignment_1_export/submission_metadata.yml": self.metadata})
        assert [(entry.key, entry.student, entry.name) for entry in find_entries(path, WANTED)] == [
            ("submission_11/2023001", "2023001", "张三"),
            ("submission_11/o@example.org", "o@example.org", "O'Neil"),
            ("submission_12", None, "Dee"),
            ("submission_13", "submission_13", None),
        ]

    def test_metadata_that_is_damaged_names_nobody(self, tmp_path: Path) -> None:
        tree(tmp_path, {"submission_1/a.py": SCRIPT, "submission_metadata.yml": b"\xff\0: [}"})
        assert rows(find_entries(tmp_path, WANTED)) == [("submission_1", "submission_1")]


class TestTrees:
    def test_nbgrader_names_the_student_and_takes_the_assignment_of_the_name(self, tmp_path: Path) -> None:
        names = [f"submitted/{who}/{what}/hw.ipynb" for who in ("al", "bo") for what in ("Backprop", "ps1")]
        course = tree(tmp_path, [*names, "source/Backprop/hw.ipynb", "gradebook.py"])
        for path in (course, course / "submitted"):
            entries = find_entries(path, WANTED)
            assert rows(entries) == [("al", "al"), ("bo", "bo")]
            assert [entry.candidates[0].path.split("/")[-2] for entry in entries] == ["Backprop", "Backprop"]

    def test_classroom_names_the_user(self, tmp_path: Path) -> None:
        tree(tmp_path, ["hw-3-submissions/hw-3-al-b/backprop.py", "hw-3-submissions/hw-3-cy/src/backprop.py"])
        for path in (tmp_path, tmp_path / "hw-3-submissions"):
            assert rows(find_entries(path, WANTED)) == [("hw-3-al-b", "al-b"), ("hw-3-cy", "cy")]

    def test_a_source_can_be_forced(self, tmp_path: Path) -> None:
        tree(tmp_path, [CANVAS[0], "a.py", "b.py", "c.py"])
        assert ("smithbob_340934", "340934") in rows(find_entries(tmp_path, WANTED, intake="canvas"))
        assert find_entries(tmp_path, WANTED)[-1].key == CANVAS[0]

    def test_a_source_that_does_not_fit_or_exist_is_the_caller_s_mistake(self, tmp_path: Path) -> None:
        tree(tmp_path, ["a.py"])
        with pytest.raises(UsageError, match="nothing in it is named as moodle does"):
            find_entries(tmp_path, WANTED, intake="moodle")
        with pytest.raises(UsageError, match="known are blackboard, canvas"):
            find_entries(tmp_path, WANTED, intake="sakai")


class TestHazardsOfFolders:
    def test_a_link_is_reported_and_not_followed(self, tmp_path: Path) -> None:
        secret = tree(tmp_path / "outside", ["secret.py"]) / "secret.py"
        students = tree(tmp_path / "in", ["bob/backprop.py"])
        (students / "alice").mkdir()
        (students / "alice" / "backprop.py").symlink_to(secret)
        (students / "carol.py").symlink_to(secret)
        (students / "dave").symlink_to(secret.parent)
        (students / "eve").symlink_to("/nowhere")
        found = {entry.key: said(entry.problem) for entry in find_entries(students, WANTED)}
        link = "a link; links are not followed"
        assert found == {"alice": link, "bob": "", "carol.py": link, "dave": link, "eve": found["eve"]}
        assert found["eve"]

    def test_a_link_put_there_after_the_names_were_read_is_not_followed(self, tmp_path: Path) -> None:
        tree(tmp_path, ["in/alice.py", "secret.py"])
        (entry,) = find_entries(tmp_path / "in", WANTED)
        (tmp_path / "in" / "alice.py").unlink()
        (tmp_path / "in" / "alice.py").symlink_to(tmp_path / "secret.py")
        assert read_entry(entry, WANTED).unreadable

    def test_links_in_a_circle_end(self, tmp_path: Path) -> None:
        tree(tmp_path, ["alice/backprop.py"])
        (tmp_path / "alice" / "loop").symlink_to(tmp_path)
        assert rows(find_entries(tmp_path, WANTED)) == [("alice", "alice")]

    def test_pipes_sockets_and_folders_named_like_files_are_reported(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.py")
        (tmp_path / "folder.py").mkdir()
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(tmp_path / "socket.py"))
            assert [(entry.file, said(entry.problem)) for entry in find_entries(tmp_path, WANTED)] == [
                ("folder.py", "empty folder"),
                ("pipe.py", "a pipe, not a file"),
                ("socket.py", "a device or socket, not a file"),
            ]

    def test_a_pipe_named_by_the_caller_does_not_block(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.py")
        assert problem(tmp_path / "pipe.py") == "a pipe, not a file"

    def test_a_folder_named_like_a_file_with_a_submission_in_it_is_a_student_s(self, tmp_path: Path) -> None:
        tree(tmp_path, ["alice.py/backprop.py", "bob/backprop.py"])
        assert rows(find_entries(tmp_path, WANTED)) == [("alice.py", "alice.py"), ("bob", "bob")]

    def test_what_may_not_be_read_is_reported(self) -> None:
        with tempfile.TemporaryDirectory() as name, as_nobody(Path(name)) as folder:
            tree(folder, ["alice.py", "bob/backprop.py", "carol.py"])
            (folder / "alice.py").chmod(0)
            (folder / "bob").chmod(0)
            read = [said(read_entry(entry, WANTED).unreadable) for entry in find_entries(folder, WANTED)]
            (folder / "bob").chmod(0o700)
        assert read == ["Permission denied", "cannot be opened: Permission denied", ""]

    def test_a_folder_that_may_not_be_read_is_the_caller_s_mistake(self) -> None:
        with tempfile.TemporaryDirectory() as name, as_nobody(Path(name)) as folder:
            folder.chmod(0)
            with pytest.raises(UsageError, match="Permission denied"):
                find_entries(folder, WANTED)
            folder.chmod(0o700)

    def test_a_file_that_vanished_is_reported(self, tmp_path: Path) -> None:
        tree(tmp_path, ["alice.py"])
        (entry,) = find_entries(tmp_path, WANTED)
        (tmp_path / "alice.py").unlink()
        assert said(read_entry(entry, WANTED).unreadable) == "No such file or directory"

    def test_a_file_that_is_too_big_is_reported(self, tmp_path: Path) -> None:
        tree(tmp_path, {"alice.py": b"#" * (MAX_BYTES + 1), "bob.py": b"#" * MAX_BYTES})
        first, second = find_entries(tmp_path, WANTED)
        assert said(read_entry(first, WANTED).unreadable) == f"{MAX_BYTES + 1} bytes; the limit is {MAX_BYTES} bytes"
        assert read_entry(second, WANTED).unreadable is None

    def test_very_deep_folders_end(self, tmp_path: Path) -> None:
        tree(tmp_path, ["bob/backprop.py"])
        (tmp_path / "alice" / Path(*["d"] * 200)).mkdir(parents=True)
        assert [(entry.key, said(entry.problem)) for entry in find_entries(tmp_path, WANTED)] == [
            ("alice", "more than 64 folders deep"),
            ("bob", ""),
        ]

    def test_names_that_are_not_utf_8_are_read_as_gbk(self, tmp_path: Path) -> None:
        folder = os.fsencode(tmp_path) + b"/" + "张三".encode("gbk")
        try:
            os.mkdir(folder)
        except OSError:
            pytest.skip("this file system takes UTF-8 only")
        with open(folder + b"/backprop.py", "wb") as file:
            file.write(SCRIPT)
        assert only(tmp_path).student == "张三"
        assert only(tmp_path).unreadable is None

    def test_keys_differ_where_case_does_not(self, tmp_path: Path) -> None:
        tree(tmp_path, ["Alice.py", "alice.py"])
        if len(list(tmp_path.iterdir())) == 2:
            assert [entry.key for entry in find_entries(tmp_path, WANTED)] == ["Alice.py", "alice.py_2"]

    @pytest.mark.parametrize("name", ["nowhere", "a\0b", "x" * 5000])
    def test_a_path_that_is_not_there_is_the_caller_s_mistake(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(UsageError):
            find_entries(tmp_path / name, WANTED)


class TestHazardsOfArchives:
    def test_a_file_that_is_no_archive_is_the_caller_s_mistake(self, tmp_path: Path) -> None:
        (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 not really")
        with pytest.raises(UsageError, match="not a readable zip archive"):
            find_entries(tmp_path / "x.zip", WANTED)

    @pytest.mark.parametrize("name", ["/etc/a.py", "../../a.py", "b/../../a.py", "C:/a.py", "C:\\a.py", "..\\a.py"])
    def test_a_path_that_leads_outside_is_reported_and_its_key_stays_inside(self, tmp_path: Path, name: str) -> None:
        (entry,) = find_entries(archive(tmp_path / "x.zip", [name]), WANTED)
        assert said(entry.problem) == "its path leads out of the archive; such files are not read"
        assert ".." not in entry.key.split("/")
        assert not entry.key.startswith("/")

    def test_long_names_give_keys_that_fit_and_differ(self, tmp_path: Path) -> None:
        path = archive(tmp_path / "x.zip", [f"{'张' * 300}{number}.py" for number in range(2)])
        first, second = find_entries(path, WANTED)
        assert first.key != second.key
        assert all(len(entry.key.encode()) < 220 for entry in (first, second))

    def test_a_link_is_reported(self, tmp_path: Path) -> None:
        link = zipfile.ZipInfo("alice.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as writer:
            writer.writestr(link, "/etc/passwd")
        assert problem(tmp_path / "x.zip") == "a link; links are not followed"

    def test_an_encrypted_file_is_reported(self, tmp_path: Path) -> None:
        content = bytearray(zipped(["alice.py"]))
        for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            content[content.index(signature) + place] |= 1
        (tmp_path / "x.zip").write_bytes(content)
        assert problem(tmp_path / "x.zip") == "encrypted in the archive"

    def test_a_bomb_is_stopped_by_what_comes_out_not_by_what_it_says(self, tmp_path: Path) -> None:
        content = bytearray(zipped({"alice.py": bytes(40 << 20)}))
        for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            struct.pack_into("<L", content, content.index(signature) + place, 10)
        (tmp_path / "x.zip").write_bytes(content)
        tracemalloc.start()
        found = problem(tmp_path / "x.zip")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert "zip bomb" in found
        assert peak < 8 << 20

    def test_a_big_file_that_packs_badly_is_stopped_at_the_limit(self, tmp_path: Path) -> None:
        path = archive(tmp_path / "x.zip", {"alice.py": os.urandom(MAX_BYTES + 1)})
        assert problem(path) == f"more than {MAX_BYTES} bytes when unpacked, which is the limit"

    def test_nested_bombs_are_stopped(self, tmp_path: Path) -> None:
        inner = zipped({"backprop.py": bytes(40 << 20)})
        path = archive(tmp_path / "x.zip", {"alice.zip": inner, "bob.zip": zipped({"b.zip": zipped({"c.zip": inner})})})
        alice, bob = (said(read_entry(entry, WANTED).unreadable) for entry in find_entries(path, WANTED))
        assert "zip bomb" in alice
        assert bob == "the archive has no .py or .ipynb file, only b.zip"

    def test_an_archive_of_very_many_files_is_not_listed(self, tmp_path: Path) -> None:
        path = archive(tmp_path / "x.zip", {"alice.zip": zipped({f"{number}.py": b"" for number in range(10_001)})})
        assert problem(path) == "the archive has more than 10000 files"

    def test_a_student_s_own_archive_gives_its_fitting_file(self, tmp_path: Path) -> None:
        inner = zipped({"hw/backprop.py": b"a = 1\n", "hw/helper.py": SCRIPT, "__MACOSX/hw/._backprop.py": b"\0"})
        path = archive(tmp_path / "x.zip", {CANVAS[0].replace("backprop.py", "hw.zip"): inner, CANVAS[1]: SCRIPT})
        submission = read_entry(find_entries(path, WANTED)[0], WANTED)
        assert (submission.student, submission.file) == ("340934", "hw.zip/hw/backprop.py")
        assert source(submission) == "a = 1\n"

    @pytest.mark.parametrize(
        ("inner", "said"),
        [
            (zipped(["a.py", "b.py"]), "several files, none named after the exercise: a.py, b.py"),
            (zipped(["a.pdf"]), "the archive has no .py or .ipynb file, only a.pdf"),
            (zipped([]), "the archive is empty"),
            (zipped(["../backprop.py"]), "backprop.py: its path leads out of the archive"),
            (b"no archive", "a zip archive that cannot be read"),
        ],
    )
    def test_a_student_s_own_archive_that_cannot_be_used_says_why(
        self, tmp_path: Path, inner: bytes, said: str
    ) -> None:
        assert problem(archive(tmp_path / "x.zip", {"alice.zip": inner})).startswith(said)

    def test_damage_is_reported(self, tmp_path: Path) -> None:
        content = bytearray(zipped({"alice.py": os.urandom(100)}))
        content[60] ^= 0xFF
        (tmp_path / "x.zip").write_bytes(content)
        assert problem(tmp_path / "x.zip") == "damaged in the archive"

    def test_a_packing_that_is_not_read_is_reported(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_BZIP2) as writer:
            writer.writestr("alice.py", SCRIPT)
        assert "zip method 12" in problem(tmp_path / "x.zip")

    @pytest.mark.parametrize(("encoding", "name"), [("gbk", "张三.py"), ("utf-8", "张三.py"), ("cp437", "Zoé.py")])
    def test_names_without_the_utf_8_flag_are_understood(self, tmp_path: Path, encoding: str, name: str) -> None:
        raw = name.encode(encoding)
        placeholder = "x" * len(raw)
        content = zipped([placeholder]).replace(placeholder.encode(), raw)
        (tmp_path / "x.zip").write_bytes(content)
        assert find_entries(tmp_path / "x.zip", WANTED)[0].file == name

    def test_the_name_in_the_unicode_field_is_the_right_one(self, tmp_path: Path) -> None:
        entry = zipfile.ZipInfo("zhang.py")
        field = struct.pack("<BL", 1, zlib.crc32(b"zhang.py")) + "张.py".encode()
        entry.extra = struct.pack("<HH", 0x7075, len(field)) + field
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as writer:
            writer.writestr(entry, SCRIPT)
        assert find_entries(tmp_path / "x.zip", WANTED)[0].file == "张.py"

    def test_a_name_that_occurs_twice_is_not_guessed(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as writer:
            writer.writestr("alice.py", "a = 1\n")
            with pytest.warns(UserWarning, match="Duplicate"):
                writer.writestr("alice.py", "a = 2\n")
        assert problem(tmp_path / "x.zip").startswith("several files")

    def test_composed_and_decomposed_names_are_the_same_student(self, tmp_path: Path) -> None:
        path = archive(tmp_path / "x.zip", ["Zoe\u0301/backprop.py"])
        assert only(path).student == "Zo\u00e9"

    def test_backslashes_are_folders_too(self, tmp_path: Path) -> None:
        path = archive(tmp_path / "x.zip", ["alice\\backprop.py", "bob\\backprop.py"])
        assert rows(find_entries(path, WANTED)) == [("alice", "alice"), ("bob", "bob")]

    def test_entries_travel_to_other_processes(self, tmp_path: Path) -> None:
        (entry,) = find_entries(archive(tmp_path / "x.zip", ["alice.py"]), WANTED)
        assert read_entry(pickle.loads(pickle.dumps(entry)), WANTED).unreadable is None


WORDS = """.. backprop.py x.ipynb c.zip smith_1_2_a.py a_1_assignsubmission_file_ submission_1 submitted hw-submissions
hw_al_attempt_2026-01-30-15-00-00_a.py exercises backprop CON.py __MACOSX"""
PARTS = st.sampled_from(WORDS.split()) | st.text(
    st.sampled_from("ab.\\/:_-01 \n\0é张\u202e") | st.characters(codec="utf-8"), max_size=8
)
NAMES = st.lists(PARTS, min_size=1, max_size=4).map("/".join).filter(lambda name: "\0" not in name and name != "")
CONTENTS = st.binary(max_size=40) | st.just(SCRIPT)
FILES = st.dictionaries(NAMES, CONTENTS, max_size=6)


class TestProperties:
    @given(files=FILES, nested=FILES, flips=st.lists(st.tuples(st.integers(0), st.integers(1, 255)), max_size=3))
    def test_any_archive_gives_entries_or_one_usage_error(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        files: dict[str, bytes],
        nested: dict[str, bytes],
        flips: list[tuple[int, int]],
    ) -> None:
        content = bytearray(zipped({**files, "n/hw.zip": zipped(nested)}))
        for position, mask in flips:
            content[position % len(content)] ^= mask
        path = tmp_path_factory.mktemp("any") / "x.zip"
        path.write_bytes(content)
        self.check(path)
        assert os.listdir(path.parent) == ["x.zip"]

    @given(content=st.binary(max_size=200))
    def test_any_bytes_as_an_archive(self, tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
        path = tmp_path_factory.mktemp("any") / "x.zip"
        path.write_bytes(content)
        self.check(path)
        self.check_nested(path, content)

    def check_nested(self, path: Path, content: bytes) -> None:
        archive(path, {"alice.zip": content})
        self.check(path)

    def check(self, path: Path) -> None:
        for intake in (None, "canvas", "moodle", "gradescope", "nbgrader", "folder"):
            try:
                entries = find_entries(path, WANTED, intake=intake)
            except UsageError:
                continue
            keys = [entry.key for entry in entries]
            assert len({key.casefold() for key in keys}) == len(keys)
            for entry in entries:
                parts = entry.key.split("/")
                assert all(part and part == part.strip() and part.strip(".") and part.isprintable() for part in parts)
                assert all(isinstance(one.stored, InArchive) for one in entry.candidates)
                assert (entry.problem is None) == bool(entry.candidates)
                read_entry(entry, WANTED)

    @given(content=st.binary(max_size=3000), level=st.integers(0, 9))
    def test_a_member_is_read_as_it_was_packed(self, content: bytes, level: int) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as writer:
            writer.writestr("a", content)
        with zipfile.ZipFile(buffer) as reader:
            (at,) = reader.infolist()
        member = InArchive("", at.header_offset, at.compress_size, at.compress_type, at.CRC)
        assert read_member(buffer, member, 3000) == content


def test_a_big_member_is_read_in_pieces() -> None:
    content = b"".join(b"line %d\n" % number for number in range(100_000))
    buffer = io.BytesIO(zipped({"a": content}))
    with zipfile.ZipFile(buffer) as reader:
        (at,) = reader.infolist()
    member = InArchive("", at.header_offset, at.compress_size, at.compress_type, at.CRC)
    assert read_member(buffer, member, len(content)) == content
    with pytest.raises(ValueError, match="more than"):
        read_member(buffer, member, len(content) - 1)


def attempts(*pairs: tuple[str, int | str | None]) -> list[Entry]:
    return [Entry(key=f"{student}{at}", file="a.py", student=student, attempt=at) for student, at in pairs]


class TestBestAttempt:
    """Of several attempts the best counts, whatever order they are listed in."""

    def test_the_highest_score_counts_and_says_which_it_was(self) -> None:
        entries = attempts(("al", 10), ("al", 2), ("bo", 1), ("al", 1))
        found = count_best(entries, [20, 80, 0, 50])
        assert [(one.entry.key, one.number, one.of) for one in found] == [("al2", 2, 3), ("bo1", 1, 1)]

    def test_of_equal_scores_the_first_counts(self) -> None:
        found = count_best(attempts(("al", 3), ("al", 1), ("al", 2)), [60, 40, 60])
        assert [(one.entry.key, one.number) for one in found] == [("al2", 2)]

    def test_hand_ins_without_an_attempt_or_a_student_all_count(self) -> None:
        entries = [*attempts(("al", None), ("al", None)), Entry(key="x", file="x.py", attempt=1)]
        assert [one.entry for one in count_best(entries, [1, 2, 3])] == entries
