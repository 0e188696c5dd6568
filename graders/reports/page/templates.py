"""How pages are made from templates: nothing reaches one that was not cleaned first and escaped then."""

from collections.abc import Callable
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, ModuleLoader, StrictUndefined
from markupsafe import Markup

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

    return Environment(
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,  # a misspelt name is a defect of ours, and no empty place on a page
        finalize=visible,  # comes before escaping, and applies to every value that is printed
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _loader() -> BaseLoader:
    # To compile all templates takes a browser longer than to grade a submission.
    compiled = _FOLDER / COMPILED
    return ModuleLoader(compiled) if compiled.is_dir() else FileSystemLoader(_FOLDER)
