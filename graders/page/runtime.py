"""What Python in the browser is made of: Pyodide's core and numpy, pinned by version and hash. docs/page.md says more.

Source of the hashes: the npm package pyodide 0.27.7, and numpy's in the lock file of that package.
"""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from graders.errors import UsageError

PYODIDE = "0.27.7"

_CORE = f"https://cdn.jsdelivr.net/npm/pyodide@{PYODIDE}/"
_WHEELS = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/"
_OWN_FOLDER = "pyodide"


class RuntimeFile(NamedTuple):
    """A file, where it is published, its bytes and their sha256."""

    name: str
    base: str
    size: int
    sha256: str

    @property
    def integrity(self) -> str:
        """The hash as a browser checks it."""
        return f"sha256-{base64.b64encode(bytes.fromhex(self.sha256)).decode()}"


# No numpy but this one fits this Pyodide: both are built with the same compiler and ABI.
RUNTIME = (
    RuntimeFile("pyodide.js", _CORE, 14913, "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98"),
    RuntimeFile("pyodide.asm.js", _CORE, 1255688, "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51"),
    RuntimeFile(
        "pyodide.asm.wasm", _CORE, 10105545, "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f"
    ),
    RuntimeFile(
        "python_stdlib.zip", _CORE, 2360737, "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16"
    ),
    RuntimeFile("pyodide-lock.json", _CORE, 112205, "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c"),
    RuntimeFile(
        "numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl",
        _WHEELS,
        3061133,
        "ebb61241d962b98b21597d7ce43b67668a6d5bab3acec4fbe958657320d7cd08",
    ),
)


def located(where: str | None) -> Iterator[tuple[RuntimeFile, str]]:
    """Yield each file with its address: on the project's own network, at a URL, or in the page's own folder."""
    for file in RUNTIME:
        if where is None:
            yield file, file.base + file.name
        elif is_url(where):
            yield file, f"{where.rstrip('/')}/{file.name}"
        else:
            yield file, f"{_OWN_FOLDER}/{file.name}"


def copied(where: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield the files that a page holds itself, if they are to come from a folder. Raises UsageError."""
    if where is None or is_url(where):
        return
    for file in RUNTIME:
        path = Path(where) / file.name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise UsageError(f"{path}: cannot be read: {error.strerror}; docs/page.md says where it is from") from error
        # Checked here as well as in the browser: a page that cannot start is better not written.
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise UsageError(f"{path}: is not the file of Pyodide {PYODIDE} that this page is made for")
        yield f"{_OWN_FOLDER}/{file.name}", content


def is_url(where: str) -> bool:
    """Tell a URL from a folder."""
    return where.startswith(("https://", "http://"))
