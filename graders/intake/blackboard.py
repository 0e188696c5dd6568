"""Blackboard's download: `<assignment>_<user>_attempt_<time>_<file>`, and a receipt `….txt` for each attempt.

The word for attempt is in the platform's language. Source: nbgrader's documentation of zip_collect.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from graders.intake.entry import Owner, Person, Source, Wanted, most
from graders.intake.listing import Listing, Member

_NAME = re.compile(
    r"^(?P<assignment>.*)_(?P<user>[^_]+)_[^\W\d_]+_(?P<time>\d{4}(?:-\d{2}){5})(?:_(?P<file>.+)|\.txt)?$", re.DOTALL
)


def _recognises(listing: Listing) -> bool:
    return most(listing.tops(), _NAME.match)


def _owned(listing: Listing, _: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    for member in listing.members:
        match = _NAME.match(member.parts[0])
        if match is None:
            yield None, member
            continue
        inside = "/".join(filter(None, (match["file"], *member.parts[1:]))) or "receipt.txt"
        owner = Owner(group=f"{match['user']}_{match['time']}", people=(Person(match["user"]),), attempt=match["time"])
        yield owner, replace(member, path=inside)


SOURCE = Source("blackboard", _recognises, _owned)
