"""The line to mend for a wrong step that is put together from variables of one's own.

Whoever writes `slope = …` and then `term = error * slope` may be wrong in either line. It is the first one where all
results are right once a right part of the step's formula is put in: then the second only works with what it is given.
"""

import itertools
from collections.abc import Collection, Sequence
from typing import NamedTuple

from graders.inside.arrays import Array
from graders.judging.blame import Blamed
from graders.judging.scene import Scene
from graders.judging.sightings import Place, Sightings, right_places
from graders.sandbox.observed import Put, Trial

# Each is a run of the script on the few cases.
_MOST_PUT_IN = 200
_MOST_LIKELY = 4

_OWN_SIGNS = (1.0, -1.0)
"""With which a part may stand for itself: a gradient is the change with the other sign."""


class _Meant(NamedTuple):
    """What a variable may be meant to have: a part of a formula, by its number, with a sign."""

    place: Place
    part: int
    sign: float


def with_spoilt_parts(scene: Scene, wrong: Sequence[str]) -> Scene:
    """Return the scene with the places of parts that spoil wrong steps; `wrong`: all of these."""
    blamed = [Blamed(name, place) for name in wrong if (place := scene.place_of(name)) is not None]
    found = {
        item.name: part
        for item in blamed
        if (part := _spoilt_part(scene, item, blamed)) is not None
        and not _is_called_with_wrong(scene, item, part, blamed)
    }
    return scene._replace(parts=found) if found else scene


def _is_called_with_wrong(scene: Scene, step: Blamed, part: Place, blamed: Sequence[Blamed]) -> bool:
    """Tell whether what spoils a step is a function that is right for what it should have been given."""
    site = scene.sightings.sites[step.place.site]
    if scene.sightings.sites[part.site].kind != "return":
        return False
    return scene.is_mended_on((site.cell, site.line), [item for item in blamed if item != step])


def _spoilt_part(scene: Scene, step: Blamed, blamed: Sequence[Blamed]) -> Place | None:
    """Return the first place at which a right part of a formula mends what the right value of a step would."""
    # What is proven by all results being right needs the other mistakes put right, too.
    others = [item for item in blamed if item != step]
    right = _right_after(scene, others)
    places = [place for place in _read_by(step.place, scene) if place not in right]
    few, every = scene.experiment.cases, range(len(scene.experiment.right))
    # Beside other mistakes what is right may seem to be wrong, and with the other sign makes up for the next line.
    signs = _OWN_SIGNS[:1] if others else _OWN_SIGNS
    meant = [
        _Meant(place, part, sign)
        for sign, place, part in itertools.product(signs, places, _numbers_of_parts(scene))
        if _fits(scene, place, part)
    ]
    likely = _mending(scene, meant[:_MOST_PUT_IN], others, few)[:_MOST_LIKELY]
    return next((each.place for each in _mending(scene, likely, others, every)), None)


def _right_after(scene: Scene, others: Sequence[Blamed]) -> Collection[Place]:
    """Return the places that are right once other mistakes are put right: what only reads these is not wrong itself."""
    runs = scene.experiment.observed_after(others) if others else ()
    return right_places(Sightings(scene.sightings.sites, runs), scene.rights) if runs else ()


def _read_by(place: Place, scene: Scene) -> list[Place]:
    """Return where variables of one's own that a statement works with are given values that nothing is known of."""
    found: set[Place] = set()
    reading = [place]
    while reading:
        words = {word for each in reading for word in scene.sightings.sites[each.site].loads}
        reading = [each for each in _own_before(place, scene) if _name_at(each, scene) in words and each not in found]
        found.update(reading)
    return sorted(found, key=scene.sightings.order)


def _own_before(place: Place, scene: Scene) -> list[Place]:
    locator, last = scene.locator, scene.sightings.order(place)
    bindings = [each for each in scene.sightings.places if each.on_pass == -1 and locator.binds(each)]
    return [
        each
        for each in bindings
        if scene.sightings.order(each) < last
        and each not in locator.right
        and not locator.is_alike(scene.sightings.sites[each.site])
        and locator.step_called(_name_at(each, scene)) is None
    ]


def _name_at(place: Place, scene: Scene) -> str | None:
    """Return what a value is read by: the name of a variable, or of the function that returned it."""
    site = scene.sightings.sites[place.site]
    return site.called if site.kind == "return" else site.name


def _mending(scene: Scene, meant: Sequence[_Meant], others: Sequence[Blamed], cases: Sequence[int]) -> list[_Meant]:
    """Return those of the right values with which all results are right on these cases."""
    experiment = scene.experiment
    puts = experiment.trial(others, cases).puts
    trials = [Trial([*puts, Put(each.place.site, _values(scene, each, cases))]) for each in meant]
    runs = experiment.ask(trials, cases) if trials else ()
    # Not strict: the trials that there was no time for are left out at the end.
    asked = zip(meant, runs, strict=False)
    return [
        each
        for each, own in asked
        if len(own) == len(cases) and experiment.right_on(own, cases) == frozenset(experiment.results)
    ]


def _numbers_of_parts(scene: Scene) -> range:
    """Return the numbers of the right values that are no step's: givens, and parts of formulas."""
    return range(len(scene.locator.names), len(scene.rights[0]))


def _values(scene: Scene, meant: _Meant, cases: Sequence[int]) -> list[Array | None]:
    values = [scene.rights[case][meant.part] for case in cases]
    return [None if value is None else meant.sign * value for value in values]


def _fits(scene: Scene, place: Place, part: int) -> bool:
    """Tell whether a place has as many numbers as a part, on every case."""
    pairs = zip(scene.sightings.values(place), (right[part] for right in scene.rights), strict=True)
    return all(not isinstance(value, str) and right is not None and value.size == right.size for value, right in pairs)
