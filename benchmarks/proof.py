"""The generated part of docs/sandbox.md: how many attacks there are and what stops them, and what fuzzing has run."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
ESCAPES = ROOT / "tests" / "escapes"
PAGE = ROOT / "docs" / "sandbox.md"
BEGIN = "<!-- written by `python -m benchmarks.hostile --write` -->\n"
END = "<!-- end of what is written -->\n"


def attacks() -> dict[str, dict[str, Any]]:
    """Return the row of each attack: its verdict, and by which wall it is stopped."""
    rows: dict[str, dict[str, Any]] = yaml.safe_load((ESCAPES / "attacks.yaml").read_text(encoding="utf-8"))
    return rows


def counts() -> list[str]:
    """Return the table of attacks by wall, and the number of ordinary programs."""
    walls = Counter(row["by"] for row in attacks().values())
    ordinary = len(list((ESCAPES / "ordinary").glob("*.py")))
    return [
        "| stopped by | attacks |",
        "|---|---|",
        *(f"| {wall} | {count} |" for wall, count in sorted(walls.items(), key=lambda item: (-item[1], item[0]))),
        f"| together | {sum(walls.values())} |",
        "",
        f"Ordinary programs that nothing may stop: {ordinary}.",
    ]


def fuzzed() -> list[str]:
    """Return the table of recorded fuzzing runs."""
    runs = json.loads((ROOT / "tests" / "fuzz" / "runs.json").read_text(encoding="utf-8"))
    rows = [
        f"| {target} | {engine} | {run['inputs']:,} | {run['seconds'] / 60:g} min |"
        for target, engines in sorted(runs.items())
        for engine, run in sorted(engines.items())
    ]
    return ["| fuzzed | guided by | inputs, no defect left | time |", "|---|---|---|---|", *rows]


def written(page: str) -> str:
    """Return what the page has between the markers."""
    return page.partition(BEGIN)[2].partition(END)[0]


def write(measured: Sequence[str]) -> None:
    """Put the tables and what was measured between the markers."""
    page = PAGE.read_text(encoding="utf-8")
    block = "\n".join([*counts(), "", *measured, "", *fuzzed()]) + "\n"
    PAGE.write_text(page.replace(BEGIN + written(page), BEGIN + block), encoding="utf-8")
