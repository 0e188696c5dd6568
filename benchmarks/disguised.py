"""Mistakes whose lines are known, in disguises that change no result: is the line found, the edit, the same points?

    python -m benchmarks.disguised [-v] [EXERCISE …]

The mistakes are put into the finished solution of each exercise, one or two at a time; `tests.support` has them and the
disguises. The authors of the grader wrote both: students make other mistakes, and write in other ways, too.
"""

import itertools
import random
import statistics
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from benchmarks.measuring import Finding, show
from graders.exercise.asked import Exercise
from graders.grading import Grader
from graders.outcome import Feedback, Report, Verdict
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import decode_submission
from tests.support.disguises import disguise
from tests.support.forms import ALL
from tests.support.mistakes import Mistaken, mistakes, paired
from tests.support.outcomes import outcome, words_of

SHAPES = {
    "a straight script": ("backprop", "gradient_descent", "multilayer", "one_hidden_unit"),
    "loops over records": ("gradient_records", "backprop_records"),
    "functions": ("softmax_cross_entropy", "affine_layers", "numpy_quiz"),
    "a class": ("neural_network",),
    "loops with indices": ("elimination",),
}
"""The bundled exercises by the shape of their solutions."""

_DISGUISES = 10


@dataclass(frozen=True, slots=True)
class Seen:
    """One wrong script in one disguise. `blamed`: lines; `culprits`: for each mistake its lines.

    `stopped`: the lines where it raised something, which is a fact and no blame.
    """

    name: str
    way: str
    blamed: Sequence[int | None]
    stopped: Sequence[int | None]
    culprits: Sequence[set[int]]
    is_repaired: bool
    same_points: bool
    source: str
    report: Report

    @property
    def is_found(self) -> bool:
        """Tell whether each mistake has a blamed line."""
        return all(lines & set(self.blamed) for lines in self.culprits)

    @property
    def is_first_found(self) -> bool:
        """Tell whether the line to begin with is a mistake's own."""
        return any(self.blamed[0] in lines for lines in self.culprits) if self.blamed else False

    @property
    def wrongly(self) -> set[int]:
        """The right lines that are blamed."""
        return {line for line in self.blamed if line is not None} - set().union(*self.culprits, self.stopped)


@dataclass(slots=True)
class Figures:
    """What was seen of one shape."""

    single: list[Seen] = field(default_factory=list)
    small: list[Seen] = field(default_factory=list)
    pairs: list[Seen] = field(default_factory=list)
    flagged: list[str] = field(default_factory=list)
    right: int = 0
    costs: list[float] = field(default_factory=list)


def look_at(name: str, figures: Figures, *, count: int, seed: int) -> None:
    """Grade the mistakes of one exercise in disguises; `count`: of single ones, and of pairs."""
    chance = random.Random(f"{name} {seed}")
    materials = load_materials(name)
    with (
        open_sandboxed(materials, Terms(feedback=Feedback.REPAIR)) as grader,
        open_sandboxed(materials, Terms(feedback=Feedback.COUNTEREXAMPLE)) as without,
    ):
        exercise = grader.exercise
        source = exercise.reference_source
        right = outcome(source, exercise)
        every = [item for item in mistakes(source) if outcome(item.source, exercise) != right]
        chance.shuffle(every)
        for item in every[:count]:
            for seen in _in_disguises(item, grader, exercise, chance):
                figures.single.append(seen)
                if item.is_small:
                    figures.small.append(seen)
                    figures.costs.append(_cost(seen.source, grader, without))
        for item in list(_pairs(every, source, exercise))[:count]:
            figures.pairs += _in_disguises(item, grader, exercise, chance)
        for way, text, _ in _disguised(source, exercise, chance):
            report = grader.grade(decode_submission("a.py", text.encode()))
            figures.right += 1
            if report.score.points < report.score.max or _blamed(report):
                figures.flagged.append(f"{name} {way}")


def _cost(source: str, grader: Grader, without: Grader) -> float:
    """Return how long a repair takes, in milliseconds, beside everything else."""
    times = []
    for each in (grader, without):
        started = time.perf_counter()
        each.grade(decode_submission("a.py", source.encode()))
        times.append((time.perf_counter() - started) * 1000)
    return times[0] - times[1]


def _pairs(every: Sequence[Mistaken], source: str, exercise: Exercise) -> Iterator[Mistaken]:
    """Yield pairs of mistakes, each of which makes a difference of its own."""
    for first, second in itertools.pairwise(every):
        if first.lines != second.lines:
            both = paired(first, second, source)
            found = outcome(both.source, exercise)
            if found not in (outcome(first.source, exercise), outcome(second.source, exercise)):
                yield both


def _in_disguises(item: Mistaken, grader: Grader, exercise: Exercise, chance: random.Random) -> Iterator[Seen]:
    plain = grader.grade(decode_submission("a.py", item.source.encode()))
    if plain.score.points == plain.score.max:
        return  # right in another way
    yield _seen(item, "plain", item.source, [{line} for line in item.lines], plain, plain)
    for way, text, lines in _disguised(item.source, exercise, chance, item.lines):
        report = grader.grade(decode_submission("a.py", text.encode()))
        yield _seen(item, way, text, lines, report, plain)


def _seen(item: Mistaken, way: str, source: str, lines: list[set[int]], report: Report, plain: Report) -> Seen:
    same = report.score.points == plain.score.points
    stopped = [step.line for step in report.steps or () if step.verdict is Verdict.EXCEPTION]
    return Seen(item.name, way, _blamed(report), stopped, lines, report.repair is not None, same, source, report)


def _blamed(report: Report) -> list[int | None]:
    return [step.line for step in report.steps or () if step.verdict.is_wrong]


def _disguised(
    source: str, exercise: Exercise, chance: random.Random, lines: Sequence[int] = ()
) -> Iterator[tuple[str, str, list[set[int]]]]:
    """Yield a script in some disguises in which it does the same, with the lines of each mistake."""
    fixed, steps = words_of(exercise)
    before, count = outcome(source, exercise), 0
    for way in chance.sample(sorted(ALL), len(ALL)):
        # Where nothing is left to move, or it is nested too deeply to be written, there is no such disguise.
        with suppress(SyntaxError, RecursionError):
            found = disguise(source, ALL[way], fixed, steps)
            is_other = found.source != disguise(source, lambda body, *_: body, fixed, steps).source
            if is_other and outcome(found.source, exercise) == before:
                own = [found.lines_of({line}) for line in lines]
                if all(own):
                    count += 1
                    yield way, found.source, own
        if count == _DISGUISES:
            return


def measure(names: Sequence[str] = (), *, count: int = 6, seed: int = 0, verbose: bool = False) -> Iterator[Finding]:
    """Yield the figures of each shape."""
    for shape, exercises in SHAPES.items():
        figures = Figures()
        for name in exercises:
            if not names or name in names:
                look_at(name, figures, count=count, seed=seed)
        if figures.right:
            yield from _findings(shape, figures, verbose)


def _findings(shape: str, figures: Figures, verbose: bool) -> Iterator[Finding]:
    every = [*figures.single, *figures.pairs]
    kinds = {
        "single mistakes, blamed on a line of theirs": [(seen, seen.is_first_found) for seen in figures.single],
        "pairs of mistakes, both blamed": [(seen, seen.is_found) for seen in figures.pairs],
        "no right line blamed": [(seen, not seen.wrongly) for seen in every],
        "points as in the plain script": [(seen, seen.same_points) for seen in every],
        "single mistakes with a small repair, repaired": [(seen, seen.is_repaired) for seen in figures.small],
    }
    for what, hits in kinds.items():
        for seen, is_hit in hits if verbose else ():
            if not is_hit:
                print(f"    {what}: {seen.name} {seen.way}: {seen.blamed} {[sorted(own) for own in seen.culprits]}")
        yield Finding(what=f"{shape}: {what}", found=_share([is_hit for _, is_hit in hits]))
    yield Finding(
        what=f"{shape}: right scripts flagged", found=f"{len(figures.flagged)} of {figures.right} {figures.flagged}"
    )
    if figures.costs:
        slow = sorted(figures.costs)[int(0.95 * len(figures.costs))]
        found = f"{statistics.median(figures.costs):.0f} ms in the median, 95 % in {slow:.0f} ms"
        yield Finding(what=f"{shape}: a repair takes", found=found, is_time=True)


def _share(hits: Sequence[bool]) -> str:
    return f"{sum(hits)} of {len(hits)} ({100 * sum(hits) / max(1, len(hits)):.1f} %)"


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # of numpy about what wrong scripts compute
    for result in measure([word for word in sys.argv[1:] if word != "-v"], verbose="-v" in sys.argv):
        show(result)
