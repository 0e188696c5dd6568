"""From a row to a submission: reads one hand-in, when it is its turn. A hand-in that cannot be read is no exception."""

import io

from msgspec.structs import replace

from graders.intake.choosing import choose, listed
from graders.intake.entry import Candidate, Entry, Wanted, unix
from graders.intake.listing import Member, list_nested
from graders.intake.names import is_archive, language
from graders.intake.stored import InArchive, read_member, read_stored
from graders.messages import Message
from graders.submission import MAX_BYTES, Submission, Unreadable, decode_submission, reason

MAX_ARCHIVE_BYTES = 32 << 20
"""A student's own archive above this is not read."""

_MANY = 8
"""More files of the exercise's name than this are not compared."""

_Read = tuple[str, bytes]
"""A file's path and bytes."""


def read_entry(entry: Entry, wanted: Wanted) -> Submission:
    """Read and decode a hand-in. Never raises: what is wrong is in `unreadable`."""
    if entry.problem is not None:
        return _unreadable(entry, entry.problem)
    try:
        file, content = _content(entry, wanted)
    except (OSError, ValueError) as error:
        return _unreadable(entry, reason(error))
    submission = decode_submission(_plain(file), content, student=entry.student)
    return replace(submission, file=file, notes=(*entry.notes, *submission.notes))


def _unreadable(entry: Entry, problem: Message) -> Submission:
    return Submission(file=entry.file, sha256=None, cells=(), student=entry.student, unreadable=problem)


def _plain(file: str) -> str:
    """Return a name that ends in what the file is, where a browser or Colab appended to it."""
    return f"submission{language(file) or '.py'}"


def _content(entry: Entry, wanted: Wanted) -> _Read:
    """Return the hand-in's file name and bytes. Raises Unreadable or OSError with the reason why not."""
    first = entry.candidates[0]
    if is_archive(first.path) and language(first.path) is None:
        return _nested(first, wanted)
    if len(entry.candidates) == 1:
        return entry.file, read_stored(first.stored, MAX_BYTES)
    _check_count(entry.candidates)
    return _filled_in([(each.path, read_stored(each.stored, MAX_BYTES)) for each in entry.candidates], wanted)


def _nested(archive: Candidate, wanted: Wanted) -> _Read:
    """Return the fitting file of a student's own archive."""
    packed = read_stored(archive.stored, MAX_ARCHIVE_BYTES)
    members = list_nested(packed)
    if not any(member.fits for member in members):
        if not members:
            raise Unreadable("unreadable.archive-empty")
        raise Unreadable("unreadable.archive-others", files=listed(members))
    chosen = choose(members, wanted)
    if chosen[0].problem is not None:
        raise Unreadable("unreadable.member", path=chosen[0].path, problem=chosen[0].problem)
    _check_count(chosen)
    stem = archive.path.rpartition("/")[2]
    return _filled_in([(f"{stem}/{member.path}", _inner(packed, member)) for member in chosen], wanted)


def _inner(packed: bytes, member: Member) -> bytes:
    assert isinstance(member.stored, InArchive)
    return read_member(io.BytesIO(packed), member.stored, MAX_BYTES)


def _check_count(candidates: tuple[Candidate, ...] | list[Member]) -> None:
    if len(candidates) > _MANY:
        raise Unreadable("unreadable.many-named", count=len(candidates))


def _filled_in(files: list[_Read], wanted: Wanted) -> _Read:
    """Return the only file that is not as it was given to students, or any where all are the same."""
    touched = [file for file in files if unix(file[1]) not in wanted.untouched] or files[:1]
    if len({content for _, content in touched}) > 1:
        raise Unreadable("unreadable.several-named", files=", ".join(path for path, _ in touched))
    path, content = touched[0]
    return path.rpartition("/")[2] if ".zip/" not in path.lower() else path, content
