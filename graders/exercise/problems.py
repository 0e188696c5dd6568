"""What can be wrong in `exercise.yaml` and `misconceptions.yaml` beyond types, without running anything.

Every problem is one line: key, what was found, what was expected. What only the reference can tell (unknown names,
shapes of results) is said by `reference.py`.
"""

import keyword
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from graders.exercise.content import Condition, ExerciseFile, Given, Misconception
from graders.exercise.step_problems import step_problems
from graders.inside.allowing import is_form

_LARGEST_NUMBER = 1e12
"""Of a range: its values are exact decimals, and their squares still are numbers."""

MOST_CASES = 10_000  # of a bank, whoever asks for it: its author, an option, a call
_LARGEST_LIMIT = 10**6


def setting_problems(file: ExerciseFile) -> Iterator[str]:
    """Yield what is wrong in `exercise.yaml`."""
    yield from _text_problems(file)
    yield from _name_problems(file)
    yield from _all_given_problems(file)
    yield from _edition_problems(file)
    yield from step_problems(file)
    yield from _case_problems(file)
    yield from _data_problems(file)
    yield from _written_problems(file)
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
        if set(item.message) != {"en", "zh"}:
            yield f"[{index}].message: found {sorted(item.message)}, expected en and zh"
        seen.add(item.id)


def _text_problems(file: ExerciseFile) -> Iterator[str]:
    if set(file.title) != {"en", "zh"}:
        yield f"title: found {sorted(file.title)}, expected en and zh"
    if file.case and (set(file.case) != {"en", "zh"} or not all(noun.strip() for noun in file.case.values())):
        yield f"case: found {file.case}, expected a word in en and zh, such as {{en: network, zh: 网络}}"
    for key, marker in (("marker", file.marker), ("solution_marker", file.solution_marker)):
        if not marker.strip() or len(marker.splitlines()) != 1:
            yield f"{key}: found {marker!r:.60}, expected one line, such as '#my_exercise.py#'"


def _name_problems(file: ExerciseFile) -> Iterator[str]:
    """Yield names that Python cannot have, and those that would stand for two things."""
    named = [(f"givens.{name}", [name, *given.also]) for name, given in file.givens.items()]
    # what stands in a function may have any name again; and a given may be a result, where it is computed anew
    for step in (step for step in file.steps if step.where is None):
        same = file.givens.get(step.name)
        own = {step.name, *same.also} if same is not None else set()
        named.append((f"steps.{step.name}", [word for word in (step.name, *step.also) if word not in own]))
    owners: dict[str, str] = {}
    for owner, words in named:
        for word in words:
            if not word.isidentifier() or keyword.iskeyword(word):
                yield f"{owner}: {word!r} is no Python name"
            if word in owners:
                yield f"{owner}: the name {word!r} already belongs to {owners[word]}"
            owners[word] = owner


def _all_given_problems(file: ExerciseFile) -> Iterator[str]:
    if not file.givens:
        yield "givens: found none, expected at least one"
    lengths: dict[str, int] = {}
    for name, given in file.givens.items():
        place = f"givens.{name}"
        yield from _dimension_problems(place, given, file.bank.dimensions)
        yield from _fixed_problems(place, given, lengths)
        yield from _range_problems(place, given, file.bank.dimensions)


def _dimension_problems(place: str, given: Given, declared: Collection[str]) -> Iterator[str]:
    for dimension in given.shape:
        if isinstance(dimension, int):
            if dimension < 1:
                yield f"{place}.shape: found {dimension}, expected a length of at least 1"
        elif dimension not in declared:
            known = ", ".join(declared) or "none"
            yield f"{place}.shape: found {dimension!r}, expected one of bank.dimensions ({known})"


def _fixed_problems(place: str, given: Given, lengths: dict[str, int]) -> Iterator[str]:
    """Yield what is wrong with the lesson's value; `lengths`: those of dimensions in the givens above, added to."""
    fixed = _numbers_in(given)
    if fixed is None:
        expected = f"one of {', '.join(map(str, given.words))}" if given.words else f"numbers of shape {given.shape}"
        yield f"{place}.fixed: found {str(given.fixed)!r:.60}, expected {expected}"
        return
    if not fixed.size or not np.isfinite(fixed).all():
        yield f"{place}.fixed: found {str(given.fixed)!r:.60}, expected finite numbers, at least one"
    if fixed.ndim != len(given.shape):
        yield f"{place}.fixed: found shape {list(fixed.shape)}, expected {given.shape}"
    for dimension, length in zip(given.shape, fixed.shape, strict=False):
        if isinstance(dimension, int):
            if dimension != length:
                yield f"{place}.fixed: found length {length}, expected {dimension} as in its shape"
        elif lengths.setdefault(dimension, length) != length:
            yield f"{place}.fixed: found {length} for {dimension}, expected {lengths[dimension]} as in the givens above"
    if given.is_whole and np.isfinite(fixed).all() and (fixed != np.round(fixed)).any():
        yield f"{place}.fixed: found {str(given.fixed)!r:.60}, expected whole numbers"


def _edition_problems(file: ExerciseFile) -> Iterator[str]:
    for number, edition in enumerate(file.editions):
        if edition.keys() != file.givens.keys():
            yield f"editions[{number}]: found {', '.join(edition)}, expected {', '.join(file.givens)}"
        lengths = dict[str, int]()
        for name in sorted(file.givens.keys() & edition.keys()):
            given = replace(file.givens[name], fixed=edition[name])
            yield from _fixed_problems(f"editions[{number}].{name}", given, lengths)


def _numbers_in(given: Given) -> npt.NDArray[np.float64] | None:
    try:
        return np.array(given.numbers, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return None


def _range_problems(place: str, given: Given, dimensions: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """Yield what is wrong with what a given is drawn from."""
    ways = [key for key in ("random", "powers", "integers", "choice") if getattr(given, key) is not None]
    if len(ways) != 1:
        found = " and ".join(ways) or "none"
        yield f"{place}: found {found}, expected one of random, powers, integers, choice"
    elif given.integers is not None:
        yield from _integer_problems(place, *given.integers, dimensions)
    elif given.choice is not None:
        if len(given.choice) < 2 or len(set(map(str, given.choice))) < len(given.choice):
            yield f"{place}.choice: found {given.choice}, expected at least two different ones"
    else:
        low, high = given.random or given.powers or (0, 0)
        if not low < high:  # so it is, too, where one is not a number
            yield f"{place}.{ways[0]}: found [{low}, {high}], expected [smallest, largest]"
        elif max(abs(low), abs(high)) > _LARGEST_NUMBER:
            yield f"{place}.{ways[0]}: found [{low}, {high}], expected numbers up to {_LARGEST_NUMBER:g}"
        elif given.powers is not None and (low <= 0 or high < 10 * low):
            yield f"{place}.powers: found [{low}, {high}], expected powers of ten above 0, such as [0.001, 10]"


def _integer_problems(
    place: str, low: int, high: int | str, dimensions: Mapping[str, tuple[int, int]]
) -> Iterator[str]:
    if isinstance(high, str):
        if high not in dimensions:
            known = ", ".join(dimensions) or "none"
            yield f"{place}.integers: found {high!r}, expected a number or one of bank.dimensions ({known})"
        elif low >= dimensions[high][0]:
            yield f"{place}.integers: found {low}, which is not below the shortest {high} ({dimensions[high][0]})"
    elif not low < high:
        yield f"{place}.integers: found [{low}, {high}], expected [smallest, largest]"
    elif max(abs(low), abs(high)) > _LARGEST_NUMBER:
        yield f"{place}.integers: found [{low}, {high}], expected numbers up to {_LARGEST_NUMBER:g}"


def _data_problems(file: ExerciseFile) -> Iterator[str]:
    """Yield what is wrong with modules, files, and the cases written by hand."""
    for module, attributes in file.modules.items():
        for attribute, given in attributes.items():
            if not attribute.isidentifier() or given not in file.givens:
                yield f"modules.{module}.{attribute}: found {given!r}, expected one of {', '.join(file.givens)}"
    for name, data in file.files.items():
        rows = [file.givens[column].shape for column in data.columns if column in file.givens]
        if not data.columns or len(rows) < len(data.columns):
            yield f"files.{name}.columns: found {', '.join(data.columns)}, expected some of {', '.join(file.givens)}"
        elif any(not shape for shape in rows) or len({shape[0] for shape in rows}) != 1:
            yield f"files.{name}.columns: found {', '.join(data.columns)}, expected givens of the same first dimension"
        if not data.delimiter:
            yield f"files.{name}.delimiter: found none, expected a character, such as ','"


def _written_problems(file: ExerciseFile) -> Iterator[str]:
    for index, values in enumerate(file.cases):
        place = f"cases[{index}]"
        why = values.get("why")
        if not isinstance(why, dict) or set(why) != {"en", "zh"}:
            yield f"{place}.why: found {str(why)!r:.60}, expected en and zh"
        lengths: dict[str, int] = {}
        for name, value in {**{name: given.fixed for name, given in file.givens.items()}, **values}.items():
            if name in file.givens:
                changed = replace(file.givens[name], fixed=value)
                yield from (
                    problem.replace(f"{place}.{name}.fixed", f"{place}.{name}")
                    for problem in _fixed_problems(f"{place}.{name}", changed, lengths)
                )
            elif name != "why":
                yield f"{place}: found {name!r}, expected givens ({', '.join(file.givens)}) and why"


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
