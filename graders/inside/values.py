"""What a script recorded on one input after another, as a reply lists it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from .recording import MISSING
from .script import Namespace, Script

MAX_FAULTS = 16


class ValuesHead(TypedDict):
    """The part of a head that tells values: of each name, for each of the inputs, the shape or a word for it."""

    values: dict[str, list[list[int] | str]]
    faults: list[dict[str, Any]]
    fault_of: list[int]


class Values:
    """What is recorded on one input after another, as a reply lists it: by name."""

    def __init__(self, names: Iterable[str], results: Mapping[str, Sequence[str]]) -> None:
        self._shapes: dict[str, list[list[int] | str]] = {name: [] for name in names}
        self._columns: list[tuple[str, Sequence[str] | None, list[list[int] | str], list[bytes]]] = [
            (name, results.get(name), shapes, []) for name, shapes in self._shapes.items()
        ]
        self._faults: list[dict[str, Any]] = []
        self._fault_of: list[int] = []  # by run: the fault's number, or -1

    def add(self, script: Script, namespace: Namespace, fault: dict[str, Any] | None) -> None:
        """Take over what the script's last execution recorded, and how it ended."""
        self._fault_of.append(-1 if fault is None else self._number_of(fault))
        recorder = script.recorder
        # What a run was at when it was ended before it was done is no result, whatever it is.
        done = script.done if fault is not None and fault is script.stopped_by else None
        for name, accepted, shapes, raws in self._columns:
            if accepted is None:
                shape, raw = recorder.step(name)
            elif done is None or name in done:
                shape, raw = recorder.result(name, accepted, namespace)
            else:
                shape, raw = MISSING
            shapes.append(shape)
            raws.append(raw)

    def lack_one(self) -> bool:
        """Tell whether the last execution came to its end before it assigned one of them."""
        return any(shapes[-1] == MISSING[0] for shapes in self._shapes.values())

    def _number_of(self, fault: dict[str, Any]) -> int:
        """Return the number of a fault, the same for equal ones; the last one stands for all that are too many."""
        if fault not in self._faults:
            if len(self._faults) == MAX_FAULTS:
                return MAX_FAULTS - 1  # a message with a number in it is another one on each case
            self._faults.append(fault)
        return self._faults.index(fault)

    def reply(self) -> tuple[ValuesHead, list[bytes]]:
        """Return the head, and the raw arrays in its order."""
        head: ValuesHead = {"values": self._shapes, "faults": self._faults, "fault_of": self._fault_of}
        return head, [raw for *_, raws in self._columns for raw in raws]
