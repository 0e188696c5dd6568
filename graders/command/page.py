"""Write the page that grades an exercise in the browser."""

from pathlib import Path

from graders.command.options import OK, Options
from graders.command.printing import print_lines
from graders.errors import UsageError
from graders.messages import locale_lang, message, say
from graders.page.writing import write_page
from graders.session import load_materials


def run_page(options: Options) -> int:
    """Write a page, list its files, say what it discloses, and return the exit status."""
    if len(options.submissions) != 1:
        raise UsageError(message("usage.one-folder", option="--page", count=len(options.submissions)))
    materials = load_materials(options.page, seed=options.seed, cases=options.cases, bank_path=options.bank)
    lang = options.lang or locale_lang()
    print_lines(map(str, write_page(materials, Path(options.submissions[0]), lang, options.pyodide)))
    print_lines([say(lang, "page.solution")])
    return OK
