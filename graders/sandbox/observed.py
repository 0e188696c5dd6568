"""A diagnosing request into bytes, and what was observed from a head and bytes that nobody vouches for.

On numpy and the standard library alone, so that a browser can do it, too.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from graders.inside.altered import ADDED, MAX_ALTERATIONS, UNALTERED, Alteration
from graders.inside.arrays import MAX_ELEMENTS, MAX_NDIM, RAW, Array
from graders.inside.sites import (
    KINDS,
    MAX_EXCERPT,
    MAX_LOADS,
    MAX_NUMBERS,
    MAX_OPERANDS,
    MAX_PASSES,
    MAX_SITES,
    MAX_WORD,
    Site,
)

MAX_TRIALS = 500
_MAX_SHAPES = 20_000
_MAX_FAULTS = 64
_MAX_TEXT = 400
_MAX_LINE = 1 << 31
_MOST_PASSES = 1 << 40
_SITE_FIELDS = len(Site._fields)
_ALTERATION_FIELDS = len(Alteration._fields)


class MalformedReplyError(ValueError):
    """A reply is not what the sandboxed program writes: the submission tampered with it."""


class Put(NamedTuple):
    """What is put in at a site: a value for each case, or None where the student's own stays.

    `on_pass`: counted from 0; -1 for every pass. The value takes on the student's type, and their layout where it has
    as many elements; not if it `keeps_shape`: where numbers were lost, a single one has the right size by chance.
    """

    site: int
    values: Sequence[Array | None]
    on_pass: int = -1
    keeps_shape: bool = False


class Trial(NamedTuple):
    """One way to run the script on all cases; `watched`: the sites to be observed, None for all.

    `altered`: the number of the alteration that is switched on, of those that are asked about.
    """

    puts: Sequence[Put] = ()
    watched: Sequence[int] | None = ()
    altered: int = UNALTERED


class Crash(NamedTuple):
    """What stopped a run. `site`: the smallest one around what raised it, with the shapes of the variables it reads."""

    kind: str
    type: str
    message: str
    line: int | None
    cell: int | None
    site: int | None
    operands: Mapping[str, tuple[int, ...] | str]


class Seen(NamedTuple):
    """What a site was on a pass, counted from 0: numbers, or a word for what was none."""

    site: int
    on_pass: int
    value: Array | str


class Run(NamedTuple):
    """One trial on one case; `seen` in the order of execution."""

    results: Mapping[str, Array | str]
    crash: Crash | None
    seen: Sequence[Seen]


class Observed(NamedTuple):
    """The reply: for each trial its runs, case by case; those there was no time for are left out, at the end.

    `sites`, `alterations`: described only if that was asked for. `passes`: how much was done in the longest run on each
    case, whatever time it took.
    """

    sites: Sequence[Site]
    runs: Sequence[Sequence[Run]]
    alterations: Sequence[Alteration] = ()
    passes: Sequence[int] = ()


def encode_trials(trials: Sequence[Trial]) -> tuple[list[Any], list[bytes]]:
    """Return what a request's head says of trials, and the raw numbers behind those of the cases."""
    puts = [put for trial in trials for put in trial.puts]
    heads = [
        [None if trial.watched is None else list(trial.watched), [_head_of(put) for put in trial.puts], trial.altered]
        for trial in trials
    ]
    return heads, [np.asarray(value, RAW).tobytes() for put in puts for value in put.values if value is not None]


def _head_of(put: Put) -> list[Any]:
    shapes = [None if value is None else list(value.shape) for value in put.values]
    return [put.site, put.on_pass, put.keeps_shape, shapes]


def decode_observed(head: Mapping[str, Any], raw: bytes, cases: int) -> Observed:
    """Take the reply to a diagnosing request apart. Raises MalformedReplyError if anything is not as it is written."""
    return _Decoder(head, read_numbers(raw), cases).decode()


def read_numbers(raw: bytes) -> Array:
    """Return the numbers behind a head, which nobody can change. Raises MalformedReplyError."""
    if len(raw) % RAW.itemsize:
        raise MalformedReplyError("numbers cut in the middle")
    flat = np.frombuffer(raw, RAW)
    not_numbers = np.isnan(flat)
    if not_numbers.any():
        flat = np.where(not_numbers, np.nan, flat)  # a signalling NaN would make our own arithmetic warn
        flat.flags.writeable = False
    return flat


class _Decoder:
    def __init__(self, head: Mapping[str, Any], flat: Array, cases: int) -> None:
        self._head = head
        self._flat = flat
        self._cases = cases
        self._offset = 0
        self._shapes = [_checked_shape(shape) for shape in _checked_list(head["shapes"], _MAX_SHAPES)]
        self._sizes = [0 if isinstance(shape, str) else math.prod(shape) for shape in self._shapes]
        self._faults = [_checked_fault(fault) for fault in _checked_list(head["faults"], _MAX_FAULTS)]
        self._results = [_checked_text(name, _MAX_TEXT) for name in _checked_list(head["results"], 200)]

    def decode(self) -> Observed:
        sites = tuple(_site(row, number) for number, row in enumerate(_checked_list(self._head["sites"], MAX_SITES)))
        altered = tuple(_alteration(row) for row in _checked_list(self._head["alterations"], MAX_ALTERATIONS))
        rows = _checked_list(self._head["runs"], MAX_TRIALS * max(1, self._cases))
        if rows and not self._cases:
            raise MalformedReplyError("runs on no case")
        runs = [self._run(row) for row in rows]
        if self._offset != len(self._flat):
            raise MalformedReplyError(f"{len(self._flat)} numbers where the shapes need {self._offset}")
        by_trial = [tuple(runs[first : first + self._cases]) for first in range(0, len(runs), self._cases or 1)]
        passes = tuple(_whole(number, 0, _MOST_PASSES) for number in _fixed(self._head["passes"], self._cases))
        return Observed(sites=sites, runs=tuple(by_trial), alterations=altered, passes=passes)

    def _run(self, row: Any) -> Run:
        fault, site, operands, flat, results = _fixed(row, 5)
        seen = self._seen(_checked_list(flat, 2 * MAX_NUMBERS))
        values = [self._value(index) for index in _fixed(results, len(self._results))]
        number = _whole(fault, -1, len(self._faults))
        crash = self._crash(number, _whole(site, -1, MAX_SITES), _checked_list(operands, MAX_OPERANDS))
        return Run(dict(zip(self._results, values, strict=True)), crash, seen)

    def _seen(self, flat: Sequence[Any]) -> tuple[Seen, ...]:
        if len(flat) % 2:
            raise MalformedReplyError("a site without a value")
        passes: dict[int, int] = {}
        seen = []
        for site, index in zip(flat[::2], flat[1::2], strict=True):
            number = _whole(site, 0, MAX_SITES)
            on_pass = passes.get(number, 0)
            passes[number] = on_pass + 1
            if on_pass >= MAX_PASSES:
                raise MalformedReplyError("more passes of a site than are kept")
            seen.append(Seen(number, on_pass, self._value(index)))
        return tuple(seen)

    def _value(self, index: Any) -> Array | str:
        number = _whole(index, 0, len(self._shapes))
        shape, size, first = self._shapes[number], self._sizes[number], self._offset
        if isinstance(shape, str):
            return shape
        # Values lie one after another in the order in which they are named here.
        self._offset = first + size
        if self._offset > len(self._flat):
            raise MalformedReplyError("fewer numbers than the shapes need")
        return self._flat[first : self._offset].reshape(shape)

    def _crash(self, fault: int, site: int, operands: Sequence[Any]) -> Crash | None:
        if fault < 0:
            if site >= 0 or operands:
                raise MalformedReplyError("a place where nothing was raised")
            return None
        shapes = {}
        for operand in operands:
            name, index = _fixed(operand, 2)
            shapes[_checked_text(name, MAX_WORD)] = self._shapes[_whole(index, 0, len(self._shapes))]
        return self._faults[fault]._replace(site=None if site < 0 else site, operands=shapes)


def _site(row: Any, number: int) -> Site:
    kind, name, cell, line, end_line, column, end_column, source, function, parent, loads = _fixed(row, _SITE_FIELDS)
    if kind not in KINDS:
        raise MalformedReplyError("a site of no known kind")
    return Site(
        kind=_checked_text(kind, MAX_WORD),
        name=None if name is None else _checked_text(name, MAX_WORD),
        cell=None if cell is None else _whole(cell, 0, _MAX_LINE),
        line=_whole(line, 0, _MAX_LINE),
        end_line=_whole(end_line, 0, _MAX_LINE),
        column=_whole(column, 0, _MAX_LINE),
        end_column=_whole(end_column, 0, _MAX_LINE),
        source=_checked_text(source, MAX_EXCERPT),
        function=_checked_text(function, MAX_WORD),
        parent=_whole(parent, -1, number),  # a parent stands before its parts, so that there is no ring
        loads=tuple(_checked_text(word, MAX_WORD) for word in _checked_list(loads, MAX_LOADS)),
    )


def _alteration(row: Any) -> Alteration:
    kind, cell, line, source, growth, statement, after = _fixed(row, _ALTERATION_FIELDS)
    return Alteration(
        kind=_whole(kind, 0, ADDED + 1),
        cell=None if cell is None else _whole(cell, 0, _MAX_LINE),
        line=_whole(line, 0, _MAX_LINE),
        source=_checked_text(source, MAX_EXCERPT),
        growth=_whole(growth, -1, _MAX_LINE),
        statement=_whole(statement, 0, _MAX_LINE),
        after=_checked_text(after, MAX_EXCERPT),
    )


def _checked_fault(claim: Any) -> Crash:
    if not isinstance(claim, dict) or claim.keys() != {"kind", "type", "message", "line", "cell"}:
        raise MalformedReplyError("a fault that is not described")
    line, cell = claim["line"], claim["cell"]
    return Crash(
        kind=_checked_text(claim["kind"], _MAX_TEXT),
        type=_checked_text(claim["type"], _MAX_TEXT),
        message=_checked_text(claim["message"], _MAX_TEXT),
        line=None if line is None else _whole(line, 0, _MAX_LINE),
        cell=None if cell is None else _whole(cell, 0, _MAX_LINE),
        site=None,
        operands={},
    )


def _checked_shape(claim: Any) -> tuple[int, ...] | str:
    if isinstance(claim, str):
        return _checked_text(claim, _MAX_TEXT)
    shape = tuple(_whole(length, 0, MAX_ELEMENTS + 1) for length in _checked_list(claim, MAX_NDIM))
    if math.prod(shape) > MAX_ELEMENTS:
        raise MalformedReplyError(f"a value of {math.prod(shape)} elements")
    return shape


def _checked_list(claim: Any, most: int) -> list[Any]:
    if not isinstance(claim, list) or len(claim) > most:
        raise MalformedReplyError("no list of a length that is written")
    return claim


def _fixed(claim: Any, length: int) -> list[Any]:
    if len(_checked_list(claim, length)) != length:
        raise MalformedReplyError("a list of another length than is written")
    return list(claim)


def _whole(claim: Any, least: int, below: int) -> int:
    # `type`, not `isinstance`: to Python, True is a whole number.
    if type(claim) is not int or not least <= claim < below:
        raise MalformedReplyError("no whole number of a size that is written")
    return claim


def _checked_text(claim: Any, most: int) -> str:
    if not isinstance(claim, str) or len(claim) > most:
        raise MalformedReplyError("no text of a length that is written")
    return claim
