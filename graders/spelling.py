"""How texts are compared that people and platforms spell differently: titles, ids, names of files."""

import unicodedata


def folded(text: str) -> str:
    """Return text for comparing headers and ids: without case and superfluous spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def spoken(text: str) -> str:
    """Return an id or a name for comparing, a name as it is spoken: `Doe, Jane` is Jane Doe."""
    last, comma, first = folded(text).partition(",")
    return f"{first.strip()} {last.strip()}" if comma and last and first and "," not in first else folded(text)


def bare(text: str) -> str:
    """Return only letters and digits, without case: the spelling that survives a learning platform."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
