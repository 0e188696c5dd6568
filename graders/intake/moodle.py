"""Moodle's download: `<full name>_<id>_assignsubmission_file[_]` as a folder or before the file's name.

Source: moodle, mod/assign/locallib.php. The id is the number in the grading worksheet's `Participant <id>`.
"""

import re

from graders.intake.entry import Owner, Person, source_by_name

_NAME = re.compile(r"^(?P<name>.*)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<file>.*)$", re.DOTALL)


def _read(match: re.Match[str]) -> tuple[Owner, str, str]:
    person = Person(match["id"], match["name"].strip() or None)
    return Owner(group=f"{match['name']}_{match['id']}", people=(person,)), match["file"], match["kind"]


SOURCE = source_by_name("moodle", _NAME, _read)
