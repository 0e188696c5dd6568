"""The instructor's list of students, in whatever columns.

What a heading, a title, a total or Canvas's test student says is no student.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from graders.errors import UsageError
from graders.gradebooks.sheet import Sheet, first_titled, in_utf8
from graders.messages import message
from graders.spelling import folded

_ROSTER = "roster"
# Headers of a column of ids, the most telling first.
_IDS = (
    *("id", "student id", "student_id", "studentid", "sid", "user id", "userid", "username", "user name", "login"),
    *("login id", "sis user id", "sis login id", "id number", "matriculation number", "matrikelnummer", "matrikelnr."),
    *(
        "学号",
        "學號",
        "学生学号",
        "编号",
        "学生證號",
        "学籍番号",
        "number",
        "no.",
        "registration_number",
        "identifiant",
    ),
    *("matricule", "matrícula", "orgdefinedid", "código", "numéro", "matricola"),
    *("github username", "github_username", "identifier", "email", "email address", "e-mail", "邮箱"),
)

_NAMES = (
    *("full name", "fullname", "student name", "student_name", "name", "student", "names", "nom complet"),
    *("vollständiger name", "nombre completo", "nome completo", "volledige naam", "display name", "полное имя", "全名"),
    *("nachname, vorname", "name, vorname", "last name, first name", "surname, forename", "apellidos, nombre"),
    *("姓名", "名字", "学生姓名", "氏名", "学生", "學生"),
)
_FIRST_NAMES = (
    "first name",
    "firstname",
    "first_name",
    "forename",
    "forenames",
    "given name",
    "vorname",
    "voornaam",
    "prénom",
    "nombre",
    "nome",
    "名",
)
_LAST_NAMES = (
    "last name",
    "lastname",
    "last_name",
    "surname",
    "family name",
    "nachname",
    "achternaam",
    "cognome",
    "nom",
    "apellidos",
    "姓",
)
_KNOWN_HEADINGS = frozenset({*_IDS, *_NAMES, *_FIRST_NAMES, *_LAST_NAMES})
# Headings of other systems, such as `Student e-mail-id` or `Registration number (old)`, by how they begin.
_HEADING = r"(?:first|last|family|given|student|full|registration|matri)[\w .-]*(?:name|number|id|nr)\b|e-?mail[^@]*$"
_ROLES = ("role", "roles", "course role", "rolle", "rollen", "rol", "roles del curso", "rôle", "rôles", "角色", "身份")
# A teaching assistant who studies, too, is listed as `Student` where that is meant.
_TEACHES = (
    r"^(?:ta|ca|tutor(?:in)?|grader|owner|designer|reader|observer|guest)$"
    r"|instructor|teacher|teaching|lecturer|professor|course builder|dozent|lehrende|trainer|profesor|enseignant"
    r"|教师|老师|助教|教員"
)
# What Canvas's gradebook has among its students; instructors use it as a roster.
_NOBODY = {"points possible", "student, test", "test student", "manual posting", "muted"}
_TOTAL = r"(?:total|sum|summe|gesamt|anzahl|count|average|mean|students|合计|总计|平均|人数)[:：]?\s*\d*$"
# A university's forms put the course, the term and the lecturer above the headings, in fewer rows than this.
_MOST_TITLES = 15

# A text shorter than this is nobody's id.
SHORTEST_ID = 3

# The titles promise no ids, and names must do.
_NO_COLUMN = -1


class Student(Struct, frozen=True):
    """A student who is expected to hand in; `row`: all their cells, each with its column's title.

    `ids`: what only they have.
    """

    id: str
    name: str | None = None
    row: tuple[tuple[str, str], ...] = ()
    ids: tuple[str, ...] = ()

    def cell(self, column: str) -> str:
        """Return what stands in the column of this title; empty if nothing does."""
        return next((text for title, text in self.row if title == column), "")

    def known_by(self, column: str) -> "Student":
        """Return the student by the id that stands in the column of this title, unless it is too short."""
        own = self.cell(column)
        if len(own) < SHORTEST_ID or own == self.name:
            return self
        # In a list of names alone these stood for ids.
        named = [text for title, text in self.row if title in _NAMES and text == self.id]
        return replace(self, id=own, name=self.name or next(iter(named), None))


def read_roster(content: bytes) -> list[Student]:
    """Return the students in the order of the list. Raises UsageError if there is none.

    Without a known header, the first column are ids and the second, if there is one, names.
    """
    sheet = Sheet(in_utf8(content), _ROSTER)
    # Brightspace puts a number sign before ids, so that spreadsheets leave their zeros.
    texts = [[text.strip().removeprefix("#").strip() for text in sheet.texts(row)] for row in range(len(sheet))]
    header = _header_row(texts)
    titles = [folded(title) for title in texts[header]] if header is not None else []
    below = texts if header is None else texts[header + 1 :]
    id_column, name_columns = _promised_columns(titles)
    students: dict[str, Student] = {}
    for cells in _students(titles, _people(below)):
        student = _student_in(cells, titles, id_column, name_columns)
        # Who is listed twice, as in two sections of a class, is one student.
        students.setdefault(folded(student.id), student)
    if not students:
        raise UsageError(message("usage.roster"))
    return _with_ids(list(students.values()))


def column_of(roster: Sequence[Student], where: str) -> str:
    """Return the title of a column, as students' rows have it. Raises UsageError if the roster has no such column."""
    titles = list(dict.fromkeys(title for student in roster for title, _ in student.row))
    if folded(where) not in titles:
        raise UsageError(message("usage.section", found=where, columns=", ".join(map(repr, titles)) or "–"))
    return folded(where)


def _with_ids(students: Sequence[Student]) -> list[Student]:
    # A row's number, or a group's, is nobody's id.
    cells = [{text for _, text in student.row if len(text) >= SHORTEST_ID} for student in students]
    known = nobody_elses([set(map(folded, own)) for own in cells])
    ids = [sorted(text for text in own if folded(text) in known) for own in cells]
    return [replace(student, ids=tuple(texts)) for student, texts in zip(students, ids, strict=True)]


def nobody_elses(spelled: Sequence[set[str]]) -> dict[str, int]:
    """Return whose each text is, of those that are one student's only."""
    count = Counter(text for each in spelled for text in each)
    return {text: index for index, each in enumerate(spelled) for text in each if count[text] == 1}


def _student_in(cells: Sequence[str], titles: Sequence[str], id_column: int, name_columns: Sequence[int]) -> Student:
    name = " ".join(filter(None, (cells[column] for column in name_columns if column < len(cells))))
    row = tuple((titles[at] if at < len(titles) else "", text) for at, text in enumerate(cells))
    return Student(_id_in(cells, id_column, name), name or None, row)


def _id_in(cells: Sequence[str], id_column: int, name: str) -> str:
    """Return by what a student is known: an id; the name where nobody has one; else whatever stands first.

    Who has enrolled late has no account yet, but is missed like everybody else.
    """
    own = cells[id_column] if 0 <= id_column < len(cells) else ""
    # Not what stands first: two without an id may have the same first name.
    return own or name or next(filter(None, cells))


def _header_row(texts: Sequence[Sequence[str]]) -> int | None:
    """Return the row of headings: the first with known titles, or with digits below and none in it."""
    width = max((sum(map(bool, row)) for row in texts), default=0)
    for index, row in enumerate(texts[:_MOST_TITLES]):
        if _has_headings(row, width) or _is_above_digits(row, texts[index + 1 :], width):
            return index
    return None


def _has_headings(row: Sequence[str], width: int) -> bool:
    """Tell whether a row has a known heading and fills most of the list's width, as a title above it does not."""
    titles = [folded(text) for text in row if text]
    known = any(title in _KNOWN_HEADINGS or re.match(_HEADING, title) for title in titles)
    return known and len(titles) * 2 > width


def _is_above_digits(row: Sequence[str], below: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether a full row has a cell without digits above cells that all have some: a heading, in any language."""
    # A list of one column would lose its first student to a name above ids.
    if not sum(map(bool, row)) == width > 1:
        return False
    return any(_only_others_have_digits(title, column, below) for column, title in enumerate(row))


def _only_others_have_digits(title: str, column: int, below: Sequence[Sequence[str]]) -> bool:
    cells = [cells[column] for cells in below if column < len(cells) and cells[column]]
    return bool(cells) and not re.search(r"\d", title) and all(re.search(r"\d", cell) for cell in cells)


def _people(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield the rows that are students'."""
    for cells in rows:
        filled = [folded(cell) for cell in cells if cell]
        is_total = bool(filled) and re.match(_TOTAL, filled[0]) is not None
        if filled and not _NOBODY & set(filled[:2]) and not is_total:
            yield cells


def _students(titles: Sequence[str], people: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Leave out who teaches: lists of a platform's members say of everybody what they are."""
    column = first_titled(titles, _ROLES)
    for cells in people:
        if column is None or column >= len(cells) or not re.search(_TEACHES, folded(cells[column])):
            yield cells


def _promised_columns(titles: Sequence[str]) -> tuple[int, list[int]]:
    """Return the column of ids that the titles promise, and those of names."""
    id_column = first_titled(titles, _IDS)
    names = _name_columns(titles)
    if id_column is not None:
        return id_column, names
    if len(names) > 1:
        return _NO_COLUMN, names
    # A single column of names is what students are known by; without any headings ids stand first, names second.
    return (names[0], []) if names else (0, [1])


def _name_columns(titles: Sequence[str]) -> list[int]:
    found = (first_titled(titles, _FIRST_NAMES), first_titled(titles, _LAST_NAMES))
    parts = [column for column in found if column is not None]
    whole = first_titled(titles, _NAMES)
    if whole is None:
        return parts
    # `Vorname, Name`: beside one half of a name the word for names means the other half.
    return [*parts, whole] if len(parts) == 1 else [whole]
