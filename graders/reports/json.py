"""Reports as JSON, with the same content as the YAML."""

import msgspec

from graders.outcome import Report
from graders.reports.context import Context
from graders.reports.document import document

ENDING = ".json"


def dump(report: Report, context: Context) -> bytes:
    """Return the report as UTF-8 JSON; the same report gives the same bytes."""
    return msgspec.json.format(msgspec.json.encode(document(report)), indent=2) + b"\n"
