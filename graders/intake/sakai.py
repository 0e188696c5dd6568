"""Sakai's download: `<Last, First(id)>/Submission attachment(s)/<file>`, beside timestamps, comments and `grades.csv`.

Source: names of folders in public tools that read such downloads.
"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from graders.intake.entry import Owner, Person, Source, Wanted, most
from graders.intake.listing import Listing, Member

_STUDENT = re.compile(r"^(?P<name>.*?)\s*\((?P<id>[^()]+)\)$", re.DOTALL)
_ATTACHED = "submission attachment(s)"
# What the instructor gave back, perhaps a corrected copy of the script, is no hand-in.
_FEEDBACK = ("feedback attachment(s)", "feedback attachments")


def _is_sakai(listing: Listing) -> bool:
    folders = {member.parts[0] for member in listing.members if len(member.parts) > 1}
    attached = any(part.lower() == _ATTACHED for member in listing.members for part in member.parts[1:-1])
    return attached and most(folders, _STUDENT.match)


def _owners_on_sakai(listing: Listing, _: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    for member in listing.members:
        match = _STUDENT.match(member.parts[0])
        if match is None or len(member.parts) < 2:
            yield None, member
            continue
        rest = [part for part in member.parts[1:] if part.lower() != _ATTACHED]
        if rest[0].lower() in _FEEDBACK:
            continue
        person = Person(match["id"], match["name"] or None)
        yield Owner(group=member.parts[0], people=(person,)), replace(member, path="/".join(rest) or "nothing")


SOURCE = Source("sakai", _is_sakai, _owners_on_sakai)
