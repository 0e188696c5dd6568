"""What a diagnosis knows of a submission's places: which is which step, and what each was, beside the right values."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from graders.exercise.asked import Case
from graders.inside.altered import PLAIN
from graders.inside.sites import Site
from graders.judging.at_once import find_culprits
from graders.judging.blame import Blamed, Experiment
from graders.judging.comparison import Value
from graders.judging.culprits import Culprit
from graders.judging.evidence import Evidence, Observation
from graders.judging.landmarks import Landmarks
from graders.judging.locating import Located, Locator
from graders.judging.mistakes import locate_blamed, locate_known
from graders.judging.own_lines import OwnLine
from graders.judging.sightings import Place, Rights, Sightings, right_places
from graders.judging.slips import CellLine, PutRight, Slip, SlipSearch
from graders.judging.suspects import Stretch
from graders.judging.trails import Trail, trails_of_steps
from graders.judging.watching import Watch
from graders.sandbox.observed import Run, Trial


class Scene(NamedTuple):
    """The observed cases of one submission. `experiment`: asks what mends the results.

    `explaining`: the step that every wrong result is explained by, wherever its mistake stands. `parts`: where a wrong
    step is spoilt that only works with what it is given there. `stretches`: lines with a mistake, without a culprit.
    """

    watch: Watch
    sightings: Sightings
    locator: Locator
    experiment: Experiment
    rights: Rights
    results: Set[str]
    located: Located
    culprits: Sequence[Culprit] | None = None
    explaining: str | None = None
    parts: Mapping[str, Place] = {}
    stretches: Mapping[str, Stretch] = {}

    def culprit_of(self, name: str) -> Culprit | None:
        """Return what mends a result, in a script that is run whole."""
        found = self.culprits or ()
        own = (each for each in found if name in (self.step_at(each), self.explaining))
        return next(own, None) or next((each for each in found if name in each.mended), None)

    def is_explained_at_once(self) -> bool:
        """Tell whether one place mends everything."""
        return self.is_explained() and len(self.culprits or ()) == 1

    def is_explained(self) -> bool:
        """Tell whether the culprits together mend everything."""
        mended = frozenset[str]().union(*(each.mended for each in self.culprits or ()))
        return self.culprits is not None and mended == self.experiment.wrong

    def students_name(self, name: str) -> str:
        """Return what a step is called in the script."""
        site = self.site_of(name)
        return name if site is None or site.name is None else site.name

    def mended_by(self, culprit: Culprit) -> list[str]:
        """Return the results that a culprit mends, in their order."""
        return [name for name in self.locator.names if name in culprit.mended]

    def step_at(self, culprit: Culprit) -> str | None:
        """Return the step whose name is bound on a culprit's line."""
        # By line, since an alteration may stand deep within the statement.
        line, sites = (culprit.cell, culprit.line), self.sightings.sites
        bound = [site.name for number, site in enumerate(sites) if line in self.sightings.lines_of(number)]
        step = next((step for name in bound if (step := self.locator.step_called(name)) is not None), None)
        # A result that stays wrong is not explained by what stands on its line.
        return None if step in self.results - culprit.mended else step

    def known(self, step: str, behind: int) -> "Scene | None":
        """Return the scene with the one statement blamed that gives a step whose mistake is known, if there is one.

        `behind`: how many statements behind the mistake give it, too.
        """
        own = self.locator.computing(step, behind)
        if own is None:
            return None
        site = self.locator.made_at(own)
        culprit = Culprit(site.cell, site.line, site.source, frozenset(self.experiment.wrong))
        return self._replace(culprits=[culprit])

    def explained_by(self, step: str) -> "Scene":
        """Return the scene with the one culprit of a step that is known to explain everything, or with none."""
        # Whatever else mends something only makes up for it.
        own = [each for each in self.culprits or () if step in (*each.mended, self.step_at(each))]
        whole = [each._replace(mended=frozenset(self.experiment.wrong)) for each in own[:1]]
        return self._replace(culprits=whole, explaining=step)

    def mended(self, trails: Sequence[Trail], suspected: Collection[CellLine] = ()) -> "Scene":
        """Return the scene with what mends the results; `trails`: of no straight line; `suspected`: looked at first."""
        trails = trails or trails_of_steps(self.locator.names, self.experiment.right)
        looked_at = self.watch, self.experiment, self.sightings
        return self._replace(culprits=find_culprits(*looked_at, trails, self.locator.alike, suspected))

    def differing_in(self, line: OwnLine) -> "Scene":
        """Return the scene with one line to blame, the only one that is not the reference's."""
        # What mends it elsewhere only makes up for it.
        if any((each.cell, each.line) == line.at for each in self.culprits or ()):
            return self
        wrong = frozenset(self.experiment.wrong)
        return self._replace(culprits=[Culprit(*line.at, line.source.strip(), wrong, is_only=True)])

    def reads_right(self, name: str) -> bool:
        """Tell whether a step is computed from right values only, as far as they were observed."""
        place = self.place_of(name)
        return place is not None and self.locator.reads_right(place) and not self.may_be_misled(name)

    def are_results_elsewhere(self) -> bool:
        """Tell whether the script computes every wrong result: then only its name is to be mended."""
        return all(self.locator.right_place(name) is not None for name in self.experiment.wrong)

    def is_authors(self, name: str) -> bool:
        """Tell whether a step is computed as the reference does it."""
        site = self.site_of(name)
        return site is not None and self.locator.is_authors(site)

    def line_wrong_by_itself(self, name: str) -> CellLine | None:
        """Return the line of a step if it reads only what is judged by itself, and calls no function of the script."""
        place = self.place_of(name)
        if place is None or self.may_be_misled(name) or not self.locator.stands_alone(place):
            return None
        site = self.sightings.sites[place.site]
        return site.cell, site.line

    def are_in_order(self, names: Sequence[str]) -> bool:
        """Tell whether steps are computed in the order given; else their names may stand for each other."""
        times = [self.sightings.order(place) for name in names if (place := self.place_of(name)) is not None]
        return times == sorted(times)

    def may_be_misled(self, name: str) -> bool:
        """Tell whether a wrong step may be wrong elsewhere: in what fills it or is given there, or further down."""
        if (place := self.place_of(name)) is None:
            return False
        is_set_right = name not in self.experiment.misshapen and self.locator.has_value_of(name, place)
        return is_set_right or self.locator.may_be_misled(place)

    def explained(self) -> list[tuple[Set[str], str | None]]:
        """Return the results that each culprit mends, with the step that stands there."""
        if self.explaining is not None:
            return [(self.experiment.wrong, self.explaining)]
        return [(each.mended, self.step_at(each)) for each in self.culprits or ()]

    def slip_at(self, line: CellLine, name: str) -> Slip | None:
        """Return a small alteration of a line that mends what is blamed on it for a result."""
        culprit = self.culprit_of(name)
        search = self._search_on(line, None if culprit is None else culprit.beside)
        slip = None if culprit is None else culprit.slip
        slip = slip or self._found_at(line, search, culprit)
        # What mends another result only is no edit for this one.
        return None if slip is not None and name in self.experiment.wrong - slip.mended else slip

    def slipped_on(self, line: CellLine) -> "Scene":
        """Return the scene with the slip on one line that mends results, if there is one."""
        slip = self._search_on(line).first(self.experiment, line)
        return self._replace(culprits=[] if slip is None else [Culprit.of(slip)])

    def is_mended_on(self, line: CellLine, others: Sequence[Blamed]) -> bool:
        """Tell whether a plain slip on a line explains all, once the other mistakes are put right."""
        sites = tuple(item.place.site for item in others)
        beside = PutRight(sites, lambda cases: self.experiment.trial(others, cases).puts)
        slip = self._search_on(line, beside).first(self.experiment, line)
        return slip is not None and slip.altered.kind == PLAIN and slip.mended >= self.experiment.failing

    def _search_on(self, line: CellLine, beside: PutRight | None = None) -> SlipSearch:
        beside = beside or PutRight()
        return SlipSearch(self.watch, self.sightings, likely={line}, right=(), alike=(), beside=beside)

    def _found_at(self, line: CellLine, search: SlipSearch, culprit: Culprit | None) -> Slip | None:
        if self.culprits is None:
            return search.first(self.experiment, line)
        # With the others put right all that is wrong is to be mended here, and where it is not known what is to blame.
        alone = None if culprit is None or (culprit.beside is not None and culprit.beside.sites) else culprit
        asked = self.experiment if alone is None else self.experiment.about(alone.mended)
        slip = search.first(asked, line) if asked.failing else None
        return slip if slip is not None and slip.mended >= asked.failing else None

    def searched(self) -> "Scene":
        """Return the scene with the mistakes found by what mends them."""
        found = locate_blamed(self.located, self.locator, self.experiment, self.rights, self.results)
        return self._replace(located=found)

    def place_of(self, name: str) -> Place | None:
        """Return the place of a step: that which is called so, if names can be trusted, or was found by value."""
        # What mends is proven; a name may mislead; a right value may stand there by chance.
        blamed = next((item.place for item in self.located.blamed if item.name == name), None)
        named = self.locator.named.get(name) if name in self.located.trusted else None
        return blamed or named or self.located.places.get(name)

    def part_of(self, name: str) -> Site | None:
        """Return where a part of a step is spoilt, if it is not the step's own line that is to be mended."""
        place = self.parts.get(name)
        return None if place is None else self.sightings.sites[place.site]

    def site_of(self, name: str) -> Site | None:
        """Return where a step stands."""
        place = self.place_of(name)
        return None if place is None else self.sightings.sites[place.site]

    def seen_in(self, evidence: Evidence) -> Evidence:
        """Return the evidence with the values of the steps as they were found."""
        columns = {name: self._column(name, evidence) for name in evidence.reference.formulas}
        observations = []
        for index, (each, run) in enumerate(zip(evidence.observations, self.watch.runs, strict=True)):
            seen = each._replace(actual={name: column[index] for name, column in columns.items()})
            unwritten = self.locator.bindings.unwritten(each.fault)
            observations.append(seen._replace(stopped_at=self._stopped_at(run, seen), unwritten=unwritten))
        return evidence._replace(observations=observations)

    def _column(self, name: str, evidence: Evidence) -> list[Value]:
        """Return what a step was on every case: as recorded under its name, or as found elsewhere."""
        recorded = self.locator.bindings.held(name, [each.actual for each in evidence.observations])
        # What a template has set to None may be written elsewhere, as a part of another line; a result may not.
        is_folded = name in self.located.places and name not in self.results
        without = ("missing", "none") if is_folded else ("missing",)
        if self.may_ask(name) and any(not isinstance(value, str) or value not in without for value in recorded):
            return recorded
        place = self.place_of(name)
        return ["missing"] * len(recorded) if place is None else self._values(name, place)

    def may_ask(self, name: str) -> bool:
        """Tell whether a step is what stands under its name."""
        # A blamed step is the one whose right value mends, wherever its name stands; but a result is what has its name.
        is_blamed = name not in self.results and any(item.name == name for item in self.located.blamed)
        return name in self.located.trusted and not is_blamed

    def _values(self, name: str, place: Place) -> list[Value]:
        """Return the values at a place; where it was passed too often to be kept to the end, those of the result."""
        values = self.sightings.told(place)
        if name not in self.results:
            return values
        # Of a loop with many passes only the first are kept; a result is known at the end.
        finals = [run.results.get(name, "missing") for run in self.watch.runs]
        pairs = zip(values, finals, strict=True)
        return [final if isinstance(value, str) and value == "missing" else value for value, final in pairs]

    def _stopped_at(self, run: Run, observation: Observation) -> str | None:
        """Return the step whose statement raised: by its name, or the first that is not there behind those that are."""
        if run.crash is None or run.crash.site is None:
            return None
        # What raised is a part of an expression; the name stands with the whole statement.
        number = self.sightings.statement_of(run.crash.site)
        named = self.locator.step_called(self.sightings.sites[number].name)
        known = [item.name for item in self.located.blamed if item.place.site == number]
        known += [name for name in self.located.trusted if name == named]
        return next(iter((*known, *self._lacking(observation))), None)

    def _lacking(self, observation: Observation) -> Iterator[str]:
        """Yield the steps without a value, those behind all others first: one further up may be folded into them."""
        names, actual = self.locator.names, observation.actual
        last = max((at for at, name in enumerate(names) if not isinstance(actual[name], str)), default=-1)
        return (name for name in (*names[last + 1 :], *names) if isinstance(actual[name], str))

    def values_on(self, cases: Sequence[Case], name: str) -> list[tuple[Case, Value]]:
        """Return what a step is where it was found, on those of other cases on which it is reached."""
        place = self.place_of(name)
        runs = () if place is None else self.watch.on(cases, [Trial(watched=(place.site,))])
        if place is None or not runs:
            return []
        values = Sightings(self.sightings.sites, runs[0]).told(place)
        return [(case, value) for case, value in zip(cases, values, strict=False) if not isinstance(value, str)]

    def is_mended_by(self, names: Sequence[str]) -> bool:
        """Tell whether all results are right once the right values of these steps are put in."""
        places = [(name, self.place_of(name)) for name in names]
        blamed = [Blamed(name, place) for name, place in places if place is not None]
        if len(blamed) < len(names):
            return False
        return self.experiment.right_after(blamed) == frozenset(self.experiment.results)


def look_at(
    watch: Watch,
    evidence: Evidence,
    landmarks: Landmarks,
    words: Mapping[str, str],
    results: Set[str],
    alike: Set[CellLine],
) -> Scene | None:
    """Find the steps of a submission that their names or right values tell; None if it could not be observed.

    `alike`: lines that are word for word those of the reference.
    """
    if not watch.runs:
        return None
    rights = [landmarks.on(each.case, each.right) for each in evidence.observations]
    sightings = Sightings(watch.sites, watch.runs)
    locator = Locator(sightings, landmarks, right_places(sightings, rights), words, alike)
    right = [each.right for each in evidence.observations]
    ordered = [name for name in landmarks.names if name in results]
    experiment = watch.experiment(right, ordered, evidence.layouts, evidence.rules, sightings)
    return Scene(watch, sightings, locator, experiment, rights, results, locate_known(locator, results))
