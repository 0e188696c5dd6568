"""How altered programs are spoken of, on both sides of the wall. Light: a right run needs no more of them than this."""

from typing import NamedTuple

PLAIN, DROPPED, TURNED, LEFT_OUT, SHARED, MOVED, RETURNED, KEPT, COPIED, FORGOTTEN, ADDED = range(11)
"""Kinds of alterations, the likeliest slip first. Those from LEFT_OUT to COPIED change statements, which is done in
`structures`, and what is FORGOTTEN is a statement, too: see `updates`.
"""

UNALTERED = -1
"""In place of an alteration's number: the script is run as it was written."""

MAX_ALTERATIONS = 4000  # each is one run at least; so many take some seconds


class Alteration(NamedTuple):
    """What is altered, and how: see `alterations`. `statement`: its number.

    `growth`: how much longer it is then; -1 where a condition or a call is left out, which computes nothing itself.

    Of one that is spelled out, `source` is the whole expression of the statement, and `after` what it becomes.
    """

    kind: int
    cell: int | None
    line: int
    source: str
    growth: int
    statement: int
    after: str = ""


class Altering(NamedTuple):
    """Which alterations are asked about: of some kinds, but none in lines that are `left` alone, or `only` in one.

    `spelled`: the number of one that alone is described, spelled out: to write down all of them would take long.
    `kept`: sites at which values are put in meanwhile, so that they stay in the program.
    """

    kinds: tuple[int, ...]
    left: tuple[tuple[int | None, int], ...]
    only: tuple[int | None, int] | None = None
    spelled: int | None = None
    kept: tuple[int, ...] = ()

    def looks_at(self, line: tuple[int | None, int]) -> bool:
        """Tell whether a statement that begins on this line of a cell is altered."""
        return line not in self.left if self.only is None else line == self.only
