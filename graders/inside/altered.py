"""How altered programs are spoken of, on both sides of the wall. Light: a right run needs no more of them than this."""

from typing import NamedTuple

PLAIN, DROPPED, TURNED, ADDED = range(4)
"""Kinds of alterations, the likeliest slip first."""

UNALTERED = -1
"""In place of an alteration's number: the script is run as it was written."""

MAX_ALTERATIONS = 4000  # each is one run at least; so many take some seconds


class Alteration(NamedTuple):
    """What is altered, and how: see `alterations`. `statement`: the number of the statement it stands in."""

    kind: int
    cell: int | None
    line: int
    end_line: int
    source: str
    statement: int


class Altering(NamedTuple):
    """Which alterations are asked about: of some kinds, but none in lines that are `left` alone."""

    kinds: tuple[int, ...]
    left: tuple[tuple[int | None, int], ...]
