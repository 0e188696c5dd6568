"""What the sandboxed program is asked, as bytes. It needs no library but numpy; replies are read in `wire.py`."""

import ast
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from graders.exercise.asked import Case, Exercise
from graders.inside.altered import Altering
from graders.inside.arrays import RAW
from graders.inside.parsing import parse_expression, parse_module
from graders.inside.protocol import RepairOrder, encode
from graders.inside.syntax import digest
from graders.sandbox.observed import Trial, encode_trials


def _published(exercise: Exercise) -> dict[str, str]:
    """Return hashes of what the lesson's solution assigns to each step, by which a pasted copy of it is told."""
    if not any(step.published for step in exercise.steps):
        return {}
    formulas = _assigned(exercise.reference_source)
    own = {step.name: parse_expression(step.published) for step in exercise.steps if step.published}
    formulas.update(own)  # the lesson's solution and the reference need not write a step alike
    return {step.name: digest(formulas[step.name]) for step in exercise.steps if step.name in formulas}


def _assigned(source: str) -> dict[str, ast.expr]:
    """Return what a script assigns to each name at its top level; the last one counts."""
    found: dict[str, ast.expr] = {}
    for node in parse_module(source).body:
        if isinstance(node, ast.Assign):
            found |= {target.id: node.value for target in node.targets if isinstance(target, ast.Name)}
    return found


def encode_setup(exercise: Exercise, recorded: Sequence[str], cases: Sequence[Case]) -> bytes:
    """Return the setup frame: the exercise's words and the cases, the fixed example first."""
    steps = {step.name: [step.name, *step.also] for step in exercise.steps}
    shapes, arrays = _packed(exercise, cases)
    head = {
        "givens": {name: [name, *given.also] for name, given in exercise.givens.items()},
        "recorded": {name: steps.get(name, [name]) for name in recorded},
        "results": [step.name for step in exercise.results],
        "marker": exercise.marker,
        "solution_marker": exercise.solution_marker,
        "solution": _published(exercise),  # hashes: the answers themselves never enter the sandbox
        "cpu_s": exercise.limits.cpu_s,
        "memory_bytes": exercise.limits.memory_mib << 20,
        "output_bytes": exercise.limits.output_kib << 10,
        "shapes": shapes,
        # Small, and only the grader's own: these may travel as JSON, NaN cannot be in them.
        "editions": [{name: value.tolist() for name, value in case.items()} for case in exercise.editions],
        "beyond": _beyond(exercise),
    }
    return encode(head, arrays)


def _beyond(exercise: Exercise) -> dict[str, Any]:
    """Return what is asked beyond a straight line; see `graders.inside.beyond.Beyond`."""
    return {
        "definitions": exercise.submission == "definitions",
        "use": exercise.use,
        "kinds": {name: (kind.whole, kind.words) for name, kind in exercise.kinds.items()},
        "modules": exercise.modules,
        "files": {name: (file.columns, file.delimiter, file.header) for name, file in exercise.files.items()},
        "exactly": [step.name for step in exercise.steps if step.exactly],
        "forbid": exercise.forbid,
        "require": exercise.require,
    }


def encode_job(
    exercise: Exercise,
    cells: Sequence[tuple[int | None, str]],
    *,
    reading: int = 0,
    cases: Sequence[Case] | None = None,
    repair: RepairOrder | None = None,
    modules: Mapping[str, str] | None = None,
) -> bytes:
    """Return the frame of one job; see `graders.inside.jobs.Job`."""
    shapes, arrays = _packed(exercise, cases) if cases is not None else (None, [])
    head = {
        "cells": list(cells),
        "reading": reading,
        "shapes": shapes,
        "repair": repair,
        "modules": dict(modules or {}),
    }
    return encode(head, arrays)


def encode_request(exercise: Exercise, cases: Sequence[Case]) -> bytes:
    """Return the frame that asks a submission that was run for every step on further cases."""
    shapes, arrays = _packed(exercise, cases)
    return encode({"shapes": shapes}, arrays)


def encode_diagnosing(
    exercise: Exercise,
    cases: Sequence[Case],
    trials: Sequence[Trial],
    *,
    seconds: float,
    describes: bool,
    altering: Altering | None = None,
) -> bytes:
    """Return the frame that asks a submission that was run for trials; see `graders.inside.trials.Asked`."""
    shapes, arrays = _packed(exercise, cases)
    heads, put_in = encode_trials(trials)
    head = {"shapes": shapes, "trials": heads, "seconds": seconds, "describes": describes, "altering": altering}
    return encode(head, [*arrays, *put_in])


def _packed(exercise: Exercise, cases: Sequence[Case]) -> tuple[dict[str, Any], list[bytes]]:
    shapes = {name: [case[name].shape for case in cases] for name in exercise.givens}
    return shapes, [np.asarray(case[name], RAW).tobytes() for name in exercise.givens for case in cases]
