"""What can be wrong in `exercise.yaml` and `misconceptions.yaml` beyond types, without running anything.

Every problem is one line: key, what was found, what was expected. What only the reference can tell (unknown names,
shapes of results) is said by `reference.py`.
"""

import keyword
import math
from collections.abc import Iterator, Mapping, Sequence

from graders.exercise.content import Condition, DataFile, ExerciseFile, Given, Misconception
from graders.exercise.given_problems import given_problems, written_problems
from graders.exercise.step_problems import step_problems
from graders.inside.allowing import is_form

MOST_CASES = 10_000  # of a bank, whoever asks for it: its author, an option, a call
# Beyond any machine of a course; what is larger is a slip of the unit.
_LARGEST_LIMIT = 10**6


def setting_problems(file: ExerciseFile) -> Iterator[str]:
    """Yield what is wrong in `exercise.yaml`."""
    yield from _text_problems(file)
    yield from _name_problems(file)
    yield from given_problems(file)
    yield from step_problems(file)
    yield from _case_problems(file)
    yield from _data_problems(file)
    yield from written_problems(file)
    yield from _use_problems(file)
    yield from _rule_problems(file)
    yield from _limit_problems(file)


def _use_problems(file: ExerciseFile) -> Iterator[str]:
    if file.submission == "definitions" and not file.use.strip():
        yield "use: missing; expected lines that call what `submission: definitions` asks for"


def _rule_problems(file: ExerciseFile) -> Iterator[str]:
    for key in ("forbid", "require"):
        for function, words in getattr(file, key).items():
            if function and not all(part.isidentifier() for part in function.split(".")):
                yield f"{key}: found {function!r}, expected a function, Class.method, or '' for the whole submission"
            for word in words:
                if not is_form(word) and not all(part.isidentifier() for part in word.removeprefix(".").split(".")):
                    yield f"{key}.{function}: found {word!r}, expected a name such as np.linalg.solve, or for, while, …"


def misconception_problems(items: Sequence[Misconception], steps: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong in `misconceptions.yaml`; the formulas are looked at where they are compiled."""
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item.step not in steps:
            yield f"[{index}].step: found {item.step!r}, expected one of {', '.join(steps)}"
        if item.id in seen:
            yield f"[{index}].id: {item.id!r} is there twice"
        yield from language_problems(f"[{index}].message", item.message)
        seen.add(item.id)


def language_problems(place: str, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield that a text is not there in both languages: which one is told is the instructor's choice."""
    if set(texts) != {"en", "zh"}:
        yield f"{place}: found {sorted(texts)}, expected en and zh"


def _text_problems(file: ExerciseFile) -> Iterator[str]:
    yield from language_problems("title", file.title)
    if file.case and (set(file.case) != {"en", "zh"} or not all(noun.strip() for noun in file.case.values())):
        yield f"case: found {file.case}, expected a word in en and zh, such as {{en: network, zh: 网络}}"
    for key, marker in (("marker", file.marker), ("solution_marker", file.solution_marker)):
        if not marker.strip() or len(marker.splitlines()) != 1:
            yield f"{key}: found {marker!r:.60}, expected one line, such as '#my_exercise.py#'"


def _name_problems(file: ExerciseFile) -> Iterator[str]:
    """Yield names that Python cannot have, and those that would stand for two things."""
    owners: dict[str, str] = {}
    for owner, word in _owned_names(file):
        if not word.isidentifier() or keyword.iskeyword(word):
            yield f"{owner}: {word!r} is no Python name"
        if word in owners:
            yield f"{owner}: the name {word!r} already belongs to {owners[word]}"
        owners[word] = owner


def _owned_names(file: ExerciseFile) -> Iterator[tuple[str, str]]:
    """Yield each name by which something may be called, behind the key of what it is."""
    for name, given in file.givens.items():
        yield from ((f"givens.{name}", word) for word in (name, *given.also))
    # What stands in a function may have any name again; and a given may be a result, where it is computed anew.
    for step in (step for step in file.steps if step.where is None):
        same = file.givens.get(step.name)
        own = {step.name, *same.also} if same is not None else set()
        yield from ((f"steps.{step.name}", word) for word in (step.name, *step.also) if word not in own)


def _data_problems(file: ExerciseFile) -> Iterator[str]:
    """Yield what is wrong with modules and files."""
    for module, attributes in file.modules.items():
        for attribute, given in attributes.items():
            if not attribute.isidentifier() or given not in file.givens:
                yield f"modules.{module}.{attribute}: found {given!r}, expected one of {', '.join(file.givens)}"
    for name, data in file.files.items():
        yield from _file_problems(f"files.{name}", data, file.givens)


def _file_problems(place: str, data: DataFile, givens: Mapping[str, Given]) -> Iterator[str]:
    rows = [givens[column].shape for column in data.columns if column in givens]
    first = {tuple(shape[:1]) for shape in rows}
    found = f"{place}.columns: found {', '.join(data.columns)}, expected"
    if not data.columns or len(rows) < len(data.columns):
        yield f"{found} some of {', '.join(givens)}"
    elif (len(first) != 1 or () in first) and not _is_text(givens[data.columns[0]], len(rows)):
        yield f"{found} givens of the same first dimension, or a single text"
    if not data.delimiter:
        yield f"{place}.delimiter: found none, expected a character, such as ','"


def _is_text(given: Given, columns: int) -> bool:
    """Tell whether a given is a text, which makes a file by itself."""
    return columns == 1 and not given.shape and bool(given.words) and all(isinstance(word, str) for word in given.words)


def _case_problems(file: ExerciseFile) -> Iterator[str]:
    for name, (low, high) in file.bank.dimensions.items():
        if not 1 <= low <= high:
            yield f"bank.dimensions.{name}: found [{low}, {high}], expected 1 ≤ smallest ≤ largest"
    if not 1 <= file.bank.count <= MOST_CASES:
        expected = "at least 1" if file.bank.count < 1 else f"at most {MOST_CASES}"
        yield f"bank.count: found {file.bank.count}, expected {expected}"
    for name, condition in file.bank.informative.items():
        yield from _condition_problems(f"bank.informative.{name}", condition)


def _condition_problems(place: str, condition: Condition) -> Iterator[str]:
    if condition.within is None and condition.apart is None:
        yield f"{place}: found neither, expected within or apart"
    if condition.within is not None and not condition.within[0] <= condition.within[1]:
        yield f"{place}.within: found {list(condition.within)}, expected [smallest, largest]"
    if condition.apart is not None and not 0 <= condition.apart < math.inf:
        yield f"{place}.apart: found {condition.apart}, expected a distance from zero"


def _limit_problems(file: ExerciseFile) -> Iterator[str]:
    for name, value in vars(file.limits).items():
        if not 1 <= value <= _LARGEST_LIMIT:
            expected = "at least 1" if value < 1 else f"at most {_LARGEST_LIMIT}"
            yield f"limits.{name}: found {value}, expected {expected}"
