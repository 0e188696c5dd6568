"""Measure everything that README and docs claim, and publish it: `python -m benchmarks [--quick]`.

A part that fails says why and does not stop the others. Ends with status 1 if one did.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path

from benchmarks.needing import needs

try:
    from benchmarks import batch, functions, publishing, single, watch
    from benchmarks.measuring import Finding, Result, last_line_of, show
except ModuleNotFoundError as error:
    sys.exit(f"python -m benchmarks: {needs(error)}")


def hostile(*, quick: bool) -> Iterator[Result]:
    """Yield what many hostile files leave behind."""
    files = "200" if quick else "1000"
    yield last_line_of(f"{files} hostile files in one run", "benchmarks.hostile", files)


def cluster(*, quick: bool) -> Iterator[Result]:
    """Yield a cluster's throughput beside that of jobs."""
    import_module("distributed")  # else its command would end with a traceback
    count = "100" if quick else "1000"
    what = f"A class of {count}: two workers of a cluster beside two jobs, submissions a second"
    yield last_line_of(what, "benchmarks.cluster", count)


def _of_module(name: str, *, quick: bool, **options: Path | None) -> Iterable[Result]:
    # Imported when it is its turn: what one part needs, the others can do without.
    found: Iterable[Result] = import_module(f"benchmarks.{name}").measure(quick=quick, **options)
    return found


def parts(environments: Path | None) -> Mapping[str, Callable[..., Iterable[Result]]]:
    """Return what there is to measure, by name."""
    return {
        "single": single.measure,
        "functions": functions.measure,
        "watch": watch.measure,
        "page": partial(_of_module, "page"),
        "peers": partial(_of_module, "peers", environments=environments),
        "batch": batch.measure,
        "cluster": cluster,
        "feedback": partial(_of_module, "feedback"),
        "hostile": hostile,
    }


def main(chosen: Mapping[str, Callable[..., Iterable[Result]]], folder: Path, *, quick: bool) -> int:
    """Measure, print, publish, and return the exit status."""
    folder.mkdir(parents=True, exist_ok=True)  # before many minutes are spent on what could not be written
    is_busy = publishing.is_machine_busy()
    results: list[Result] = []
    failed = False
    for name, measure in chosen.items():
        started = time.perf_counter()
        print(f"== {name}", flush=True)
        try:
            for result in measure(quick=quick):
                results.append(result)
                show(result)
        except Exception as error:  # noqa: BLE001 - whatever stops a part, the others are measured
            failed = True
            why = needs(error) if isinstance(error, ModuleNotFoundError) else error or type(error).__name__
            results.append(Finding(what=name, found=f"not measured: {why}"))
            show(results[-1])
        print(f"   took {time.perf_counter() - started:.0f} s", flush=True)
    left_out = [name for name in parts(None) if name not in chosen]
    publishing.publish(results, folder, left_out=left_out, is_busy=is_busy)
    return 1 if failed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short run, to see whether everything works")
    parser.add_argument("--only", nargs="+", choices=sorted(parts(None)), metavar="PART", help="some of the parts")
    parser.add_argument("--environments", type=Path, metavar="FOLDER", help="keep the peers' environments here")
    parser.add_argument("-o", "--output", type=Path, default=publishing.HERE, help="folder for README.md and chart.svg")
    options = parser.parse_args()
    everything = parts(options.environments)
    chosen = {name: measure for name, measure in everything.items() if name in (options.only or everything)}
    sys.exit(main(chosen, options.output, quick=options.quick))
