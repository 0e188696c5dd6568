"""Files that lie in no student's folder: whose they are by their names, and which of them nobody has handed in."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graders.intake.entry import NOBODY, Owner, Person, Wanted
from graders.intake.listing import Member
from graders.intake.names import Closeness, closeness, is_archive, is_no_code, names_exercise, without_exercise
from graders.intake.peeking import is_untouched
from graders.intake.versions import without_version
from graders.spelling import folded

# Names of what lies beside submissions and is nobody's, unless it is named like the exercise.
_NO_WORK = re.compile(
    r"\.(?:eml|msg|html?|url|lnk|webloc|mbox|ics)$"
    r"|\b(?:index|e-?mails?|rubrics?|notes?|grades?|grading|roster|attendance|syllabus|instructions?|assignment)\b"
    r"|^(?:readme|license|makefile|requirements)(?:\.txt)?$"
    r"|评分|名单|说明",
    re.IGNORECASE,
)

# Folders and files beside students' that are the instructor's.
_INSTRUCTORS_WORK = frozenset(
    "solution solutions starter template handout reference musterlösung lösung corrigé 参考答案 答案 模板".split()
)

_INSTRUCTORS_WORDS = re.compile("|".join(sorted(_INSTRUCTORS_WORK)), re.IGNORECASE)

# What a course calls its files: a name of nothing else names no person. A number alone is a student's.
_COURSES_WORD = (
    "homework|hw|assignment|exercises?|ex|lab|task|problem|project|question|week|unit|lesson|lecture|code|main|script"
    "|untitled|start(?:er)?|template|skeleton|todo|copy|aufgabe|übung|uebung|blatt|abgabe|vorlage|devoir|exercice|tp"
    "|tarea|práctica|practica|ejercicio|作业|实验|练习|任务|代码|模板|副本|第|次"
)
_OF_THE_COURSE = re.compile(rf"(?=.*(?:{_COURSES_WORD}|\0))(?:{_COURSES_WORD}|\0|\d{{1,4}}|[\W_])+", re.DOTALL)
# So many files that name nobody are looked into; more of them are a class whose names say nothing.
_MOST_LOOKED_INTO = 20

# What is cut from a file's name to get at the student's: not any suffix, since `j.doe` is a user name.
_ENDINGS = frozenset("py pyw ipynb qmd rmd zip txt json pdf doc docx odt rtf html rar 7z png jpg".split())
# No digit: what counts copies or days is no person.
_SIGNED = re.compile(r".+ - (?P<who>[^\d.]+)\.\w+$")
_BROWSERS_COUNTER = re.compile(r" ?\(\d{1,3}\)(?=(?:\.\w+)*$)")


def loose_owners(members: Sequence[Member], wanted: Wanted) -> dict[str, Owner]:
    """Return the owners of files by their paths. What bears the same person's name is one hand-in.

    So are `ann - backprop.py` and a notebook of hers, versions (`ann_v2`, `ann_final`), and a file that only a
    browser's counter tells from another.
    """
    names = {member.name for member in members}
    whose = _signed_people(names, wanted)
    people = {member.path: whose.get(member.name) or _person(member, wanted, names) for member in members}
    # `hw3.py` and `hw3 (1).py` may be two students': a hand-in of several files needs somebody's name.
    joined = {path: person if person and _names_person(person, wanted) else path for path, person in people.items()}
    first: dict[str, str] = {}
    for path, name in joined.items():
        # The plainest name of all is the hand-in's.
        first[name] = min(first.get(name, path), path, key=lambda each: (len(each), each))
    return {path: Owner(group=first[joined[path]], people=(Person(person),)) for path, person in people.items()}


def _person(member: Member, wanted: Wanted, beside: set[str]) -> str | None:
    uncounted = _BROWSERS_COUNTER.sub("", member.name)
    counted = _person_in(uncounted, wanted) if uncounted != member.name and uncounted in beside else None
    return counted or _person_in(member.name, wanted)


def _person_in(name: str, wanted: Wanted) -> str | None:
    """Return what the name of a file says beside the exercise's, the version and endings: its student's id or name."""
    stem = name
    while (cut := stem.rpartition("."))[0] and cut[2].lower() in _ENDINGS:
        stem = cut[0]
    return without_exercise(without_version(stem), wanted.exercise)


def _signed_people(names: set[str], wanted: Wanted) -> dict[str, str]:
    """Return who stands behind names, where somebody does behind all: `backprop - Bo Roe.py`, as Forms writes it."""
    signed = {name: match["who"].strip() for name in names if (match := _SIGNED.match(name))}
    # `Bo Roe - backprop.py` says that people stand before.
    named = {
        name: names_exercise(name.rpartition(" - ")[0], wanted.exercise)
        for name in signed
        if names_exercise(name, wanted.exercise)
    }
    if len(signed) < len(names) or not named or not all(named.values()):
        return {}
    # Where the file is the exercise's, what is left of its name says more.
    return {name: signed[name] for name in signed.keys() - named.keys()}


def are_signed(members: Sequence[Member]) -> bool:
    """Tell whether each file bears another person's name, as Google Forms adds the sender's: `backprop - Bo Roe.py`."""
    signed = [_SIGNED.match(member.name) for member in members]
    return len(members) > 1 and len({match["who"].casefold() for match in signed if match}) == len(members)


def is_handed_in(member: Member, wanted: Wanted) -> bool:
    """Tell whether a file beside submissions may be one, if of a wrong kind, and not the instructor's."""
    name = member.name.lower()
    if member.fits or is_archive(name):
        return True
    if is_no_code(name):
        return False
    return names_exercise(name, wanted.exercise) or not _NO_WORK.search(name)


def is_beside(name: str) -> bool:
    """Tell whether a file is called like what lies beside submissions."""
    return _NO_WORK.search(name) is not None


def is_instructors(member: Member, wanted: Wanted) -> bool:
    """Tell whether a file, or the folder it is in, is called like a solution or a template."""
    # Asked of every file of a class: hardly any has such a word, and to find the student in a name takes longer.
    if not _INSTRUCTORS_WORDS.search(member.path):
        return False
    first, *below = member.parts
    return ((first if below else _person_in(first, wanted)) or "").lower() in _INSTRUCTORS_WORK


def beside_download(members: Iterable[Member], wanted: Wanted) -> Iterator[tuple[Member, Owner]]:
    """Yield whose what lies beside a platform's names is: handed in by mail, say, it counts under its own name."""
    handed_in = [member for member in members if is_handed_in(member, wanted)]
    owners = loose_owners(handed_in, wanted)
    nobodys = templates([(owners[member.path], member) for member in handed_in], wanted, among_others=True)
    for member in handed_in:
        is_nobodys = member in nobodys or is_instructors(member, wanted)
        yield member, (NOBODY if is_nobodys else owners[member.path])


def templates(found: Sequence[tuple[Owner, Member]], wanted: Wanted, *, among_others: bool = False) -> list[Member]:
    """Return the files that students get, untouched, where they lie among students' own and bear nobody's name.

    Under a person's name, or in that person's folder, they are the person's hand-in; alone they are somebody's.
    """
    named = {owner.group for owner, _ in found if _names_person(owner.people[0].id, wanted)}
    groups = _scripts_by_group(found, named)
    if not (named or among_others):
        # Nobody is named at all: only what still has the very name it was handed out with is known to be that.
        groups = _as_handed_out(groups, wanted)
    same = _untouched(groups, wanted)
    members = [member for owner, member in found if owner.group in same]
    return members if among_others or len(members) < len(found) else []


def _scripts_by_group(found: Iterable[tuple[Owner, Member]], named: set[str]) -> dict[str, list[Member]]:
    groups: dict[str, list[Member]] = {}
    for owner, member in found:
        if owner.group not in named and member.fits:
            groups.setdefault(owner.group, []).append(member)
    return groups


def _untouched(groups: Mapping[str, Sequence[Member]], wanted: Wanted) -> list[str]:
    if len(groups) > _MOST_LOOKED_INTO:
        return []
    return [group for group, files in groups.items() if all(is_untouched(file, wanted) for file in files)]


def _as_handed_out(groups: Mapping[str, list[Member]], wanted: Wanted) -> dict[str, list[Member]]:
    def has_its_name(file: Member) -> bool:
        return closeness(file.path, wanted.exercise) is Closeness.EXACT

    return {group: files for group, files in groups.items() if all(map(has_its_name, files))}


def _names_person(text: str | None, wanted: Wanted) -> bool:
    """Tell whether a text that should name a student says more than what a course calls its own files."""
    if text is None:
        return False
    plain = folded(text)
    for name in (*wanted.titles, wanted.exercise.casefold()):  # a title may begin with the name
        plain = plain.replace(name, "\0")
    return _OF_THE_COURSE.fullmatch(plain) is None
