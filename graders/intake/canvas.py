"""Canvas's download: `<name>[_LATE]_<user id>_<attachment id>_<file>`. Source: canvas-lms, lib/content_zipper.rb."""

import re

from graders.intake.entry import Owner, Person, source_by_name

_NAME = re.compile(
    r"^(?:(?P<anonymous>(?:LATE_)?anon_[0-9A-Za-z]+)|(?P<name>.+?)(?P<late>_LATE)?_(?P<user>\d+))"
    r"_(?:(?P<attachment>\d+)_(?P<file>.+)|(?P<page>(?:text|link)\.html))$",
    re.DOTALL,
)


def _read(match: re.Match[str]) -> tuple[Owner, str, str]:
    file = match["file"] or match["page"]
    return _owner(match), file, file


def _owner(match: re.Match[str]) -> Owner:
    if match["anonymous"]:
        student = match["anonymous"].removeprefix("LATE_")
        return Owner(group=student, people=(Person(student),), late=match["anonymous"] != student)
    group = f"{match['name']}_{match['user']}"
    return Owner(group=group, people=(Person(match["user"], match["name"]),), late=match["late"] is not None)


SOURCE = source_by_name("canvas", _NAME, _read)
