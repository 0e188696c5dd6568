"""A folder of files, each a submission, or of folders, each a student's (a clone, a download, at any depth)."""

from collections.abc import Iterator

from graders.intake.entry import Owner, Person, Source, Wanted
from graders.intake.listing import Listing, Member
from graders.intake.names import COURSE_FOLDERS, Closeness, closeness, is_archive, without_exercise

_INSTRUCTORS = (".csv", ".tsv", ".xlsx", ".json", ".yaml", ".yml", ".toml", ".md", ".log", ".lock", ".ini", ".cfg")
"""Files beside submissions that nobody hands in."""

_INSTRUCTORS_NAMES = {"readme", "license", "makefile", "readme.txt", "requirements.txt"}


def flat_owner(member: Member, wanted: Wanted) -> Owner:
    """Return the owner of a file that stands for itself: its name without the exercise's."""
    stem = member.name
    while (cut := stem.rpartition("."))[0] and cut[2].lower() in ("py", "ipynb", "zip", "txt", "json"):
        stem = cut[0]
    return Owner(group=member.path, people=(Person(without_exercise(stem, wanted.exercise)),))


def is_handed_in(member: Member) -> bool:
    """Tell whether a file beside submissions may be one, if of a wrong kind, and not the instructor's."""
    name = member.name.lower()
    return member.fits or is_archive(name) or not (name.endswith(_INSTRUCTORS) or name in _INSTRUCTORS_NAMES)


def _owned(listing: Listing, wanted: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    listing = _unwrapped(listing, wanted)
    if any(_is_home(member, wanted, folders=2) for member in listing.members):
        yield from ((_folder_owner((listing.name,)), member) for member in listing.members)
        return
    depth = _depth(listing.members, wanted)
    ours = _reports(listing.members)
    for member in listing.members:
        parts = member.parts
        if parts[0] in ours:
            continue
        if len(parts) > 1:
            yield _folder_owner(parts[: min(depth, len(parts) - 1)]), member
        elif is_handed_in(member):
            yield flat_owner(member, wanted), member


def _folder_owner(folders: tuple[str, ...]) -> Owner:
    return Owner(group="/".join(folders), people=(Person(folders[-1]),))


def _is_home(member: Member, wanted: Wanted, folders: int | None = None) -> bool:
    """Tell whether a file lies where the course keeps the exercise, in a repository that many folders up."""
    parts = member.parts
    return parts[-3:-1] == ("exercises", wanted.exercise) and member.fits and folders in (None, len(parts) - 1)


def _unwrapped(listing: Listing, wanted: Wanted) -> Listing:
    """Step into a folder that holds all the others and is not a student's own."""
    while inside := listing.inside():
        direct = [member for member in inside.members if len(member.parts) == 1 and member.fits]
        if _is_one_hand_in([closeness(member.name, wanted.exercise) for member in direct]):
            return listing
        if direct:
            return inside
        tops = inside.tops()
        if len(tops) == 1:
            listing = inside
            continue
        return listing if COURSE_FOLDERS & {top.lower() for top in tops} else inside
    return listing


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
        if len(set().union(*several)) * 2 <= sum(map(len, several)) and len(several) > 1:
            return depth
    return 5


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


def _reports(members: list[Member]) -> set[str]:
    """Return folders that are a batch's own output."""
    paths = {member.path for member in members if member.name in ("cases.json", "gradebook.csv")}
    return {path.split("/")[0] for path in paths if path.count("/") == 1 and _both(path.split("/")[0], paths)}


def _both(folder: str, paths: set[str]) -> bool:
    return {f"{folder}/cases.json", f"{folder}/gradebook.csv"} <= paths


SOURCE = Source("folder", lambda _: True, _owned)
