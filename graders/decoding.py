"""Bytes → text: which encoding is plausible, and what a file is that holds no code. Nothing is parsed here."""

import codecs
import re
from contextlib import suppress

# Codecs for other purposes than text files; some take time that grows with the square of the length.
_NO_FILE_ENCODINGS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}

_CODING = rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)"  # Source: PEP 263
_MAGIC_NUMBERS = (
    (b"\x89PNG", "kind.png"),
    (b"\xff\xd8\xff", "kind.jpeg"),
    (b"GIF8", "kind.gif"),
    (b"PK\x03\x04", "kind.zip"),
    (b"\x1f\x8b", "kind.gzip"),
    (b"Rar!", "kind.rar"),
    (b"7z\xbc\xaf", "kind.7z"),
    (b"%PDF", "kind.pdf"),
    (b"\x7fELF", "kind.program"),
    (b"MZ\x90", "kind.program"),
    (b"\xd0\xcf\x11\xe0", "kind.office"),
    (b"bplist00", "kind.webarchive"),
)
_MAGIC_BYTES = tuple(magic for magic, _ in _MAGIC_NUMBERS)
# An office document is a zip; which one it is, its members tell.
_OFFICE_PARTS = ((b"word/", "kind.docx"), (b"xl/", "kind.xlsx"), (b"ppt/", "kind.pptx"))
# How text begins that is no code, whatever the file is called: its first character, and what it goes on with.
# Patterns are compiled when a file begins so: hardly any does, and a run's start would pay for all of them.
_TEXT_KINDS = (
    ("{", r"\{\\rtf", "kind.rtf"),
    ("<", r"(?is)(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b", "kind.html"),
    ("<", r"(?i)<\?xml|<svg\b", "kind.xml"),
    ("v", r"version https://git-lfs\.github\.com/spec/", "kind.lfs"),
    ("H45", r"(?:HTTP )?[45]\d\d ?[:-]? ?(?:[A-Z][A-Za-z]+ ?){1,4}[.!]?\Z", "kind.not-found"),
    ("NAFUnafu", r"(?i)(?:Not Found|Access Denied|Forbidden|Unauthorized)[.!]?\Z", "kind.not-found"),
    ("[", r"\[InternetShortcut\]", "kind.shortcut"),
)

_TEXT_BEGINS = frozenset("".join(begins for begins, _, _ in _TEXT_KINDS))

# All three marks of Git in this order: a line of `<` or `=` alone may be a drawing. In a notebook they are quoted.
_CONFLICT = r"(?ms)^\s*\"?<{7} .*^\s*\"?={7}\s*.*^\s*\"?>{7} "
# No tab, line end, form feed, end of file (old DOS editors) or escape: those do stand in text.
_CONTROLS = rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]"


def kind_of_bytes(data: bytes) -> str | None:
    """Return the message's key for what a file is by its first bytes, or None if it may be text."""
    if not data.startswith(_MAGIC_BYTES):
        return None
    kind = next((kind for magic, kind in _MAGIC_NUMBERS if data.startswith(magic)), None)
    if kind == "kind.zip":  # word processors write archives
        return next((office for part, office in _OFFICE_PARTS if part in data), kind)
    return kind


def kind_of_text(text: str) -> str | None:
    """Return the message's key for what a text is if it is no code: a web page, rich text, a server's answer."""
    # The beginning says what a text is; a long script need not be looked through.
    start = text[:4000].strip()
    first = start[:1]
    if first not in _TEXT_BEGINS:
        return None
    return next((kind for begins, pattern, kind in _TEXT_KINDS if first in begins and re.match(pattern, start)), None)


def conflict_line(text: str) -> int | None:
    """Return the line where an unfinished merge begins, if there is one."""
    if "<<<<<<< " not in text:
        return None
    match = re.search(_CONFLICT, text)
    return text.count("\n", 0, text.index("<", match.start())) + 1 if match else None


def decode_text(data: bytes) -> tuple[str, str] | None:
    """Return the text, with Unix line ends, and its encoding; None if no encoding is plausible."""
    for encoding in _encodings(data):
        with suppress(UnicodeDecodeError, LookupError):
            # Python counts lines so; a report's line must be the one the student's editor shows.
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n"), encoding
    return None


def _encodings(data: bytes) -> list[str]:
    """Return the encodings to try, in order."""
    # What most scripts are, and nothing can be another encoding.
    if data.isascii() and b"\0" not in data and b"coding" not in data[:2000]:
        return ["utf-8"]
    if data.startswith(codecs.BOM_UTF8):
        return ["utf-8-sig"]
    if wide := _wide_encoding(data):
        return [wide]
    declared = _declared_encodings(data[:2000]) if b"coding" in data[:2000] else []
    # What the script declares comes first, as in Python; UTF-8 next, since hardly any other text decodes as it.
    names = [*(name for name in declared[:1] if _is_text_encoding(name)), "utf-8"]
    return names if data.isascii() else [*names, *filter(None, [plausible_encoding(data)])]


def _declared_encodings(start: bytes) -> list[str]:
    """Return what the first two lines of a script declare."""
    return [match[1].decode("ascii") for line in start.splitlines()[:2] if (match := re.match(_CODING, line))]


def _wide_encoding(data: bytes) -> str | None:
    """Return which UTF-16 it is, by its mark or by where the null bytes of ASCII letters stand."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Code is mostly ASCII, of which UTF-16 has a null in every other byte; a third leaves room for Chinese comments.
    start = data[:2000]
    if len(data) % 2 or 3 * start.count(0) < len(start):
        return None
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def plausible_encoding(data: bytes) -> str | None:
    """Return what bytes that are not UTF-8 are: GB18030, Windows-1252, or None if they are no text.

    Most bytes are both. But Chinese comes in pairs of high bytes, nearly all from the rows of common characters,
    punctuation and Greek letters, while a Western accent stands alone among ASCII letters.
    """
    # A detector for any encoding has too little to go by in one comment: of 63 short scripts in these encodings and
    # UTF-16 this rule reads all and charset-normalizer 3.5 35 (the rest as Korean, Baltic, …), in ten times the time.
    chinese, western = _decodes(data, "gb18030"), _is_western(data)
    if chinese and western:
        high = len(re.findall(rb"[\x80-\xff]", data))
        return "gb18030" if 2 * _common_characters(data) > 0.7 * high else "windows-1252"
    if chinese:
        return "gb18030"
    return "windows-1252" if western else None


def _common_characters(data: bytes) -> int:
    """Count the pairs of high bytes that are in the rows of punctuation, Greek and common characters of GB 2312."""
    count = 0
    for run in re.findall(rb"[\x80-\xff]+", data):
        for lead, trail in zip(run[::2], run[1::2], strict=False):
            count += (lead in (0xA1, 0xA2, 0xA3, 0xA6) or 0xB0 <= lead <= 0xD7) and trail >= 0xA1
    return count


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_western(data: bytes) -> bool:
    """Tell whether bytes may be Windows-1252: no control characters, and more ASCII than not, as in any such text."""
    high = len(re.findall(rb"[\x80-\xff]", data))
    return 2 * high <= len(data) and not re.search(_CONTROLS, data) and _decodes(data, "windows-1252")


def _is_text_encoding(name: str) -> bool:
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return False
    # Codecs such as base64 and rot13 turn bytes into something, but not into a file's text.
    return getattr(codec, "_is_text_encoding", True) and codec.name.replace("_", "-") not in _NO_FILE_ENCODINGS
