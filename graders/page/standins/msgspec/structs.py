"""Functions on records."""

import dataclasses
from typing import Any

replace: Any = dataclasses.replace


def asdict(record: Any) -> dict[str, Any]:
    """Return the fields with their values, as they are."""
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
