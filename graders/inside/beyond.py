"""What an exercise asks beyond a straight line of assignments, as the sandbox is told it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from .allowing import AllowingRules
from .kinds import GivenKind
from .supplying import Supplies, TextFile
from .using import Use


class Beyond(NamedTuple):
    """`definitions`: only what a file defines is run. `elsewhere`: givens that the lines of `use` take.

    A submission need not set those itself. `exactly`: names whose values are compared by form. `preloads`: the text of
    `use`, which may need modules. `rules`: what functions must not use.
    """

    definitions: bool = False
    use: Use | None = None
    supplies: Supplies | None = None
    kinds: Mapping[str, GivenKind] = {}
    exactly: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    preloads: str = ""
    rules: AllowingRules | None = None


STRAIGHT = Beyond()
"""Nothing."""


def read_beyond(head: Mapping[str, Any]) -> Beyond:
    """Return what a setup frame says. The lines of `use` are the exercise's own: they are compiled here, once."""
    kinds = {name: GivenKind(whole, words) for name, (whole, words) in head["kinds"].items()}
    supplies = None
    if head["modules"] or head["files"]:
        files = {name: TextFile(*parts) for name, parts in head["files"].items()}
        supplies = Supplies(head["modules"], files, kinds)
    # Without lines None, and not lines that do nothing: then no case pays for them.
    use = Use(head["use"], kinds) if head["use"].strip() else None
    elsewhere = use.givens if use is not None else ()
    rules = AllowingRules(head["forbid"], head["require"]) if head["forbid"] or head["require"] else None
    return Beyond(
        head["definitions"], use, supplies, kinds, frozenset(head["exactly"]), frozenset(elsewhere), head["use"], rules
    )
