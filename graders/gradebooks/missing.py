"""Who of a roster has not handed in: by the column that matches most hand-ins, else by names."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from graders.escaping import clean_line
from graders.gradebooks.roster import Student
from graders.messages import Message, message
from graders.spelling import bare, folded

# A part of a file's name shorter than this is nobody's id.
_SHORTEST_PART = 3

# In Chinese a number and a name often stand together: `2023001张三`.
_CHINESE = "[\u3400-\u9fff]"
_BETWEEN_PARTS = rf"[\W_]+|(?<=[a-z\d])(?={_CHINESE})|(?<={_CHINESE})(?=[a-z\d])"

# Of a name that is written without spaces: more words have too many orders, and in few of them anybody writes them.
_MOST_WORDS = 3


def missing_students(
    roster: Sequence[Student], owners: Sequence[tuple[str | None, str | None]]
) -> tuple[list[Student], list[Message]]:
    """Return who of the roster owns nothing, given the ids and names of those who do, and how they were found.

    The column that matches most hand-ins decides. A folder or file named after a student often carries more than the id
    (`张三_2023001`): a part of it is enough. What two students of the roster share tells nothing.
    """
    if not roster:
        return [], []
    texts = [text for owner in owners for text in owner if text]
    parts = _united(map(_parts_of_id, texts))
    column, by_id = _best_column(roster, _united(map(_spellings_of_id, texts)), parts)
    by_name = _found_by_name(roster, texts, parts)
    missing = [student for index, student in enumerate(roster) if index not in by_id | by_name]
    # The platform's own id is the one by which marks and sheets know them, too. A row's number may match by chance.
    if column and len(by_id) >= max(len(by_name), len(owners) / 2):
        missing = [student.known_by(column, _SHORTEST_PART) for student in missing]
    return missing, _how_found(column, by_id, by_name, len(owners))


def names_by_id(roster: Sequence[Student]) -> dict[str, str]:
    """Return the names of students by each of their cells that is nobody else's, however it is spelled."""
    spelled = [(student.name, _ids_of(student)) for student in roster if student.name]
    count = Counter(text for _, texts in spelled for text in texts)
    return {text: name for name, texts in spelled for text in texts if count[text] == 1}


def _ids_of(student: Student) -> set[str]:
    cells = (student.id, *(text for _, text in student.row))
    # A row's number, or a group's, is nobody's id.
    return {text for cell in cells for text in _spellings_of_id(cell) if len(text) >= _SHORTEST_PART}


def _united(sets: Iterable[set[str]]) -> set[str]:
    return set().union(*sets)


def _how_found(column: str, by_id: set[int], by_name: set[int], hand_ins: int) -> list[Message]:
    """Say how the match was made, or that there is none."""
    if hand_ins and not by_id | by_name:
        return [message("roster.nobody")]
    if len(by_id) >= len(by_name) and column:
        return [message("roster.column", column=clean_line(column, 40), count=len(by_id), of=hand_ins)]
    return [message("roster.names", count=len(by_name), of=hand_ins)] if by_name else []


def _best_column(roster: Sequence[Student], whole: set[str], parts: set[str]) -> tuple[str, set[int]]:
    """Return the title of the column whose ids match most hand-ins, and the students it finds.

    Of columns that match as many that of the students' ids counts, else the first: what matters stands on the left.
    """
    best: tuple[str, set[int]] = ("", set())
    rows = [student.row or (("", student.id),) for student in roster]
    ids = [student.id for student in roster]
    for column in sorted(range(max(map(len, rows))), key=lambda column: _cells_of(rows, column) != ids):
        found = _found_in_column(_cells_of(rows, column), whole, parts)
        if len(found) > len(best[1]):
            best = _title_of(rows, column), found
    return best


def _cells_of(rows: Sequence[tuple[tuple[str, str], ...]], column: int) -> list[str]:
    return [row[column][1] if column < len(row) else "" for row in rows]


def _title_of(rows: Sequence[tuple[tuple[str, str], ...]], column: int) -> str:
    return next((row[column][0] for row in rows if column < len(row)), "")


def _found_in_column(cells: Sequence[str], whole: set[str], parts: set[str]) -> set[int]:
    """Return the students whose cell in a column names a hand-in that nobody else's cell names."""
    spelled = [_spellings_of_id(cell) for cell in cells]
    count = Counter(text for each in spelled for text in each)
    # A part of a file's name is an id only where ids look like one: among words `final` would be somebody.
    known = whole | parts if any(map(str.isdigit, "".join(cells))) else whole
    return {index for index, each in enumerate(spelled) if any(count[text] == 1 for text in each & known)}


def _spellings_of_id(text: str) -> set[str]:
    """Return an id as written, as a spreadsheet writes it that takes its zeros away, and an address's first part."""
    plain = folded(text)
    spelled = {plain, plain.lstrip("0") if plain.isdigit() else plain}
    return (spelled | {plain.partition("@")[0]} if "@" in plain else spelled) - {""}


def _parts_of_id(text: str) -> set[str]:
    parts = re.split(_BETWEEN_PARTS, folded(text))
    # Chinese names are whole in two characters, where two Latin letters are anybody's initials.
    return {part for part in parts if len(part) >= _SHORTEST_PART or not part.isascii()} - {""}


def _found_by_name(roster: Sequence[Student], texts: Iterable[str], parts: set[str]) -> set[int]:
    """Return the students one of whose names is known from a hand-in, and is nobody else's."""
    names = [{frozenset(words) for words in _full_names(student)} for student in roster]
    count = Counter(name for each in names for name in each)
    in_words = {frozenset(_words_in_name(text)) for text in texts}
    together = set(map(bare, texts)) | parts

    def is_known(name: frozenset[str]) -> bool:
        return count[name] == 1 and (name in in_words or _written_together(name, together))

    return {index for index, each in enumerate(names) if any(map(is_known, each))}


def _words_in_name(text: str) -> list[str]:
    """Return a name's words without accents, which platforms and file systems often lose."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded(text)) if not unicodedata.combining(c))
    return [word for word in re.split(r"[\W_]+", plain) if word]


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


def _written_together(words: frozenset[str], known: set[str]) -> bool:
    """Tell whether somebody is called by a name's words without spaces, in either order, as on Canvas."""
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    ordered = sorted(words)
    return any("".join(each) in known for each in (ordered, ordered[::-1], ordered[1:] + ordered[:1]))
