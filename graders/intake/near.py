"""What a path that is not there may have meant: the nearest names beside it, and the exercise's own files."""

import difflib
import os
from collections.abc import Iterable
from pathlib import Path

from graders.escaping import clean_line
from graders.intake.names import is_ignored
from graders.spelling import bare

_SUGGESTED_AT_MOST = 3
# A folder of downloads may be huge, and a hint is not worth a wait.
_MOST_LOOKED_AT = 10_000


def near_paths(path: Path, handed_out: Iterable[Path] = ()) -> list[str]:
    """Return existing paths whose names are near that of a path that is not there, the nearest first.

    `handed_out`: files of the exercise, which a student may have filled in where they lie.
    """
    try:
        with os.scandir(path.parent) as scan:
            beside = [entry.name for _, entry in zip(range(_MOST_LOOKED_AT), scan, strict=False)]
    except OSError:
        beside = []
    names = {bare(name): name for name in sorted(beside) if not is_ignored(name)}
    near = [
        str(path.parent / names[key]) for key in difflib.get_close_matches(bare(path.name), names, _SUGGESTED_AT_MOST)
    ]
    same = [str(file) for file in handed_out if file.name == path.name and file.is_file()]
    return [clean_line(each) for each in [*near, *same][:_SUGGESTED_AT_MOST]]
