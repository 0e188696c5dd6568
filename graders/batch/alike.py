"""Hand-ins whose own code is nearly the same: worth a look, and no verdict on anybody.

What students were given, and the usual ways to fill it in, are alike by themselves. So names are left out of account,
what stands in the files handed out and in the solution is subtracted, and so is what many of the class have; only a
good deal of the rest in common is told.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from keyword import kwlist

from msgspec import Struct

from graders.batch.rows import Row
from graders.exercise.asked import Exercise
from graders.intake.content import files_handed_out
from graders.submission import Cells

_PIECE = re.compile(r"#.*|\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|\"[^\"\n]*\"|'[^'\n]*'|\.?[^\W\d]\w*|[\d.]+|[^\w\s]|\n")
# So many tokens in a row are compared: fewer are in everybody's code, more are broken by any small change.
_RUN = 6

# Of a hand-in's runs those with the smallest hashes stand for all: two such samples overlap as the whole does.
_SAMPLE = 24

# With fewer runs of one's own there is nothing to be alike in.
_FEWEST = 32

# What more students have is the usual way to write it.
_USUAL = 12

_SHARE = 0.8
_NAME, _TEXT = 1, 2


class Taught(Struct, frozen=True):
    """What everybody may have: the lines handed out, and the runs of tokens of these and of the solution.

    `fewest`: so many runs of one's own there must be, since whoever fills an exercise in another way than the solution
    has as many as the solution has, and not of any other's making.
    """

    lines: frozenset[str]
    runs: frozenset[int]
    fewest: int


def taught_by(exercise: Exercise) -> Taught:
    """Return what an exercise's template, notebook and solution have."""
    handed = [source for each in files_handed_out(exercise) for _, source in each.cells]
    solution = [each.reference_source for each in (exercise, *exercise.parts)]
    known = {run for source in handed for run in _token_runs(source)}
    filled_in = {run for source in solution for run in _token_runs(source)} - known
    lines = frozenset(line.strip() for source in (*handed, *solution) for line in source.splitlines())
    return Taught(lines, frozenset(known | filled_in), max(_FEWEST, 2 * len(filled_in)))


def sketch_of(cells: Cells, taught: Taught) -> list[int]:
    """Return a sample of the runs of tokens that are a hand-in's own; empty where there are few."""
    own = "\n".join(line for _, source in cells for line in source.splitlines() if line.strip() not in taught.lines)
    runs = set(_token_runs(own)) - taught.runs
    return sorted(runs)[:_SAMPLE] if len(runs) >= taught.fewest else []


def _token_runs(source: str) -> Iterable[int]:
    """Return a hash of each run of tokens, in which all names are one, and line ends and comments are none."""
    words = (word for word in _PIECE.findall(source) if not word.startswith(("\n", "#")))
    tokens = list(map(_number_of_token, words))
    # Of a tuple of numbers Python's hash is the same in every process; of text it is not.
    return (hash(run) & 0xFFFFFFFF for run in zip(*(tokens[start:] for start in range(_RUN)), strict=False))


_KEYWORDS = {word: number for number, word in enumerate(kwlist, start=16)}


def _number_of_token(word: str) -> int:
    if word in _KEYWORDS:
        return _KEYWORDS[word]
    if word.isidentifier():
        return _NAME
    # A method's name says what is done; the text of a message does not.
    return _TEXT if word[0] in "\"'" else zlib.crc32(word.encode())


def look_alikes(rows: Iterable[Row]) -> dict[str, list[str]]:
    """Return, by a row's key, whose code is nearly the same (ids, else files); rows without such are not there."""
    sketches: dict[str, frozenset[int]] = {}
    who: dict[str, str] = {}
    for row in rows:
        if row.sketch:
            sketches[row.key] = frozenset(row.sketch)
            # By student, not by row: two attempts of one student are alike, and nobody's business.
            who[row.key] = row.student or row.name or row.file
    rare = _without_usual(sketches)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for first, second in _alike_pairs(rare):
        if who[first] != who[second]:
            found[first].append(who[second])
            found[second].append(who[first])
    return dict(found)


def _without_usual(sketches: Mapping[str, frozenset[int]]) -> dict[str, frozenset[int]]:
    count = Counter(run for sketch in sketches.values() for run in sketch)
    rare = {key: frozenset(run for run in sketch if count[run] <= _USUAL) for key, sketch in sketches.items()}
    # What is left of a usual hand-in is too little to be alike in.
    return {key: sketch for key, sketch in rare.items() if len(sketch) * 2 >= _SAMPLE}


def _alike_pairs(sketches: Mapping[str, frozenset[int]]) -> list[tuple[str, str]]:
    """Return which sketches overlap enough. Only those that share a run are compared: a class has many pairs."""
    having: defaultdict[int, list[str]] = defaultdict(list)
    for key, sketch in sketches.items():
        for run in sketch:
            having[run].append(key)
    shared: Counter[tuple[str, str]] = Counter()
    for keys in having.values():
        shared.update(combinations(keys, 2))
    return [
        (first, second)
        for (first, second), count in shared.items()
        if count >= _SHARE * max(len(sketches[first]), len(sketches[second]))
    ]


def named(others: Sequence[str], most: int = 3) -> str:
    """Return the first few for a message."""
    return ", ".join(others[:most]) + (" …" if len(others) > most else "")
