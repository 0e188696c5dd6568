"""Which tables of the instructor's there are, and where the filled one goes."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from graders.intake.outputs import OUTPUTS


class Sheets(Struct, frozen=True, kw_only=True):
    """The instructor's own tables, by their paths, and how they are to be read.

    `gradebook_column`: its titles, one per exercise. `section`: a column of the roster, or `folder`. `late`: what it
    costs.
    """

    gradebook: Path | None = None
    gradebook_column: Sequence[str] = ()
    roster: Path | None = None
    deadlines: Path | None = None
    late: str | None = None
    adjusted: Path | None = None
    section: str | None = None

    @property
    def paths(self) -> list[Path]:
        """Those that are files, which are never written over."""
        return [path for path in (self.gradebook, self.roster, self.deadlines, self.adjusted) if path is not None]

    @property
    def given(self) -> list[str]:
        """The options without which final grades, or columns, of a gradebook would be missing."""
        names = ("roster", "deadlines", "late", "adjusted", "section")
        return [f"--{name}" for name in names if getattr(self, name) is not None]

    def place_of_sheet(self, folder: Path) -> Path | None:
        """Return where the filled sheet goes: never over what the caller named, nor over a table of our own."""
        if self.gradebook is None:
            return None
        path = folder / self.gradebook.name
        if path.resolve() in {each.resolve() for each in self.paths} or path.name in OUTPUTS:
            # A sheet called like one of our tables would be replaced by it, or taken for it.
            return path.with_name(f"{path.stem}.filled{path.suffix}")
        return path
