"""nbgrader's tree: `submitted/<student>/<assignment>/<file>`. Source: nbgrader's documentation."""

from collections.abc import Iterator

from graders.intake.entry import Owner, Person, Source, Wanted
from graders.intake.listing import Listing, Member
from graders.spelling import bare

_ROOT = "submitted"


def _inside(listing: Listing) -> list[tuple[tuple[str, ...], Member]]:
    """Return members with their path below `submitted`."""
    if listing.name == _ROOT:
        return [(member.parts, member) for member in listing.members]
    return [(member.parts[1:], member) for member in listing.members if member.parts[0] == _ROOT]


def _recognises(listing: Listing) -> bool:
    members = _inside(listing)
    return bool(members) and all(len(parts) >= 3 or member.folder for parts, member in members)


def _owned(listing: Listing, wanted: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    members = _inside(listing)
    named = any(len(parts) > 2 and bare(parts[1]) == bare(wanted.exercise) for parts, _ in members)
    for parts, member in members:
        if named and len(parts) > 2 and bare(parts[1]) != bare(wanted.exercise):
            continue
        if len(parts) > 1:
            yield Owner(group=parts[0], people=(Person(parts[0]),)), member


SOURCE = Source("nbgrader", _recognises, _owned)
