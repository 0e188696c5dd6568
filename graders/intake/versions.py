"""What names tell about when a file was written: attempts, days, counters, and words such as `final` and `old`.

A day can be read in several ways, and which one is meant only several names tell together. Where the ways that are
possible put the files in different orders, none is taken: what cannot be told is not guessed.
"""

import re
import unicodedata
from collections.abc import Sequence

from graders.intake.names import STAMP, SUFFIXES, has_copy_word

Version = tuple[int, str, int, int, int]
"""Orders files of one student: an old one first, then by time stamp and day, by how final they are, then by number."""

_FINAL_WORDS = "final|finished|fertig|definitiv|最终版?|终稿|定稿"
_FINAL = re.compile(_FINAL_WORDS)
# Whole words only: `alt` is old in German, `default` is not.
_OLD = re.compile(r"(?:^|[\s_.-])(?:old|backup|bak|orig(?:inal)?|draft|alt|entwurf)(?=$|[\s_.()-])|旧|备份|草稿")
# A folder for each attempt: `Version 2`, `attempt_3`, `Submission1`, `第2次`, or only the number.
_ATTEMPT_WORDS = "attempt|submission|submit|version|versuch|abgabe|try|v|intento|essai|tentativ[ae]|提交|第"
_ATTEMPT_FOLDER = re.compile(rf"(?:(?:{_ATTEMPT_WORDS})[ _-]?)?(\d{{1,3}})(?:次(?:提交)?)?$", re.IGNORECASE)
# The same behind a student's name, where the number alone could be part of an id.
_BEHIND_NAME = re.compile(
    rf"(?:[\s_.-]+(?:(?:{_ATTEMPT_WORDS})[ _-]?\d{{1,3}}(?:次(?:提交)?)?|{_FINAL_WORDS}))+$", re.IGNORECASE
)
# `(2)`, `_v2`, `-2`, `v2`, `final2`, `submission2`, or what stands right behind the exercise's name, as in
# `backprop2`; not the year or the student's number, which have more digits.
_COUNTED = re.compile(
    r"\((\d{1,3})\)|(?:^|[\s_-])v?(?:ersion)?[\s_.]?(\d{1,3})(?=$|[\s_.-])|(?<=[a-z])v(\d{1,3})\b"
    rf"|(?:final|fertig|copy|版本?|[终定]稿|副本|{_ATTEMPT_WORDS.replace('|v|', '|')})[ _-]?(\d{{1,3}})(?!\d)"
)
# A folder for each time at which something was handed in, as Moodle's programming lab writes it: `2026-09-02-10-00-00`.
TIME_FOLDER = re.compile(r"(\d{4})[-_.](\d\d)[-_.](\d\d)[-_ T](\d\d)[-_.](\d\d)(?:[-_.](\d\d))?(?=$|\.ceg$)")

# A day with its year, which cannot be anything else: the year first or last.
_DATED = re.compile(
    r"(?<!\d)(?:(?P<first>20\d\d)[-_.年](?P<b>\d\d?)[-_.月](?P<c>\d\d?)日?"
    r"|(?P<d>\d\d?)(?P<mark>[-_.])(?P<e>\d\d?)[-_.](?P<last>20\d\d))(?!\d)"
)
_MONTHS_IN_WORDS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS_IN_WORDS)})[a-z]{{0,6}}"
# Days in words, or without a year: two or three numbers of two digits each, with marks between them or not.
_IN_WORDS = re.compile(
    rf"(\d\d?)月(\d\d?)[日号]?|(?<![a-z]){_MONTH}[\s_.-]?(\d\d?)(?!\d)|(?<!\d)(\d\d?)[\s_.-]?{_MONTH}(?![a-z])"
)
_IN_PAIRS = re.compile(r"(?<!\d)(?<!\d[-_.])(\d\d)([-_.])(\d\d)(?:\2(\d\d))?(?![-_.]?\d)")
# Without marks it may be a student's number as well; then it is the same in all names.
_TOGETHER = re.compile(r"(?<!\d)(?:(20\d\d)(\d\d)(\d\d)|(\d\d)(\d\d)(20\d\d)|(\d\d)(\d\d)(\d\d)?)(?!\d)")

_Day = tuple[int, int, int]


def versions(names: Sequence[str], exercise: str) -> list[tuple[Version, int]]:
    """Return for each of a student's files when it was written, and by a day that may be none, if nothing else tells.

    Larger is later.
    """
    plain = [_without_name(name, exercise) for name in names]
    dated = _ranked([_readings_of_dated(text) for text in plain])
    perhaps = _ranked([_readings(text) for text in plain])
    return [(_version(text, day), maybe) for text, day, maybe in zip(plain, dated, perhaps, strict=True)]


def folder_version(path: str) -> int:
    """Return the attempt that the innermost folder of a file stands for, by number or time; 0 if it stands for none."""
    folder = path.rpartition("/")[0].rpartition("/")[2]
    if handed_in := TIME_FOLDER.match(folder):
        return int("".join(part or "00" for part in handed_in.groups()))
    attempt = _ATTEMPT_FOLDER.match(folder)
    return int(attempt[1]) if attempt else 0


def without_version(stem: str) -> str:
    """Return a file's name without the attempt, or a word such as `final`, behind it: `ann_v2` is ann's."""
    return _BEHIND_NAME.sub("", stem)


def _without_name(name: str, exercise: str) -> str:
    plain = SUFFIXES.sub("", unicodedata.normalize("NFKC", name).casefold())
    # Before digits are looked at: the exercise's own name may end in one.
    return plain.replace(exercise.casefold(), "", 1)


def _version(plain: str, day: int) -> Version:
    stamp = STAMP.match(plain)
    counted = _IN_PAIRS.sub("", _IN_WORDS.sub("", _DATED.sub("", plain)))
    numbers = [int(number) for match in _COUNTED.finditer(counted) for number in match.groups() if number]
    counter = numbers[-1] if numbers else int(has_copy_word(plain))
    # `final_final` is later than `final`.
    return -int(_OLD.search(plain) is not None), stamp[0] if stamp else "", day, len(_FINAL.findall(plain)), counter


def _ranked(readings: Sequence[Sequence[_Day]]) -> list[int]:
    """Return the days' order, from 1; 0 for a name without one, and for all where readings disagree."""
    found = [each for each in readings if each]
    orders: set[tuple[int, ...]] = set()
    # Names that write days in different ways cannot be compared.
    if len({len(each) for each in found}) == 1:
        orders = {_ranking(days) for days in zip(*found, strict=True) if all(map(_is_day, days))}
    order = iter(orders.pop() if len(orders) == 1 else (0,) * len(found))
    return [next(order) if each else 0 for each in readings]


def _ranking(days: Sequence[_Day]) -> tuple[int, ...]:
    in_order = sorted(set(days))
    return tuple(in_order.index(day) + 1 for day in days)


def _is_day(date: _Day) -> bool:
    year, month, day = date
    # Of two digits a year is one of those in which scripts are written; 0 where there is none.
    return (year in range(20, 40) or year > 99 or not year) and 1 <= month <= 12 and 1 <= day <= 31


def _readings_of_dated(text: str) -> list[_Day]:
    """Return the ways to read a day with its year, as year, month and day."""
    match = _DATED.search(text)
    if match is None:
        return []
    if match["first"]:
        return [(int(match["first"]), int(match["b"]), int(match["c"]))]
    year, one, two = int(match["last"]), int(match["d"]), int(match["e"])
    # Between points the day stands first; elsewhere it depends on the country.
    return [(year, two, one)] if match["mark"] == "." else [(year, one, two), (year, two, one)]


def _readings(text: str) -> list[_Day]:
    """Return the ways to read a day in words or without a certain year."""
    if words := _IN_WORDS.search(text):
        return [_day_in_words([part for part in words.groups() if part])]
    text = _DATED.sub("", text)
    if pairs := _IN_PAIRS.search(text):
        return _ways([int(part) for part in pairs.group(1, 3, 4) if part])
    together = _TOGETHER.search(STAMP.sub("", text))
    return _ways([int(part) for part in together.groups() if part]) if together else []


def _day_in_words(parts: Sequence[str]) -> _Day:
    month, day = parts if parts[1].isdigit() else (parts[1], parts[0])
    return 0, _MONTHS_IN_WORDS.index(month) + 1 if month in _MONTHS_IN_WORDS else int(month), int(day)


def _ways(numbers: Sequence[int]) -> list[_Day]:
    if len(numbers) == 2:
        one, two = numbers
        return [(0, one, two), (0, two, one)]
    one, two, three = numbers
    if one > 99:
        return [(one, two, three)]
    day_first, month_first = (three, two, one), (three, one, two)
    return [day_first, month_first] if three > 99 else [(one, two, three), day_first, month_first]
