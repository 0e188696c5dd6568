"""Canvas's download: `<name>[_LATE]_<user id>_<attachment id>_<file>`. Source: canvas-lms, lib/content_zipper.rb.

It holds a student's last hand-in alone. Where one is there on time and late, two downloads lie together, and what is
late came later.
"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from graders.intake.entry import Owner, Person, Source, Wanted, source_by_name
from graders.intake.listing import Listing, Member

# A name has no marks between its words there, but a file may begin with numbers: the first two numbers are the ids.
# A submission that is typed in or a link comes as a page and has no attachment.
_CANVAS_NAME = re.compile(
    r"^(?:(?P<anonymous>(?:LATE_)?anon_[0-9A-Za-z]+)|(?P<name>.+?)(?P<late>_LATE)?_(?P<user>\d+))"
    r"_(?:(?P<attachment>\d+)_(?P<file>.+)|(?P<page>(?:text|link)\.html))$",
    re.DOTALL,
)


def _owner_on_canvas(match: re.Match[str]) -> tuple[Owner, str, str]:
    file = match["file"] or match["page"]
    return _owner(match), file, file


def _owner(match: re.Match[str]) -> Owner:
    if match["anonymous"]:
        student = match["anonymous"].removeprefix("LATE_")
        return Owner(group=student, people=(Person(student),), late=match["anonymous"] != student)
    group = f"{match['name']}_{match['user']}"
    return Owner(group=group, people=(Person(match["user"], match["name"]),), late=match["late"] is not None)


_NAMED = source_by_name("canvas", _CANVAS_NAME, _owner_on_canvas)


def _owners_on_canvas(listing: Listing, wanted: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    found = list(_NAMED.owned(listing, wanted))
    on_time = {owner.people for owner, _ in found if owner is not None and not owner.late}
    twice = {owner.people for owner, _ in found if owner is not None and owner.late}.intersection(on_time)
    for owner, member in found:
        yield (_as_attempt(owner) if owner is not None and owner.people in twice else owner), member


def _as_attempt(owner: Owner) -> Owner:
    return replace(owner, group=f"{owner.group}_LATE" if owner.late else owner.group, attempt=1 + owner.late)


SOURCE = Source("canvas", _NAMED.recognises, _owners_on_canvas)
