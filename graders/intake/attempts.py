"""Which of a student's several hand-ins counts."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from graders.choices import AttemptChoice as AttemptChoice
from graders.intake.entry import Entry


class Counting(Struct, frozen=True):
    """A hand-in that counts: which one of how many of its student's."""

    entry: Entry
    number: int = 1
    of: int = 1


def select_attempts(entries: Iterable[Entry], attempt: AttemptChoice) -> list[Entry]:
    """Keep a student's first or last of several attempts; an entry without an attempt is its student's only."""
    rows = list(entries)
    if attempt == "best":
        return rows
    counting: dict[str, Entry] = {}
    for entry in sorted((row for row in rows if _is_one_of_several(row)), key=_order, reverse=attempt == "first"):
        counting[entry.student or ""] = entry
    return [row for row in rows if not _is_one_of_several(row) or counting[row.student or ""] is row]


def count_best(entries: Sequence[Entry], scores: Iterable[float], *, across: bool = False) -> list[Counting]:
    """Keep a student's attempt with the highest score, of equal ones the first. `scores`: one per entry.

    `across`: also of a student's hand-ins that are no attempts, as in two sections of a class.
    """
    whose = [entry.student if across or _is_one_of_several(entry) else None for entry in entries]
    best = _best_of_each(zip(whose, zip(entries, scores, strict=True), strict=True))
    found = (Counting(entry) if who is None else best[who] for who, entry in zip(whose, entries, strict=True))
    # Where the best one stood the student's row stands: the order of the entries is that of the gradebook.
    return [counting for counting, entry in zip(found, entries, strict=True) if counting.entry is entry]


def _best_of_each(scored: Iterable[tuple[str | None, tuple[Entry, float]]]) -> dict[str, Counting]:
    attempts: dict[str, list[tuple[Entry, float]]] = {}
    for student, attempt in scored:
        if student is not None:
            attempts.setdefault(student, []).append(attempt)
    return {student: _best(each) for student, each in attempts.items()}


def _best(scored: list[tuple[Entry, float]]) -> Counting:
    # max() keeps the first of equal scores: the attempt that was handed in earlier.
    in_order = sorted(scored, key=lambda pair: _order(pair[0]))
    number, (entry, _) = max(enumerate(in_order, start=1), key=lambda numbered: numbered[1][1])
    return Counting(entry, number, len(in_order))


def _is_one_of_several(entry: Entry) -> bool:
    return entry.attempt is not None and entry.student is not None


def _order(entry: Entry) -> tuple[int, str]:
    return (entry.attempt, "") if isinstance(entry.attempt, int) else (0, str(entry.attempt))
