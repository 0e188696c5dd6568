"""What each file contains, by the sha256 of its text. `writing.py` writes a module with this name into the page."""

from collections.abc import Mapping
from typing import Any

CONTENT: Mapping[str, Any] = {}
