"""Taking up what an earlier run has left in a folder: its rows hold, or the run is refused, or all is set aside.

Nothing that students may have been told is replaced or left out unless that is asked for.
"""

from collections.abc import Iterator, Sequence
from functools import partial, reduce
from itertools import islice
from pathlib import Path

from graders.batch.finals import finals_in, finals_of, replaced_finals
from graders.batch.journal import GIVEN, SHEET, ClassFolder, EarlierRun
from graders.batch.regrading import set_aside
from graders.batch.rows import Row
from graders.batch.sheets import Sheets
from graders.batch.tables import Papers, Results, find_missing, gradebook_lines
from graders.errors import UsageError
from graders.escaping import clean_line
from graders.exercise.asked import Exercise
from graders.gradebooks import Student
from graders.messages import Message, message

# So many are named; how many there are is said of all.
NAMED_AT_MOST = 10


def remembered_of(sheets: Sheets, top: Path) -> dict[str, str]:
    """Return what the next run has to know of the instructor's tables; of none there is nothing to remember."""
    sheet = sheets.place_of_sheet(top)
    remembered = {GIVEN: " ".join(sheets.given), SHEET: sheet.name if sheet is not None else ""}
    return {name: text for name, text in remembered.items() if text}


def take_up(
    folders: Sequence[ClassFolder], exercises: Sequence[Exercise], papers: Papers, top: Path, *, regrade: bool
) -> list[EarlierRun | None]:
    """Return the rows that an earlier run has left of each exercise, unless they are set aside. Raises UsageError.

    On other terms they are refused, or with `regrade` set aside. A regrading that was stopped goes on like any other
    run: its rows are on the new terms.
    """
    runs = [folder.read_earlier() for folder in folders]
    refusals = _refusals(folders, runs, exercises, papers)
    # Of several exercises none is touched before it is known that no other refuses.
    if not regrade and (refused := next(filter(None, refusals), None)) is not None:
        raise UsageError(refused)
    for run, refusal in zip(runs, refusals, strict=True):
        if run is not None and refusal is not None:
            set_aside(run, top, papers.sheets.paths)
    return [run if refusal is None else None for run, refusal in zip(runs, refusals, strict=True)]


def _refusals(
    folders: Sequence[ClassFolder], runs: Sequence[EarlierRun | None], exercises: Sequence[Exercise], papers: Papers
) -> list[Message | None]:
    results = [
        Results(folder.path, exercise, partial(_rows_of, run), "")
        for folder, run, exercise in zip(folders, runs, exercises, strict=True)
    ]
    # Names that several have, and who is absent, are those of the rows as they were: nothing new is graded yet.
    known, missing, _ = find_missing(papers, results)
    return [
        None if run is None else _refusal(folder, run, result, known, missing)
        for folder, run, result in zip(folders, runs, results, strict=True)
    ]


def _rows_of(run: EarlierRun | None) -> Iterator[Row]:
    return iter(()) if run is None else (line for _, line in run.rows.values())


def _refusal(
    folder: ClassFolder, run: EarlierRun, results: Results, papers: Papers, missing: Sequence[Student]
) -> Message | None:
    """Say why results must not be replaced unasked; None if nothing of them would be."""
    path = str(folder.path)
    if differing := folder.differing(run):
        terms = reduce(lambda first, then: message("usage.two-terms", first=first, then=then), differing)
        return message("usage.other-terms", path=path, terms=terms)
    if left_out := [name for name in run.conditions.get(GIVEN, "").split() if name not in papers.sheets.given]:
        return message("usage.left-out", path=path, options=" ".join(left_out))
    return _about_finals(path, results, papers, missing)


def _about_finals(path: str, results: Results, papers: Papers, missing: Sequence[Student]) -> Message | None:
    # On the rows as they are, so that what differs is what the instructor has said beside them.
    after = finals_in(b"".join(gradebook_lines(results, missing, papers.standing)))
    changes = list(replaced_finals(finals_of(results.folder), after))
    if not changes:
        return None
    said = [f"{clean_line(old.who, 40)}: {old.text} → {new.text or '–'}" for old, new in islice(changes, NAMED_AT_MOST)]
    more = [] if len(changes) <= NAMED_AT_MOST else ["…"]
    return message("usage.finals", path=path, count=len(changes), changes=", ".join([*said, *more]))
