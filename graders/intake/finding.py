"""From what the caller named to the rows of a batch: which source it is, whose each file is, which attempt counts."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from graders.errors import UsageError
from graders.intake import folder
from graders.intake.attempts import AttemptChoice, select_attempts
from graders.intake.choosing import choose, listed
from graders.intake.downloads import SOURCES, downloads_in, platform_of_several, recognised
from graders.intake.entry import NOBODY, Candidate, Entry, Owner, Person, Wanted
from graders.intake.listing import Listing, Member, list_path
from graders.intake.loose import beside_download
from graders.intake.names import closeness, safe_key
from graders.intake.outputs import without_outputs
from graders.intake.submitty import active_members
from graders.messages import Message, message
from graders.submission import Unreadable

# So many scripts beside a student's file are remembered.
_MOST_BESIDE = 50

# So many unlikely files of a student are looked at, if it comes to that.
_MOST_UNLIKELY = 8


def find_entries(
    paths: Path | Sequence[Path],
    wanted: Wanted,
    *,
    intake: str | None = None,
    attempt: AttemptChoice = "last",
    left_out: list[str] | None = None,
) -> list[Entry]:
    """Return a row for every hand-in in folders, archives or single files, in the order of their names.

    `intake` names the source instead of recognising it. `attempt`: which of several hand-ins of a student count;
    `best` keeps all of them. `left_out` gets the files and folders that look like hand-ins and are nobody's. Little is
    read but names. Raises UsageError if a path or the source is unusable.
    """
    if intake is not None and intake not in SOURCES:
        raise UsageError(message("usage.intake", intake=intake, known=", ".join(sorted(SOURCES))))
    named = _named_paths([paths] if isinstance(paths, Path) else paths, wanted, intake)
    found = []
    nobodys = [] if left_out is None else left_out
    for path in named:
        entries = select_attempts(_entries(list_path(path), path, wanted, intake, nobodys), attempt)
        prefix = (path.resolve().name,) if len(named) > 1 and path.is_dir() else ()
        found += [_with_key(entry, safe_key((*prefix, *entry.key.split("/")))) for entry in entries]
    return _with_unique_keys(found)


def nobodys_remark(left_out: Iterable[str]) -> list[Message]:
    """Say what lies among submissions and was taken for nobody's."""
    names = dict.fromkeys(left_out)
    return [message("class.left-out", files=listed(names))] if names else []


def _named_paths(paths: Sequence[Path], wanted: Wanted, intake: str | None) -> list[Path]:
    """Return what was named, and in the place of a folder of downloads these."""
    # Whoever names the platform says that it is one download.
    return list(paths) if intake else [each for path in paths for each in downloads_in(path, wanted)]


def _entries(listing: Listing, path: Path, wanted: Wanted, intake: str | None, left_out: list[str]) -> list[Entry]:
    source, inside = recognised(_without_others(without_outputs(listing), wanted), intake)
    owned = list(source.owned(inside, wanted))
    groups = _groups(owned, wanted)
    left_out += dict.fromkeys(member.parts[0] for member in groups.pop(NOBODY, ()))
    if intake is not None and not any(owner is not None for owner, _ in owned):
        raise UsageError(message("usage.intake-nothing", path=str(path), intake=intake))
    rows = _rows_in_folder if source is folder.SOURCE else _rows
    return [entry for owner, members in groups.items() for entry in rows(owner, members, wanted)]


def _groups(owned: Sequence[tuple[Owner | None, Member]], wanted: Wanted) -> dict[Owner, list[Member]]:
    """Return the files of each owner, and of what lies beside a platform's names those that are somebody's, too."""
    beside = dict(beside_download([member for owner, member in owned if owner is None], wanted))
    groups: dict[Owner, list[Member]] = {}
    for owner, member in owned:
        if (whose := owner or beside.get(member)) is not None:
            groups.setdefault(whose, []).append(member)
    return groups


def _rows_in_folder(owner: Owner, members: list[Member], wanted: Wanted) -> Iterator[Entry]:
    """Yield the row of a student's folder; one that holds several students' hand-ins is nobody's."""
    inside = Listing(owner.group, members).within(owner.group)
    platform = platform_of_several(inside, wanted) if len(inside.members) > 1 else None
    if platform is None:
        yield from _rows_of_active(owner, members, wanted)
    else:
        problem = message("unreadable.download", platform=platform)
        yield Entry(key=owner.group, file=owner.group.rpartition("/")[2], problem=problem)


def _rows_of_active(owner: Owner, members: list[Member], wanted: Wanted) -> Iterator[Entry]:
    try:
        kept, notes = active_members(members) if len(members) > 1 else (members, ())
    except Unreadable as error:
        person = owner.people[0]
        yield Entry(key=owner.group, file=owner.group, student=person.id, problem=error.message)
        return
    yield from _rows(replace(owner, notes=(*owner.notes, *notes)), kept, wanted)


def _without_others(listing: Listing, wanted: Wanted) -> Listing:
    """Leave out what is handed in for another exercise of the same run."""
    if not wanted.others:
        return listing
    return replace(listing, members=[member for member in listing.members if not _is_for_another(member, wanted)])


def _is_for_another(member: Member, wanted: Wanted) -> bool:
    closest = min(closeness(member.name, other) for other in wanted.others)
    return closest < closeness(member.name, wanted.exercise)


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
    row = partial(
        Entry,
        key=owner.group,
        student=person.id,
        name=person.name,
        attempt=owner.attempt,
        late=owner.late,
        notes=owner.notes,
    )
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
