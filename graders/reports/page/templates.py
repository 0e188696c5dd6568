"""How pages are made from templates: nothing reaches one that was not cleaned first and escaped then."""

import hashlib
import py_compile
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, ModuleLoader, StrictUndefined, compiler
from markupsafe import Markup

from graders.escaping import cut
from graders.messages import Lang

LANGUAGE_TAGS: dict[Lang, str] = {"en": "en", "zh": "zh-Hans"}
"""What a page says its language is."""

_FOLDER = Path(__file__).parent.parent / "templates"

COMPILED = "compiled"
"""The folder below that of the templates in which a page for the browser has them as Python."""


def template_text(name: str) -> str:
    """Return a file of the templates' folder as it stands, such as a script that is put into a page."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def page_environment(clean: Callable[[str], str]) -> Environment:
    """Return Jinja2 with the folder of templates. What a template prints is cleaned, unless a macro of ours made it."""

    def visible(value: object) -> object:
        return value if isinstance(value, Markup) else clean(str(value))

    pages = _environment(visible)
    # To compile all templates takes longer than to grade a submission.
    if (compiled := _compiled()) is not None:
        pages.loader = ModuleLoader(compiled)
    return pages


def compile_templates(folder: Path, but: str = "nothing") -> None:
    """Write the templates as Python, all `but` those whose names begin so."""

    def wanted(name: str) -> bool:
        # Below the folder lie what was compiled before, and nothing else.
        return "/" not in name and not name.startswith(but)

    _environment(str).compile_templates(folder, zip=None, filter_func=wanted, ignore_errors=False)


def _environment(visible: Callable[[object], object]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,  # a misspelt name is a defect of ours, and no empty place on a page
        finalize=visible,  # comes before escaping, and applies to every value that is printed
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(cut=cut, share=_share)
    return environment


def _share(count: float, of: float) -> str:
    return f"{100 * count / of:.0f}" if of else "0"


def _compiled() -> Path | None:
    """Return the folder that has the templates as Python; None where it cannot be written.

    It lies where Python keeps our compiled modules, and whoever can write there can change the grader itself.
    """
    in_browser = _FOLDER / COMPILED
    if in_browser.is_dir():
        return in_browser
    folder = _FOLDER / "__pycache__" / _digest()
    if folder.is_dir():
        return folder
    if sys.dont_write_bytecode:
        return None
    try:
        folder.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as unfinished:
            whole = Path(unfinished, folder.name)
            compile_templates(whole)
            for path in [*whole.iterdir()]:
                py_compile.compile(str(path), str(path.with_suffix(".pyc")), doraise=True)
                path.unlink()  # no source of ours, and Python does without
            whole.rename(folder)  # in one go: another run finds all of them or none
    except OSError:
        return folder if folder.is_dir() else None  # another run was quicker, or the folder is not ours
    return folder


def _digest() -> str:
    """Return a name that changes with the templates and with what compiles them."""
    digest = hashlib.sha256(sys.version.encode())
    status = Path(compiler.__file__).stat()
    digest.update(f"{status.st_mtime_ns} {status.st_size}".encode())
    for path in sorted(path for path in _FOLDER.iterdir() if path.is_file()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
