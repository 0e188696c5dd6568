"""Text with blocks of code between fences: R Markdown and Quarto, or what was copied from a chat."""

import re

# Source: CommonMark 4.5. In a list fences are indented, and their code as far.
_FENCE = re.compile(r"(?P<indent> *)(?P<mark>`{3,}|~{3,})(?P<words>[^`]*)$")
_PYTHON = re.compile(r"\s*(?:\{\s*)?\.?(?:python3?|py)\b", re.IGNORECASE)


def python_lines(text: str) -> str | None:
    """Return the lines in blocks of Python, each where it was, the others empty; None if there is no such block."""
    kept: list[str] = []
    opened: re.Match[str] | None = None
    found = False
    for line in text.split("\n"):
        fence = _FENCE.match(line)
        is_code = False
        if opened is None:
            opened = fence
        elif fence and fence["mark"].startswith(opened["mark"]) and not fence["words"].strip():
            opened = None
        else:
            is_code = _PYTHON.match(opened["words"]) is not None
        found |= is_code
        kept.append(_outdented(line, opened) if is_code and opened else "")
    return "\n".join(kept) if found else None


def _outdented(line: str, opened: re.Match[str]) -> str:
    """Return a line of a block without the indentation of its fence."""
    return re.sub(rf"^ {{0,{len(opened['indent'])}}}", "", line)


def first_fence(text: str) -> int | None:
    """Return the first line that is a fence; None if there is none, or if it may stand in a text of the script's."""
    for number, line in enumerate(text.split("\n"), start=1):
        if '"""' in line or "'''" in line:
            return None
        if _FENCE.match(line):
            return number
    return None
