"""Write what is generated from other files: templates and notebooks of the exercises, the report's JSON Schema.

`python scripts/generate.py …/exercises/NAME` does it for an exercise outside the checkout.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graders.exercise.loading import exercise_names, load_exercise  # noqa: E402
from graders.exercise.template import notebook_template, script_template  # noqa: E402
from graders.reports.schema import report_schema  # noqa: E402


def generated(names: Iterable[str] = ()) -> dict[Path, str]:
    """Return each generated file with its content."""
    files = {ROOT / "docs" / "report.schema.json": report_schema()}
    for name in names or exercise_names():
        exercise = load_exercise(name)
        files[exercise.folder / f"{exercise.name}.py"] = script_template(exercise)
        files[exercise.folder / f"{exercise.name}.ipynb"] = notebook_template(exercise)
    return files


if __name__ == "__main__":
    for path, content in generated(sys.argv[1:]).items():
        path.write_text(content, encoding="utf-8", newline="\n")
        print(path)
