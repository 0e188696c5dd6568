"""From a row to a submission: reads one hand-in, when it is its turn. A hand-in that cannot be read is no exception."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from graders.intake.choosing import Read, choose, decide, is_answer, listed
from graders.intake.downloads import platform_of_several
from graders.intake.entry import Candidate, Entry, Wanted
from graders.intake.listing import Listing, Member, list_nested
from graders.intake.names import is_archive, language
from graders.intake.stored import InArchive, Stored, read_member, read_stored
from graders.messages import Message, message
from graders.modules import MAX_MODULE_BYTES, Find, nothing_beside
from graders.submission import MAX_NOTEBOOK_BYTES, Submission, Unreadable, decode_submission, reason

MAX_ARCHIVE_BYTES = 32 << 20
"""A student's own archive above this is not read."""

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
    submission = file.submission.with_modules(_in_folder_of(file))
    return submission.replaced(file=name, student=entry.student, notes=(*entry.notes, *notes, *submission.notes))


def _in_folder_of(file: Read) -> Find:
    """Return what finds the student's files by their paths from the folder that a file is in."""
    folder = file.path[: -len(file.name)]
    if not folder or file.find is nothing_beside:
        return file.find
    return lambda name: file.find(folder + name)


def _beside(entry: Entry) -> Find:
    """Return what finds this student's files, and nobody else's, by the paths that the student knows."""
    if not entry.beside:
        return nothing_beside  # known as such: nobody then looks for what the script imports
    stored = {candidate.path: candidate.stored for candidate in entry.beside}
    return lambda path: _read_or_none(stored.get(path), read_stored)


def _read_or_none(stored: Stored | None, read: Callable[[Any, int], bytes]) -> bytes | None:
    try:
        return None if stored is None else read(stored, MAX_MODULE_BYTES)
    except (OSError, ValueError):
        return None  # it is no module then, and the import says so


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
    """Return the likely files, and others that are answers if no likely one is.

    A student may have worked in `Untitled.ipynb`, and left the file that was handed out beside it.
    """
    find = _beside(entry)
    files = _all_read(likely, wanted, find)
    if len(likely) == len(entry.candidates) or any(is_answer(file, wanted) for file in files):
        return files
    others = (candidate for candidate in entry.candidates if not candidate.likely)
    return files + [file for file in _all_read(others, wanted, find) if is_answer(file, wanted)]


def _all_read(candidates: Iterable[Candidate], wanted: Wanted, find: Find) -> list[Read]:
    """Return all files that can be read. Raises Unreadable or OSError with the first reason if there is none."""
    files: list[Read] = []
    problems: list[OSError | ValueError] = []
    for candidate in candidates:
        try:
            files += _files_of(candidate, wanted, find)
        except (OSError, ValueError) as error:
            problems.append(error)
    # A damaged file beside a good one is passed over; alone it is what the student must hear about.
    if not files and problems:
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
    return list(_files_in_archive(candidate, wanted))


def _files_in_archive(archive: Candidate, wanted: Wanted) -> Iterator[Read]:
    packed = read_stored(archive.stored, MAX_ARCHIVE_BYTES)
    members = list_nested(packed)
    if (platform := platform_of_several(Listing(archive.path, members), wanted)) is not None:
        raise Unreadable("unreadable.download", platform=platform)
    chosen = _chosen_in_archive(members, wanted)
    stem = archive.path.rpartition("/")[2]
    packed_files = {f"{stem}/{member.path}": member.stored for member in members}

    def find(path: str) -> bytes | None:
        return _read_or_none(packed_files.get(path), lambda stored, most: read_member(io.BytesIO(packed), stored, most))

    for member in chosen:
        assert isinstance(member.stored, InArchive)
        content = read_member(io.BytesIO(packed), member.stored, MAX_NOTEBOOK_BYTES)
        yield _decoded_file(f"{stem}/{member.path}", content, find)


def _chosen_in_archive(members: Sequence[Member], wanted: Wanted) -> list[Member]:
    """Return what may be the submission. Raises Unreadable. An archive within an archive is not looked into."""
    if not members:
        raise Unreadable("unreadable.archive-empty")
    chosen = [member for member in _likely_members(members, wanted) if not is_archive(member.name) or member.fits]
    if not chosen:
        raise Unreadable("unreadable.archive-others", files=listed(member.path for member in members))
    if chosen[0].problem is not None:
        raise Unreadable("unreadable.member", path=chosen[0].path, problem=chosen[0].problem)
    # Each would be unpacked and decoded: a hostile archive may hold ten thousand of the exercise's name.
    if len(chosen) > _MOST_COMPARED:
        raise Unreadable("unreadable.many-named", count=len(chosen))
    return chosen


def _likely_members(members: Sequence[Member], wanted: Wanted) -> list[Member]:
    try:
        choice = choose(members, wanted)
    except Unreadable as error:
        raise Unreadable("unreadable.archive-others", files=listed(member.path for member in members)) from error
    return choice.likely


def _decoded_file(path: str, content: bytes, find: Find) -> Read:
    return Read(path, decode_submission(path.rpartition("/")[2], content), find)
