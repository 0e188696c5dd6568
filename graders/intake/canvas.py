"""Canvas's download: `<name>[_LATE]_<user id>_<attachment id>_<file>`. Source: canvas-lms, lib/content_zipper.rb."""

import re

from graders.intake.entry import Owner, Person, source_by_name

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


SOURCE = source_by_name("canvas", _CANVAS_NAME, _owner_on_canvas)
