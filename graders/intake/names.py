"""What names of files tell: how they are spelled, which language they promise, how close they are to the exercise's."""

import enum
import os
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from functools import cache
from typing import Literal

from graders.decoding import plausible_encoding
from graders.spelling import bare

Language = Literal[".py", ".ipynb"]

COURSE_FOLDERS = frozenset({"exercises", "reference", "graders", "tests", "solution", "solutions", "old", "backup"})
"""Folders in a student's folder whose files of the exercise's name are not the submission if there are others."""

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075  # Source: APPNOTE.TXT 4.6.9, Info-ZIP Unicode Path Extra Field
# What file managers, browsers and Colab add to the name of a copy, in several languages.
_COPY_OF = "(?:copy of|kopie von|copia de|copie de)"
_COPY_WORDS = re.compile(rf"{_COPY_OF}|的?副本|复件|[\s_-]+copy$|[“”\"'‘’「」《》]")
_COUNTER = re.compile(r"(?:[\s_-]+\d{1,3}|\s*\(\d{1,3}\))$")
SUFFIXES = re.compile(r"\.(?:ipynb|pyw?3?|[qr]md)\b|\.(?:txt|json)$|_ipynb\b")
"""What is no part of a name, in small letters."""

STAMP = re.compile(r"^\d{8,14}(?=_)")
"""The time that ILIAS puts before the name of a file."""

_LANGUAGE = re.compile(
    r"\.(?P<suffix>pyw?3?|ipynb|[qr]md)"
    r"(?:[”\"'’」》]?\s*的?副本)?"  # Colab in Chinese: “backprop.ipynb”的副本
    r"(?:\s*\(\d{1,3}\))?"
    r"(?:\.txt|\.json)?$",  # browsers that save text as text
    re.IGNORECASE,
)
_TEXT = re.compile(r"^[^.]+$|\.(?:txt|text|json)$", re.IGNORECASE)
_RECEIPTS = {"receipt.txt", "timestamp.txt", "comments.txt"}  # what platforms put beside a student's files
_IGNORED = {"__macosx", "__pycache__", "node_modules", "site-packages", "thumbs.db", "desktop.ini"}
# Names of devices, which Windows opens instead of a file, whatever their suffix.
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
# Files beside submissions that nobody hands in.
_INSTRUCTORS = (
    *(".csv", ".tsv", ".xlsx", ".xls", ".ods", ".json", ".yaml", ".yml", ".toml", ".md", ".log", ".lock"),
    *(".ini", ".cfg"),
)
# Characters that some file system has for other purposes.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
# Per folder or file of a key: file systems take 255, and a suffix follows.
_MAX_KEY_BYTES = 200


class Closeness(enum.IntEnum):
    """How close a file's name is to the exercise's, the closest first."""

    EXACT = 0
    COPY = 1
    CONTAINS = 2
    OTHER = 3


def language(name: str) -> Language | None:
    """Return what a file of this name promises to be."""
    match = _LANGUAGE.search(name)
    if match is None:
        return None
    return ".ipynb" if match["suffix"].lower() == "ipynb" else ".py"


def may_be_code(name: str) -> bool:
    """Tell whether a file of this name may hold code although its ending does not say so."""
    return _TEXT.search(name) is not None and name.lower() not in _RECEIPTS


def has_copy_word(text: str) -> bool:
    """Tell whether a name, in small letters, has in it what is added to the name of a copy."""
    return _COPY_WORDS.search(text) is not None


def is_no_code(name: str) -> bool:
    """Tell whether a file is called like what an instructor has beside hand-ins: a table, notes, settings."""
    return name.lower().endswith(_INSTRUCTORS)


def is_archive(name: str) -> bool:
    """Tell whether a file of this name promises to be an archive that can be read."""
    return name.lower().endswith(".zip")


def is_ignored(name: str) -> bool:
    """Tell whether a file or folder was made by a machine, not by a student."""
    return name.startswith(".") or name.casefold() in _IGNORED


def closeness(name: str, stem: str) -> Closeness:
    """Compare a file's name (without folders) with the exercise's, such as `backprop`."""
    if name in (f"{stem}.py", f"{stem}.ipynb"):
        return Closeness.EXACT
    spelled = SUFFIXES.sub("", unicodedata.normalize("NFKC", name).casefold())
    plain = STAMP.sub("", _COPY_WORDS.sub("", spelled)).strip(" _")
    own, asked = bare(plain), _bare_once(stem)
    # Most names of a large class end here.
    if asked not in own:
        return Closeness.OTHER
    return Closeness.COPY if asked in (own, bare(_COUNTER.sub("", plain))) else Closeness.CONTAINS


_bare_once = cache(bare)


def names_exercise(name: str, stem: str) -> bool:
    """Tell whether a file is called like the exercise, more or less."""
    return closeness(name, stem) is not Closeness.OTHER


def without_exercise(stem: str, exercise: str) -> str | None:
    """Return what a file's stem says beside the exercise's name: the student's id, or None."""
    if closeness(f"{stem}.py", exercise) <= Closeness.COPY:
        return None
    # Between the name and the student's may stand what Drive adds to a copy, and the ending it has kept.
    pattern = rf"(?:{_COPY_OF} )?[“\"']?{re.escape(exercise)}(?:\.ipynb|\.py)?[”\"']?(?:的?副本)?"
    rest = re.sub(
        rf"^{pattern}(?: ?\(\d{{1,3}}\))?[\s_.-]+|[\s_.-]+{pattern}(?: ?\(\d{{1,3}}\))?$", "", stem, flags=re.IGNORECASE
    ).strip()
    return rest or None


def file_name(name: str) -> str:
    """Return a name of the file system as text, also if it is not UTF-8."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return _guess(os.fsencode(name))
    return unicodedata.normalize("NFC", name)


def member_name(member: zipfile.ZipInfo) -> str:
    """Return a member's path as it was meant, with `/`; many archives do not say that they are UTF-8 or GBK."""
    name = member.orig_filename
    if not member.flag_bits & _UTF8_FLAG:
        # zipfile has decoded the bytes by the old code page, which loses none of them.
        raw = name.encode("cp437", "replace")
        name = _unicode_path(member.extra, raw) or _guess(raw)
    if "/" not in name:
        name = name.replace("\\", "/")
    return unicodedata.normalize("NFC", name)


def _guess(raw: bytes) -> str:
    """Decode UTF-8, GBK or the archives' old code page."""
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8"))
    except UnicodeDecodeError:
        return raw.decode("gb18030" if plausible_encoding(raw) == "gb18030" else "cp437")


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """Return the name from Info-ZIP's extra field, if it is about this name."""
    position = 0
    while position + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, position)
        field = extra[position + 4 : position + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and field[:5] == struct.pack("<BL", 1, zlib.crc32(raw)):
            return field[5:].decode("utf-8", "replace")
        position += 4 + size
    return None


def safe_key(parts: Iterable[str]) -> str:
    """Return a relative POSIX path that any file system takes and that stays below where it is put."""
    return "/".join(filter(None, map(_safe_part, parts))) or "unnamed"


def _safe_part(part: str) -> str:
    # Hardly any name has such a character, and to look at each one by one takes as long as to list the file.
    cleaned = part
    if not part.isprintable() or _FORBIDDEN.search(part):
        cleaned = "".join(c if c.isprintable() and not _FORBIDDEN.match(c) else "_" for c in part)
    cleaned = cleaned.encode("utf-8", "replace")[:_MAX_KEY_BYTES].decode("utf-8", "ignore")
    cleaned = cleaned.strip(" .")
    return f"_{cleaned}" if cleaned.split(".")[0].lower() in _RESERVED else cleaned
