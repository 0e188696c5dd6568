"""What is said of results without a value: another name that may be meant, a function that nobody calls."""

from collections.abc import Iterator, Sequence

from graders.exercise.asked import Exercise
from graders.messages import Lang, in_list, place, say
from graders.sandbox.reply import Execution, FixedHead, Part

# Names of a missing result's shape that are told.
_MOST_ALIKE = 3


def about_spelling(execution: Execution, exercise: Exercise, lang: Lang) -> dict[str, str]:
    """Ask for each result without a value whether another name is meant: a cure comes before what it cures."""
    head, fixed = execution.reply.head, execution.reply.fixed
    if head is None or fixed is None:
        return {}
    found = {}
    for result, word in _missing_results(head, fixed, exercise):
        if name := _spelled_like(result, word, head, exercise):
            found[result] = say(lang, "did-you-mean", result=result, found=name)
    return found


def about_missing(execution: Execution, exercise: Exercise, lang: Lang) -> Iterator[str]:
    """Say why a result has no value, where another name does not tell."""
    head, fixed = execution.reply.head, execution.reply.fixed
    if head is None or fixed is None:
        return
    yield from _about_uncalled(head, exercise, lang)
    for result, word in _missing_results(head, fixed, exercise):
        if _spelled_like(result, word, head, exercise) is not None:
            continue  # told before all else
        if word == "none":
            yield say(lang, "still-none", result=result)
        elif alike := _of_its_shape(result, _names_of_their_own(head, exercise), head, exercise):
            yield say(lang, "of-its-shape", result=result, found=in_list(lang, alike))


def _missing_results(head: FixedHead, fixed: Part, exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Yield the results without a value, and whether they are None or missing; not what stands below a stop."""
    for step in exercise.results:
        column = fixed.columns.get(step.name)
        word = None if column is None else column.shapes[0]
        if word == "none" or (word == "missing" and not (step.name in head.places and fixed.faults)):
            yield step.name, str(word)


def _about_uncalled(head: FixedHead, exercise: Exercise, lang: Lang) -> Iterator[str]:
    """Name functions that would set a missing result, if anything called them."""
    wanted = {step.name for step in exercise.results}
    for function, (cell, line, results) in head.uncalled.items():
        if named := [name for name in results if name in wanted]:  # the reply is a claim: it may name anything
            where = place(line, cell, lang)
            yield say(lang, "uncalled", function=function, where=where, results=in_list(lang, named))


def _names_of_their_own(head: FixedHead, exercise: Exercise) -> list[str]:
    expected = {word for step in exercise.steps for word in (step.name, *step.also)} | set(exercise.givens)
    return [name for name in head.names if name not in expected]


def _spelled_like(result: str, word: str, head: FixedHead, exercise: Exercise) -> str | None:
    """Return a name of the student's own that is spelled like a result's; only a slip where that is still None."""
    folded = {_folded(name): name for name in _names_of_their_own(head, exercise)}
    import difflib  # nearly no submission needs it

    close = difflib.get_close_matches(_folded(result), folded, n=1, cutoff=0.9 if word == "none" else 0.7)
    return folded[close[0]] if close else None


def _folded(name: str) -> str:
    return name.lower().replace("_", "")


def _of_its_shape(result: str, candidates: Sequence[str], head: FixedHead, exercise: Exercise) -> list[str]:
    """Return which of the student's own names hold values of a result's shape, the last ones first."""
    step = next(step for step in exercise.results if step.name == result)
    shape = exercise.fixed_shape(step)
    if not shape:
        return []  # any number would do
    alike = [name for name in candidates if tuple(head.shapes.get(name, ())) == shape]
    # The last ones first: a result is computed at the end.
    return alike[: -_MOST_ALIKE - 1 : -1]
