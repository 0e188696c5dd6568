"""The command line as a program of its own, as a person starts it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]


def grade_command(*arguments: object, root: Path = ROOT) -> list[str]:
    """Return the words of a command; `root`: where the grader lies."""
    return [sys.executable, str(root / "grade.py"), *map(str, arguments)]


def run_grade(*arguments: object, cwd: Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the grader where nothing says that a CI system is around; `env`: what else is set."""
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        grade_command(*arguments),
        cwd=cwd,
        env={**environment, "COLUMNS": "120", "LANG": "C.UTF-8", **(env or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
