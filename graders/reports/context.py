"""What a format may need beside the report."""

from collections.abc import Sequence
from typing import NamedTuple

from graders.messages import Lang


class Context(NamedTuple):
    """The language, the submission's source (which pages show), and where the file is.

    `cells`: (None, text) for a script, (cell number, text) for a notebook's code cells. `path`: as a CI system finds
    the file.
    """

    lang: Lang
    cells: Sequence[tuple[int | None, str]] = ()
    path: str = ""
