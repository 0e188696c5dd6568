"""What a class's tables call a mistake: the same for all who made it, whatever names their code has.

A known mistake goes by its id. Another one goes by the step it is in and how that differs: `error:sign`.
"""

import re
from collections.abc import Iterable

from graders.exercise.asked import Exercise
from graders.messages import CATALOGUE, Lang, is_said
from graders.messages.pages import is_word, word
from graders.outcome import Report, Step

_OF_STEPS = "step."
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


def mistakes_of(report: Report, lang: Lang) -> list[str]:
    """Return the mistakes of a report in this language, in the order of the steps."""
    return list(dict.fromkeys(_mistake_in(step, lang) for step in report.steps or () if step.verdict.is_wrong))


def _mistake_in(step: Step, lang: Lang) -> str:
    return step.misconception or f"{step.name}:{_difference(step, lang)}"


def _difference(step: Step, lang: Lang) -> str:
    """Return how a step differs: by what its message says, since a report holds sentences and not their keys."""
    keys = (key for key in CATALOGUE if key.startswith(_OF_STEPS))
    said = (key for key in keys if step.message is not None and is_said(step.message, key, lang))
    return next(said, str(step.verdict)).removeprefix(_OF_STEPS)


def is_sentence(title: str) -> bool:
    """Tell whether a title ends as a sentence does: an author's does, a verdict's word does not."""
    return title.endswith(tuple(".!?。！？"))


def titles(mistakes: Iterable[str], exercise: Exercise, lang: Lang) -> dict[str, str]:
    """Return what a reader of the tables is told of each mistake, in a line."""
    # The first sentence of an author's explanation says what was done; the others say why it is wrong.
    known = {
        item.id: word(lang, "mistake", step=item.step, difference=_SENTENCE_END.split(item.message[lang], 1)[0])
        for item in exercise.misconceptions
    }
    return {name: known.get(name) or _unnamed(name, lang) for name in mistakes}


def _unnamed(mistake: str, lang: Lang) -> str:
    step, _, difference = mistake.rpartition(":")
    # A verdict has words of its own, for the tables and for all else.
    keys = (key for key in (f"mistake.{difference}", f"verdict.{difference}") if is_word(key))
    return word(lang, "mistake", step=step, difference=next((word(lang, key) for key in keys), difference))
