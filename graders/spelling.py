"""How texts are compared that people and platforms spell differently: titles, ids, names of files."""

import unicodedata


def folded(text: str) -> str:
    """Return text for comparing headers and ids: without case and superfluous spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def bare(text: str) -> str:
    """Return only letters and digits, without case: the spelling that survives a learning platform."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
