"""What a person sees in a terminal: lines break between words, and names stay whole."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from rich.cells import cell_len

from graders.cli import main
from graders.command.progress import ClassProgress
from graders.messages import Lang, say
from graders.outcome import Verdict
from tests.support.commands import run_grade
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


def test_a_chinese_line_is_full_before_it_breaks_and_no_mark_begins_the_next(tmp_path: Path) -> None:
    lines = shown_in_terminal(SAMPLE, "--lang", "zh", "--isolation", "process", columns=80, cwd=tmp_path)
    at = next(place for place, line in enumerate(lines) if line.startswith("✗"))
    assert 76 <= cell_len(lines[at]) <= 80  # as far as a mark or a name that stays with its text leaves it
    assert lines[at + 1][0] not in "，。；：、）”"
    assert not any(cell_len(line) > 80 for line in lines)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_how_far_a_large_class_is_fits_in_a_line_of_a_terminal(lang: Lang) -> None:
    values = {"done": 12345, "total": 20000, "right": 11111, "wrong": 1234, "faults": 0, "rate": 18, "minutes": 12}
    assert cell_len(say(lang, "class.progress-left", **values)) < 80


@pytest.mark.parametrize(("lang", "mean"), [("en", "mean: 50.0 %;"), ("zh", "平均：50.0%；")])
def test_a_percentage_is_written_as_in_its_language(
    tmp_path: Path, lang: str, mean: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "al.py").write_bytes(SAMPLE.read_bytes())
    given = (str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--cases", "3", "--isolation", "process", "--quiet")
    assert main([*given, "--lang", lang]) == 0
    assert mean in capsys.readouterr().out


def test_what_is_no_terminal_gets_whole_lines_even_in_colour(tmp_path: Path) -> None:
    coloured = {"COLUMNS": "60", "FORCE_COLOR": "1"}
    done = run_grade(SAMPLE, "--isolation", "process", cwd=tmp_path, env=coloured)
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
    assert "1 of 1000: 1 right, 0 wrong, 0 not graded, 0/s, 999 min left" in said or "1000 min left" in said
