"""Read YAML: the one place that chooses the loader."""

from typing import Any

import yaml


def load(text: str | bytes) -> Any:
    """Return plain content. Raises ValueError, with the line where that is known, for what is not valid YAML."""
    try:
        # The loader below is the safe one, written in C where the wheel has it.
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}: " if mark is not None else ""
        problem = " ".join(str(getattr(error, "problem", None) or error).split())
        raise ValueError(f"{place}not valid YAML: {problem}") from error
    except RecursionError as error:
        raise ValueError("not valid YAML: nested too deeply") from error
