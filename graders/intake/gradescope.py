"""Gradescope's export: folders `submission_<id>` beside `submission_metadata.yml`, which names the submitters.

The metadata is scanned by lines, not loaded: it carries tags of the platform's own classes and every old result.
"""

import json
import re
from collections.abc import Iterator

from graders.intake.entry import Owner, Person, Source, Wanted, most
from graders.intake.listing import Listing, Member
from graders.intake.stored import read_or_none

_METADATA = "submission_metadata.yml"
_MAX_METADATA_BYTES = 256 << 20
_SUBMISSION_FOLDER = re.compile(r"^submission_\d+$")
# By indentation: a key at the left edge is a folder, two spaces in are its fields; what is deeper is old results,
# where a student's output may spell anything.
_TOP = re.compile(r"^(?P<quote>[\"']?)(?P<key>[^\s:\"'][^:]*)(?P=quote):")
_SUBMITTERS = re.compile(r"^  :submitters:")
_FIELD = re.compile(r"^  (?P<new>- |  ):(?P<field>name|sid|email): ?(?P<value>.*)$")
_NEXT = re.compile(r"^  :\w+:")


def _is_gradescope(listing: Listing) -> bool:
    tops = listing.tops()
    return _METADATA in tops or most(tops, _SUBMISSION_FOLDER.match)


def _owners_on_gradescope(listing: Listing, _: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    people = _submitters(listing)
    for member in listing.members:
        folder = member.parts[0]
        if member.path == _METADATA:
            continue
        known = folder in people or _SUBMISSION_FOLDER.match(folder)
        yield Owner(group=folder, people=people.get(folder) or (Person(folder),)) if known else None, member


def _submitters(listing: Listing) -> dict[str, tuple[Person, ...]]:
    """Return who handed in each folder; empty if the metadata is missing or unreadable."""
    stored = next((member.stored for member in listing.members if member.path == _METADATA), None)
    text = (read_or_none(stored, _MAX_METADATA_BYTES) or b"").decode("utf-8", "replace")
    return {folder: tuple(map(_person, records)) for folder, records in _records(text).items() if records}


def _records(text: str) -> dict[str, list[dict[str, str]]]:
    """Return each folder's submitters as records of name, sid and email."""
    folders: dict[str, list[dict[str, str]]] = {}
    records: list[dict[str, str]] | None = None
    for line in text.splitlines():
        if top := _TOP.match(line):
            folders[top["key"]] = []
            records = None
        elif _SUBMITTERS.match(line):
            records = folders.setdefault(next(reversed(folders)), []) if folders else None
        elif records is not None and (match := _FIELD.match(line)):
            if match["new"] == "- " or not records:
                records.append({})
            records[-1][match["field"]] = _scalar(match["value"])
        elif _NEXT.match(line):
            records = None
    return folders


def _scalar(text: str) -> str:
    """Return a YAML scalar's text."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if text.startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return text.strip('"')
    return "" if text in ("~", "null") else text


def _person(record: dict[str, str]) -> Person:
    return Person(record.get("sid") or record.get("email") or None, record.get("name") or None)


SOURCE = Source("gradescope", _is_gradescope, _owners_on_gradescope)
