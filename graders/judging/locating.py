"""Which place of a submission is which step: by its name where names can be trusted, by its value, by what it mends.

A name is trusted until the values say otherwise: it stands at a place with another step's right value, while its own
is elsewhere; or the right value of another step, put in there, mends everything.
"""

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from graders.inside.arrays import Array
from graders.judging.blame import Blamed, Experiment, find_blamed
from graders.judging.sightings import Place, Sightings, right_places

Rights = Sequence[Sequence[Array | None]]
"""On each case the landmarks: first the values of the steps, by their order."""

_BINDING = frozenset({"assign", "augmented", "container", "return"})


class Located(NamedTuple):
    """Where steps are: those that were found by value, and whether names may be asked for the others.

    `blamed`: what a counterfactual points at; `is_proven`: with right values there, all results are right on all cases.
    """

    places: Mapping[str, Place]
    trusted: Set[str]
    blamed: Sequence[Blamed]
    is_proven: bool


class Locator:
    """Finds the steps among the places of one submission. `words`: every accepted name with the step it stands for."""

    def __init__(
        self,
        sightings: Sightings,
        names: Sequence[str],
        right: Mapping[Place, Sequence[int]],
        words: Mapping[str, str],
    ) -> None:
        self.names = list(names)
        self._sightings = sightings
        self._right = right
        self._named: dict[str, Place] = {}
        for place in sightings.places:
            site = sightings.sites[place.site]
            name = words.get(site.name or "")
            if name is not None and place.on_pass == -1 and site.kind in _BINDING and site.kind != "return":
                self._named[name] = place

    @property
    def named(self) -> Mapping[str, Place]:
        """The last place that is bound to a step's name."""
        return self._named

    def right_place(self, name: str) -> Place | None:
        """Return where a step's right value is: at a binding, rather than in the middle of an expression."""
        number = self.names.index(name)
        places = [place for place, found in self._right.items() if number in found]
        return next((place for place in places if self._binds(place)), places[0] if places else None)

    def misleading(self) -> set[str]:
        """Return the names that stand at a value which is another step's right one, while their own is elsewhere."""
        found = set()
        for name, place in self._named.items():
            others = {self.names[number] for number in self._right.get(place, ()) if number < len(self.names)}
            if not others or name in others:
                continue
            own = self.right_place(name)
            if (own is not None and self._binds(own)) or any(self._is_wrongly_named(other) for other in others):
                found.add(name)
        return found

    def trusted(self, misleading: Set[str], results: Set[str]) -> set[str]:
        """Return the names that may be asked: once one misleads, only the results', and those that are right."""
        return {name for name in self.names if not misleading or name in results or self.is_right(name)}

    def name_at(self, place: Place) -> str | None:
        """Return the step whose name a place is bound to."""
        return next((name for name, own in self._named.items() if own.site == place.site), None)

    def is_right(self, name: str) -> bool:
        """Tell whether the place of a name has its right value."""
        place = self._named.get(name)
        return place is not None and self.names.index(name) in self._right.get(place, ())

    def carried(self, after: Mapping[Place, Sequence[int]]) -> dict[str, Place]:
        """Return where steps are right once the mistakes are mended; the last binding of each, if there is one."""
        found: dict[str, Place] = {}
        for place in (place for place in self._sightings.places if place in after):
            for name in (self.names[number] for number in after[place] if number < len(self.names)):
                if name not in found or self._binds(place) or not self._binds(found[name]):
                    found[name] = place
        return found

    def suspects(self) -> list[Place]:
        """Return the places that have a number and are not known to be right, in the order of execution."""
        return [
            place
            for place in self._sightings.places
            if place not in self._right and any(value != "missing" for value in self._words(place))
        ]

    def _words(self, place: Place) -> list[str]:
        return [value if isinstance(value, str) else "" for value in self._sightings.values(place)]

    def _binds(self, place: Place) -> bool:
        return self._sightings.sites[place.site].kind in _BINDING

    def _is_wrongly_named(self, name: str) -> bool:
        return name in self._named and not self.is_right(name)


def locate_known(locator: Locator, results: Set[str]) -> Located:
    """Find the steps by their names, and those that are right by their values."""
    places = {name: place for name in locator.names if (place := locator.right_place(name)) is not None}
    return Located(places, locator.trusted(locator.misleading(), results), (), is_proven=False)


def locate_blamed(
    known: Located, locator: Locator, experiment: Experiment, sightings: Sightings, rights: Rights, results: Set[str]
) -> Located:
    """Find where the mistakes stand by what mends them, and with them the steps that were carried from there."""
    missing = [name for name in locator.names if name not in known.places]
    blamed = find_blamed(experiment, sightings, locator.suspects(), missing)
    if not blamed:
        return known
    mended, runs = experiment.all_mended(blamed, range(len(rights)))
    is_proven = mended == experiment.failing
    misleading = locator.misleading()
    if is_proven:
        own = [(item, locator.name_at(item.place)) for item in blamed]
        misleading |= {name for item, name in own if name is not None and name not in (item.name, *results)}
    # what becomes right now was right from the student's own earlier values
    after = right_places(Sightings(sightings.sites, runs), rights) if runs else {}
    places = {**locator.carried(after), **known.places, **{item.name: item.place for item in blamed}}
    return Located(places, locator.trusted(misleading, results), blamed, is_proven)
