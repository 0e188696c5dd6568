"""The texts of a new exercise that its author finishes: exercise.yaml, README.md, misconceptions.yaml."""

import ast
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from graders.authoring.dimensions import ShapePlan
from graders.authoring.forms import plain
from graders.authoring.kinds import Range, in_yaml, name_in_yaml
from graders.authoring.mutants import Mutant
from graders.authoring.parts import Outcome
from graders.authoring.solution import Solution, ordered_names
from graders.exercise.marks import computing

TO_WRITE = "FILL IN"
"""Stands where the author has to write."""

# Most of them for random cases: the results on the lesson's numbers can be typed in.
_POINTS_FIXED, _POINTS_BANK = 20, 80
_MISTAKES = "# Known ways to get a step wrong: the wrong right-hand side, and what to say about it without the answer."
# A formula alone does not say where in a function or a loop it stands.
_ONE_MISTAKE = """\
# For example, without the number signs (docs/exercises.md says more):
# - {id: last-record-only, step: a step or result, replaces: total += value, formula: total = value,
#    message: {en: Only the last record counts., zh: 只有最后一条记录起作用。}}
"""


class Proposal(NamedTuple):
    """All that was found out about a solution.

    `lesson`: the results on its own numbers; `numeric`: names that are numbers there; `tolerances`: where needed;
    `joined`: results that the template would have right are joined with others; `ordered`: givens of which the first is
    always below the second; `alike`: results that are nearly always the same on drawn inputs, and what they are there;
    `signed`: results that are right with either sign.
    `telling`: cases that the drawn ones lack, each with a mistake that shows on it.
    """

    solution: Solution
    plan: ShapePlan
    ranges: Mapping[str, Range]
    outcomes: Sequence[Outcome]
    use: str
    lesson: Mapping[str, Any]
    cases: int = 100
    tolerances: Mapping[str, float] = {}
    numeric: frozenset[str] = frozenset()
    joined: bool = False
    ordered: Sequence[tuple[str, str]] = ()
    alike: Mapping[str, str] = {}
    signed: frozenset[str] = frozenset()
    telling: Sequence[tuple[Mutant, Mapping[str, Any]]] = ()


class StepPlace(NamedTuple):
    """A name that a TODO asks for, where it stands, and what it is computed by (empty if by several lines)."""

    name: str
    scope: str
    loops: int
    formula: str


def settings(name: str, proposal: Proposal) -> str:
    """Return exercise.yaml."""
    plan, solution = proposal.plan, proposal.solution
    # A dimension that no given has is nothing that could be drawn.
    used = {word for shape in plan.givens.values() for word in shape if isinstance(word, str)}
    bounds = {word: low_high for word, low_high in plan.dimensions.items() if word in used}
    dimensions = ", ".join(f"{word}: [{low}, {high}]" for word, (low, high) in bounds.items())
    lines = [
        "# docs/exercises.md explains every key.",
        "title:",
        f"  en: {TO_WRITE} (English)",
        f"  zh: {TO_WRITE} (Chinese)",
        f'marker: "#{name}.py#"',
        'solution_marker: "#solution.py#"',
        *(["submission: definitions"] if solution.submission == "definitions" else []),
        "",
        "# `also`: other names students give it.",
        "givens:",
        *(_given_line(given, value, proposal) for given, value in solution.givens.items() if given in proposal.ranges),
        "",
        *_data_lines(solution),
        *_use_lines(proposal),
        "# A step with `points` is a result: it has the shape of the weights it `updates`, or a `shape` of its own.",
        "steps:",
        *_step_lines(proposal),
        "",
        "bank:",
        f"  count: {proposal.cases}",
        f"  dimensions: {{{dimensions}}}",
        "  # Values of the reference that must lie within a range, or apart from zero, so that no mistake hides:",
        "  # informative: {output: {within: [0.05, 0.95]}, error: {apart: 0.05}}",
        "  # both_signs: [error]",
        "",
        *_case_lines(proposal),
        "limits: {wall_s: 10, cpu_s: 5, memory_mib: 1024, output_kib: 64}",
    ]
    return "\n".join(lines) + "\n"


def _given_line(name: str, value: Any, proposal: Proposal) -> str:
    shape = proposal.plan.givens.get(name, [])
    words = ", ".join(map(str, shape))
    entries = [f"shape: [{words}]", f"fixed: {in_yaml(plain(value))}", proposal.ranges[name].in_yaml()]
    # Rows within braces are hard to read, so a matrix has lines of its own.
    if len(shape) < 2 and not isinstance(value, str):
        return f"  {name_in_yaml(name)}: {{{', '.join(entries)}}}"
    return "\n".join((f"  {name_in_yaml(name)}:", *(f"    {entry}" for entry in entries)))


def _data_lines(solution: Solution) -> Iterator[str]:
    """Yield the data that the script imports or reads."""
    if solution.modules:
        yield "# What scripts import: a name of the module, and the given it is."
        yield "modules:"
        for module, names in solution.modules.items():
            pairs = (f"{name_in_yaml(offered)}: {name_in_yaml(given)}" for offered, given in names.items())
            yield f"  {module}: {{{', '.join(pairs)}}}"
        yield ""
    if solution.files:
        yield "# What scripts read: columns made of givens."
        yield "files:"
        for file, data in solution.files.items():
            header = f", header: {json.dumps(list(data.header), ensure_ascii=False)}" if data.header else ""
            columns = ", ".join(map(name_in_yaml, data.columns))
            yield f"  {file}: {{columns: [{columns}], delimiter: {json.dumps(data.delimiter)}{header}}}"
        yield ""


def _use_lines(proposal: Proposal) -> Iterator[str]:
    if proposal.use:
        yield "# What is run after a submission, line by line; a given's name is its value on this case."
        yield "use: |"
        # Empty lines stay empty: editors remove blanks at the end of a line, and a diff would show it.
        yield from (f"  {line}".rstrip() for line in proposal.use.splitlines())
        yield ""


def steps_of(solution: Solution) -> list[StepPlace]:
    """Return the names that TODOs ask for; without TODOs, all that are computed."""
    places: dict[tuple[str, str], StepPlace] = {}
    for node, scope, loops in _asked_statements(solution):
        for name in ordered_names(node):
            # set in two lines, it is no longer what the first of them says
            formula = "" if (name, scope) in places else _formula_of(node)
            # `self.w = …` changes `self`, which is no step; `np.random.seed(0)` changes `np` no less.
            if name not in ("self", "np") and not name.startswith("_"):
                places[name, scope] = StepPlace(name, scope, loops, formula)
    return list(places.values())


def _asked_statements(solution: Solution) -> list[tuple[ast.stmt, str, int]]:
    """Return what students write, each with its function and the number of loops around it."""
    if solution.marks:
        return [(node, mark.scope, mark.loops) for mark in solution.marks for node in mark.statements]
    found = computing(solution.tree.body)
    return [(node, "", loops) for node, loops in found if not set(solution.steps).isdisjoint(ordered_names(node))]


def _formula_of(node: ast.stmt) -> str:
    """Return the right-hand side of `name = …`; nothing of any other statement."""
    match node:
        case ast.Assign(targets=[ast.Name(), *_], value=value):
            return ast.unparse(value)
    return ""


def _step_lines(proposal: Proposal) -> Iterator[str]:
    """Yield the steps in their order, then the results that are no step of the script itself."""
    outcomes = {outcome.name: outcome for outcome in proposal.outcomes}
    shares = dict(zip(outcomes, _shares(len(outcomes)), strict=True))
    left = dict(outcomes)
    is_script = proposal.solution.submission == "script"
    for step in inner_steps(proposal):
        # A function's local name may be that of a result, and is not the result.
        own = left.pop(step.name, None) if is_script and not step.scope else None
        if own is not None:
            yield _result_line(own, shares[own.name], proposal)
        else:
            where = f", in: {step.scope}" if step.scope else ""
            each = ", each: pass" if step.loops else ""
            yield f"  - {{name: {name_in_yaml(step.name)}{where}{each}}}"
    for outcome in left.values():
        yield _result_line(outcome, shares[outcome.name], proposal)


def inner_steps(proposal: Proposal) -> list[StepPlace]:
    """Return the steps that exercise.yaml names: those in functions, and a script's own if they are numbers."""
    found = steps_of(proposal.solution)
    if proposal.solution.submission == "definitions":
        return [step for step in found if step.scope]
    results = {outcome.name for outcome in proposal.outcomes if not outcome.expression}
    return [step for step in found if step.scope or step.name in proposal.numeric or step.name in results]


def _result_line(outcome: Outcome, share: tuple[int, int], proposal: Proposal) -> str:
    fixed, bank = share
    form = "exactly: true" if outcome.exactly else _shape(outcome.name, proposal)
    tolerance = proposal.tolerances.get(outcome.name)
    more = f", tolerance: {tolerance:.1e}" if tolerance else ""
    more += ", up_to: sign" if outcome.name in proposal.signed else ""
    return f"  - {{name: {name_in_yaml(outcome.name)}, {form}, points: {{fixed: {fixed}, bank: {bank}}}{more}}}"


def _shares(count: int) -> list[tuple[int, int]]:
    """Return whole points for each of some results; what does not divide goes to the first ones, one each."""
    return [
        tuple(points // count + (index < points % count) for points in (_POINTS_FIXED, _POINTS_BANK))  # type: ignore[misc]
        for index in range(count)
    ]


def _shape(result: str, proposal: Proposal) -> str:
    """Return what its shape comes from: a change (`delta_…`) updates the weights of the same shape."""
    plan = proposal.plan
    shape = plan.results.get(result, list(np.shape(proposal.lesson[result])))
    alike = [given for given, own_shape in plan.givens.items() if own_shape == shape]
    # `updates` lets a student's change be a column where their weights are one.
    weights = [given for given in alike if given.lower().startswith("w")]
    if result.startswith("del") and weights:
        return f"updates: {weights[0]}"
    words = ['"*"' if length is None else str(length) for length in shape]  # a star is a reference in YAML
    return f"shape: [{', '.join(words)}]"


def _case_lines(proposal: Proposal) -> Iterator[str]:
    """Yield the cases that are graded besides the drawn ones."""
    if proposal.telling:
        yield "# Cases graded besides the drawn ones, which seldom come to what these show."
        yield "cases:"
        for mutant, values in proposal.telling:
            line = mutant.step.removeprefix("line ")
            why = f"{{en: the other side of line {line} of the solution, zh: 解答第 {line} 行的另一种情形}}"
            yield f"  - why: {why}"
            yield from (f"    {name}: {in_yaml(value)}" for name, value in values.items())
        yield ""


def readme(name: str, called: str, proposal: Proposal) -> str:
    """Return the handout, in Chinese and English; `called`: what a command calls the exercise."""
    # Once each: several functions may have a step of the same name.
    names = list(dict.fromkeys(step.name for step in steps_of(proposal.solution)))
    if proposal.solution.submission == "definitions":
        names = list(dict.fromkeys(mark.scope for mark in proposal.solution.marks))
    rows = "\n".join(f"| `{step}` | {TO_WRITE} |" for step in names)
    return f"""# {TO_WRITE} · {TO_WRITE}

## 中文

{TO_WRITE}: 请补上 `{name}.py`（或同名笔记本）里的 TODO：

| 名称 | 要算的是 |
|---|---|
{rows}

不要四舍五入，也不要把数字写死：评分时会用许多组其他数值运行你的代码。
自己检查：`python grade.py -e {called} exercises/{name}/{name}.py`。

## English

{TO_WRITE}: fill in the TODOs of `{name}.py` (or of the notebook of the same name):

| name | what it is |
|---|---|
{rows}

Do not round and do not type numbers in: your code will be run on many other sets of numbers.
Check it yourself: `python grade.py -e {called} exercises/{name}/{name}.py`.
"""


def misconceptions(proposal: Proposal | None) -> str:
    """Return one known mistake for each step, its sign, as a pattern to go on from; without a proposal none."""
    lines = [_MISTAKES]
    if proposal is None or proposal.use or proposal.solution.submission == "definitions":
        return f"{_MISTAKES}\n{_ONE_MISTAKE}"
    for step in steps_of(proposal.solution):
        if not step.formula or step.loops or step.name in proposal.solution.inputs:
            continue
        # The sign: a mistake that there is in every formula.
        lines += [
            f"- id: {step.name.replace('_', '-')}-sign",
            f"  step: {step.name}",
            f"  formula: {json.dumps(f'-({step.formula})')}",
            "  message:",
            f"    en: {TO_WRITE}",
            f"    zh: {TO_WRITE}",
        ]
    return "\n".join(lines) + "\n"
