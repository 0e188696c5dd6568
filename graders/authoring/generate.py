"""Write again what is generated of an exercise: `python -m graders.authoring.generate …/exercises/NAME`."""

import sys
from collections.abc import Mapping
from pathlib import Path

from graders.errors import GraderError
from graders.exercise.loading import load_exercise
from graders.exercise.template import student_files


def generated_files(name: str) -> dict[Path, str]:
    """Return each generated file of an exercise with its content. Raises GraderError."""
    exercise = load_exercise(name)
    return {exercise.folder / file: text for file, text in student_files(exercise).items()}


def write_files(files: Mapping[Path, str]) -> None:
    """Write files and name them."""
    for path, content in files.items():
        path.write_text(content, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    try:
        for name in sys.argv[1:]:
            write_files(generated_files(name))
    except GraderError as error:  # an author's mistake is a line, as everywhere
        sys.exit(f"generate: {error}")
