"""The texts of a new exercise that its author finishes: exercise.yaml, README.md, misconceptions.yaml."""

import json
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from graders.authoring.dimensions import ShapePlan
from graders.authoring.solution import Solution

TO_WRITE = "FILL IN"
"""Stands where the author has to write."""

_POINTS_FIXED, _POINTS_BANK = 20, 80
_TENTHS = 10


def settings(name: str, solution: Solution, plan: ShapePlan) -> str:
    """Return exercise.yaml."""
    ranges = ", ".join(f"{word}: [{low}, {high}]" for word, (low, high) in plan.dimensions.items())
    lines = [
        "# docs/exercises.md explains every key.",
        "title:",
        f"  en: {TO_WRITE} (English)",
        f"  zh: {TO_WRITE} (Chinese)",
        f'marker: "#{name}.py#"',
        'solution_marker: "#solution.py#"',
        "",
        "# `also`: other names students give it.",
        "givens:",
        *(_given(given, value, plan.givens[given]) for given, value in solution.givens.items()),
        "",
        "# A step with `points` is a result: it has the shape of the weights it `updates`, or a `shape` of its own.",
        "steps:",
        *_step_lines(solution, plan),
        "",
        "bank:",
        "  count: 100",
        f"  dimensions: {{{ranges}}}",
        "  # Values of the reference that must lie within a range, or apart from zero, so that no mistake hides:",
        "  # informative: {output: {within: [0.05, 0.95]}, error: {apart: 0.05}}",
        "  # both_signs: [error]",
        "",
        "limits: {wall_s: 10, cpu_s: 5, memory_mib: 1024, output_kib: 64}",
    ]
    return "\n".join(lines) + "\n"


def _given(name: str, value: Any, shape: Sequence[str]) -> str:
    low, high = _range(value)
    entries = [f"shape: [{', '.join(shape)}]", f"fixed: {_in_yaml(value)}", f"random: [{low}, {high}]"]
    if len(shape) < 2:
        return f"  {name}: {{{', '.join(entries)}}}"
    return "\n".join((f"  {name}:", *(f"    {entry}" for entry in entries)))


def _range(value: Any) -> tuple[float, float]:
    """Return where random values lie: as far out as the lesson's, at least 1; a positive number stays positive."""
    numbers = np.asarray(value, np.float64)
    bound = float(max(1, math.ceil(np.abs(numbers).max())))
    return (1 / _TENTHS if numbers.ndim == 0 and numbers > 0 else -bound), bound


def _in_yaml(value: Any) -> str:
    """Return numbers as YAML reads them: without a point, it takes 1e-06 for a word."""
    if isinstance(value, list):
        return f"[{', '.join(map(_in_yaml, value))}]"
    text = repr(value)
    return text if "." in text else text.replace("e", ".0e")


def _step_lines(solution: Solution, plan: ShapePlan) -> Iterator[str]:
    shares = dict(zip(solution.results, _shares(len(solution.results)), strict=True))
    for step in solution.steps:
        if step not in shares:
            yield f"  - {{name: {step}}}"
            continue
        fixed, bank = shares[step]
        yield f"  - {{name: {step}, {_shape(step, plan)}, points: {{fixed: {fixed}, bank: {bank}}}}}"


def _shares(count: int) -> list[tuple[int, int]]:
    """Return whole points for each of some results; the first gets what does not divide."""
    fixed, bank = _POINTS_FIXED // count, _POINTS_BANK // count
    first = (_POINTS_FIXED - fixed * (count - 1), _POINTS_BANK - bank * (count - 1))
    return [first, *[(fixed, bank)] * (count - 1)]


def _shape(result: str, plan: ShapePlan) -> str:
    """Return what its shape comes from: a change (`delta_…`) updates the weights of the same shape."""
    shape = plan.results[result]
    alike = [given for given, own in plan.givens.items() if own == shape]
    weights = [given for given in alike if given.lower().startswith("w")]
    if result.startswith("del") and weights:
        return f"updates: {weights[0]}"
    return f"shape: [{', '.join(shape)}]"


def readme(name: str, solution: Solution) -> str:
    """Return the handout, in Chinese and English."""
    rows = "\n".join(f"| `{step}` | {TO_WRITE} |" for step in solution.steps)
    return f"""# {TO_WRITE} · {TO_WRITE}

## 中文

{TO_WRITE}: 请补上 `{name}.py`（或同名笔记本）里的 TODO：

| 变量 | 要算的是 |
|---|---|
{rows}

不要四舍五入，也不要把数字写死：评分时会用一百组别的数值运行你的代码。自己检查：`python grade.py -e {name} {name}.py`。

## English

{TO_WRITE}: fill in the TODOs of `{name}.py` (or of the notebook of the same name):

| name | what it is |
|---|---|
{rows}

Do not round and do not type numbers in: your code will be run on a hundred other sets of numbers.
Check it yourself: `python grade.py -e {name} {name}.py`.
"""


def misconceptions(solution: Solution) -> str:
    """Return one known mistake for each step, its sign, as a pattern to go on from."""
    lines = [
        "# Known ways to get a step wrong: the wrong right-hand side, and what to say about it without the answer."
    ]
    for step, formula in solution.steps.items():
        lines += [
            f"- id: {step.replace('_', '-')}-sign",
            f"  step: {step}",
            f"  formula: {json.dumps(f'-({formula})')}",
            "  message:",
            f"    en: {TO_WRITE}",
            f"    zh: {TO_WRITE}",
        ]
    return "\n".join(lines) + "\n"
