"""What hostile submissions print, raise and are called is harmless text in every file and on every terminal."""

import csv
import json
import os
import re
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from graders.reports.endings import endings
from tests.support.commands import grade_command
from tests.support.pages import Page
from tests.support.sandboxes import need_kernel_sandbox

ROOT = Path(__file__).parent.parent
FORMATS = {name: ending for name, ending in endings().items() if name != "classroom50"}  # written by its runner only
LINE_ENDS = set("\n\t\r\ufeff")  # the gradebook is for spreadsheets, with their mark
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
TEXTS = {
    "control": "".join(map(chr, range(32))) + "\x7f\x80\x9b31m\x9d0;x\x9c",
    "ansi": "\x1b[31mred\x1b[2J\x1b[1;1H\x1b[?1049h",
    "title": "\x1b]0;title\x07\x1b]8;;http://evil.example\x07link\x1b]8;;\x07\x1bP+q544e\x1b\\",
    "bidi": "\u202e\u2066\u200f\u061cdoog\u2069 \u200b\ufeff\u2028\u2029\u0085",
    "surrogates": "\ud800\udfff \U000f0000 \U0010ffff",
    "html": "</pre></code><script>alert(1)</script><img src=x onerror=alert(1)>&lt;\"'><svg/onload=alert(1)>{{7*7}}",
    "workflow": "::error file=a::b\n::add-mask::x\n  ::set-env name=PATH::/tmp\n##[error]x\n::stop-commands::x",
    "yaml": "x\nscore: {points: 100}\n---\n- !!python/object/apply:os.system [id]\n&a *a |\n  %YAML 1.1",
    "csv": '=cmd|\' /C calc\'!A0","\r\n+1,-1,@SUM(1)\n\t=1+1;"a"',
    "markdown": "[a](http://evil.example) ![b](//x) @everyone #1 `c` **d** <b>\n# e\n| f |\n```\n[g]: http://x",
    "rich": "[red]x[/red] [/] [link=http://evil.example]y[/link] :smile: [bold",
    "long": "x" * 10_000_000,
}
"""What is printed by one submission each; it is what it raises too, and the beginning of its file's name."""


def source(text: str) -> str:
    """Return a submission in ASCII that prints a text and raises it."""
    written = f"'x' * {len(text)}" if set(text) == {"x"} else ascii(text)
    return f"text = {written}\nprint(text)\nraise type('E', (ValueError,), {{}})(text)\n"


def file_name(text: str) -> bytes:
    """Return a file's name with the beginning of a text in it."""
    return text[:40].encode("utf-8", "replace").translate(None, b"/\0") + b".py"


def run(*arguments: object, cwd: Path) -> bytes:
    environment = {**os.environ, "LANG": "C.UTF-8"}
    done = subprocess.run(grade_command(*arguments), cwd=cwd, capture_output=True, check=False, env=environment)
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == b""
    return done.stdout


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of reports about one hostile submission each, in every format."""
    need_kernel_sandbox()
    folder = tmp_path_factory.mktemp("printed")
    (folder / "in").mkdir()
    (folder / "harmless.py").write_text(source("harmless"), encoding="utf-8")
    for text in TEXTS.values():
        with open(os.fsencode(folder / "in") + b"/" + file_name(text), "w", encoding="ascii") as submission:
            submission.write(source(text))
    formats = [part for name in FORMATS for part in ("--format", name)]
    (folder / "class.terminal").write_bytes(run("in", "--cases", 2, "--quiet", "-o", "out", *formats, cwd=folder))
    for number, file in enumerate(sorted(os.listdir(folder / "in"))):
        shown = run(Path("in", file), "--networks", 2, "-o", "single.yaml", cwd=folder)
        (folder / f"single{number}.terminal").write_bytes(shown)
    run("harmless.py", "--networks", 2, *formats, cwd=folder)
    return folder


def texts_of(folder: Path, output: str) -> list[str]:
    """Return the text of each file with such a name; of the hostile ones where they have the same names."""
    found = sorted((folder / "out").rglob(output)) or sorted(folder.glob(output))
    return [path.read_bytes().decode() for path in found]


def lines_of(folder: Path, output: str) -> list[str]:
    """Return all lines of these files."""
    return [line for text in texts_of(folder, output) for line in text.splitlines()]


def kinds(page: Page) -> set[tuple[str, str]]:
    """Return the elements and attributes of a page, without values."""
    return {(tag, name) for tag, attributes in page.elements for name in ("", *attributes)}


CLASS_NAMES = {
    "ansi": "\x1b[2J\x1b]0;pwned\x07",
    "workflow": "x\n::error file=a.py::pwned",
    "bidi": "\u202e\u2066\u200bdoog\u2028",
}


@pytest.mark.parametrize("kind", CLASS_NAMES)
@pytest.mark.parametrize(
    "statement",
    [
        "delta_w_h_o = type(name, (), {})()",
        "delta_w_h_o = np.array(type(name, (), {})())",
        "raise type(name, (ValueError,), {})",
    ],
)
def test_the_name_of_a_class_is_harmless(graded: Path, tmp_path: Path, kind: str, statement: str) -> None:
    right = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
    lines = [line for line in right.splitlines() if not line.startswith("delta_w_h_o")]
    (tmp_path / "a.py").write_text("\n".join([*lines, f"name = {CLASS_NAMES[kind]!a}", statement]), encoding="utf-8")
    formats = [part for name in FORMATS for part in ("--format", name)]
    (tmp_path / "a.terminal").write_bytes(run("a.py", "--networks", 2, *formats, cwd=tmp_path))
    for path in set(tmp_path.iterdir()) - {tmp_path / "a.py"}:
        text = path.read_bytes().decode()
        assert not {character for character in text if unicodedata.category(character) in INVISIBLE} - {"\n"}
        assert not re.search(r"(?m)^\s*::error file=a.py::pwned", text)


OUTPUTS = [
    *(f"*.report{ending}" for ending in FORMATS.values()),
    "gradebook.csv",
    "index.html",
    "summary.yaml",
    "*.terminal",
]


@pytest.mark.parametrize("output", OUTPUTS)
def test_no_character_acts(graded: Path, output: str) -> None:
    texts = texts_of(graded, output)
    assert texts
    for text in texts:
        assert not {character for character in text if unicodedata.category(character) in INVISIBLE} - LINE_ENDS
        assert len(text) < 300_000


@pytest.mark.parametrize(("ending", "load"), [(".yaml", yaml.safe_load), (".json", json.loads)])
def test_a_text_stays_in_its_field(graded: Path, ending: str, load: Callable[[str], dict[str, Any]]) -> None:
    harmless = load((graded / f"harmless.report{ending}").read_text(encoding="utf-8"))
    for text in texts_of(graded, f"*.report{ending}"):
        report = load(text)
        assert set(report) == set(harmless)
        assert report["score"] == harmless["score"]
        assert report["fault"]["type"] in ("E", "OutputLimitExceeded")


def test_no_page_has_an_element_or_attribute_of_a_submissions(graded: Path) -> None:
    harmless = Page((graded / "harmless.report.html").read_bytes())
    for text in texts_of(graded, "*.report.html"):
        assert kinds(Page(text.encode())) <= kinds(harmless)
    overview = Page((graded / "out" / "index.html").read_bytes())
    assert not any(name.startswith("on") for name, _ in overview.attributes)
    links = [value for name, value in overview.attributes if name in ("href", "src")]
    assert len(links) == len(TEXTS)
    assert not any(":" in link or link.startswith("/") for link in links)


def test_markdown_has_no_link_heading_or_mention_of_a_submissions(graded: Path) -> None:
    headings = [line for line in lines_of(graded, "harmless.report.md") if line.startswith("#")]
    for text in texts_of(graded, "*.report.md"):
        assert not re.search(r"\]\(|<\w|@everyone|^\[g\]:|https?://", text, re.MULTILINE)
        assert len([line for line in text.splitlines() if line.startswith("#")]) == len(headings)


def test_no_cell_of_the_gradebook_is_a_formula(graded: Path) -> None:
    with (graded / "out" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1 + len(TEXTS)
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_no_line_of_the_terminal_is_a_workflow_command(graded: Path) -> None:
    lines = lines_of(graded, "*.terminal")
    assert len(lines) > 10 * len(TEXTS)
    assert not [line for line in lines if line.lstrip().startswith(("::", "##["))]


def test_annotations_have_no_command_of_a_submissions(graded: Path) -> None:
    commands = {line.split(" ")[0].rstrip(":") for line in lines_of(graded, "harmless.report.github.txt")}
    for text in texts_of(graded, "*.report.github.txt"):
        assert {line.split(" ")[0].rstrip(":") for line in text.splitlines()} <= commands


def test_test_results_are_well_formed(graded: Path) -> None:
    (text,) = texts_of(graded, "harmless.report.xml")
    harmless = {element.tag for element in ElementTree.fromstring(text).iter()}
    for text in texts_of(graded, "*.report.xml"):
        assert {element.tag for element in ElementTree.fromstring(text).iter()} <= harmless
