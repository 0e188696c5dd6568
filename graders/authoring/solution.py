"""What a finished solution says about its exercise: inputs, steps, what is called. It is its author's, and trusted.

Two shapes. In a *script* students fill in lines at the top level, and the whole file is run. In *definitions* they
write functions or a class; what stands below `# Example` says with which inputs they are called, and becomes `use`.
How a solution is read: `reading.py`.
"""

import ast
import random
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import field
from typing import Any, Literal, NamedTuple

import numpy as np

from graders.authoring.data import DataText
from graders.authoring.forms import Composed, is_data
from graders.authoring.trial import Tryout, attempt, builtin_names
from graders.errors import UsageError
from graders.exercise.calculation import behind, changed_names, failing_line, names_in, one_line, reached
from graders.exercise.marks import Mark, computing
from graders.records import Record

GENERATORS = (np.random.Generator, np.random.RandomState, random.Random)


class Input(NamedTuple):
    """A value that the grader may set. `slot`: where it stands in the solution; None: it comes from a data file.

    `in_call`: its author wrote it into a call, without a name.
    """

    name: str
    slot: tuple[int, int] | None
    value: Any
    composed: Composed
    in_call: bool = False


class Solution(Record):
    """`givens`: by name the lesson's value; `uses`: the statements below the example that call something.

    `modules`: by name what each offers, and the given it is; `files`: data read by the script. `theirs`: definitions
    that need what students write; `helpers`: functions and classes that are the author's own. `steps`: names at the top
    level that students find, guessed where no TODO says so. `besides`: steps that are asked for though others are
    computed from them. `by_value`: what the example computes or draws of nothing that varies is an input.
    """

    source: str
    where: str
    submission: Literal["script", "definitions"]
    inputs: Mapping[str, Input]
    marks: Sequence[Mark]
    uses: Sequence[ast.stmt]
    tree: ast.Module
    modules: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    theirs: frozenset[str] = frozenset()
    helpers: Mapping[str, ast.stmt] = field(default_factory=dict)
    files: Mapping[str, DataText] = field(default_factory=dict)
    steps: Sequence[str] = ()
    besides: Sequence[str] = ()
    by_value: bool = True

    @property
    def givens(self) -> dict[str, Any]:
        """Return the lesson's value of each given."""
        found = {name: value for item in self.inputs.values() for name, value in item.composed.parts.items()}
        return found | {name: value for data in self.files.values() for name, value in data.columns.items()}

    def helpers_of(self, nodes: Sequence[ast.stmt]) -> list[ast.stmt]:
        """Return the author's own definitions that some statements need, and the constants that these need."""
        needed = self._helper_names(nodes)
        users = [*nodes, *(self.helpers[helper] for helper in needed)]
        read = {name for node in users for name in names_in(node)} - self.inputs.keys()
        first = min((node.lineno for node in nodes), default=0)
        found: list[ast.stmt] = []
        for node in self.tree.body:
            match node:
                case ast.Assign() if node.lineno < first and changed_names(node) & read and _is_literal(node):
                    found.append(node)
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name) if name in needed:
                    found.append(node)
        return found

    def _helper_names(self, nodes: Sequence[ast.stmt]) -> Set[str]:
        """Return the names of the helpers that some statements need, themselves or by another helper."""
        needs = {name: names_in(node) for name, node in self.helpers.items()}
        return self.helpers.keys() & reached((name for node in nodes for name in names_in(node)), needs)

    def trial(self, seconds: float = 20) -> Tryout:
        """Return the solution ready to be run with other values of its givens, each time so long at most."""
        # By place, not by name: a name may be set again further down, and only its first value is the input.
        slots = {item.slot: name for name, item in self.inputs.items() if item.slot is not None}
        return Tryout(self.tree, slots, self.where, seconds=seconds)

    def left_by(self, tree: ast.Module) -> dict[str, Any]:
        """Return the names that statements leave, run in the solution's place. Raises UsageError if they fail."""
        return run_on_own_inputs(self.replaced(tree=tree))

    def run(self, trial: Tryout, values: Mapping[str, Any]) -> dict[str, Any]:
        """Run with these values of the givens. Raises what the solution raises."""
        inputs = {name: item.composed.build(values) for name, item in self.inputs.items()}
        modules = {
            module: {offered: inputs[given] for offered, given in names.items()}
            for module, names in self.modules.items()
        }
        files = {name: data.text(values) for name, data in self.files.items()}
        return trial.run(inputs, modules=modules, files=files)


def _is_literal(node: ast.stmt) -> bool:
    try:
        ast.literal_eval(getattr(node, "value", node))
    except ValueError:
        return False
    return True


def run_on_own_inputs(solution: Solution) -> dict[str, Any]:
    """Run the solution on its own inputs. Raises UsageError if it fails."""
    done = attempt(lambda: solution.run(solution.trial(), _arrays(solution.givens)))
    if isinstance(done, BaseException):
        why = (
            "asks with input(); write numbers instead" if isinstance(done, EOFError) else f"fails with {one_line(done)}"
        )
        raise UsageError(f"{solution.where}: {failing_line(done, solution.where)}{why}")
    return done  # type: ignore[no-any-return]


def _arrays(givens: Mapping[str, Any]) -> dict[str, Any]:
    return {name: as_case(value) for name, value in givens.items()}


def as_case(value: Any) -> Any:
    """Return a given's value as `use` gets it: an array, a number, a text."""
    return np.array(value) if isinstance(value, list | tuple | np.ndarray) else value


def free_names(solution: Solution) -> Set[str]:
    """Return the names that mean something in the solution: a new one must be none of them."""
    return names_in(solution.tree) | builtin_names()


def step_names(marks: Sequence[Mark]) -> list[str]:
    """Return the names that TODOs at the top level ask for, in their order."""
    names = [name for mark in marks if not mark.scope for node in mark.statements for name in ordered_names(node)]
    return list(dict.fromkeys(names))


def guessed_steps(body: Sequence[ast.stmt], givens: Collection[str], left: Mapping[str, Any]) -> list[str]:
    """Return, where nothing is marked, the names that are computed from the givens; `left`: what the script leaves."""
    names = dict.fromkeys(name for node, _ in computing(body) for name in ordered_names(node))
    data = [name for name in names if name not in givens and is_data(left.get(name, name))]  # no figures, no generators
    return [name for name in data if not behind([name], body).isdisjoint(givens)]


def all_changed(nodes: Iterable[ast.stmt]) -> set[str]:
    """Return the names that some statements bind or change."""
    return {name for node in nodes for name in changed_names(node)}


def ordered_names(node: ast.stmt) -> list[str]:
    """Return the names that a statement binds or changes, in the order in which they stand there."""
    changed = changed_names(node)
    # The changed names are a set, and steps are shown in the order in which they are solved.
    order = [part.id for part in ast.walk(node) if isinstance(part, ast.Name) and part.id in changed]
    return list(dict.fromkeys(order))


_SHOWING = ("print", "plt.", "pyplot.", "pprint", "display", "np.testing.", "numpy.testing.", "assert_")
"""What calls begin with that change nothing: they show something, or check it."""


def is_shown(node: ast.stmt) -> bool:
    """Tell whether a statement only shows or checks something: `print`, a plot, `np.testing.assert_allclose`."""
    # What is not called does nothing in a script; at the end of a notebook's cell it is shown.
    return isinstance(node, ast.Expr) and (
        not isinstance(node.value, ast.Call) or ast.unparse(node.value.func).startswith(_SHOWING)
    )
