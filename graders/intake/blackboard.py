"""Blackboard's download: `<assignment>_<user>_attempt_<time>_<file>`, and a receipt `….txt` for each attempt.

The word for attempt is in the platform's language. Source: nbgrader's documentation of zip_collect.
"""

import re

from graders.intake.entry import Owner, Person, source_by_name

_NAME = re.compile(
    r"^(?P<assignment>.*)_(?P<user>[^_]+)_[^\W\d_]+_(?P<time>\d{4}(?:-\d{2}){5})(?:_(?P<file>.+)|\.txt)?$", re.DOTALL
)


def _read(match: re.Match[str]) -> tuple[Owner, str, str]:
    owner = Owner(group=f"{match['user']}_{match['time']}", people=(Person(match["user"]),), attempt=match["time"])
    return owner, match["file"] or "", "receipt.txt"


SOURCE = source_by_name("blackboard", _NAME, _read)
