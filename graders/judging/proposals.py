"""What the statements of a submission may be meant to give: the reference's values that nothing has so far.

Statements that have the reference's values on every pass are right, and are left alone, as are lines of the reference.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from graders.inside.altered import TURNED, Alteration
from graders.inside.arrays import Array, Truths
from graders.inside.sites import MAX_PASSES, Site
from graders.judging.beginnings import Beginnings
from graders.judging.blame import Experiment
from graders.judging.comparison import Value
from graders.judging.following import GIVING, follow
from graders.judging.inputs import Reading
from graders.judging.own_lines import functions_alike
from graders.judging.sightings import Sightings, is_plain_name
from graders.judging.slips import CellLine
from graders.judging.trails import Trail
from graders.sandbox.observed import Put

# So many numbers are put in at most by one request: a loop of hundreds of passes has hundreds of values.
_MOST_NUMBERS = 400_000


class Proposals:
    """Pairs of a statement with a trail, in the order in which they are to be tried."""

    def __init__(
        self,
        sightings: Sightings,
        trails: Sequence[Trail],
        experiment: Experiment,
        alike: Collection[CellLine],
    ) -> None:
        """`alike`: lines of the reference, word for word."""
        self.sightings = sightings
        followed = follow(sightings, trails)
        self.beginnings = Beginnings(followed, sightings)
        known = followed.known_right(sightings)
        self._unfinished = self.beginnings.unfinished(known, experiment.failing)
        # Whatever reads them reads something else than in the reference.
        self.followed = followed.without(self._unfinished)
        self._cases = experiment.cases
        right = known - self._unfinished
        # Where a result has another shape, a right value in another shape may be what is wrong.
        is_misshapen = bool(experiment.failing & experiment.misshapen.keys())
        self._turned = frozenset(filter(self._is_turned, right)) if is_misshapen else frozenset()
        self.right = right - self._turned
        self._kept = functions_alike(sightings.sites, frozenset(alike), trails)
        self.reading = Reading(sightings, self.followed, self.right, self._kept)
        self._names = {trail.name for trail in trails}
        self._alike = alike
        self._ready: dict[int, bool] = {}

    def pairs(self, *, anywhere: bool) -> Iterator[tuple[int, Trail]]:
        """Yield sites in the order in which they are first passed, each with the trails it may be meant to have.

        Under a name of the reference its own are meant, under the student's own any. `anywhere` also others, but only
        where all inputs are right. A line of the reference gives from these what it gives there: it only makes up for
        what is missing.
        """
        for number in filter(self._is_own, self._sites_in_order()):
            meant = self._meant_by(number, anywhere=anywhere)
            if meant and self.reading.is_only_begun(number):
                meant = self._meant_to_begin(number, meant)
            yield from ((number, trail) for trail in meant if not self._fills_elsewhere(number, trail))

    def _fills_elsewhere(self, number: int, trail: Trail) -> bool:
        """Tell whether a pass fills other elements than in the reference: then the index is wrong, or its loop."""
        return self.sightings.sites[number].kind == "container" and any(
            own.shape == wanted.shape and own.any() and wanted.any() and not (own & wanted).any()
            for case in self._cases
            for own, wanted in zip(
                _filled_by(self.sightings.passes(number, case)), _filled_by(trail.passes[case]), strict=False
            )
        )

    def _meant_to_begin(self, number: int, trails: Iterable[Trail]) -> list[Trail]:
        """Return those of the trails that go on in the reference, too: else what begins there has no value of a step.

        What is typed in, such as zero, may be a wrong beginning; other right values would only make up for what goes on
        from it.
        """
        site = self.sightings.sites[number]
        # `a += 0.25` goes on from what `a` was before.
        is_typed = not site.loads and site.kind != "augmented"
        begun = [trail for trail in trails if self.beginnings.goes_on(trail)]
        return [trail for trail in begun if not is_typed or trail.is_same_on_all()]

    def is_beginning(self, number: int, trail: Trail | None) -> bool:
        """Tell whether a statement is only the beginning of what mends, be that a trail that is put in there."""
        is_room = trail is not None and self.beginnings.is_room_for(number, trail)
        return is_room or (self.beginnings.is_right(number) and number not in self._turned)

    def _meant_by(self, number: int, *, anywhere: bool) -> list[Trail]:
        are_right = self._is_ready(number)
        if anywhere and not are_right:
            return []
        site = self.sightings.sites[number]
        is_any = anywhere or (site.name not in self._names and are_right)
        own = self._open_for(number)
        missing = [self.followed.trails[at] for at in sorted({*self.followed.missing, *self._only_within(number)})]
        others = [trail for trail in missing if _is_meant(site, trail, is_any=is_any)]
        others += self._named_parts(number)
        return own + [trail for trail in others if self._has_passes(number, trail)]

    def _named_parts(self, number: int) -> list[Trail]:
        """Return the parts of the reference's expressions that nothing has, and a name of the student's own may."""
        if self.sightings.sites[number].name in self._names or not self._is_ready(number):
            return []
        return [part for part in self.followed.unheld_parts() if self._has_sizes(number, part)]

    def _open_for(self, number: int) -> list[Trail]:
        """Return the trails of a statement's own name, those of as many passes if there are any."""
        if number in self._turned:
            return [self.followed.trails[at] for at in self.followed.right[number]]
        named = self.followed.open_for(number, self.sightings)
        if number in self._unfinished:
            # What should go on from it may be a loop: then it is right with what that comes to.
            named = [*filter(None, (self.beginnings.come_to(number, trail) for trail in named)), *named]
        # Passes differ only where the mistake ends a loop too early, or too late.
        return [trail for trail in named if self._has_passes(number, trail)] or named

    def _only_within(self, number: int) -> set[int]:
        """Return the trails that parts of a statement have, and no statement: it may have spoilt them."""
        sites, right = self.sightings.sites, self.followed.right
        held = {at for other, found in right.items() if sites[other].kind in GIVING for at in found}
        within = {at for other, found in right.items() if sites[other].parent == number for at in found}
        return within - held

    def seen(self) -> set[int]:
        """Return the trails that something has, parts of expressions too, by their identity."""
        found = set[int]().union(*self.followed.right.values())
        return {id(self.followed.trails[at]) for at in found}

    def agreed(self, number: int) -> int:
        """Return on how many passes a statement agrees with what it is likeliest to be."""
        return sum(self.followed.agreeing.get(number, ()))

    def _is_own(self, number: int) -> bool:
        site = self.sightings.sites[number]
        return (site.cell, site.line) not in self._alike

    def handed_on(self, number: int) -> int | None:
        """Return the `return` whose value a statement only takes over, if that is the student's own."""
        found = self.sightings.handed_on(number)
        return found if found is not None and self._is_own(found) else None

    def maker(self, number: int) -> int:
        """Return where the value of a statement is made: in the function that it calls, if that is given nothing."""
        found = self.handed_on(number)
        functions = {site.called for site in self.sightings.sites}
        return number if found is None or set(self.sightings.sites[number].loads) - functions else found

    def quoted(self, site: Site) -> str:
        """Return what a statement gives; of `a[i], a[j] = a[j], a[i]` both, for neither is known to be wrong alone."""
        same = (
            each
            for each in self.sightings.sites
            if (each.cell, each.line, each.kind) == (site.cell, site.line, site.kind)
        )
        exchanged = [each.source for each in same if site.kind == "container" and each.name == site.name]
        return ", ".join(exchanged) or site.source

    def _sites_in_order(self) -> Iterator[int]:
        # A place of many passes is in the order of its last one.
        for number in sorted({place.site for place in self.sightings.places}, key=self.sightings.first_passed):
            site = self.sightings.sites[number]
            is_open = not self._is_right_for_what_it_reads(number) and site.kind in GIVING
            if is_open and not self.reading.are_taken_up_rightly(number, self._cases):
                yield number

    def _has_passes(self, site: int, trail: Trail) -> bool:
        return all(
            len(self.sightings.passes(site, case)) == len(trail.passes[case][:MAX_PASSES]) for case in self._cases
        )

    def ready(self) -> list[tuple[int, Trail]]:
        """Return what may be meant by statements that are wrong by themselves, since all that they read is right."""
        own = [pair for pair in self.pairs(anywhere=False) if self._is_ready(pair[0])]
        # What has a name of the reference is meant to be that, and nothing else; what is returned has none.
        named = {number for number, trail in own if trail.name is not None}
        seen = {(number, id(trail)) for number, trail in own}
        return own + [
            pair for pair in self.pairs(anywhere=True) if pair[0] not in named and (pair[0], id(pair[1])) not in seen
        ]

    def _is_ready(self, number: int) -> bool:
        if number not in self._ready:
            self._ready[number] = self.reading.are_right_mostly(number)
        return self._ready[number]

    def affordable(self, pairs: Iterable[tuple[int, Trail]], most: int) -> list[tuple[int, Trail]]:
        """Return the first pairs, as many as there is room for in one request."""
        found: list[tuple[int, Trail]] = []
        left = _MOST_NUMBERS
        for site, trail in itertools.islice(pairs, most):
            left -= sum(value.size for case in self._cases for value in trail.passes[case])
            if left < 0:
                break
            found.append((site, trail))
        return found

    def puts(self, site: int, trail: Trail, cases: Sequence[int]) -> list[Put]:
        """Return what puts a trail in at a site, on some of the cases."""
        keeps_shape = site in self._turned or not self._has_sizes(site, trail)
        # Each pass has a value of its own: the same one on every pass would be wrong in a loop.
        most = max(len(trail.passes[case]) for case in cases)
        # But what is computed at once may be filled bit by bit: then it is right at the end whenever it is put in.
        if most == 1 and not self._has_passes(site, trail):
            return [Put(site, _values_on(trail, 0, cases), keeps_shape=keeps_shape)]
        return [Put(site, _values_on(trail, on_pass, cases), on_pass, keeps_shape) for on_pass in range(most)]

    def _has_sizes(self, site: int, trail: Trail) -> bool:
        """Tell whether a site has as many numbers as a trail, on every case: a sum may have as many on one."""
        return all(
            isinstance(value, str) or value.size == wanted.size
            for case in self.sightings.cases
            for value, wanted in zip(self.sightings.passes(site, case), trail.passes[case], strict=False)
        )

    def likely_lines(self) -> Iterator[CellLine]:
        """Yield the lines whose value is not known to be right, though all that they read is."""
        for number, site in enumerate(self.sightings.sites):
            if site.kind in GIVING and number not in self.right and self.reading.may_be_right(number):
                yield site.cell, site.line

    def giver_behind(self, item: Alteration) -> Site | None:
        """Return the statement that is wrong by itself, where an alteration only turns round what that gave.

        `return gradient.T` mends whatever turned the gradient round before.
        """
        sites = self.sightings.sites
        name = self._handed_on_at((item.cell, item.line)) if item.kind == TURNED else None
        given = (
            at
            for at, site in enumerate(sites)
            if site.kind in GIVING and (site.name, site.function) == name and self.sightings.passes(at, self._cases[0])
        )
        last = max(given, default=None)
        return None if last is None or last in self.right or not self.reading.may_be_right(last) else sites[last]

    def _handed_on_at(self, line: CellLine) -> tuple[str, str] | None:
        """Return the variable that a statement on a line only hands on, with its function.

        It has a name of the reference: of another one nobody knows what it is meant to be.
        """
        own = (site for site in self.sightings.sites if (site.cell, site.line) == line and site.kind in GIVING)
        return next(((site.source, site.function) for site in own if site.source in self._names), None)

    def right_lines(self) -> Iterator[CellLine]:
        """Yield the lines on which every statement is right, be it for wrong values that its function is given."""
        by_line: dict[tuple[int | None, int], list[int]] = {}
        for number, site in enumerate(self.sightings.sites):
            if site.parent < 0 and site.kind in GIVING:
                by_line.setdefault((site.cell, site.line), []).append(number)
        for line, numbers in by_line.items():
            # one wrong statement of a line `a = …; b = …` is enough to look into it
            own = [number for number in numbers if self.sightings.sites[number].function not in self._kept]
            if all(map(self._is_right_for_what_it_reads, own)):
                yield line

    def _is_right_for_what_it_reads(self, number: int) -> bool:
        """Tell whether a statement is right, or at least in no other shape than what it reads: that is to be mended."""
        return number in self.right or (number in self._turned and self.reading.reads_one_of(number, self._turned))

    def _is_turned(self, number: int) -> bool:
        """Tell whether a statement has the numbers of its trails, but a shape of none of them: a column for a row."""
        case = self._cases[0]
        shapes = [value.shape for value in self.sightings.passes(number, case) if not isinstance(value, str)]
        trails = [self.followed.trails[at].passes[case] for at in self.followed.right.get(number, ())]
        return bool(trails) and shapes not in [[value.shape for value in passes[: len(shapes)]] for passes in trails]


def _is_meant(site: Site, trail: Trail, *, is_any: bool) -> bool:
    """Tell whether a statement may be meant to have a trail that is not of its name."""
    if site.kind == "return":
        # What a function of the student's own only hands on is right or wrong where it was given its value.
        return trail.is_returned or (is_any and not is_plain_name(site.source))
    return is_any and not trail.is_returned and trail.name != site.name


def _filled_by(passes: Sequence[Value]) -> list[Truths]:
    """Return which elements each pass but the first one has changed."""
    return [_changed(*pair) for pair in itertools.pairwise(passes)]


def _changed(before: Value, after: Value) -> Truths:
    if isinstance(before, str) or isinstance(after, str) or before.shape != after.shape:
        return np.zeros(0, np.bool_)
    return ~np.isclose(before, after, 0, 0, equal_nan=True)


def _values_on(trail: Trail, on_pass: int, cases: Sequence[int]) -> list[Array | None]:
    """Return a trail's value on one of its passes, on each case that has so many."""
    return [trail.passes[case][on_pass] if on_pass < len(trail.passes[case]) else None for case in cases]
