"""Write a new exercise's files from a finished solution, and say what was guessed, for the author to look at."""

import re
import shlex
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graders.authoring import skeleton
from graders.authoring.dimensions import ShapePlan
from graders.authoring.improving import strengthened, without_free
from graders.authoring.mutants import Mutant
from graders.authoring.proposing import propose
from graders.authoring.proving import Blind, Free, Weak, prove
from graders.authoring.reading import read_script, read_solution
from graders.authoring.skeleton import Proposal
from graders.authoring.telling import as_written
from graders.authoring.typed import from_here, generate_command, grade_command
from graders.errors import ExerciseError, UsageError
from graders.exercise.asked import Exercise
from graders.exercise.loading import exercise_files, read_exercise, root
from graders.exercise.reference import Reference
from graders.exercise.steadiness import hanging_in_lesson
from graders.exercise.template import student_files

_MOST_TOLD = 5
"""Mistakes that are listed."""

_MOST_LETTERS = 40
"""Characters of a value."""

_PACKAGE = Path(__file__).resolve().parent.parent


def new_exercise(name: str, solution: Path) -> list[str]:
    """Write `exercises/NAME/` and `reference/NAME.py` and return what to say. Raises UsageError.

    `name` may be the path `…/exercises/NAME` of a folder of the author's own.
    """
    folder, reference = exercise_files(name)
    _refuse_name(folder, reference)
    source = read_script(solution)
    with tempfile.TemporaryDirectory() as scratch:  # nothing half made is left behind
        made = Path(scratch) / folder.name
        proposal, untold = _made(made, source, solution)
        try:
            shutil.copytree(made, folder)
            readme = skeleton.readme(folder.name, _called(folder), proposal)
            (folder / "README.md").write_text(readme, encoding="utf-8", newline="\n")
            reference.parent.mkdir(exist_ok=True)
            reference.write_text(source, encoding="utf-8", newline="\n")
        except OSError as error:
            raise UsageError(f"{error.filename}: cannot be written: {error.strerror}") from error
    return _summary(name, proposal, solution, untold)


def _called(folder: Path) -> str:
    """Return what students' commands call an exercise: one of the author's own by its path, since a name is ours."""
    return folder.name if folder.parent == root() / "exercises" else f"./exercises/{folder.name}"


def _made(folder: Path, source: str, solution: Path) -> tuple[Proposal, Sequence[Mutant]]:
    """Write an exercise that is proven; with fewer inputs, where it is none with all. Raises UsageError."""
    place, where = solution.resolve().parent, str(solution)
    by_value = read_solution(source, where, place)
    try:
        return _proven(folder, propose(by_value))
    except UsageError:
        # What the example computes may have what the solution needs: classes that can be told apart, a signal.
        plain = read_solution(source, where, place, by_value=False)
        if plain.inputs.keys() == by_value.inputs.keys():
            raise
        return _proven(folder, propose(plain))


def _proven(folder: Path, proposal: Proposal) -> tuple[Proposal, Sequence[Mutant]]:
    """Write an exercise into a folder and prove it; where mistakes would pass, with more results or cases.

    Return with it the mistakes that no case tells apart. Raises UsageError.
    """
    where = proposal.solution.where
    # It ends: a turn adds a result, of which there are only so many, or cases or joints, which is done once.
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            exercise = _write_files(folder, proposal)
            untold = prove(exercise, proposal.lesson, proposal.ordered)
        except Blind as error:
            proposal = proposal._replace(
                telling=[(each.mutant, as_written(exercise, each.case)) for each in error.telling]
            )
        except (Weak, Free) as error:
            better = strengthened(proposal) if isinstance(error, Weak) else without_free(proposal, error.results)
            if better is None:
                raise UsageError(f"{where}: {error}") from error
            proposal = better
        except ExerciseError as error:
            said = str(error).replace(f"{folder.parent}/", "").removeprefix(f"reference/{folder.name}.py: ")
            raise UsageError(f"{where}: {said}") from error
        else:
            return proposal, untold


def _refuse_name(folder: Path, reference: Path) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", folder.name):
        raise UsageError(
            f"exercise name {folder.name!r}: expected small letters, digits and _, such as gradient_descent"
        )
    if folder.is_relative_to(_PACKAGE):  # installed: an update would remove it
        raise UsageError(f"exercise name {folder.name!r}: name a folder of your own, such as ./exercises/{folder.name}")
    for path in (folder, reference):
        if path.exists():
            raise UsageError(f"{path}: is there already; choose another name or remove it")


def _write_files(folder: Path, proposal: Proposal) -> Exercise:
    """Write the exercise's folder and load it. Raises ExerciseError if the solution makes no exercise."""
    name = folder.name
    # Beside the folder, which is copied whole: a solution must not lie among what students are given.
    reference = folder.parent / f"{name}.reference.py"
    for path, text in (
        (reference, proposal.solution.source),
        (folder / "exercise.yaml", skeleton.settings(name, proposal)),
        (folder / "misconceptions.yaml", skeleton.misconceptions(proposal)),
    ):
        path.write_text(text, encoding="utf-8", newline="\n")
    exercise = read_exercise(folder, reference)
    if Reference(exercise).whole is not None:  # where it is run whole, a formula alone does not say what it needs
        (folder / "misconceptions.yaml").write_text(skeleton.misconceptions(None), encoding="utf-8", newline="\n")
        exercise = read_exercise(folder, reference)
    for file, text in student_files(exercise).items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    return exercise


def _summary(name: str, proposal: Proposal, solution: Path, untold: Sequence[Mutant]) -> list[str]:
    folder, reference = exercise_files(name)
    # The grader's own folder is where a bare name leads, from wherever it is typed.
    place, grade, typed = from_here(folder), grade_command(), shlex.quote(name)
    found = proposal.solution
    how = "marked TODO" if found.marks else "guessed: all that depends on the givens; mark yours with `# TODO`"
    steps = dict.fromkeys(step.name for step in skeleton.steps_of(found))
    if found.submission == "definitions":
        steps = dict.fromkeys(mark.scope for mark in found.marks)
    constant = [given for given in found.givens if given not in proposal.ranges]
    return [
        f"{place}/ and {from_here(reference)} are written.",
        f"givens   {', '.join(proposal.ranges)}" + (f"  (always as here: {', '.join(constant)})" if constant else ""),
        f"steps    {', '.join(steps)}  ({how})",
        f"results  {', '.join(outcome.name for outcome in proposal.outcomes)}",
        *_said_of_draws(proposal),
        *_said_of_example(read_exercise(folder, reference)),
        *_said_of_cases(proposal, untold),
        "Next:",
        f"  1. {place}/exercise.yaml: the title, names of dimensions and ranges were guessed",
        f"  2. README.md and misconceptions.yaml: write what says {skeleton.TO_WRITE}",
        f"  3. {generate_command(name)}: template and notebook again",
        f"  4. {grade} --check-exercise {typed}",
        f"  5. {grade} -e {typed} {shlex.quote(str(solution))}",
    ]


def _said_of_draws(proposal: Proposal) -> Iterator[str]:
    """Yield what was guessed: which lengths are others than in the lesson, which numbers keep its order."""
    varied = [word for word, (low, high) in proposal.plan.dimensions.items() if low < high]
    if lengths := "; ".join(filter(None, (_bounds_told(proposal.plan, word) for word in varied))):
        yield f"lengths  {lengths}"
    if proposal.ordered:
        yield f"order    {', '.join(f'{low} < {high}' for low, high in proposal.ordered)}, as in the example"
    if proposal.alike:
        told = [f"{name} is {value[:_MOST_LETTERS]}" for name, value in proposal.alike.items()]
        yield f"alike    {'; '.join(told)} on nearly all random cases: other ranges would show more of it"


def _bounds_told(plan: ShapePlan, word: str) -> str:
    """Return the bounds of a dimension; nothing of one that no given has."""
    low, high = plan.dimensions[word]
    owners = ", ".join(name for name, shape in plan.givens.items() if word in shape)
    return f"{word} {low} to {high} ({plan.lengths[word]} in the example: {owners})" if owners else ""


def _said_of_example(exercise: Exercise) -> Iterator[str]:
    """Yield what is wrong with the author's own numbers: right submissions that compute otherwise would lose points."""
    whole = Reference(exercise).whole
    if whole is not None and (name := hanging_in_lesson(exercise, whole)):
        yield f"example  rounding alone decides {name}, since two numbers come out equal: change those of the example"


def _said_of_cases(proposal: Proposal, untold: Sequence[Mutant]) -> Iterator[str]:
    """Yield which cases stand in exercise.yaml, and what neither they nor the drawn ones show."""
    if proposal.telling:
        shown = [mutant for mutant, _ in proposal.telling]
        yield f"cases    {len(shown)} beside the drawn ones, for {_listed(shown)}"
    if untold:
        yield f"unseen   {_listed(untold)}: no case tells it apart; write one under `cases:` if it is a mistake"


def _listed(mutants: Iterable[Mutant]) -> str:
    told = list(dict.fromkeys(f"{each.step}: {each.change.partition(': ')[2] or each.formula}" for each in mutants))
    return "; ".join(told[:_MOST_TOLD]) + (" …" if len(told) > _MOST_TOLD else "")
