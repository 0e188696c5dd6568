"""A sandbox that runs nothing and answers with bytes of the test's choice: for tests of the trusted half, anywhere."""

import json
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import numpy as np

from graders.inside.arrays import RAW
from graders.inside.protocol import LENGTHS
from graders.sandbox.execution import Ending, interpret
from graders.sandbox.reply import Execution
from graders.sandbox.sandbox import Sandbox

_ENDED = Ending(status=0, cpu_s=0.1, out_of_time=False, too_large=False)


def frames(data: bytes, cases: int, more: int = 0) -> Iterator[bytes]:
    """Return the replies that a JSON document describes: `{"numbers": [...], "replies": [[head, ...], ...]}`.

    A part with one value is repeated for all cases, and the numbers for all shapes, so that a fuzzer gets past
    the checks of their counts; any other count is left as it is. A head that is a text is sent as it stands.
    """
    try:
        document = json.loads(data)
        numbers = np.array(document["numbers"], RAW).ravel()
        replies = [list(reply) for reply in document["replies"]]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return
    for reply in replies:
        yield b"".join(_frame(head, numbers, cases, more) for head in reply)


def _frame(head: Any, numbers: Any, cases: int, more: int) -> bytes:
    size = 0
    if isinstance(head, dict) and isinstance(head.get("values"), dict):
        count = {"fixed": 1, "bank": cases - 1, "more": more}.get(str(head.get("kind")), cases)
        columns = {name: _repeated(shapes, count) for name, shapes in head["values"].items()}
        head = head | {"values": columns, "fault_of": _repeated(head.get("fault_of"), count)}
        size = sum(_size(shape) for column in columns.values() if isinstance(column, list) for shape in column)
    text = (head if isinstance(head, str) else json.dumps(head)).encode("utf-8", "replace")
    raw = np.resize(numbers, min(size, 1 << 16)).tobytes()
    return LENGTHS.pack(len(text), len(raw)) + text + raw


def _repeated(values: Any, count: int) -> Any:
    return list(islice(cycle(values), count)) if isinstance(values, list) and len(values) == 1 else values


def _size(shape: Any) -> int:
    lengths = shape if isinstance(shape, list) else [0]
    return int(np.prod(lengths)) if all(type(length) is int and 0 <= length < 99 for length in lengths) else 0


class ForgedSandbox(Sandbox):
    """Answers every run with a forged reply: the first run with the first, and so on; the last is repeated."""

    isolation = "kernel"
    data = b""
    runs = 0

    def prepare(self, setup: bytes, cases: int) -> None:
        self.cases = cases

    def run(self, job: bytes, *, cases: int | None = None, wall_s: float | None = None) -> Execution:
        count = cases or self.cases
        return interpret(self._next(count, 0), _ENDED, cases=count, cpu_limit_s=1)

    def ask(self, job: bytes, request: bytes, *, cases: int, wall_s: float | None = None) -> Execution:
        reply = self._next(self.cases, cases)
        return interpret(reply, _ENDED, cases=self.cases, cpu_limit_s=1, more=cases)

    def release(self) -> None:
        pass

    def close(self) -> None:
        pass

    def _next(self, cases: int, more: int) -> bytes:
        replies = list(frames(self.data, cases, more)) or [self.data]
        self.runs += 1
        return replies[min(self.runs, len(replies)) - 1]
