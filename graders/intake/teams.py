"""Microsoft Teams' library of an assignment: `Submitted files/<name>/<assignment>/Version <number>/<file>`.

Beside it lies `Working files` with drafts, which nobody has handed in. Source: Microsoft Support, "Assignments and
grades in your class team", and the names of folders in the class's document library.
"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from graders.intake.entry import NOBODY, Owner, Person, Source, Wanted
from graders.intake.listing import Listing, Member
from graders.intake.names import names_exercise

_SUBMITTED, _WORKING = "submitted files", "working files"
_VERSION = re.compile(r"version (\d+)$", re.IGNORECASE)


def _is_submitted(name: str) -> bool:
    return name.casefold() == _SUBMITTED


def _is_teams(listing: Listing) -> bool:
    tops = {top.casefold() for top in listing.without_tables().tops()}
    return _is_submitted(listing.name) or (_SUBMITTED in tops and tops <= {_SUBMITTED, _WORKING})


def _owners_in_teams(listing: Listing, wanted: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    members = {member.path: parts for parts, member in listing.below(_is_submitted) if len(parts) > 1}
    named = any(_is_called(parts, wanted) for parts in members.values())
    for member in listing.members:
        parts = members.get(member.path)
        if parts is None:
            yield NOBODY, member
        # A class has many assignments in one library; only where none is called like the exercise, all of them count.
        elif not named or _is_called(parts, wanted):
            yield _owner(parts), replace(member, path="/".join(parts[1:]))


def _is_called(parts: tuple[str, ...], wanted: Wanted) -> bool:
    """Tell whether the assignment's folder is called like the exercise."""
    return len(parts) > 2 and names_exercise(f"{parts[1]}.py", wanted.exercise)


def _owner(parts: tuple[str, ...]) -> Owner:
    """Return the owner of one version; what lies in no version's folder is the only hand-in there is."""
    student = Person(parts[0])
    attempt = _VERSION.match(parts[2]) if len(parts) > 3 else None
    if attempt is None:
        return Owner(group=parts[0], people=(student,))
    return Owner(group=f"{parts[0]}/{parts[2]}", people=(student,), attempt=int(attempt[1]))


SOURCE = Source("teams", _is_teams, _owners_in_teams)
