"""Intake: whose each file is, which one counts, and that hostile folders and archives come to an entry, never more."""

import io
import json
import os
import pickle
import socket
import stat
import struct
import tempfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.errors import UsageError
from graders.exercise.asked import Exercise
from graders.exercise.loading import load_exercise
from graders.intake.another import another_exercise
from graders.intake.attempts import count_best
from graders.intake.entry import Entry, Wanted, wanted_by
from graders.intake.finding import find_entries
from graders.intake.near import near_paths
from graders.intake.reading import read_entry
from graders.intake.stored import InArchive, read_member
from graders.messages import Message
from graders.submission import MAX_BYTES, Submission, read_submission

SCRIPT = b"error = 1\n"
NOTEBOOK = b'{"cells": [{"cell_type": "code", "source": "b = 1"}]}'
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
        tree(tmp_path / "bo", {**self.files(exercise), "exercises/backprop/backprop.ipynb": NOTEBOOK})
        wanted = wanted_by(exercise)
        al, bo = (read_entry(entry, wanted) for entry in find_entries(tmp_path, wanted))
        assert (al.student, al.file, source(al)) == ("al", "backprop.py", "mine = 1\n")
        assert (bo.student, bo.file) == ("bo", "backprop.ipynb")

    def test_with_both_files_filled_in_is_not_guessed(self, tmp_path: Path, exercise: Exercise) -> None:
        changed = {"exercises/backprop/backprop.py": b"a = 1\n", "exercises/backprop/backprop.ipynb": NOTEBOOK}
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

    def test_the_last_by_name_and_the_report_says_so(self, tmp_path: Path) -> None:
        tree(tmp_path, {"alice/backprop.py": b"a = 1\n", "alice/backprop (1).py": b"a = 2\n"})
        submission = only(tmp_path)
        assert source(submission) == "a = 2\n"
        (note,) = map(str, submission.notes)
        assert note.startswith("alice/backprop (1).py was graded; there is also alice/backprop.py. What fills in most")

    def test_the_only_script_or_notebook(self, tmp_path: Path) -> None:
        tree(tmp_path, ["alice/homework.py", "alice/report.pdf"])
        assert only(tmp_path).file == "homework.py"

    def test_none_of_several_with_other_names(self, tmp_path: Path) -> None:
        tree(tmp_path, {"alice/one.py": SCRIPT, "alice/two.ipynb": NOTEBOOK, "bob/backprop.py": SCRIPT})
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


FILLED = {
    "error": "target - output",
    "output_error_term": "error * output * (1 - output)",
    "hidden_error_term": "output_error_term * weights_hidden_output * hidden_layer_output * (1 - hidden_layer_output)",
    "delta_w_h_o": "learnrate * output_error_term * hidden_layer_output",
    "delta_w_i_h": "learnrate * np.outer(x, hidden_error_term)",
}


class TestWhatWasFilledIn:
    """The file somebody worked on counts, whatever the untouched one beside it looks like."""

    @staticmethod
    def filled(exercise: Exercise, **changes: str) -> str:
        text = (exercise.folder / "backprop.py").read_text(encoding="utf-8")
        for name, formula in {**FILLED, **changes}.items():
            text = text.replace(f"\n{name} = None", f"\n{name} = {formula}")
        return text

    @staticmethod
    def notebook(*sources: str, **cell: object) -> str:
        cells = [{"cell_type": "code", "source": source, **cell} for source in sources]
        return json.dumps({"cells": [{"cell_type": "markdown", "source": "Jane Doe"}, *cells]}, indent=3)

    def graded(self, folder: Path, exercise: Exercise, files: Mapping[str, str | bytes]) -> Submission:
        tree(folder / "al", {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()})
        return first(tree(folder, ["bo/backprop.py"]), wanted_by(exercise))

    @pytest.mark.parametrize(
        "untouched",
        [
            lambda text: text,
            lambda text: "# Jane Doe, group 3\n" + text,
            lambda text: "name = 'Jane Doe'\n" + text.replace("\n", "\r\n"),
            lambda text: "\ufeff" + text.replace("    ", "\t"),
            lambda text: text.replace(" = ", "=").replace("## ", "#"),
            lambda text: text.rstrip() + "\n\n\nprint('done')\n",
        ],
    )
    def test_a_template_that_was_only_saved_again_is_not_the_work(
        self, tmp_path: Path, exercise: Exercise, untouched: Callable[[str], str]
    ) -> None:
        template = untouched((exercise.folder / "backprop.py").read_text(encoding="utf-8"))
        for place, name in enumerate(("backprop (1).py", "backprop_final.py", "backprop.ipynb", "main.py")):
            text = self.filled(exercise)
            files = {"backprop.py": template, name: self.notebook(text) if name.endswith("ipynb") else text}
            submission = self.graded(tmp_path / str(place), exercise, files)
            assert (submission.file, submission.notes) == (name, ())

    @pytest.mark.parametrize(
        "notebook",
        [
            lambda self, text: self.notebook("#backprop.py#\n" + text),
            lambda self, text: self.notebook("#backprop.py#\n" + text, outputs=[{"text": "None"}], execution_count=3),
            lambda self, text: self.notebook("import math", "#backprop.py#\n" + text, id="a1", metadata={}),
            lambda self, text: self.notebook("#backprop.py#\n" + text, "#backprop_solution.py#\ndelta_w_h_o = 1"),
        ],
    )
    def test_a_notebook_that_was_only_run_or_saved_is_not_the_work(
        self, tmp_path: Path, exercise: Exercise, notebook: Callable[["TestWhatWasFilledIn", str], str]
    ) -> None:
        template = (exercise.folder / "backprop.py").read_text(encoding="utf-8")
        template = notebook(self, template).replace("#backprop_solution.py#", exercise.solution_marker)
        submission = self.graded(tmp_path, exercise, {"backprop.ipynb": template, "backprop.py": self.filled(exercise)})
        assert (submission.file, submission.notes) == ("backprop.py", ())

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            ("backprop.py", "backprop (2).py"),
            ("backprop_v1.py", "backprop_v2.py"),
            ("backprop-2.py", "backprop-11.py"),
            ("old_backprop.py", "backprop.py"),
            ("backprop (1).py", "backprop final.py"),
            ("backprop.ipynb", "Copy of backprop.ipynb"),
            ("20260901101500_backprop.py", "20260902101500_backprop.py"),
            ("backprop 草稿.py", "backprop 最终.py"),
            ("backprop_final.py", "backprop_final_final.py"),
            ("backprop final v2.py", "backprop_final_final.py"),
            ("backprop_final2.py", "backprop_final3.py"),
            ("backprop 最终版.py", "backprop 最终版2.py"),
            ("backprop - 副本.py", "backprop - 副本 (2).py"),
            ("backprop.py", "backprop - Copy.py"),
            ("backprop_20260901.py", "backprop_20260912.py"),
            ("backprop_20230115.py", "backprop final.py"),
        ],
    )
    def test_of_two_answers_the_last_by_name_counts_and_both_are_named(
        self, tmp_path: Path, exercise: Exercise, earlier: str, later: str
    ) -> None:
        files = {later: self.filled(exercise), earlier: self.filled(exercise, error="output - target")}
        submission = self.graded(tmp_path, exercise, files)
        assert submission.file == later
        assert str(submission.notes[0]).startswith(f"al/{later} was graded; there is also al/{earlier}. ")

    def test_the_complete_one_counts_before_the_last(self, tmp_path: Path, exercise: Exercise) -> None:
        half = self.filled(exercise, delta_w_i_h="None")
        submission = self.graded(tmp_path, exercise, {"backprop.py": self.filled(exercise), "backprop (1).py": half})
        assert submission.file == "backprop.py"
        assert "backprop (1).py" in str(submission.notes[0])

    def test_helpers_and_other_exercises_are_not_the_work(self, tmp_path: Path, exercise: Exercise) -> None:
        files = {
            "answer.py": self.filled(exercise),
            "helpers.py": "def slope(a):\n    return a * (1 - a)\n",
            "gradient_descent.py": "error = 1\ndel_w = 2\n",
            "plots.ipynb": self.notebook("import matplotlib"),
        }
        submission = self.graded(tmp_path, exercise, files)
        assert (submission.file, submission.notes) == ("answer.py", ())

    def test_the_same_code_twice_is_one_answer(self, tmp_path: Path, exercise: Exercise) -> None:
        text = self.filled(exercise)
        submission = self.graded(tmp_path, exercise, {"backprop.py": text, "backprop.ipynb": self.notebook(text)})
        assert (submission.file, submission.notes) == ("backprop.py", ())

    def test_an_archive_counts_as_its_files(self, tmp_path: Path, exercise: Exercise) -> None:
        template = (exercise.folder / "backprop.py").read_bytes()
        inner = zipped({"hw/backprop.py": self.filled(exercise).encode(), "hw/notes.txt": b"hello"})
        submission = self.graded(tmp_path, exercise, {"backprop.py": template, "hw.zip": inner, "old.pdf": b"%PDF"})
        assert submission.file == "hw.zip/hw/backprop.py"

    def test_the_instructor_s_pattern_decides(self, tmp_path: Path, exercise: Exercise) -> None:
        files = {"al/backprop.py": SCRIPT, "al/backprop_final.py": b"a = 2\n", "bo/other.py": SCRIPT}
        wanted = wanted_by(exercise, "*op.py")
        al, bo = (read_entry(entry, wanted) for entry in find_entries(tree(tmp_path, files), wanted))
        assert al.file == "backprop.py"
        assert said(bo.unreadable) == "no file is named like *op.py; there is bo/other.py"

    @pytest.mark.parametrize("pattern", ["*_mine.py", "cy_mine.*", "src/*_mine.py"])
    def test_the_pattern_finds_a_file_in_a_zip(self, tmp_path: Path, exercise: Exercise, pattern: str) -> None:
        files = {"src/cy_mine.py": SCRIPT, "backprop.py": b"a = 2\n"}
        tree(tmp_path, {"cy/hw.zip": zipped(files), "cy/more.zip": zipped(["x.py"]), "di/hw.zip": zipped(["x.py"])})
        wanted = wanted_by(exercise, pattern)
        cy, di = (read_entry(entry, wanted) for entry in find_entries(tmp_path, wanted))
        assert cy.file == "hw.zip/src/cy_mine.py"
        assert said(di.unreadable) == f"no file is named like {pattern}; there is x.py"

    @pytest.mark.parametrize("name", ["backprop.txt", "backprop.pyw", "backprop", "backprop.json", "answer.txt"])
    def test_a_file_under_another_ending_is_read_as_it_would_be_alone(self, tmp_path: Path, name: str) -> None:
        tree(tmp_path, [f"al/{name}", "al/report.pdf", "bo/backprop.py"])
        assert source(first(tmp_path)) == SCRIPT.decode()


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
            assert len(entries["doejane_340936"].candidates) == 2
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


def people(folder: Path, names: Iterable[str] | Mapping[str, bytes]) -> list[tuple[str | None, str | None]]:
    """Return the ids and names of those whose hand-ins there are."""
    return [(entry.student, entry.name) for entry in find_entries(tree(folder, names), WANTED)]


class TestNamesOfPlatforms:
    """Names are read from the left: no part that a student chose speaks for somebody else."""

    @pytest.mark.parametrize("assignment", ["HW 1", "Back_prop_HW", "作业_1"])
    def test_blackboard_users_may_have_underscores(self, tmp_path: Path, assignment: str) -> None:
        users = ["j_doe", "a_doe", "bo", "kim.min_2"]
        names = [f"{assignment}_{user}_attempt_2026-09-01-10-00-0{i}_backprop.py" for i, user in enumerate(users)]
        assert {id for id, _ in people(tmp_path, names)} == set(users)

    @pytest.mark.parametrize(
        ("heads", "users"),
        [
            (["HW_jo", "HW_jo_ann"], ["jo", "jo_ann"]),
            (["HW_2_max", "HW_2_max_m", "HW_2_max_p"], ["max", "max_m", "max_p"]),
            (["HW1_jdoe"], ["jdoe"]),
            (["HW_1_j_doe"], [None]),
            (["Woche 3_van_dyk"], [None]),
            (["HW1_jdoe", "Other_HW_roe"], [None, "jdoe"]),
        ],
    )
    def test_blackboard_names_nobody_where_the_user_may_begin_elsewhere(
        self, tmp_path: Path, heads: list[str], users: list[str | None]
    ) -> None:
        names = [f"{head}_attempt_2026-09-01-10-00-00_backprop.py" for head in heads]
        assert sorted((id or "" for id, _ in people(tmp_path, names))) == sorted(user or "" for user in users)

    def test_blackboard_users_that_begin_alike_are_told_by_a_receipt(self, tmp_path: Path) -> None:
        receipt = b"Name: Some One (no) (j_doe)\r\nAssignment: HW\r\n"
        start, time = "HW_j_", "attempt_2026-09-01-10-00-00"
        files = {
            f"{start}doe_{time}.txt": receipt,
            f"{start}doe_{time}_a.py": SCRIPT,
            f"{start}roe_{time}_a.py": SCRIPT,
        }
        assert people(tmp_path, files) == [("j_doe", None), ("j_roe", None)]

    def test_a_file_s_name_is_no_other_attempt_or_student(self, tmp_path: Path) -> None:
        time = "attempt_2026-09-01-10-00-00"
        names = [f"HW_eve_{time}_bob_{time}_x.py", f"HW_bob_{time}_x.py"]
        assert people(tmp_path / "blackboard", names) == [("bob", None), ("eve", None)]
        names = ["Eve_7_assignsubmission_file_Bob_8_assignsubmission_file_x.py", "Bob_8_assignsubmission_file_x.py"]
        assert people(tmp_path / "moodle", names) == [("8", "Bob"), ("7", "Eve")]
        names = ["eve@uni.example_1_bob@uni.example_9_x.py", "bob@uni.example_1_x.py"]
        assert people(tmp_path / "autolab", names) == [("bob@uni.example", None), ("eve@uni.example", None)]
        names = ["eve_7_1_bob_8_2_x.py", "bob_8_1_x.py"]
        assert people(tmp_path / "canvas", names) == [("8", "bob"), ("7", "eve")]

    @pytest.mark.parametrize(
        ("folder", "name"),
        [
            ("Group A-Jane Doe", "Jane Doe"),
            ("Default group-Ann-Marie Lee", "Ann-Marie Lee"),
            ("Équipe rouge-Zoé Roy", "Zoé Roy"),
            ("第3组-张三", "张三"),
            ("Tutorial Monday-Bo Roe", "Bo Roe"),
            ("Anne-Marie Smith", "Anne-Marie Smith"),
            ("Kai Wu", "Kai Wu"),
        ],
    )
    def test_moodle_puts_a_team_before_the_name(self, tmp_path: Path, folder: str, name: str) -> None:
        others = ["Anne-Sophie Roy_8", "Tutorial Monday-Tom Fox_9", "Tutorial Monday-Al Li_10"]
        names = [f"{each}_assignsubmission_file/backprop.py" for each in (f"{folder}_7", *others)]
        assert dict(people(tmp_path, names)) == {
            "7": name,
            "8": "Anne-Sophie Roy",
            "9": "Tom Fox",
            "10": "Al Li",
        }

    def test_two_who_share_a_name_before_a_hyphen_are_no_team(self, tmp_path: Path) -> None:
        names = ["Ana María-Ruiz_7", "Ana María-Gil_8", "Kai Wu_9", "Zoé Roy_10", "Bo Li_11"]
        found = dict(people(tmp_path, [f"{name}_assignsubmission_file/backprop.py" for name in names]))
        assert found["7"] == "Ana María-Ruiz"

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            ("1 September, 2026 934 AM", "2 September, 2026 1034 AM"),
            ("Sep 1, 2026 1159 AM", "Sep 1, 2026 1201 PM"),
            ("30 août 2026 1034", "1 septembre 2026 0834"),
            ("2026年9月30日 0934", "2026年10月1日 0834"),
        ],
    )
    def test_brightspace_counts_the_last_by_its_time(self, tmp_path: Path, earlier: str, later: str) -> None:
        files = {
            f"47-88 - Jane - Ann Doe - {later}/backprop.py": b"a = 2\n",
            f"47-88 - Jane - Ann Doe - {earlier}/backprop.py": b"a = 1\n",
            f"48-88 - Bo Roe - {earlier} - backprop.py": b"a = 3\n",
            "index.html": b"<html>",
        }
        entries = find_entries(tree(tmp_path, files), WANTED)
        assert {entry.student: source(read_entry(entry, WANTED)) for entry in entries} == {
            "47-88": "a = 2\n",
            "48-88": "a = 3\n",
        }

    def test_a_folder_for_each_time_is_nobody_and_the_last_time_counts(self, tmp_path: Path) -> None:
        for who, times in {"Ann Doe 12": ["2026-09-01-10-00-00", "2026-10-01-09-00-00"], "Bo": ["2026-09-01"]}.items():
            for number, when in enumerate(times):
                folder = when if len(when) > 10 else f"{when} 08.30"
                tree(tmp_path, {f"{who}/{folder}/backprop.py": f"a = {number}\n".encode()})
                tree(tmp_path, {f"{who}/{folder}.ceg/execution.txt": b"b = 1\n"})
        entries = find_entries(tmp_path, WANTED)
        found = {entry.student: source(read_entry(entry, WANTED)) for entry in entries}
        assert found == {"Ann Doe 12": "a = 1\n", "Bo": "a = 0\n"}

    @pytest.mark.parametrize(
        ("settings", "counts"),
        [
            ('{"active_version": 1, "history": [{"version": 1, "time": "2026-09-01 12:00:00-0400"}]}', "a = 1\n"),
            ('{"active_version": 2}', "a = 2\n"),
            # what names no version, or is damaged, says nothing
            ('{"active_version": 7}', "a = 2\n"),
            ('{"active_version": "1"}', "a = 2\n"),
            ("[" * 100_000, "a = 2\n"),
            ('{"active_version": 0}', None),
        ],
    )
    def test_submitty_counts_the_active_version(self, tmp_path: Path, settings: str, counts: str | None) -> None:
        files = {"1/backprop.py": "a = 1\n", "2/backprop.py": "a = 2\n", "user_assignment_settings.json": settings}
        # The student's own file of that name is none of the platform's.
        files["2/user_assignment_settings.json"] = '{"active_version": 1}'
        tree(tmp_path, {f"{who}/{name}": text.encode() for who in ("ann", "bob") for name, text in files.items()})
        for entry in find_entries(tmp_path, WANTED):
            submission = read_entry(entry, WANTED)
            if counts is None:
                assert submission.unreadable is not None
                assert submission.unreadable.key == "unreadable.withdrawn"
            else:
                assert source(submission) == counts

    def test_autolab_and_ilias_count_the_last_version(self, tmp_path: Path) -> None:
        tree(tmp_path / "a", {"j_d@uni.example_9_b.py": b"a = 1\n", "j_d@uni.example_10_b.py": b"a = 2\n"})
        (entry,) = find_entries(tmp_path / "a", WANTED)
        assert (entry.student, source(read_entry(entry, WANTED))) == ("j_d@uni.example", "a = 2\n")
        stamped = {f"Sub/Doe_Jane_7/2026090{day}101500_backprop.py": b"a = %d\n" % day for day in (1, 2)}
        tree(tmp_path / "i", {**stamped, "Sub/Roe_Bo_8/20260901101500_backprop.py": SCRIPT})
        assert source(first(tmp_path / "i")) == "a = 2\n"

    def test_sakai_names_the_student_in_brackets(self, tmp_path: Path) -> None:
        files = [
            "HW 1/grades.csv",
            "HW 1/Doe, Jane (Ann)(jdoe)/Submission attachment(s)/backprop.py",
            "HW 1/Doe, Jane (Ann)(jdoe)/Feedback Attachment(s)/backprop (1).py",
            "HW 1/Doe, Jane (Ann)(jdoe)/timestamp.txt",
            "HW 1/Roe, Bo(broe)/timestamp.txt",
        ]
        entries = find_entries(tree(tmp_path, files), WANTED)
        assert [(entry.student, entry.name, entry.file) for entry in entries] == [
            ("jdoe", "Doe, Jane (Ann)", "backprop.py"),
            ("broe", "Roe, Bo", "timestamp.txt"),
        ]


class TestWhoIsNobody:
    def test_what_lies_beside_submissions_is_no_student(self, tmp_path: Path) -> None:
        names = ["index.html", "mail.eml", "Rubric v2.pdf", "Thumbs.db", "desktop.ini", "grades.xlsx", "notes.txt"]
        assert people(tmp_path, ["jdoe.py", "alee.pdf", *names]) == [("alee", None), ("jdoe", None)]

    def test_among_files_named_like_the_exercise_one_of_another_kind_and_name_is_nobody(self, tmp_path: Path) -> None:
        names = ["jdoe_backprop.py", "broe_backprop.py", "alee_backprop.pdf", "lecture.pdf", "kwu.py"]
        assert {id for id, _ in people(tmp_path, names)} == {"jdoe", "broe", "alee", "kwu"}

    @pytest.mark.parametrize("name", ["jdoe.py", "jdoe_1_2_backprop.py", "Jane_1_assignsubmission_file/backprop.py"])
    def test_outputs_of_an_earlier_run_are_not(self, tmp_path: Path, name: str) -> None:
        before = people(tmp_path, [name])
        outputs = ["index.html", "journal.jsonl", "networks.json", "gradebook.csv", "summary.yaml"]
        outputs += ["jdoe.py.report.yaml", "jdoe.report.html", "old/cases.json", "old/journal.jsonl", "old/canvas.csv"]
        assert people(tmp_path, outputs) == before

    def test_files_called_like_a_run_s_hide_no_submission(self, tmp_path: Path) -> None:
        run = ["cases.json", "journal.jsonl", "gradebook.csv", "index.html"]
        names = ["al/backprop.py", "bo/backprop.py", "cy/backprop.report.py", "dee/sub/backprop.py"]
        forged = [f"{who}/{name}" for who in ("bo", "cy", "dee") for name in run]
        assert [who for who, _ in people(tmp_path, [*names, *forged])] == ["al", "bo", "cy", "dee"]

    def test_a_file_a_browser_counted_is_the_same_student_s(self, tmp_path: Path) -> None:
        files = {
            "jdoe_backprop.py": b"a = 1\n",
            "jdoe_backprop (1).py": b"a = 2\n",
            "h (1).py": SCRIPT,
            "h (2).py": SCRIPT,
        }
        entries = find_entries(tree(tmp_path, files), WANTED)
        assert [entry.key for entry in entries] == ["h (1).py", "h (2).py", "jdoe_backprop.py"]
        assert source(read_entry(entries[2], WANTED)) == "a = 2\n"


class TestAnotherExercise:
    @pytest.mark.parametrize("name", ["gradient_descent", "multilayer"])
    def test_is_told_by_its_steps_filled_in_or_not(self, exercise: Exercise, name: str) -> None:
        other = load_exercise(name)
        for text in (other.reference_source, (other.folder / f"{name}.py").read_text(encoding="utf-8")):
            assert another_exercise([(1, "import numpy as np"), (2, text)], exercise) == name
            assert another_exercise([(None, text)], other) is None

    def test_is_not_claimed_of_an_attempt_or_of_names_of_one_s_own(self, exercise: Exercise) -> None:
        both = load_exercise("gradient_descent").reference_source + "delta_w_h_o = None\n"
        for text in (exercise.reference_source, both, "error = 1\nerror_term = 2\n", "a = 1\n"):
            assert another_exercise([(None, text)], exercise) is None


class TestAPathThatIsNotThere:
    @pytest.mark.parametrize("asked", ["bakcprop.py", "Backprop.py", "back_prop.py", "backprop"])
    def test_is_answered_with_the_nearest_name(self, tmp_path: Path, asked: str) -> None:
        tree(tmp_path, ["backprop.py", "essay.txt", ".backprop.py.swp"])
        assert near_paths(tmp_path / asked) == [str(tmp_path / "backprop.py")]

    def test_is_answered_with_nothing_where_nothing_is_near(self, tmp_path: Path) -> None:
        assert near_paths(tree(tmp_path, ["essay.txt"]) / "backprop.py") == []
        assert near_paths(tmp_path / "no folder" / "backprop.py") == []
        assert near_paths(Path("backprop.py"), [tmp_path / "essay.txt"]) != [str(tmp_path / "essay.txt")]


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
        with pytest.raises(UsageError, match="known are autolab, blackboard, brightspace"):
            find_entries(tmp_path, WANTED, intake="no-such")


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

    def test_a_folder_swapped_for_a_link_after_the_names_were_read_is_not_entered(self, tmp_path: Path) -> None:
        tree(tmp_path, ["in/alice/hw/backprop.py", "in/bob/backprop.py", "secret/hw/backprop.py"])
        entries = find_entries(tmp_path / "in", WANTED)
        (tmp_path / "in" / "alice").rename(tmp_path / "gone")
        (tmp_path / "in" / "alice").symlink_to(tmp_path / "secret")
        assert [bool(read_entry(entry, WANTED).unreadable) for entry in entries] == [True, False]

    def test_a_single_link_named_by_the_caller_is_reported_and_not_followed(self, tmp_path: Path) -> None:
        tree(tmp_path, ["secret.py"])
        (tmp_path / "backprop.py").symlink_to(tmp_path / "secret.py")
        assert problem(tmp_path / "backprop.py") == "a link; links are not followed"
        assert said(read_submission(tmp_path / "backprop.py").unreadable) == "a link; links are not followed"

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
        path = archive(tmp_path / "x.zip", {"alice.py": b"#" + os.urandom(MAX_BYTES)})
        assert problem(path) == f"{MAX_BYTES + 1} bytes; the limit is {MAX_BYTES} bytes"

    def test_nested_bombs_are_stopped(self, tmp_path: Path) -> None:
        inner = zipped({"backprop.py": bytes(40 << 20)})
        deep = zipped({"b.zip": zipped({"c.zip": inner})})
        path = archive(tmp_path / "x.zip", {"al.zip": inner, "bo.zip": deep, "cy.zip": zipped({"d.zip": deep})})
        al, bo, cy = (said(read_entry(entry, WANTED).unreadable) for entry in find_entries(path, WANTED))
        assert "zip bomb" in al
        assert "zip bomb" in bo
        assert cy == "the archive has no .py or .ipynb file, only c.zip"

    @pytest.mark.parametrize(
        ("packed", "counts"),
        [
            ({"inner.zip": ["backprop.py"]}, "inner.zip/backprop.py"),
            ({"al/backprop.zip": ["hw/backprop.py", "hw/notes.txt"]}, "al/backprop.zip/hw/backprop.py"),
            ({"report.pdf": b"%PDF-1", "code.zip": ["main.py"]}, "code.zip/main.py"),
            ({"backprop.py": SCRIPT, "broken.zip": b"PK"}, "backprop.py"),
        ],
    )
    def test_an_archive_within_a_student_s_archive_counts_as_its_files(
        self, tmp_path: Path, packed: dict[str, bytes | list[str]], counts: str
    ) -> None:
        files = {name: content if isinstance(content, bytes) else zipped(content) for name, content in packed.items()}
        archive(tmp_path / "al.zip", files)
        assert only(tmp_path).file == f"al.zip/{counts}"

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
            (
                zipped({"a.py": b"a = 1", "b.py": b"a = 2"}),
                "several files, none named after the exercise: alice.zip/a.py, alice.zip/b.py",
            ),
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
