"""The sentences of a report about the givens: how each was found, which was not, and which sizes a script is for."""

from collections.abc import Iterator, Mapping

from graders.exercise.asked import Exercise
from graders.inside.protocol import ELSEWHERE
from graders.judging.checks import Sizes
from graders.messages import Lang, in_list, place, say
from graders.sandbox.reply import FixedHead, GivenClaim


def about_givens(head: FixedHead, exercise: Exercise, lang: Lang) -> Iterator[str]:
    """Say what a reader would not expect of how the givens were found."""
    yield from _about_not_found(head, exercise, lang)
    if head.edition is not None:
        yield say(lang, "edition")
    for given, claim in head.givens.items():
        if given in exercise.givens:  # the reply is a claim: it may name anything
            yield from _about_given(given, claim, lang)


def _about_not_found(head: FixedHead, exercise: Exercise, lang: Lang) -> Iterator[str]:
    # The reply is a claim: names that are not the exercise's are passed over.
    missing = [name for name in head.not_found if name in exercise.givens]
    if missing:
        yield say(lang, "not-found", names=in_list(lang, missing))
    for name in missing:
        if name in head.hints:
            cell, line = head.hints[name]
            yield say(lang, "not-found-hint", given=name, where=place(line, cell, lang))


def _about_given(given: str, claim: GivenClaim, lang: Lang) -> Iterator[str]:
    if claim.changed:
        yield say(lang, "changed-given", given=given)
    elif not claim.by_name:
        where = say(lang, "own-module") if claim.line == ELSEWHERE else place(claim.line, claim.cell, lang)
        key = "by-value" if claim.name else "by-value-nameless"
        yield say(lang, key, name=claim.name, where=where, given=given)
    if claim.half:
        yield say(lang, "half-precision", given=given)


def about_overwritten(head: FixedHead, exercise: Exercise, lang: Lang) -> Iterator[str]:
    """Say where a given is changed before the results are computed; only beside a wrong result.

    Not of one that the exercise asks to change, as training does with weights.
    """
    asked = {step.name for step in exercise.steps}
    for given, (cell, line) in head.overwritten.items():
        claim = head.givens.get(given)
        if given in exercise.givens and given not in asked and claim is not None:
            yield say(lang, "overwritten", name=claim.name or given, where=place(line, cell, lang))


def about_sizes(sizes: Sizes | None, lang: Lang) -> Iterator[str]:
    """Say for which sizes a script is written, if it is not for all."""
    if sizes is None:
        return
    for key, lengths in (("sizes-exactly", sizes.exactly), ("sizes-at-least", sizes.at_least)):
        if lengths:
            where = "" if sizes.line is None else say(lang, "sizes-where", where=place(sizes.line, sizes.cell, lang))
            yield say(lang, key, sizes=_told(lengths, lang), where=where)


def _told(lengths: Mapping[str, int], lang: Lang) -> str:
    """Return lengths as words: "2 hidden units and 3 inputs"."""
    if lang == "zh":
        return "、".join(f"{name} = {length}" for name, length in lengths.items())
    counts = []
    for name, length in lengths.items():
        noun = name.replace("_", " ")
        # A dimension is called `inputs` or `hidden`: a plural loses its s, an adjective gets `units`.
        one, many = (noun[:-1], noun) if noun.endswith("s") else (f"{noun} unit", f"{noun} units")
        counts.append(f"{length} {one if length == 1 else many}")
    return " and ".join(counts)
