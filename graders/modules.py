"""The student's own modules that a submission imports: found by name beside it, read, never parsed here."""

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from graders.decoding import decode_text
from graders.messages import Message, message

MAX_MODULES = 20
MAX_MODULE_BYTES = 1 << 18
"""Of all modules together; the course's are some hundred bytes."""

_MOST_FOLDERS = 4

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+([\w, \t(]*)|import[ \t]+([\w., \t]+))", re.MULTILINE
)
_IMPORTED_BY_NAME = re.compile(r"""\b(?:import_module|__import__)\(\s*["']([\w.]+)["']""")
# No dots: a folder that a script adds to its path leads nowhere but down.
_SEARCHED_FOLDER = re.compile(r"""["'](?:\./)?([\w-]+(?:/[\w-]+)*)/?["']""")
# What belongs to the course or to the grader, and is nobody's own.
_COURSES = frozenset({"exercises", "grade", "graders", "reference", "solution", "solutions", "tests"})
_NOT_OWN = sys.stdlib_module_names | _COURSES | {"numpy"}

Find = Callable[[str], bytes | None]
"""Returns the content of the file with this path from the submission's folder; None if it is not there."""


def nothing_beside(_: str) -> None:
    """Find nothing."""


def own_modules(sources: Iterable[str], find: Find) -> dict[str, str]:
    """Return the modules that the sources import, and those that these import: name → source."""
    # Most hand-ins of a class are one file, which need not be looked through for imports.
    if find is nothing_beside:
        return {}
    found: dict[str, str] = {}
    left = MAX_MODULE_BYTES
    # A queue, not a walk into the depth: where there is no room for all, what the script names itself comes first.
    texts = list(sources)
    waiting = [name for text in texts for name in _imported(text)]
    folders = _folders_searched("\n".join(texts))
    while waiting and len(found) < MAX_MODULES:
        name = waiting.pop(0)
        content = None if name in found else _content(name, folders, find)
        if content is None or len(content) > left:
            continue
        if (decoded := decode_text(content)) is not None:
            found[name], _ = decoded
            left -= len(content)
            waiting += _imported(found[name])
    return found


def _content(name: str, folders: Iterable[str], find: Find) -> bytes | None:
    """Return the content of a student's own module; nobody else's is looked for beside a submission."""
    if not _may_be_own(name):
        return None
    found = (find(f"{folder}{name.replace('.', '/')}.py") for folder in folders)
    return next((content for content in found if content is not None), None)


def _folders_searched(source: str) -> list[str]:
    """Return the script's own folder, and those that it adds to its path: `sys.path.append("lib")`."""
    lines = source.splitlines() if "sys.path" in source else ()
    added = [folder for line in lines if "sys.path" in line for folder in _SEARCHED_FOLDER.findall(line)]
    return ["", *(f"{folder}/" for folder in added[:_MOST_FOLDERS])]


def modules_note(modules: Mapping[str, str]) -> tuple[Message, ...]:
    """Return the note that says which modules are run with the submission."""
    names = ", ".join(f"{name.replace('.', '/')}.py" for name in sorted(modules))
    return (message("own-modules", modules=names),) if modules else ()


def beside(path: Path, read: Callable[[Path], bytes]) -> Find:
    """Return what finds files in the folder of a submission: through no link, and none of the grader's own.

    `read` reads a regular file that is no link, and raises OSError or ValueError.
    """
    folder = path.parent
    # In a checkout of the course the modules beside a file are the grader's own, with the answers.
    is_graders = (folder / "grade.py").exists() and (folder / "graders").is_dir()

    def find(name: str) -> bytes | None:
        file = folder / name
        # A folder that is a link could lead anywhere on the machine that grades.
        below = [part for part in file.parents if folder in part.parents]
        if is_graders or any(part.is_symlink() for part in below):
            return None
        try:
            return read(file)
        except (OSError, ValueError):
            return None

    return find


def _imported(source: str) -> list[str]:
    names: list[str] = []
    # Few lines speak of an import, and a look for the word is a tenth of what the patterns take on the whole text.
    lines = "\n".join(line for line in source.splitlines() if "import" in line)
    for module, members, modules in _IMPORT.findall(lines):
        # `from package import name`: only the disk tells whether the name is a module.
        names += [module, *(f"{module}.{member}" for member in re.findall(r"\w+", members))] if module else []
        names += [words[0] for each in modules.split(",") if (words := each.split())]
    return names + _IMPORTED_BY_NAME.findall(lines)


def _may_be_own(name: str) -> bool:
    root = name.partition(".")[0]
    return name.replace(".", "").isidentifier() and root not in _NOT_OWN
