"""The JSON Schema of the report document, derived from the records."""

import inspect
import json
from typing import Any

import msgspec

from graders.outcome import Report
from graders.reports.document import RENAMED


def report_schema() -> str:
    """Return the schema as JSON text."""
    (_, components) = msgspec.json.schema_components([Report], ref_template="#/$defs/{name}")
    for record in components.values():
        if record.get("type") == "object":
            record["additionalProperties"] = False
        if "description" in record:  # Python 3.13 takes the indentation out of docstrings, older ones do not
            record["description"] = inspect.cleandoc(record["description"])
    repair = components["Repair"]
    # `from` is a word of Python's own: in the record these two fields have other names.
    repair["properties"] = {RENAMED.get(key, key): value for key, value in repair["properties"].items()}
    repair["required"] = [RENAMED.get(key, key) for key in repair["required"]]
    document: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Report about one submission, schema 2",
        "$ref": "#/$defs/Report",
        "$defs": components,
    }
    return json.dumps(document, indent=2) + "\n"
