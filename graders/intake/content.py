"""What the text of a candidate tells: whether anybody touched it, and which results it fills in.

Only lines and words are looked at. Parsing what a student wrote is left to the sandbox, and which cells of a notebook
count is decided there.
"""

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from graders.exercise.asked import Exercise
from graders.exercise.content import ExerciseStep
from graders.submission import Cells, Submission, decode_submission

_IDENTIFIER = re.compile(r"[^\W\d]\w*")
# An equals sign that is no part of a comparison, an annotation or an assignment that changes a value.
_ASSIGNMENT = re.compile(r"(?<![=!<>+\-*/%@&|^:])=(?!=)")
_TEXT_ON_TOP = re.compile(r"""\A(?:\s|#[^\n]*\n)*("{3}|'{3})(?:(?!\1).)*\1""", re.DOTALL)
_DEFINITION = re.compile(r"(?:async\s+def|def|class)\b|@")
_PLACEHOLDERS = ("None", "...", "")


class Handed(Struct, frozen=True):
    """The files students get, by meaning: `lines` of theirs, those of them that are `open`, and the names of the steps.

    `results`: each accepted name of a result with the result. All are empty where only names of files are known.
    """

    solution_marker: str = ""
    lines: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    results: Mapping[str, str] = {}


class Content(Struct, frozen=True):
    """A candidate's meaning: its `lines` without spaces and comments, and what they come to.

    `filled`: the results that it assigns. `sets_results`: it assigns one where running the script does so, outside of
    functions.
    """

    lines: tuple[str, ...]
    is_touched: bool
    filled: frozenset[str]
    sets_results: bool


def handed_out(exercise: Exercise) -> Handed:
    """Return what stands in the files students get."""
    read = files_handed_out(exercise)
    lines = frozenset(line for each in read for line in _lines(each.cells, exercise.solution_marker))
    # Students know steps by the names they have in the parts.
    steps = [step for each in exercise.parts or [exercise] for step in each.steps]
    words = _names_by_word(steps)
    # A line to fill in: it assigns a step, and nothing yet. Other open lines, if any, may stay open.
    assigning = (line for line in lines if not words.keys().isdisjoint(_assigned_words(line)))
    return Handed(
        solution_marker=exercise.solution_marker,
        lines=lines,
        open=frozenset(filter(_is_open, assigning)),
        steps=frozenset(words),
        results=_names_by_word(step for step in steps if step.points is not None),
    )


def files_handed_out(exercise: Exercise) -> list[Submission]:
    """Return the template and the notebook, and those of parts, as far as they are there."""
    every = [exercise, *exercise.parts]  # some hand in what they have of a part
    files = [each.folder / f"{each.name}{suffix}" for each in every for suffix in (".py", ".ipynb")]
    return [decode_submission(file.name, file.read_bytes()) for file in files if file.is_file()]


def _names_by_word(steps: Iterable[ExerciseStep]) -> dict[str, str]:
    """Return the steps' names by all words that are accepted for them."""
    return {word: step.name for step in steps for word in (step.name, *step.also)}


def content_of(submission: Submission, handed: Handed) -> Content:
    """Return what a readable file says."""
    lines = tuple(_lines(submission.cells, handed.solution_marker))
    filled = frozenset(_results_in(lines, handed))
    cells = [(number, _outside_functions(text)) for number, text in submission.cells] if filled else ()
    outside = _lines(cells, handed.solution_marker)
    return Content(lines, _is_touched(lines, handed), filled, any(_results_in(outside, handed)))


def _outside_functions(source: str) -> str:
    """Return the lines of a text that stand in no function or class, as far as their indentation tells."""
    kept: list[str] = []
    within = False
    for line in source.splitlines():
        # A bracket that closes a signature may stand at the margin, as do comments within a body.
        if line[:1].strip() and line[0] not in "#)]}":
            within = _DEFINITION.match(line) is not None
        if not within:
            kept.append(line)
    return "\n".join(kept)


def assigned_steps(cells: Cells, exercise: Exercise) -> set[str]:
    """Return the steps of an exercise that are assigned by one of their names, with a placeholder or more."""
    words = _names_by_word(exercise.steps)
    return {words[word] for word in assigned_words(cells) if word in words}


def assigned_words(cells: Cells) -> set[str]:
    """Return the words that stand to the left of an assignment."""
    return {word for line in _lines(cells, "") for word in _assigned_words(line)}


def assigns_steps(cells: Cells, handed: Handed) -> bool:
    """Tell whether a text assigns a result, or several steps: one, as `error`, may be a word of any text."""
    lines = list(_lines(cells, ""))
    steps = handed.steps.intersection(word for line in lines for word in _assigned_words(line))
    return len(steps) > 1 or any(_results_in(lines, handed))


def _is_touched(lines: tuple[str, ...], handed: Handed) -> bool:
    """Tell whether anything was filled in: an open line is gone, or another line speaks of a step.

    A name on top, other spaces, comments or another order of cells are not work.
    """
    if not handed.open:
        return True
    added = set(lines) - handed.lines
    return not handed.open <= set(lines) or any(
        not handed.steps.isdisjoint(_IDENTIFIER.findall(line)) for line in added
    )


def _results_in(lines: Iterable[str], handed: Handed) -> Iterable[str]:
    for line in lines:
        if not _is_open(line):
            yield from (handed.results[word] for word in _assigned_words(line) if word in handed.results)


def _assigned_words(line: str) -> list[str]:
    """Return the words left of a line's assignment; none if it has none."""
    match = _ASSIGNMENT.search(line) if "=" in line else None
    return _IDENTIFIER.findall(line[: match.start()]) if match else []


def _is_open(line: str) -> bool:
    return line.rpartition("=")[2] in _PLACEHOLDERS


def _lines(cells: Cells, solution_marker: str) -> Iterable[str]:
    """Yield the lines of code without spaces and comments, but those of the lesson's solution."""
    for _, source in cells:
        first = next(iter(source.lstrip().splitlines()), "")
        if "".join(first.split()).lower() == solution_marker.lower() != "":
            continue
        # The text on top is no code either: Colab writes one into the script that it makes of a notebook.
        lines = _TEXT_ON_TOP.sub("", source).splitlines()
        yield from filter(None, map(_bare_line, lines))


def _bare_line(line: str) -> str:
    # A number sign within quotes is no comment, and telling which is which would take a parser.
    text = line if '"' in line or "'" in line else line.partition("#")[0]
    return "" if text.lstrip().startswith("#") else "".join(text.split())
