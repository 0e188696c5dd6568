"""At run time: which assignment is which given, and the value it takes on a case.

On the fixed example, run first, every site is looked at once: does the student's value equal one of the lesson's
givens, in whatever layout and type? The answer is kept, and on every further case the site yields that case's
value in the same layout and type. All of this is about inputs only; nothing here knows an answer.
"""

import numbers
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from .arrays import MAX_ELEMENTS, Array
from .beyond import STRAIGHT, Beyond
from .kinds import REAL, GivenKind, as_type_of, is_whole, value_of
from .layouts import Layout, layouts
from .rewriting import Site

_SAME_NUMBER = 1e-6  # relative; far below any change a student makes, far above single precision's rounding


class Replacement(NamedTuple):
    """What a site yields: the given, in the student's layout and type. `changed`: the student had another number."""

    given: str
    axes: Layout
    changed: bool
    build: Callable[[Array], Any]


class Givens:
    """Asked by the rewritten script wherever a given may be set.

    `wide`: givens that were not found when their value had to be the lesson's; now an assignment to their name is a
    changed given, and a value may be computed. `named`: givens that are taken by name only.
    """

    def __init__(
        self,
        sites: Sequence[Site],
        fixed: Mapping[str, Array],
        *,
        wide: Collection[str],
        named: Collection[str] = (),
        beyond: Beyond = STRAIGHT,
    ) -> None:
        self.plans: dict[int, Replacement | None] = {}
        self.inputs: Mapping[str, Array] = fixed
        self._sites = sites
        self._fixed = fixed
        self._wide = frozenset(wide)
        self._kinds = beyond.kinds
        self._named = frozenset(named) | {name for name, kind in beyond.kinds.items() if kind.words}
        self._elsewhere = beyond.elsewhere

    def take(self, number: int, value: Any) -> Any:
        """Return what an assignment of `value` at this site yields on the current inputs."""
        try:
            plan = self.plans[number]
        except KeyError:
            plan = self.plans[number] = self._plan(self._sites[number], value)
        return value if plan is None else plan.build(self.inputs[plan.given])

    def found(self) -> dict[str, list[tuple[Site, Replacement]]]:
        """Return for each given the sites that set it, in the order they stand in the script."""
        found: dict[str, list[tuple[Site, Replacement]]] = {name: [] for name in self._fixed}
        for number, plan in sorted(self.plans.items()):
            if plan is not None:
                found[plan.given].append((self._sites[number], plan))
        return found

    def not_found(self) -> list[str]:
        """Return the givens that were not set anywhere, except those whose named site was not reached."""
        waiting = {site.given for number, site in enumerate(self._sites) if number not in self.plans}
        missing = [name for name, sites in self.found().items() if not sites and name not in waiting]
        return [name for name in missing if name not in self._elsewhere]

    def _plan(self, site: Site, value: Any) -> Replacement | None:
        kind = self._kinds.get(site.given or "", REAL)
        if kind.words:
            return _of_kind(site.given or "", kind) if value in kind.words else None
        array = as_numbers(value)
        if array is None:
            return None
        for given in self._candidates(site):
            for axes in layouts(self._fixed[given].ndim, array.ndim):
                if _same_numbers(axes.arrange(self._fixed[given]), array):
                    return self._replacement(given, axes, value, changed=False)
        if site.given in self._wide and site.firm:
            for axes in layouts(self._fixed[site.given].ndim, array.ndim):
                if _can_be(array, axes):
                    return self._replacement(site.given, axes, value, changed=True)
        return None

    def _replacement(self, given: str, axes: Layout, prototype: Any, *, changed: bool) -> Replacement:
        if self._kinds.get(given, REAL).whole and is_whole(prototype):
            return Replacement(given, axes, changed, lambda array: as_type_of(prototype, axes.arrange(array)))
        return _replacement(given, axes, prototype, changed=changed)

    def _candidates(self, site: Site) -> list[str]:
        """Return the givens whose value is looked for at a site."""
        if site.given is not None:
            return [site.given]
        searched = self._fixed.keys() if site.constant else self._wide
        return [name for name in searched if name not in self._named]


def _can_be(array: Array, axes: Layout) -> bool:
    """Tell whether an array of other numbers may be written in this layout: an added axis has length 1."""
    return all(array.shape[position] == 1 for position, axis in enumerate(axes) if axis < 0)


def as_numbers(value: Any) -> Array | None:
    """Return a student's value as float64, or None if it is not real numbers."""
    if isinstance(value, np.ndarray | list | tuple | numbers.Real | np.number) and not isinstance(value, bool):
        try:
            array = np.asarray(value if not isinstance(value, numbers.Real) else float(value))
        except (ValueError, TypeError, OverflowError):  # ragged or mixed
            return None
        if array.dtype.kind in "fiu" and array.size <= MAX_ELEMENTS:
            return np.array(array, np.float64, subok=False)
    return None


def _same_numbers(lesson: Array, value: Array) -> bool:
    return lesson.shape == value.shape and bool((abs(value - lesson) <= _SAME_NUMBER * abs(lesson)).all())


def _of_kind(given: str, kind: GivenKind) -> Replacement:
    return Replacement(given, Layout(), changed=False, build=lambda array: value_of(array, kind))


def _replacement(given: str, axes: Layout, prototype: Any, *, changed: bool) -> Replacement:
    if type(prototype) is float and not axes:
        build: Callable[[Array], Any] = float
    elif type(prototype) is np.ndarray and prototype.dtype == np.float64 and axes == tuple(range(len(axes))):
        build = np.array
    else:

        def build(array: Array) -> Any:
            return like(prototype, axes.arrange(array))

    return Replacement(given=given, axes=axes, changed=changed, build=build)


def like(prototype: Any, array: Array) -> Any:
    """Return `array` as the type of thing the student wrote: a list of lists, float32, a matrix …"""
    match prototype:
        case np.matrix():
            return np.asmatrix(array)
        case np.ndarray() | np.floating():
            dtype = prototype.dtype if prototype.dtype.kind == "f" else np.dtype(np.float64)
            return array.astype(dtype) if isinstance(prototype, np.ndarray) else dtype.type(array)
        case list() | tuple():
            rows = [like(prototype[0], row) for row in array]
            return rows if isinstance(prototype, list) else tuple(rows)
        case int() | float() | np.number():
            return float(array)
    return type(prototype)(float(array))  # a Fraction or Decimal
