"""The benchmarks measure in turns, publish what they found, and say why a part failed."""

import json
import platform
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.classroom import rerun
from benchmarks.measuring import Comparison, Finding, NotMeasured, Result, Way, compare, last_line_of, number
from benchmarks.peers import install
from benchmarks.publishing import publish
from benchmarks.single import RIGHT, UNTOUCHED
from benchmarks.tools import GRADER, PYTEST, Tool
from graders.exercise.bank import write_bank
from graders.session import load_materials


def taking(name: str, seconds: list[float], log: list[str]) -> Way:
    left = iter(seconds)

    def next_one() -> float:
        log.append(name)
        return next(left)

    return Way(name=name, seconds=next_one, remark="grades <nothing>")


def example() -> Comparison:
    ways = [taking("ours", [0.1, 0.2, 0.4], []), taking("theirs", [0.2, 0.8, 1.2], [])]
    return compare("A class", ways, 3)


def test_ways_are_timed_in_turns() -> None:
    log: list[str] = []
    compare("", [taking("a", [1, 1], log), taking("b", [1, 1], log)], 2)
    assert log == ["a", "b", "a", "b"]


def test_ratios_are_taken_within_a_round() -> None:
    ours, theirs = example().costs
    assert ours.ratio is None
    assert theirs.ratio is not None
    assert [theirs.ratio.low, theirs.ratio.median, theirs.ratio.high] == pytest.approx([2, 3, 4])
    assert [theirs.ms.low, theirs.ms.median, theirs.ms.high] == pytest.approx([200, 800, 1200])


@pytest.mark.parametrize(("value", "written"), [(0.0123, "0.0123"), (2.345, "2.35"), (99.4, "99.4"), (4762.3, "4,762")])
def test_numbers_have_three_digits_and_no_exponent(value: float, written: str) -> None:
    assert number(value) == written


def test_what_is_published_has_the_figures_and_does_not_name_the_machine(tmp_path: Path) -> None:
    publish([example(), Finding(what="hostile files", found="nothing | left")], tmp_path)
    readme, chart = ((tmp_path / name).read_text(encoding="utf-8") for name in ("README.md", "chart.svg"))
    assert "| theirs | 800 (200–1,200) | 3 (2–4) | grades <nothing> |" in readme
    assert "| hostile files | nothing \\| left |" in readme
    assert platform.node() not in readme + chart
    texts = [
        "".join(text.itertext()) for text in ElementTree.fromstring(chart).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert {"A class", "ours", "theirs", "800 ms × 3"} <= set(texts)


def test_of_a_busy_machine_only_ratios_are_published(tmp_path: Path) -> None:
    (tmp_path / "chart.svg").write_text("of another run", encoding="utf-8")
    found: list[Result] = [
        example(),
        Finding(what="a save", found="47 ms", is_time=True),
        Finding(what="left", found="0 files"),
    ]
    publish(found, tmp_path, left_out=["cluster"], is_busy=True)
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "| theirs | 3 (2–4) | grades <nothing> |" in readme
    assert "800" not in readme
    assert "47 ms" not in readme
    assert "| left | 0 files |" in readme
    assert "without figures here: cluster." in readme
    assert not (tmp_path / "chart.svg").exists()


@pytest.mark.parametrize(("name", "how"), [("distributed.client", "'.[cluster]'"), ("hypothesis", "'.'")])
def test_a_missing_package_is_named_with_what_installs_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, how: str
) -> None:
    def broken(*, quick: bool) -> Iterator[Result]:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        yield

    assert main({"cluster": broken}, tmp_path, quick=True) == 1
    line = f"not measured: needs the package {name.partition('.')[0]}: pip install -e {how}"
    assert line in capsys.readouterr().out


def test_the_chart_is_logarithmic(tmp_path: Path) -> None:
    ways = [taking(name, [seconds], []) for name, seconds in (("a", 0.001), ("b", 0.01), ("c", 0.1))]
    publish([compare("Decades", ways, 1)], tmp_path)
    chart = ElementTree.fromstring((tmp_path / "chart.svg").read_text(encoding="utf-8"))
    first, second, third = (float(bar.attrib["width"]) for bar in chart.iter("{http://www.w3.org/2000/svg}rect"))
    assert third - second == pytest.approx(second - first, abs=0.2)
    assert second > first


def test_a_failing_part_says_why_and_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*, quick: bool) -> Iterator[Result]:
        yield Finding(what="before", found="kept")
        raise NotMeasured(f"no scheduler, quick={quick}")

    def working(*, quick: bool) -> Iterator[Result]:
        yield Finding(what="after", found="measured")

    assert main({"cluster": broken, "batch": working}, tmp_path / "new", quick=True) == 1
    readme = (tmp_path / "new" / "README.md").read_text(encoding="utf-8")
    assert "| before | kept |\n| cluster | not measured: no scheduler, quick=True |\n| after | measured |" in readme
    assert "cluster: not measured: no scheduler" in capsys.readouterr().out


def test_another_command_that_prints_nothing_is_not_measured() -> None:
    with pytest.raises(NotMeasured, match=r"No module named benchmarks\.nothing"):
        last_line_of("", "benchmarks.nothing")


@pytest.mark.long
def test_a_package_that_does_not_install_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(NotMeasured):
        install(tmp_path / "environment", str(tmp_path / "no-such-package"))
    assert not (tmp_path / "environment" / "complete").exists()


@pytest.mark.long
def test_a_cluster_is_measured_beside_jobs() -> None:
    measured = last_line_of("cluster", "benchmarks.cluster", "8")
    assert re.fullmatch(r"ratio [\d.]+ \(median of 3; goal 0\.8\)", measured.found)


def test_a_tool_that_gives_no_full_marks_is_not_measured() -> None:
    tool = Tool(name="echo", command=lambda _: ["echo", "0 of 100 points"], proof="100 of 100")
    with pytest.raises(NotMeasured, match="echo does not give the reference full marks: 0 of 100 points"):
        tool.prove(RIGHT)


def test_the_graders_own_full_marks_are_proven() -> None:
    GRADER.prove(RIGHT)
    with pytest.raises(NotMeasured, match=r"grade\.py does not give the reference full marks"):
        GRADER.prove(UNTOUCHED)


def test_the_classroom_setting_gives_the_reference_full_marks() -> None:
    PYTEST.prove(RIGHT)


def test_the_classroom_setting_fails_the_untouched_template() -> None:
    with pytest.raises(NotMeasured, match="full marks"):
        PYTEST.prove(UNTOUCHED)


def test_the_peers_test_on_the_graders_own_cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_bank(tmp_path / "cases.json", load_materials("backprop", cases=3).bank)
    monkeypatch.setenv("CASES", str(tmp_path / "cases.json"))
    right = RIGHT.read_text(encoding="utf-8")
    wrong = rerun.without_givens(right.replace("target - output", "output - target"))
    cases = rerun.recorded_cases()
    assert len(cases) == len(json.loads((tmp_path / "cases.json").read_text())["cases"]) == 3
    for case in (rerun.FIXED, *cases):
        rerun.check(rerun.without_givens(right), case)
        with pytest.raises(AssertionError):
            rerun.check(wrong, case)
