"""The page in a browser: `python -m benchmarks.page`. Needs what `tests/test_page_browser.py` needs.

The first verdict is counted from the page's address to the report, in a browser that starts anew and keeps what it
stored, as on a student's second day; a further check from the press of the button, with a runner that is ready.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from benchmarks.measuring import Finding, NotMeasured, Result, Spread, show, spread
from graders.page.writing import write_page
from graders.session import load_materials
from tests.test_page_browser import CHROMIUM, PYODIDE, SAMPLES, browsing, check_file, is_ready, served, until

SAMPLE = SAMPLES / "wrong" / "hidden_term_no_slope.py"


def visit(folder: Path, profile: Path, visits: int) -> tuple[list[float], list[float]]:
    """Return the seconds up to each first verdict, and of each further check."""
    firsts: list[float] = []
    further: list[float] = []
    with served(folder) as address:  # one address for all visits, as a browser keeps things by it
        for number in range(visits + 1):
            with browsing(profile) as context:
                page = context.new_page()
                started = time.perf_counter()
                page.goto(address)
                is_ready(page)
                check_file(page, SAMPLE)
                firsts.append(time.perf_counter() - started)
                until(page, "document.documentElement.dataset.offline === 'true'")
                until(page, "kit.isKept")
                page.evaluate("next.then(() => true)")  # the next runner is ready
                if number:
                    started = time.perf_counter()
                    check_file(page, SAMPLE)
                    further.append(time.perf_counter() - started)
    return firsts[1:], further  # the first visit fills the cache


def measure(*, quick: bool = False, visits: int = 3) -> Iterator[Result]:
    """Yield how long a first verdict and a further check take. Raises NotMeasured where there is no browser."""
    import_module("playwright")
    if CHROMIUM is None or PYODIDE is None:
        raise NotMeasured("needs Chromium, and PYODIDE to name the folder of docs/page.md")
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as profile:
        write_page(load_materials("backprop"), Path(folder), "en", PYODIDE)
        found = visit(Path(folder), Path(profile), 1 if quick else visits)
    for what, times in zip(("a first verdict on a second visit", "a further check"), found, strict=True):
        yield Finding(what=f"The page: {what}", found=f"{spread(Spread.of(times))} s", is_time=True)


if __name__ == "__main__":
    for result in measure(visits=int(sys.argv[1]) if len(sys.argv) > 1 else 3):
        show(result)
