"""From a row to a submission: reads one hand-in, when it is its turn. A hand-in that cannot be read is no exception."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from graders.intake.answers import Read, with_answers
from graders.intake.choosing import Choice, choose, decide, listed
from graders.intake.downloads import platform_of_several
from graders.intake.entry import Candidate, Entry, Wanted
from graders.intake.listing import Listing, Member, list_nested
from graders.intake.names import is_archive, language
from graders.intake.stored import read_member, read_or_none, read_stored
from graders.messages import Message, message
from graders.modules import MAX_MODULE_BYTES, Find, nothing_beside
from graders.submission import MAX_NOTEBOOK_BYTES, Submission, Unreadable, decode_submission, reason

MAX_ARCHIVE_BYTES = 32 << 20
"""A student's own archive above this is not read."""

# A zip within a zip is what some systems and students make of a folder; each further one would be held in memory, too.
_DEEPEST = 3

# More files of the exercise's name than this are not compared.
_MOST_COMPARED = 8


def read_entry(entry: Entry, wanted: Wanted) -> Submission:
    """Read and decode a hand-in. Never raises: what is wrong is in `unreadable`."""
    if entry.problem is not None:
        return _unreadable(entry, entry.problem)
    try:
        file, notes = _counting_file(entry, wanted)
    except (OSError, ValueError) as error:
        return _unreadable(entry, reason(error))
    name = file.path if ".zip/" in file.path.lower() else file.name
    submission = file.submission.with_modules(file.find_beside())
    return submission.replaced(file=name, student=entry.student, notes=(*entry.notes, *notes, *submission.notes))


def _beside(entry: Entry) -> Find:
    """Return what finds this student's files, and nobody else's, by the paths that the student knows."""
    if not entry.beside:
        return nothing_beside  # known as such: nobody then looks for what the script imports
    stored = {candidate.path: candidate.stored for candidate in entry.beside}
    return lambda path: read_or_none(stored.get(path), MAX_MODULE_BYTES)


def _unreadable(entry: Entry, problem: Message) -> Submission:
    return Submission(file=entry.file, sha256=None, cells=(), student=entry.student, unreadable=problem)


def _counting_file(entry: Entry, wanted: Wanted) -> tuple[Read, list[Message]]:
    """Return the file that counts, and what else was there. Raises Unreadable or OSError with the reason why none."""
    # Most hand-ins are one file, and there is nothing to compare.
    if len(entry.candidates) == 1 and not _is_packed(entry.candidates[0].path):
        only = entry.candidates[0]
        return _decoded_file(only.path, read_stored(only.stored, MAX_NOTEBOOK_BYTES), _beside(entry)), []
    likely = [candidate for candidate in entry.candidates if candidate.likely]
    chosen, rest = decide(_compared_files(entry, likely, wanted), wanted)
    if not rest:
        return chosen, []
    over = listed(file.path for file in rest)
    return chosen, [message("passed-over", graded=listed([chosen.path]), others=over)]


def _compared_files(entry: Entry, likely: Sequence[Candidate], wanted: Wanted) -> list[Read]:
    """Return the likely files, and others where those are no answers."""
    find = _beside(entry)
    others = (candidate for candidate in entry.candidates if not candidate.likely)
    return with_answers(_all_read(likely, wanted, find), lambda: _all_read(others, wanted, find, needed=False), wanted)


def _all_read(candidates: Iterable[Candidate], wanted: Wanted, find: Find, *, needed: bool = True) -> list[Read]:
    """Return all files that can be read. Raises Unreadable or OSError with the first reason if one is `needed`."""
    files: list[Read] = []
    problems: list[OSError | ValueError] = []
    for candidate in candidates:
        try:
            files += _files_of(candidate, wanted, find)
        except (OSError, ValueError) as error:
            problems.append(error)
    # A damaged file beside a good one is passed over; alone it is what the student must hear about.
    if needed and problems and not files:
        raise problems[0]
    if len(files) > _MOST_COMPARED:
        raise Unreadable("unreadable.many-named", count=len(files))
    return files


def _is_packed(path: str) -> bool:
    return is_archive(path) and language(path) is None


def _files_of(candidate: Candidate, wanted: Wanted, find: Find) -> Sequence[Read]:
    """Return a file, or what may be the submission in a student's own archive."""
    if not _is_packed(candidate.path):
        return [_decoded_file(candidate.path, read_stored(candidate.stored, MAX_NOTEBOOK_BYTES), find)]
    packed = read_stored(candidate.stored, MAX_ARCHIVE_BYTES)
    return _files_in_archive(candidate.path.rpartition("/")[2], packed, wanted)


def _files_in_archive(name: str, packed: bytes, wanted: Wanted, depth: int = 1) -> list[Read]:
    """Return what may be the submission in an archive, and in an archive within it. Raises Unreadable or OSError."""
    members = list_nested(packed)
    if (platform := platform_of_several(Listing(name, members), wanted)) is not None:
        raise Unreadable("unreadable.download", platform=platform)
    packed_files = {f"{name}/{member.path}": member.stored for member in members}

    def read(stored: Any, most: int) -> bytes:
        return read_member(io.BytesIO(packed), stored, most)

    def find(path: str) -> bytes | None:
        return read_or_none(packed_files.get(path), MAX_MODULE_BYTES, read)

    def decoded(member: Member) -> Read:
        return _decoded_file(f"{name}/{member.path}", read(member.stored, MAX_NOTEBOOK_BYTES), find)

    choice = _choice_in_archive(members, wanted)
    scripts = [member for member in choice.likely if not _is_packed(member.path)]
    inner = _only_inner(choice.likely) if depth < _DEEPEST else None
    _check_chosen(scripts or list(filter(None, [inner])), members)

    def within() -> list[Read]:
        if inner is None:
            return []
        content = read(inner.stored, MAX_ARCHIVE_BYTES)
        return _files_in_archive(f"{name}/{inner.path}", content, wanted, depth + 1)

    if not scripts:
        return within()
    looks = [partial(map, decoded, [member]) for member in choice.others[:_MOST_COMPARED]]
    return with_answers(list(map(decoded, scripts)), lambda: _readable_ones([*looks, within]), wanted)


def _readable_ones(looks: Iterable[Callable[[], Iterable[Read]]]) -> Iterator[Read]:
    """Yield unlikely files; what is wrong with one of them is nothing to hear about, since a likely one can be read."""
    for look in looks:
        try:
            yield from look()
        except (OSError, ValueError):
            continue


def _only_inner(members: Sequence[Member]) -> Member | None:
    """Return the only archive among an archive's files; of several each would be unpacked into memory."""
    archives = [member for member in members if _is_packed(member.path)]
    return archives[0] if len(archives) == 1 else None


def _choice_in_archive(members: Sequence[Member], wanted: Wanted) -> Choice:
    if not members:
        raise Unreadable("unreadable.archive-empty")
    try:
        return choose(members, wanted)
    except Unreadable as error:
        if wanted.file is not None:
            raise
        raise Unreadable("unreadable.archive-others", files=listed(member.path for member in members)) from error


def _check_chosen(chosen: Sequence[Member], members: Sequence[Member]) -> None:
    """Raise Unreadable if nothing in an archive can be the submission, or too much may be."""
    if not chosen:
        raise Unreadable("unreadable.archive-others", files=listed(member.path for member in members))
    if chosen[0].problem is not None:
        raise Unreadable("unreadable.member", path=chosen[0].path, problem=chosen[0].problem)
    # Each would be unpacked and decoded: a hostile archive may hold ten thousand of the exercise's name.
    if len(chosen) > _MOST_COMPARED:
        raise Unreadable("unreadable.many-named", count=len(chosen))


def _decoded_file(path: str, content: bytes, find: Find) -> Read:
    return Read(path, decode_submission(path.rpartition("/")[2], content), find)
