"""What is in a folder or an archive: names and where their bytes are, without reading or following anything."""

import io
import os
import stat
import struct
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from graders.errors import UsageError
from graders.files import refused
from graders.intake.names import file_name, is_archive, is_ignored, is_no_code, language, member_name
from graders.intake.stored import InArchive, InFolder, Stored, unreadable_method
from graders.messages import Message, message
from graders.submission import Unreadable, reason

_MAX_DEPTH = 64
_MAX_NESTED_MEMBERS = 10_000
# So many files that cannot be submissions are remembered per folder inside a student's folder, to be named.
_MOST_OTHERS = 5

# What zipfile raises on bytes that are no archive.
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, IndexError, EOFError, struct.error)

_ENCRYPTED = 0x1 | 0x40


class Member(Struct, frozen=True):
    """A file: its path below the listing's root, and either where it is stored or what is wrong with it.

    A `folder` stands only for itself: an empty one, or one named like a file.
    """

    path: str
    stored: Stored | None = None
    problem: Message | None = None
    folder: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders and the file's name; a folder's name is followed by an empty one."""
        return (*self.path.split("/"), "") if self.folder and not self.fits else tuple(self.path.split("/"))

    @property
    def name(self) -> str:
        """The file's name without folders."""
        return self.path.rpartition("/")[2]

    @property
    def fits(self) -> bool:
        """Whether the name promises a script or a notebook."""
        return language(self.name) is not None


class Listing(Struct, frozen=True):
    """The members of what the caller named; `name` is its own name without a suffix."""

    name: str
    members: list[Member]

    def tops(self) -> list[str]:
        """Return the names of files and folders at the root, sorted."""
        return sorted({member.path.partition("/")[0] for member in self.members})

    def without_tables(self) -> "Listing":
        """Return the listing without tables and the like at the root."""
        return replace(self, members=[each for each in self.members if "/" in each.path or not is_no_code(each.path)])

    def inside(self) -> "Listing | None":
        """Return the listing of the only folder at the root, if there is nothing else."""
        tops = self.tops()
        if len(tops) != 1 or any("/" not in member.path for member in self.members):
            return None
        return self.within(tops[0])

    def within(self, folder: str) -> "Listing":
        """Return the listing of a folder."""
        start = f"{folder}/"
        inside = [member for member in self.members if member.path.startswith(start)]
        return Listing(folder, [replace(member, path=member.path.removeprefix(start)) for member in inside])

    def below(self, is_called: Callable[[str], bool]) -> list[tuple[tuple[str, ...], Member]]:
        """Return the members of a folder at the root, or of the listing if that is its name, with their path in it."""
        if is_called(self.name):
            return [(member.parts, member) for member in self.members]
        return [(member.parts[1:], member) for member in self.members if is_called(member.parts[0])]


def list_path(path: Path) -> Listing:
    """List a folder, an archive or a single file. Raises UsageError if it is not there or cannot be listed."""
    try:
        status = path.stat() if path.is_dir() or is_archive(path.name) else path.lstat()
    except OSError as error:
        raise refused("usage.unreadable", path, error) from error
    except ValueError as error:
        raise UsageError(message("usage.not-path", path=repr(str(path)))) from error
    if stat.S_ISDIR(status.st_mode):
        return _list_folder(path)
    if is_archive(path.name):
        return _list_archive(path)
    problem = _irregular(status)
    member = Member(
        file_name(path.name), None if problem else InFolder(os.path.abspath(path.parent), path.name), problem
    )
    return Listing(path.stem, [member])


def _list_folder(root: Path) -> Listing:
    try:
        with os.scandir(root):
            pass
    except OSError as error:
        raise refused("usage.unreadable", root, error) from error
    return Listing(root.resolve().name, _settled(_pruned(_walk(Path(os.path.abspath(root))))))


def _walk(root: Path) -> Iterator[Member]:
    """Yield everything below a folder; folders that cannot be opened, are too deep or empty are members themselves."""
    top = str(root)
    # A stack of our own: a student's folders may be nested deeper than Python recurses.
    pending = [(top, "", 0)]
    while pending:
        folder, prefix, depth = pending.pop()
        try:
            entries = _scanned(folder)
        except OSError as error:
            reason_given = message("unreadable.not-opened", reason=error.strerror or "")
            yield Member(prefix.rstrip("/"), problem=reason_given, folder=True)
            continue
        yield from _folder_itself(prefix.rstrip("/"), is_empty=not entries)
        for entry in entries:
            path = prefix + file_name(entry.name)
            if not _is_folder(entry):
                yield from _file_or_link(entry, path, top)
            elif depth < _MAX_DEPTH:
                pending.append((entry.path, f"{path}/", depth + 1))
            else:
                yield Member(path, problem=message("unreadable.deep", depth=_MAX_DEPTH), folder=True)


def _scanned(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as scan:
        return [entry for entry in scan if not is_ignored(entry.name)]


def _folder_itself(path: str, *, is_empty: bool) -> Iterator[Member]:
    """Yield a folder that its student must hear about: an empty one, and one that is called `backprop.py`."""
    if path and (is_empty or language(path)):
        kind = "unreadable.empty-folder" if is_empty else "unreadable.folder"
        yield Member(path, problem=message(kind), folder=True)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _file_or_link(entry: os.DirEntry[str], path: str, root: str) -> Iterator[Member]:
    """Yield a file, or a link, without looking where it leads but for whether that is a folder."""
    try:
        if entry.is_symlink():
            yield Member(path, problem=message("unreadable.link"), folder=entry.is_dir())
            return
        problem = _irregular(entry.stat(follow_symlinks=False))
    except OSError as error:
        problem = reason(error)
    yield Member(path, None if problem else InFolder(root, entry.path[len(root) :].lstrip(os.sep)), problem)


def _irregular(status: os.stat_result) -> Message | None:
    if stat.S_ISREG(status.st_mode):
        return None
    if stat.S_ISLNK(status.st_mode):
        return message("unreadable.link")
    return message("unreadable.pipe" if stat.S_ISFIFO(status.st_mode) else "unreadable.device")


def _list_archive(path: Path) -> Listing:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [_packed_member(entry, os.path.abspath(path)) for entry in archive.infolist()]
    except OSError as error:
        raise refused("usage.unreadable", path, error) from error
    except _DAMAGED as error:
        raise UsageError(message("usage.not-zip", path=str(path))) from error
    return Listing(path.stem, _settled(_pruned(filter(_is_handmade, members))))


def list_nested(content: bytes) -> list[Member]:
    """List an archive inside an archive. Raises Unreadable with the reason why not."""
    # Counted before zipfile builds an object for each: every member has this mark, whatever the directory claims.
    if content.count(b"PK\x01\x02") > _MAX_NESTED_MEMBERS:
        raise Unreadable("unreadable.archive-many", count=_MAX_NESTED_MEMBERS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [_packed_member(entry, "") for entry in archive.infolist()]
    except (*_DAMAGED, OSError) as error:
        raise Unreadable("unreadable.not-zip") from error
    return _settled(filter(_is_handmade, members))


def _is_handmade(member: Member) -> bool:
    return not any(map(is_ignored, member.path.split("/")))


def _settled(members: Iterable[Member]) -> list[Member]:
    """Return members in order, without the folders that hold something."""
    ordered = sorted(members, key=lambda member: member.path)
    if any(member.folder for member in ordered):
        holding = {folder for member in ordered for folder in _folders(member.path)}
        ordered = [member for member in ordered if not (member.folder and member.path in holding)]
    return ordered


def _folders(path: str) -> Iterator[str]:
    position = path.find("/")
    while position >= 0:
        yield path[:position]
        position = path.find("/", position + 1)


def _packed_member(entry: zipfile.ZipInfo, archive: str) -> Member:
    """Turn an archive's directory entry into a member."""
    name = member_name(entry)
    path, problem = _relative(name)
    folder = name.endswith("/")
    if folder:
        problem = problem or message("unreadable.folder" if language(path) else "unreadable.empty-folder")
    elif stat.S_ISLNK(entry.external_attr >> 16):
        problem = problem or message("unreadable.link")
    elif entry.flag_bits & _ENCRYPTED:
        problem = problem or message("unreadable.encrypted")
    problem = problem or unreadable_method(entry.compress_type)
    if problem:
        return Member(path, problem=problem, folder=folder)
    return Member(path, InArchive(archive, entry.header_offset, entry.compress_size, entry.compress_type, entry.CRC))


def _relative(name: str) -> tuple[str, Message | None]:
    """Return a path below the root, and what was wrong with the one in the archive."""
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." not in parts and not _is_absolute(name, parts):
        return "/".join(parts) or "unnamed", None
    rest = "/".join(part for part in parts if part != "..")
    return rest or "unnamed", message("unreadable.outside")


def _is_absolute(name: str, parts: list[str]) -> bool:
    """Tell whether a path begins at the root, or at a drive of Windows."""
    return name.startswith("/") or bool(parts and len(parts[0]) == 2 and parts[0].endswith(":"))


def _pruned(members: Iterable[Member]) -> Iterator[Member]:
    """Forget most files deep inside that cannot be submissions: a repository may have thousands."""
    others: Counter[str] = Counter()
    for member in members:
        depth = member.path.count("/")
        if depth > 1 and not member.fits and not is_archive(member.name):
            folder = member.path.rpartition("/")[0]
            others[folder] += 1
            if others[folder] > _MOST_OTHERS:
                continue
        yield member
