"""A folder of files, each a submission, or of folders, each a student's (a clone, a download, at any depth)."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from graders.intake.entry import NOBODY, Owner, Person, Source, Wanted, most
from graders.intake.listing import Listing, Member
from graders.intake.loose import (
    are_signed,
    is_beside,
    is_handed_in,
    is_instructors,
    loose_owners,
    templates,
)
from graders.intake.names import COURSE_FOLDERS, Closeness, closeness, may_be_code, names_exercise
from graders.intake.peeking import are_one_s, is_work
from graders.intake.versions import TIME_FOLDER

# Folders that a platform or a student makes for each phase of the work: nobody is called so.
_PHASE = re.compile(
    r"(?:\d+[_ -])?(?:tasks?|submissions?|submitted|abgaben?|attempts?|versuche?|try|feedback|returned|reviews?"
    rf"|revisions?|solutions?|version|v)[_ -]?\d*$|第\d+次(?:提交)?$|{TIME_FOLDER.pattern}",
    re.IGNORECASE,
)
# What else is a number within each of several folders: an attempt, as Submitty and Web-CAT count them, or a student.
_NUMBER = re.compile(r"[1-9]\d?$")
_MOST_ATTEMPTS = 3
_SECTION = re.compile(r"section|group|team|class|lab|tutor|gruppe|kurs|grupo|groupe|班|组|[a-z]?\d*$", re.IGNORECASE)

# What a platform keeps beside the folder of what was handed in.
_COLLECTED = re.compile(r"submissions?|submitted|abgaben", re.IGNORECASE)


def _owners_by_folder(listing: Listing, wanted: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    listing = _unwrapped(listing, wanted)
    if _is_one_student_s(listing, wanted):
        yield from ((_folder_owner((listing.name,)), member) for member in listing.members)
    else:
        yield from _owners_in_class(listing, wanted)


def _is_one_student_s(listing: Listing, wanted: Wanted) -> bool:
    """Tell whether all is one student's: a clone of the course, or a script on top with what it imports."""
    if any(_is_home(member, wanted, folders=2) for member in listing.members):
        return True
    return bool(_scripts_on_top(listing)) and are_one_s(listing.members, wanted)


def _owners_in_class(listing: Listing, wanted: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    own, instructors = _without_instructors(listing, wanted)
    whose = _owners_by_name(own, wanted)
    found = [(owner, member) for owner, member in whose if owner is not None]
    nobodys = set(templates(found, wanted))
    yield from ((NOBODY if member in nobodys else owner, member) for owner, member in found)
    yield from ((NOBODY, member) for owner, member in whose if owner is None and is_handed_in(member, wanted))
    yield from ((NOBODY, member) for member in instructors)


def _owners_by_name(own: Listing, wanted: Wanted) -> list[tuple[Owner | None, Member]]:
    """Return whose each file is; None if nobody would take it for a hand-in."""
    depth = _depth(own.members, wanted)
    scripts = _scripts_on_top(own)
    all_named = most((member.name for member in scripts), lambda name: names_exercise(name, wanted.exercise))
    loose = [member for member in own.members if _stands_for_itself(member, wanted, all_named=all_named)]
    owners = loose_owners(loose, wanted)
    return [(owners.get(member.path) or _owner_by_folder(member, depth), member) for member in own.members]


def _without_instructors(listing: Listing, wanted: Wanted) -> tuple[Listing, list[Member]]:
    """Return the listing without folders and files that are called as the instructor's are, and these."""
    own: list[Member] = []
    instructors: list[Member] = []
    for member in listing.members:
        (instructors if is_instructors(member, wanted) else own).append(member)
    # A student's only folder or file may be called `solution`.
    if not any(len(member.parts) > 1 or is_handed_in(member, wanted) for member in own):
        return listing, []
    return replace(listing, members=own), instructors


def _scripts_on_top(listing: Listing) -> list[Member]:
    return [member for member in listing.members if len(member.parts) == 1 and member.fits]


def _stands_for_itself(member: Member, wanted: Wanted, *, all_named: bool) -> bool:
    """Tell whether a file that lies in no folder is a hand-in.

    Where the files carry the exercise's name (`all_named`), one of another kind that does not is nobody's.
    """
    if len(member.parts) > 1:
        return False
    if member.fits:
        return True
    if is_handed_in(member, wanted) and (not all_named or names_exercise(member.name, wanted.exercise)):
        return True
    return may_be_code(member.name) and not is_beside(member.name) and is_work(member, wanted)


def _owner_by_folder(member: Member, depth: int) -> Owner | None:
    folders = member.parts[:-1]
    return _folder_owner(folders[:depth]) if folders else None


def _folder_owner(folders: tuple[str, ...]) -> Owner:
    return Owner(group="/".join(folders), people=(Person(folders[-1]),))


def _is_home(member: Member, wanted: Wanted, folders: int | None = None) -> bool:
    """Tell whether a file lies where the course keeps the exercise, in a repository that many folders up."""
    parts = member.parts
    return parts[-3:-1] == ("exercises", wanted.exercise) and member.fits and folders in (None, len(parts) - 1)


def _unwrapped(listing: Listing, wanted: Wanted) -> Listing:
    """Step into a folder that holds all the others and is not a student's own."""
    listing = _collected(listing)
    while inside := listing.inside():
        inside = _collected(inside)
        direct = _scripts_on_top(inside)
        if not are_signed(direct) and _is_one_hand_in([closeness(member.name, wanted.exercise) for member in direct]):
            return listing
        if direct:
            return inside
        tops = inside.tops()
        if len(tops) > 1:
            # Folders such as `tests` beside others make it one student's repository; else they are students'.
            return listing if COURSE_FOLDERS & {top.lower() for top in tops} else inside
        listing = inside
    return listing


def _collected(listing: Listing) -> Listing:
    """Return the folder of what was handed in, where a platform's others beside it hold no script."""
    named = list(filter(_COLLECTED.fullmatch, listing.tops()))
    handed_in = [member for member in listing.members if member.parts[0] in named]
    others = [member for member in listing.members if member.parts[0] not in named]
    holds_work = any(len(member.parts) < 2 or member.fits for member in others)
    return replace(listing, members=handed_in) if len(named) == 1 and not holds_work else listing


def _is_one_hand_in(names: list[Closeness]) -> bool:
    """Tell whether files beside each other are one student's: one is the exercise's, or all such are copies of it."""
    named = [name for name in names if name < Closeness.OTHER]
    return len(names) == 1 or len(named) == 1 or (Closeness.EXACT in named and Closeness.CONTAINS not in named)


def _depth(members: list[Member], wanted: Wanted) -> int:
    """Return how many folders lead to a student's: 1, or more if those hold students' folders (sections of a class).

    Half of the folders must hold several that have the exercise, and those must not be called the same everywhere, as
    in clones of one repository.
    """
    for depth in range(1, 5):
        children = _children(members, depth, wanted)
        several = [names for names in children.values() if len(names) > 1]
        if not several or len(several) * 2 < len(children):
            return depth
        names = set().union(*children.values())
        if all(map(_PHASE.match, names)) or _are_attempts(children):
            return depth
        if len(set().union(*several)) * 2 <= sum(map(len, several)) and len(several) > 1:
            return depth
    return 5


def _are_attempts(children: dict[tuple[str, ...], set[str]]) -> bool:
    """Tell whether numbered folders are somebody's attempts: many have one, and hardly anybody many."""
    if not all(map(_NUMBER.match, set().union(*children.values()))) or any(_SECTION.match(top[-1]) for top in children):
        return False
    return any(names <= {"1"} for names in children.values()) or max(map(len, children.values())) <= _MOST_ATTEMPTS


def _children(members: list[Member], depth: int, wanted: Wanted) -> dict[tuple[str, ...], set[str]]:
    """Return the folders of this depth that have the exercise, and in which folders inside; none if at the top."""
    children: dict[tuple[str, ...], set[str]] = {}
    own = set()
    for member in members:
        folders = member.parts[:-1]
        if not member.fits or not names_exercise(member.name, wanted.exercise):
            continue
        if _is_home(member, wanted):
            folders = folders[:-2]
        elif COURSE_FOLDERS & {folder.lower() for folder in folders}:
            continue
        if len(folders) > depth:
            children.setdefault(folders[:depth], set()).add(folders[depth])
        elif len(folders) == depth:
            own.add(folders)
    return {**children, **{folder: set() for folder in own}}


SOURCE = Source("folder", lambda _: True, _owners_by_folder)
