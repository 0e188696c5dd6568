"""The reference run with a recorder: what each statement read and gave, and what it would give from other values.

A student's step is right if it is what the reference's own statement gives from the student's own earlier values. To
evaluate that statement wherever it stands (in a function, a method, a loop), the reference is run once per case with
every assignment and every return observed. Each observation keeps the variables in reach at that moment and where
their values came from, so that the statement can be run again with some of them replaced.

The reference is the author's and trusted: it is executed in this process. Submissions never are.
"""

import copy
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple

import numpy as np

from graders.exercise.nodes import ENTER, LEAVE, Node, name_of, observed_form

MAX_PASSES = 8
"""So many times through a loop, or calls of a function, are observed; a mistake shows in the first few."""

Path = tuple[str | int, ...]
"""Where a value lies within a variable: names of attributes, keys and indices."""


class Origin(NamedTuple):
    """The observation that gave a value: which one, and which of its targets."""

    place: int
    target: int


class Observation(NamedTuple):
    """One execution of a node, at its `place` in the trace. `values`: of its targets, or of what it returned.

    `variables`: those in reach before it was executed; `origins`: by place within them, where a value came from.
    `within`: observations that were made while it was being executed, first and behind the last.
    """

    place: int
    node: Node
    number: int
    values: tuple[Any, ...]
    variables: Mapping[str, Any]
    origins: Mapping[Path, Origin]
    within: tuple[int, int]


class Trace(NamedTuple):
    """What one run of the reference did, in the order in which its statements were finished."""

    observations: Sequence[Observation]
    namespace: Mapping[str, Any]

    def of(self, node: Node) -> Iterator[Observation]:
        """Yield the observations of a node, pass by pass."""
        return (observation for observation in self.observations if observation.node is node)


class Traced:
    """A script compiled so that a run of it is observed. `nodes`: all places that give a value, in their order."""

    def __init__(self, source: str, file: str) -> None:
        self._code, self.nodes = observed_form(source, file)

    def run(self, namespace: dict[str, Any]) -> Trace:
        """Run in a namespace and return what was observed; whatever the script raises passes through."""
        recorder = _Recorder(self.nodes)
        namespace[ENTER], namespace[LEAVE] = recorder.enter, recorder.leave
        try:
            exec(self._code, namespace)  # noqa: S102 - the author's
        finally:
            namespace[ENTER] = namespace[LEAVE] = _ignore  # functions that are called again later look for them
        return Trace(recorder.observations, namespace)


def run_again(
    observation: Observation,
    namespace: Mapping[str, Any],
    replaced: Callable[[Origin], Any],
    formula: CodeType | None = None,
) -> tuple[Any, ...]:
    """Run a node's statement, or another formula in its place, with some of the values it read replaced.

    `replaced` returns the new value of an origin, or `KEEP`. Raises what the statement raises.
    """
    variables = _with_replaced(observation, replaced)
    # As globals, so that comprehensions and lambdas of the statement find the variables, too.
    scope = {**namespace, **variables}
    if formula is not None:
        return (eval(formula, scope),)  # noqa: S307 - the author's
    exec(observation.node.code, scope)  # noqa: S102 - the author's
    return tuple(scope[name_of(number)] for number in range(max(1, len(observation.node.targets))))


def _ignore(*_: Any) -> None:
    """Observe nothing."""


class _Keep:
    """The type of `KEEP`."""


KEEP = _Keep()
"""Says that a value stays what it was."""


class _Recorder:
    """Called by the observed script before and after each of its nodes."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.observations: list[Observation] = []
        self._nodes = nodes
        self._passes = [0] * len(nodes)
        self._open: list[tuple[int, Mapping[str, Any], Mapping[Path, Origin], int]] = []
        self._of_object: dict[int, Origin] = {}
        self._alive: list[Any] = []  # objects and frames: one that is gone would leave its id to another
        self._of_name: dict[tuple[int, str], Origin] = {}

    def enter(self, number: int, variables: Mapping[str, Any]) -> None:
        """Keep what is in reach before a statement is executed."""
        if self._passes[number] >= MAX_PASSES:
            return
        # A variable is known by its name only within one call of its function: recursion has many of that name.
        frame = sys._getframe(1)
        kept = {name: value for name, value in variables.items() if _is_value(name, value)}
        origins = dict(self._origins(kept, id(frame)))
        # Copied now, since `+=` and filling change an array that is already kept; origins go by the objects themselves.
        self._open.append((number, copy_value(kept), origins, len(self.observations)))

    def leave(self, number: int, *values: Any) -> None:
        """Keep what the statement gave, unless it has been observed often enough."""
        node = self._nodes[number]
        if self._passes[number] >= MAX_PASSES:
            self._forget(node, values, id(sys._getframe(1)))
            return
        while self._open and self._open[-1][0] != number:  # statements that ended in an exception
            self._open.pop()
        _, variables, origins, first = self._open.pop()
        index = len(self.observations)
        observed = Observation(
            index, node, self._passes[number], copy_value(values), variables, origins, (first, index)
        )
        self.observations.append(observed)
        self._passes[number] += 1
        frame = sys._getframe(1)
        self._alive.append(frame)
        for target, value in enumerate(values):
            origin = Origin(index, target)
            if node.targets:  # a return assigns no variable
                self._of_name[id(frame), node.targets[target]] = origin
            if _has_identity(value) and not (not node.targets and id(value) in self._of_object):
                # what is returned unchanged still comes from the statement that computed it
                self._of_object[id(value)] = origin
                self._alive.append(value)

    def _forget(self, node: Node, values: Sequence[Any], frame: int) -> None:
        """Let a value that is not observed come from nowhere."""
        for target in node.targets:
            self._of_name.pop((frame, target), None)
        for value in values:
            self._of_object.pop(id(value), None)

    def _origins(self, variables: Mapping[str, Any], frame: int) -> Iterator[tuple[Path, Origin]]:
        for name, value in variables.items():
            known = self._of_name.get((frame, name))
            if known is not None:
                yield (name,), known
            # By name also a small whole number is found; by identity also what was passed on under another name.
            for path, part in _parts(value, (name,)):
                origin = self._of_object.get(id(part))
                if origin is not None and (known is None or len(path) > 1):
                    yield path, origin


def _is_value(name: str, value: Any) -> bool:
    return not name.startswith(("_trace", "__")) and not isinstance(value, ModuleType)


def _has_identity(value: Any) -> bool:
    """Tell whether an object's identity says where it came from: small whole numbers and the like are shared."""
    return isinstance(value, np.ndarray | np.generic | float | list | dict | tuple)


def _parts(value: Any, path: Path, depth: int = 3) -> Iterator[tuple[Path, Any]]:
    """Yield a value and what lies in it: elements of containers, attributes of the reference's own objects."""
    if _has_identity(value):
        yield path, value
    if depth == 0:
        return
    for key, part in _members(value):
        yield from _parts(part, (*path, key), depth - 1)


def _members(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from ((key, part) for key, part in value.items() if isinstance(key, str | int))
    elif isinstance(value, list | tuple):
        yield from enumerate(value[:64])  # enough for layers and records, and a bound for lists of pixels
    elif hasattr(value, "__dict__") and not isinstance(value, type | FunctionType | ModuleType):
        yield from vars(value).items()


def copy_value(value: Any) -> Any:
    """Return a copy of a value, so that what happens to it later does not change what was observed."""
    try:
        return copy.deepcopy(value)
    except Exception:  # noqa: BLE001 - a generator, an open file: what cannot be copied is kept as it is
        return {key: copy_value(part) for key, part in value.items()} if type(value) is dict else value


def _with_replaced(observation: Observation, replaced: Callable[[Origin], Any]) -> dict[str, Any]:
    variables: dict[str, Any] = copy_value(dict(observation.variables))
    done: set[Path] = set()
    # Shortest paths first: where a dictionary is replaced, nothing is left to replace in the old one.
    for path, origin in sorted(observation.origins.items(), key=lambda item: len(item[0])):
        if path[0] not in observation.node.reads or any(path[:length] in done for length in range(len(path))):
            continue  # a part of what has been replaced as a whole
        new = replaced(origin)
        if new is not KEEP:
            _put(variables, path, new)
            done.add(path)
    return variables


def _put(root: Any, path: Path, new: Any) -> None:
    """Set what lies at a path; a tuple on the way is made anew."""
    key: Any = path[0]
    rest = path[1:]
    if rest:
        part = root[key] if isinstance(root, dict | list) else getattr(root, str(key))
        if isinstance(part, tuple):
            part = list(part)
            _put(part, rest, new)
            new = tuple(part)
        else:
            _put(part, rest, new)
            return
    if isinstance(root, dict | list):
        root[key] = new
    else:
        setattr(root, str(key), new)
