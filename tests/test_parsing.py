"""`graders.inside.parsing`: texts are read one at a time, whatever the threads of a class do."""

import ast
import gc
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import graders
from graders.inside.parsing import parse_expression, parse_module

PACKAGE = Path(graders.__file__).parent
LINES = "\n".join(f"step_{number} = (a + b * {number}) @ c.T" for number in range(200))


@pytest.fixture
def collections_that_yield() -> Iterator[None]:
    """Let every collection of garbage hand over to another thread, and let there be many."""

    def hand_over(phase: str, info: dict[str, int]) -> None:
        time.sleep(0)

    before = gc.get_threshold()
    gc.callbacks.append(hand_over)
    gc.set_threshold(20)
    yield
    gc.set_threshold(*before)
    gc.callbacks.remove(hand_over)


@pytest.mark.usefixtures("collections_that_yield")
def test_two_threads_that_parse_at_the_same_time_both_get_their_tree() -> None:
    trees: list[ast.Module] = []

    def parse_often() -> None:
        trees.extend(parse_module(LINES) for _ in range(20))

    threads = [threading.Thread(target=parse_often) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(tree.body) for tree in trees] == [200] * 40


def test_what_cannot_be_parsed_leaves_the_next_text_its_turn() -> None:
    with pytest.raises(SyntaxError):
        parse_module("a = (")
    assert ast.unparse(parse_expression("a+b")) == "a + b"


def test_the_package_parses_in_one_place() -> None:
    calling = [path.name for path in PACKAGE.rglob("*.py") if re.search(r"\bast\.parse\(", path.read_text("utf-8"))]
    assert calling == ["parsing.py"]
