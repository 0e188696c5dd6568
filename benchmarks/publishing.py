"""Write what was measured: README.md and chart.svg beside the benchmarks. Nothing here names the machine."""

import datetime
import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.measuring import Comparison, Cost, Finding, Result, number, rounds, spread

HERE = Path(__file__).parent
LABELS, WIDTH, LINE = 330, 960, 24
"""Pixels of the chart: the column of labels, everything, a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A logarithmic axis over whole decades of milliseconds."""

    first: int
    last: int

    @classmethod
    def over(cls, costs: Sequence[Cost]) -> "Axis":
        """Return the axis that holds all costs."""
        lows, highs = [cost.ms.low for cost in costs], [cost.ms.high for cost in costs]
        return cls(first=math.floor(math.log10(min(lows))), last=math.ceil(math.log10(max(highs))))

    @property
    def decades(self) -> list[float]:
        """Return the milliseconds at the grid's lines."""
        return [10.0**power for power in range(self.first, self.last + 1)]

    def x(self, ms: float) -> float:
        """Return the pixel of a time; room for the figures is left on the right."""
        share = (math.log10(ms) - self.first) / (self.last - self.first)
        return round(LABELS + share * (WIDTH - LABELS - 150), 1)


def publish(
    results: Sequence[Result], folder: Path = HERE, *, left_out: Sequence[str] = (), is_busy: bool = False
) -> None:
    """Write both files. `left_out`: parts that were not asked for; `is_busy`: only ratios are worth telling."""
    comparisons = [result for result in results if isinstance(result, Comparison)]
    findings = [result for result in results if isinstance(result, Finding) and not (is_busy and result.is_time)]
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=lambda name: str(name).endswith("svg.jinja"),
    )
    templates.filters.update(spread=spread, number=number, rounds=rounds)
    readme = templates.get_template("README.md.jinja")
    given = {"comparisons": comparisons, "findings": findings, "left_out": left_out, "is_busy": is_busy}
    text = readme.render(**given, machine=machine(), date=_today())
    (folder / "README.md").write_text(text, encoding="utf-8")
    (folder / "chart.svg").unlink(missing_ok=True)  # of another run
    if comparisons and not is_busy:
        axis = Axis.over([cost for comparison in comparisons for cost in comparison.costs])
        rows = sum(1 + len(comparison.costs) for comparison in comparisons)
        chart = templates.get_template("chart.svg.jinja")
        drawn = chart.render(comparisons=comparisons, axis=axis, rows=rows, labels=LABELS, width=WIDTH, line=LINE)
        (folder / "chart.svg").write_text(drawn, encoding="utf-8")


def machine() -> str:
    """Return what matters of the machine, and nothing that identifies it."""
    kernel = ".".join(platform.release().split(".")[:2])
    return (
        f"{len(os.sched_getaffinity(0))} cores ({platform.machine()}), {platform.system()} {kernel}, "
        f"Python {platform.python_version()}, numpy {version('numpy')}, Hypothesis {version('hypothesis')}"
    )


def is_machine_busy() -> bool:
    """Tell whether other programs want most of a core, before anything is measured."""
    return os.getloadavg()[0] > len(os.sched_getaffinity(0)) / 2


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()
