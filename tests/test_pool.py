"""A pool: every item once, in order if asked, nothing left open, nobody waiting for ever."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice

import pytest

from graders.batch.pool import work_through


class Rooms:
    """Opens workers that double numbers (a slow one for multiples of 5), and counts those that are open."""

    def __init__(self) -> None:
        self.open = 0
        self.opened = 0
        self._lock = threading.Lock()

    def open_one(self, stack: ExitStack) -> Callable[[int], int]:
        self._count(1)
        stack.callback(self._count, -1)
        return self._double

    def _double(self, number: int) -> int:
        if number % 5 == 0:
            time.sleep(0.01)
        return 2 * number

    def _count(self, step: int) -> None:
        with self._lock:
            self.open += step
            self.opened += max(0, step)


def closes(rooms: Rooms) -> bool:
    deadline = time.monotonic() + 10
    while rooms.open and time.monotonic() < deadline:
        time.sleep(0.01)
    return not rooms.open


@pytest.mark.parametrize("jobs", [1, 3])
def test_each_item_is_worked_on_once_and_all_is_closed_at_the_end(jobs: int) -> None:
    rooms = Rooms()
    assert sorted(work_through(range(50), rooms.open_one, jobs)) == [(number, 2 * number) for number in range(50)]
    assert (rooms.open, rooms.opened) == (0, jobs)


def test_results_come_in_order_if_asked() -> None:
    found = list(work_through(range(50), Rooms().open_one, 3, in_order=True))
    assert found == [(number, 2 * number) for number in range(50)]


def test_whatever_is_first_comes_first_if_not() -> None:
    has_come = threading.Event()

    def open_one(_: ExitStack) -> Callable[[int], int]:
        return lambda number: 2 * number if number or has_come.wait(10) else -1

    results = work_through(range(5), open_one, 2)
    assert next(results) == (1, 2)
    has_come.set()
    assert sorted(results) == [(0, 0), (2, 4), (3, 6), (4, 8)]


def test_no_more_is_opened_than_there_are_items() -> None:
    rooms = Rooms()
    assert list(work_through([1, 2], rooms.open_one, 8, in_order=True)) == [(1, 2), (2, 4)]
    assert rooms.opened == 2
    assert list(work_through([], rooms.open_one, 8)) == []
    assert rooms.opened == 2


@pytest.mark.parametrize("in_order", [True, False])
def test_items_are_taken_a_few_at_a_time(in_order: bool) -> None:
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    assert len(list(islice(work_through(endless(), Rooms().open_one, 2, in_order=in_order), 20))) == 20
    assert taken <= 20 + 8


def test_a_consumer_that_stops_leaves_no_thread_and_nothing_open() -> None:
    rooms, before = Rooms(), threading.active_count()
    results = work_through(range(1000), rooms.open_one, 3)
    next(results)
    results.close()
    assert closes(rooms)
    deadline = time.monotonic() + 10
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() <= before


def test_what_a_thread_raises_ends_the_work_and_closes_the_rest() -> None:
    rooms = Rooms()

    def open_one(stack: ExitStack) -> Callable[[int], int]:
        double = rooms.open_one(stack)
        return lambda number: double(number) if number != 7 else 1 // 0

    with pytest.raises(ZeroDivisionError):
        list(work_through(range(100), open_one, 3))
    assert closes(rooms)
