"""Files of an earlier run of this grader are nobody's submission, wherever they lie.

They are told by their names alone, which a student can give to a file, too: nothing else in a folder is left out for
lying beside them, unless it is a table.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from graders.intake.listing import Listing, Member
from graders.reports.endings import endings, report_file

_BANKS = {"networks.json", "cases.json"}
_ROWS = {"gradebook.csv", "journal.jsonl"}
OUTPUTS = {*_BANKS, *_ROWS, "summary.yaml", "index.html", "to_check.csv", "changes.csv"}


def without_outputs(listing: Listing) -> Listing:
    """Return the listing without reports, and without the tables of a run, told by its bank and rows."""
    reports = tuple(report_file("", ending) for ending in endings().values())
    runs = _folders_of_runs(listing.members)
    if not runs and not any(member.path.endswith(reports) for member in listing.members):
        return listing
    below = tuple(runs)

    def is_output(member: Member) -> bool:
        return member.path.endswith(reports) or (member.path.startswith(below) and _is_of_a_run(member.name))

    return replace(listing, members=[member for member in listing.members if not is_output(member)])


def _folders_of_runs(members: Iterable[Member]) -> set[str]:
    names: dict[str, set[str]] = {}
    for member in members:
        if member.name in OUTPUTS:
            names.setdefault(_folder_of(member), set()).add(member.name)
    return {folder for folder, found in names.items() if found & _BANKS and found & _ROWS}


def _folder_of(member: Member) -> str:
    return member.path[: -len(member.name)]


def _is_of_a_run(name: str) -> bool:
    """Tell whether a file is one that a run writes: besides its own the instructor's sheets, filled."""
    return name in OUTPUTS or name.endswith((".csv", ".yaml"))
