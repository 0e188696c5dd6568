"""The HTML report: what it shows, and that nothing from a submission becomes markup."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest

import graders.reports
from graders.messages import CATALOGUE, Lang
from graders.messages.pages import WORDS
from graders.outcome import (
    Check,
    Counterexample,
    Fault,
    Grading,
    On,
    Repair,
    Report,
    Score,
    Step,
    Submitted,
    Verdict,
)
from graders.reports.context import Context
from graders.reports.html import dump
from graders.reports.making import cleaned
from graders.reports.page.drawing import MAX_UNITS, Wrong, draw, find_layers
from graders.reports.page.source import Gap, SourceLine, list_source
from graders.reports.text import headlines
from tests.support.pages import Page

TEMPLATES = Path(graders.reports.__file__).parent / "templates"
LANGUAGES: tuple[Lang, ...] = ("en", "zh")
HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>'{{7*7}}\x1b[31m\u202egnp.exe\x00\u2028</code></pre>"

SCRIPT = "import numpy as np\nx = np.array([0.5, 0.1])\nerror = output - target\ndelta_w_h_o = error * x\n"
CASE = {
    "x": [0.5, -0.25],
    "target": 0.9,
    "learnrate": 0.1,
    "weights_input_hidden": [[1.0, -0.5, 0.3], [0.2, 0.7, 1.1]],
    "weights_hidden_output": [0.4, -0.8, 0.6],
}
TINY = {"x": [1.0], "target": 0.9, "learnrate": 0.1, "weights_input_hidden": [[0.6]], "weights_hidden_output": [-0.7]}
FLAT = {"x": [0.1, 0.3], "target": 0.9, "weights_input_hidden": [0.4, -0.2], "weight_hidden_output": 0.15}


def checks(verdict: Verdict) -> list[Check]:
    right = verdict is Verdict.CORRECT
    return [
        Check(
            id=f"{on}.{result}",
            result=result,
            on=on,
            verdict=verdict,
            points=most if right else 0,
            max=most,
            cases=cases,
            passed=cases if right else 0,
        )
        for on, most, cases in ((On.FIXED, 10, 1), (On.BANK, 40, 100))
        for result in ("delta_w_h_o", "delta_w_i_h")
    ]


def report(verdict: Verdict, **fields: Any) -> Report:
    found = Report(
        schema=1,
        exercise="backprop",
        submission=Submitted(file="backprop.py", sha256="ab" * 32),
        score=Score(points=100, max=100, percent=100.0)
        if verdict is Verdict.CORRECT
        else Score(points=12.5, max=100, percent=12.5),
        verdict=verdict,
        checks=checks(verdict),
        notes=[],
        fault=None,
        stdout="",
        grading=Grading(
            grader="1.0.0",
            exercise_sha256="cd" * 32,
            seed=7,
            cases=100,
            bank_sha256="ef" * 32,
            isolation="kernel",
            versions={"python": "3.11", "numpy": "2.4"},
        ),
    )
    return replace(found, **fields)


RIGHT = report(Verdict.CORRECT, stdout="[0.1 0.2]\n")
WRONG = report(
    Verdict.WRONG_VALUE,
    steps=[
        Step(
            name="error", verdict=Verdict.WRONG_VALUE, line=3, misconception="error-sign", message="The sign is wrong."
        ),
        Step(name="delta_w_h_o", verdict=Verdict.CORRECT_FROM_EARLIER_MISTAKE, line=4),
        Step(name="delta_w_i_h", verdict=Verdict.NOT_EVALUATED),
    ],
    counterexample=Counterexample(case=CASE, result="error", expected=0.25, actual=-0.25, differs_at=[]),
    repair=Repair(step="error", line=3, cell=None, before="output - target", after="target - output"),
    notes=["A note & more."],
)
BROKEN = report(
    Verdict.EXCEPTION,
    submission=Submitted(file="作业.ipynb", sha256=None, student="王小明"),
    fault=Fault(type="ValueError", message="operands could not be broadcast", line=2, cell=4),
    steps=[
        Step(name="error", verdict=Verdict.CORRECT, line=1, cell=4),
        Step(name="delta_w_h_o", verdict=Verdict.NOT_REACHED),
    ],
)
UNREADABLE = report(Verdict.UNREADABLE, fault=Fault(type="unreadable", message="a PNG image"))
CELLS = [(2, "import numpy as np\n"), (4, "error = 1\ndelta_w_h_o = error * x\n")]


def page(found: Report, lang: Lang = "en", source: Sequence[tuple[int | None, str]] = ()) -> Page:
    return Page(dump(found, Context(lang, source)))


def wrong_with(case: dict[str, Any], result: str, expected: Any, actual: Any) -> Page:
    found = Counterexample(case=case, result=result, expected=expected, actual=actual)
    return page(replace(WRONG, counterexample=found))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("found", "source"),
    [(RIGHT, [(None, SCRIPT)]), (WRONG, [(None, SCRIPT)]), (BROKEN, CELLS), (UNREADABLE, []), (WRONG, [])],
)
def test_every_page_is_self_contained_accessible_and_deterministic(
    found: Report, source: Sequence[tuple[int | None, str]], lang: Lang
) -> None:
    assert dump(found, Context(lang, source)) == dump(found, Context(lang, source))
    made = page(found, lang, source)
    assert made.all("html") == [{"lang": {"en": "en", "zh": "zh-Hans"}[lang]}]
    assert not {"script", "img", "link", "iframe", "object"} & {tag for tag, _ in made.elements}
    for _, attributes in made.elements:
        assert not {"src", "srcset", "action", "style"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
        assert attributes.get("href", "#").startswith("#")
    ids = [attributes["id"] for _, attributes in made.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in made.elements:
        named = [*attributes.get("aria-labelledby", "").split(), attributes.get("href", "")[1:]]
        assert set(filter(None, named)) <= set(ids)
    assert all(header.get("scope") in ("col", "row") for header in made.all("th"))
    levels = [int(tag[1]) for tag, _ in made.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert "url(" not in dump(found, Context(lang, source)).decode()
    assert "@import" not in dump(found, Context(lang, source)).decode()


def test_a_right_submission_shows_score_checks_and_output_only() -> None:
    made = page(RIGHT, "en", [(None, SCRIPT)])
    for shown in ("100 of 100 points", "✓right", "delta_w_i_h", "[0.1 0.2]", "Your code, as it was graded"):
        assert shown in made.text
    for absent in (
        "Step by step",
        "A case on which",
        "What stopped your script",
        "A small change",
        "Notes",
        "✗",
    ):
        assert absent not in made.text


def test_a_wrong_step_is_shown_with_message_place_and_what_follows() -> None:
    made = page(WRONG, "en", [(None, SCRIPT)])
    for shown in (
        "12.5 of 100 points",
        "The sign is wrong.",
        "error-sign",
        "✗wrong values",
        "Start here",
        "A note & more.",
        "output - target",
        "target - output",
        "↪",
    ):
        assert shown in made.text
    assert len(made.all("li", "first")) == 1
    assert [line["id"] for line in made.all("span", "line") if "wrong" in line["class"]] == ["line-3"]
    assert {"href": "#line-3"} in made.all("a")


def test_chinese_pages_have_chinese_words() -> None:
    made = page(WRONG, "zh", [(None, SCRIPT)])
    for shown in ("逐步检查", "数值不对", "第 3 行", "正确值", "你的值", "隐藏层", "评分信息"):
        assert shown in made.text
    assert "Step by step" not in made.text


def test_an_exception_in_a_notebook_is_marked_in_its_cell() -> None:
    made = page(BROKEN, "en", CELLS)
    assert "ValueError: operands could not be broadcast" in made.text
    assert "cell 4, line 2" in made.text
    assert "王小明" in made.text
    assert [line["id"] for line in made.all("span", "wrong") if "id" in line] == ["cell-4-line-2"]
    assert {"href": "#cell-4-line-2"} in made.all("a")


def test_a_place_that_is_not_shown_is_no_link() -> None:
    assert page(BROKEN).all("a") == []
    assert "cell 4, line 2" in page(BROKEN).text


def test_an_unreadable_file_shows_why() -> None:
    made = page(UNREADABLE)
    assert "a PNG image" in made.text
    assert "unreadable" not in made.text
    assert "cannot be read" in made.text


def test_what_could_not_be_graded_has_no_points() -> None:
    failed = replace(BROKEN, verdict=Verdict.NOT_GRADED)
    assert "of 100 points" in page(BROKEN).text
    assert "of 100 points" not in page(failed).text
    assert next(headlines(failed, "en")) == f"{failed.submission.file}: not graded: the grader itself failed"


def test_nothing_hostile_becomes_markup() -> None:
    def evil_twin(word: str) -> Page:
        found = report(
            Verdict.EXCEPTION,
            exercise=word,
            submission=Submitted(file=word, sha256=word, student=word),
            fault=Fault(type=word, message=word, line=1),
            notes=[word, word],
            stdout=f"{word}\n{word}",
            steps=[Step(name=word, verdict=Verdict.WRONG_VALUE, line=2, misconception=word, message=word)],
            counterexample=Counterexample(case={**CASE, "x": [1, 2], word: 3.0}, result=word, expected=1, actual=word),
            repair=Repair(step=word, line=2, cell=None, before=word, after=word),
            grading=replace(WRONG.grading, isolation=word, versions={word: word}),
            checks=[replace(check, result=word) for check in checks(Verdict.EXCEPTION)],
        )
        return page(found, "en", [(None, f"{word}\n{word}\n")])

    harmless, hostile = evil_twin("name"), evil_twin(HOSTILE)
    assert hostile.elements == harmless.elements
    assert "alert(1)" in hostile.text
    assert r"\x1b[31m\u202egnp.exe\x00\u2028" in hostile.text
    assert "{{7*7}}" in hostile.text
    assert not re.search(r"[\x00\x1b\u202a-\u202e\u2066-\u2069\u2028]", "".join(text for _, text in hostile.texts))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_long_hostile_text_is_cut(lang: Lang) -> None:
    found = report(
        Verdict.EXCEPTION, stdout="<b>" * 100_000, fault=Fault(type="E" * 9999, message="<" * 99_999, line=1)
    )
    assert len(dump(cleaned(found), Context(lang, [(None, "<" * 99_999)]))) < 200_000


@pytest.mark.parametrize("case", [TINY, CASE])
def test_the_picture_has_a_circle_per_unit_and_a_line_per_weight(case: dict[str, Any]) -> None:
    made = wrong_with(case, "error", 0.25, -0.25)
    inputs, hidden = len(case["weights_input_hidden"]), len(case["weights_hidden_output"])
    assert len(made.all("circle")) == inputs + hidden + 1
    assert len(made.all("line")) == inputs * hidden + hidden
    labels = {text for tag, text in made.texts if tag == "text"}
    numbers = [*case["x"], *chain(*case["weights_input_hidden"]), *case["weights_hidden_output"]]
    assert {f"{number:g}" for number in numbers} <= labels
    assert len(made.all("line", "negative")) == sum(weight < 0 for weight in numbers[inputs:])
    assert {"target", "0.9", "learnrate", "0.1"} <= {text for tag, text in made.texts if tag == "code"}
    assert {"title", "desc"} <= {tag for tag, _ in made.elements}


def test_the_picture_marks_where_the_wrong_values_belong() -> None:
    at_output = wrong_with(CASE, "error", 0.25, -0.25)
    assert [unit["class"] for unit in at_output.all("circle", "wrong")] == ["unit output wrong"]
    at_hidden = wrong_with(CASE, "hidden_error_term", [0.1, 0.2, 0.3], [0.1, 0.5, 0.3])
    assert [unit["class"] for unit in at_hidden.all("circle", "wrong")] == ["unit hidden wrong"]
    assert at_hidden.all("line", "wrong") == []
    last = wrong_with(CASE, "delta_w_h_o", [0.1, 0.2, 0.3], [0.1, 0.5, 0.4])
    assert len(last.all("line", "wrong")) == 2
    assert last.all("circle", "wrong") == []
    first = wrong_with(CASE, "delta_w_i_h", [[0.1, 0.2, 0.3]] * 2, [[0.1, 0.2, 0.3], [0.1, 0.2, 0.4]])
    assert len(first.all("line", "wrong")) == 1
    assert "✗ 1.1" in {text for tag, text in first.texts if tag == "text"}


def test_numbers_that_would_not_be_readable_stand_in_a_table() -> None:
    case = {
        "x": [0.5] * 4,
        "target": 0.9,
        "weights_input_hidden": [[0.25] * 4] * 4,
        "weights_hidden_output": [1.0] * 4,
    }
    made = wrong_with(case, "error", 0.25, -0.25)
    assert len(made.all("line")) == 20
    assert "0.25" not in {text for tag, text in made.texts if tag == "text"}
    assert "[0.25, 0.25, 0.25, 0.25]" in made.text


@pytest.mark.parametrize(
    "case",
    [
        FLAT,
        {"x": [0.5] * (MAX_UNITS + 1), "w": [[0.5]] * (MAX_UNITS + 1), "v": [0.5]},
        {"x": [0.5, 0.1], "w": [[0.5]], "v": [0.5]},
        {"x": [0.5], "w": [[0.5]], "v": [0.5], "bias": [0.1]},
        {"x": [0.5], "w": [[0.5], [0.1, 0.2]], "v": [0.5]},
        {"x": [], "w": [[]], "v": []},
        {"w": [[0.5]]},
        {},
    ],
)
def test_a_case_of_another_kind_is_a_table_of_its_givens(case: dict[str, Any]) -> None:
    made = wrong_with(case, "error", 0.25, -0.25)
    assert "circle" not in {tag for tag, _ in made.elements}
    for name in case:
        assert name in {text for tag, text in made.texts if tag == "code"}


def test_layers_follow_from_shapes_not_names() -> None:
    layers = find_layers({"out": [1.0, 2.0, 3.0], "w": [[1, 2, 3], [4, 5, 6]], "in": [0.1, 0.2], "rate": 0.5})
    assert layers is not None
    assert (layers.inputs, layers.sizes, list(layers.others)) == ("in", [2, 3, 1], ["rate"])
    deep = find_layers({"x": [1.0], "w1": [[1, 2]], "w2": [[1, 2, 3], [4, 5, 6]]})
    assert deep is not None
    assert deep.sizes == [1, 2, 3]
    assert [unit.text for unit in draw(deep).units] == ["1", "h1", "h2", "ŷ1", "ŷ2", "ŷ3"]


def wrong_units(case: dict[str, Any], shape: tuple[int, ...]) -> list[str]:
    """Return the texts of the units marked for a wrong result of this shape."""
    layers = find_layers(case)
    assert layers is not None
    wrong = Wrong(shape=shape, places=frozenset({(0,)}), of_units=False)
    return [unit.text for unit in draw(layers, wrong).units if unit.wrong]


def test_a_wrong_result_that_is_a_layer_marks_its_units_where_the_shape_tells_which() -> None:
    deep = {"x": [1.0], "w1": [[1, 2]], "w2": [[1, 2, 3], [4, 5, 6]]}
    assert wrong_units(deep, (2,)) == ["h1"]
    assert wrong_units(deep, (3,)) == ["ŷ1"]
    assert wrong_units({"x": [1.0], "w1": [[1, 2]], "w2": [[1, 2], [4, 5]]}, (2,)) == []
    assert wrong_units({"x": [0.1], "w": [[1, 2]], "v": [1.0, 2.0]}, (2,)) == []  # the lines to the output


def test_numbers_on_lines_do_not_cover_each_other() -> None:
    for inputs, hidden in ((1, 1), (2, 2), (3, 2), (2, 4), (3, 3), (1, 8), (8, 1)):
        layers = find_layers({"x": [0.5] * inputs, "w": [[-0.5] * hidden] * inputs, "v": [0.5] * hidden})
        assert layers is not None
        boxes = [line.weight for line in draw(layers).lines if line.weight is not None]
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart_x = abs(float(one.x) - float(other.x)) >= (float(one.width) + float(other.width)) / 2 - 0.2
                assert apart_x or abs(float(one.y) - float(other.y)) >= 12


def test_wrong_elements_are_marked_with_a_sign() -> None:
    made = wrong_with(CASE, "delta_w_h_o", [0.123456789, 0.2, 0.3], [0.123456789, 0.21, float("nan")])
    assert len(made.all("td", "wrong")) == 2
    for shown in ("0.1235", "✗wrong 0.21", "✗wrong nan", "shape (3,)"):
        assert shown in made.text


def test_values_that_differ_look_different() -> None:
    made = wrong_with(CASE, "delta_w_h_o", [0.123456789, 0.2, 0.3], [0.123457, 0.2, 0.3])
    assert "0.12345679" in made.text
    assert "✗wrong 0.123457" in made.text


def test_the_first_difference_is_said() -> None:
    example = Counterexample(case=CASE, result="delta_w_h_o", expected=[1, 2, 3], actual=[1, 5, 6], differs_at=[1])
    assert "index [1]: expected 2, yours 5" in page(replace(WRONG, counterexample=example)).text


def test_a_single_number_needs_no_first_difference() -> None:
    example = Counterexample(case=TINY, result="delta_w_i_h", expected=[[1]], actual=[[2]], differs_at=[0, 0])
    assert "First difference" not in page(replace(WRONG, counterexample=example)).text


@pytest.mark.parametrize(
    ("actual", "shown"),
    [
        ([[0.1], [0.2]], "✗wrong shape: (2, 1)"),
        (None, "None"),
        ("a text", "a text"),
        ([[1.0], [2.0, 3.0]], "✗this is not an array of numbers"),
        ([[[1.0]]], "✗wrong shape: (1, 1, 1)"),
        ([], "✗wrong shape: (0,)"),
        (0.5, "✗wrong shape: ()"),
        ([[0.5] * 30] * 30, "Only the first rows and columns are shown."),
    ],
)
def test_a_value_of_another_kind_or_shape_is_named(actual: Any, shown: str) -> None:
    made = wrong_with(CASE, "delta_w_h_o", [0.1, 0.2], actual)
    assert shown in made.text
    assert made.all("td", "wrong") == []


def test_the_cases_numbers_can_be_pasted_into_a_script() -> None:
    made = wrong_with(CASE, "error", 0.25, -0.25)
    (code,) = [text for tag, text in made.texts if tag == "pre" and "np.array" in text]
    assert "x = np.array([0.5, -0.25])\n" in code
    assert (
        "weights_input_hidden = np.array([[1.0, -0.5, 0.3],\n                                 [0.2, 0.7, 1.1]])\n"
        in code
    )


def test_a_long_source_is_shown_around_its_marks() -> None:
    listing = list_source([(None, "\n".join(f"line {n}" for n in range(1, 201)))], {(None, 100): ["wrong"]})
    (piece,) = listing.pieces
    numbers = [row.number for row in piece.rows if isinstance(row, SourceLine)]
    assert numbers == list(range(94, 107))
    assert [row for row in piece.rows if isinstance(row, Gap)] == [Gap(first=1, last=93), Gap(first=107, last=200)]


def test_a_long_source_without_marks_is_not_shown() -> None:
    assert list_source([(None, "pass\n" * 81)], {}).pieces == []
    assert len(list_source([(None, "pass\n" * 80)], {}).pieces[0].rows) == 80


def test_lines_are_counted_as_python_counts_them() -> None:
    (piece,) = list_source([(None, "a\r\nb\rc\x0cd\n\te\u2028f")], {(None, 9): ["beyond the end"]}).pieces
    assert [row.text for row in piece.rows if isinstance(row, SourceLine)] == ["a", "b", "c\x0cd", "    e\u2028f"]


def test_each_word_of_the_templates_is_in_both_languages() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.j2"))
    used = set(re.findall(r"""word\(["']([\w.-]+)["'][,)]""", source))
    assert len(used) > 40
    assert used <= WORDS.keys() | CATALOGUE.keys()
    for english, chinese in WORDS.values():
        one, other = (set(re.findall(r"{(\w+)}", text)) - {"case", "cases"} for text in (english, chinese))
        assert one == other
        assert english.strip()
        assert chinese.strip()


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_verdict_has_words(verdict: Verdict, lang: Lang) -> None:
    made = page(replace(WRONG, steps=[Step(name="error", verdict=verdict)]), lang)
    assert f"verdict.{verdict}" not in made.text


def test_colours_have_enough_contrast() -> None:
    css = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    themes = [
        dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in re.findall(r":root {(.*?)}", css, re.DOTALL)
    ]
    light, dark = themes[0], {**themes[0], **themes[1]}
    pairs = [(text, back) for text in ("text", "muted", "link", "wrong") for back in ("page", "card")]
    pairs += [("wrong", "wrong-card"), ("text", "wrong-card"), ("link", "wrong-card"), ("text", "unit")]
    pairs += [("right", "card"), ("carried", "card")]
    for theme in (light, dark):
        for text, back in pairs:
            assert contrast(theme[text], theme[back]) >= 4.5, (text, back)
        for line in ("edge", "wrong"):
            assert contrast(theme[line], theme["card"]) >= 3


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio. Source: WCAG 2.2, relative luminance."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
