"""The YAML of a report: read back as it was, also with hostile text; every report fits the published schema."""

import os
import re
import shutil
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from graders import yaml_reading
from graders.errors import UsageError
from graders.files import write_atomically, write_named
from graders.grading import Grader
from graders.outcome import Fault, Kind, Report, Verdict
from graders.records import Record
from graders.reports import yaml
from graders.reports.context import Context
from graders.reports.document import document
from graders.reports.making import cleaned
from graders.submission import decode_submission
from tests.support.opening import open_grader
from tests.support.sandboxes import RIGHT

CONTEXT = Context("en")
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def report(grader: Grader) -> Report:
    return grader.grade(decode_submission("backprop.py", RIGHT.encode()))


@pytest.fixture(scope="module")
def wrong(grader: Grader) -> Report:
    """A report with steps, a counterexample, notes and a fault."""
    source = RIGHT.replace("target - output", "output - target") + "\nraise ValueError('x')\n"
    return grader.grade(decode_submission("backprop.py", source.encode()))


def with_every_text(value: Any, text: str) -> Any:
    """Return a record, or a part of one, in which every text that is no word of the grader's is this one."""
    match value:
        case Record():
            return type(value)(**{name: with_every_text(item, text) for name, item in vars(value).items()})
        case str() if type(value) is str:
            return text
        case dict():
            return {f"{key}{text}": with_every_text(item, text) for key, item in value.items()}
        case list():
            return [with_every_text(item, text) for item in value]
    return value


def texts_of(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    for item in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        yield from texts_of(item)
    if isinstance(content, dict):
        yield from content


@given(text=st.text(st.characters()))
def test_no_text_of_a_report_holds_a_control_or_invisible_character(wrong: Report, text: str) -> None:
    content = msgspec.to_builtins(cleaned(with_every_text(wrong, text)))
    printed = content.pop("stdout")
    found = {character for each in texts_of(content) for character in each}
    found |= set(printed) - {"\n", "\t"}
    assert not {character for character in found if unicodedata.category(character)[0] == "C"}
    assert not found & {"\u2028", "\u2029"}


@pytest.mark.parametrize("character", ["x", "\x1b", "中", "\U0010ffff"])
def test_every_text_of_a_report_is_bounded(wrong: Report, character: str) -> None:
    report = cleaned(with_every_text(wrong, character * 5000))
    assert max(map(len, texts_of(msgspec.to_builtins(report)))) == 2000


def test_a_report_is_cleaned_where_it_is_made(grader: Grader) -> None:
    name = "\x1b[2J\x1b]0;pwned"
    source = RIGHT.replace("delta_w_h_o = ", f"delta_w_h_o = type({name!a}, (), {{}})() or ")
    report = grader.grade(decode_submission(f"{name}.py", source.encode()))
    assert report.submission.file == r"\x1b[2J\x1b]0;pwned.py"
    assert report.counterexample is not None
    assert report.counterexample.actual == r"\x1b[2J\x1b]0;pwned"


def test_every_verdict_has_a_kind_and_a_sign() -> None:
    kinds = {kind: [str(verdict) for verdict in Verdict if verdict.kind is kind] for kind in Kind}
    assert kinds == {
        Kind.RIGHT: ["correct"],
        Kind.CARRIED: ["correct-from-earlier-mistake"],
        Kind.OPEN: ["not-reached", "not-evaluated"],
        Kind.WRONG: ["missing", "wrong-type", "not-finite", "wrong-shape", "wrong-value", "not-allowed"],
        Kind.STOPPED: [
            *("unreadable", "syntax-error", "cannot-vary", "forbidden", "timeout"),
            *("memory-limit", "output-limit", "crashed", "exception"),
        ],
        Kind.UNGRADED: ["not-graded"],
    }
    assert "".join(verdict.sign for verdict in Verdict) == "–" + 15 * "✗" + "✓↪––"
    assert not any(verdict.passes and verdict.is_wrong for verdict in Verdict)


@pytest.mark.parametrize(
    ("points", "most"), [("[0.2, 0.1], [0.7, 0.7]", 1.7), ("[0.1, 0.2], [0.3, 0.1]", 0.7), ("[10, 10], [40, 40]", 100)]
)
def test_points_that_are_no_whole_numbers_add_up_in_any_order(tmp_path: Path, points: str, most: float) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "reference").mkdir()
    shutil.copytree(ROOT / "exercises" / "backprop", tmp_path / "exercises" / "backprop")
    shutil.copy(ROOT / "reference" / "backprop.py", tmp_path / "reference")
    file = tmp_path / "exercises" / "backprop" / "exercise.yaml"
    text, pairs = file.read_text(encoding="utf-8"), re.findall(r"\[([\d.]+), ([\d.]+)\]", points)
    for fixed, bank in pairs:
        assert "points: {fixed: 10, bank: 40}" in text
        text = text.replace("{fixed: 10, bank: 40}", f"{{fixed: {fixed}, bank: {bank}}}", 1)
    file.write_text(text, encoding="utf-8")
    with open_grader(str(tmp_path / "exercises" / "backprop"), cases=2, fallback=True) as grader:
        score = grader.grade(decode_submission("backprop.py", RIGHT.encode())).score
    assert (score.points, score.max, score.percent) == (most, most, 100)


@given(text=ANY_TEXT)
def test_what_is_written_is_what_is_read(report: Report, text: str) -> None:
    strange = replace(report, stdout=text, notes=[text], fault=Fault(type=text, message=text, line=1))
    assert yaml_reading.load(yaml.dump(strange, CONTEXT)) == document(strange)


@pytest.mark.parametrize(
    "text", ["1e3", "0x10", "yes", "null", "12:30:00", "1_000", "- a", "a: b", "!!python/object:x", "=", "~"]
)
def test_text_stays_text_for_every_reader(report: Report, text: str) -> None:
    dumped = yaml.dump(replace(report, notes=[text]), CONTEXT)
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
    write_named(pipe, b"report")
    assert os.read(reader, 100) == b"report"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_or_pipe_where_a_report_goes_is_replaced_and_never_opened(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"mine")
    (tmp_path / "link").symlink_to(kept)
    (tmp_path / f".new.{os.getpid()}.unfinished").symlink_to(kept)
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "new", "pipe"):
        write_atomically(tmp_path / name, b"report")
        assert (tmp_path / name).read_bytes() == b"report"
        assert not (tmp_path / name).is_symlink()
    assert kept.read_bytes() == b"mine"
    (tmp_path / "link").unlink()
    (tmp_path / "link").symlink_to(kept)
    write_named(tmp_path / "link", b"report")
    assert kept.read_bytes() == b"mine"


def test_a_report_holds_no_time_path_or_host(report: Report) -> None:
    text = yaml.dump(report, CONTEXT).decode()
    assert str(Path(__file__).parent.parent) not in text
    assert set(document(report)["grading"]) == {
        "grader", "exercise_sha256", "seed", "cases", "bank_sha256", "isolation", "versions",
    }  # fmt: skip
