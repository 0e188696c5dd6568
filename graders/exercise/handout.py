"""Write a handout. The template, the notebook and the data come from the same source as those in `exercises/`."""

import hashlib
import re
from pathlib import Path

from graders.errors import ExerciseError, UsageError
from graders.exercise.asked import Exercise
from graders.exercise.loading import load_exercise
from graders.exercise.template import student_files
from graders.files import refused
from graders.messages import Lang, message, put_together
from graders.version import VERSION

ACTION = f"OWNER/REPOSITORY@v{VERSION}"
"""Stands in the workflow where no action was named."""

WORKFLOW = ".github/workflows/grade.yml"

_HEADINGS: dict[Lang, str] = {"en": "English", "zh": "中文"}
_ACTION = re.compile(r"[\w.-]+(/[\w.-]+)+@[\w./-]+", re.ASCII)
_CLONED = re.compile(
    r"^\s*url\s*=\s*\S*github\.com[:/](?P<repository>[\w.-]+/[\w.-]+?)(\.git)?/?\s*$", re.ASCII | re.MULTILINE
)


def write_handout(
    exercise_name: str, folder: Path, lang: Lang, action: str | None = None, page: str = ""
) -> list[Path]:
    """Write the files and return their paths; `page`: the folder of a page that will be beside them.

    Raises UsageError, and writes nothing, if one of the files is already there.
    """
    action = ACTION if action is None else action
    if not _ACTION.fullmatch(action):
        raise UsageError(message("handout.action", action=action))
    files = {folder / name: text for name, text in handout(load_exercise(exercise_name), lang, action, page).items()}
    # All of them are looked at before the first is written: a half-written handout helps nobody.
    for path in files:
        if path.exists() or path.is_symlink():
            raise UsageError(message("handout.there", path=str(path)))
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # `x`: somebody may have put a file there since it was looked at.
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise refused("handout.unwritten", path, error) from error
    return list(files)


def handout(exercise: Exercise, lang: Lang, action: str, page: str = "") -> dict[str, str]:
    """Return each file's text, by its name in the folder; `page`: see `write_handout`. Raises ExerciseError."""
    workflow = Path(__file__).with_name("grade.yml").read_text(encoding="utf-8")
    files = student_files(exercise)
    script = files[f"{exercise.name}.py"]
    words = {
        "exercise": exercise.name,
        "action": action,
        # the workflow grades the notebook where the script is still as it was handed out
        "script_sha256": hashlib.sha256(script.encode()).hexdigest(),
    }
    how = [message("handout.command", repository=_repository(action)) if action != ACTION else message("handout.of")]
    how += [message("handout.pushed"), *([message("handout.page", page=page)] if page else [])]
    return {
        **files,
        "README.md": _readme(exercise, lang, put_together(lang, "sentence", [each.say(lang) for each in how])),
        WORKFLOW: workflow.format(**words),
    }


def own_action(checkout: Path) -> str | None:
    """Return the action that this checkout of the grader is published as, if it was cloned from GitHub."""
    try:
        text = (checkout / ".git" / "config").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):  # installed as a package, or a worktree
        return None
    # Only `origin`: another remote may be anybody's copy.
    origin = text.partition('[remote "origin"]')[2].partition("\n[")[0]
    found = _CLONED.search(origin)
    return f"{found['repository']}@v{VERSION}" if found is not None else None


def _repository(action: str) -> str:
    """Return where the repository of an action is: one in a folder of it has the same."""
    return "/".join(action.partition("@")[0].split("/")[:2])


def _readme(exercise: Exercise, lang: Lang, how: str) -> str:
    """Return the part of the exercise's README in this language, and how students grade themselves."""
    file = exercise.folder / "README.md"
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExerciseError(f"{file}: cannot be read; a handout needs it") from error
    part = re.search(rf"^## {_HEADINGS[lang]}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if part is None:
        raise ExerciseError(f"{file}: the heading '## {_HEADINGS[lang]}' is missing; a handout in {lang!r} needs it")
    # Students have no checkout of the grader: the command is the installed one, the file lies beside the README.
    asked = part[1].strip().replace("python grade.py", "grade").replace(f" exercises/{exercise.name}/", " ")
    return f"# {exercise.title[lang]}\n\n{asked}\n\n{how}\n"
