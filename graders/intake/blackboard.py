"""Blackboard's download: `<assignment>_<user>_attempt_<time>_<file>`, and a receipt `….txt` for each attempt.

The word for attempt is in the platform's language. Assignments and user names may both have underscores: a receipt
tells the user, else what all names begin with is the assignment; where neither tells, nobody is named. The user ends
where the first time begins, since what follows is the student's own choice.
Source: nbgrader's documentation of zip_collect.
"""

import re
from collections.abc import Iterator

from graders.intake.entry import Owner, Person, Source, Wanted, named_by, owned_by_name
from graders.intake.listing import Listing, Member
from graders.intake.stored import read_or_none
from graders.messages import message

_BLACKBOARD_NAME = re.compile(
    r"^(?P<head>.+?_.+?)_[^\W\d_]+_(?P<time>\d{4}(?:-\d{2}){5})(?:_(?P<file>.+)|\.txt)?$", re.DOTALL
)
_USER = re.compile(r"\(([^()]+)\)$")
# All receipts tell the same assignment: a few are read, in case the first ones are damaged.
_MOST_RECEIPTS = 3
_MAX_RECEIPT_BYTES = 64 << 10


def _owners_on_blackboard(listing: Listing, _: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    matches = {top: match for top in listing.tops() if (match := _BLACKBOARD_NAME.match(top))}
    heads = {match["head"] for match in matches.values()}
    assignment = _assignment_in_receipts(listing, matches, heads) or _shared(heads)

    def read(match: re.Match[str]) -> tuple[Owner, str, str]:
        return _owner_by_head(match, assignment), match["file"] or "", "receipt.txt"

    return owned_by_name(listing, _BLACKBOARD_NAME, read)


def _owner_by_head(match: re.Match[str], assignment: str) -> Owner:
    head, time = match.group("head", "time")
    user = head[len(assignment) :] if assignment else head.partition("_")[2]
    if "_" in user and not assignment:
        # `hw_1_j_doe` may be j_doe's or doe's: one student must not get another's grade.
        return Owner(group=f"{head}_{time}", attempt=time, notes=(message("unclear-owner", name=head),))
    return Owner(group=f"{user}_{time}", people=(Person(user),), attempt=time)


def _assignment_in_receipts(listing: Listing, matches: dict[str, re.Match[str]], heads: set[str]) -> str:
    """Return the assignment as a receipt tells it, with the underscore; empty if none does."""
    receipts = [member for member in listing.members if (match := matches.get(member.path)) and not match["file"]]
    for member in receipts[:_MOST_RECEIPTS]:
        user = _user_of(member)
        head = matches[member.path]["head"]
        assignment = head.removesuffix(user) if user else head
        # A student could hand in a text that looks like a receipt: what it tells must fit everybody's name.
        if assignment != head and assignment.endswith("_") and all(each.startswith(assignment) for each in heads):
            return assignment
    return ""


def _user_of(receipt: Member) -> str:
    """Return the user in `Name: Jane Doe (j_doe)`, a receipt's first line."""
    content = read_or_none(receipt.stored, _MAX_RECEIPT_BYTES) or b""
    match = _USER.search(content.decode("utf-8", "replace").partition("\n")[0].strip())
    return match[1] if match else ""


def _shared(heads: set[str]) -> str:
    """Return what all names begin with, up to an underscore; empty where one user alone does not tell."""
    # What the first and the last of sorted names share, all between them share.
    first, last = min(heads, default=""), max(heads, default="")
    if first == last:
        return ""
    pairs = zip(first, last, strict=False)
    shared = next((index for index, pair in enumerate(pairs) if pair[0] != pair[1]), len(first))
    return first[: first.rfind("_", 0, shared) + 1]


SOURCE = Source("blackboard", named_by(_BLACKBOARD_NAME), _owners_on_blackboard)
