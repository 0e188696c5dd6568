"""Draw the README's pictures of a terminal from real runs: `terminal.svg` and `watch.svg`, in both languages."""

import html
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from benchmarks.watch import wait_for_table, watching

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SAMPLE = ROOT / "tests" / "submissions" / "backprop" / "wrong" / "hidden_term_no_slope.py"
WIDTH, HEIGHT = 92, 40
CELL = 12.2  # what rich makes a column wide, in the picture's units


def printed(lang: str) -> str:
    """Return what `python grade.py backprop.py` prints about the sample, with its colours."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(SAMPLE, Path(folder) / "backprop.py")
        command = [sys.executable, str(ROOT / "grade.py"), "backprop.py", "--lang", lang]
        environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH)}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 1:
        sys.exit(done.stderr or f"{SAMPLE.name}: status {done.returncode}, expected 1")
    return done.stdout


def watched(lang: str) -> str:
    """Return what `--watch` shows after a save of the sample, at the time that all pictures have."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "backprop.py"
        shutil.copy(SAMPLE, path)
        environment = {"FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "LINES": str(HEIGHT)}
        with watching(path, "--lang", lang, environment=environment) as process:
            shown = wait_for_table(process).decode()
    return re.sub(r"\d\d:\d\d:\d\d", "09:41:00", shown.replace("\x1b[2J\x1b[H", ""))


def drawn(shown: str, name: str, title: str) -> str:
    """Return the picture of what a run showed."""
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(shown))
    picture = console.export_svg(title=title, unique_id=name)
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)  # no fonts from elsewhere
    picture = re.sub(r'(<text [^>]*x=")([\d.]+)(" y="[^"]*") textLength="[^"]*"([^>]*>)([^<]*)', columns_kept, picture)
    return re.sub(r"[ \t]+$", "", picture, flags=re.MULTILINE)


def columns_kept(text: re.Match[str]) -> str:
    """Return a text in parts of one width each: rich gives a Chinese character one column instead of two."""
    x, parts = float(text[2]), []
    for part in re.findall(r"[\0-\u2e7f]+|[^\0-\u2e7f]+", html.unescape(text[5])):
        width = cell_len(part) * CELL
        parts.append(f'<tspan x="{x:.1f}" textLength="{width:.1f}">{html.escape(part)}</tspan>')
        x += width
    return f"{text[1]}{text[2]}{text[3]}{text[4]}{''.join(parts)}"


if __name__ == "__main__":
    command = "python grade.py backprop.py"
    for lang, ending in (("en", ".svg"), ("zh", ".zh.svg")):
        for name, show, title in (("terminal", printed, command), ("watch", watched, f"{command} --watch")):
            picture = drawn(show(lang), f"{name}-{lang}", title)
            (PICTURES / (name + ending)).write_text(picture, encoding="utf-8", newline="\n")
            print(f"docs/pictures/{name}{ending}")
