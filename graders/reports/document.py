"""A report as plain lists, dictionaries, texts and numbers, in the order of the schema; every format starts from it."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from graders.outcome import Report

RENAMED = {"before": "from", "after": "to"}
"""Fields of a repair whose name in the document is no Python name."""

_OPTIONAL = ("noun", "parts", "steps", "counterexample", "repair")


def document(report: Report) -> dict[str, Any]:
    """Return the report's content. Keys that do not apply are absent; `null` means there is none."""
    content: dict[str, Any] = msgspec.to_builtins(report)
    order = ["schema", "exercise", "noun", "submission", "score", "verdict", "parts", "checks", "steps"]
    order += ["counterexample", "repair", "notes", "fault", "stdout", "grading"]
    for key in _OPTIONAL:
        if not content[key]:  # not asked for, or nothing found: there is no such key then
            del content[key]
        else:
            content[key] = _where_it_applies(key, content[key])
    for scored in (content["score"], *content.get("parts", ()), *content["checks"]):
        scored["points"], scored["max"] = _whole_if_it_is(scored["points"]), _whole_if_it_is(scored["max"])
    # One type in every report, so that whoever reads a thousand of them need not ask: 100.0, never 100.
    content["score"]["percent"] = float(content["score"]["percent"])
    if content["fault"] is not None:
        # A line may be unknown, which is said; a cell there is only in a notebook.
        content["fault"] = _without_none(content["fault"], but=("line",))
    return {key: content[key] for key in order if key in content}


def _where_it_applies(key: str, value: Any) -> Any:
    """Return the content of a key that need not be there, without what does not apply."""
    match key:
        case "steps" | "parts":
            return [_without_none(step) for step in value]
        case "counterexample":
            return _without_none(value, but=("actual",))  # `null` is what the student may have assigned
    return {RENAMED.get(name, name): part for name, part in _without_none(value).items()}


def _whole_if_it_is(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _without_none(entry: Mapping[str, Any], but: Sequence[str] = ()) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value is not None or key in but}
