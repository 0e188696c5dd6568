"""Which row of a sheet is whose: by id first, by name only if that is unique."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from graders.gradebooks.sheet import Grade, Sheet
from graders.messages import Message, message
from graders.spelling import bare, folded

# Stands in an index for text that several rows have: a shared name must find nobody rather than the first of two.
_AMBIGUOUS = -1


class Rows:
    """The students' rows of a sheet, found by what stands in their columns of ids and names."""

    def __init__(
        self,
        sheet: Sheet,
        rows: range,
        *,
        ids: Iterable[int],
        names: Sequence[int],
        spelled: Mapping[int, Callable[[str], str]] = MappingProxyType({}),
    ) -> None:
        """Index the rows; `spelled` turns the cells of a column into ids where they are more than that."""
        self._sheet = sheet
        self._names = names
        self._by_id = [
            _index((spelled.get(column, folded)(sheet.text(row, column)), row) for row in rows) for column in ids
        ]
        self._by_name = _index((name, row) for row in rows for name in self._orders_of_name(row))
        self._taken: dict[int, Grade] = {}
        self._unmatched: list[Grade] = []
        self._notes: list[Message] = []

    def matched(self, grades: Iterable[Grade]) -> Iterator[tuple[int, Grade]]:
        """Yield each grade's row; the last of two grades for one row counts."""
        by_name: dict[int, list[Grade]] = {}
        for grade in grades:
            row = self._row_by_id(grade)
            if row is None and (named := self._row_by_name(grade)) != _AMBIGUOUS:
                by_name.setdefault(named, []).append(grade)
            elif row is None or row == _AMBIGUOUS:
                self._unmatched.append(grade)
            else:
                self._take(row, grade)
        for row, named_so in by_name.items():
            self._take_by_name(row, named_so)
        yield from self._taken.items()

    def _take(self, row: int, grade: Grade) -> None:
        if row in self._taken:
            self._notes.append(message("sheet.two", who=self.label(row)))
        self._taken[row] = grade

    def _take_by_name(self, row: int, grades: Sequence[Grade]) -> None:
        """Give a row what is its student's by name alone, unless two are called so, or an id says whose it is."""
        if row in self._taken or len({grade.student for grade in grades}) > 1:
            self._unmatched += grades
            return
        self._notes.append(message("sheet.by-name", who=self.label(row)))
        for grade in grades:
            self._take(row, grade)

    def used(self) -> list[Grade]:
        """Return the grades that have a row."""
        return list(self._taken.values())

    def unmatched(self) -> tuple[Grade, ...]:
        """Return the grades without a row."""
        return tuple(self._unmatched)

    def notes(self) -> list[Message]:
        """Say which rows were found by name only, and which got two grades."""
        return self._notes

    def label(self, row: int) -> str | Message:
        """Return what to call a row in a message."""
        names = [self._sheet.text(row, column) for column in self._names]
        return " ".join(filter(None, names)) or message("sheet.row", row=row + 1)

    def _row_by_id(self, grade: Grade) -> int | None:
        """Return the row; None if there is none, ambiguous if there are different ones in different columns."""
        own = self._row_of_id([grade.student or ""])
        return self._row_of_id(grade.ids) if own is None else own

    def _row_of_id(self, texts: Iterable[str]) -> int | None:
        # The same text may be one student's id and another's login: then only agreement of all columns counts.
        ids = set(map(folded, texts))
        found = {row for index in self._by_id for text in ids if (row := index.get(text)) is not None}
        certain = found - {_AMBIGUOUS}
        if len(certain) == 1:
            return certain.pop()
        return _AMBIGUOUS if found else None

    def _row_by_name(self, grade: Grade) -> int:
        # A folder called `Bob Smith` gives an id that is a name, so the id is tried as one, too.
        names = filter(None, (grade.name, grade.student))
        rows = (self._by_name.get(bare(name), _AMBIGUOUS) for name in names)
        return next((row for row in rows if row != _AMBIGUOUS), _AMBIGUOUS)

    def _orders_of_name(self, row: int) -> set[str]:
        """Return a student's name as written and in the other order: `Smith, Bob` is also `Bob Smith`."""
        parts = [part for column in self._names for part in self._sheet.text(row, column).split(",")]
        return {bare(" ".join(parts)), bare(" ".join(reversed(parts)))}


def _index(items: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return rows by text; what stands in several rows is ambiguous."""
    index: dict[str, int] = {}
    for text, row in items:
        if text:
            index[text] = row if index.get(text, row) == row else _AMBIGUOUS
    return index
