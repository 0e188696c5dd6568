"""Canvas's download: `<name>[_LATE]_<user id>_<attachment id>_<file>`. Source: canvas-lms, lib/content_zipper.rb."""

import re
from collections.abc import Iterator
from dataclasses import replace

from graders.intake.entry import Owner, Person, Source, Wanted, most
from graders.intake.listing import Listing, Member

_NAME = re.compile(
    r"^(?:(?P<anonymous>(?:LATE_)?anon_[0-9A-Za-z]+)|(?P<name>.+?)(?P<late>_LATE)?_(?P<user>\d+))"
    r"_(?:(?P<attachment>\d+)_(?P<file>.+)|(?P<page>(?:text|link)\.html))$",
    re.DOTALL,
)


def _recognises(listing: Listing) -> bool:
    return most(listing.tops(), _NAME.match)


def _owned(listing: Listing, _: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    for member in listing.members:
        match = _NAME.match(member.parts[0])
        if match is None:
            yield None, member
            continue
        inside = "/".join(filter(None, (match["file"] or match["page"], *member.parts[1:])))
        yield _owner(match), replace(member, path=inside)


def _owner(match: re.Match[str]) -> Owner:
    if match["anonymous"]:
        student = match["anonymous"].removeprefix("LATE_")
        return Owner(group=student, people=(Person(student),), late=match["anonymous"] != student)
    group = f"{match['name']}_{match['user']}"
    return Owner(group=group, people=(Person(match["user"], match["name"]),), late=match["late"] is not None)


SOURCE = Source("canvas", _recognises, _owned)
