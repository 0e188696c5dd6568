"""A report read back into its records. The file may come from anybody: it is bounded, plain data or refused."""

from pathlib import Path
from typing import Any

import msgspec

from graders import yaml_reading
from graders.errors import UsageError
from graders.files import refused
from graders.messages import message
from graders.outcome import Report
from graders.reports.document import RENAMED
from graders.reports.making import SCHEMA
from graders.version import VERSION

MAX_REPORT_BYTES = 1 << 20
# A report has some hundred; a small file of YAML aliases can stand for any number.
_MAX_ENTRIES = 100_000


def read_report(path: Path) -> Report:
    """Read a report in YAML or JSON. Raises UsageError that says why it is none."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_REPORT_BYTES + 1)  # one byte more tells a file that is too large
    except OSError as error:
        raise refused("usage.not-read", path, error) from error
    if len(data) > MAX_REPORT_BYTES:
        raise UsageError(message("usage.report-size", path=str(path), limit=MAX_REPORT_BYTES))
    try:
        return _report_in(data, path)
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        raise UsageError(message("usage.no-report", path=str(path), reason=str(error))) from error


def _report_in(data: bytes, path: Path) -> Report:
    # By content, not by ending: people rename files, and YAML would read JSON slowly.
    content = msgspec.json.decode(data) if data.lstrip().startswith(b"{") else yaml_reading.load(data)
    _refuse_many(content)
    if not isinstance(content, dict):
        return msgspec.convert(content, Report)  # which says what it is instead
    schema = content.get("schema")
    if type(schema) is int and schema != SCHEMA and "exercise" in content:
        key = "usage.report-older" if schema < SCHEMA else "usage.report-newer"
        raise UsageError(message(key, path=str(path), schema=schema, version=VERSION))
    repair = content.get("repair")
    if isinstance(repair, dict):
        names = {written: name for name, written in RENAMED.items()}
        # The document's names become the record's; what it leaves out as absent, the record wants to have.
        content["repair"] = {"cell": None, "line": None, **{names.get(key, key): repair[key] for key in repair}}
    return msgspec.convert(content, Report)


def _refuse_many(content: Any) -> None:
    """Raise ValueError if following every alias comes to too many entries, or to no end."""
    waiting, entries = [content], 0
    while waiting:
        value = waiting.pop()
        inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        entries += len(inside)
        if entries > _MAX_ENTRIES:
            raise ValueError(f"more than {_MAX_ENTRIES} entries")
        waiting.extend(inside)
