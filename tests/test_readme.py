"""What the documents say is so: links lead somewhere, commands are understood, languages and pictures keep up."""

import html
import re
import shlex
from pathlib import Path

import pytest

from graders.cli import main
from graders.command.options import parse_options
from graders.exercise.loading import exercise_names
from graders.grading import Grader

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("exercises/*/README.md")]
ELSEWHERE = ("http://", "https://", "mailto:")


def anchors(document: str) -> set[str]:
    """Return what a heading can be linked by: its words in small letters, joined by hyphens."""
    headings = re.findall(r"^#+ (.*)$", document, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def blocks(document: str) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", document, re.DOTALL)


def commands(document: str) -> list[list[str]]:
    """Return the arguments of each `grade` in the document's blocks of commands."""
    found = re.findall(r"(?:^|&& )(?:\S*python grade\.py|grade) (.*)$", "\n".join(blocks(document)), re.MULTILINE)
    # A number that each reader chooses is not printed, since it would be copied.
    return [shlex.split(arguments.replace("YOUR_NUMBER", "1"), comments=True) for arguments in found]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if target.startswith(ELSEWHERE):
            continue
        file, _, anchor = target.partition("#")
        linked = (path.parent / file).resolve() if file else path
        assert linked.exists(), f"{path.name}: {target}"
        assert not anchor or anchor in anchors(linked.read_text(encoding="utf-8")), f"{path.name}: {target}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_label_of_a_link_is_defined_and_every_definition_used(path: Path) -> None:
    document = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    defined = re.findall(r"^\[([^\]]+)\]: https://", document, re.MULTILINE)
    assert sorted(set(re.findall(r"\]\[([^\]]+)\]", document))) == sorted(defined)


def test_every_cell_about_another_grader_names_its_source() -> None:
    lines = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8").splitlines()
    columns, _, *rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("|")]
    assert len(rows) >= 13
    for grader, *cells in rows:
        assert len(cells) == len(columns), grader
        assert all(re.search(r"\]\(|\]\[|not documented", cell) for cell in cells), grader


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_is_understood(path: Path) -> None:
    for arguments in commands(path.read_text(encoding="utf-8")):
        assert parse_options(arguments), arguments


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_the_samples_the_readme_grades_exist(path: Path) -> None:
    named = re.findall(r"tests/submissions/\S+", path.read_text(encoding="utf-8"))
    assert len(named) >= 2
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("path", [*READMES, *ROOT.glob("exercises/*/README.md")], ids=lambda path: path.parent.name)
def test_the_template_that_students_are_told_to_grade_is_there(path: Path) -> None:
    named = re.findall(r"python grade\.py (?:-e \w+ )?(\w\S*?\.py)", path.read_text(encoding="utf-8"))
    assert len(named) >= 2
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_the_readme_names_every_option_and_no_other(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    options = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out)) - {
        "--help",
        "--version",
        "--resume",
        "--networks",
    }
    table = path.read_text(encoding="utf-8").partition("|---|---|\n| `-e NAME`")[2].partition("\n\n")[0]
    named = set(re.findall(r"--[a-z][a-z-]+", table))
    assert named | {"--exercise", "--output"} == options


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_the_readme_lists_every_exercise(path: Path) -> None:
    listed = re.findall(r"^\| \[`(\w+)`\]\(exercises/\1\) \|", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == exercise_names()


def test_both_readmes_have_the_same_commands_links_and_sections() -> None:
    english, chinese = (path.read_text(encoding="utf-8") for path in READMES)
    for pattern in (r"```sh\n.*?```", r"^#+ ", r"\]\(((?:docs/\w+\.md|exercises/)[^)]*)\)"):
        one, other = (re.findall(pattern, text, re.DOTALL | re.MULTILINE) for text in (english, chinese))
        assert one == other, pattern
    assert "](README.zh.md)" in english
    assert "](README.md)" in chinese


@pytest.mark.parametrize(("lang", "picture"), [("en", "terminal.svg"), ("zh", "terminal.zh.svg")])
def test_the_picture_of_the_terminal_shows_what_is_printed(lang: str, picture: str, grader: Grader) -> None:
    from rich.text import Text

    from scripts.pictures import PICTURES, printed

    drawn = re.findall(r"<tspan [^>]*>([^<]*)</tspan>", (PICTURES / picture).read_text(encoding="utf-8"))
    shown = "".join(html.unescape("".join(drawn)).split())
    assert shown == "".join(Text.from_ansi(printed(lang)).plain.split())
