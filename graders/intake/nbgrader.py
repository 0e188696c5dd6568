"""nbgrader's tree: `submitted/<student>/<assignment>/<file>`. Source: nbgrader's documentation."""

from collections.abc import Iterator

from graders.intake.entry import Owner, Person, Source, Wanted
from graders.intake.listing import Listing, Member
from graders.spelling import bare

_ROOT = "submitted"


def _below_submitted(listing: Listing) -> list[tuple[tuple[str, ...], Member]]:
    """Return members with their path below `submitted`."""
    if listing.name == _ROOT:
        return [(member.parts, member) for member in listing.members]
    return [(member.parts[1:], member) for member in listing.members if member.parts[0] == _ROOT]


def _is_nbgrader(listing: Listing) -> bool:
    members = _below_submitted(listing)
    return bool(members) and all(len(parts) >= 3 or member.folder for parts, member in members)


def _owners_in_nbgrader(listing: Listing, wanted: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    members = _below_submitted(listing)
    named = any(len(parts) > 2 and bare(parts[1]) == bare(wanted.exercise) for parts, _ in members)
    for parts, member in members:
        # A course has many assignments in one tree; only where none is called like the exercise, all of them count.
        if named and len(parts) > 2 and bare(parts[1]) != bare(wanted.exercise):
            continue
        if len(parts) > 1:
            yield Owner(group=parts[0], people=(Person(parts[0]),)), member


SOURCE = Source("nbgrader", _is_nbgrader, _owners_in_nbgrader)
