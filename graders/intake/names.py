"""What names of files tell: how they are spelled, which language they promise, how close they are to the exercise's."""

import enum
import os
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
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
_SUFFIXES = re.compile(r"\.(?:ipynb|pyw?3?|[qr]md)\b|\.(?:txt|json)$|_ipynb\b")
_LANGUAGE = re.compile(
    r"\.(?P<suffix>pyw?3?|ipynb|[qr]md)"
    r"(?:[”\"'’」》]?\s*的?副本)?"  # Colab in Chinese: “backprop.ipynb”的副本
    r"(?:\s*\(\d{1,3}\))?"
    r"(?:\.txt|\.json)?$",  # browsers that save text as text
    re.IGNORECASE,
)
_TEXT = re.compile(r"^[^.]+$|\.(?:txt|text|json)$", re.IGNORECASE)
_RECEIPTS = {"receipt.txt", "timestamp.txt", "comments.txt"}  # what platforms put beside a student's files
# The time that ILIAS puts before the name of a file.
_STAMP = re.compile(r"^\d{8,14}(?=_)")
# A day that a student or a mail program writes: the year first or last, and marks between.
_DAY = re.compile(r"(?<!\d)(?:(20\d\d)[-_.](\d\d)[-_.](\d\d)|(\d\d)[-_.](\d\d)[-_.](20\d\d))(?!\d)")
# One without marks, which may be a student's number as well.
_PERHAPS_DAY = re.compile(r"(?<!\d)20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
_FINAL = re.compile(r"final|finished|fertig|definitiv|最终|终稿|定稿")
# Whole words only: `alt` is old in German, `default` is not.
_OLD = re.compile(r"(?:^|[\s_.-])(?:old|backup|bak|orig(?:inal)?|draft|alt|entwurf)(?=$|[\s_.()-])|旧|备份|草稿")
# `(2)`, `_v2`, `-2`, `v2`, `final2`, or what stands right behind the exercise's name, as in `backprop2`; not the year
# or the student's number, which have more digits.
_COUNTED = re.compile(
    r"\((\d{1,3})\)|(?:^|[\s_-])v?(?:ersion)?[\s_.]?(\d{1,3})(?=$|[\s_.-])|(?<=[a-z])v(\d{1,3})\b"
    r"|(?:final|fertig|copy|版本?|[终定]稿|副本)(\d{1,3})(?!\d)"
)
_IGNORED = {"__macosx", "__pycache__", "node_modules", "site-packages", "thumbs.db", "desktop.ini"}
# Names of devices, which Windows opens instead of a file, whatever their suffix.
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
# A folder for each attempt: `Version 2`, `attempt_3`, `Submission1`, `第2次`, or only the number.
_ATTEMPT_WORDS = "attempt|submission|submit|version|versuch|abgabe|try|v|intento|essai|tentativ[ae]|提交|第"
_ATTEMPT_FOLDER = re.compile(rf"(?:(?:{_ATTEMPT_WORDS})[ _-]?)?(\d{{1,3}})(?:次(?:提交)?)?$", re.IGNORECASE)
# A folder for each time at which something was handed in, as Moodle's programming lab writes it: `2026-09-02-10-00-00`.
TIME_FOLDER = re.compile(r"(\d{4})[-_.](\d\d)[-_.](\d\d)[-_ T](\d\d)[-_.](\d\d)(?:[-_.](\d\d))?(?=$|\.ceg$)")
# Characters that some file system has for other purposes.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
# Per folder or file of a key: file systems take 255, and a suffix follows.
_MAX_KEY_BYTES = 200


Version = tuple[int, str, int, int]
"""Orders files of one student: an old one first, then by time stamp, by how final they are, then by number."""


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


def version(name: str, exercise: str) -> Version:
    """Return what a file's name tells about when it was written."""
    plain = _SUFFIXES.sub("", unicodedata.normalize("NFKC", name).casefold())
    # Before digits are looked at: the exercise's own name may end in one.
    plain = plain.replace(exercise.casefold(), "", 1)
    stamp, day = _STAMP.match(plain), _DAY.search(plain)
    plain = _DAY.sub("", plain)
    numbers = [int(number) for match in _COUNTED.finditer(plain) for number in match.groups() if number]
    counter = numbers[-1] if numbers else int(_COPY_WORDS.search(plain) is not None)
    written = stamp[0] if stamp else _as_number(day) if day else ""
    # `final_final` is later than `final`.
    return -int(_OLD.search(plain) is not None), written, len(_FINAL.findall(plain)), counter


def _as_number(day: re.Match[str]) -> str:
    year, month, date = day.group(1, 2, 3) if day[1] else day.group(6, 5, 4)
    return f"{year}{month}{date}"


def perhaps_day(name: str) -> str:
    """Return what may be a day in a file's name, such as `20260912`; it tells files apart that nothing else does."""
    found = _PERHAPS_DAY.search(name)
    return found[0] if found else ""


def folder_version(path: str) -> int:
    """Return the attempt that the innermost folder of a file stands for, by number or time; 0 if it stands for none."""
    folder = path.rpartition("/")[0].rpartition("/")[2]
    if handed_in := TIME_FOLDER.match(folder):
        return int("".join(part or "00" for part in handed_in.groups()))
    attempt = _ATTEMPT_FOLDER.match(folder)
    return int(attempt[1]) if attempt else 0


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
    spelled = _SUFFIXES.sub("", unicodedata.normalize("NFKC", name).casefold())
    plain = _STAMP.sub("", _COPY_WORDS.sub("", spelled)).strip(" _")
    if bare(stem) in (bare(plain), bare(_COUNTER.sub("", plain))):
        return Closeness.COPY
    return Closeness.CONTAINS if bare(stem) in bare(plain) else Closeness.OTHER


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
