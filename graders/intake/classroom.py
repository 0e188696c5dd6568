"""GitHub Classroom's clones: `<assignment>-submissions/<assignment>-<username>/…`. Source: github/gh-classroom."""

from collections.abc import Iterator

from graders.intake.entry import Owner, Person, Source, Wanted, most
from graders.intake.listing import Listing, Member

_SUFFIX = "-submissions"


def _is_classroom(listing: Listing) -> bool:
    found = _clones(listing)
    return found is not None and most(found[1].tops(), lambda top: top.startswith(f"{found[0]}-"))


def _clones(listing: Listing) -> tuple[str, Listing] | None:
    """Return the assignment's name and the listing of its clones."""
    if listing.name.endswith(_SUFFIX):
        return listing.name.removesuffix(_SUFFIX), listing
    # The caller may have named the folder around, as the zip of a download is.
    roots = [top for top in listing.tops() if top.endswith(_SUFFIX)]
    if len(roots) != 1:
        return None
    return roots[0].removesuffix(_SUFFIX), listing.within(roots[0])


def _owners_in_classroom(listing: Listing, _: Wanted) -> Iterator[tuple[Owner | None, Member]]:
    assignment, clones = _clones(listing) or (listing.name, listing)
    for member in clones.members:
        clone = member.parts[0]
        known = len(member.parts) > 1 and clone.startswith(f"{assignment}-")
        student = clone.removeprefix(f"{assignment}-")
        yield Owner(group=clone, people=(Person(student),)) if known and student else None, member


SOURCE = Source("classroom", _is_classroom, _owners_in_classroom)
