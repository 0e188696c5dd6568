"""The lines that an exercise runs after a submission: they call its functions, or read its results.

In a line a given's name is a fresh copy of its value, as the lines before have left it: what a function does to its
arguments is noticed, and is still so where they are used again, as it would be in the student's own script. A line that
raises takes only those with it that need its names. Used by the trusted side too, after the reference.
"""

import ast
import builtins
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

import numpy as np

from .kinds import GivenKind, value_of
from .needing import defined_if_lacking, needed_and_assigned, needs_numpy_alone, objects_in, plain_values
from .parsing import parse_module
from .protocol import USE
from .watching import TimeLimitExceeded

_PRISTINE = dict(vars(builtins))
"""As they are before any submission has run: one that replaces `len` replaces it for itself alone."""


PutIn = Callable[[str, Any], Any]
"""Given a name and its value, returns what to go on with."""


class UseLine(NamedTuple):
    """One statement. `givens`: those it is given (`fresh`: with their kinds); `loads`: all names it needs, `objects`
    those of them of which it calls a method; `stores`: those it assigns. `is_alone`: it calls nothing of the script's.
    """

    number: int
    statement: ast.stmt
    text: str
    code: types.CodeType
    givens: tuple[str, ...]
    fresh: tuple[tuple[str, GivenKind], ...]
    loads: frozenset[str]
    objects: frozenset[str]
    stores: tuple[str, ...]
    is_alone: bool


class UseRun(NamedTuple):
    """Lines that are executed at once, as long as none of them raises: each given is in one of them at most.

    `again`: the givens that a line after these is given, too.
    """

    lines: tuple[UseLine, ...]
    code: types.CodeType
    fresh: tuple[tuple[str, GivenKind], ...]
    again: frozenset[str]


class Used(NamedTuple):
    """What the lines left. `errors`: what lost names were lost by. `changed`: line and name of changed arguments."""

    scope: dict[str, Any]
    errors: Mapping[str, BaseException]
    changed: Sequence[tuple[int, str]]


class Use:
    """Lines, compiled; `assigned`: every name they assign, `loaded`: every name they need.

    `supplied`: what they define under an `if`, where a submission does not: of these its own are kept.
    """

    def __init__(self, source: str, givens: Mapping[str, GivenKind]) -> None:
        self.lines: list[UseLine] = []
        assigned: dict[str, None] = {}
        for statement in parse_module(source, USE).body:
            loads, stores = needed_and_assigned(statement)
            fresh = tuple(name for name in givens if name in loads and name not in assigned)
            kinds = tuple((name, givens[name]) for name in fresh)
            text = ast.unparse(statement)
            objects = frozenset(objects_in(statement) & assigned.keys())
            code = compile(ast.Module([statement], []), USE, "exec", dont_inherit=True)
            known = {*assigned, *givens, *_PRISTINE, "np"}
            is_alone = not objects and needs_numpy_alone(statement, loads, known)
            names = frozenset(loads), objects, tuple(stores)
            self.lines.append(UseLine(statement.lineno, statement, text, code, fresh, kinds, *names, is_alone))
            assigned |= dict.fromkeys(stores)
        self.assigned = frozenset(assigned)
        self.supplied = frozenset(name for line in self.lines for name in defined_if_lacking(line.statement))
        self.loaded = frozenset().union(*(line.loads for line in self.lines))
        self._runs = list(_runs_of(self.lines))

    @property
    def givens(self) -> Set[str]:
        """The givens that a line uses: a submission need not set them."""
        return {name for line in self.lines for name in line.givens}

    def run(
        self,
        namespace: Mapping[str, Any],
        case: Mapping[str, Any],
        failed: Callable[[BaseException], object] = id,
        *,
        noticing: bool = False,
        put_in: PutIn | None = None,
        given_up: set[ast.stmt] | None = None,
    ) -> Used:
        """Run all lines beside what a script has defined, but not among it. `failed` is called with what one raises.

        `noticing`: look also at what the lines assigned and passed on, if a later one changes it. `put_in`: what takes
        the place of a value that a line has assigned. `given_up`: lines that a limit of time has ended before, which
        are left out; others that it ends are added.
        """
        given_up = set() if given_up is None else given_up
        running = _Running(namespace, case, failed, noticing=noticing, put_in=put_in, given_up=given_up)
        # Line by line costs as much as a small function does, and is needed only where something is to be told of one.
        if noticing or put_in is not None or given_up:
            for line in self.lines:
                running.take(line)
        else:
            for run in self._runs:
                running.take_all(run)
        return Used(running.scope, running.errors, running.changed)


class _Running:
    """One run of the lines."""

    def __init__(
        self,
        namespace: Mapping[str, Any],
        case: Mapping[str, Any],
        failed: Callable[[BaseException], object],
        *,
        noticing: bool,
        put_in: PutIn | None,
        given_up: set[ast.stmt],
    ) -> None:
        # The lines see what a script has defined, but what they assign is not seen by it.
        self.scope: dict[str, Any] = {**namespace, "__builtins__": dict(_PRISTINE), "np": np, "raises": raises}
        self.errors: dict[str, BaseException] = {}
        self.changed: list[tuple[int, str]] = []
        self._current = dict(case)
        self._failed = failed
        self._noticing = noticing
        self._put_in = put_in
        self._given_up = given_up

    def take(self, line: UseLine) -> None:
        """Run a line, if it has what it needs."""
        errors = self.errors
        lost = next((errors[name] for name in line.loads if name in errors), None) if errors else None
        if lost is not None:
            self._lose(line, lost)
            return
        if line.statement in self._given_up:
            self._leave_out(line, TimeLimitExceeded())
            return
        passed = self._put_fresh(line) if line.fresh else []
        if self._noticing:
            passed += self._handed_on(line)
        try:
            self._execute(line)
        except BaseException as error:  # noqa: BLE001 - the submission's functions may raise anything
            self._fail(line, error)
        else:
            self._settle(line)
        self._notice(line, passed)

    def _execute(self, line: UseLine) -> None:
        # What calls nothing of the submission's is run where none of its functions has been, to change what `np` is.
        apart = plain_values(self.scope, line.loads - _PRISTINE.keys() - {"np"}) if line.is_alone else None
        scope = self.scope if apart is None else {**apart, "__builtins__": dict(_PRISTINE), "np": np}
        exec(line.code, scope)  # noqa: S102 - the exercise's own line
        if apart is not None:
            self.scope |= {name: scope[name] for name in line.stores if name in scope}

    def _settle(self, line: UseLine) -> None:
        """Give the names that a line has assigned what later ones are to find there."""
        for name in line.stores:
            self.errors.pop(name, None)  # an earlier line may have lost it
            if self._put_in is not None:
                self.scope[name] = self._put_in(name, self.scope.get(name))

    def take_all(self, run: UseRun) -> None:
        """Run some lines at once; where one raises, those after it by themselves."""
        left: Sequence[UseLine] = run.lines
        if not self.errors and not run.lines[0].is_alone:
            current, scope = self._current, self.scope
            for name, kind in run.fresh:
                scope[name] = value_of(current[name], kind)
            passed = [(name, scope[name]) for name in run.again]  # a line may assign the name
            try:
                exec(run.code, scope)  # noqa: S102 - the exercise's own lines
                left = ()
            except BaseException as error:  # noqa: BLE001 - the submission's functions may raise anything
                failing = _index_of_failing(run)
                self._fail(run.lines[failing], error)
                left = run.lines[failing + 1 :]
            for name, value in passed:
                self._take_over(name, value)
        for line in left:
            self.take(line)

    def _fail(self, line: UseLine, error: BaseException) -> None:
        """Go on without a line that has raised something."""
        self._failed(error)
        if isinstance(error, TimeLimitExceeded):
            self._given_up.add(line.statement)
            self._leave_out(line, error)
        else:
            self._lose(line, error)

    def _leave_out(self, line: UseLine, error: BaseException) -> None:
        """Take away what a line would have made; of one that makes nothing, the object that it is there to change."""
        self._lose(line, error)
        for name in () if line.stores else line.objects:
            self.scope.pop(name, None)
            self.errors[name] = error

    def _take_over(self, name: str, value: Any) -> None:
        """Give later lines a given as these have left it."""
        # Texts and single values are nothing that a function could change.
        if type(value) is np.ndarray:
            left = np.array(value, np.float64)
            if left.tobytes() != self._current[name].tobytes():
                self._current[name] = left

    def _put_fresh(self, line: UseLine) -> list[tuple[str, Any, bytes]]:
        """Put a copy of each of its givens among a line's names; return the arrays, with what they are before."""
        passed = []
        for name, kind in line.fresh:
            value = self.scope[name] = value_of(self._current[name], kind)
            if type(value) is np.ndarray:
                passed.append((name, value, value.tobytes()))
        return passed

    def _notice(self, line: UseLine, passed: Sequence[tuple[str, Any, bytes]]) -> None:
        """Take over what a line has changed in place of what was passed on."""
        for name, value, numbers in passed:
            if value.tobytes() != numbers:
                self.changed.append((line.number, name))
                if name in line.givens:
                    self._current[name] = np.array(value, np.float64)

    def _handed_on(self, line: UseLine) -> list[tuple[str, Any, bytes]]:
        """Return the arrays that a line takes from earlier lines, with what they are before."""
        names = sorted(line.loads.difference(line.givens, line.stores))
        values = [(name, self.scope.get(name)) for name in names]
        return [(name, value, value.tobytes()) for name, value in values if type(value) is np.ndarray]

    def _lose(self, line: UseLine, error: BaseException) -> None:
        """Take the names of a line away: their earlier values are not what it would have made of them."""
        for name in line.stores:
            self.scope.pop(name, None)
            self.errors[name] = error


def _runs_of(lines: Sequence[UseLine]) -> Iterator[UseRun]:
    """Yield the lines in as few runs as there may be."""
    run: list[UseLine] = []
    for number, line in enumerate(lines):
        run.append(line)
        after = lines[number + 1 :]
        # Of two statements on one line nothing tells which of them raised.
        is_last = not after or after[0].number == line.number or line.is_alone or after[0].is_alone
        if is_last or _given_to(run) & set(after[0].givens):
            yield _run_of(run, after)
            run = []


def _given_to(lines: Sequence[UseLine]) -> set[str]:
    return {name for line in lines for name in line.givens}


def _run_of(lines: Sequence[UseLine], after: Sequence[UseLine]) -> UseRun:
    # Compiled from the statements as they stand: a traceback tells by its line which of them raised.
    code = compile(ast.Module([line.statement for line in lines], []), USE, "exec", dont_inherit=True)
    fresh = tuple(pair for line in lines for pair in line.fresh)
    return UseRun(tuple(lines), code, fresh, frozenset(_given_to(lines) & _given_to(after)))


def _index_of_failing(run: UseRun) -> int:
    """Return which of the lines has just raised."""
    # Asked of the interpreter: an exception may say anything of itself.
    trace = sys.exc_info()[2]
    while trace is not None and trace.tb_frame.f_code is not run.code:
        trace = trace.tb_next
    at = 0 if trace is None else trace.tb_lineno
    return max((index for index, line in enumerate(run.lines) if line.number <= at), default=0)


def raises(call: Callable[[], object]) -> str:
    """Return the name of the exception's class that a call raises, or 'nothing'."""
    try:
        call()
    except Exception as error:  # noqa: BLE001 - any exception is an answer here
        return type(error).__name__
    return "nothing"
