"""Write what students get of an exercise."""

from pathlib import Path

from graders.command.options import OK, Options
from graders.command.printing import print_lines
from graders.errors import UsageError
from graders.exercise.handout import write_handout
from graders.messages import locale_lang


def run_handout(options: Options) -> int:
    """Write a handout, list its files, and return the exit status."""
    if len(options.submissions) != 1:
        raise UsageError(f"--handout: found {len(options.submissions)} folders, expected one to write to")
    lang = options.lang or locale_lang()
    print_lines(map(str, write_handout(options.handout, Path(options.submissions[0]), lang, options.action)))
    return OK
