"""Answer a diagnosing request: run the observed script again and again, each time with other values put in."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .altered import Alteration
from .arrays import Array
from .asking import Asked
from .observing import Observer, Raised
from .passes import PassCounter
from .recording import Encoded
from .sites import MAX_NUMBERS, MAX_OPERANDS, MAX_RUN_NUMBERS, Site

MAX_RAW_BYTES = 6 << 20
"""Of a reply, with the results; no run is started above."""

_KEPT_FAULTS = 16

Execute = Callable[[Mapping[str, Array], int], tuple[list[Encoded], dict[str, Any] | None, Raised | None]]
"""Runs the script on one case with an alteration; returns its results, its fault, and where that was raised."""


class Answer:
    """Collects the runs; each shape and each fault is written once."""

    def __init__(self, results: Sequence[str], cases: int) -> None:
        self.raw_bytes = 0
        self._results = list(results)
        self._shapes: dict[str | tuple[int, ...], int] = {}
        self._faults: list[dict[str, Any]] = []
        self._runs: list[list[Any]] = []
        self._raw: list[bytes] = []
        self._passes = [0] * cases

    def add(
        self,
        results: Sequence[Encoded],
        seen: Sequence[tuple[int, Encoded]],
        fault: dict[str, Any] | None,
        raised: Raised | None,
    ) -> None:
        """Add one run."""
        number = -1 if fault is None else self._number_of(fault)
        operands = [] if raised is None else [[name, self._shape(shape)] for name, shape in raised.operands]
        flat = [part for site, value in seen for part in (site, self._take(value))]
        site = -1 if raised is None else raised.site
        self._runs.append([number, site, operands[:MAX_OPERANDS], flat, [self._take(value) for value in results]])

    def count(self, case: int, passes: int) -> None:
        """Take note of how much was done in a run on a case."""
        self._passes[case] = max(passes, self._passes[case])

    def reply(self, sites: Sequence[Site], alterations: Sequence[Alteration]) -> tuple[dict[str, Any], list[bytes]]:
        """Return head and raw part of the frame."""
        head = {
            "kind": "observed",
            "sites": [list(site) for site in sites],
            "alterations": [list(item) for item in alterations],
            "results": self._results,
            "shapes": [shape if isinstance(shape, str) else list(shape) for shape in self._shapes],
            "faults": self._faults,
            "runs": self._runs,
            "passes": self._passes,
        }
        return head, self._raw

    def _number_of(self, fault: dict[str, Any]) -> int:
        """Return the number of a fault, the same for equal ones; the last one stands for all that are too many."""
        # Where it was called is nothing that these runs are asked.
        fault = {key: value for key, value in fault.items() if key not in ("trail", "use_line")}
        if fault in self._faults:
            return self._faults.index(fault)
        # A message with a number in it is another one in each run.
        if len(self._faults) == _KEPT_FAULTS:
            return _KEPT_FAULTS - 1
        self._faults.append(fault)
        return len(self._faults) - 1

    def _take(self, value: Encoded) -> int:
        shape, raw = value
        self._raw.append(raw)
        self.raw_bytes += len(raw)
        return self._shape(shape)

    def _shape(self, shape: list[int] | str) -> int:
        return self._shapes.setdefault(shape if isinstance(shape, str) else tuple(shape), len(self._shapes))


def _room_of_a_run(asked: Asked) -> int:
    """Return how many numbers each run may keep, so that a late trial has as much room as the first."""
    looking = sum(trial.watched is None or len(trial.watched) > 0 for trial in asked.trials) * len(asked.cases)
    return min(MAX_RUN_NUMBERS, MAX_NUMBERS // max(1, looking))


def run_trials(
    asked: Asked,
    observer: Observer,
    execute: Execute,
    results: Sequence[str],
    alterations: Sequence[Alteration],
    passes: PassCounter,
) -> tuple[dict[str, Any], list[bytes]]:
    """Run every trial on every case while there is time and room; `results`: names of what `execute` returns."""
    answer = Answer(results, len(asked.cases))
    room = _room_of_a_run(asked)
    # Trial after trial: where time runs out, the first ones are known on all cases.
    for trial, (index, case) in itertools.product(asked.trials, enumerate(asked.cases)):
        if observer.time_is_over() or answer.raw_bytes > MAX_RAW_BYTES:
            break  # neither becomes less again
        observer.start(trial.watched, trial.puts_on(index), room)
        passes.start()
        values, fault, raised = execute(case, trial.altered)
        # What the deadline of all trials ended is no mistake of the script.
        if observer.is_late and fault is not None:
            fault = {**fault, "kind": "time"}
        answer.add(values, observer.encoded(), fault, raised)
        answer.count(index, max(passes.done, observer.all_passes()))
    sites = observer.sites if asked.describes and asked.altering is None else ()
    return answer.reply(sites, alterations if asked.describes else ())
