"""Which of the wrong steps of a straight script are only consequences: the script itself is asked.

By its formula a step may seem to be wrong that is right: another right formula reads other values than the reference's
does, and what an earlier mistake has turned round has another shape. It is right once those before it are put right.
"""

from collections.abc import Mapping, Sequence, Set

from graders.inside.arrays import Array
from graders.inside.sites import Site
from graders.judging.blame import Blamed
from graders.judging.comparison import Value
from graders.judging.scene import Scene
from graders.judging.sightings import Place, Sightings, has_numbers
from graders.judging.steps import Judgement, as_carried, as_unknown
from graders.outcome import Kind, Step, Verdict


def without_consequences(judgements: Sequence[Judgement], scene: Scene) -> list[Judgement]:
    """Take the blame from steps that are right once those before them are, and from what the reference says, too."""
    # What is written as in the reference is right for what it reads; what stopped there is told where it stopped.
    spared = {item.name for item in judgements if item.verdict.kind is Kind.WRONG and scene.is_authors(item.name)}
    wrong = {item.name: item.verdict for item in judgements if item.is_wrong and item.name not in spared}
    if not wrong:  # nothing before it explains it
        return list(judgements)
    blamed, unknown = _to_blame(wrong, scene)
    return as_unknown(as_carried(judgements, (spared | wrong.keys()) - blamed - unknown), unknown)


def _to_blame(wrong: Mapping[str, Verdict], scene: Scene) -> tuple[Set[str], Set[str]]:
    """Return the steps to blame, and those of which it cannot be told."""
    # The fewest first; each question is a run of the script.
    names = list(wrong)
    enough = next((count for count in range(1, len(names)) if scene.is_mended_by(names[:count])), len(names))
    found: list[str] = []
    unknown: set[str] = set()
    for name in names[:enough]:
        is_wrong = _is_wrong_itself(name, wrong[name], found, scene)
        if is_wrong:
            found.append(name)
        elif is_wrong is None:
            unknown.add(name)
    return set(found), unknown


def _is_wrong_itself(name: str, verdict: Verdict, before: Sequence[str], scene: Scene) -> bool | None:
    """Tell whether a step is wrong once others have their right values; None where these do not fit the script."""
    # Its numbers say nothing about what only has another shape.
    if not before or verdict is Verdict.WRONG_SHAPE:
        return True
    after = _values_after(name, before, scene, has_stopped=verdict.kind is Kind.STOPPED)
    # Of a matrix of one row it may take the first row; of as many numbers that is only the first of them.
    if verdict is Verdict.WRONG_VALUE and not all(_has_size(*pair) for pair in after):
        return None
    return not after or not all(_is_right(*pair) for pair in after)


def _values_after(
    name: str, before: Sequence[str], scene: Scene, *, has_stopped: bool
) -> Sequence[tuple[Value, Array]]:
    """Return what a step is on every case once others have their right values, beside the right value.

    Without those that did not reach it, unless it is what stopped there. Nothing if that is unknown.
    """
    place = scene.place_of(name)
    others = [Blamed(other, found) for other in before if (found := scene.place_of(other)) is not None]
    if place is None or len(others) < len(before):
        return ()
    runs = scene.experiment.observed_after(others, watched=(place.site,))
    values = Sightings(scene.sightings.sites, runs).values(place) if runs else ()
    columns = zip(scene.sightings.values(place), values, scene.experiment.right, strict=False)
    return [(value, right[name]) for own, value, right in columns if has_stopped or not isinstance(own, str)]


def _has_size(value: Value, right: Array) -> bool:
    return not isinstance(value, str) and value.size == right.size


def _is_right(value: Value, right: Array) -> bool:
    return not isinstance(value, str) and has_numbers(value, right)


def is_spoilt_later(step: Judgement | Step, scene: Scene | None) -> bool:
    """Tell whether a wrong result has its right value on every case where it is set: something changes it in place."""
    place = None if scene is None else scene.place_of(step.name)
    if scene is None or place is None or step.verdict is not Verdict.WRONG_VALUE:
        return False
    is_right = scene.locator.has_value_of(step.name, place)
    return is_right and not any(isinstance(value, str) for value in scene.sightings.values(place))


def without_misled(judgements: Sequence[Judgement], scene: Scene, kept: Set[str]) -> list[Judgement]:
    """Leave open what calls a helper that another step is wrong in, and what a function computes from a wrong argument.

    Both would be wrong in any case. `kept`: the author's own lines, of which it is only said that they differ.
    """
    places = _places_of([item.name for item in judgements if item.is_wrong], scene)
    callers = _callers_of_wrong(places, scene)
    given = {name for name, place in places.items() if scene.sightings.is_given_another(place.site)}
    # The only one is wrong at any rate, wherever it comes from.
    misled = callers | (given if callers | given < places.keys() else set())
    return as_unknown(judgements, misled - kept)


def calls_wrong_helper(name: str, wrong: Sequence[str], scene: Scene) -> bool:
    """Tell whether a step calls a helper that one of the wrong steps is wrong in."""
    return name in _callers_of_wrong(_places_of([*wrong, name], scene), scene)


def _places_of(names: Sequence[str], scene: Scene) -> dict[str, Place]:
    """Return where each of these steps is to be mended, as far as that is known."""
    found = {name: scene.parts.get(name) or scene.place_of(name) for name in names}
    return {name: place for name, place in found.items() if place is not None}


def _callers_of_wrong(places: Mapping[str, Place], scene: Scene) -> set[str]:
    sites = scene.sightings.sites
    helpers = {sites[place.site].called for place in places.values() if _is_passed_again(place, scene)}
    return {name for name, place in places.items() if _calls_one_of(helpers, sites[place.site])}


def _calls_one_of(functions: Set[str], site: Site) -> bool:
    return not functions.isdisjoint(set(site.loads) - {site.called})


def _is_passed_again(place: Place, scene: Scene) -> bool:
    return any(len(scene.sightings.passes(place.site, case)) > 1 for case in scene.sightings.cases)
