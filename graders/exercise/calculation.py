"""A reference script as a calculation: definitions, then `name = …` in order, from values of the givens.

The script is written by the exercise's author, and trusted: it is executed here. Submissions never are.
"""

import ast
import traceback
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from types import CodeType
from typing import Any

import numpy as np

from graders.errors import ExerciseError
from graders.exercise.asked import Array
from graders.inside.arrays import unpack
from graders.inside.exact import encode_exactly
from graders.inside.parsing import parse_expression, parse_module
from graders.inside.syntax import bound_by, root_of

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef

SHOWING = ("matplotlib", "seaborn", "tqdm", "IPython", "pylab")
"""Libraries that change no result: a reference that uses them needs none of them here."""

STOPPING = (ValueError, TypeError, IndexError, ArithmeticError, MemoryError)
"""What a formula raises on values that it is not for."""


def read_calculation(source: str, file: str, *, givens: Collection[str], wanted: Collection[str]) -> "Calculation":
    """Return a script as a calculation; `wanted`: the names that must come out right.

    Raises ExerciseError if the script is not Python, or if a line that they depend on would be lost.
    """
    body = parse_script(source, file).body
    lost = list(_lost_lines(body, wanted))
    if lost:
        raise ExerciseError(f"{file}: {'; '.join(lost)}; {ONLY_ASSIGNMENTS}")
    return Calculation(body, file, givens=givens)


class Calculation:
    """The top level of a reference script, compiled; nothing runs before a value is asked for."""

    def __init__(self, body: Sequence[ast.stmt], file: str, *, givens: Collection[str]) -> None:
        body = list(_without_figures(body))
        self.assigned = dict(pair for node in body if (pair := assignment(node)) is not None)
        computing = {name: node for name, node in self.assigned.items() if name not in givens}
        self.names = list(computing)
        self._definitions = compiled([node for node in body if _is_definition(node)], file)
        self._computing = compiled(list(computing.values()), file)

    @cached_property
    def definitions(self) -> Mapping[str, Any]:
        """What imports and functions define; run once."""
        namespace: dict[str, Any] = {}
        exec(self._definitions, namespace)  # noqa: S102 - the author's
        return namespace

    def run(self, case: Mapping[str, Any]) -> dict[str, Any]:
        """Return all names as the script leaves them. Raises whatever the script raises."""
        # Functions find their globals where they were defined: what a formula needs is passed to them.
        namespace = {**self.definitions, **case}
        with np.errstate(all="ignore"):
            exec(self._computing, namespace)  # noqa: S102
        return namespace

    def values(self, case: Mapping[str, Any]) -> dict[str, Array]:
        """Return every name that is computed, as numbers."""
        namespace = self.run(case)
        return {name: np.asarray(namespace[name], np.float64) for name in self.names}


def _without_figures(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that need no library that draws: nothing is computed from figures."""
    drawn: set[str] = set()
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [getattr(node, "module", None) or alias.name for alias in node.names]
            if all(module.partition(".")[0] in SHOWING for module in modules):
                drawn |= set(imported_names(node))
                continue
        elif drawn and assignment(node) is not None and names_in(node) & drawn:
            drawn |= changed_names(node)
            continue
        yield node


def as_recorded(name: str, value: Any, exactly: Collection[str]) -> Array:
    """Return a step's value as numbers; one that is compared by form as its code points."""
    if name not in exactly:
        return np.asarray(value, np.float64)
    shape, raw = encode_exactly(value)
    if isinstance(shape, str):
        raise TypeError(f"{name}: {shape.removeprefix('type:')} cannot be compared by form")
    return unpack([shape], raw)[0][0]


ONLY_ASSIGNMENTS = "an exercise's solution computes its steps in lines `name = …` at the top level, each name once"


def parse_script(source: str, file: str) -> ast.Module:
    """Return the syntax tree. Raises ExerciseError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # "\d" in an author's text is nothing to tell students
            return parse_module(source, file)
    except SyntaxError as error:
        raise ExerciseError(f"{file}: line {error.lineno}: {error.msg}") from error
    except (ValueError, RecursionError, MemoryError) as error:  # a zero byte; brackets in brackets in brackets
        raise ExerciseError(f"{file}: cannot be parsed: {one_line(error)}") from error


def one_line(error: BaseException) -> str:
    """Return an exception's type and message without line ends."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def failing_line(error: BaseException, file: str) -> str:
    """Return the innermost line of the script itself that an exception went through; further in is a library's."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return f"line {lines[-1]}: " if lines else ""


def assignment(node: ast.stmt) -> tuple[str, ast.Assign] | None:
    """Return the name in a statement `name = …`, with the statement; a function without a name is a definition."""
    match node:
        case ast.Assign(value=ast.Lambda()):
            return None
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name, node
    return None


def behind(wanted: Collection[str], body: Sequence[ast.stmt]) -> set[str]:
    """Return some names and all that they are computed from, whatever the statements that compute them."""
    needs: dict[str, set[str]] = {}
    for node in body:
        mentioned = names_in(node) - _local_names(node)
        for name in changed_names(node):
            # A name may be changed in several lines: it needs what all of them mention.
            needs.setdefault(name, set()).update(mentioned)
    return reached(wanted, needs)


def reached(first: Iterable[str], needs: Mapping[str, Iterable[str]]) -> set[str]:
    """Return some names and all that they need, themselves or by what they need."""
    found: set[str] = set()
    waiting = list(first)
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += needs.get(current, ())
    return found


def _lost_lines(body: Sequence[ast.stmt], wanted: Collection[str]) -> Iterator[str]:
    """Yield the lines that the wanted names depend on and that are no definition and no first `name = …`."""
    suspects = [node for node in _others(body) if changed_names(node)]
    if not suspects:  # as in almost every reference: the rest takes longer than to compile it
        return
    # `np.random.seed(0)` changes nothing that a formula is given, and a module is no value
    needed = behind(wanted, body) - {name for node in body for name in imported_names(node)}
    for node in suspects:
        if changed := changed_names(node) & needed:
            again = " again" if assignment(node) is not None else ""
            yield f"line {node.lineno}: {_what_it_is(node)} sets {', '.join(sorted(changed))}{again}"


def _others(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that a calculation leaves out, and those that assign a name again."""
    seen: set[str] = set()
    for node in body:
        pair = assignment(node)
        if not _is_definition(node) and (pair is None or pair[0] in seen):
            yield node
        if pair is not None:
            seen.add(pair[0])


def names_in(node: ast.AST) -> set[str]:
    """Return all names that a statement or expression mentions."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


@cache
def names_of(formula: str) -> frozenset[str]:
    """Return the names that a formula uses."""
    return frozenset(names_in(parse_expression(formula)))


def changed_names(node: ast.stmt) -> set[str]:
    """Return the names that a statement may bind or change: also by `x[0] = …`, and by `x.sort()` on a line of its own.

    What a function does to its arguments is not seen here.
    """
    if isinstance(node, Definition):
        return {node.name}
    changed: set[str] = set()
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.ExceptHandler(name=str(name)):
                changed.add(name)
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                changed.update(root_of(part))
            # A call whose value nobody takes is there for what it changes.
            case ast.Expr(value=ast.Call(func=ast.Attribute() as method)):
                changed.update(root_of(method))
    return changed - _own_names(node)  # `[i for i in …]` binds nothing outside


def _own_names(node: ast.stmt) -> set[str]:
    """Return the names bound inside comprehensions, which go away with them."""
    inside = [part for part in ast.walk(node) if isinstance(part, ast.comprehension)]
    return {name for part in inside for name in names_in(part.target)}


def _local_names(node: ast.stmt) -> set[str]:
    """Return a function's parameters and the names it binds: they are none of the script's."""
    if not isinstance(node, Function):
        return set()
    parameters = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    return parameters | {
        part.id for part in ast.walk(node) if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)
    }


def imported_names(node: ast.AST) -> set[str]:
    """Return the names that an import binds; of any other statement none."""
    return set(map(bound_by, node.names)) if isinstance(node, ast.Import | ast.ImportFrom) else set()


def _is_definition(node: ast.stmt) -> bool:
    """Say if a statement is run once, whatever the givens."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef():
            return True
        case ast.Assign(value=ast.Lambda()):
            return True
    return False


def _what_it_is(node: ast.stmt) -> str:
    """Return what an author calls a statement."""
    match node:
        case ast.For() | ast.AsyncFor() | ast.While():
            return "a loop"
        case ast.AugAssign():
            return f"`{ast.unparse(node)[:40]}` (+= and the like)"
        case ast.Assign(targets=[ast.Tuple() | ast.List()]):
            return "an assignment to several names (a tuple)"
        case ast.Assign(targets=[_, _, *_]):
            return "an assignment with several `=`"
        case ast.If() | ast.Try() | ast.With() | ast.Match():
            return f"a block `{type(node).__name__.lower()}`"
        case ast.ClassDef():
            return "a class"
    return f"`{' '.join(ast.unparse(node).split())[:40]}`"


def compiled(statements: Sequence[ast.stmt], file: str) -> CodeType:
    """Return statements of an author's script as code. Raises ExerciseError."""
    try:
        # Together, so that a case costs one `exec`, and a traceback still has the file's lines.
        return compile(ast.Module(body=list(statements), type_ignores=[]), file, "exec")
    except (SyntaxError, ValueError, RecursionError) as error:  # such as `x = (yield)`
        raise ExerciseError(f"{file}: {one_line(error)}") from error
