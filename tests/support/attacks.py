"""The attacks of `tests/escapes/`, and the files they go for."""

from pathlib import Path

FOLDER = Path(__file__).parent.parent / "escapes"

DECOYS = "/tmp/exercise-grader-decoys"
"""How the attacks name the folder they try to read, change and delete; every run puts one of its own in its place."""


def make_decoys(folder: Path) -> None:
    """Lay out other people's files where everybody may write."""
    for name in (
        "submission.py",
        "report.yaml",
        "deleted.py",
        "unlinked.py",
        "renamed.py",
        "renamed2.py",
        "changed.py",
        "emptied.yaml",
        "folder/submission.py",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("points: 100\n", encoding="utf-8")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)


def attack_on(folder: Path, name: str) -> str:
    """Return the text of an attack, aimed at this folder of decoys."""
    return (FOLDER / "attacks" / name).read_text(encoding="utf-8").replace(DECOYS, str(folder))
