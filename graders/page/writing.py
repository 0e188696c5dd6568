"""Write the folder of a page: static files, the exercise, its cases, and Python's code."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graders import yaml_reading
from graders.errors import UsageError
from graders.exercise.bank import encode_bank
from graders.exercise.ladder import get_ladder
from graders.exercise.template import script_template
from graders.files import refused, write_atomically
from graders.grading import Grader
from graders.messages import Lang, message
from graders.messages.browser import BROWSER
from graders.page.judge import PlayedSandbox
from graders.page.packing import archive, judge_code, runner_code
from graders.page.runtime import copied, located
from graders.reports.page.templates import LANGUAGE_TAGS
from graders.session import Materials
from graders.submission import MAX_BYTES
from graders.version import VERSION

_STATIC = Path(__file__).resolve().parent / "static"
# Endings of an exercise's files that are for people.
_NO_DATA = (".ipynb", ".md")


def write_page(materials: Materials, folder: Path, lang: Lang, pyodide: str | None = None) -> list[Path]:
    """Write the files and return their paths. Raises UsageError, and writes nothing, if another's file is there.

    `pyodide`: a URL or folder with the files of `runtime`, instead of the addresses where they are published.
    """
    files = {folder / name: content for name, content in page_files(materials, lang, pyodide).items()}
    index = folder / "index.html"
    # Our own page is written again; a folder that holds somebody's site is not.
    if index.exists() and b"grade --page" not in index.read_bytes():
        raise UsageError(message("handout.there", path=str(index)))
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refused("handout.unwritten", path.parent, error) from error
        write_atomically(path, content)
    return list(files)


def page_files(materials: Materials, lang: Lang, pyodide: str | None = None) -> dict[str, bytes]:
    """Return each file's content, by its name in the folder."""
    runtime = list(located(pyodide))
    # What the page may ask for is in its content security policy: these places, and no others.
    addresses = {f"{parts.scheme}://{parts.netloc}" for _, url in runtime if (parts := urlsplit(url)).netloc}
    index = (_STATIC / "index.html").read_text(encoding="utf-8")
    for name, value in (
        ("language", LANGUAGE_TAGS[lang]),
        ("title", materials.exercise.title[lang]),
        ("addresses", " ".join(["'self'", *sorted(addresses)])),
    ):
        index = index.replace(f"{{{{ {name} }}}}", value)
    archives = {
        "judge.zip": archive({**judge_code(), **_solution_files(materials)}),
        "runner.zip": archive({**runner_code(), "setup.frame": _setup(materials)}),
    }
    return {
        "index.html": index.encode(),
        **{name: (_STATIC / name).read_bytes() for name in ("page.css", "page.js", "worker.js", "service-worker.js")},
        "page.json": _page_data(materials, lang, runtime, [*archives.values(), (_STATIC / "worker.js").read_bytes()]),
        **archives,
        **dict(copied(pyodide)),
    }


def _page_data(materials: Materials, lang: Lang, runtime: Any, code: Iterable[bytes]) -> bytes:
    exercise = materials.exercise
    # The image that a browser keeps of a worker is of no use to another page's code, or to another Python.
    edition = hashlib.sha256(b"".join([*code, *(file.sha256.encode() for file, _ in runtime)])).hexdigest()
    content = {
        "exercise": exercise.name,
        "title": dict(exercise.title),
        "lang": lang,
        "template": script_template(exercise),  # what students start from, to paste into
        "words": {
            code: {key: texts[index] for key, texts in BROWSER.items()} for index, code in enumerate(("en", "zh"))
        },
        "limit": MAX_BYTES,
        "version": VERSION,
        "edition": edition[:16],
        "runtime": [
            {"name": file.name, "url": url, "size": file.size, "integrity": file.integrity} for file, url in runtime
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _setup(materials: Materials) -> bytes:
    """Return what all runs share, as the grader hands it to a sandbox."""

    class Setup(PlayedSandbox):
        frame = b""

        def prepare(self, setup: bytes, cases: int) -> None:
            self.frame = setup

    sandbox = Setup(0, 0)
    Grader(materials.exercise, materials.reference, materials.bank, sandbox)
    return sandbox.frame


def _solution_files(materials: Materials) -> dict[str, bytes]:
    """Return the exercise with its solution, the cases of the bank, and those of the counterexamples, drawn already."""
    exercise = materials.exercise
    files = {f"exercises/{exercise.name}/{name}": content for name, content in _exercise_data(exercise.folder).items()}
    files["yaml/parsed.py"] = parsed_yaml(exercise.folder)
    files[f"reference/{exercise.name}.py"] = exercise.reference_source.encode()
    files["cases.json"] = encode_bank(materials.bank)
    # Drawn into an empty cache, so that nothing is packed but what this exercise needs.
    with _own_cache() as cache:
        get_ladder(exercise, materials.reference)
        for path in cache.rglob("*.json"):
            files[f"cache/{path.relative_to(cache).as_posix()}"] = path.read_bytes()
    # Cases that are drawn already are found by the version that drew them; the library itself is not in the page.
    drawn_by = materials.bank.hypothesis
    files["hypothesis/__init__.py"] = b""
    files[f"hypothesis-{drawn_by}.dist-info/METADATA"] = f"Name: hypothesis\nVersion: {drawn_by}\n".encode()
    return files


def parsed_yaml(folder: Path) -> bytes:
    """Return a module with what the exercise's YAML files contain, for the stand-in of PyYAML."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))]
    content = {hashlib.sha256(text.encode()).hexdigest(): yaml_reading.load(text) for text in texts}
    # Plain content is written by Python as it reads it, but for numbers that are none.
    return f"from math import inf, nan\n\nCONTENT = {content!r}\n".encode()


def _exercise_data(folder: Path) -> Mapping[str, bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if not path.name.endswith(_NO_DATA)
    }


@contextmanager
def _own_cache() -> Iterator[Path]:
    """Let what is drawn be kept in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        before = os.environ.get("XDG_CACHE_HOME")
        os.environ["XDG_CACHE_HOME"] = folder
        try:
            yield Path(folder)
        finally:
            if before is None:
                del os.environ["XDG_CACHE_HOME"]
            else:
                os.environ["XDG_CACHE_HOME"] = before
