"""Which student of a roster owns which hand-in: by the column that matches most of them, else by names."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from graders.escaping import clean_line
from graders.gradebooks.roster import SHORTEST_ID, Student, nobody_elses
from graders.messages import Message, message
from graders.spelling import folded

# In Chinese a number and a name often stand together: `2023001张三`.
_CHINESE = "[\u3400-\u9fff]"
_BETWEEN_PARTS = rf"[\W_]+|(?<=[a-z\d])(?={_CHINESE})|(?<={_CHINESE})(?=[a-z\d])"

# A folder's name has hardly more words.
_MOST_WORDS = 12

IdAndName = tuple[str | None, str | None]
"""The id and the name by which a platform knows whose a hand-in is."""


class Enrolled(NamedTuple):
    """What a roster says of a class. `of`: the student who owns a hand-in; `missing`: who owns none.

    `said`: how they were found.
    """

    of: Mapping[IdAndName, Student]
    missing: Sequence[Student]
    said: Sequence[Message]


def find_enrolled(roster: Sequence[Student], owners: Sequence[IdAndName]) -> Enrolled:
    """Find the owners of hand-ins on a roster.

    The column that matches most hand-ins decides. A folder or file named after a student often carries more than the id
    (`张三_2023001`): a part of it is enough. What two students of the roster share tells nothing.
    """
    if not roster:
        return Enrolled({}, [], [])
    column, by_id = _best_column(roster, owners)
    by_name = _by_name(roster, owners)
    # A cell of any other column may be a row's number: it is asked last.
    by_cell = _by_any_cell(roster, owners)
    found = [next(filter(None, each), set()) for each in zip(by_id, by_name, by_cell, strict=True)]
    there = _united([*by_id, *by_name, *found])
    missing = [student for index, student in enumerate(roster) if index not in there]
    ids, names = _united(by_id), _united(by_name)
    # The platform's own id is the one by which marks and sheets know them, too. A row's number may match by chance.
    if column and len(ids) >= max(len(names), len(owners) / 2):
        missing = [student.known_by(column) for student in missing]
    whose = {owner: roster[min(each)] for owner, each in zip(owners, found, strict=True) if len(each) == 1}
    return Enrolled(whose, missing, _how_found(column, len(ids), len(names), len(owners)))


def _how_found(column: str, by_id: int, by_name: int, hand_ins: int) -> list[Message]:
    """Say how the match was made, or that there is none."""
    if hand_ins and not by_id + by_name:
        return [message("roster.nobody")]
    if by_id >= by_name and column:
        return [message("roster.column", column=clean_line(column, 40), count=by_id, of=hand_ins)]
    return [message("roster.names", count=by_name, of=hand_ins)] if by_name else []


_Any = TypeVar("_Any")

_Found = list[set[int]]
"""For each hand-in the students of the roster that it names."""


def _best_column(roster: Sequence[Student], owners: Sequence[IdAndName]) -> tuple[str, _Found]:
    """Return the title of the column whose ids match most hand-ins, and the students it finds.

    Of columns that match as many that of the students' ids counts, else the first: what matters stands on the left.
    """
    whole = [_united(map(_spellings_of_id, texts)) for texts in map(_texts_of, owners)]
    parts = [_united(map(_parts_of_id, texts)) for texts in map(_texts_of, owners)]
    rows = [student.row or (("", student.id),) for student in roster]
    ids = [student.id for student in roster]
    columns = sorted(range(max(map(len, rows))), key=lambda column: _cells_of(rows, column) != ids)
    found = {column: _in_column(_cells_of(rows, column), whole, parts) for column in columns}
    best = max(columns, key=lambda column: len(_united(found[column])))  # of equals the first
    return _title_of(rows, best) if any(found[best]) else "", found[best]


def _in_column(cells: Sequence[str], whole: Sequence[set[str]], parts: Sequence[set[str]]) -> _Found:
    known = nobody_elses([_spellings_of_id(cell) for cell in cells])
    # A part of a file's name is an id only where ids look like one: among words `final` would be somebody.
    has_numbers = any(map(str.isdigit, "".join(cells)))
    return [_looked_up(known, own | more if has_numbers else own) for own, more in zip(whole, parts, strict=True)]


def _by_any_cell(roster: Sequence[Student], owners: Sequence[IdAndName]) -> _Found:
    """Return the students one of whose cells, which is nobody else's, is the id of a hand-in."""
    known = nobody_elses([_united(map(_spellings_of_id, student.ids)) for student in roster])
    return [_looked_up(known, _spellings_of_id(number or "")) for number, _ in owners]


def _texts_of(owner: IdAndName) -> list[str]:
    return [text for text in owner if text]


def _united(sets: Iterable[set[_Any]]) -> set[_Any]:
    return set().union(*sets)


def _looked_up(known: Mapping[str, int], texts: set[str]) -> set[int]:
    return {known[text] for text in texts if text in known}


def _cells_of(rows: Sequence[tuple[tuple[str, str], ...]], column: int) -> list[str]:
    return [row[column][1] if column < len(row) else "" for row in rows]


def _title_of(rows: Sequence[tuple[tuple[str, str], ...]], column: int) -> str:
    return next((row[column][0] for row in rows if column < len(row)), "")


def _spellings_of_id(text: str) -> set[str]:
    """Return an id as written, as a spreadsheet writes it that takes its zeros away, and an address's first part."""
    plain = folded(text)
    spelled = {plain, plain.lstrip("0") if plain.isdigit() else plain}
    return (spelled | {plain.partition("@")[0]} if "@" in plain else spelled) - {""}


def _parts_of_id(text: str) -> set[str]:
    parts = re.split(_BETWEEN_PARTS, folded(text))
    # Chinese names are whole in two characters, where two Latin letters are anybody's initials.
    return {part for part in parts if len(part) >= SHORTEST_ID or not part.isascii()} - {""}


def _by_name(roster: Sequence[Student], owners: Sequence[IdAndName]) -> _Found:
    """Return the students one of whose names is known from a hand-in, and is nobody else's."""
    names = [list(filter(None, _full_names(student))) for student in roster]
    known = nobody_elses([set(map(_in_any_order, each)) for each in names])
    own = [[words for words in each if _in_any_order(words) in known] for each in names]
    together = nobody_elses([_united(map(_written_together, each)) for each in own])
    return [
        _looked_up(known, _names_in(owner))
        | _looked_up(together, _joined_names_in(owner))
        | _named_within(known, owner)
        for owner in owners
    ]


def _names_in(owner: IdAndName) -> set[str]:
    return {_in_any_order(_words_in_name(text)) for text in _texts_of(owner)}


def _named_within(known: Mapping[str, int], owner: IdAndName) -> set[int]:
    """Return the students of the longest name within a text with a number: `Doe_Jane_jdoe_1234`, as ILIAS writes it."""
    for text in _texts_of(owner):
        words = _words_in_name(text)[:_MOST_WORDS]
        if not any(map(str.isdigit, text)):
            continue
        for length in range(len(words) - 1, 1, -1):
            runs = {_in_any_order(words[start : start + length]) for start in range(len(words) - length + 1)}
            if found := _looked_up(known, runs):
                return found
    return set()


def _joined_names_in(owner: IdAndName) -> set[str]:
    """Return what may be a name without spaces: all that is written, or a part of a folder's name."""
    texts = _texts_of(owner)
    return _united(_parts_of_id(_without_accents(text)) for text in texts) | {
        "".join(_words_in_name(text)) for text in texts
    }


def _in_any_order(words: Sequence[str]) -> str:
    return " ".join(sorted(words))


def _words_in_name(text: str) -> list[str]:
    """Return a name's words without accents, which platforms and file systems often lose."""
    return [word for word in re.split(r"[\W_]+", _without_accents(folded(text))) if word]


def _without_accents(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", plain)  # Hangul is put together again


def _full_names(student: Student) -> Iterator[list[str]]:
    """Yield a student's names as words, whose order does not matter: from one cell, or from two beside each other."""
    cells = [text for _, text in student.row if not re.search(r"[\d@]", text)]
    for text in (student.name or "", *cells):
        words = _words_in_name(text)
        if text == student.name or _is_full_name(words, text):
            yield words
    for first, second in pairwise(cells):
        if first and second:
            yield [*_words_in_name(first), *_words_in_name(second)]


def _is_full_name(words: Sequence[str], text: str) -> bool:
    """Tell whether a cell may be a whole name: a single Latin word is half of one, or no name at all."""
    return len(words) > 1 or (bool(words) and not text.isascii())


def _written_together(words: Sequence[str]) -> set[str]:
    """Return a name without spaces, whichever of its words a platform puts first: `delacruzbob` for Bob de la Cruz."""
    return {"".join([*words[first:], *words[:first]]) for first in range(len(words))}
