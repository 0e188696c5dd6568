"""At run time: which assignment is which given, and the value it takes on a case.

On the fixed example, run first, every site is looked at: does the student's value equal one of the lesson's givens, in
whatever layout and type? What may be a given is kept, `ambiguity.py` decides which sites are, and on every further case
these yield that case's value in the same layout and type. All of this is about inputs only; nothing here knows an
answer.
"""

from collections.abc import Collection, Mapping, Sequence, Set
from typing import Any

from .ambiguity import Chosen, Possible, readings
from .arrays import Array
from .beyond import STRAIGHT, Beyond
from .kinds import REAL, is_whole, value_of
from .layouts import Layout, layouts
from .likeness import Replacement, as_numbers, is_half, like, replacement, same_numbers
from .programs import GivenSite


class Givens:
    """Asked by the rewritten script wherever a given may be set.

    `wide`: givens that were not found when their value had to be the lesson's; now an assignment to their name is a
    changed given, and a value may be computed. `editions`: the same givens as other editions of the lesson have them.
    `accepted`: every accepted name with its given. `reading`: which of the ways to read the script, the most natural
    one first.
    """

    def __init__(
        self,
        sites: Sequence[GivenSite],
        fixed: Mapping[str, Array],
        *,
        wide: Collection[str] = (),
        editions: Sequence[Mapping[str, Array]] = (),
        accepted: Mapping[str, str] | None = None,
        reading: int = 0,
        beyond: Beyond = STRAIGHT,
        text: str = "",
    ) -> None:
        self.plans: dict[int, Replacement | None] = {}
        self.readings = 1
        self.inputs: Mapping[str, Array] = fixed
        self._sites = sites
        self._known: list[tuple[int | None, Mapping[str, Array]]] = [(None, fixed), *enumerate(editions)]
        self._fixed = fixed
        self._wide = frozenset(wide)
        self._accepted = accepted or {}
        self._reading = reading
        self._possible: dict[int, list[Possible]] = {}
        self._decided = False
        self._kinds = beyond.kinds
        self._elsewhere = beyond.elsewhere
        self._supplied = frozenset(beyond.supplies.givens if beyond.supplies is not None else ())
        self._takes_supplied = False
        self._set_by_name: set[str] = set()
        # A name that stands there once is set and never used: the student works with the same value elsewhere.
        self._unused = frozenset(
            number for number, site in enumerate(sites) if site.name and text.count(site.name) == 1
        )

    def take(self, number: int, value: Any) -> Any:
        """Return what an assignment of `value` at this site yields on the current inputs."""
        try:
            plan = self.plans[number]
        except KeyError:
            return self._look(number, value)
        # Built anew each time: a script may change an array in place, and set it again in a loop.
        return value if plan is None else plan.build(self.inputs[plan.given])

    def take_supplied(self) -> Mapping[str, Array]:
        """Return the current inputs for a module or file that is supplied, from which the script takes data now."""
        self._takes_supplied = True
        return self.inputs

    def decide(self) -> None:
        """Choose which sites are givens, once the fixed example was run; sites not reached are decided later."""
        self._decided = True
        ways = readings(self._sites, self._possible, self._fixed, self._accepted, self._unused)
        self.readings = len(ways)
        chosen: Chosen = ways[min(self._reading, len(ways) - 1)]
        self.plans = {number: chosen.get(number) for number in self._possible}

    def found(self) -> dict[str, list[tuple[GivenSite, Replacement]]]:
        """Return for each given the sites that set it, in the order they stand in the script."""
        found: dict[str, list[tuple[GivenSite, Replacement]]] = {name: [] for name in self._fixed}
        for number, plan in sorted(self.plans.items()):
            if plan is not None:
                found[plan.given].append((self._sites[number], plan))
        return found

    def rivals(self) -> list[int]:
        """Return the sites of givens that are written in several layouts."""
        axes: dict[str, set[Layout]] = {}
        plans = [(number, plan) for number, plan in sorted(self.plans.items()) if plan is not None]
        for _, plan in plans:
            axes.setdefault(plan.given, set()).add(plan.axes)
        return [number for number, plan in plans if len(axes[plan.given]) > 1]

    def not_found(self) -> list[str]:
        """Return the givens that were not set anywhere, except those whose named site was not reached."""
        found = {name for name, sites in self.found().items() if sites}
        excused = self._waiting() | self._elsewhere
        if not self._types_in_supplied(found):
            excused |= self._supplied
        return [name for name in self._fixed if name not in found | excused]

    def _waiting(self) -> Set[str | None]:
        """Return the givens that a site which was not reached would set; a line that only reads one sets none."""
        sites = [site for number, site in enumerate(self._sites) if number not in self._possible]
        return {site.given for site in sites if not site.reads}

    def _types_in_supplied(self, found: Collection[str]) -> bool:
        """Tell whether a script sets itself what is supplied, instead of taking it: then it must set all of it.

        One that neither takes it nor sets it needs none, such as one that is not written to its end.
        """
        return not self._takes_supplied and not self._supplied.isdisjoint(self._set_by_name.union(found))

    def is_doubtful(self) -> bool:
        """Tell whether another place may be a given as well as the one found.

        So it is where that is only a single number without the given's name, or a name that is never used.
        """
        return any(
            sites and (self._is_nameless_number(given, sites) or self._unused.issuperset(self._numbers_of(given)))
            for given, sites in self.found().items()
        )

    def _is_nameless_number(self, given: str, sites: Sequence[tuple[GivenSite, Replacement]]) -> bool:
        return self._fixed[given].size == 1 and all(site.given is None for site, _ in sites)

    def _numbers_of(self, given: str) -> list[int]:
        return [number for number, plan in self.plans.items() if plan is not None and plan.given == given]

    def edition(self) -> int | None:
        """Return the edition of the lesson whose numbers the student has, if they are not this one's."""
        # What stands further down may be computed from what was put in at the first place.
        plans = [sites[0][1] for sites in self.found().values() if sites]
        found = sorted({plan.edition for plan in plans if plan.edition is not None})
        return next((edition for edition in found if all(self._is_of(plan, edition) for plan in plans)), None)

    def _is_of(self, plan: Replacement, edition: int) -> bool:
        """Tell whether a given has an edition's number, which it may share with others and the lesson as it is now."""
        own = 0 if plan.edition is None else plan.edition + 1
        known = [self._known[number][1][plan.given] for number in (own, edition + 1)]
        return not plan.changed and same_numbers(*known)

    def _look(self, number: int, value: Any) -> Any:
        """Look at a site that no case has come to yet, and return what it yields now."""
        site = self._sites[number]
        possible = self._possibilities(site, value)
        if site.reads:
            return self._look_at_read(number, value, possible)
        if self._decided:
            return self._look_late(number, value, possible)
        if possible or not self._possible.get(number):  # a site in a loop is what its last pass says
            self._possible[number] = possible
        first = possible[0] if possible else None
        # What only looks like a given stays what it is, to the bit: an index, a count of rounds.
        if first is None or (site.given is None and first.exact):
            return value
        return first.plan.build(self.inputs[first.plan.given])

    def _look_late(self, number: int, value: Any, possible: Sequence[Possible]) -> Any:
        """Decide about a site that the fixed example did not come to; a single number needs its name to be a given."""
        is_named = self._sites[number].given is not None
        plan = self.plans[number] = next((item.plan for item in possible if is_named or item.size > 1), None)
        return value if plan is None else plan.build(self.inputs[plan.given])

    def _look_at_read(self, number: int, value: Any, possible: list[Possible]) -> Any:
        """Look at a variable where it is read: once it is another number, as a trained weight is, it is no given.

        So it is where it is another given, as the weights of each layer in turn.
        """
        before = {item.plan.given for item in self._possible.get(number, possible)}
        possible = [item for item in possible if item.plan.given in before]
        if possible and not self._decided:
            self._possible[number] = possible
        else:
            self._possible[number], self.plans[number] = [], None
        return value

    def _possibilities(self, site: GivenSite, value: Any) -> list[Possible]:
        words = self._kinds.get(site.given or "", REAL).words
        if words:
            return [self._of_words(site.given or "")] if value in words else []
        array = as_numbers(value)
        return [] if array is None or not array.size else self._possible_as_numbers(site, array, value)

    def _possible_as_numbers(self, site: GivenSite, array: Array, value: Any) -> list[Possible]:
        if site.given is not None and site.firm:
            self._set_by_name.add(site.given)
        found = [item for given in self._candidates(site, array) if (item := self._equal(given, array, value))]
        if not found and site.given is not None and site.firm and self._may_be_changed(site):
            return self._changed(site.given, array, value)
        return found

    def _may_be_changed(self, site: GivenSite) -> bool:
        """Tell whether other numbers are a changed given: one that is missing, or was supplied and is typed over."""
        is_over = self._takes_supplied and site.given in self._supplied
        return site.given in self._wide or (is_over and site.constant and not site.within)

    def _equal(self, given: str, array: Array, value: Any) -> Possible | None:
        """Return how a value is a given, if it has the lesson's numbers, or another edition's."""
        for edition, inputs in self._known:
            # In this order: a square or symmetric array fits several layouts, and is then in the most natural.
            for axes in layouts(inputs[given].ndim, array.ndim):
                arranged = axes.arrange(inputs[given])
                if same_numbers(arranged, array, half=is_half(value)):
                    plan = self._replacement(given, axes, value, array, edition=edition)
                    return Possible(plan, array.size, exact=bool((arranged == array).all()))
        return None

    def _changed(self, given: str, array: Array, value: Any) -> list[Possible]:
        # Other numbers say nothing about the layout, so the lesson's own shape comes first.
        ways = [axes for axes in layouts(self._fixed[given].ndim, array.ndim) if _can_be(array, axes)]
        ways.sort(key=lambda axes: axes.shape(self._fixed[given].shape) != array.shape)
        return [
            Possible(self._replacement(given, axes, value, array, changed=True), array.size, exact=False)
            for axes in ways[:1]
        ]

    def _of_words(self, given: str) -> Possible:
        kind = self._kinds[given]
        plan = Replacement(given, Layout(), changed=False, build=lambda array: value_of(array, kind))
        return Possible(plan, 1, exact=True)

    def _replacement(self, given: str, axes: Layout, value: Any, array: Array, **more: Any) -> Replacement:
        plan = replacement(given, axes, value, array, **more)
        if self._kinds.get(given, REAL).whole and is_whole(value):
            return plan._replace(build=lambda numbers: like(value, axes.arrange(numbers), whole=True))
        return plan

    def _candidates(self, site: GivenSite, array: Array) -> Sequence[str]:
        """Return the givens whose value is looked for at a site."""
        if site.given is not None:
            return [site.given]
        # A computed single number equals a given too easily; several numbers hardly do.
        searched = self._fixed if site.constant or array.size > 1 else self._wide
        return [name for name in self._fixed if name in searched and not self._kinds.get(name, REAL).words]


def _can_be(array: Array, axes: Layout) -> bool:
    """Tell whether an array of other numbers may be written in this layout: an added axis has length 1."""
    return all(array.shape[position] == 1 for position, axis in enumerate(axes) if axis < 0)
