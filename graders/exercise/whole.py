"""A reference that is run whole, as a submission is: loops, `+=`, functions, classes, and then the lines of `use`.

The script is written by the exercise's author, and trusted: it is executed here. Submissions never are.
"""

import ast
import builtins
import random
import threading
import types
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import numpy as np

from graders.errors import ExerciseError
from graders.exercise.asked import Array, Case, Exercise
from graders.exercise.calculation import SHOWING, as_recorded, compiled, parse_script
from graders.exercise.noise import NOISY, Noise, noisy_source
from graders.exercise.trace import TRACED, Passes, Traced
from graders.inside.definitions import defining
from graders.inside.kinds import value_of
from graders.inside.parsing import parse_module
from graders.inside.standins import StandIn
from graders.inside.supplying import Supplies, TextFile
from graders.inside.syntax import nodes_of_scope, single_targets
from graders.inside.using import Use, Used

# A name that no author writes: the script's own names must not hide it.
_GIVEN = "_reference_given"
_ENORMOUS = 1e30
"""What a step of a singular system comes to: in another way to compute it, it is another number."""
_patching = threading.RLock()  # numpy's readers are everybody's; so is its random state


class WholeRun:
    """A reference and the exercise's lines, compiled; nothing runs before a value is asked for.

    `names`: the steps, and what the conditions on cases name, that have a value when all has run. `noise`: of a script
    whose numbers are handed through it.
    """

    def __init__(self, exercise: Exercise, file: str) -> None:
        self._exercise = exercise
        self._file = file
        self.tree = parse_script(exercise.reference_source, file)
        body = self.tree.body
        self.use = _read_use(exercise)
        self._supplies = supplies_of(exercise)
        if exercise.submission == "definitions":
            self._body = defining(body, {*exercise.givens, *self.use.assigned})
        else:
            self._body = list(_with_givens(body, set(exercise.givens)))
        # Lines stay those of the file, since an author is told by them what fails.
        ast.fix_missing_locations(ast.Module(self._body, []))
        self._code = compiled(self._body, file)
        self.set_up = self.use.givens | self._supplies.givens
        if exercise.submission == "script":
            self.set_up |= _bound_at_top(body)
        # with `use`, results come from its lines alone: what a function forgets to return is not found elsewhere
        self.results = set(self.use.assigned) or _bound_at_top(self._body)
        self.defined = self.results | (_bound_at_top(self._body) if exercise.submission == "script" else set())
        self._calls = exercise.submission == "definitions"
        self._strayed = False
        self.noise: Noise | None = None
        self.names = [name for name in _asked(exercise) if name in self.defined]

    @cached_property
    def noisy(self) -> "WholeRun":
        """The same with numbers that are handed through `noise`, which must be set before it runs."""
        source = noisy_source(self._exercise.reference_source)
        return WholeRun(self._exercise.replaced(reference_source=source), self._file)

    @cached_property
    def definitions(self) -> Mapping[str, Any]:
        """The functions, classes and modules there are in the end, on the lesson's case."""
        try:
            namespace = self.run(self._exercise.fixed)
        except Exception:  # noqa: BLE001 - said where the reference is tried
            return {"np": np}
        return {
            name: value for name, value in namespace.items() if callable(value) or isinstance(value, types.ModuleType)
        }

    def run(self, case: Case) -> dict[str, Any]:
        """Return all names as the script and the lines leave them. Raises whatever they raise."""
        used = self._used(case)
        for error in used.errors.values():
            raise error
        return used.scope

    def _used(self, case: Case) -> Used:
        with self._surroundings(case) as namespace:
            exec(self._code, namespace)  # noqa: S102 - the author's
            return self.use.run(namespace, case, noticing=case is self._exercise.fixed)

    def missed(self, changed: Sequence[tuple[int, str]]) -> list[str]:
        """Return what lines changed in place (number, name), this script does not, and a later one uses again."""
        allowed = set(self._used(self._exercise.fixed).changed)  # the exercise may ask for it
        results = {step.name for step in self._exercise.results}
        return [
            name
            for number, name in changed
            if (number, name) not in allowed
            and (name in results or any(line.number > number and name in line.loads for line in self.use.lines))
        ]

    @property
    def has_strayed(self) -> bool:
        """Whether the last run divided by zero, had no number to give, or came to enormous ones; not the lesson's."""
        return self._strayed and not self._strays_in_lesson

    @cached_property
    def _strays_in_lesson(self) -> bool:
        self.values(self._exercise.fixed)
        return self._strayed

    def _note_stray(self, *_: object) -> None:
        self._strayed = True

    def values(self, case: Case) -> dict[str, Array]:
        """Return every name as numbers; what is compared by form, as code points."""
        namespace = self.run(case)
        exactly = {step.name for step in self._exercise.steps if step.exactly}
        values = {name: as_recorded(name, namespace[name], exactly) for name in self.names}
        self._strayed |= any((np.isfinite(value) & (abs(value) > _ENORMOUS)).any() for value in values.values())
        return values

    def trace(self, case: Case) -> Mapping[int, Sequence[tuple[Any, ...]]]:
        """Return what each statement of script and lines gave on a case, pass by pass."""
        passes = Passes()
        with self._surroundings(case) as namespace:
            namespace[TRACED] = passes
            exec(self.traced.code, namespace)  # noqa: S102 - the author's
        return passes.given

    @cached_property
    def traced(self) -> Traced:
        """Script and lines in one, observed."""
        lines: list[ast.stmt] = []
        for line in self.use.lines:
            lines += [_setting(name) for name in line.givens]
            lines += parse_module(line.text).body
        imported = parse_module("import numpy as np").body  # the lines have it, whatever the script imports
        return Traced(ast.Module([*imported, *self._body, *lines], []), self._file)

    @contextmanager
    def _surroundings(self, case: Case) -> Iterator[dict[str, Any]]:
        """Yield a namespace in which the case's data is found; chance begins anew each time."""
        name = "submission" if self._calls else "__main__"
        kinds = self._exercise.kinds
        special = {
            "__import__": self._importing(case),
            "open": self._supplies.reading(lambda: case, open),
        }
        given: Callable[[str], Any] = lambda name: value_of(case[name], kinds[name])  # noqa: E731
        namespace = {"__name__": name, "__builtins__": {**vars(builtins), **special}, _GIVEN: given}
        self._strayed = False
        if self.noise is not None:
            namespace[NOISY] = self.noise
        namespace["print"] = lambda *_, **__: None  # a name, so that lines have it too: nobody looks at what they show
        with _patching, _unwarned(self._note_stray), seeded(), _reading(self._supplies, case):
            yield namespace

    def _importing(self, case: Case) -> Callable[..., Any]:
        modules = self._supplies.modules_on(case, self._exercise.reference_source)

        def find(name: str, *rest: Any, **more: Any) -> Any:
            if name in modules:
                return modules[name]
            if name.partition(".")[0] in SHOWING:
                return StandIn(name.partition(".")[0], name)
            return __import__(name, *rest, **more)

        return find


def _read_use(exercise: Exercise) -> Use:
    """Return the exercise's lines. Raises ExerciseError."""
    try:
        return Use(exercise.use, exercise.kinds)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise ExerciseError(f"exercise.yaml: use: line {line}: {getattr(error, 'msg', error)}") from error


def supplies_of(exercise: Exercise) -> Supplies:
    """Return the modules and files that are made of the exercise's givens."""
    files = {name: TextFile(file.columns, file.delimiter, file.header) for name, file in exercise.files.items()}
    return Supplies(exercise.modules, files, exercise.kinds)


def _asked(exercise: Exercise) -> list[str]:
    """Return the names whose values are asked for, each once."""
    drawing = exercise.drawing
    steps = [step.name for step in exercise.steps if step.where is None]
    return list(dict.fromkeys([*steps, *drawing.informative, *drawing.both_signs]))


def _with_givens(body: Sequence[ast.stmt], givens: Collection[str]) -> Iterator[ast.stmt]:
    """Yield a script's statements, each given set to its value on a case where it is first assigned."""
    left = set(givens)
    for statement in body:
        targets = _targets(statement)
        names = [target.id for target in single_targets(targets) if isinstance(target, ast.Name)]
        first = [name for name in names if name in left]
        left -= set(first)
        if first and len(targets) == len(names) == 1:
            yield ast.copy_location(_setting(first[0]), statement)
            continue
        yield statement
        yield from (ast.copy_location(_setting(name), statement) for name in first)


def _setting(name: str) -> ast.stmt:
    call = ast.Call(ast.Name(_GIVEN, ast.Load()), [ast.Constant(name)], [])
    return ast.Assign([ast.Name(name, ast.Store())], call)


def _targets(statement: ast.stmt) -> list[ast.expr]:
    match statement:
        case ast.Assign(targets=targets):
            return targets
        case ast.AnnAssign(target=target, value=ast.expr()):
            return [target]
    return []


def _bound_at_top(body: Sequence[ast.stmt]) -> set[str]:
    """Return the names assigned at the top level, in loops and branches too, but not in functions."""
    # Not into functions: what they bind is their own.
    nodes = nodes_of_scope(body, (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.ListComp, ast.GeneratorExp))
    return {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}


@contextmanager
def _unwarned(noting: Callable[..., None]) -> Iterator[None]:
    """Keep to itself what numpy and Python would warn of: cases without a right answer are drawn, too, and left out.

    `noting` is called for what is divided by zero or gives no number, unless the script passes over it itself.
    """
    numeric = np.errstate(all="ignore", divide="call", invalid="call", call=noting)
    with numeric, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def seeded() -> Iterator[None]:
    """Begin with the random state that every submission begins with, and put the caller's back."""
    states = np.random.get_state(), random.getstate()
    np.random.seed(0)  # as before every run of a submission
    random.seed(0)
    try:
        yield
    finally:
        np.random.set_state(states[0])
        random.setstate(states[1])


@contextmanager
def _reading(supplies: Supplies, case: Case) -> Iterator[None]:
    """Let numpy's readers find the exercise's files."""
    if not supplies.files:
        yield
        return
    readers = {name: getattr(np, name) for name in ("loadtxt", "genfromtxt")}
    for name, usual in readers.items():
        setattr(np, name, supplies.loading(lambda: case, usual))
    try:
        yield
    finally:
        for name, usual in readers.items():
            setattr(np, name, usual)
