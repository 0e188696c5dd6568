"""Moodle's download: `<full name>_<id>_assignsubmission_file[_]` as a folder or before the file's name.

Underscores of names are spaces there, so the first number is the id, whatever a student called the file. In a team's
submission the group stands before the name: `Group A-Jane Doe`. The id is the number in the grading worksheet's
`Participant <id>`. Source: moodle, mod/assign/locallib.php.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from graders.intake.entry import Owner, Person, Source, Wanted, named_by, owned_by_name
from graders.intake.listing import Listing, Member

_MOODLE_NAME = re.compile(r"^(?P<name>[^_]*)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<file>.*)$", re.DOTALL)
# What makes the part before a hyphen a group's name and not half of `Anne-Marie`.
_GROUP = re.compile(
    r"\d|\b(?:group|team|gruppe|groupe|grupo|gruppo|groep|équipe|equipo|grupp|группа|команда)\b|组|組|队|班",
    re.IGNORECASE,
)


def _owners_on_moodle(listing: Listing, _: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    matches = filter(None, map(_MOODLE_NAME.match, listing.tops()))
    groups = _team_names({(match["name"], match["id"]) for match in matches})

    def read(match: re.Match[str]) -> tuple[Owner, str, str]:
        # The longest first: of `Team 1` and `Team 1-B` the student is in the second.
        group = next((each for each in groups if match["name"].startswith(each)), "")
        person = Person(match["id"], match["name"].removeprefix(group).strip() or None)
        return Owner(group=f"{match['name']}_{match['id']}", people=(person,)), match["file"], match["kind"]

    return owned_by_name(listing, _MOODLE_NAME, read)


def _team_names(people: set[tuple[str, str]]) -> list[str]:
    """Return the groups' names with the hyphen, the longest first: told by a word or a number, or shared."""
    members: defaultdict[tuple[str, str], int] = defaultdict(int)
    for name, _ in people:
        parts = name.split("-")
        for count in range(1, len(parts)):
            members["-".join(parts[:count]) + "-", parts[count - 1]] += 1
    named = [group for group, last in members if _GROUP.search(last)]
    shared = [group for (group, last), count in members.items() if count > 1 and " " in last]
    # In teams everybody has one; in a class without, two may be called `Ana María-` something.
    in_teams = sum(name.startswith((*named, *shared)) for name, _ in people)
    return sorted({*named, *(shared if 2 * in_teams >= len(people) else ())}, key=len, reverse=True)


SOURCE = Source("moodle", named_by(_MOODLE_NAME), _owners_on_moodle)
