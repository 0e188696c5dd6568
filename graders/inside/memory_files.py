"""Files in memory, where a confined process may have none: a script's own, forgotten when its run ends.

They lie in the made-up folder of the submission. Nothing else is there: what a program asks for is "not there", and
what it wants to write elsewhere is refused as before. The real system is always asked first.
"""

import errno
import io
import os
import stat
from collections.abc import Iterator
from types import ModuleType
from typing import Any

HOME = "/student"
"""The made-up folder a submission lies in, and runs in."""


class NotThereError(FileNotFoundError, PermissionError):
    """No such file, since there are none; whoever expects either of the two errors catches it."""

    def __init__(self, path: object) -> None:
        super().__init__(errno.ENOENT, os.strerror(errno.ENOENT), path)


NotThereError.__name__ = "FileNotFoundError"  # as a student knows it


class NoDescriptorError(io.UnsupportedOperation, PermissionError):
    """No file of the system's stands behind a file in memory: `ndarray.tofile` writes to nothing else."""


NoDescriptorError.__name__ = "UnsupportedOperation"  # as a student knows it


class _Bytes(io.BytesIO):
    """A file that is open; its content is kept when it is flushed or closed."""

    def __init__(self, files: "MemoryFiles", path: str, content: bytes, *, appends: bool) -> None:
        super().__init__(content)
        self.name = path
        self._files = files
        self._writes = True
        if appends:
            self.seek(0, io.SEEK_END)

    def fileno(self) -> int:
        raise NoDescriptorError("fileno")

    def read_only(self) -> None:
        """Keep nothing."""
        self._writes = False

    def flush(self) -> None:
        super().flush()
        self._keep()

    def close(self) -> None:
        if not self.closed:
            self._keep()
        super().close()

    def _keep(self) -> None:
        if self._writes and self.name != os.devnull:
            self._files.contents[self.name] = self.getvalue()


class _Entry:
    """An entry of a folder, as `os.scandir` gives them."""

    def __init__(self, files: "MemoryFiles", folder: str, name: str) -> None:
        self.name, self.path = name, os.path.join(folder, name)
        self._files = files

    def __fspath__(self) -> str:
        return self.path

    def stat(self, **_: Any) -> os.stat_result:
        """Say what it is."""
        return self._files.stat(PermissionError(), self.path)

    def is_dir(self, **_: Any) -> bool:
        """Tell whether it is a folder."""
        return stat.S_ISDIR(self.stat().st_mode)

    def is_file(self, **_: Any) -> bool:
        """Tell whether it is a file."""
        return not self.is_dir()

    def is_symlink(self) -> bool:
        """Tell whether it is a link, which none is."""
        return False


class _Scan:
    """The entries of a folder, one after another; it can be used in a `with`."""

    def __init__(self, entries: Iterator[_Entry]) -> None:
        self._entries = entries

    def __iter__(self) -> Iterator[_Entry]:
        return self._entries

    def __next__(self) -> _Entry:
        return next(self._entries)

    def __enter__(self) -> "_Scan":
        return self

    def __exit__(self, *_: object) -> None:
        """There is nothing to close."""

    def close(self) -> None:
        """There is nothing to close."""


class MemoryFiles:
    """What a script wrote, by absolute path, and the folder it is in."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self.folders: set[str] = set()
        self.sources: dict[str, bytes] = {}  # the submission's own, which it may read
        self.folder = HOME

    def renew(self) -> None:
        """Forget everything."""
        # Nearly no script writes a file, and this stands before every run.
        if self.contents or self.folders or self.folder is not HOME:
            self.contents.clear()
            self.folders.clear()
            self.folder = HOME

    def path(self, path: Any) -> str:
        """Return a path as an absolute one."""
        # Normalised, so that `../` leads out of the folder here as it does anywhere.
        return os.path.normpath(os.path.join(self.folder, os.fsdecode(path)))

    def _own(self, error: OSError, path: Any) -> str:
        """Return the absolute path of what is the submission's to change. Raises `error` for anything else."""
        if isinstance(path, int):  # a descriptor, which names nothing in memory
            raise error
        absolute = self.path(path)
        if absolute != os.devnull and not absolute.startswith(f"{HOME}/"):
            raise error
        return absolute

    def _is_folder(self, path: str) -> bool:
        return path in self.folders or path in (HOME, "/")

    def _content(self, path: str) -> bytes | None:
        return self.contents.get(path, self.sources.get(path))

    def open(
        self,
        error: OSError,
        file: Any,
        mode: str = "r",
        _buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        *_: Any,
        **keywords: Any,
    ) -> Any:
        """Open a file in memory, with the arguments of `open`."""
        if isinstance(file, int):  # a descriptor: the null device, or the pipe to the trusted side
            raise error
        mode = keywords.get("mode", mode)
        opened = self._opened(error, file, mode)
        if "b" in mode:
            return opened
        names = {"encoding": encoding, "errors": errors, "newline": newline}
        names |= {name: keywords[name] for name in names.keys() & keywords.keys()}
        return io.TextIOWrapper(opened, names["encoding"] or "utf-8", names["errors"], names["newline"])

    def _opened(self, error: OSError, file: Any, mode: str) -> "_Bytes":
        """Return a file in memory, as `mode` asks for it."""
        absolute = self.path(file)  # of the null device too: no folder is before it
        content = b"" if absolute == os.devnull else self._content(absolute)
        match mode[:1]:
            case "r" if content is None:
                raise NotThereError(file)
            case "x" if content is not None:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), file)
            case "r" if "+" not in mode:
                opened = _Bytes(self, absolute, content or b"", appends=False)
                opened.read_only()
                return opened
        self._own(error, file)  # what is not the submission's own is read, but never written
        kept = content or b"" if mode[:1] in "ra" else b""
        return _Bytes(self, absolute, kept, appends=mode.startswith("a"))

    def stat(self, error: OSError, path: Any, **_: Any) -> os.stat_result:
        """Say what a path is; what is not there is not there."""
        if isinstance(path, int):
            raise error
        absolute = self.path(path)
        content = self._content(absolute)
        if content is not None:
            return os.stat_result((stat.S_IFREG | 0o644, 0, 0, 1, 0, 0, len(content), 0, 0, 0))
        if not self._is_folder(absolute):
            raise NotThereError(path)
        return os.stat_result((stat.S_IFDIR | 0o755, 0, 0, 1, 0, 0, 0, 0, 0, 0))

    def list(self, error: OSError, path: Any = ".") -> list[str]:
        """Return the names in a folder of the submission's own."""
        absolute = self.path(path) if not isinstance(path, int) else ""
        if absolute != HOME and absolute not in self.folders:
            raise error
        everything = (*self.contents, *self.sources, *self.folders)
        return sorted({os.path.basename(each) for each in everything if os.path.dirname(each) == absolute})

    def scan(self, error: OSError, path: Any = ".") -> "_Scan":
        """Return the entries of such a folder."""
        return _Scan(_Entry(self, os.fsdecode(path), name) for name in self.list(error, path))

    def make_folder(self, error: OSError, path: Any, *_: Any, **__: Any) -> None:
        """Make a folder."""
        absolute = self._own(error, path)
        if self._is_folder(absolute) or self._content(absolute) is not None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        self.folders.add(absolute)

    def remove(self, error: OSError, path: Any, *_: Any, **__: Any) -> None:
        """Remove a file, or a folder with what is in it."""
        absolute = self._own(error, path)
        if self._content(absolute) is None and absolute not in self.folders:
            raise NotThereError(path)
        self.folders = {each for each in self.folders if not _is_in(each, absolute)}
        self.contents = {each: kept for each, kept in self.contents.items() if not _is_in(each, absolute)}

    def rename(self, error: OSError, path: Any, to: Any, *_: Any, **__: Any) -> None:
        """Give a file another name."""
        old, new = self._own(error, path), self._own(error, to)
        if old not in self.contents:
            raise NotThereError(path)
        self.contents[new] = self.contents.pop(old)  # a file of that name is replaced, as on Linux

    def change(self, error: OSError, path: Any, *_: Any, **__: Any) -> None:
        """Change a file's mode or times, which it has not."""
        absolute = self._own(error, path)
        if self._content(absolute) is None and not self._is_folder(absolute):
            raise NotThereError(path)

    def enter(self, _: OSError, path: Any) -> None:
        """Go to a folder; whichever it is on the student's machine, here it is the submission's own, or one in it."""
        absolute = self.path(path)
        self.folder = absolute if absolute in self.folders else HOME

    def where(self, _: OSError) -> str:
        """Return the working folder."""
        return self.folder


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


FILES = MemoryFiles()
"""The files of this process."""


def remove_trees(module: ModuleType) -> None:
    """Let `shutil.rmtree` remove folders that lie here."""
    real = module.rmtree

    def rmtree(path: Any, *arguments: Any, **keywords: Any) -> None:
        if not isinstance(path, int) and FILES.path(path) in FILES.folders:
            FILES.remove(PermissionError(), path)
        else:
            real(path, *arguments, **keywords)

    setattr(module, "rmtree", rmtree)  # noqa: B010 - not in the type stub


def keep_tables(module: ModuleType) -> None:
    """Let a database that cannot be opened lie in memory."""
    real = module.connect

    def connect(database: Any, *arguments: Any, **keywords: Any) -> Any:
        try:
            return real(database, *arguments, **keywords)
        except module.OperationalError:
            return real(":memory:", *arguments, **keywords)

    setattr(module, "connect", connect)  # noqa: B010 - not in the type stub
