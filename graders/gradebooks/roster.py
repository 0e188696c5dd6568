"""The instructor's list of students: ids and, where it has them, names."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graders.errors import UsageError
from graders.gradebooks.sheet import Sheet, folded

_WHAT = "roster"
_IDS = (
    *("id", "student id", "student_id", "studentid", "sid", "user id", "userid", "username", "user name", "login"),
    *("login id", "sis user id", "sis login id", "id number", "matriculation number", "matrikelnummer"),
    *("学号", "學號", "学生学号", "编号", "學生證號", "学籍番号", "number", "no."),
    *("github username", "github_username", "identifier", "email", "email address", "e-mail", "邮箱"),
)
"""Headers of a column of ids, the most telling first."""

_NAMES = (
    *("name", "full name", "fullname", "student name", "student_name", "student", "names"),
    *("姓名", "名字", "学生姓名", "氏名", "学生", "學生"),
)
_FIRST_NAMES = ("first name", "firstname", "first_name", "given name", "vorname", "名")
_LAST_NAMES = ("last name", "lastname", "last_name", "surname", "family name", "nachname", "姓")
_SHORTEST_PART = 3
"""A part of a file's name shorter than this is nobody's id."""


@dataclass(frozen=True, slots=True)
class Student:
    """A student who is expected to hand in."""

    id: str
    name: str | None = None


def read_roster(content: bytes) -> list[Student]:
    """Return the students in the order of the list. Raises UsageError if it is none.

    Without a known header, the first column are ids and the second, if there is one, names.
    """
    sheet = Sheet(content, _WHAT)
    header = [folded(title) for title in sheet.texts(0)]
    id_column = _first(header, _IDS)
    name_columns = _name_columns(header)
    if id_column is None and name_columns:
        id_column, name_columns = name_columns[0], name_columns[1:]
    rows = range(0 if id_column is None else 1, len(sheet))
    if id_column is None:
        id_column, name_columns = 0, [1]
    students: dict[str, Student] = {}
    for row in rows:
        name = " ".join(filter(None, (sheet.text(row, column).strip() for column in name_columns)))
        if number := sheet.text(row, id_column).strip():
            students.setdefault(folded(number), Student(number, name or None))
    if not students:
        raise UsageError(f"{_WHAT}: it has no students; it needs a column of ids, with a header such as id or 学号")
    return list(students.values())


def missing_students(roster: Sequence[Student], owners: Iterable[tuple[str | None, str | None]]) -> list[Student]:
    """Return who of the roster owns nothing, given the ids and names of those who do.

    A folder or file named after a student often carries more than the id (`张三_2023001`): a part of it is enough. A
    name that two students of the roster have tells nothing.
    """
    seen: set[str] = set()
    for text in (text for owner in owners for text in owner if text):
        parts = re.split(r"[\W_]+", folded(text))
        seen |= {
            folded(text),
            bare(text),
            *(part for part in parts if len(part) >= _SHORTEST_PART or not part.isascii()),
        }
    count = Counter(name for student in roster for name in _names(student))
    return [
        student
        for student in roster
        if folded(student.id) not in seen and not any(name in seen and count[name] == 1 for name in _names(student))
    ]


def _names(student: Student) -> set[str]:
    parts = re.split(r"[,\s]+", student.name or "")
    return {bare("".join(parts)), bare("".join(reversed(parts)))} - {""}


def bare(name: str) -> str:
    """Return a name's letters and digits, without case."""
    return "".join(filter(str.isalnum, folded(name)))


def _name_columns(header: list[str]) -> list[int]:
    whole = _first(header, _NAMES)
    if whole is not None:
        return [whole]
    return [index for index in (_first(header, _FIRST_NAMES), _first(header, _LAST_NAMES)) if index is not None]


def _first(header: list[str], names: Iterable[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)
