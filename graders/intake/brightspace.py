"""Brightspace's download: `<id> - <name> - <time>` as a folder, or before the file's name; beside it `index.html`.

The time is in the words of the platform's language; day, year and hour are found as numbers. Source: names of
folders in public tools that sort such downloads.
"""

import re

from graders.intake.entry import Owner, Person, source_by_name

# No number beside: `12` in `2026` is no day. Languages differ in whether day or year comes first.
_DAY, _YEAR = r"(?<!\d)\d{1,2}(?!\d)", r"(?<!\d)\d{4}(?!\d)"
_TIME_STAMP = rf"[^-]*?(?:{_DAY}[^-]*?{_YEAR}|{_YEAR}[^-]*?{_DAY})[^-]*?(?<!\d)\d{{3,4}}(?: ?[AP]M)?"
_BRIGHTSPACE_NAME = re.compile(
    rf"^(?P<id>\d+-\d+) - (?P<name>.+?) ?- (?P<time>{_TIME_STAMP})(?: - (?P<file>.+))?$", re.DOTALL | re.IGNORECASE
)
# Beginnings of names in the platform's languages: the time orders attempts, so that a month must be told.
_MONTHS = (
    ("jan", "一月", "1月"), ("feb", "fév", "fev", "二月", "2月"), ("mar", "mär", "mrt", "三月", "3月"),
    ("apr", "avr", "abr", "四月", "4月"), ("may", "mai", "mei", "五月", "5月"), ("jun", "juin", "六月", "6月"),
    ("jul", "juil", "七月", "7月"), ("aug", "aoû", "ago", "八月", "8月"), ("sep", "set", "九月", "9月"),
    ("oct", "okt", "out", "十月", "10月"), ("nov", "十一月", "11月"), ("dec", "déc", "dez", "dic", "十二月", "12月"),
)  # fmt: skip


def _owner_on_brightspace(match: re.Match[str]) -> tuple[Owner, str, str]:
    person = Person(match["id"], match["name"])
    attempt = _sortable(match["time"])
    owner = Owner(group=f"{match['name']}_{match['id']}_{attempt}", people=(person,), attempt=attempt)
    return owner, match["file"] or "", "nothing"


def _sortable(time: str) -> int:
    """Return year, month, day, hour and minute as one number."""
    # Chinese months are numbers: left in, the month would pass for the day.
    numbers = re.findall(r"\d+", re.sub(r"\d{1,2}月", "", time))
    year = next((number for number in numbers if len(number) == 4 and 1990 < int(number) < 2100), "0")
    day = next((number for number in numbers if len(number) < 3), "0")
    clock = int(numbers[-1])
    afternoon = re.search(r"([AP])M$", time, re.IGNORECASE)
    if afternoon:
        # 12:30 AM is half past midnight, 12:30 PM half past noon.
        clock = clock % 1200 + (1200 if afternoon[1].upper() == "P" else 0)
    return ((int(year) * 100 + _month(time.casefold())) * 100 + int(day)) * 10000 + clock


def _month(time: str) -> int:
    """Return the month that is named, the longest of names that contain each other; 0 if none is known."""
    named = [(len(name), month) for month, names in enumerate(_MONTHS, start=1) for name in names if name in time]
    return max(named)[1] if named else 0


SOURCE = source_by_name("brightspace", _BRIGHTSPACE_NAME, _owner_on_brightspace)
