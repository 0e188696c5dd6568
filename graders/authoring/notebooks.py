"""The text of a finished solution: a script's own, of a notebook that of its code cells."""

from pathlib import Path

from graders.errors import UsageError
from graders.inside.mending import mend
from graders.submission import decode_submission


def read_script(solution: Path) -> str:
    """Return a solution's text; of a notebook its code cells, each below `# %%`. Raises UsageError."""
    try:
        data = solution.read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{solution}: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error
    if solution.suffix != ".ipynb":
        return text
    notebook = decode_submission(solution.name, data)
    if notebook.unreadable is not None:
        raise UsageError(f"{solution}: {notebook.unreadable}")
    # Text cells are the author's handout: as comments, a word in them might pass for a TODO.
    cells = (_without_commands(source) for _, source in notebook.cells)
    return "\n\n".join(f"# %%\n{cell}" for cell in cells if cell) + "\n"


def _without_commands(source: str) -> str:
    """Return a cell without the lines that only a notebook understands."""
    mended, _ = mend(source)
    pairs = zip(source.split("\n"), mended.split("\n"), strict=False)
    return "\n".join(new for old, new in pairs if new == old or new != "pass").strip("\n")
