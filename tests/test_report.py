"""The YAML of a report: read back as it was, also with hostile text; every report fits the published schema."""

import os
import stat
from pathlib import Path

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from graders.errors import UsageError
from graders.files import write_atomically
from graders.grading import Grader
from graders.outcome import Fault, Report
from graders.reports import yaml
from graders.reports.document import document
from graders.submission import read_submission

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.fixture(scope="module")
def report(grader: Grader) -> Report:
    return grader.grade(read_submission(Path(__file__).parent.parent / "reference" / "backprop.py"))


@given(text=ANY_TEXT)
def test_what_is_written_is_what_is_read(report: Report, text: str) -> None:
    strange = replace(report, stdout=text, notes=[text], fault=Fault(type=text, message=text, line=1))
    assert yaml.load(yaml.dump(strange)) == document(strange)


@pytest.mark.parametrize(
    "text", ["1e3", "0x10", "yes", "null", "12:30:00", "1_000", "- a", "a: b", "!!python/object:x", "=", "~"]
)
def test_text_stays_text_for_every_reader(report: Report, text: str) -> None:
    dumped = yaml.dump(replace(report, notes=[text]))
    assert pyyaml.safe_load(dumped)["notes"] == [text]
    if text[0].isdigit():
        assert f'"{text}"' in dumped.decode()  # readers of YAML 1.2 take an unquoted one for a number


def test_a_report_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write_atomically(tmp_path / "taken", b"report")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_device_or_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_atomically(pipe, b"report")
    assert os.read(reader, 100) == b"report"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_report_holds_no_time_path_or_host(report: Report) -> None:
    text = yaml.dump(report).decode()
    assert str(Path(__file__).parent.parent) not in text
    assert set(document(report)["grading"]) == {
        "grader", "exercise_sha256", "seed", "networks", "bank_sha256", "isolation", "versions",
    }  # fmt: skip
