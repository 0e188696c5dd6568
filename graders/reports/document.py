"""A report as plain lists, dictionaries, texts and numbers, in the order of the schema; every format starts from it."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from graders.outcome import Report

RENAMED = {"before": "from", "after": "to"}
"""Fields of a repair whose name in the document is no Python name."""

_OPTIONAL = ("steps", "counterexample", "repair")


def document(report: Report) -> dict[str, Any]:
    """Return the report's content. Keys that do not apply are absent; `null` means there is none."""
    content: dict[str, Any] = msgspec.to_builtins(report)
    order = ["schema", "exercise", "submission", "score", "verdict", "checks", *_OPTIONAL]
    order += ["notes", "fault", "stdout", "grading"]
    content = {key: content[key] for key in order if key not in _OPTIONAL or content[key] is not None}
    content["score"] = {key: _whole_if_it_is(value) for key, value in content["score"].items()}
    content["score"]["percent"] = float(content["score"]["percent"])
    for check in content["checks"]:
        check["points"], check["max"] = _whole_if_it_is(check["points"]), _whole_if_it_is(check["max"])
    if "steps" in content:
        content["steps"] = [_without_none(step) for step in content["steps"]]
    if "counterexample" in content:
        content["counterexample"] = _without_none(content["counterexample"], but=("actual",))
    if "repair" in content:
        repair = _without_none(content["repair"])
        content["repair"] = {RENAMED.get(key, key): value for key, value in repair.items()}
    if content["fault"] is not None:
        content["fault"] = {key: value for key, value in content["fault"].items() if key != "cell" or value is not None}
    return content


def _whole_if_it_is(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _without_none(entry: Mapping[str, Any], but: Sequence[str] = ()) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value is not None or key in but}
