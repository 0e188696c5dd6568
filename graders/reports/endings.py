"""Which formats there are: the modules of this folder that name the ending of their files.

Their first lines are read instead of importing them: the command line asks before anything heavy is loaded, and a run
needs the libraries of none but its own formats.
"""

import re
from functools import cache
from pathlib import Path

_ENDING_LINE = r'(?m)^ENDING = "(.+)"$'


@cache
def endings() -> dict[str, str]:
    """Return by format the ending of its files. A format is called like its module."""
    sources = {path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py"))}
    return {name: found[1] for name, source in sources.items() if (found := re.search(_ENDING_LINE, source))}


def report_file(stem: str, ending: str) -> str:
    """Return what a report's file is called that is about `stem`."""
    return f"{stem}.report{ending}"
