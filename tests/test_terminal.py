"""What a person sees in a terminal: lines break between words, and names stay whole."""

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from graders.command.screen import Field, Screen, TableColumn, broken_lines, width_of
from graders.command.terminal import ClassProgress
from graders.outcome import Verdict
from tests.support.rows import RIGHT as RIGHT_ROW

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests" / "submissions" / "backprop" / "wrong" / "hidden_term_no_slope.py"


def shown_in_terminal(*arguments: object, columns: int, cwd: Path) -> list[str]:
    """Run a command in a terminal of its own and return the lines it shows there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "CI")}
    with subprocess.Popen(
        [sys.executable, "-m", "graders", *map(str, arguments)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=cwd,
        env={**environment, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
    ):
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 1 << 16)
            except OSError:  # how the end of a terminal is told
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode()).splitlines()


@pytest.mark.parametrize(("lang", "columns"), [("en", 80), ("en", 60), ("zh", 80), ("zh", 60)])
def test_lines_break_between_words_and_results_keep_their_names(tmp_path: Path, lang: str, columns: int) -> None:
    lines = shown_in_terminal(SAMPLE, "--lang", lang, "--isolation", "process", columns=columns, cwd=tmp_path)
    assert max(map(len, lines)) <= columns
    words = {word for line in lines for word in re.split(r"[\s│]+", line)}
    assert {"delta_w_h_o", "delta_w_i_h", "weights_input_hidden"} <= words
    assert not [line for line in lines if "…" in line]


def test_what_is_no_terminal_gets_whole_lines_even_in_colour(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "grade.py"), str(SAMPLE), "--isolation", "process"],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "60", "FORCE_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert "You sent the error back through the weights but stopped before the hidden nodes' activation." in done.stdout


def test_a_class_says_how_long_it_takes_and_what_it_waits_for(capsys: pytest.CaptureFixture[str]) -> None:
    with ClassProgress(1000, "en", quiet=False) as progress:
        progress.wait()
        progress.start(0)
        progress._started -= 60  # as if the first had taken a minute
        progress._shown -= 60
        progress.add(RIGHT_ROW)
        for _ in range(18):
            progress.add(RIGHT_ROW)
        progress.add(RIGHT_ROW.replaced(verdict=Verdict.TIMEOUT))
    said = capsys.readouterr().err
    assert "Waiting for workers" in said
    assert said.count("1000 to grade: about 50 min, by the first 20, of which 1 ran into the time limit") == 1
    assert "1 of 1000: 1 right, 0 wrong, 0 not graded, 0 per second, 999 min left" in said or "1000 min left" in said


def test_a_narrow_terminal_has_narrow_columns_and_no_empty_one(tmp_path: Path) -> None:
    lines = shown_in_terminal(SAMPLE, "--lang", "en", "--isolation", "process", columns=44, cwd=tmp_path)
    assert max(map(len, lines)) <= 44
    rows = [line.split("│")[1:-1] for line in lines if line.startswith("│")]
    shown = "".join("".join(column) for column in zip(*rows, strict=True)).replace(" ", "")
    assert all(words in shown for words in ("delta_w_h_o", "randomnetworks", "100/100", "wrongvalues", "50/100"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("one two", ["one two"]),
        ("  one two three", ["  one two", "three"]),
        ("one_long_word", ["one_long_w", "ord"]),
        ("这一步是对。", ["这一步是", "对。"]),  # punctuation begins no line, and takes a character with it
        ("第 3 行：先改正 error", ["第 3 行：", "先改正", "error"]),
    ],
)
def test_a_line_is_broken_by_its_columns(text: str, lines: list[str]) -> None:
    found = list(broken_lines(text, 10))
    assert found == lines
    assert all(width_of(line) <= 10 for line in found)


def test_a_stream_that_has_no_lines_to_draw_with_gets_a_table_of_signs() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\n")
    columns = [TableColumn("step", Field("total")), TableColumn("points", Field("7"), is_right=True)]
    Screen(stream).show_table("a.py", columns, [[[Field("error"), Field("7", "green")]]])
    stream.seek(0)
    assert stream.read().splitlines() == [
        "a.py",
        "+-------+--------+",
        "| step  | points |",
        "+-------+--------+",
        "| error |      7 |",
        "+-------+--------+",
        "| total |      7 |",
        "+-------+--------+",
    ]


def test_the_progress_of_a_class_is_one_line_that_is_drawn_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with ClassProgress(2, "en", quiet=False) as progress:
        progress.start(0)
        progress.add(RIGHT_ROW)
        progress.add(RIGHT_ROW)
    said = capsys.readouterr().err
    first, *_, last = said.split("\r\x1b[K")[1:]
    assert first.startswith(f"{'-' * 24} 0 of 2")
    assert last.startswith(f"{'#' * 24} 2 of 2: 2 right")
    assert said.count("\n") == 1
