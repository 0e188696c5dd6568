"""The template and notebook students get, generated from the reference: each step's right-hand side becomes None."""

import ast
import json

from graders.exercise.calculation import assignment
from graders.exercise.loading import Exercise


def script_template(exercise: Exercise) -> str:
    """Return the reference's text with its steps taken out."""
    steps = {step.name for step in exercise.steps}
    lines = [line.encode() for line in exercise.reference_source.splitlines(keepends=True)]
    assigned = [pair for node in ast.parse(exercise.reference_source).body if (pair := assignment(node)) is not None]
    for name, node in reversed(assigned):
        if name in steps:
            value = node.value  # columns count bytes, lines from 1
            first, last = value.lineno - 1, (value.end_lineno or value.lineno) - 1
            rest = lines[last][value.end_col_offset :]
            lines[first : last + 1] = [lines[first][: value.col_offset] + b"None" + rest]
    return b"".join(lines).decode()


def notebook_template(exercise: Exercise) -> str:
    """Return the template as a notebook (nbformat 4.4) with one marked code cell."""
    code = f"{exercise.marker}\n\n{script_template(exercise).rstrip()}"
    heading = f"## {exercise.title['zh']}\n\n{exercise.title['en']}"
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": heading.splitlines(keepends=True)},
        {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": code.splitlines(keepends=True),
        },
    ]
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    content = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
