"""What makes a text harmless that somebody else chose: it is cleaned where it becomes ours, escaped where it goes.

A report is cleaned where it is made (`ReportMaker`), an error by its class (`GraderError`), and what is no report where
it is shown: lines of the command, pages, tables of a class. Each format has its escape, and need not clean again.
"""

import re
import unicodedata

# Control and format characters (bidirectional ones among them), surrogates, private and unassigned ones, line ends.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_CUT = "…"
_ODD, _ODD_IN_BLOCK, _ADDRESS = r"[^ -~]", r"[^ -~\n\t]", r"\bat 0x[0-9A-Fa-f]+>"
"""Compiled by `re` when they are first used: the command imports this before it launches the sandbox."""


def clean_line(text: str, max_characters: int = 300) -> str:
    r"""Return text as one visible line: control, formatting and unpaired characters become escapes such as \\x1b."""
    if _is_harmless(text):
        return cut(text, max_characters)
    return cut(re.sub(_ODD, _visible, _without_addresses(text)[: max_characters + 1]), max_characters)


def clean_block(text: str, max_characters: int = 2000) -> str:
    """Return text of several lines: line ends and tabs stay, everything else as in `clean_line`."""
    if _is_harmless(text):
        return cut(text, max_characters)
    # Cut before replacing, so that ten megabytes of odd characters cost no more than a page of them.
    unified = _without_addresses(text)[: max_characters + 1].replace("\r\n", "\n").replace("\r", "\n")
    return cut(re.sub(_ODD_IN_BLOCK, _visible, unified), max_characters)


def _is_harmless(text: str) -> bool:
    """Tell at once what nearly all of a report's texts are: that there is nothing to clean."""
    return text.isascii() and text.isprintable() and " at 0x" not in f" {text}"


def cut(text: str, max_characters: int) -> str:
    """Return at most so many characters, and say if something is missing."""
    return text if len(text) <= max_characters else text[: max_characters - 1] + _CUT


def csv_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula. Source: OWASP, CSV injection."""
    cleaned = clean_line(text)
    # After the blanks, since spreadsheets pass over them, too.
    return f"'{cleaned}" if cleaned.lstrip()[:1] in ("=", "+", "-", "@") else cleaned


def workflow_command_value(text: str) -> str:
    """Return text for the message of a GitHub workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_command_property(text: str) -> str:
    """Return text for a property (file, title) of a GitHub workflow command."""
    return workflow_command_value(text).replace(":", "%3A").replace(",", "%2C")


def markdown(text: str) -> str:
    """Return one line in which nothing is Markdown, HTML, a link or a mention."""
    # As numbers of characters: a backslash before them is not understood by every renderer.
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~&@:$^=])", lambda match: f"&#{ord(match[0])};", text)


def _without_addresses(text: str) -> str:
    """Leave out where an object lay in memory, as in `<function f at 0x7f…>`: it is another place in each run."""
    return re.sub(_ADDRESS, "at 0x…>", text)


def _visible(match: re.Match[str]) -> str:
    character = match[0]
    if unicodedata.category(character) not in _INVISIBLE:
        return character
    # As Python writes them in a text, which is how a student may have typed them.
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
