"""From what the caller named to the rows of a batch: which source it is, whose each file is, which attempt counts."""

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

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
)
from graders.intake.attempts import AttemptChoice, select_attempts
from graders.intake.choosing import choose
from graders.intake.entry import Candidate, Entry, Owner, Person, Source, Wanted
from graders.intake.listing import Listing, Member, list_path
from graders.intake.names import closeness, safe_key
from graders.intake.outputs import without_outputs
from graders.messages import message
from graders.submission import Unreadable

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
        folder,
    )
}
# A zip of a folder of a folder: platforms, browsers and instructors each may add one.
_MAX_WRAPPERS = 3

# So many scripts beside a student's file are remembered.
_MOST_BESIDE = 50

# So many unlikely files of a student are looked at, if it comes to that.
_MOST_UNLIKELY = 8


def find_entries(
    paths: Path | Sequence[Path], wanted: Wanted, *, intake: str | None = None, attempt: AttemptChoice = "last"
) -> list[Entry]:
    """Return a row for every hand-in in folders, archives or single files, in the order of their names.

    `intake` names the source instead of recognising it. `attempt`: which of several hand-ins of a student count;
    `best` keeps all of them. Nothing is read but names. Raises UsageError if a path or the source is unusable.
    """
    if intake is not None and intake not in SOURCES:
        raise UsageError(message("usage.intake", intake=intake, known=", ".join(sorted(SOURCES))))
    named = [paths] if isinstance(paths, Path) else list(paths)
    found = []
    for path in named:
        entries = select_attempts(_entries(list_path(path), path, wanted, intake), attempt)
        prefix = (path.resolve().name,) if len(named) > 1 and path.is_dir() else ()
        found += [_with_key(entry, safe_key((*prefix, *entry.key.split("/")))) for entry in entries]
    return _with_unique_keys(found)


def _entries(listing: Listing, path: Path, wanted: Wanted, intake: str | None) -> list[Entry]:
    source, inside = _recognised(_without_others(without_outputs(listing), wanted), intake)
    groups: dict[Owner, list[Member]] = {}
    known = False
    for owner, member in source.owned(inside, wanted):
        known = known or owner is not None
        if owner is not None:
            groups.setdefault(owner, []).append(member)
        # Handed in by mail, say, and put beside the download: it counts under its own name.
        elif folder.is_handed_in(member, wanted):
            groups.setdefault(folder.flat_owner(member, wanted), []).append(member)
    if intake is not None and not known:
        raise UsageError(message("usage.intake-nothing", path=str(path), intake=intake))
    return [entry for owner, members in groups.items() for entry in _rows(owner, members, wanted)]


def _without_others(listing: Listing, wanted: Wanted) -> Listing:
    """Leave out what is handed in for another exercise of the same run."""
    if not wanted.others:
        return listing
    return replace(listing, members=[member for member in listing.members if not _is_for_another(member, wanted)])


def _is_for_another(member: Member, wanted: Wanted) -> bool:
    closest = min(closeness(member.name, other) for other in wanted.others)
    return closest < closeness(member.name, wanted.exercise)


def _recognised(listing: Listing, intake: str | None) -> tuple[Source, Listing]:
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
        level = level.inside()
    return (asked[0] if intake else folder.SOURCE), listing


def _rows(owner: Owner, members: list[Member], wanted: Wanted) -> Iterator[Entry]:
    """Yield one row per student of a hand-in, or per file where two have the same name in an archive."""
    first, *others = owner.people or (Person(None),)
    entry = _entry(owner, first, members, wanted)
    if not others:
        yield entry
        return
    for person in (first, *others):
        key = f"{owner.group}/{person.id or person.name}"
        yield replace(entry, key=key, student=person.id, name=person.name)


def _entry(owner: Owner, person: Person, members: list[Member], wanted: Wanted) -> Entry:
    # Made once, with all that is known: there may be 100,000, and a changed copy costs more than the record itself.
    row = partial(Entry, key=owner.group, student=person.id, name=person.name, attempt=owner.attempt, late=owner.late)
    only = members[0].name if len(members) == 1 else ""
    try:
        choice = choose(members, wanted)
    except Unreadable as error:
        return row(file=only or owner.group.rpartition("/")[2], problem=error.message)
    chosen = choice.likely
    file = sys.intern(chosen[0].name)  # most have the same name
    if chosen[0].stored is None:
        return row(file=file, problem=chosen[0].problem)
    candidates = (*_candidates(chosen, likely=True), *_candidates(choice.others, likely=False))
    return row(file=file, candidates=candidates, beside=tuple(_candidates(_scripts(members), likely=True)))


def _scripts(members: list[Member]) -> list[Member]:
    """Return what a script of theirs may import; most hand-ins are one file, and have nothing beside it."""
    return [member for member in members if member.name.endswith(".py")][:_MOST_BESIDE] if len(members) > 1 else []


def _candidates(members: list[Member], *, likely: bool) -> Iterator[Candidate]:
    for member in members[:_MOST_UNLIKELY] if not likely else members:
        if member.stored is not None:
            yield Candidate(sys.intern(member.path), member.stored, likely)


def _with_key(entry: Entry, key: str) -> Entry:
    return entry if key == entry.key else replace(entry, key=key)


def _with_unique_keys(entries: list[Entry]) -> list[Entry]:
    """Make keys differ also for a file system that ignores case."""
    taken: set[str] = set()
    unique = []
    for entry in entries:
        key, number = entry.key, 1
        while key.casefold() in taken:
            number += 1
            key = f"{entry.key}_{number}"
        taken.add(key.casefold())
        unique.append(_with_key(entry, key))
    return unique
