"""At run time: what the sites of a script are, one after another, and other values put in at some of them.

A program that is looked at does what it did: see `looking`. All of it is bounded: passes of a site, elements of a
value, values and numbers of a run, and the time of all runs together.
"""

import itertools
import sys
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from types import CodeType, FrameType, TracebackType
from typing import Any, NamedTuple

import numpy as np

from .arrays import RAW, Array
from .asking import Puts, Substitute
from .faults import cell_of
from .forms import is_form, look_at_value, put_form
from .likeness import like
from .looking import EXACT, encode_number, encode_small, keys_of_numbers
from .recording import Encoded
from .sites import MAX_PASSES, Site

_CLOCK_EVERY = (1 << 14) - 1  # passes of one site between two looks at the clock
_now = time.perf_counter  # a submission may replace that of `time`

_Place = tuple[int, int, int, int]
"""Line and column where something begins, and where it ends."""

Kept = tuple[int, Any]
"""A site, and its value there: a number as it is, or what it was encoded to."""


class OutOfTime(BaseException):
    """The observed runs took their time; not an Exception, so that `except Exception` does not swallow it."""


class Raised(NamedTuple):
    """Where an exception was raised: the smallest site around it, and the shapes of the variables read there."""

    site: int
    operands: Sequence[tuple[str, list[int] | str]]


class Observer:
    """Called by the observed script at every site; holds what one run came by, in order of execution."""

    def __init__(self, sites: Sequence[Site], seconds: float) -> None:
        self.sites = sites
        self.kept: list[Kept] = []
        self.is_late = False
        self._until = _now() + seconds
        self._passes: list[int] = []
        self._limits: list[int] = []
        self._room = self._most = 0
        self.puts: Puts = {}

    def start(self, watched: Collection[int] | None, puts: Puts, room: int) -> None:
        """Begin a run in which these sites (None: all) are looked at; `room`: numbers that may be kept."""
        count = len(self.sites)
        self._limits = [MAX_PASSES if watched is None or number in watched else 0 for number in range(count)]
        self._most = room
        self.puts = puts
        self.start_again()

    def start_again(self) -> None:
        """Begin the same run anew."""
        self.kept = []
        self._passes = [0] * len(self.sites)
        self._room = self._most

    def hook(self) -> Callable[[int, Any], Any]:
        """Return what the script is to call in this run."""
        return self.replace if self.puts else self.observe

    def time_is_over(self) -> bool:
        """Tell whether no further run is to be started."""
        self.is_late = self.is_late or _now() >= self._until
        return self.is_late

    def all_passes(self) -> int:
        """Return how often sites were passed in the run."""
        return sum(self._passes)

    def observe(self, number: int, value: Any) -> Any:
        """Look at a value; return it."""
        done = self._passes[number]
        self._passes[number] = done + 1
        if done < self._limits[number]:
            self._keep(number, value)
        elif not done & _CLOCK_EVERY and done and self.time_is_over():
            raise OutOfTime("the observed runs took too long")
        return value

    def replace(self, number: int, value: Any) -> Any:
        """Put in what is to be put in here; look at what comes of it, and return that."""
        put = self.puts.get((number, self._passes[number]))  # not `or`: an array has no truth value
        if put is None:
            put = self.puts.get((number, -1))
        if put is not None:
            value = self.replaced(self.sites[number].kind, value, put)
        return self.observe(number, value)

    def encoded(self) -> list[tuple[int, Encoded]]:
        """Return what the run came by, as it is sent."""
        return [(number, value if type(value) is tuple else encode_number(value)) for number, value in self.kept]

    def _keep(self, number: int, value: Any) -> None:
        kind = type(value)
        if self._room <= 0:
            return
        if kind in EXACT:
            self.kept.append((number, value))  # it cannot change
            self._room -= 1
        else:
            try:
                encoded = look_at_value(value)
            except RecursionError:  # the script is at its limit, which is no business of ours
                return
            self.kept.append((number, encoded))
            self._room -= 1 + len(encoded[1]) // RAW.itemsize

    @staticmethod
    def replaced(kind: str, value: Any, put: Substitute) -> Any:
        """Return the numbers that are put in as the kind of thing that a value is."""
        array = put.array
        if is_form(array):
            return put_form(kind, value, array)
        try:
            shaped = array if put.keeps_shape else in_shape_of(value, array)
            # What was filled is only looked at, so that another array in its place would be lost.
            return value if kind == "container" and _change_in_place(value, shaped) else _as_kind(kind, value, shaped)
        except Exception:  # noqa: BLE001 - a value of no usual form
            return _as_numbers_alone(array)


def _as_kind(kind: str, value: Any, shaped: Array) -> Any:
    """Return numbers as what a value is, or changed in place where a statement changes it."""
    if type(value) is dict:
        return _with_numbers(value, shaped, is_same=kind in ("augmented", "container"))
    if _are_truths(value):
        # Other numbers would all be true there, so that any step's would seem to be what is missing.
        if not np.isin(shaped, (0, 1)).all():
            return value
        return shaped.astype(bool) if shaped.ndim else bool(shaped)
    if _are_indices(shaped, value):
        return shaped.astype(np.int64)
    if kind == "augmented" and _change_in_place(value, shaped):
        return value
    return like(value, shaped) if _can_be_like(value, shaped) else _as_numbers_alone(shaped)


def _are_indices(array: Array, value: Any) -> bool:
    """Tell whether whole numbers are put in where a script has an array of some, or should: they may be indices."""
    if type(value) is not np.ndarray or not array.ndim or (array % 1).any():
        return False
    return value.dtype.kind in "iu" or (value.dtype.kind == "f" and bool((value % 1).any()))


def in_shape_of(value: Any, array: Array) -> Array:
    """Return the numbers of `array` in a value's shape where their number agrees, turned if it is turned."""
    shape = encode_small(value)[0]
    if isinstance(shape, str) or list(array.shape) == shape or int(np.prod(shape)) != array.size:
        return array
    return array.T if list(array.shape[::-1]) == shape else array.reshape(shape)


def _can_be_like(value: Any, array: Array) -> bool:
    kind = type(value)  # of an array with axes some versions of numpy make a single number, others make none
    return kind in (list, tuple, np.ndarray, np.matrix) or (kind in EXACT and not array.ndim)


def _as_numbers_alone(array: Array) -> Any:
    return array.copy() if array.ndim else float(array)


def _are_truths(value: Any) -> bool:
    return type(value) in (bool, np.bool_) or (type(value) is np.ndarray and value.dtype.kind == "b")


def _with_numbers(value: dict[Any, Any], array: Array, *, is_same: bool) -> dict[Any, Any]:
    """Return a dictionary with other numbers, in the order in which it was filled; `is_same`: it is changed itself."""
    numbers = dict(zip(keys_of_numbers(value) or (), array.tolist(), strict=True))
    changed = value if is_same else dict(value)
    changed.update(numbers)
    return changed


def _change_in_place(value: Any, array: Array) -> bool:
    """Change an array or list in place, so that whoever else holds it sees it; tell whether that could be done."""
    if type(value) in (np.ndarray, np.matrix) and value.dtype.kind == "f" and value.shape == array.shape:
        value[...] = array
        return True
    if type(value) is list and array.ndim and len(value) == len(array):
        value[:] = like(value, array)
        return True
    return False


def locate(error: BaseException, files: Collection[str], sites: Sequence[Site]) -> Raised | None:
    """Return the site at which an exception was raised, as the innermost line of the student's own tells it."""
    innermost = _innermost(error.__traceback__, files)
    if innermost is None:
        return None
    code, line = innermost.tb_frame.f_code, innermost.tb_lineno
    # Where only the line is known, whatever stands around all of it.
    place = _place_of(code, innermost.tb_lasti) or (line, 1 << 30, line, 0)
    number = _smallest_around(place, cell_of(code.co_filename), sites)
    return None if number is None else Raised(number, _operands(sites[number].loads, innermost.tb_frame))


def _innermost(traceback: TracebackType | None, files: Collection[str]) -> TracebackType | None:
    """Return the last part of a traceback that stands in one of these files; behind it are libraries' own lines."""
    found = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename in files:
            found = traceback
        traceback = traceback.tb_next
    return found


def _operands(names: Iterable[str], frame: FrameType) -> list[tuple[str, list[int] | str]]:
    """Return the shapes of variables, in order, as a frame sees them."""
    # a class may have another mapping, whose methods are the student's
    seen = [space for space in (frame.f_locals, frame.f_globals) if type(space) in (dict, _own_locals())]
    found = [(name, space[name]) for name in names for space in seen if name in space]
    # From the end, so that what is local takes the place of a global of the same name.
    shapes = {name: encode_small(value)[0] for name, value in reversed(found)}
    return list(reversed(shapes.items()))


def _own_locals() -> type:
    """Return what shows a function's variables: a dict, or since Python 3.13 a view of its own."""
    return type(sys._getframe().f_locals)


def _place_of(code: CodeType, instruction: int) -> _Place | None:
    """Return from where to where the source of an instruction goes, where that is known."""
    place = next(itertools.islice(code.co_positions(), instruction // 2, None), None)
    if place is None or None in place:
        return None
    line, end_line, column, end_column = place
    assert line is not None
    assert end_line is not None
    assert column is not None
    assert end_column is not None
    return line, column, end_line, end_column


def _smallest_around(place: _Place, cell: int | None, sites: Sequence[Site]) -> int | None:
    """Return the site with the shortest source that holds a place."""
    around = [
        (site.end_line - site.line, site.end_column - site.column, number)
        for number, site in enumerate(sites)
        if site.cell == cell and (site.line, site.column) <= place[:2] and place[2:] <= (site.end_line, site.end_column)
    ]
    return min(around)[2] if around else None
