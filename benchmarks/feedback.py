"""How good the diagnosis is, on the sample submissions whose true mistakes are known.

    python -m benchmarks.feedback [-v]

A mistake is localised if exactly the steps that are truly wrong are flagged, and named if the misconception is the
true one. The samples were written by the authors of the grader: real classes make other mistakes too.
"""

import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from benchmarks import disguised
from benchmarks.batch import SAMPLES
from benchmarks.measuring import Finding, Result, show
from graders.outcome import Feedback, Report
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import read_submission

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
    with open_sandboxed(load_materials("backprop"), Terms(feedback=feedback)) as grader:
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
    yield Finding(what="Diagnosing a wrong submission, beside only scoring it", found=found, is_time=True)
    yield from repairs(rows, verbose)
    yield from disguised.measure(("one_hidden_unit",) if quick else (), count=1 if quick else 6, verbose=verbose)


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
    yield Finding(what="Counterexample and repair, beside hints", found=found, is_time=True)


def _share(title: str, cases: Sequence[Case], verbose: bool) -> Finding:
    for case in cases if verbose else ():
        if not case.hit:
            print("   ", title, case.name, *case.true, "found", *case.found)
    hits = sum(case.hit for case in cases)
    return Finding(what=title, found=f"{hits} of {len(cases)} ({100 * hits / len(cases):.0f} %)")


if __name__ == "__main__":
    for result in measure(verbose="-v" in sys.argv):
        show(result)
