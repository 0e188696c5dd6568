"""Messages that are in no language yet: what is read is said in the reader's language."""

import ast
import re
from pathlib import Path

import pytest

import graders
from graders.grading import Grader
from graders.messages import CATALOGUE, at, is_said, message, say, words_for_case
from graders.submission import decode_submission
from tests.support.opening import open_grader


def test_every_message_that_is_raised_or_noted_is_in_the_catalogue() -> None:
    called = [
        node
        for path in Path(graders.__file__).parent.rglob("*.py")
        if "content" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("message", "Unreadable")
    ]
    used = {
        word.value: {keyword.arg for keyword in call.keywords}
        for call in called
        for word in ast.walk(call.args[0])
        if isinstance(word, ast.Constant) and isinstance(word.value, str) and "." in word.value[1:-1]
    }
    assert len(used) > 30
    for key, values in used.items():
        if key != "restart.":
            assert {f"{{{name}}}" for name in values} == set(re.findall(r"{\w+}", CATALOGUE[key][0])), key


def test_a_message_within_a_message_is_in_the_same_language() -> None:
    said = message("unreadable.kind", kind=message("kind.png"))
    assert (said.say("en"), said.say("zh")) == ("not a script but a PNG image", "不是脚本，而是 PNG 图片")


def test_reports_say_in_chinese_how_a_file_was_read_and_why_not() -> None:
    with open_grader("backprop", lang="zh", cases=5) as grader:
        assert notes(grader, "# 误差\nx = 1\n".encode("gbk"))[0] == "该文件的编码是 gb18030。"
        assert fault(grader, b"") == "文件是空的"
        assert fault(grader, b"\x89PNG") == "不是脚本，而是 PNG 图片"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("hidden", "这里的值其实是 hidden 的值。"),
        (at("zh", "hidden", 6, None), "这里的值其实是 hidden（第 6 行）的值。"),
        ("“隐藏层”", "这里的值其实是“隐藏层”的值。"),
        # of what a student wrote nothing is left out
        ("a = （ b ） # c", "这里的值其实是 a = （ b ） # c 的值。"),
    ],
)
def test_in_chinese_no_blank_stands_beside_a_full_width_mark(what: str, said: str) -> None:
    sentence = say("zh", "step.other", other=what)
    assert sentence.startswith(said)
    assert is_said(sentence, "step.other", "zh")


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("network", "networks"), ("data set", "data sets"), ("box", "boxes"), ("query", "queries"), ("array", "arrays")],
)
def test_the_noun_of_an_exercise_has_the_usual_plural(noun: str, plural: str) -> None:
    own = {"en": noun, "zh": "网络"}
    assert words_for_case(own, "en") == {"case": noun, "cases": plural}
    assert words_for_case(own, "zh") == {"case": "网络", "cases": "网络"}


def test_without_a_noun_of_its_own_an_exercise_has_cases() -> None:
    assert words_for_case({}, "en") == {"case": "case", "cases": "cases"}
    assert words_for_case({}, "zh") == {"case": "算例", "cases": "算例"}


def notes(grader: Grader, data: bytes) -> list[str]:
    return grader.grade(decode_submission("a.py", data)).notes


def fault(grader: Grader, data: bytes) -> str | None:
    found = grader.grade(decode_submission("a.py", data)).fault
    return found.message if found is not None else None
