"""What is asked of the sandbox: the setup that all submissions of a run share, a job, and a request for more."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from .arrays import RAW, Array, unpack
from .asking import Asked, is_diagnosing, read_asked
from .beyond import STRAIGHT, Beyond, read_beyond
from .cells import ExerciseSigns
from .programs import Words
from .protocol import RepairOrder, split
from .reading import Cell

Inputs = Mapping[str, Array]
"""A value for each given."""


class Setup(NamedTuple):
    """What all submissions of a run share: the exercise's words, and the inputs (the first is the fixed example).

    `recorded`: each name with the names accepted for it; it holds the results too. `editions`: the givens as other
    editions of the lesson have them.
    """

    words: Words
    exercise: ExerciseSigns
    recorded: Mapping[str, Sequence[str]]
    results: Sequence[str]
    cpu_s: int
    memory_bytes: int
    output_bytes: int
    inputs: Sequence[Inputs]
    editions: Sequence[Inputs] = ()
    beyond: Beyond = STRAIGHT

    def accepted_results(self) -> dict[str, Sequence[str]]:
        """Return each result with the names accepted for it."""
        return {name: self.recorded[name] for name in self.results}


class Job(NamedTuple):
    """One submission to run. `reading`: which of the ways to read the script, the most natural one first.

    `modules`: sources of the student's own.

    `repair`: edits are to be tried, on these `inputs` instead of those of the setup.
    """

    cells: Sequence[Cell]
    reading: int
    inputs: Sequence[Inputs] | None
    repair: RepairOrder | None = None
    modules: Mapping[str, str] = {}


def read_setup(frame: bytes) -> Setup:
    """Decode the frame the trusted side made of an exercise and its cases."""
    head, raw = split(frame)
    recorded, results = head["recorded"], head["results"]
    # Where only definitions are run, givens come from the lines of `use` alone.
    givens = {} if head["beyond"]["definitions"] else head["givens"]
    beyond = read_beyond(head["beyond"])
    data = beyond.supplies.modules if beyond.supplies is not None else ()
    words = Words(givens=_inverted(givens), recorded=_inverted(recorded), data=data)
    return Setup(
        words=words,
        exercise=ExerciseSigns(
            marker=head["marker"],
            solution_marker=head["solution_marker"],
            givens=words.givens,
            # By every accepted word: a cell is found by what a student may call a result.
            results={word: result for result in results for word in recorded[result]},
            solution=head["solution"],
        ),
        recorded=recorded,
        results=results,
        cpu_s=head["cpu_s"],
        memory_bytes=head["memory_bytes"],
        output_bytes=head["output_bytes"],
        inputs=_unpacked(head["shapes"], raw),
        editions=[{name: np.asarray(value, RAW) for name, value in one.items()} for one in head.get("editions", ())],
        beyond=beyond,
    )


def read_job(frame: bytes) -> Job:
    """Decode the frame of one submission."""
    head, raw = split(frame)
    cells = [Cell(number=number, source=source) for number, source in head["cells"]]
    inputs = None if head["shapes"] is None else _unpacked(head["shapes"], raw)
    repair = None if head["repair"] is None else RepairOrder(*head["repair"])
    return Job(cells=cells, reading=head["reading"], inputs=inputs, repair=repair, modules=head["modules"])


def read_request(frame: bytes) -> list[Inputs] | Asked:
    """Decode the frame that asks for a run on further inputs, or for trials on them."""
    head, raw = split(frame)
    inputs = _unpacked(head["shapes"], raw)
    return read_asked(head, raw, inputs) if is_diagnosing(head) else inputs


def _unpacked(shapes: Mapping[str, Sequence[Sequence[int]]], raw: bytes) -> list[Inputs]:
    """Rebuild inputs from the arrays of one given after the other."""
    offset, columns = 0, {}
    for name, of_given in shapes.items():
        columns[name], offset = unpack(of_given, raw, offset)
    count = len(next(iter(columns.values()), ()))  # the same for every given
    return [{name: column[index] for name, column in columns.items()} for index in range(count)]


def _inverted(accepted: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {word: name for name, words in accepted.items() for word in words}
