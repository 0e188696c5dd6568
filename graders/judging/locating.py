"""Which place of a submission is which step: by its name where names can be trusted, by its value, by what it mends.

A name is trusted until the values say otherwise: it stands at a place with another step's right value, while its own
is elsewhere; or the right value of another step, put in there, mends everything.

What is learnt by mending is added by `mistakes`.
"""

import re
from collections.abc import Mapping, Sequence, Set
from functools import cached_property
from typing import NamedTuple

from graders.inside.sites import Site
from graders.judging.bindings import BINDING, Bindings
from graders.judging.blame import Blamed
from graders.judging.comparison import are_same
from graders.judging.landmarks import Landmarks
from graders.judging.sightings import Place, Sightings, is_plain_name


class Located(NamedTuple):
    """Where steps are: those that were found by value, and whether names may be asked for the others.

    `blamed`: what a counterfactual points at; `is_proven`: with right values there, all results are right on all cases.
    """

    places: Mapping[str, Place]
    trusted: Set[str]
    blamed: Sequence[Blamed]
    is_proven: bool


class Locator:
    """Finds the steps among the places of one submission. `words`: every accepted name with the step it stands for.

    `alike`: lines that are word for word those of the reference, which are never blamed. `giving`: sites that give a
    step rightly without anything put in; None: look here.
    """

    def __init__(
        self,
        sightings: Sightings,
        landmarks: Landmarks,
        right: Mapping[Place, Sequence[int]],
        words: Mapping[str, str],
        alike: Set[tuple[int | None, int]],
        giving: Set[int] | None = None,
    ) -> None:
        self.alike = alike
        self.names = landmarks.names
        self._landmarks = landmarks
        self._sightings = sightings
        self._words = words
        self.right = right
        gives = frozenset(place.site for place, found in right.items() if min(found) < len(self.names))
        self._giving = gives if giving is None else giving
        self.bindings = Bindings(sightings, words)
        bound = self.bindings.by_name()
        self.named = {name: self._origin(name, self._settled(own)) for name, own in bound.items()}
        """The first place that is bound to a step's name and has its last value."""

    def on(self, sightings: Sightings, right: Mapping[Place, Sequence[int]]) -> "Locator":
        """Return what finds the steps in another run of the same submission."""
        return Locator(sightings, self._landmarks, right, self._words, self.alike, self._giving)

    def _settled(self, own: Sequence[Place]) -> Place:
        """Return where a name first had the value that it has last: what follows only says it again."""
        last = self._sightings.values(own[-1])
        return next((place for place in own if are_same(self._sightings.values(place), last)), own[-1])

    def _origin(self, name: str, named: Place) -> Place:
        """Return where a wrong value comes from that was only handed on: by an attribute, or by a function's return."""
        # A wrong value may be a right one of another kind: `1 - output`, where the sign of an exponent is missing.
        if self.has_value_of(name, named):
            return named
        site = self._sightings.sites[named.site]
        function = self._called_on_right_values(named.site)
        if function is None and not is_plain_name(site.source):
            return named
        values = self._sightings.values(named)
        # In the order of execution, so that the first place that has the value is the one that made it.
        for place in self._sightings.places:
            # What is right for another step, or as a given, is not where it went wrong.
            is_right = min(self.right.get(place, (self._landmarks.own,))) < self._landmarks.own
            is_new = not is_right and self._sightings.order(place) < self._sightings.order(named)
            if is_new and self._hands_on(place, name, function) and are_same(self._sightings.values(place), values):
                return place
        return named

    def _hands_on(self, place: Place, name: str, function: str | None) -> bool:
        site = self._sightings.sites[place.site]
        if function is None:
            # What has another step's name is that step; whoever hands it on takes it for this one.
            return self.bindings.is_bound(place) and self._words.get(site.name or "", name) == name
        # Of the lesson's own function the call is wrong, and of one that gives rightly a part of the step, or another.
        is_own = site.kind == "return" and site.parent < 0 and site.called == function and not self.is_alike(site)
        is_less = place in self.right and self.bindings.count_read_in(site.function) < self._landmarks.count_read(name)
        return is_own and not is_less and place.site not in self._giving

    def _called_on_right_values(self, number: int) -> str | None:
        """Return the function of the student's own that an expression calls, if all that it is given is right."""
        given, sites = self._sightings.returned_before(number), self._sightings.sites
        right = {sites[place.site].name for place in self.right if self.bindings.is_bound(place)}
        read = set(sites[number].loads) - {"self"} - self._functions
        # Of `f(f(x))` the outer call is given what the inner one returns.
        calls = sum(word in self._functions for word in re.findall(r"(\w+)\(", sites[number].source))
        return sites[given].called if given is not None and read <= right and calls < 2 else None

    def step_called(self, word: str | None) -> str | None:
        """Return the step that a name of the student's stands for."""
        return None if word is None else self._words.get(word)

    def right_place(self, name: str) -> Place | None:
        """Return where a step's right value is: under a name, rather than in a helper or within an expression."""
        number = self.names.index(name)
        places = [place for place, found in self.right.items() if number in found]
        # What is told pass by pass is mostly a function that several steps call.
        places = [place for place in places if place.on_pass < 0] or places
        likely = [*filter(self.bindings.is_bound, places), *filter(self.binds, places), *places]
        return next(iter(likely), None)

    def misleading(self) -> set[str]:
        """Return the names that stand at a value which is another step's right one, while their own is elsewhere."""
        found = set()
        for name, place in self.named.items():
            # Landmarks beyond the names are givens and parts of formulas, which no step is mistaken for.
            others = {self.names[number] for number in self.right.get(place, ()) if number < len(self.names)}
            if not others or name in others:
                continue
            if self.is_elsewhere(name) or any(other in self.named and not self.is_right(other) for other in others):
                found.add(name)
        return found

    def is_elsewhere(self, name: str) -> bool:
        """Tell whether a step's right value is bound to a variable; a function called later may return it by chance."""
        number = self.names.index(name)
        return any(number in found and self.bindings.is_bound(place) for place, found in self.right.items())

    def trusted(self, misleading: Set[str], results: Set[str]) -> set[str]:
        """Return the names that may be asked: once one misleads, only the results', and those that are right."""
        return {name for name in self.names if not misleading or name in results or self.is_right(name)}

    def name_at(self, place: Place) -> str | None:
        """Return the step whose name a place is bound to."""
        return next((name for name, own in self.named.items() if own.site == place.site), None)

    def has_value_of(self, name: str, place: Place) -> bool:
        """Tell whether a place has the right value of a step, whatever it is called."""
        return self.names.index(name) in self.right.get(place, ())

    def may_be_misled(self, place: Place) -> bool:
        """Tell whether a place is filled with what is not known to be right, or its function is given that."""
        is_filled = self._sightings.sites[place.site].kind == "container" and not self.reads_right(place)
        return is_filled or self._sightings.is_given_another(place.site)

    def reads_right(self, place: Place) -> bool:
        """Tell whether every variable that a place reads has right values only, wherever something is called so."""
        sites, site = self._sightings.sites, self._sightings.sites[place.site]
        # What is right as a part of a formula may be a step that lacks the rest.
        right = {sites[place.site].name for place, found in self.right.items() if min(found) < self._landmarks.own}
        wrong = {sites[place.site].name for place in self._sightings.places if place not in self.right}
        # What was never seen, such as the variable of a loop, is not known to be right.
        return bool(site.loads) and set(site.loads) - self._functions <= right - wrong

    @cached_property
    def _functions(self) -> frozenset[str]:
        """The functions of the script, by their last names."""
        return frozenset(each.called for each in self._sightings.sites)

    @cached_property
    def _own_functions(self) -> frozenset[str]:
        """Those that the student wrote, or changed."""
        return frozenset(each.called for each in self._sightings.sites if not self.is_alike(each))

    def is_authors(self, site: Site) -> bool:
        """Tell whether a place stands on lines of the reference, and calls nothing else than that does."""
        return self.is_alike(site) and not self._own_functions & set(site.loads)

    def stands_alone(self, place: Place) -> bool:
        """Tell whether a statement is wrong by itself if its value is: it is run once, and reads only what is judged.

        That is what is right, and other steps. A function of the student's own may be to blame for what it gives.
        """
        sites = self._sightings.sites
        judged = {sites[other.site].name for other in (*self.right, *self.named.values())}
        authors = self._functions - self._own_functions
        is_once = all(len(self._sightings.passes(place.site, case)) <= 1 for case in self._sightings.cases)
        site = sites[place.site]
        return is_once and site.kind == "assign" and set(site.loads) <= judged | authors

    def is_right(self, name: str) -> bool:
        """Tell whether the place of a name has its right value."""
        place = self.named.get(name)
        return place is not None and self.names.index(name) in self.right.get(place, ())

    def carried(self, after: Mapping[Place, Sequence[int]]) -> dict[str, Place]:
        """Return where steps are right once the mistakes are mended; the last binding of each, if there is one."""
        found: dict[str, Place] = {}
        for place in (place for place in self._sightings.places if place in after):
            for name in (self.names[number] for number in after[place] if number < len(self.names)):
                if name not in found or self.binds(place) or not self.binds(found[name]):
                    found[name] = place
        return found

    def is_alike(self, site: Site) -> bool:
        """Tell whether a place stands on lines of the reference: a wrong value there comes from what it reads."""
        return all((site.cell, line) in self.alike for line in range(site.line, site.end_line + 1))

    def computing(self, step: str, behind: int) -> int | None:
        """Return the statement that gives a step, with so many behind it that do, too; None where it may be in several.

        What is set to zero first is no mistake, nor is what the reference says.
        """
        sites = self._sightings.sites
        named = {place.site: place for place in self._sightings.places if self.bindings.is_bound(place)}
        own = [at for at in sorted(named) if self.step_called(sites[at].name) == step]
        own = [at for at in own if not self.bindings.only_makes_room(named[at])]
        likely = [*own[-1 - behind :][:1], *own[::-1]]
        return self._one_of_one_function([at for at in likely if not self.is_alike(sites[at])])

    def _one_of_one_function(self, numbers: Sequence[int]) -> int | None:
        """Return the first of some statements; of several functions, nothing says which one."""
        return numbers[0] if len({self._sightings.sites[at].function for at in numbers}) == 1 else None

    def made_at(self, number: int) -> Site:
        """Return where the value of a statement is made: there, or in a function of the student's own."""
        sites, given = self._sightings.sites, self._sightings.handed_on(number)
        return sites[number] if given is None or self.is_alike(sites[given]) else sites[given]

    def suspects(self, results: Set[str]) -> list[Place]:
        """Return the places that may be to blame for their value, or for stopping, in the order of execution.

        A statement with the value of a part may be a wrong step: `learnrate * hidden_error` is right within the next.
        What has the name of one of the wrong `results` is wrong, whatever right value it has.
        """
        misnamed = {place for name, place in self.named.items() if name in results}
        places = dict.fromkeys((*self._sightings.places, *self._sightings.stopped))
        return [
            place for place in places if self._is_suspect(place) and (place in misnamed or self._may_be_wrong(place))
        ]

    def _is_suspect(self, place: Place) -> bool:
        """Tell whether a place may be to blame, as far as its value is not asked."""
        was_reached = any(not isinstance(value, str) or value != "missing" for value in self._sightings.values(place))
        is_own = not self.is_alike(self._sightings.sites[place.site])
        return is_own and (was_reached or place in self._sightings.stopped) and not self.bindings.only_makes_room(place)

    def _may_be_wrong(self, place: Place) -> bool:
        return self._may_be_wrong_step(place) if place in self.right else not self._is_right_elsewhere(place)

    def _is_right_elsewhere(self, place: Place) -> bool:
        """Tell whether a function gives right values on other passes: then who calls it gave it wrong ones."""
        site = self._sightings.sites[place.site]
        return site.kind == "return" and any(
            other.site == place.site and other.on_pass >= 0 and min(found) < len(self.names)
            for other, found in self.right.items()
        )

    def _may_be_wrong_step(self, place: Place) -> bool:
        """Tell whether a right value may stand for a step: computed by a statement, and not a given's own numbers."""
        site = self._sightings.sites[place.site]
        # A function that is called several times is a helper; wrong is who takes what it returns for a step.
        is_helpers = site.kind == "return" and place.on_pass >= 0
        is_part = self.binds(place) and min(self.right[place]) >= len(self.names)
        return is_part and bool(site.loads) and not is_helpers

    def copies(self) -> list[Place]:
        """Return the bindings of a step's right value that another has before it: one may be meant for another step."""
        held: set[str] = set()
        found = []
        for place in self.right_bindings():
            steps = set(self._steps_of(place))
            if steps and steps <= held:
                found.append(place)
            held |= steps
        return found

    def steps_read(self, place: Place) -> list[str]:
        """Return the steps whose right values a place reads directly, under no other step's name: it may spoil one."""
        loads = set(self._sightings.sites[place.site].loads)
        read = {
            name
            for other in self.right_bindings()
            if (word := self._sightings.sites[other.site].name) in loads
            for name in self._steps_of(other)
            if self._words.get(word or "", name) == name
        }
        return [name for name in self.names if name in read]

    def _steps_of(self, place: Place) -> list[str]:
        return [self.names[number] for number in self.right[place] if number < len(self.names)]

    def right_bindings(self) -> list[Place]:
        """Return the bindings of right values, in the order of execution."""
        return [place for place in self._sightings.places if place in self.right and self.binds(place)]

    def binds(self, place: Place) -> bool:
        """Tell whether a place is a whole statement's."""
        return self._sightings.sites[place.site].kind in BINDING
