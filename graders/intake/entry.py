"""Records of intake: what is looked for, whose a file is, and one row of a batch."""

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from graders.exercise.asked import Exercise
from graders.intake.content import Handed, handed_out
from graders.intake.listing import Listing, Member
from graders.intake.stored import Stored
from graders.messages import Message
from graders.spelling import folded

_CLAUSE = re.compile("[,:，：]")


class Wanted(Struct, frozen=True):
    """What a submission to an exercise may look like.

    `exercise`: its name, which is also the stem of the files students get. `handed`: what stands in those files; a
    student who has filled in one of them has often kept the other as it was. `file`: a pattern, such as `*_final.py`,
    for the files that count, whatever else is there. `others`: exercises that are graded besides; what is called like
    one of them, and not like this one, is handed in for that one. `titles`: what people call the exercise.
    """

    exercise: str
    handed: Handed = Handed()
    file: str | None = None
    others: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


def wanted_by(exercise: Exercise, file: str | None = None, others: Iterable[str] = ()) -> Wanted:
    """Return what is looked for in submissions to an exercise."""
    # `Backpropagation, one update of a network`: behind the first mark nobody goes on.
    titles = tuple(folded(_CLAUSE.split(title)[0]) for title in exercise.title.values())
    return Wanted(exercise.name, handed_out(exercise), file, tuple(others), titles)


class Person(Struct, frozen=True):
    """A student as a learning platform names them."""

    id: str | None
    name: str | None = None


class Owner(Struct, frozen=True, kw_only=True):
    """Whose a file is, and in which hand-in. Files of one `group` (also the start of the row's key) belong together.

    `notes`: what the report has to say of that.
    """

    group: str
    people: tuple[Person, ...] = (Person(None),)
    attempt: int | str | None = None
    late: bool = False
    notes: tuple[Message, ...] = ()


NOBODY = Owner(group="", people=())
"""Owns what looks like a hand-in and is none: the instructor's solution, the template."""


class Source(Struct, frozen=True):
    """A place submissions come from: how it is recognised, and how it names owners (None: not one of its names)."""

    name: str
    recognises: Callable[[Listing], bool]
    owned: Callable[[Listing, Wanted], Iterator[tuple[Owner | None, Member]]]


def most(names: Iterable[str], looks_right: Callable[[str], object]) -> bool:
    """Tell whether at least half of the names look right, and at least one."""
    verdicts = [bool(looks_right(name)) for name in names]
    return any(verdicts) and sum(verdicts) * 2 >= len(verdicts)


ReadName = Callable[[re.Match[str]], tuple[Owner, str, str]]
"""Gives the owner that a name tells, the file's own name (empty where it is a folder's), and one where none is left."""


def named_by(pattern: re.Pattern[str]) -> Callable[[Listing], bool]:
    """Return what recognises a source that names owners in the first part of each path."""
    return lambda listing: most(listing.tops(), pattern.match)


def owned_by_name(listing: Listing, pattern: re.Pattern[str], read: ReadName) -> Iterator[tuple[Owner | None, Member]]:
    """Yield the members with the owner that the first part of each path names."""
    for member in listing.members:
        match = pattern.match(member.parts[0])
        if match is None:
            yield None, member
            continue
        owner, file, otherwise = read(match)
        yield owner, replace(member, path="/".join(filter(None, (file, *member.parts[1:]))) or otherwise)


def source_by_name(name: str, pattern: re.Pattern[str], read: ReadName) -> Source:
    """Return a source that names owners in the first part of each path, whatever else there is."""
    return Source(name, named_by(pattern), lambda listing, _: owned_by_name(listing, pattern, read))


class Candidate(Struct, frozen=True):
    """A file that may be the submission; one that is not `likely` is only looked at if no likely one is an answer."""

    path: str
    stored: Stored
    likely: bool


class Entry(Struct, frozen=True, kw_only=True):
    """One row of a batch: a hand-in of a student, whatever it is.

    `key`: unique in the batch, stable, a relative POSIX path safe to be used as a file's name. `file`: the file's own
    name. `attempt`: orders several hand-ins of a student; None where there is one. `problem`: why there is nothing to
    read. `candidates`: usually one; of several the right one is found by their content. `beside`: all scripts of this
    student's, which a submission may import. `notes`: sentences for the report.
    """

    key: str
    file: str
    student: str | None = None
    name: str | None = None
    attempt: int | str | None = None
    late: bool = False
    problem: Message | None = None
    candidates: tuple[Candidate, ...] = ()
    beside: tuple[Candidate, ...] = ()
    notes: tuple[Message, ...] = ()
