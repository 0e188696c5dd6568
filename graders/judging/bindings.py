"""Which statements give steps their names, and whether a script that stopped had got to the last of them."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from graders.inside.faults import undefined_name
from graders.inside.sites import PARAMETER, Site
from graders.judging.comparison import Value
from graders.judging.sightings import Place, Sightings
from graders.sandbox.reply import FaultClaim

BINDING = frozenset({"assign", "augmented", "container", "return"})

_ZEROS = ("zeros(", "zeros_like(", "[0")


class Bindings:
    """What is bound to the names of steps; `words`: what these may be called, each with the name it stands for."""

    def __init__(self, sightings: Sightings, words: Mapping[str, str]) -> None:
        self._sightings = sightings
        self._words = words
        self._last = self._last_statements()

    def by_name(self) -> dict[str, list[Place]]:
        """Return for each step the places that are bound to one of its names, in the order of execution."""
        bound: dict[str, list[Place]] = {}
        for place in self._sightings.places:
            name = self._step_at(place.site)
            # Of several passes the last counts: it is what the name holds in the end.
            if name is not None and place.on_pass == -1 and self._gives(place):
                bound.setdefault(name, []).append(place)
        for name in filter(self._may_be_left_over, list(bound)):
            bound[name] = [place for place in bound[name] if not self._is_begun_anew_behind(place.site)]
        return {name: self._in_order(own) for name, own in bound.items() if own}

    def _gives(self, place: Place) -> bool:
        """Tell whether a variable gets its value here, and is not only set to itself, as behind loops to see it."""
        site = self._sightings.sites[place.site]
        return self.is_bound(place) and (site.kind != "assign" or site.source != site.name)

    def is_bound(self, place: Place) -> bool:
        """Tell whether a value is bound to a variable here; a function called later may return it by chance."""
        return self._sightings.sites[place.site].kind in BINDING - {"return"}

    def unwritten(self, fault: FaultClaim | None) -> str | None:
        """Return the step whose name has no value where the script stopped for that, since nothing gives it one."""
        step = None if fault is None else self._words.get(undefined_name(fault.type, fault.message))
        return None if step in map(self._step_at, range(len(self._sightings.sites))) else step

    def count_read_in(self, function: str) -> int:
        """Return how many variables a function works with that it does not bind itself: its parameters, and others."""
        within = [site for site in self._sightings.sites if site.function == function]
        bound = {site.name for site in within if site.kind != PARAMETER}
        functions = {site.called for site in self._sightings.sites}
        return len({word for site in within for word in site.loads} - bound - functions - {"self"})

    def only_makes_room(self, place: Place) -> bool:
        """Tell whether something is only set up here, to be filled later: what is wrong is then what fills it."""
        site = self._sightings.sites[place.site]
        is_filled = site.kind == "assign" and (site.name, site.function) in self._filled
        return is_filled and (not site.loads or _are_zeros(self._sightings.values(place)))

    def is_only_begun(self, place: Place) -> bool:
        """Tell whether zeros that are set up here are what a variable holds in the end, where something should follow.

        A single number that is typed in may as well stand for a value that is to be computed there.
        """
        site, values = self._sightings.sites[place.site], self._sightings.values(place)
        return self.only_makes_room(place) or (bool(site.loads) and makes_room(site, values))

    @cached_property
    def _filled(self) -> frozenset[tuple[str | None, str]]:
        return frozenset((site.name, site.function) for site in self._sightings.sites if site.kind == "container")

    def held(self, name: str, actual: Sequence[Mapping[str, Value]]) -> list[Value]:
        """Return what a step's name holds in the end on each case, of all that was recorded there."""
        values = [each.get(name, "missing") for each in actual]
        return ["missing" if self._is_left_over(name, case) else value for case, value in enumerate(values)]

    def _in_order(self, own: Sequence[Place]) -> list[Place]:
        """Return places in the order in which they were last passed; `own`: as far as that was looked at.

        A sum may be set to zero on each pass of an outer loop, and be added to for longer than was looked at. What is
        first passed behind it stands behind its loop.
        """
        order, first_passed = self._sightings.order, self._sightings.first_passed
        begun = {place: first_passed(place.site) for place in own if self._sightings.outlasts(place.site)}
        last = {
            place: max(order(other) for other in own if first_passed(other.site) <= first)
            for place, first in begun.items()
        }
        return sorted(own, key=lambda place: (last.get(place, order(place)), begun.get(place, -1)))

    def _is_begun_anew_behind(self, number: int) -> bool:
        last = self._last.get((self._step_at(number) or "", self._sightings.sites[number].function), number)
        return self._spot(number) < self._spot(last)

    def _may_be_left_over(self, name: str) -> bool:
        return any(self._is_left_over(name, case) for case in self._sightings.cases)

    def _is_left_over(self, name: str, case: int) -> bool:
        """Tell whether what a step's name holds is from before its last statement, since the script stopped.

        So is the loss of a training loop that is called as the result is, and weights as they are given. Within a loop
        one pass is enough. What goes on from a value that was computed, as `a += 1` does, does not replace it.
        """
        if self._sightings.crash(case) is None:
            return False
        sites = self._sightings.sites
        functions = [sites[at].function for at in self._sightings.passed_on(case) if self._step_at(at) == name]
        # What is bound outside of functions comes first: it is what is looked at in the end.
        last = self._last.get((name, min(functions, default="")))
        if last is None or self._sightings.passes(last, case):
            return False
        # What went past the statement left it out: it stands in a branch.
        return self._furthest(sites[last].function, case) <= self._spot(last)

    def _furthest(self, function: str, case: int) -> tuple[int, int]:
        """Return how far down a function was run on a case, with where it stopped unless that was within a call."""
        sites, crash = self._sightings.sites, self._sightings.crash(case)
        reached = [
            self._spot(number) for number in self._sightings.passed_on(case) if sites[number].function == function
        ]
        if crash is not None and (crash.site is None or sites[crash.site].function == function):
            reached.append((crash.cell or 0, crash.line or 0))
        return max(reached, default=(0, 0))

    def _last_statements(self) -> dict[tuple[str, str], int]:
        """Return by name and function the last statement that gives a step its name, and does not go on from it.

        Of a name that is only typed in it is the last one that goes on from that.
        """
        bound: dict[tuple[str, str], list[int]] = {}
        for number, site in enumerate(self._sightings.sites):
            name = self._step_at(number)
            if name is not None and site.kind in BINDING - {"return"}:
                bound.setdefault((name, site.function), []).append(number)
        return {key: self._last_of(numbers) for key, numbers in bound.items() if self._begun(numbers)}

    def _last_of(self, numbers: Sequence[int]) -> int:
        last = max(self._begun(numbers), key=self._spot)
        return last if self._sightings.sites[last].loads else max(numbers, key=self._spot)

    def _begun(self, numbers: Sequence[int]) -> list[int]:
        sites = self._sightings.sites
        return [at for at in numbers if sites[at].kind == "assign" and sites[at].name not in sites[at].loads]

    def _step_at(self, number: int) -> str | None:
        return self._words.get(self._sightings.sites[number].name or "")

    def _spot(self, number: int) -> tuple[int, int]:
        site = self._sightings.sites[number]
        return site.cell or 0, site.line


def makes_room(site: Site, values: Sequence[Value]) -> bool:
    """Tell whether a statement only sets up zeros; a computation may come to them, too."""
    is_written = not site.loads or any(word in site.source for word in _ZEROS)
    return site.kind == "assign" and is_written and _are_zeros(values)


def _are_zeros(values: Sequence[Value]) -> bool:
    return not any(isinstance(each, str) or each.any() for each in values)
