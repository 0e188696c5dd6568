"""A folder of files, each a submission, or of folders, each a student's (a clone, a download, at any depth)."""

import re
from collections.abc import Iterator, Set
from functools import partial

from msgspec.structs import replace

from graders.intake.entry import NOBODY, Owner, Person, Source, Wanted, most
from graders.intake.listing import Listing, Member
from graders.intake.names import (
    COURSE_FOLDERS,
    TIME_FOLDER,
    Closeness,
    closeness,
    is_archive,
    may_be_code,
    without_exercise,
)
from graders.intake.peeking import are_one_s, is_untouched, is_work

# Files beside submissions that nobody hands in.
_INSTRUCTORS = (".csv", ".tsv", ".xlsx", ".json", ".yaml", ".yml", ".toml", ".md", ".log", ".lock", ".ini", ".cfg")

_INSTRUCTORS_NAMES = {"readme", "license", "makefile", "readme.txt", "requirements.txt"}

# Names of what lies beside submissions and is nobody's, unless it is named like the exercise.
_NO_WORK = re.compile(
    r"\.(?:eml|msg|html?|url|lnk|webloc|mbox|ics)$"
    r"|\b(?:index|e-?mails?|rubrics?|notes?|grades?|grading|roster|attendance|syllabus|instructions?|assignment)\b"
    r"|评分|名单|说明",
    re.IGNORECASE,
)

# Folders and files beside students' that are the instructor's.
_INSTRUCTORS_WORK = frozenset(
    "solution solutions starter template handout reference musterlösung lösung corrigé 参考答案 答案 模板".split()
)

_INSTRUCTORS_WORDS = re.compile("|".join(sorted(_INSTRUCTORS_WORK)), re.IGNORECASE)

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

# What is cut from a file's name to get at the student's: not any suffix, since `j.doe` is a user name.
_ENDINGS = frozenset("py pyw ipynb qmd rmd zip txt json pdf doc docx odt rtf html rar 7z png jpg".split())
# No digit: what counts copies or days is no person.
_SIGNED = re.compile(r".+ - (?P<who>[^\d.]+)\.\w+$")
_BROWSERS_COUNTER = re.compile(r" ?\(\d{1,3}\)(?=(?:\.\w+)*$)")


def flat_owner(member: Member, wanted: Wanted, beside: Set[str] = frozenset()) -> Owner:
    """Return the owner of a file that stands for itself: its name without the exercise's.

    A file that only a browser's counter tells from one `beside` it is that student's, too.
    """
    uncounted = _BROWSERS_COUNTER.sub("", member.path)
    if uncounted != member.path and uncounted in beside and _student(uncounted, wanted):
        return Owner(group=uncounted, people=(Person(_student(uncounted, wanted)),))
    return Owner(group=member.path, people=(Person(_student(member.name, wanted)),))


def _student(name: str, wanted: Wanted) -> str | None:
    stem = name
    while (cut := stem.rpartition("."))[0] and cut[2].lower() in _ENDINGS:
        stem = cut[0]
    return without_exercise(stem, wanted.exercise)


def is_handed_in(member: Member, wanted: Wanted) -> bool:
    """Tell whether a file beside submissions may be one, if of a wrong kind, and not the instructor's."""
    name = member.name.lower()
    if member.fits or is_archive(name):
        return True
    if name.endswith(_INSTRUCTORS) or name in _INSTRUCTORS_NAMES:
        return False
    return _names_exercise(name, wanted) or not _NO_WORK.search(name)


def _names_exercise(name: str, wanted: Wanted) -> bool:
    return closeness(name, wanted.exercise) is not Closeness.OTHER


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
    depth = _depth(own.members, wanted)
    flat = {member.name for member in _scripts_on_top(own)}
    all_named = most(flat, lambda name: _names_exercise(name, wanted))
    whose = partial(
        _whose, wanted=wanted, flat=flat, depth=depth, all_named=all_named, signed=_has_people_behind(flat, wanted)
    )
    found = [(whose(member), member) for member in own.members]
    nobodys = _untouched([member for owner, member in found if owner not in (None, NOBODY)], wanted)
    for owner, member in found:
        if owner is not None:
            yield (NOBODY if member in nobodys else owner), member
    yield from ((NOBODY, member) for member in instructors)


def _whose(
    member: Member, wanted: Wanted, flat: Set[str], depth: int, *, all_named: bool, signed: bool
) -> Owner | None:
    """Return whose a file is; None if nobody would take it for a hand-in."""
    parts = member.parts
    if len(parts) > 1:
        return _folder_owner(parts[: min(depth, len(parts) - 1)])
    if _stands_for_itself(member, wanted, all_named=all_named):
        return (_signed_owner(member, wanted) if signed else None) or flat_owner(member, wanted, flat)
    return NOBODY if is_handed_in(member, wanted) else None


def _has_people_behind(names: Set[str], wanted: Wanted) -> bool:
    """Tell whether each file has a person's name behind its own, which `backprop - Bo Roe.py` tells of all of them."""
    if not names or not all(map(_SIGNED.match, names)):
        return False
    # `Bo Roe - backprop.py` says that people stand before.
    named = [name for name in names if _names_exercise(name, wanted)]
    return bool(named) and all(_names_exercise(name.rpartition(" - ")[0], wanted) for name in named)


def _signed_owner(member: Member, wanted: Wanted) -> Owner | None:
    """Return the owner by the name behind; where the file is the exercise's, what is left of its name says more."""
    match = _SIGNED.match(member.path)
    if match is None or _names_exercise(member.name, wanted):
        return None
    return Owner(group=member.path, people=(Person(match["who"]),))


def _untouched(members: list[Member], wanted: Wanted) -> list[Member]:
    """Return the files that students get, where they lie among students' own; alone they are somebody's hand-in."""
    same = [member for member in members if len(member.parts) == 1 and is_untouched(member, wanted)]
    return same if len(same) < len(members) else []


def _without_instructors(listing: Listing, wanted: Wanted) -> tuple[Listing, list[Member]]:
    """Return the listing without folders and files that are called as the instructor's are, and these."""
    own: list[Member] = []
    instructors: list[Member] = []
    for member in listing.members:
        (instructors if _is_instructors(member, wanted) else own).append(member)
    # A student's only folder or file may be called `solution`.
    if not any(len(member.parts) > 1 or is_handed_in(member, wanted) for member in own):
        return listing, []
    return replace(listing, members=own), instructors


def _is_instructors(member: Member, wanted: Wanted) -> bool:
    # Asked of every file of a class: hardly any has such a word, and to find the student in a name takes longer.
    if not _INSTRUCTORS_WORDS.search(member.path):
        return False
    first, *below = member.parts
    return ((first if below else _student(first, wanted)) or "").lower() in _INSTRUCTORS_WORK


def _scripts_on_top(listing: Listing) -> list[Member]:
    return [member for member in listing.members if len(member.parts) == 1 and member.fits]


def _stands_for_itself(member: Member, wanted: Wanted, *, all_named: bool) -> bool:
    """Tell whether a file that lies in no folder is a hand-in.

    Where the files carry the exercise's name (`all_named`), one of another kind that does not is nobody's.
    """
    if member.fits:
        return True
    if is_handed_in(member, wanted) and (not all_named or _names_exercise(member.name, wanted)):
        return True
    return may_be_code(member.name) and not _is_beside(member.name) and is_work(member, wanted)


def _is_beside(name: str) -> bool:
    return name.lower() in _INSTRUCTORS_NAMES or _NO_WORK.search(name) is not None


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
        direct = _scripts_on_top(inside)
        if not _are_signed(direct) and _is_one_hand_in([closeness(member.name, wanted.exercise) for member in direct]):
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


def _are_signed(members: list[Member]) -> bool:
    """Tell whether each file bears another person's name, as Google Forms adds the sender's: `backprop - Bo Roe.py`."""
    signed = [_SIGNED.match(member.name) for member in members]
    return len(members) > 1 and len({match["who"].casefold() for match in signed if match}) == len(members)


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
        if not member.fits or closeness(member.name, wanted.exercise) is Closeness.OTHER:
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
