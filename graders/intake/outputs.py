"""Files of an earlier run of this grader are nobody's submission, wherever they lie."""

import re
from dataclasses import replace

from graders.intake.listing import Listing

_REPORT = re.compile(r"\.report\.\w+$")
_BANKS = {"networks.json", "cases.json"}
OUTPUTS = {*_BANKS, "gradebook.csv", "summary.yaml", "index.html", "journal.jsonl", "to_check.csv", "changes.csv"}


def without_outputs(listing: Listing) -> Listing:
    """Return the listing without reports, and without the tables and the folder of a run, told by its bank and rows."""
    folders: dict[str, set[str]] = {}
    for member in listing.members:
        if member.name in OUTPUTS:
            folders.setdefault(member.path[: -len(member.name)], set()).add(member.name)
    runs = {
        folder for folder, names in folders.items() if names & _BANKS and names & {"gradebook.csv", "journal.jsonl"}
    }
    if not runs and not any(_REPORT.search(member.path) for member in listing.members):
        return listing
    below = tuple(folder for folder in runs if folder)
    kept = [
        member
        for member in listing.members
        if not _REPORT.search(member.path)
        and not (below and member.path.startswith(below))
        and not ("" in runs and member.path in OUTPUTS)
    ]
    return replace(listing, members=kept)
