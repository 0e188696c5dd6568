"""Judging runs on numpy and the standard library alone, as it must in a browser."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from graders.records import Record
from tests.support import plain


def judged_alone(factor: int) -> dict[str, Any]:
    root = Path(plain.__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, plain.__file__, str(factor)],
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(root)},
        text=True,
        timeout=60,
    )
    assert not done.returncode, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_wrong_run_is_judged_and_diagnosed_without_msgspec_and_yaml() -> None:
    found = judged_alone(3)
    assert [(check["id"], check["verdict"], check["points"]) for check in found["checks"]] == [
        ("fixed.y", "wrong-value", 0),
        ("bank.y", "wrong-value", 0),
    ]
    (step,) = found["steps"]
    assert (step["verdict"], step["line"]) == ("wrong-value", 3)
    assert "1.5 times the right one" in step["message"]
    assert found["counterexample"] == {
        "case": {"x": 3.0},
        "result": "y",
        "expected": 6.0,
        "actual": 9.0,
        "differs_at": None,
    }


def test_what_may_not_be_imported_there_is_refused() -> None:
    with pytest.raises(ImportError):
        plain.Refusing().find_spec("msgspec.json")


def test_a_record_that_was_read_is_as_one_that_was_made() -> None:
    read = msgspec.convert({"right": 5, "left": 1}, Pair)
    assert (read, list(vars(read))) == (Pair(left=1, right=5), ["left", "right"])
    assert msgspec.to_builtins(msgspec.convert({"left": 1}, Pair)) == {"left": 1, "right": 2}


class Pair(Record):
    """Two numbers."""

    left: int
    right: int = 2


def test_a_record_has_its_fields_and_no_others_and_never_changes() -> None:
    pair = Pair(left=1)
    assert (pair, repr(pair)) == (Pair(left=1, right=2), "Pair(left=1, right=2)")
    assert {pair: 1}[Pair(left=1)] == 1
    for wrong in ({}, {"left": 1, "middle": 1}):
        with pytest.raises(TypeError, match=r"left is missing|no middle"):
            Pair(**wrong)
    with pytest.raises(AttributeError, match="never changes"):
        pair.left = 3  # type: ignore[misc]
