"""For authors of exercises: write a new one's files, or say what is wrong with one."""

from pathlib import Path

from graders.authoring.checking import problems_of
from graders.authoring.scaffold import new_exercise
from graders.command.options import OK, UNUSABLE, Options
from graders.command.printing import print_lines


def run_author(options: Options) -> int:
    """Do what an author asks for and return the exit status."""
    if options.new_exercise:
        print_lines(new_exercise(options.new_exercise, Path(options.submissions[0])))
        return OK
    problems = list(problems_of(options.check_exercise))
    print_lines(problems or [f"{options.check_exercise}: nothing wrong"])
    return UNUSABLE if problems else OK
