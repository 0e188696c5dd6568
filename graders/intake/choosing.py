"""Which of a student's files is the submission. What cannot be told is said, not guessed.

By names first: what may be it, likely files before others. Then, where there are several, by what stands in them: a
file that another one imports is a helper, files that nobody filled in fall out, then those that fill in fewer results;
of the rest the last one by name counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatch
from posixpath import commonpath

from msgspec import Struct

from graders.escaping import cut
from graders.intake.answers import Read, without_helpers
from graders.intake.content import Content, content_of
from graders.intake.entry import Wanted
from graders.intake.listing import Member
from graders.intake.names import (
    COURSE_FOLDERS,
    Closeness,
    closeness,
    is_archive,
    language,
    may_be_code,
    names_exercise,
)
from graders.intake.versions import Version, folder_version, versions
from graders.messages import Message, message
from graders.submission import Unreadable

# A message names so many files; a repository may have hundreds.
_LISTED_AT_MOST = 5

# So many archives of a student are looked into.
_MOST_BESIDE = 8

Rank = tuple[bool, int, Version, int, int]


class Choice(Struct, frozen=True):
    """Files that may be the submission: the `likely` ones, scripts first, and others to look at if those are none."""

    likely: list[Member]
    others: list[Member]


def choose(members: Sequence[Member], wanted: Wanted) -> Choice:
    """Return what may be the submission, by names. Raises Unreadable with the reason why nothing is."""
    if wanted.file is not None:
        return Choice(_by_pattern(members, wanted.file), [])
    scripts = list(filter(_promises_code, members)) or _perhaps_code(members, wanted)
    own = _students_own(scripts)
    fitting = [member for member in own if not _is_packed_only(member)]
    if not fitting:
        return Choice(_archives(own, members), [])
    likely = _likely(scripts, own, fitting, wanted)
    others = [member for member in fitting if member not in likely]
    return Choice(sorted(likely, key=lambda member: language(member.name) != ".py"), _without_problems(others))


def _likely(scripts: Sequence[Member], own: Sequence[Member], fitting: list[Member], wanted: Wanted) -> list[Member]:
    """Return the files where the course keeps the exercise, else those called like it, else all; and the archives."""
    # In a clone of the course `exercises/` is where students work; anywhere else it holds copies of the course's.
    home = _at_home(scripts, wanted)
    if home:
        return _readable(home)
    # What is in an archive beside them may be the later work: it is compared with the others by its content.
    packed = [member for member in own if member not in fitting]
    return _readable([*(_named(fitting, wanted) or fitting), *packed])


def _named(members: Iterable[Member], wanted: Wanted) -> list[Member]:
    """Return the files that are called like the exercise, more or less."""
    return [member for member in members if names_exercise(member.name, wanted.exercise)]


def _at_home(members: Iterable[Member], wanted: Wanted) -> list[Member]:
    """Return the files where the course's repository keeps the exercise; they are the ones that were worked on."""
    return [
        member for member in _named(members, wanted) if member.path.split("/")[-3:-1] == ["exercises", wanted.exercise]
    ]


def _promises_code(member: Member) -> bool:
    return member.fits or is_archive(member.name)


def _is_packed_only(member: Member) -> bool:
    return is_archive(member.name) and not member.fits


def listed(paths: Iterable[str]) -> str | Message:
    """Return files' paths for a message."""
    shown = [cut(path, 80) for path in paths]
    named, more = ", ".join(shown[:_LISTED_AT_MOST]), len(shown) - _LISTED_AT_MOST
    return message("listed-more", named=named, count=more) if more > 0 else named


def decide(files: Sequence[Read], wanted: Wanted) -> tuple[Read, list[Read]]:
    """Return the file that counts, and the others that look like an answer. Raises Unreadable where nothing tells."""
    readable = _readable_files(files)
    contents = {file: content_of(file.submission, wanted.handed) for file in readable}
    own = without_helpers(readable, contents)
    different = _different(_worked_on(own, contents), contents, wanted)
    complete = _most_complete(different, contents)
    ranks = _ranks(complete, wanted)
    last = max(complete, key=lambda file: ranks[file])
    # Rivals only among the complete: a file that fills in fewer results is an earlier state, whatever its name.
    if rivals := [file for file in complete if file is not last and _is_rival(file, last, ranks)]:
        raise _undecided(last, rivals, wanted)
    attempts = [] if names_exercise(last.name, wanted.exercise) else _attempts(own, contents, wanted)
    return last, [file for file in {**dict.fromkeys(different), **dict.fromkeys(attempts)} if file is not last]


def _attempts(files: Iterable[Read], contents: dict[Read, Content], wanted: Wanted) -> list[Read]:
    """Return the files of the exercise's name that somebody worked on, whatever results they set."""
    return [file for file in files if contents[file].is_touched and names_exercise(file.name, wanted.exercise)]


def _readable_files(files: Sequence[Read]) -> list[Read]:
    """Return the files that can be read; if there is none, the first, which says why."""
    return [file for file in files if file.submission.unreadable is None] or list(files[:1])


def _worked_on(files: list[Read], contents: dict[Read, Content]) -> list[Read]:
    """Return the files that somebody filled in; if there is none, the first: the template is then the submission."""
    touched = [file for file in files if contents[file].is_touched] or files[:1]
    # Where no file fills in a result by its name, there may be names of the student's own.
    return [file for file in touched if contents[file].filled] or touched


def _most_complete(files: Sequence[Read], contents: dict[Read, Content]) -> list[Read]:
    most = max(len(contents[file].filled) for file in files)
    return [file for file in files if len(contents[file].filled) == most]


def _undecided(last: Read, rivals: Sequence[Read], wanted: Wanted) -> Unreadable:
    """Say between which files nothing decides: those of the exercise's name, or any."""
    named = names_exercise(last.name, wanted.exercise)
    paths = sorted(file.path for file in (last, *rivals))
    return Unreadable("unreadable.several-named" if named else "unreadable.several", files=listed(paths))


def _different(files: Sequence[Read], contents: dict[Read, Content], wanted: Wanted) -> list[Read]:
    """Leave one of the files that say the same: the one whose name is the exercise's, or the first."""
    kept: dict[object, Read] = {}
    for file in sorted(files, key=lambda file: closeness(file.name, wanted.exercise)):
        kept.setdefault(contents[file].lines or file, file)
    return [file for file in files if file in kept.values()]


def _ranks(files: Sequence[Read], wanted: Wanted) -> dict[Read, Rank]:
    """Return how late each file is: of the exercise's name or not, by its folder, by its own name."""
    # Only folders that tell the files apart: the student's own may be called `12`.
    shared = commonpath([file.path.rpartition("/")[0] for file in files])
    # How a day is to be read, the names tell together.
    written = versions([file.name_with_zip for file in files], wanted.exercise)
    ranks = {}
    for file, (later, day) in zip(files, written, strict=True):
        close = closeness(file.name, wanted.exercise)
        place = folder_version(file.path.removeprefix(shared))
        ranks[file] = (close is not Closeness.OTHER, place, later, -close, day)
    return ranks


def _is_rival(file: Read, last: Read, ranks: Mapping[Read, Rank]) -> bool:
    """Tell whether nothing says which of two files is the later one. A script is no version of a notebook."""
    rank, last_rank = ranks[file], ranks[last]
    # Of the same attempt, or of none: a later attempt may well be a notebook where the one before was a script.
    same_kind = rank[:2] == last_rank[:2]
    return rank == last_rank or (same_kind and language(file.name) != language(last.name))


def _by_pattern(members: Sequence[Member], pattern: str) -> list[Member]:
    """Return the files that the caller's pattern names. Raises Unreadable if there is none."""
    found = [member for member in members if fnmatch(member.name, pattern) or fnmatch(member.path, pattern)]
    # A zip counts as its files: the pattern may be meant for one of these.
    if not (found := found or list(filter(_is_packed_only, members))):
        raise Unreadable("unreadable.not-named", pattern=pattern, files=listed(member.path for member in members))
    return _readable(found)


def _perhaps_code(members: Sequence[Member], wanted: Wanted) -> list[Member]:
    """Return files without a script's ending that may be one: the exercise's, else any."""
    perhaps = [member for member in _without_problems(members) if may_be_code(member.name)]
    return _named(perhaps, wanted) or perhaps


def _archives(own: Sequence[Member], members: Sequence[Member]) -> list[Member]:
    """Return the student's archives, which count as their files. Raises Unreadable if there is none, or too many."""
    archives = [member for member in own if is_archive(member.name)]
    if not archives:
        raise _nothing_to_read(members)
    # Each would be read: a hostile folder may hold thousands.
    if len(archives) > _MOST_BESIDE:
        raise Unreadable("unreadable.archives", files=listed(member.path for member in archives))
    return _readable(archives)


def _nothing_to_read(members: Sequence[Member]) -> Unreadable:
    if not all(member.folder for member in members):
        return Unreadable("unreadable.others", files=listed(member.path for member in members))
    # Folders alone are here for what is wrong with them, as being empty.
    known = next((member.problem for member in members if member.problem), message("unreadable.no-file"))
    return Unreadable(known.key, **dict(known.values))


def _students_own(members: Sequence[Member]) -> Sequence[Member]:
    """Leave out places that are the course's, or old ones, and links and the like, unless there is nothing else."""
    if len(members) < 2:
        return members
    own = [member for member in members if not COURSE_FOLDERS & {part.lower() for part in member.parts[:-1]}]
    return own or members


def _readable(members: Sequence[Member]) -> list[Member]:
    """Leave out links and the like, unless there is nothing else."""
    return _without_problems(members) or list(members[:1])


def _without_problems(members: Iterable[Member]) -> list[Member]:
    return [member for member in members if member.problem is None]
