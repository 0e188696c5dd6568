"""Write what is generated from other files: what students of the exercises get, the report's JSON Schema.

`python scripts/generate.py …/exercises/NAME` does it for an exercise outside the checkout.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graders.errors import GraderError  # noqa: E402
from graders.exercise.loading import exercise_names, load_exercise  # noqa: E402
from graders.exercise.student_files import student_files  # noqa: E402
from graders.reports.schema import report_schema  # noqa: E402


def generated(names: Iterable[str] = ()) -> dict[Path, str]:
    """Return each generated file with its content."""
    files = {ROOT / "docs" / "report.schema.json": report_schema()}
    for name in names or exercise_names():
        exercise = load_exercise(name)
        files |= {exercise.folder / file: text for file, text in student_files(exercise).items()}
    return files


if __name__ == "__main__":
    try:
        files = generated(sys.argv[1:])
    except GraderError as error:  # an author's mistake is a line, as everywhere
        sys.exit(f"generate: {error}")
    for path, content in files.items():
        path.write_text(content, encoding="utf-8", newline="\n")
        print(path)
