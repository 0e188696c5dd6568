"""Write what is generated from other files: what students of the exercises get, the report's JSON Schema.

`python scripts/generate.py …/exercises/NAME` does it for an exercise outside the checkout, and for that one alone.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graders.authoring.generate import generated_files, write_files  # noqa: E402
from graders.errors import GraderError  # noqa: E402
from graders.exercise.loading import exercise_names  # noqa: E402
from graders.reports.schema import report_schema  # noqa: E402


def generated(names: Sequence[str] = ()) -> dict[Path, str]:
    """Return each generated file with its content: of the exercises named, or all there are here."""
    files = {} if names else {ROOT / "docs" / "report.schema.json": report_schema()}
    for name in names or exercise_names():
        files |= generated_files(name)
    return files


if __name__ == "__main__":
    try:
        write_files(generated(sys.argv[1:]))
    except GraderError as error:  # an author's mistake is a line, as everywhere
        sys.exit(f"generate: {error}")
