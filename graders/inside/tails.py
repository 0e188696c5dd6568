"""What comes after a script's results: where it is slow or endless, later runs need not go through it."""

from .jobs import Setup
from .script import Namespace, Script
from .values import ValuesHead
from .watching import WATCH


def enough_results(script: Script, head: ValuesHead, namespace: Namespace, setup: Setup) -> int | None:
    """Return how many results the run that has just ended had assigned when all were as they stayed.

    None where what came after them is not slow, or changed one of them otherwise than by an assignment: then every run
    goes to its end.
    """
    kinds = {fault["kind"] for fault in head["faults"]}
    if setup.beyond.use is not None or not (WATCH.slow_tail() or kinds & {"time", "output", "memory"}):
        return None
    recorder, accepted = script.recorder, setup.accepted_results()
    # No tick comes while the kernel hands out a gigabyte; a hundred runs would wait for that.
    WATCH.at_once = "memory" in kinds
    # A result that is changed in place afterwards (`delta *= 2`) is not settled when it was assigned.
    settled = all(recorder.step(name) == recorder.result(name, words, namespace) for name, words in accepted.items())
    return WATCH.results if settled else None
