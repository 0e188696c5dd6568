"""What a script only begins: a variable whose first value is right, or room for one, and which nothing goes on from."""

from collections.abc import Collection

from graders.inside.sites import MAX_PASSES, Site
from graders.judging.agreement import are_beginnings, have_numbers_only
from graders.judging.bindings import makes_room
from graders.judging.following import GIVING, Followed
from graders.judging.sightings import Place, Sightings
from graders.judging.trails import Trail, is_own


class Beginnings:
    """The beginnings among the statements of one submission."""

    def __init__(self, followed: Followed, sightings: Sightings) -> None:
        self._followed = followed
        self._sightings = sightings

    def goes_on(self, trail: Trail) -> bool:
        """Tell whether the reference changes a variable again after it has given it these values."""
        same = (
            other
            for other in reversed(self._followed.trails)
            if (other.name, other.function) == (trail.name, trail.function)
        )
        return next(same) is not trail

    def is_right(self, number: int) -> bool:
        """Tell whether a statement gives what the reference gives a variable of this name first, to go on from it."""
        return self._begun(number) is not None

    def _begun(self, number: int) -> Trail | None:
        passes = [self._sightings.passes(number, case) for case in self._sightings.cases]
        if self._sightings.sites[number].kind != "assign" or not have_numbers_only(passes):
            return None
        own = (self._followed.trails[at] for at in self._own_there(number))
        return next((trail for trail in own if self.goes_on(trail) and are_beginnings(passes, trail.passes)), None)

    def come_to(self, number: int, trail: Trail) -> Trail | None:
        """Return what a trail of a loop comes to each time after a right beginning; None where that is not known."""
        begun = self._begun(number)
        if begun is None:
            return None
        passes = []
        for first, values in zip(begun.passes, trail.passes, strict=True):
            each = len(values) // (len(first) or 1)
            if each * len(first) != len(values) or not each:
                return None
            passes.append(values[each - 1 :: each])
        return trail._replace(passes=passes)

    def is_room_for(self, number: int, trail: Trail) -> bool:
        """Tell whether a statement only makes room for what a trail comes to; zeros may be a wrong beginning, too."""
        values = self._sightings.values(Place(number, -1))
        return makes_room(self._sightings.sites[number], values) and not self.goes_on(trail)

    def unfinished(self, right: Collection[int], failing: Collection[str]) -> frozenset[int]:
        """Return the statements that are the last to give a variable a value, which it does not have in the end.

        `right`: those that are right as what they are, or seem to be; `failing`: the results that are not.
        """
        is_stopped = any(map(self._sightings.is_stopped, self._sightings.cases))  # that is why the rest is missing
        likely = () if is_stopped else {*right, *filter(self.is_right, self._followed.agreeing)}
        return frozenset(number for number in likely if self._is_left_unfinished(number, failing))

    def _is_left_unfinished(self, number: int, failing: Collection[str]) -> bool:
        site = self._sightings.sites[number]
        if site.kind == "return" or number != self._last_giving(site):
            return False
        own = self._own_there(number)
        had = {*self._followed.right.get(number, ()), *self._followed.ending.get(number, ())}
        if had.intersection(own[-1:]):
            return False
        # Under another name a value may be right all the same; a result may not.
        is_result = site.name in failing and not site.function
        return is_result or (number in self._followed.beside and self._is_nowhere(own[-1]))

    def _own_there(self, number: int) -> list[int]:
        """Return the trails of a statement's own name: what one method begins, another one may go on with."""
        trails, sites = self._followed.trails, self._sightings.sites
        named = [at for at, trail in enumerate(trails) if is_own(trail, number, sites)]
        return [at for at in named if trails[at].function.rpartition(".")[2] == sites[number].called] or named

    def _is_nowhere(self, at: int) -> bool:
        is_held = at in self._followed.held_by(lambda _: True, self._sightings)
        return all(self._followed.trails[at].passes) and not is_held

    def _last_giving(self, site: Site) -> int:
        """Return the statement that is the last to give a variable its value, on the first case."""
        times = {
            number: found
            for number, other in enumerate(self._sightings.sites)
            if other.kind in GIVING
            and (other.name, other.function) == (site.name, site.function)
            and (found := self._sightings.times(number, 0))
        }
        # Of many passes the first ones alone are known: then what comes last in a round of the loop is the last one.
        at = 0 if any(len(found) >= MAX_PASSES for found in times.values()) else -1
        return max(times, key=lambda number: times[number][at], default=-1)
