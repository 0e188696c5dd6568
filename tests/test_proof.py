"""The numbers in docs/sandbox.md are those of the files they speak of."""

from benchmarks import proof
from tests.fuzz.__main__ import ENGINES, TARGETS


def test_the_page_counts_the_attacks_there_are() -> None:
    files = list((proof.ESCAPES / "attacks").glob("*.py"))
    table = "\n".join(proof.counts())
    assert table in proof.written(proof.PAGE.read_text(encoding="utf-8"))
    assert f"| together | {len(files)} |" in table


def test_the_page_has_every_recorded_fuzzing_run() -> None:
    table = "\n".join(proof.fuzzed())
    assert table in proof.written(proof.PAGE.read_text(encoding="utf-8"))
    assert table.count("min |") == len(TARGETS) * len(ENGINES)


def test_the_measured_run_was_of_a_thousand_files_and_left_nothing() -> None:
    written = proof.written(proof.PAGE.read_text(encoding="utf-8"))
    assert "1,000 hostile files in one run" in written
    assert "Left behind: 0 processes, 0 IPC objects, 0 files." in written
