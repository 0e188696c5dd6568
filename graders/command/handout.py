"""Write what students get of an exercise."""

from pathlib import Path

from graders.command.options import OK, Options
from graders.command.printing import print_lines
from graders.errors import UsageError
from graders.exercise.handout import ACTION, WORKFLOW, own_action, write_handout
from graders.exercise.loading import root
from graders.messages import locale_lang, message, say
from graders.page.writing import write_page
from graders.session import load_materials

PAGE = "page"
"""The folder of the page that grades in the browser, in that of the handout."""


def run_handout(options: Options) -> int:
    """Write a handout, list its files, and return the exit status."""
    if len(options.submissions) != 1:
        raise UsageError(message("usage.one-folder", option="--handout", count=len(options.submissions)))
    lang, folder = options.lang or locale_lang(), Path(options.submissions[0])
    action = options.action or own_action(root())
    # First, since it may refuse: then nothing is written.
    materials = load_materials(options.handout) if options.with_page else None
    print_lines(map(str, write_handout(options.handout, folder, lang, action)))
    # Whoever hands this out need not know that a page that judges holds the answers: it is there only if asked for.
    if materials is not None:
        print_lines(map(str, write_page(materials, folder / PAGE, lang)))
    print_lines([say(lang, "page.solution" if options.with_page else "handout.no-page")])
    # A workflow that names no action fails at its first run, and the student cannot tell why.
    if action is None:
        print_lines([say(lang, "handout.no-action", workflow=WORKFLOW, action=ACTION)])
    return OK
