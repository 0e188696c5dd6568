"""Draw the README's pictures of a terminal from real runs: `docs/pictures/terminal.svg` and `terminal.zh.svg`."""

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

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SAMPLE = ROOT / "tests" / "submissions" / "backprop" / "wrong" / "hidden_term_no_slope.py"
WIDTH = 92
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


def drawn(lang: str) -> str:
    """Return the picture of one run."""
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(printed(lang)))
    picture = console.export_svg(title="python grade.py backprop.py", unique_id=f"terminal-{lang}")
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
    for lang, name in (("en", "terminal.svg"), ("zh", "terminal.zh.svg")):
        (PICTURES / name).write_text(drawn(lang), encoding="utf-8", newline="\n")
        print(f"docs/pictures/{name}")
