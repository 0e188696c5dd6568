"""The message catalogue: everything the grader says to students and instructors, in English and Chinese.

Values are put in as they are: what is made of messages is cleaned as a whole (`escaping.py`). Codes, keys and numbers
are the same in both languages.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from graders.choices import Lang as Lang
from graders.choices import locale_lang as locale_lang
from graders.messages.faults import FAULTS
from graders.messages.files import REASONS
from graders.messages.givens import GIVENS
from graders.messages.help import HELP
from graders.messages.instructors import INSTRUCTORS
from graders.messages.steps import STEPS
from graders.messages.students import STUDENTS
from graders.messages.usage import USAGE

_CASE: dict[Lang, str] = {"en": "case", "zh": "算例"}
_FULL_WIDTH = frozenset("，。；：、！？（）“”‘’《》「」")
_PLURALS = (("(s|x|z|ch|sh)$", "es"), ("[^aeiou]y$", "es"))

CATALOGUE = FAULTS | STUDENTS | STEPS | GIVENS | INSTRUCTORS | REASONS | HELP | USAGE
"""Every message by its key; the fixed words of pages, which only pages need, are in `pages.py`."""


def say(lang: Lang, key: str, **values: object) -> str:
    """Return a message of the catalogue with its values put in."""
    # A key that is not there is a defect of ours, and ends in a traceback; a test looks for them.
    text = CATALOGUE[key][0 if lang == "en" else 1]
    return (text if lang == "en" else _without_gaps(text, values)).format(**values)


def _without_gaps(text: str, values: Mapping[str, object]) -> str:
    """Return a Chinese message without the blank beside a value that ends or begins with a full-width mark."""
    # In the message, not in what is made of it: a value may be a line of the student's own code.
    for name, value in values.items():
        if isinstance(value, str) and value:
            text = text.replace(f"{{{name}}} ", f"{{{name}}}") if value[-1] in _FULL_WIDTH else text
            text = text.replace(f" {{{name}}}", f"{{{name}}}") if value[0] in _FULL_WIDTH else text
    return text


def in_list(lang: Lang, names: Iterable[object]) -> str:
    """Return names as a list within a sentence."""
    return put_together(lang, "list", map(str, names))


def put_together(lang: Lang, key: str, texts: Iterable[str]) -> str:
    """Return texts as one; `key`: the message that joins two of them."""
    whole, *others = list(texts) or [""]
    for other in others:
        whole = say(lang, key, one=whole, other=other)
    return whole


def at(lang: Lang, what: str, line: int | None, cell: int | None) -> str:
    """Return what something is called with where it stands, as far as that is known."""
    where = place(line, cell, lang)
    return say(lang, "at", what=what, where=where) if where else what


def place(line: int | None, cell: int | None, lang: Lang) -> str:
    """Return where something stands in a script or notebook; nothing where that is not known."""
    if line is None:
        return ""
    return say(lang, "line", line=line) if cell is None else say(lang, "cell-line", cell=cell, line=line)


@cache
def _pattern_of(key: str, lang: Lang) -> re.Pattern[str]:
    # Between its pieces anything may stand: values are texts that somebody chose, with or without a blank beside them.
    pieces = re.split(r" *{\w+} *", CATALOGUE[key][0 if lang == "en" else 1])
    return re.compile("(?s:.*)".join(map(re.escape, pieces)))


def is_said(text: str, key: str, lang: Lang) -> bool:
    """Tell whether a text is this message, whatever its values."""
    return _pattern_of(key, lang).fullmatch(text) is not None


def words_for_case(noun: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """Return what stands for `{case}` and `{cases}` in messages; `noun`: the exercise's own, by language.

    Chinese has no plural. An English one follows the usual rule: networks, boxes, batches, queries, arrays.
    """
    case = noun.get(lang, _CASE[lang])
    if lang == "zh":
        return {"case": case, "cases": case}
    ending = next((new for old, new in _PLURALS if re.search(old, case)), "s")
    # `query` loses its y before `es`; `array` keeps it.
    return {"case": case, "cases": re.sub(r"(?<=[^aeiou])y$", "i", case) + ending}


class Message(NamedTuple):
    """A message key with its values, put into words when it is shown."""

    key: str
    values: tuple[tuple[str, "str | int | Message"], ...] = ()

    def say(self, lang: Lang) -> str:
        """Return the sentence."""
        values = {name: value.say(lang) if isinstance(value, Message) else value for name, value in self.values}
        return say(lang, self.key, **values)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.say("en")


def message(key: str, **values: "str | int | Message") -> Message:
    """Return a message of the catalogue with its values."""
    return Message(key, tuple(values.items()))
