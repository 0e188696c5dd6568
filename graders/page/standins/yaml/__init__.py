"""As much of PyYAML as the grader needs: the exercise's files, which were parsed when the page was made.

Without its compiled part, which a browser does not have, it takes longer to read an exercise than to grade on it.
"""

import hashlib
from typing import Any

from .parsed import CONTENT


class YAMLError(ValueError):
    """A text is not YAML; no text of a page is."""


class SafeLoader:
    """Stands for the loader that is asked for."""


def load(text: str, Loader: object) -> Any:  # noqa: N803
    """Return what the text was parsed to."""
    return CONTENT[hashlib.sha256(text.encode()).hexdigest()]
