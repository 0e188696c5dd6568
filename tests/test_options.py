"""What the command line says of itself: in the language that it asks for, on lines that fit a terminal."""

import unicodedata
from pathlib import Path

import pytest

from graders.cli import main
from graders.command.options import parse_options
from graders.command.parser import Parser, spoken_lang
from graders.errors import UsageError
from graders.messages import CATALOGUE


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_option_is_explained_in_both_languages_within_eighty_columns(
    lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        main(["--help", "--lang", lang])
    page = capsys.readouterr().out
    text = "".join(page.split())
    place = 0 if lang == "en" else 1
    for key, said in CATALOGUE.items():
        if key.startswith("help."):
            assert "".join(said[place].partition("{")[0].split()) in text, key
    assert max(map(columns, page.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.py", "--jobs", "x"], "--jobs：'x' 不是整数"),
        (["a.py", "--pass-mark", "x"], "--pass-mark：'x' 不是数"),
        (["a.py", "--seed"], "--seed：后面缺少一个值"),
        (["a.py", "--isolation", "none"], "--isolation：没有 'none' 这一项"),
        (["a.py", "--sed", "1"], "无法识别的参数：--sed 1；是不是 --seed？"),
        (["a.py", "--xyzzy"], "无法识别的参数：--xyzzy（"),
        ([".", "--section", "班级"], "--section 班级：列名只能与 --roster 一起使用"),
        (["a.py", "--re"], "--re 有歧义"),
        (["a.py", "--new-exercise", "a", "--check-exercise", "b"], "不能与 --new-exercise 同时使用"),
        (["a.py", "--pass-mark", "101"], "应为 0 到 100，实际是 101"),
        ([], "没有指明作业"),
        (["nothing.py"], "nothing.py：没有这个文件"),
        (["."], ".：里面没有作业"),
        ([".", "-o", "-"], "多份作业需要写到文件夹"),
        (["nothing", "-e", "nothing"], "没有这个文件"),
        (["a.py", "-e", "a/exercises/b", "-e", "c/exercises/b"], "有多个练习叫 b"),
    ],
)
def test_what_cannot_be_followed_is_said_in_chinese(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*arguments, "--lang", "zh"]) == 2
    line = capsys.readouterr().err
    assert said in line
    assert line.count("\n") == 1


def test_what_argparse_says_in_words_unknown_here_is_told_as_it_is() -> None:
    with pytest.raises(UsageError) as caught:
        Parser().error("argument --jobs: an unheard-of mistake")
    assert "an unheard-of mistake" in caught.value.said("zh")


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [(["--lang", "zh"], "zh"), (["--lang=zh", "x"], "zh"), (["--lang", "en"], "en"), (["x", "--lang"], "en")],
)
def test_the_language_is_known_before_the_rest_of_the_line(
    arguments: list[str], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert spoken_lang(arguments) == lang


def test_several_exercises_are_told_apart_and_one_is_the_default() -> None:
    assert parse_options(["a.py"]).exercises == ["backprop"]
    assert parse_options(["a.py", "-e", "backprop", "-e", "multilayer"]).exercises == ["backprop", "multilayer"]
    for arguments in (["--verify", "r.yaml"], ["--watch"], ["--bank", "cases.json"]):
        with pytest.raises(UsageError, match=r"(found|exercise; found) 2"):
            parse_options(["a.py", "-e", "backprop", "-e", "multilayer", *arguments])
