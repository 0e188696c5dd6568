"""From bytes to cells: encodings, notebooks, and a reason for everything that is neither."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.errors import UsageError
from graders.submission import MAX_BYTES, Submission, decode_submission, read_submission

TEXT = "# 误差\nerror = 1\n"
ASCII = b"error = 1\n"
NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": "error = 1\n"}]}).encode()


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (TEXT.encode(), None),
        (b"\xef\xbb\xbf" + TEXT.encode(), None),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        ("# año, señal, pingüino\n".encode("cp1252") + ASCII, "windows-1252"),
        ("# «été» déjà vu — à côté\n".encode("cp1252") + ASCII, "windows-1252"),
        ("# Übergröße ÄÖÜ, weiß “so”\n".encode("cp1252") + ASCII, "windows-1252"),
        ("# 反向传播：误差项，隐藏层\n".encode("gbk") + ASCII, "gb18030"),
        ("# α β γ：学习率\n".encode("gbk") + ASCII, "gb18030"),
        ("# σ 函数的导数\n".encode("gbk") + ASCII, "gb18030"),
        ("print('误差 Δ')\n".encode("gbk") + ASCII, "gb18030"),
        ("# 你好\n".encode("gbk") + ASCII, "gb18030"),
        ("# élève: Zoé\n".encode("cp1252") + ASCII, "windows-1252"),
        (b"# -*- coding: gbk -*-\n" + TEXT.encode("gbk"), "gbk"),
        (b"# vim: set fileencoding=gb2312 :\n" + TEXT.encode("gb2312"), "gb2312"),
        (b"# coding: no-such-thing\n" + TEXT.encode(), None),
        (b"# coding: utf-7\n" + TEXT.encode(), None),
        (b"# coding: punycode\n" + b"#" * 200_000 + b"-a\n" + TEXT.encode(), None),
        (b"# coding: idna\n" + TEXT.encode(), None),
        (b"# coding: unicode_escape\n" + TEXT.encode(), None),
        (b"# coding: raw-unicode-escape\n" + TEXT.encode(), None),
        (b"# coding: undefined\n" + TEXT.encode(), None),
    ],
)
def test_text_is_decoded(data: bytes, note: str | None) -> None:
    submission = decode_submission("a.py", data)
    ((number, source),) = submission.cells
    assert number is None
    assert source.endswith("error = 1\n")
    assert [str(said) for said in submission.notes] == ([f"The file is encoded in {note}."] if note else [])


def test_line_ends_are_unified() -> None:
    assert decode_submission("a.py", b"a = 1\r\nb = 2\rc = 3\n").cells == [(None, "a = 1\nb = 2\nc = 3\n")]


@pytest.mark.parametrize(
    ("file", "data", "reason"),
    [
        ("a.py", b"", "the file is empty"),
        ("a.py", b" \n\t\n", "the file is empty"),
        ("a.py", b"\x89PNG\r\n\x1a\n", "a PNG image"),
        ("a.py", b"PK\x03\x04...", "a zip archive"),
        ("a.py", b"x = 1\0\n", "null bytes"),
        ("a.py", b"\xff\x80\xff\x80", "its encoding is not UTF-8"),
        ("a.py", rb"{\rtf1\ansi error = 1}", "rich text (RTF)"),
        ("a.ipynb", b"<!DOCTYPE html>\n<html></html>", "a web page"),
        ("a.py", b"\n<!-- saved -->\n<html lang='en'>", "a web page"),
        ("a.py", b"<?xml version='1.0'?><plist/>", "an XML file"),
        ("a.py", b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n", "Git LFS"),
        ("a.py", b"404: Not Found", "a server's error page"),
        ("a.ipynb", b"403 Forbidden\n", "a server's error page"),
        ("a.py", b"Not Found", "a server's error page"),
        ("a.py", b"%PDF-1.7", "a PDF document"),
        ("a.py", b"PK\x03\x04....word/document.xml", "a Word document"),
        ("a.py", b"PK\x03\x04....xl/workbook.xml", "an Excel workbook"),
        ("a.ipynb", b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> mine\n]}', "line 2 begins an unfinished merge"),
        ("a.ipynb", b"{x = 1", "not valid JSON"),
        ("a.ipynb", b"[]", "no cells"),
        ("a.ipynb", b'{"cells": []}', "no code cells"),
        ("a.ipynb", b'{"cells": 3}', "no code cells"),
        ("a.ipynb", b"[" * 100_000, "not valid JSON"),
    ],
)
def test_what_is_no_submission_has_a_reason(file: str, data: bytes, reason: str) -> None:
    submission = decode_submission(file, data)
    assert reason in str(submission.unreadable)
    assert not submission.cells


def test_notebooks_of_both_formats_give_their_code_cells() -> None:
    cell_4 = {"cell_type": "code", "source": ["a = 1\n", "b = 2"]}
    cell_3 = {"cell_type": "code", "input": "a = 1\nb = 2"}
    text = {"cell_type": "markdown", "source": "# Hello"}
    for content in ({"cells": [text, cell_4]}, {"worksheets": [{"cells": [text, cell_3]}]}):
        assert decode_submission("a.ipynb", json.dumps(content).encode()).cells == [(1, "a = 1\nb = 2")]


def test_a_notebook_may_hold_a_number_of_any_length() -> None:
    content = b'{"cells": [{"cell_type": "code", "execution_count": %s, "source": "a = 1"}]}' % (b"7" * 5000)
    assert decode_submission("a.ipynb", content).cells == [(1, "a = 1")]


@given(st.binary(max_size=400))
def test_any_bytes_become_a_submission(data: bytes) -> None:
    for file in ("a.py", "a.ipynb"):
        submission = decode_submission(file, data)
        assert bool(submission.cells) != bool(submission.unreadable)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["cells", "worksheets", "cell_type", "source", "input", "code"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_becomes_a_submission(content: object) -> None:
    submission = decode_submission("a.ipynb", json.dumps(content).encode())
    assert bool(submission.cells) != bool(submission.unreadable)


@pytest.mark.parametrize("file", ["a.py", "a.txt", "a.json", "a", "a.ipynb.txt", "a.ipynb"])
def test_a_notebook_is_one_under_any_name(file: str) -> None:
    for data in (NOTEBOOK, b"\xef\xbb\xbf" + NOTEBOOK, b"\n " + NOTEBOOK):
        submission = decode_submission(file, data)
        assert submission.cells == [(1, "error = 1\n")]
        said = "".join(map(str, submission.notes))
        assert ("it was graded as a notebook" in said) == (".ipynb" not in file)


@pytest.mark.parametrize("data", [ASCII, b"{'a': 1}\n", b"[1, 2]\n" + ASCII])
def test_a_script_is_one_under_any_name(data: bytes) -> None:
    for file in ("a.py", "a.txt", "a.pyw"):
        assert decode_submission(file, data).cells == [(None, data.decode())]
    script = decode_submission("a.ipynb", ASCII)
    assert script.cells == [(None, ASCII.decode())]
    assert "it was graded as a script" in str(script.notes[0])


def test_the_marks_of_a_merge_are_named_and_the_code_is_still_graded() -> None:
    merge = b"a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> 3f2a91c (fix)\n"
    assert "Line 2 begins an unfinished merge" in str(decode_submission("a.py", merge).notes[0])
    cell = json.dumps({"cells": [{"cell_type": "code", "source": merge.decode()}]}).encode()
    assert "Code cell 1 holds an unfinished merge" in str(decode_submission("a.ipynb", cell).notes[0])
    for heading in (b"# <<<<<<< \n", b"Title\n=======\n", b"a = 1 << 2 >> 1\n"):
        assert decode_submission("a.py", heading).notes == ()


def test_large_outputs_do_not_count_but_code_does(tmp_path: Path) -> None:
    picture = {"output_type": "display_data", "data": {"image/png": "A" * MAX_BYTES}}
    text = {"cell_type": "markdown", "source": ["# Hello"]}
    cells = [text, {"cell_type": "code", "outputs": [picture], "source": ["a = 1\n", "b = 2"]}]
    path = tmp_path / "x.ipynb"
    path.write_text(json.dumps({"cells": cells, "nbformat": 4}))
    assert read_submission(path).cells == [(1, "a = 1\nb = 2")]
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": "#" * (MAX_BYTES + 1)}]}))
    assert "the limit is" in str(read_submission(path).unreadable)
    path.write_bytes(b'{"cells": [' + b"{}," * MAX_BYTES + b"{}]}")
    assert "not valid JSON" in str(read_submission(path).unreadable)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="descriptors cannot be counted here")
def test_a_folder_given_as_a_file_leaves_no_descriptor_open(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        assert read_submission(tmp_path).unreadable
    assert len(os.listdir("/proc/self/fd")) == before


def read(path: Path) -> Submission:
    return read_submission(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.py")
    assert str(read(tmp_path / "x.py").unreadable) == "not a file"


def test_folders_devices_and_huge_files_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "x.py").mkdir()
    assert read(tmp_path / "x.py").unreadable
    assert str(read(Path("/dev/null")).unreadable) == "not a file"
    (tmp_path / "y.py").write_bytes(b"#" * (MAX_BYTES + 1))
    assert str(read(tmp_path / "y.py").unreadable) == f"{MAX_BYTES + 1} bytes; the limit is {MAX_BYTES} bytes"


def test_a_file_that_is_not_there_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read(tmp_path / "nothing.py")
