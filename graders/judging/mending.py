"""Where a script that is run whole goes wrong: in functions, methods, loops and conditions.

Two questions are put to the script itself, one after the other. Which small alteration of one expression makes all
wrong results right? And at which place, with the reference's right values put in pass by pass, do they come out right?
The first also finds conditions, bounds and indices, which have no value of a step; the second finds what is wrong by
more than a slip. Statements that have the reference's values on every pass are right, and are left alone.
"""

from collections.abc import Collection, Iterator, Sequence

from graders.judging.blame import Experiment
from graders.judging.chains import ChainSearch, Link, Node
from graders.judging.culprits import Culprit
from graders.judging.following import GIVING
from graders.judging.proposals import Proposals
from graders.judging.sightings import Sightings
from graders.judging.slips import CellLine, PutRight, Slip, SlipSearch
from graders.judging.trails import Trail
from graders.judging.watching import Watch
from graders.sandbox.observed import Trial

# Each pair is a run of the script on the few cases, and all of them are one request.
_MOST_PAIRS = 200
# More places would mend by chance what has its mistakes elsewhere.
_MOST_CULPRITS = 2


class Mender:
    """Finds the culprits of one submission."""

    def __init__(
        self,
        watch: Watch,
        experiment: Experiment,
        sightings: Sightings,
        trails: Sequence[Trail],
        alike: Collection[CellLine],
        suspected: Collection[CellLine] = (),
    ) -> None:
        """`alike`: lines that are word for word those of the reference; `suspected`: where to look first."""
        self._alike = alike
        self._suspected = suspected
        self._watch = watch
        self._trails = trails
        self._experiment = experiment
        self._sightings = sightings
        self._proposals = self._propose(sightings)
        self._slips = self._slip_search(self._proposals, PutRight())

    def _slip_search(self, proposals: Proposals, beside: PutRight) -> SlipSearch:
        # What a statement gives is put in behind it: no alteration of that statement can mend anything.
        put = (self._sightings.sites[number] for number in beside.sites)
        return SlipSearch(
            self._watch,
            proposals.sightings,
            likely=set(proposals.likely_lines()),
            right={*proposals.right_lines(), *((site.cell, site.line) for site in put if site.kind in GIVING)},
            alike=self._alike,
            beside=beside,
            suspected=self._suspected,
        )

    def _propose(self, sightings: Sightings) -> Proposals:
        return Proposals(sightings, self._trails, self._experiment, self._alike)

    def find_all(self) -> list[Culprit]:
        """Return as few places as mend all results, each by itself.

        What mends some may only make up for a mistake further up. So it counts where together they explain all, or
        where everything before it is right.
        """
        by_value = self._by_values()
        if by_value is None or not by_value.mended >= self._experiment.failing:
            # One slip explains more than several places do: right values put in there may only make up for it.
            slip = self._only_slip(by_value)
            if slip is not None:
                return [slip]
            several = self._several()
            if several:
                return several
        found: list[Culprit] = []
        while self._experiment.failing and len(found) < _MOST_CULPRITS:
            culprit = self._find(by_value)
            if culprit is None:
                break
            found.append(culprit)
            # what is mended says nothing about the next mistake
            self._experiment = self._experiment.about(self._experiment.wrong - culprit.mended)
            by_value = self._by_values()
        return found if not self._experiment.failing else self._known_of(found)

    def _known_of(self, found: Sequence[Culprit]) -> list[Culprit]:
        """Return those that are to blame, though they do not explain all."""
        # Of one line nothing is said twice.
        found = list({(item.cell, item.line): item for item in reversed(found)}.values())[::-1]
        # What read right values only is wrong itself; a slip may make up for what stands before it.
        likely = (item for item in found if item.slip is None or self._reads_right(item))
        known = [item for item in likely if not self._proposals.reading.is_behind_stop((item.cell, item.line))]
        return known or list(self._wrong_by_themselves())

    def _wrong_by_themselves(self) -> Iterator[Culprit]:
        """Yield the statements that give a wrong result though all that they read is right: no other can be to blame.

        That needs no value to be put in, as for a text there is none.
        """
        for name in sorted(self._experiment.failing):
            own = [
                number
                for number, site in enumerate(self._sightings.sites)
                if site.kind in GIVING and site.name == name and not site.function and site.loads
            ]
            if len(own) == 1 and own[0] not in self._proposals.right and self._proposals.reading.are_right(own[0]):
                yield self._culprit(own[0], frozenset({name}))

    def _reads_right(self, culprit: Culprit) -> bool:
        """Tell whether what is wrong on a culprit's line is wrong though all that it reads is right."""
        line, right = (culprit.cell, culprit.line), self._proposals.right
        # Before what stays wrong is computed, it mends the rest by chance.
        if self._sightings.is_before(line, self._experiment.failing):
            return False
        own = [at for at, site in enumerate(self._sightings.sites) if (site.cell, site.line) == line]
        # Of `return a, b` one value may be right, and the other one only handed on.
        wrong = [at for at in own if self._sightings.sites[at].kind in GIVING and at not in right]
        return bool(wrong) and all(map(self._proposals.reading.are_right, wrong))

    def _by_values(self) -> Culprit | None:
        """Return the one place that mends all with a right value, or the first that mends some."""
        some: Culprit | None = None
        for anywhere in (False, True):
            by_value = self._by_value(self._proposals.pairs(anywhere=anywhere))
            if by_value is not None and by_value.mended >= self._experiment.failing:
                return by_value
            some = some or by_value
        return some

    def _several(self) -> list[Culprit]:
        """Return the places that mend all together."""
        search = ChainSearch(self._experiment, self._propose)
        links = search.find(self._proposals)
        found = self._culprits_of(links)
        if not links and search.beginning is not None:
            found = self._with_slip(search.beginning)
        if not found:
            return []
        # What stands beside one that mends everything only made up for it.
        lines: list[CellLine | None] = [(each.cell, each.line) for each in reversed(found)] if len(found) > 1 else []
        anywhere = [None] if lines and not self._suspected else []
        slip = next(filter(None, map(self._by_slip_alone, [*lines, *anywhere])), None)
        return self._with_own_results(found) if slip is None else [slip]

    def _only_slip(self, by_value: Culprit | None) -> Culprit | None:
        """Return the slip that mends everything: where a right value mends some of it, or in a suspected function."""
        slip = None if by_value is None else self._by_slip_alone((by_value.cell, by_value.line))
        if slip is None and (suspected := self._slips.first_suspected(self._experiment)) is not None:
            slip = self._of_slip(suspected, self._proposals)
        return slip

    def _by_slip_alone(self, only: CellLine | None = None) -> Culprit | None:
        slip = self._by_slip(only)
        return slip if slip is not None and slip.mended >= self._experiment.failing else None

    def _with_own_results(self, culprits: Sequence[Culprit]) -> list[Culprit]:
        """Return the culprits, each to be told of at a result of its own, as far as there are enough of them."""
        found = list(culprits)
        for at, culprit in enumerate(found):
            giver = next((other for other in range(at + 1, len(found)) if len(found[other].mended) > 1), None)
            if not culprit.mended and giver is not None:
                taken = self._spared(found[giver])
                found[at] = culprit._replace(mended=taken)
                found[giver] = found[giver]._replace(mended=found[giver].mended - taken)
        return found

    def _spared(self, culprit: Culprit) -> frozenset[str]:
        """Return a result that may as well tell of another line: not one that is named on the culprit's own."""
        line = culprit.cell, culprit.line
        own = {site.name for site in self._sightings.sites if (site.cell, site.line) == line}
        shared = [name for name in self._experiment.results if name in culprit.mended]
        return frozenset(sorted(shared, key=lambda name: name in own)[:1])

    def _with_slip(self, beginning: Node) -> list[Culprit]:
        """Return the culprits of a beginning with the slip that mends what it leaves, if there is one."""
        links, proposals = beginning.links, beginning.proposals
        found = self._culprits_of(links)
        left = self._experiment._replace(
            failing=self._experiment.failing - beginning.mended, wrong=self._experiment.wrong - beginning.mended
        )
        beside = self._put_right(links)
        slip = self._slip_search(proposals, beside).first(left)
        if slip is None or slip.mended != left.wrong or self._experiment.stops_at(beside.sites, beside.puts):
            return []
        culprit = self._of_slip(slip, proposals)
        return [*found, culprit if self._mends_alone(slip) else culprit._replace(beside=beside)]

    def _mends_alone(self, slip: Slip) -> bool:
        """Tell whether a slip that was found beside others mends as much by itself: then none has to be fixed first."""
        cases = range(len(self._experiment.right))
        runs = self._watch.altered(slip.altering, [slip.number], cases)
        return bool(runs) and self._experiment.about(slip.mended).surely_mended(runs[0], cases) == slip.mended

    def _of_slip(self, slip: Slip, proposals: Proposals) -> Culprit:
        giver = proposals.giver_behind(slip.altered)
        return Culprit.of(slip) if giver is None else Culprit(giver.cell, giver.line, giver.source, slip.mended)

    def _put_right(self, links: Sequence[Link]) -> PutRight:
        return PutRight(tuple(link.site for link in links), Node(links, self._proposals).puts)

    def _culprits_of(self, links: Sequence[Link]) -> list[Culprit]:
        """Return the culprits of a chain, in order; each with the results that are right once it is mended, too."""
        cases = range(len(self._experiment.right))
        trials = [Trial(Node(links[:count], self._proposals).puts(cases)) for count in range(1, len(links) + 1)]
        runs = self._experiment.ask(trials, cases)
        found: dict[CellLine, Culprit] = {}
        known: frozenset[str] = frozenset()
        for at, link in enumerate(links):
            mended = self._experiment.surely_mended(runs[at], cases) if at < len(runs) else known
            others = [other for other in links if other != link]
            own = self._culprit(link.site, mended - known, link.trail)._replace(beside=self._put_right(others))
            known |= mended
            # Of `return a, b` both may be wrong: that is one line.
            before = found.get((own.cell, own.line))
            found[own.cell, own.line] = own if before is None else before._replace(mended=before.mended | own.mended)
        return list(found.values())

    def _find(self, by_value: Culprit | None) -> Culprit | None:
        """Return the one place that mends all, or the first that mends some; `by_value`: with a right value."""
        # Values need few runs; where one place explains all, what might be meant there is all that is left to ask.
        if by_value is not None and by_value.mended >= self._experiment.failing:
            slip = self._by_slip((by_value.cell, by_value.line))
            if slip is not None and slip.mended == by_value.mended:
                return slip
            # What reads a variable that was set too early, or not again, is only wrong with it.
            behind = self._slips.first_behind(self._experiment)
            return by_value if behind is None else self._of_slip(behind, self._proposals)
        if (slip := self._by_slip()) is not None and slip.mended >= self._experiment.failing:
            return slip
        # A slip that mends some may make up for a mistake further up; what read right values is wrong itself.
        return by_value or slip

    def _by_slip(self, only: CellLine | None = None) -> Culprit | None:
        slip = self._slips.first(self._experiment, only)
        return None if slip is None else self._of_slip(slip, self._proposals)

    def _by_value(self, candidates: Iterator[tuple[int, Trail]]) -> Culprit | None:
        """Put the values of trails that nothing has in at the places that are not known to be right."""
        cases = self._experiment.cases
        pairs = self._proposals.affordable(candidates, _MOST_PAIRS)
        trials = [Trial(self._proposals.puts(site, trail, cases)) for site, trail in pairs]
        runs = self._experiment.ask(trials, cases) if trials else ()
        some: Culprit | None = None
        for (site, trail), of_trial in zip(pairs, runs, strict=False):
            if not self._experiment.surely_mended(of_trial, cases) or not self._proposals.reading.are_right(site):
                continue
            culprit = self._proven(site, trail)
            if culprit is not None and culprit.mended >= self._experiment.failing:
                return culprit
            # That a part of an expression is meant by a name is only known where it explains all.
            some = some or (None if trail.is_known else culprit)
        return some

    def _proven(self, number: int, trail: Trail) -> Culprit | None:
        culprit, within = self._mending_at(number, trail), self._proposals.handed_on(number)
        # It may be called with the wrong thing: then the call is to blame.
        if culprit is None or within is None or self._by_slip_alone((culprit.cell, culprit.line)) is not None:
            return culprit
        other = self._mending_at(within, trail)
        return other if other is not None and other.mended >= culprit.mended else culprit

    def _mending_at(self, number: int, trail: Trail) -> Culprit | None:
        cases = range(len(self._experiment.right))
        runs = self._experiment.ask([Trial(self._proposals.puts(number, trail, cases))], cases)
        mended = self._experiment.surely_mended(runs[0], cases) if runs else frozenset()
        return self._culprit(number, mended, trail) if mended else None

    def _culprit(self, number: int, mended: frozenset[str], trail: Trail | None = None) -> Culprit:
        """Return a statement as a culprit; `trail`: what mends, put in there, if something is known to."""
        maker = self._proposals.maker(number)
        site, is_begun = self._sightings.sites[maker], self._proposals.is_beginning(maker, trail)
        # `a /= 2` goes on from what `a` was before.
        quoted, is_typed = self._proposals.quoted(site), site.is_typed and not is_begun
        return Culprit(site.cell, site.line, quoted, mended, is_typed=is_typed, is_begun=is_begun)
