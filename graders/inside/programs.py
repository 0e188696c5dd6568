"""What a rewritten submission is: its code, the words that were looked for, and the places that may set a given."""

from collections.abc import Collection, Mapping
from types import CodeType
from typing import NamedTuple


class Words(NamedTuple):
    """The words the exercise looks for: every accepted name → the given, or the recorded name, it stands for.

    `data`: the modules that it makes of givens.
    """

    givens: Mapping[str, str]
    recorded: Mapping[str, str]
    data: Collection[str] = ()


class GivenSite(NamedTuple):
    """A place that may set a given.

    `given` is None where the name says nothing, so that only the value can tell. `constant`: the expression uses no
    variable of the student's. `firm`: an assignment, where a different value of the right form is a changed given.
    `within`: in a function. `inner`: the sites inside its expression. `reads`: a variable that is only read here, which
    is a given if it is one each time.
    """

    given: str | None
    name: str
    constant: bool
    firm: bool
    line: int
    cell: int | None
    within: bool = False
    inner: tuple[int, ...] = ()  # where the whole is a given, these are not
    reads: bool = False


class Program(NamedTuple):
    """What is executed on each case, in order, and the sites its code refers to by index.

    `places`: for each recorded name the cell and line of its last assignment (of None only if there is no other).
    `modules`: the student's own, by name; one that cannot be compiled raises where it is imported.
    """

    codes: tuple[CodeType, ...]
    sites: tuple[GivenSite, ...]
    places: Mapping[str, tuple[int | None, int]]
    modules: Mapping[str, CodeType] = {}
