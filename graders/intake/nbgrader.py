"""nbgrader's tree: `submitted/<student>/<assignment>/<file>`, or the exchange it is collected from.

There a folder is called `<student>+<assignment>+<time>+<random>`. Source: nbgrader's documentation and exchange.
"""

import re
from collections.abc import Iterator

from graders.intake.entry import Owner, Person, Source, Wanted, most
from graders.intake.listing import Listing, Member
from graders.spelling import bare

_ROOT = "submitted"
_EXCHANGED = re.compile(
    r"(?P<user>[^+]+)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d[ _T][\d.:_-]+[^+]*)(?:\+.+)?$"
)


def _is_nbgrader(listing: Listing) -> bool:
    if most(listing.tops(), _EXCHANGED.match):
        return True
    members = listing.below(_ROOT.__eq__)
    return bool(members) and all(len(parts) >= 3 or member.folder for parts, member in members)


def _owners_in_nbgrader(listing: Listing, wanted: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    exchanged = most(listing.tops(), _EXCHANGED.match)
    return _owners_in_exchange(listing, wanted) if exchanged else _owners_in_tree(listing, wanted)


def _owners_in_tree(listing: Listing, wanted: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    members = listing.below(_ROOT.__eq__)
    named = any(len(parts) > 2 and bare(parts[1]) == bare(wanted.exercise) for parts, _ in members)
    for parts, member in members:
        # A course has many assignments in one tree; only where none is called like the exercise, all of them count.
        if named and len(parts) > 2 and bare(parts[1]) != bare(wanted.exercise):
            continue
        if len(parts) > 1:
            yield Owner(group=parts[0], people=(Person(parts[0]),)), member


def _owners_in_exchange(listing: Listing, wanted: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    found = [(_EXCHANGED.match(member.parts[0]), member) for member in listing.members]
    named = any(match and bare(match["assignment"]) == bare(wanted.exercise) for match, _ in found)
    for match, member in found:
        if match is None or len(member.parts) < 2:
            yield None, member
        elif not named or bare(match["assignment"]) == bare(wanted.exercise):
            yield Owner(group=member.parts[0], people=(Person(match["user"]),), attempt=match["time"]), member


SOURCE = Source("nbgrader", _is_nbgrader, _owners_in_nbgrader)
