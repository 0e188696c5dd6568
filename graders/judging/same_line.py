"""What the very line gives that is to be mended: it is not right for what it reads, as what only follows from it is.

A function that is called twice is wrong twice.
"""

import re
from collections.abc import Sequence

from graders.inside.arrays import Array
from graders.inside.sites import Site
from graders.judging.comparison import Value
from graders.judging.culprits import Culprit
from graders.judging.evidence import Evidence
from graders.judging.scene import Scene
from graders.judging.sightings import Place, Sightings, has_numbers


def is_from_mended_line(name: str, evidence: Evidence, scene: Scene | None) -> bool:
    """Tell whether a step has its value from the line that is to be mended for it, and no line of its own."""
    site = None if scene is None else scene.site_of(name)
    culprit = None if scene is None else scene.culprit_of(name) or _culprit_at(site, scene)
    if scene is None or culprit is None:
        return False
    # What has no line of its own is known by the function that is called for it; a value alone may be passed on.
    is_there = site.line <= culprit.line <= site.end_line if site else _is_called_for(name, culprit, evidence, scene)
    if not is_there:
        return False
    return gives(culprit, scene.sightings, evidence.as_seen(name))


def wrong_entry(name: str, scene: Scene) -> Site | None:
    """Return the first wrong entry of a step that is a list written on several lines; None if all may be wrong."""
    place = scene.place_of(name)
    entries = [] if place is None else _entries_of(place.site, scene.sightings)
    if name not in scene.experiment.right[0]:
        return None
    are_right = _are_right(entries, scene.sightings, [values[name] for values in scene.experiment.right])
    is_one = any(are_right) and not all(are_right)
    return scene.sightings.sites[entries[are_right.index(False)].site] if is_one else None


def _are_right(entries: Sequence[Place], sightings: Sightings, right: Sequence[Array]) -> list[bool]:
    """Tell of each entry whether it has its share of the right numbers; of none, if they cannot be shared."""
    if not entries or any(value.size % len(entries) for value in right):
        return []
    parts = [value.reshape(len(entries), -1) for value in right]
    return [_are_numbers_of(sightings.values(each), [part[at] for part in parts]) for at, each in enumerate(entries)]


def _entries_of(number: int, sightings: Sightings) -> list[Place]:
    sites = sightings.sites
    return [each for each in sightings.places if (sites[each.site].kind, sites[each.site].parent) == ("entry", number)]


def _culprit_at(site: Site | None, scene: Scene) -> Culprit | None:
    """Return the culprit on the line of a step that is no result, and so is not mended itself."""
    at = (each for each in scene.culprits or () if site is not None and site.cell == each.cell)
    return next((each for each in at if site is not None and site.line <= each.line <= site.end_line), None)


def _is_called_for(name: str, culprit: Culprit, evidence: Evidence, scene: Scene) -> bool:
    """Tell whether the line of `use` that gives a result calls the function that the culprit stands in."""
    sites = scene.sightings.sites
    inside = {site.called for site in sites if (site.cell, site.line) == (culprit.cell, culprit.line)} - {""}
    whole = evidence.reference.whole
    lines = () if whole is None else [line.text for line in whole.use.lines if name in line.stores]
    return any(re.search(rf"\b{re.escape(function)}\(", line) for line in lines for function in inside)


def gives(culprit: Culprit, sightings: Sightings, values: Sequence[Value]) -> bool:
    """Tell whether a statement on the culprit's line has these values."""
    # By line: of `return grads, loss` each value is a place of its own, and an exchange of the two is one mistake.
    return any(
        _are_numbers_of(sightings.values(place), values)
        for place in sightings.places
        if (site := sightings.sites[place.site]).cell == culprit.cell
        and site.line <= culprit.line <= site.end_line
        and site.parent < 0
    )


def _are_numbers_of(values: Sequence[Value], others: Sequence[Value]) -> bool:
    pairs = list(zip(values, others, strict=True))
    # What is compared by form may be a text or None on some cases; words alone are nobody's numbers.
    return any(not isinstance(value, str) for value in values) and all(_is_value_of(*pair) for pair in pairs)


def _is_value_of(value: Value, other: Value) -> bool:
    if isinstance(value, str) or isinstance(other, str):
        return isinstance(value, str) and isinstance(other, str) and value == other
    return has_numbers(value, other)
