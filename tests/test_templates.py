"""Templates are compiled once, beside Python's own compiled modules."""

import shutil
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader, ModuleLoader

from graders.reports.page import templates


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = shutil.copytree(templates._FOLDER, tmp_path / "templates", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(templates, "_FOLDER", copy)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return copy


def rendered() -> str:
    return templates.page_environment(str).get_template("parts.html.j2").render(parts=[])


def test_a_changed_template_is_compiled_again(folder: Path) -> None:
    first = rendered()
    assert rendered() == first
    (kept,) = (folder / "__pycache__").iterdir()
    (folder / "parts.html.j2").write_text("another page")
    assert rendered() == "another page"
    assert {kept} < set((folder / "__pycache__").iterdir())


@pytest.mark.parametrize("writes", [True, False])
def test_the_page_is_the_same_where_nothing_can_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, writes: bool
) -> None:
    first = rendered()
    assert isinstance(templates.page_environment(str).loader, ModuleLoader)
    shutil.rmtree(folder / "__pycache__")
    if writes:
        (folder / "__pycache__").write_text("in the way")
    else:
        monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert isinstance(templates.page_environment(str).loader, FileSystemLoader)
    assert rendered() == first
