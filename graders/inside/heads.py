"""The head of the frame about the fixed example, as it is written; `sandbox.wire` says what is accepted."""

from typing import Any

from .values import ValuesHead


class ExampleHead(ValuesHead):
    """What is told about the fixed example besides."""

    stdout: str
    givens: dict[str, dict[str, Any]]
    not_found: list[str]
    unavailable: list[str]
    places: dict[str, tuple[int | None, int]]
    settled: dict[str, list[tuple[int | None, int, int, int]]]
    ongoing: dict[str, list[tuple[int | None, int, int]]]
    names: list[str]
    local: list[str]
    changed: list[tuple[int, str]]
    readings: int
    edition: int | None
    shapes: dict[str, list[int]]
    hints: dict[str, tuple[int | None, int]]
    overwritten: dict[str, tuple[int | None, int]]
    uncalled: dict[str, tuple[int | None, int, list[str]]]
