"""How good the diagnosis is, on the sample submissions whose true mistakes are known.

    python -m benchmarks.feedback [-v]

A mistake is localised if exactly the steps that are truly wrong are flagged, and named if the misconception is the
true one. The samples were written by the authors of the grader: real classes make other mistakes too.
"""

import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml

from benchmarks.batch import SAMPLES
from benchmarks.measuring import Finding, Result, show
from graders.exercise.asked import Exercise
from graders.outcome import Feedback, Report
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import decode_submission, read_submission
from tests.support.disguises import DISGUISES, disguise, sample

Rows = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What was true of a sample and what the grader found."""

    name: str
    true: Sequence[str]
    found: Sequence[str]
    hit: bool


@dataclass(slots=True)
class Tally:
    """What was counted."""

    single: list[Case] = field(default_factory=list)
    pairs: list[Case] = field(default_factory=list)
    named: list[Case] = field(default_factory=list)
    misnamed: list[Case] = field(default_factory=list)
    right: list[Case] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    def add(self, name: str, row: Mapping[str, Any], report: Report) -> None:
        """Count one sample."""
        flagged = [step.name for step in report.steps or () if step.verdict.is_wrong]
        if row["points"] == 100:
            self.right.append(Case(name=name, true=[], found=flagged, hit=not flagged))
        elif "steps" in row:
            steps, true = row["steps"], row.get("misconceptions", [])
            found = [step.misconception for step in report.steps or () if step.misconception is not None]
            cases = self.single if len(steps) == 1 else self.pairs
            cases.append(Case(name=name, true=steps, found=flagged, hit=flagged == steps))
            if true:
                self.named.append(Case(name=name, true=true, found=found, hit=set(true) <= set(found)))
            self.misnamed.append(Case(name=name, true=true, found=found, hit=set(found) <= set(true)))


def samples(*, quick: bool) -> Rows:
    """Return the samples that do not wait for a limit; every tenth if `quick`."""
    rows: Rows = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))
    waiting = {"timeout", "memory-limit", "output-limit"}
    names = [name for name, row in rows.items() if row["verdict"] not in waiting]
    return {name: rows[name] for name in (names[::10] if quick else names)}


def graded(rows: Rows, feedback: Feedback) -> Iterator[tuple[str, Report, float]]:
    """Yield each sample with its report and the milliseconds it took."""
    with open_sandboxed(load_materials("backprop"), Terms(feedback=feedback)) as (grader, _):
        for name in rows:
            started = time.perf_counter()
            report = grader.grade(read_submission(SAMPLES / name))
            yield name, report, (time.perf_counter() - started) * 1000


def measure(*, quick: bool = False, verbose: bool = False) -> Iterator[Result]:
    """Yield every figure; `verbose` prints what was missed."""
    rows, tally = samples(quick=quick), Tally()
    without = {name: ms for name, _, ms in graded(rows, Feedback.SCORE)}
    for name, report, ms in graded(rows, Feedback.COUNTEREXAMPLE):
        tally.add(name, rows[name], report)
        if report.steps is not None and rows[name]["points"] < 100:
            tally.costs.append(ms - without[name])
    for title, cases in (
        ("Single mistakes localised", tally.single),
        ("Pairs of mistakes localised", tally.pairs),
        ("Listed mistakes named", tally.named),
        ("Mistakes not named wrongly", tally.misnamed),
        ("Right programs without a flagged step", tally.right),
    ):
        yield _share(title, cases, verbose)
    found = f"{statistics.median(tally.costs):.0f} ms in the median of {len(tally.costs)}"
    yield Finding(what="Diagnosing a wrong submission, beside only scoring it", found=found)
    yield from repairs(rows, verbose)
    yield from in_disguises(rows, verbose, count=1 if quick else 25)


def repairs(rows: Rows, verbose: bool) -> Iterator[Finding]:
    """Yield how many single mistakes are repaired, and how long that takes."""
    single = {name: row for name, row in rows.items() if len(row.get("steps", ())) == 1 and row["points"] < 100}
    without = {name: ms for name, _, ms in graded(single, Feedback.HINTS)}
    cases, costs = [], []
    for name, report, ms in graded(single, Feedback.REPAIR):
        cases.append(Case(name=name, true=single[name]["steps"], found=[], hit=report.repair is not None))
        costs.append(ms - without[name])
    yield _share("Single mistakes repaired by a small edit", cases, verbose)
    slow = sorted(costs)[int(0.95 * len(costs))]
    found = f"{statistics.median(costs):.0f} ms in the median of {len(costs)}, 95 % in {slow:.0f} ms"
    yield Finding(what="Counterexample and repair, beside hints", found=found)


def in_disguises(rows: Rows, verbose: bool, *, count: int) -> Iterator[Finding]:
    """Yield how many single mistakes are repaired, and pairs found, when names, order and form are others.

    `count`: samples of each kind, in every disguise.
    """
    scripts = [name for name, row in rows.items() if row["points"] < 100 and name.endswith(".py")]
    singles = sample([name for name in scripts if len(rows[name].get("steps", ())) == 1], count)
    pairs = sample([name for name in scripts if len(rows[name].get("steps", ())) == 2], count)
    repaired: list[Case] = []
    found: list[Case] = []
    with open_sandboxed(load_materials("backprop"), Terms(feedback=Feedback.REPAIR)) as (grader, _):
        for name, way, source in disguised([*singles, *pairs], grader.exercise):
            report = grader.grade(decode_submission("a.py", source.encode()))
            if report.score.points != rows[name]["points"]:
                continue  # in this form it is another program
            true, flagged = rows[name]["steps"], [step.name for step in report.steps or () if step.verdict.is_wrong]
            is_pair = name in pairs
            hit = set(true) <= set(flagged) if is_pair else report.repair is not None
            (found if is_pair else repaired).append(Case(name=f"{name} {way}", true=true, found=flagged, hit=hit))
    yield _share("Single mistakes repaired, in disguises", repaired, verbose)
    yield _share("Pairs of mistakes with both found, in disguises", found, verbose)


def disguised(names: Sequence[str], exercise: Exercise) -> Iterator[tuple[str, str, str]]:
    """Yield samples in all their disguises: name, disguise, source."""
    givens = {word for name, given in exercise.givens.items() for word in (name, *given.also)}
    fixed = givens | {word for step in exercise.results for word in (step.name, *step.also)}
    steps = {word for step in exercise.steps for word in (step.name, *step.also)}
    for name in names:
        source = "\n".join(text for _, text in read_submission(SAMPLES / name).cells)
        for way, function in DISGUISES.items():
            # Where nothing is left to move, or it is nested too deeply to be written, there is no such disguise.
            with suppress(SyntaxError, RecursionError):
                yield name, way, disguise(source, function, fixed, steps).source


def _share(title: str, cases: Sequence[Case], verbose: bool) -> Finding:
    for case in cases if verbose else ():
        if not case.hit:
            print("   ", title, case.name, *case.true, "found", *case.found)
    hits = sum(case.hit for case in cases)
    return Finding(what=title, found=f"{hits} of {len(cases)} ({100 * hits / len(cases):.0f} %)")


if __name__ == "__main__":
    for result in measure(verbose="-v" in sys.argv):
        show(result)
