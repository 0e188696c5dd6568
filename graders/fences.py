"""What stands around code in text: fences in R Markdown, Quarto and chats, prompts, numbers of lines."""

import re
from collections.abc import Sequence

# Compiled when they are first used: few files have any of this.
_PROMPT = r"\s*(?:>>>|In ?\[\d*\]:)"
_NUMBERED = r"\s*(\d{1,4})[.:|)]?(?=\s|$)"
# Source: CommonMark 4.5. In a list fences are indented, and their code as far.
_FENCE = r"(?P<indent> *)(?P<mark>`{3,}|~{3,})(?P<words>[^`]*)$"
_PYTHON = r"(?i)\s*(?:\{\s*)?\.?(?:python3?|py)\b"


def python_lines(text: str) -> str | None:
    """Return the lines in blocks of Python, each where it was, the others empty; None if there is no such block."""
    kept: list[str] = []
    opened: re.Match[str] | None = None
    found = False
    for line in text.split("\n"):
        fence = re.match(_FENCE, line)
        is_code = False
        if opened is None:
            opened = fence
        elif fence and fence["mark"].startswith(opened["mark"]) and not fence["words"].strip():
            opened = None
        else:
            is_code = re.match(_PYTHON, opened["words"]) is not None
        found |= is_code
        kept.append(_outdented(line, opened) if is_code and opened else "")
    return "\n".join(kept) if found else None


def _outdented(line: str, opened: re.Match[str]) -> str:
    """Return a line of a block without the indentation of its fence."""
    return re.sub(rf"^ {{0,{len(opened['indent'])}}}", "", line)


def copied_along(text: str, stopped_at: int) -> tuple[str, int] | None:
    """Return what was copied with the code and makes it no Python: `fence`, `prompt` or `numbers`, and its line.

    `stopped_at`: the line that Python does not understand. What stands only below it is not why.
    """
    lines = text.split("\n")
    if (fence := _first_fence(lines)) and stopped_at <= fence:
        return "fence", fence
    line = lines[stopped_at - 1] if 0 < stopped_at <= len(lines) else ""
    if re.match(_PROMPT, line):
        return "prompt", stopped_at
    return ("numbers", stopped_at) if _are_numbered(lines) else None


def _are_numbered(lines: Sequence[str]) -> bool:
    """Tell whether all lines begin with their numbers, one by one."""
    numbers = [int(match[1]) if (match := re.match(_NUMBERED, line)) else None for line in lines if line.strip()]
    return len(numbers) > 2 and numbers[0] is not None and numbers == [*range(numbers[0], numbers[0] + len(numbers))]


def _first_fence(lines: Sequence[str]) -> int | None:
    """Return the first line that is a fence; None if there is none, or if it may stand in a text of the script's."""
    for number, line in enumerate(lines, start=1):
        if '"""' in line or "'''" in line:
            return None
        if re.match(_FENCE, line):
            return number
    return None
