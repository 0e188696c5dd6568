"""When a hand-in was due, and what being late costs: `deadlines.csv` and a rule such as `10 %/day, 3 days, grace 1 h`.

Times have no zone: those of a download and those of the table are taken to be on one clock, the platform's.
"""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from graders.errors import UsageError
from graders.gradebooks.sheet import STUDENT_TITLES, Sheet, first_titled, in_utf8
from graders.messages import message
from graders.spelling import folded, spoken

_DUE_TITLES = ("deadline", "due", "due date", "when", "until", "截止时间", "截止日期", "截止")
_HANDED_IN_TITLES = ("handed in", "handed_in", "submitted", "submitted at", "提交时间", "提交")
_EVERYBODY = {"", "all", "*", "everybody", "所有人", "全部", "所有", "全体"}
_DAY = timedelta(days=1)

# Compiled when they are first used: most classes have no deadlines, nor a roster.
_CLOCK = r"(?:\D+(?P<hour>\d{1,2})[:.时点](?P<minute>\d{1,2})(?:[:.分](?P<second>\d{1,2}))?\D*)?$"
_TIMES = (
    r"(?P<year>\d{4})\D(?P<month>\d{1,2})\D(?P<day>\d{1,2})日?" + _CLOCK,
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})" + _CLOCK,
)
# What platforms put into names, as they are ordered by: `2026-09-01-12-30-00` or the number 202609011230.
_STAMPED = r"(\d{4})-?(\d\d)-?(\d\d)-?(\d\d)-?(\d\d)(?:-?(\d\d))?$"

_PER_DAY = r"(?P<percent>\d+(?:[.,]\d+)?)\s*%\s*(?:/|per|a|每)?\s*(?:day|天|日)$"
_DAYS_AT_MOST = r"(?P<days>\d+)\s*(?:days?|天|日)$"
_GRACE = r"(?:grace|宽限)\s*(?P<count>\d+)\s*(?P<unit>h|hours?|小时|min|minutes?|分钟|d|days?|天)$"
_UNITS = {"h": timedelta(hours=1), "小": timedelta(hours=1), "m": timedelta(minutes=1), "分": timedelta(minutes=1)}


class LateRule(NamedTuple):
    """What each day that has begun costs, in percent of all points; after so many days there is nothing left."""

    percent: float = 0.0
    days: int | None = None
    grace: timedelta = timedelta()

    def remaining(self, points: float, most: float, days_late: int) -> float:
        """Return what is left of the points of a hand-in."""
        if self.days is not None and days_late > self.days:
            return 0.0
        return max(0.0, round(points - self.percent / 100 * most * days_late, 9))


def late_rule(text: str) -> LateRule:
    """Read a rule: parts in any order, separated by commas. Raises UsageError."""
    rule = LateRule()
    for part in filter(None, (folded(piece) for piece in re.split("[,，;；、]", text))):
        if match := re.match(_PER_DAY, part):
            rule = rule._replace(percent=float(match["percent"].replace(",", ".")))
        elif match := re.match(_DAYS_AT_MOST, part):
            rule = rule._replace(days=int(match["days"]))
        elif match := re.match(_GRACE, part):
            rule = rule._replace(grace=int(match["count"]) * _UNITS.get(match["unit"][0], _DAY))
        else:
            raise UsageError(message("usage.late", found=part))
    return rule


class Deadlines:
    """Each student's own deadline, or everybody's; and when they handed in, where the instructor says so."""

    def __init__(self, everybody: datetime | None, own: Mapping[str, datetime], handed_in: Mapping[str, datetime]):
        self._everybody = everybody
        self._own = own
        self._handed_in = handed_in

    @property
    def named(self) -> set[str]:
        """Who has something of their own here, folded."""
        return self._own.keys() | self._handed_in.keys()

    def days_late(
        self, who: Sequence[str], attempt: int | str | None, grace: timedelta, section: str = ""
    ) -> int | None:
        """Return how many days have begun since the deadline; None if it is not known when they handed in.

        `who`: the student's id and name. `attempt`: as the platform orders it, which may be a time. `section`: theirs,
        which may have a deadline, too.
        """
        own, due, handed_in = self._times(who, attempt, section)
        if due is None:
            return 0
        if handed_in is None:
            # A platform's mark speaks of everybody's deadline: whoever was given a later one is not late by it.
            return None if own is None else 0
        # Grace is no longer deadline: who misses both is late since the deadline.
        return 0 if handed_in <= due + grace else math.ceil((handed_in - due) / _DAY)

    def is_untimed(self, who: Sequence[str], attempt: int | str | None, section: str) -> bool:
        """Tell whether somebody has a deadline, and nothing says when they handed in."""
        _, due, handed_in = self._times(who, attempt, section)
        return due is not None and handed_in is None

    def _times(
        self, who: Sequence[str], attempt: int | str | None, section: str
    ) -> tuple[datetime | None, datetime | None, datetime | None]:
        """Return somebody's own deadline, the one that counts, and when they handed in."""
        texts = [spoken(text) for text in who]
        own = _first_known(self._own, texts)
        due = own or self._own.get(spoken(section), self._everybody)
        return own, due, _first_known(self._handed_in, texts) or _stamp(attempt)


def _first_known(times: Mapping[str, datetime], texts: Sequence[str]) -> datetime | None:
    return next((times[text] for text in texts if text in times), None)


def read_deadlines(content: bytes) -> Deadlines:
    """Read `deadlines.csv`: whose (a student's, a section's, `all`), when, and perhaps when they handed in.

    Raises UsageError.
    """
    sheet = Sheet(in_utf8(content), "deadlines")
    titles = sheet.titles()
    who, due, handed_in = (first_titled(titles, names) for names in (STUDENT_TITLES, _DUE_TITLES, _HANDED_IN_TITLES))
    has_header = due is not None
    who, due = (who or 0, due) if due is not None else (0, 1)
    own: dict[str, datetime] = {}
    delivered: dict[str, datetime] = {}
    for row in range(has_header, len(sheet)):
        student = spoken(sheet.text(row, who))
        if text := sheet.text(row, due).strip():
            own["" if student in _EVERYBODY else student] = _time(text, row)
        if text := sheet.text(row, handed_in).strip():
            delivered[student] = _time(text, row)
    return Deadlines(own.pop("", None), own, delivered)


def _time(text: str, row: int) -> datetime:
    match = next((found for pattern in _TIMES if (found := re.match(pattern, text.replace("T", " ")))), None)
    if match is None:
        raise UsageError(message("usage.deadline", row=row + 1, found=text))
    day, clock = match.group("year", "month", "day"), match.group("hour", "minute", "second")
    try:
        # A date alone is that whole day.
        return _moment(*day, *(clock if clock[0] else ("23", "59", "59")))
    except ValueError as error:
        raise UsageError(message("usage.deadline", row=row + 1, found=text)) from error


def _stamp(attempt: int | str | None) -> datetime | None:
    """Return the time by which a platform orders attempts; None if they are merely numbered."""
    match = re.match(_STAMPED, str(attempt))
    try:
        return _moment(*match.groups()) if match else None
    except ValueError:  # month 0, where a platform's word for it is not known
        return None


def _moment(year: str, month: str, day: str, hour: str, minute: str, second: str | None) -> datetime:
    # Without a zone on purpose: see above.
    return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
