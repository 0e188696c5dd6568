"""Moodle's download: `<full name>_<id>_assignsubmission_file[_]` as a folder or before the file's name.

Source: moodle, mod/assign/locallib.php. The id is the number in the grading worksheet's `Participant <id>`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from graders.intake.entry import Owner, Person, Source, Wanted, most
from graders.intake.listing import Listing, Member

_NAME = re.compile(r"^(?P<name>.*)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<file>.*)$", re.DOTALL)


def _recognises(listing: Listing) -> bool:
    return most(listing.tops(), _NAME.match)


def _owned(listing: Listing, _: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    for member in listing.members:
        match = _NAME.match(member.parts[0])
        if match is None:
            yield None, member
            continue
        inside = "/".join(filter(None, (match["file"], *member.parts[1:]))) or match["kind"]
        person = Person(match["id"], match["name"].strip() or None)
        yield Owner(group=f"{match['name']}_{match['id']}", people=(person,)), replace(member, path=inside)


SOURCE = Source("moodle", _recognises, _owned)
