"""Which of a student's files is the submission. What cannot be told is said, not guessed."""

from collections.abc import Sequence

from graders.escaping import cut
from graders.intake.entry import Wanted
from graders.intake.listing import Member
from graders.intake.names import COURSE_FOLDERS, Closeness, closeness, is_archive, language
from graders.messages import Message, message
from graders.submission import Unreadable

_NAMED_AT_MOST = 5


def choose(members: Sequence[Member], wanted: Wanted) -> list[Member]:
    """Return the file, or the few equally likely ones, scripts first. Raises Unreadable with the reason why none."""
    fitting = [member for member in members if member.fits]
    if not fitting:
        return [_archive(members)]
    closest = min(_closeness(member, wanted) for member in fitting)
    chosen = [member for member in fitting if _closeness(member, wanted) == closest]
    if closest is Closeness.OTHER and len(chosen) > 1:
        raise Unreadable("unreadable.several", files=listed(chosen))
    return sorted(_readable(_students_own(chosen, wanted)), key=lambda member: language(member.name) != ".py")


def passed_over(members: Sequence[Member], chosen: Sequence[Member], wanted: Wanted) -> list[Member]:
    """Return files that are named like copies of the exercise's and were not chosen."""
    if any(_closeness(member, wanted) > Closeness.COPY for member in chosen):
        return []
    copies = [member for member in members if member.fits and _closeness(member, wanted) is Closeness.COPY]
    return [member for member in copies if member not in chosen]


def listed(members: Sequence[Member]) -> str | Message:
    """Return the files' paths for a message."""
    named = ", ".join(cut(member.path, 80) for member in members[:_NAMED_AT_MOST])
    more = len(members) - _NAMED_AT_MOST
    return message("listed-more", named=named, count=more) if more > 0 else named


def _closeness(member: Member, wanted: Wanted) -> Closeness:
    return closeness(member.name, wanted.exercise)


def _archive(members: Sequence[Member]) -> Member:
    """Return the student's only archive. Raises Unreadable if there is none, or more."""
    archives = [member for member in members if is_archive(member.name)]
    if len(archives) == 1:
        return archives[0]
    if archives:
        raise Unreadable("unreadable.archives", files=listed(archives))
    if all(member.folder for member in members):
        known = next((member.problem for member in members if member.problem), message("unreadable.no-file"))
        raise Unreadable(known.key, **dict(known.values))
    raise Unreadable("unreadable.others", files=listed(members))


def _students_own(members: Sequence[Member], wanted: Wanted) -> Sequence[Member]:
    """Prefer the place where the course keeps the exercise, and places that are not the course's or old ones."""
    if len(members) < 2:
        return members
    home = [member for member in members if member.path.split("/")[-3:-1] == ["exercises", wanted.exercise]]
    if home:
        return home
    own = [member for member in members if not COURSE_FOLDERS & {part.lower() for part in member.parts[:-1]}]
    return own or members


def _readable(members: Sequence[Member]) -> list[Member]:
    """Leave out links and the like, unless there is nothing else."""
    return [member for member in members if member.problem is None] or list(members[:1])
