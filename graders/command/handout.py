"""Write what students get of an exercise."""

from collections.abc import Iterator
from pathlib import Path

from graders.authoring.skeleton import TO_WRITE
from graders.command.options import OK, Options
from graders.command.printing import print_lines
from graders.errors import UsageError
from graders.exercise.handout import ACTION, WORKFLOW, own_action, write_handout
from graders.exercise.loading import exercise_files, root
from graders.messages import Lang, locale_lang, message, say
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
    print_lines(map(str, write_handout(options.handout, folder, lang, action, PAGE if options.with_page else "")))
    # Whoever hands this out need not know that a page that judges holds the answers: it is there only if asked for.
    if materials is not None:
        print_lines(map(str, write_page(materials, folder / PAGE, lang)))
    print_lines([say(lang, "page.solution" if options.with_page else "handout.no-page")])
    # A workflow that names no action fails at its first run, and the student cannot tell why.
    if action is None:
        print_lines([say(lang, "handout.no-action", workflow=WORKFLOW, action=ACTION)])
    if warnings := list(_warnings(options.handout, folder, lang)):
        print_lines(warnings)
    return OK


def _warnings(exercise: str, folder: Path, lang: Lang) -> Iterator[str]:
    """Yield what would leave students at a loss, though the files are written."""
    place, _ = exercise_files(exercise)
    if place.parent != root() / "exercises":
        yield say(lang, "handout.elsewhere", name=place.name)
    readme = folder / "README.md"
    if TO_WRITE in readme.read_text(encoding="utf-8"):
        yield say(lang, "handout.unfinished", file=str(readme), mark=TO_WRITE)
