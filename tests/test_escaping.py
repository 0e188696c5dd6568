"""Each escape, as a property over any text."""

import csv
import io
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from graders.escaping import (
    clean_block,
    clean_line,
    csv_cell,
    markdown,
    workflow_command_property,
    workflow_command_value,
)

TEXT = st.text(st.characters())
BAD = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(TEXT)
def test_a_line_is_one_visible_line(text: str) -> None:
    line = clean_line(text)
    assert not any(unicodedata.category(character) in BAD for character in line)
    assert len(line) <= 300


@given(TEXT)
def test_a_block_has_only_line_ends_and_tabs_besides(text: str) -> None:
    block = clean_block(text)
    assert not any(unicodedata.category(character) in BAD for character in block if character not in "\n\t")
    assert len(block) <= 2000


def test_where_an_object_lay_in_memory_is_left_out() -> None:
    assert clean_block("<function f at 0x7f01>\n<map object at 0xAB>") == "<function f at 0x…>\n<map object at 0x…>"
    assert clean_line("unhashable: <a.B object at 0x7f3c1df39f0ca0>") == "unhashable: <a.B object at 0x…>"
    assert clean_line("look at 0x10, 0x7f>") == "look at 0x10, 0x7f>"


def test_ordinary_text_in_any_script_is_left_as_it_is() -> None:
    assert clean_line("误差 = 目标 − 输出 ✓ é") == "误差 = 目标 − 输出 ✓ é"
    assert clean_block("a\n\tb\r\nc") == "a\n\tb\nc"
    assert clean_line("\x1b[31mred\u202e") == "\\x1b[31mred\\u202e"


@given(TEXT)
def test_no_spreadsheet_takes_a_cell_for_a_formula(text: str) -> None:
    cell = csv_cell(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    buffer = io.StringIO()
    csv.writer(buffer).writerow([cell, "next"])
    assert next(csv.reader(io.StringIO(buffer.getvalue()))) == [cell, "next"]


@given(TEXT)
def test_a_workflow_command_stays_one_line(text: str) -> None:
    for value in (workflow_command_value(text), workflow_command_property(text)):
        assert "\n" not in value
        assert "\r" not in value
    assert not set(":,") & set(workflow_command_property(text))


@given(TEXT)
def test_markdown_has_no_active_character(text: str) -> None:
    escaped = markdown(text)
    outside = "".join(part.partition(";")[2] if index else part for index, part in enumerate(escaped.split("&#")))
    assert not set("\\`*_{}[]()+.!|<>~&@:$^=") & set(outside)
