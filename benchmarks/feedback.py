"""How good the diagnosis is, on the sample submissions whose true mistakes are known.

    python benchmarks/feedback.py [-v]

A mistake is localised if exactly the steps that are truly wrong are flagged, and named if the misconception is the
true one.
The samples were written by the authors of the grader: real classes make other mistakes too.
"""

import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graders.outcome import Feedback, Report  # noqa: E402
from graders.session import open_grader  # noqa: E402
from graders.submission import read_submission  # noqa: E402

Case = tuple[bool, str, list[str], list[str]]

FOLDER = ROOT / "tests" / "submissions" / "backprop"


def flagged(report: Report) -> list[str]:
    """Return the steps the report calls wrong."""
    return [step.name for step in report.steps or () if step.verdict.is_wrong]


def graded(feedback: Feedback) -> Iterator[tuple[str, dict[str, Any], Report, float]]:
    """Yield each sample with its row, its report and the milliseconds it took."""
    rows: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))
    with open_grader("backprop", feedback=feedback) as (grader, _):
        for name, row in rows.items():
            if row["verdict"] in ("timeout", "memory-limit", "output-limit"):
                continue
            started = time.perf_counter()
            report = grader.grade(read_submission(FOLDER / name))
            yield name, row, report, (time.perf_counter() - started) * 1000


@dataclass
class Tally:
    """What was counted; each case is (hit, name, true, found)."""

    single: list[Case] = field(default_factory=list)
    pairs: list[Case] = field(default_factory=list)
    named: list[Case] = field(default_factory=list)
    misnamed: list[Case] = field(default_factory=list)
    right: list[Case] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    def add(self, name: str, row: dict[str, Any], report: Report) -> None:
        """Count one sample."""
        if row["points"] == 100:
            self.right.append((not flagged(report), name, [], flagged(report)))
            return
        if "steps" not in row:
            return
        true = row.get("misconceptions", [])
        found = [step.misconception for step in report.steps or () if step.misconception is not None]
        cases = self.single if len(row["steps"]) == 1 else self.pairs
        cases.append((flagged(report) == row["steps"], name, row["steps"], flagged(report)))
        if true:
            self.named.append((set(true) <= set(found), name, true, found))
        self.misnamed.append((set(found) <= set(true), name, true, found))


def main(verbose: bool) -> None:
    """Print the figures."""
    without = {name: ms for name, _, _, ms in graded(Feedback.SCORE)}
    tally = Tally()
    for name, row, report, ms in graded(Feedback.COUNTEREXAMPLE):
        tally.add(name, row, report)
        if report.steps is not None and row["points"] < 100:
            tally.costs.append(ms - without[name])
    for title, cases in (
        ("single mistakes localised", tally.single),
        ("pairs localised", tally.pairs),
        ("listed mistakes named", tally.named),
        ("mistakes not named wrongly", tally.misnamed),
        ("right programs without a flagged step", tally.right),
    ):
        hits = sum(case[0] for case in cases)
        print(f"{title}: {hits} of {len(cases)} ({100 * hits / len(cases):.1f} %)")
        for case in cases if verbose else ():
            if not case[0]:
                print("   ", *case[1:])
    report_repairs(verbose)
    costs = tally.costs
    print(f"cost of diagnosing a wrong submission: {statistics.median(costs):.1f} ms in the median of {len(costs)}")


def report_repairs(verbose: bool) -> None:
    """Print how many single mistakes are repaired, and how long that takes."""
    times, missed = [], []
    without = {name: ms for name, _, _, ms in graded(Feedback.HINTS)}
    for name, row, report, ms in graded(Feedback.REPAIR):
        if len(row.get("steps", ())) == 1 and row["points"] < 100:
            times.append(ms - without[name])
            if report.repair is None:
                missed.append(name)
            elif verbose:
                print("   ", name, report.repair.before, "->", report.repair.after)
    share = 100 * (1 - len(missed) / len(times))
    slow = sorted(times)[int(0.95 * len(times))]
    print(
        f"single mistakes repaired: {len(times) - len(missed)} of {len(times)} ({share:.1f} %), 95 % in {slow:.0f} ms"
    )
    for name in missed if verbose else ():
        print("    not repaired:", name)


if __name__ == "__main__":
    main("-v" in sys.argv)
