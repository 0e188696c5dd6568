"""The instructor's tables: what is read before grading, so that it fails early, and what is written after it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from graders.batch.alike import look_alikes
from graders.batch.finals import GRADEBOOK
from graders.batch.gradebook import CheckGroup, Group, csv_lines, joined_lines
from graders.batch.overview import overview_lines
from graders.batch.rows import Row
from graders.batch.sheets import Sheets
from graders.batch.standing import Absent, GradebookLine, Standing, names_and_ids
from graders.batch.tally import Tally
from graders.batch.to_check import Looks, to_check_lines
from graders.choices import FOLDER
from graders.errors import UsageError
from graders.escaping import clean_line
from graders.exercise.asked import Exercise
from graders.exercise.joint import in_part
from graders.files import refused, write_atomically
from graders.gradebooks import (
    Filled,
    Grade,
    IdAndName,
    Student,
    column_of,
    fill_sheet,
    find_enrolled,
    has_a_column_each,
    late_rule,
    read_deadlines,
    read_marks,
    read_roster,
)
from graders.messages import Lang, Message, message
from graders.outcome import Check, On, Verdict
from graders.reports import yaml
from graders.spelling import spoken

ReadRows = Callable[[], Iterator[Row]]
"""Goes through the rows of a class once more, without holding them."""


class Papers(Struct, frozen=True):
    """The instructor's tables, read."""

    sheets: Sheets
    roster: Sequence[Student]
    sheet: bytes | None
    standing: Standing

    def column(self, number: int) -> str | None:
        """Return the title of the column for an exercise, if the instructor named it."""
        return self.sheets.gradebook_column[number] if self.sheets.gradebook_column else None


def open_papers(sheets: Sheets, exercises: Sequence[Exercise]) -> Papers:
    """Read the instructor's tables. What is wrong with them is better known before an hour of grading than after.

    Raises UsageError.
    """
    roster = read_roster(_read_table(sheets.roster)) if sheets.roster is not None else []
    standing = Standing(
        deadlines=read_deadlines(_read_table(sheets.deadlines)) if sheets.deadlines is not None else None,
        late=late_rule(sheets.late) if sheets.late is not None else None,
        marks=read_marks(_read_table(sheets.adjusted)) if sheets.adjusted is not None else None,
        section=column_of(roster, sheets.section) if sheets.section not in (None, FOLDER) else sheets.section,
    )
    sheet = _read_table(sheets.gradebook) if sheets.gradebook is not None else None
    papers = Papers(sheets, roster, sheet, standing)
    if sheet is not None:
        # Filled with nothing, only to learn now whether its column is found.
        _check_sheet(sheet, papers, exercises)
    return papers


def _check_sheet(sheet: bytes, papers: Papers, exercises: Sequence[Exercise]) -> None:
    columns = [
        fill_gradebook(sheet, (), exercise, papers.column(number)).column for number, exercise in enumerate(exercises)
    ]
    if len(exercises) > 1 and not has_a_column_each(sheet):
        raise UsageError(message("usage.not-several", sheet="gradebook", count=len(exercises)))
    if len(set(columns)) < len(columns):
        raise UsageError(message("usage.same-column", column=max(columns, key=columns.count)))


def _read_table(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise refused("usage.not-read", path, error) from error


class Results(Struct, frozen=True):
    """What a class got for one exercise, and where its tables go; `link`: the ending of the reports to link to."""

    folder: Path
    exercise: Exercise
    rows: ReadRows
    link: str

    def lines(self, standing: Standing) -> Iterator[GradebookLine]:
        """Go through the lines of the gradebook."""
        return standing.lines(self.rows(), self.exercise.name)

    def told_rows(self, standing: Standing) -> Iterator[Row]:
        """Go through the rows as the instructor's tables tell them: with the roster's names, and who was late."""
        return (line.row for line in self.lines(standing))


def write_tables(results: Results, missing: Sequence[Student], standing: Standing, lang: Lang) -> tuple[Tally, int]:
    """Write gradebook, summary, overview and what needs a look, of one exercise; return what came out.

    The number is that of the rows that need a look.
    """
    folder, exercise, rows = results.folder, results.exercise, results.rows
    write_atomically(folder / GRADEBOOK, gradebook_lines(results, missing, standing))
    looks = Looks(look_alikes(rows()), exercise, lang)
    to_check = list(to_check_lines(results.told_rows(standing), looks))
    write_atomically(folder / "to_check.csv", to_check)
    tally = Tally(results.told_rows(standing))
    write_atomically(folder / "summary.yaml", yaml.dump_plain(tally.summary(exercise.name)))
    page = overview_lines(
        tally,
        results.lines(standing),
        missing,
        exercise,
        lang,
        ending=results.link,
        looks=looks.of(results.told_rows(standing)),
        asked=standing.asked,
    )
    write_atomically(folder / "index.html", page)
    return tally, len(to_check) - 1  # without the heading


def gradebook_lines(results: Results, missing: Sequence[Student], standing: Standing) -> Iterator[bytes]:
    """Yield the gradebook of one exercise line by line."""
    exercise = results.exercise
    absent = [standing.absent(student, exercise.name) for student in missing]
    return csv_lines(results.lines(standing), _check_groups(exercise), absent, standing.asked)


def _check_groups(exercise: Exercise) -> list[CheckGroup]:
    """Return the checks by the parts that they belong to."""
    if not exercise.parts:
        return [CheckGroup(_check_ids(step.name for step in exercise.results))]
    return [
        CheckGroup(_check_ids(in_part(part.name, step.name) for step in part.results), part.name)
        for part in exercise.parts
    ]


def _check_ids(results: Iterable[str]) -> list[str]:
    names = list(results)
    return [Check.id_of(name, on) for on in On for name in names]


def write_joined(folder: Path, parts: Sequence[Results], missing: Sequence[Student], standing: Standing) -> None:
    """Write the gradebook of several exercises, each of which has tables of its own in its folder."""
    groups = [
        Group(
            part.exercise.name,
            part.lines(standing),
            part.exercise.max_points,
            partial(standing.absent, exercise=part.exercise.name),
        )
        for part in parts
    ]
    write_atomically(folder / GRADEBOOK, joined_lines(groups, standing.asked, missing))


def find_missing(papers: Papers, parts: Sequence[Results]) -> tuple[Papers, list[Student], list[Message]]:
    """Return who of the roster owns no hand-in, and what there is to say of that and of marks that are nobody's.

    The tables come back with what is now known of who is who.
    """
    owners = _owners(parts)
    enrolled = find_enrolled(papers.roster, owners)
    shared = _names_of_several(owners) | _names_of_several([(student.id, student.name) for student in papers.roster])
    papers = replace(papers, standing=replace(papers.standing, enrolled=enrolled.of, shared=shared))
    known = [*owners, *map(names_and_ids, (*papers.roster, *enrolled.missing))]
    texts = {spoken(text) for each in known for text in each if text}
    nobodys = _about_nobodys(papers.standing, texts, parts)
    said = [*enrolled.said, *nobodys, *_about_untimed(papers.standing, parts)]
    return papers, list(enrolled.missing), said


def _names_of_several(people: Iterable[IdAndName]) -> frozenset[str]:
    count = Counter(spoken(name) for _, name in set(people) if name)
    return frozenset(name for name, students in count.items() if students > 1)


def _about_nobodys(standing: Standing, texts: set[str], parts: Sequence[Results]) -> Iterator[Message]:
    """Say which marks and deadlines are nobody's, or might be another's."""
    marked = {student for student, _ in standing.marks or ()}
    named = standing.deadlines.named if standing.deadlines is not None else set()
    yield from (message("standing.shared", who=who) for who in sorted((marked | named) & standing.shared))
    yield from (message("marks.nobody", who=who) for who in sorted(marked - texts - standing.shared))
    if left := named - texts - standing.shared:
        sections = {spoken(line.section) for part in parts for line in part.lines(standing)}
        yield from (message("deadlines.nobody", who=who) for who in sorted(left - sections))


def _about_untimed(standing: Standing, parts: Sequence[Results]) -> Iterator[Message]:
    """Say how many hand-ins no deadline can touch, since nothing says when they came."""
    if standing.deadlines is not None:
        lines = [line for part in parts for line in part.lines(standing)]
        if untimed := sum(line.is_untimed for line in lines):
            yield message("deadlines.untimed", count=untimed, all=len(lines))


def fill_papers(folder: Path, papers: Papers, parts: Sequence[Results], missing: Sequence[Student]) -> list[Message]:
    """Write the instructor's filled sheet and return what there is to say about it."""
    sheet, target = papers.sheet, papers.sheets.place_of_sheet(folder)
    if sheet is None or target is None:
        return []
    notes: list[Message] = []
    columns: list[str] = []
    for number, part in enumerate(parts):
        counting = list(part.lines(papers.standing))
        absent = _absent_from(part, parts, missing, papers.standing)
        filled = fill_gradebook(sheet, counting, part.exercise, papers.column(number), absent)
        sheet = filled.sheet  # each exercise fills its own column of what the one before has left
        columns.append(clean_line(filled.column, 60))
        notes += [*filled.notes, *_about_rest(filled, counting)]
    write_atomically(target, sheet)
    return [message("sheet.saved-as", path=str(target), columns=", ".join(columns)), *notes]


def _absent_from(
    part: Results, parts: Sequence[Results], missing: Sequence[Student], standing: Standing
) -> list[Absent]:
    """Return who did not hand in one of the exercises: a mark by hand counts for them, too."""
    students = list(missing)
    if standing.marks is not None:
        own = {(row.student, row.name) for row in part.rows()}
        students += [Student(owner[0] or "", owner[1]) for owner in _owners(parts) if owner not in own]
    return [standing.absent(student, part.exercise.name) for student in students]


def _about_rest(filled: Filled, counting: Iterable[GradebookLine]) -> Iterator[Message]:
    """Say whose grade is not in the sheet."""
    for grade in filled.unmatched:
        yield message("sheet.not-there", who=grade.student or grade.name or "?")
    for line in counting:
        # A hand mark has settled the others; what was not graded has a line of its own at the end of the run.
        if line.final is None and line.row.verdict is Verdict.UNREADABLE:
            yield message("sheet.unreadable", who=_called(line.row), reason=line.row.note or "")


def _called(row: Row) -> str:
    return row.name or row.student or row.file


def fill_gradebook(
    content: bytes,
    lines: Iterable[GradebookLine],
    exercise: Exercise,
    column: str | None,
    absent: Iterable[Absent] = (),
) -> Filled:
    """Fill an exported gradebook with what counts; what has no grade yet leaves its cell as it is."""
    grades = [
        Grade(line.row.student, line.row.name, line.final, line.row.max, line.why or line.row.note, tuple(line.ids))
        for line in lines
        if line.final is not None
    ]
    grades += [
        Grade(
            each.student.id or None,
            each.student.name,
            each.adjusted,
            exercise.max_points,
            each.why or None,
            tuple(names_and_ids(each.student)),
        )
        for each in absent
        if each.adjusted is not None
    ]
    return fill_sheet(content, grades, (*exercise.title.values(), exercise.name), column)


def _owners(parts: Sequence[Results]) -> list[IdAndName]:
    """Return the id and the name of each hand-in's owner; of several exercises each student once."""
    owners = [(row.student, row.name) for part in parts for row in part.rows()]
    return owners if len(parts) == 1 else list(dict.fromkeys(owners))
