"""Which platform a listing was downloaded from, and whether it is a download where one student's hand-in should be."""

import os
import re
from pathlib import Path

from graders.errors import UsageError
from graders.intake import (
    autolab,
    blackboard,
    brightspace,
    canvas,
    classroom,
    folder,
    gradescope,
    moodle,
    nbgrader,
    sakai,
    teams,
)
from graders.intake.entry import NOBODY, Source, Wanted
from graders.intake.listing import Listing, list_path
from graders.intake.names import is_archive, is_ignored, is_no_code

SOURCES = {
    module.SOURCE.name: module.SOURCE
    # the most telling names first
    for module in (
        gradescope,
        moodle,
        brightspace,
        sakai,
        autolab,
        canvas,
        blackboard,
        classroom,
        nbgrader,
        teams,
        folder,
    )
}

# Those whose names tell students apart wherever they stand; folders of the others may be anybody's.
_BY_NAMES = (moodle.SOURCE, brightspace.SOURCE, sakai.SOURCE, autolab.SOURCE, canvas.SOURCE, blackboard.SOURCE)

# `drive-download-20260901T100000Z-001.zip`, or with the folder's name before the time and two numbers behind it.
_DRIVE_PART = re.compile(r"-(?P<stamp>\d{8}T\d{6}Z)(?:-\d+)*-\d{3}\.zip$")

# A zip of a folder of a folder: platforms, browsers and instructors each may add one.
_MAX_WRAPPERS = 3


def recognised(listing: Listing, intake: str | None) -> tuple[Source, Listing]:
    """Return the source and the listing as that source sees it, without folders around."""
    asked = [SOURCES[intake]] if intake else [source for source in SOURCES.values() if source is not folder.SOURCE]
    level: Listing | None = listing
    for _ in range(_MAX_WRAPPERS):
        if level is None:
            break
        # Outside before inside: a student's folder may look like a source's, but lies within one.
        for source in asked:
            if source.recognises(level):
                return source, level
        level = level.without_tables().inside()
    return (asked[0] if intake else folder.SOURCE), listing


def platform_of_several(listing: Listing, wanted: Wanted) -> str | None:
    """Return the platform by whose names a listing holds the hand-ins of more than one student."""
    for source in _BY_NAMES:
        if source.recognises(listing):
            people = {owner.people for owner, _ in source.owned(listing, wanted) if owner is not None}
            return source.name if len(people) > 1 else None
    return None


def downloads_in(path: Path, wanted: Wanted) -> list[Path]:
    """Return the downloads in a folder that holds nothing else, as somebody has who collects them; else the folder."""
    try:
        # No paths are made of 20,000 names: the first student's folder already tells that this is none.
        with os.scandir(path) as scan:
            names = (each.name for each in scan if not is_ignored(each.name) and not each.is_symlink())
            # A roster or a gradebook's export lies where the downloads are.
            inside = sorted(name for name in names if not is_no_code(name))
    except (OSError, ValueError):  # a file, or what listing it will have more to say about
        return [path]
    return [path / name for name in inside] if _are_downloads(path, inside, wanted) else [path]


def _are_downloads(path: Path, inside: list[str], wanted: Wanted) -> bool:
    # A student's own zip bears a name; that of a class, alone in a folder, is what the folder was made for.
    if len(inside) == 1 and is_archive(inside[0]) and _holds_several(path / inside[0], wanted):
        return True
    # All of them, or none: a student could make one folder look like a platform's, to speak for others.
    return bool(inside) and (_are_parts_of_one(inside) or all(_is_download(path / name, wanted) for name in inside))


def _are_parts_of_one(names: list[str]) -> bool:
    """Tell whether these are the zips into which Google Drive divides what is downloaded at once."""
    stamps = {match["stamp"] if (match := _DRIVE_PART.search(name)) else None for name in names}
    return len(stamps) == 1 and None not in stamps


def _holds_several(path: Path, wanted: Wanted) -> bool:
    try:
        source, listing = recognised(list_path(path), None)
    except UsageError:
        return False
    owned = source.owned(listing, wanted)
    # By folders: files beside each other may be anybody's, as what is called like the exercise is in versions.
    return len({owner.group for owner, member in owned if owner not in (None, NOBODY) and "/" in member.path}) > 1


def _is_download(path: Path, wanted: Wanted) -> bool:
    if not path.is_dir() and not is_archive(path.name):
        return False
    try:
        listing = list_path(path)
    except UsageError:
        return False
    return platform_of_several(listing, wanted) is not None
