"""Places of a script beside what the reference gives, pass by pass: until when they agree, and what they read then."""

from collections.abc import Sequence

import numpy as np
import pytest

from graders.inside.arrays import Array
from graders.inside.sites import Site
from graders.judging.beginnings import Beginnings
from graders.judging.following import Followed, follow
from graders.judging.inputs import Reading
from graders.judging.sightings import Sightings
from graders.judging.trails import GIVEN, Trail
from graders.sandbox.observed import Run, Seen

Passes = Sequence[float]


def statement(name: str, line: int, source: str, *loads: str) -> Site:
    return Site("assign", name, None, line, line, 0, len(source), source, "", -1, loads)


def in_a_loop(*columns: Passes) -> Run:
    """Return a run in which statements are passed one after the other, as often as each has values."""
    seen = [
        Seen(number, at, np.asarray(column[at]))
        for at in range(max(map(len, columns)))
        for number, column in enumerate(columns)
        if at < len(column)
    ]
    return Run({}, None, seen)


def trail(name: str, passes: Passes) -> Trail:
    return Trail(name, 0, [[np.asarray(value) for value in passes]])


SITES = [statement("a", 1, "2 * a", "a"), statement("b", 2, "a + 1", "a"), statement("c", 3, "b * b", "b")]
TRAILS = [trail("a", [1, 2, 4]), trail("b", [2, 3, 5]), trail("c", [4, 9, 25])]


def looked_at(*columns: Passes) -> tuple[Followed, Reading]:
    sightings = Sightings(SITES, [in_a_loop(*columns)])
    followed = follow(sightings, TRAILS)
    return followed, Reading(sightings, followed, followed.known_right(sightings))


def test_a_statement_is_right_until_its_values_differ() -> None:
    followed, _ = looked_at([1, 2, 4], [2, 0, 0], [4, 0, 0])
    assert {number: list(count) for number, count in followed.agreeing.items()} == {0: [3], 1: [1], 2: [1]}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (([1, 2, 4], [2, 0, 0], [4, 0, 0]), [True, False]),
        (([1, 9, 9], [2, 10, 10], [4, 100, 100]), [False, False]),
        (([1, 2, 4], [2, 3, 5], [4, 3, 5]), [True, True]),
    ],
)
def test_what_a_statement_reads_is_asked_about_at_its_first_wrong_pass(
    columns: Sequence[Passes], expected: list[bool]
) -> None:
    _, reading = looked_at(*columns)
    assert [reading.are_right(1), reading.are_right(2)] == expected


def test_what_a_loop_that_ends_too_early_comes_to_is_not_right() -> None:
    _, reading = looked_at([1, 2], [2, 3], [4, 0])
    assert not reading.are_right(2)


def test_what_is_filled_bit_by_bit_is_right_by_what_it_comes_to() -> None:
    sightings = Sightings([statement("a", 1, "a + x", "a")], [in_a_loop([1, 3, 6])])
    followed = follow(sightings, [trail("a", [6])])
    assert followed.known_right(sightings) == {0}


@pytest.mark.parametrize("end", [np.zeros(2), np.ones(3), np.full((2, 2), -4.0), np.asarray(7.0)])
def test_what_comes_to_the_same_number_throughout_may_come_to_it_by_chance(end: Array) -> None:
    wrong = [end + 5, end + 3, end]
    runs = [Run({}, None, [Seen(0, at, value) for at, value in enumerate(wrong)])] * 3
    sightings = Sightings([statement("a", 1, "a + x", "a")], runs)
    followed = follow(sightings, [Trail("b", 0, [[end]] * 3)])
    assert followed.known_right(sightings) == set()


def test_a_statement_that_only_takes_over_a_right_value_may_be_meant_to_have_another() -> None:
    sites = [statement("a", 1, "2 * x", "x"), statement("b", 2, "a", "a")]
    sightings = Sightings(sites, [in_a_loop([2], [2])])
    followed = follow(sightings, [trail("c", [2]), trail("d", [3])])
    assert followed.known_right(sightings) == {0}


def test_a_result_with_the_value_of_another_is_not_right() -> None:
    sites = [statement("a", 1, "x"), statement("b", 2, "y")]
    sightings = Sightings(sites, [in_a_loop([2], [1])])
    followed = follow(sightings, [trail("a", [1]), trail("b", [2])])
    right = followed.known_right(sightings)
    assert right == Beginnings(followed, sightings).unfinished(right, ["a", "b"])


@pytest.mark.parametrize(
    ("column", "loads", "right"),
    [
        ([[0.5], [0.25], [2.0]], (), {0}),
        ([[0.5, 0.5], [0.25] * 3, [2.0]], (), {0}),
        ([[0.5], [0.25], [3.0]], (), set()),
        ([[0.5], [0.25], [2.0]], ("x",), set()),
    ],
)
def test_what_sets_a_given_is_right_however_it_is_written(
    column: list[list[float]], loads: tuple[str, ...], right: set[int]
) -> None:
    """In `rate, rounds = 0.5, 6` no other value is meant; in `rate = x / 2` one may be."""
    runs = [Run({}, None, [Seen(0, at, np.asarray(value)) for at, value in enumerate(passes)]) for passes in column]
    sightings = Sightings([statement("rate", 1, "0.5", *loads)], runs)
    given = Trail(None, GIVEN, [[np.asarray(value)] for value in (0.5, 0.25, 2.0)], is_known=True)
    loss = Trail("loss", 0, [[np.asarray(value)] for value in (7.0, 8.0, 9.0)])
    assert follow(sightings, [given, loss]).known_right(sightings) == right
