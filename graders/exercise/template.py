"""What students get, generated from the reference: the template, the notebook, and the data beside them.

What the reference's TODOs ask for is taken out. Signatures, docstrings and all that is under no TODO stay. Where the
reference has no TODOs, the right-hand sides of the exercise's steps are taken out.
"""

import ast
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from graders.exercise.asked import Exercise
from graders.exercise.calculation import Definition, Function, changed_names, names_in
from graders.exercise.marks import bodies_of, computing, first_line, marks_in
from graders.exercise.whole import supplies_of
from graders.inside.kinds import value_of
from graders.inside.parsing import parse_module


def student_files(exercise: Exercise) -> dict[str, str]:
    """Return each file's text by its name."""
    return {
        f"{exercise.name}.py": script_template(exercise),
        f"{exercise.name}.ipynb": _notebook_template(exercise),
        **{name: text for each in exercise.parts or [exercise] for name, text in _data(each).items()},
    }


def _data(exercise: Exercise) -> dict[str, str]:
    """Return the modules and files that submissions import and read, with the lesson's values."""
    supplies = supplies_of(exercise)
    found = {name: supplies.text_of(name, exercise.fixed) for name in exercise.files}
    for module, attributes in exercise.modules.items():
        lines = ["import numpy as np", ""]
        for attribute, given in attributes.items():
            value = value_of(exercise.fixed[given], exercise.kinds[given])
            is_array = isinstance(value, np.ndarray)  # texts and single values have no `tolist`
            lines.append(f"{attribute} = np.array({value.tolist()})" if is_array else f"{attribute} = {value!r}")
        found[f"{module}.py"] = "\n".join(lines) + "\n"
    return found


def script_template(exercise: Exercise) -> str:
    """Return the reference's text with its steps taken out; of several parts one below the other."""
    if exercise.parts:
        # Each below its marker, by which a part is told from the others.
        return "\n\n".join(f"{_marked(part)}\n" for part in exercise.parts)
    return without_answers(exercise.reference_source, [step.name for step in exercise.steps])


def without_answers(source: str, steps: Sequence[str] = ()) -> str:
    """Return a solution's text with what its TODOs ask for taken out, or the steps where it has none."""
    tree = parse_module(source)
    runs = [mark.statements for mark in marks_in(source, tree)] or _assigning(tree, steps)
    edits = [edit for run in runs for edit in _edits(run)]
    lines = [line.encode() for line in source.splitlines(keepends=True)]  # Python counts columns in bytes
    # From the end, so that earlier edits still find their places; columns of a syntax tree are in bytes.
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        _apply(edit, lines)
    return b"".join(lines).decode()


def _assigning(tree: ast.Module, steps: Sequence[str]) -> list[Sequence[ast.stmt]]:
    """Return what sets these steps, also in loops; the literals that they start from stay."""
    asked = set(steps)
    return [[node] for node, _ in computing(tree.body) if not asked.isdisjoint(changed_names(node)) and _computes(node)]


def _computes(node: ast.stmt) -> bool:
    value = getattr(node, "value", None)
    return value is not None and bool(names_in(value))


class _Edit(NamedTuple):
    """Replaces what stands from `start` to `end` (line from 0, column in bytes); no text: the lines go."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str | None


def _apply(edit: _Edit, lines: list[bytes]) -> None:
    (first, begin), (last, end) = edit.start, edit.end
    if edit.text is None:
        del lines[first : last + 1]
    else:
        lines[first : last + 1] = [lines[first][:begin] + edit.text.encode() + lines[last][end:]]


def _edits(run: Sequence[ast.stmt]) -> Iterator[_Edit]:
    """Yield what to change so that none of these statements is left; something stands where the first one stood."""
    emptied: set[str] = set()
    for index, node in enumerate(run):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield from _emptied_body(node)
            case ast.Assign(targets=targets, value=value) if all(map(_is_plain, targets)):
                names = ", ".join(map(ast.unparse, targets))
                yield _replacing(node, None) if names in emptied else _replacing(value, _nothing_for(targets[0]))
                emptied.add(names)  # a second assignment to it would give away that there are two
            case ast.AnnAssign(value=ast.expr() as value):
                yield _replacing(value, "None")
            case ast.Return(value=ast.expr() as value):
                yield _replacing(value, "None")
            case _:
                yield _replacing(node, "pass" if index == 0 else None)  # a block must not be left empty


def _is_plain(target: ast.expr) -> bool:
    """Tell whether a target is bound anew: names and attributes, not a place in something else."""
    if isinstance(target, ast.Tuple | ast.List):
        return all(map(_is_plain, target.elts))
    return isinstance(target, ast.Name | ast.Attribute)


def _nothing_for(target: ast.expr) -> str:
    return ", ".join("None" for _ in target.elts) if isinstance(target, ast.Tuple | ast.List) else "None"


def _emptied_body(node: Definition) -> Iterator[_Edit]:
    """Yield the edits that leave of a definition its head, its docstring, and nothing; of a class each method so."""
    body = node.body
    if ast.get_docstring(node, clean=False) is not None:
        body = body[1:]
    if isinstance(node, ast.ClassDef):
        methods = [part for part in body if isinstance(part, Function)]
        for method in methods:
            yield from _emptied_body(method)
        return
    if body:
        first, last = body[0], body[-1]
        # A function that returns something goes on returning: None, until it is filled in.
        gives = any(isinstance(part, ast.Return) and part.value is not None for part in _own_statements(node))
        start = (first_line(first) - 1, first.col_offset)
        yield _Edit(start, _end(last), "return None" if gives else "pass")


def _own_statements(node: ast.stmt) -> Iterator[ast.stmt]:
    """Yield the statements of a function, not those of functions inside it."""
    for body in bodies_of(node):
        for part in body:
            yield part
            if not isinstance(part, Definition):
                yield from _own_statements(part)


def _replacing(node: ast.stmt | ast.expr, text: str | None) -> _Edit:
    return _Edit((node.lineno - 1, node.col_offset), _end(node), text)


def _end(node: ast.stmt | ast.expr) -> tuple[int, int]:
    return (node.end_lineno or node.lineno) - 1, node.end_col_offset or 0


def _notebook_template(exercise: Exercise) -> str:
    """Return the template as a notebook (nbformat 4.4) with one marked code cell, or one for each part."""
    cells = [cell for each in exercise.parts or [exercise] for cell in _marked_cells(each)]
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    content = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
    # as Jupyter writes it, so that saving changes no line
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _marked_cells(exercise: Exercise) -> list[dict[str, Any]]:
    heading = f"## {exercise.title['zh']}\n\n{exercise.title['en']}"
    return [
        {"cell_type": "markdown", "metadata": {}, "source": heading.splitlines(keepends=True)},
        {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": _marked(exercise).splitlines(keepends=True),
        },
    ]


def _marked(exercise: Exercise) -> str:
    return f"{exercise.marker}\n\n{script_template(exercise).rstrip()}"
