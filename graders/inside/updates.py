"""A new value that is forgotten: of a variable that a loop never changes, of an attribute that no method does.

`previous = value` at the end of a pass, `step += 1`, `self.last = error`: what the statement may be is made of what
stands around it, and each is built in where it may have been meant, as `structures` does with the student's own.
"""

import ast
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .altered import FORGOTTEN
from .effects import CHANGING_METHODS
from .expressions import look_at, parameters_of, read_name
from .structures import LOOPING, Change, as_target
from .syntax import STATEMENTS, is_ours, nodes_of_scope

_MOST_UNCHANGED, _MOST_VALUES = 4, 6  # each pair is tried several times in each block
_LEAVING_BLOCKS = (ast.Return, ast.Break, ast.Continue, ast.Raise)


class _Mentions:
    """What some nodes of a program say of variables and of attributes of `self`, in the order of their lines."""

    def __init__(self, nodes: Iterable[ast.AST]) -> None:
        self.nodes = sorted(nodes, key=_line_in_file)
        changed = list(filter(None, map(_word_changed, self.nodes)))
        # That which is set last stands first; of what is set several times the last time counts.
        self.changed = list(dict.fromkeys(changed[::-1]))
        loaded = (node for node in self.nodes if isinstance(getattr(node, "ctx", None), ast.Load))
        self.read = set(filter(None, map(_word_of, loaded)))
        begun = (node for node in self.nodes if isinstance(node, ast.Assign) and isinstance(node.value, ast.List))
        self.lists = frozenset(filter(None, (_word_of(node.targets[0]) for node in begun)))

    def before(self, line: int) -> "_Mentions":
        """Return what stands before a line."""
        return _Mentions(node for node in self.nodes if _line_in_file(node) < line)

    def concerned(self, names: Iterable[str], others: "_Mentions") -> list[str]:
        """Return those of some names that are read here, or nowhere else."""
        return [name for name in names if name in self.read or name not in others.read]


class _Lacking(NamedTuple):
    """Where variables may lack a new value. `values`: what is computed there; `lists`: what is filled bit by bit."""

    owner: ast.stmt
    names: Sequence[str]
    values: Iterable[str]
    lists: frozenset[str]

    def changes(self) -> Iterator[Change]:
        """Yield what may be missing in each block."""
        values = list(dict.fromkeys(self.values))[:_MOST_VALUES]
        for name, block in itertools.product(self.names[:_MOST_UNCHANGED], list(_blocks_within(self.owner))):
            reads = [read_name(value) for value in values if value != name]
            others = list(_appended(name, reads) if name in self.lists else _set_anew(name, reads))
            yield from _put_into(block, name, others)


def forgotten_updates(scope: ast.AST) -> Iterator[Change]:
    """Yield what may be forgotten in the loops of a function, or in a script's loops and the methods of its classes."""
    body: list[ast.stmt] = getattr(scope, "body", [])
    given = [scope.args] if isinstance(scope, ast.FunctionDef) else []
    classes = (node for node in body if isinstance(node, ast.ClassDef))
    loops = _lacking_in_loops(_Mentions(nodes_of_scope([*given, *body])))
    for lacking in itertools.chain(loops, *map(_lacking_in_methods, classes)):
        yield from lacking.changes()


def _lacking_in_loops(around: _Mentions) -> Iterator[_Lacking]:
    for loop in (node for node in around.nodes if isinstance(node, LOOPING)):
        within, before = _Mentions(nodes_of_scope([loop])), around.before(loop.lineno)
        # What is set and not read yet is there for the loop, such as a number that is to be counted.
        names = within.concerned([name for name in before.changed if name not in within.changed], before)
        taken = _Mentions(ast.walk(loop.target)).changed if isinstance(loop, ast.For) else []
        yield _Lacking(loop, names, (*taken, *within.changed), before.lists)


def _lacking_in_methods(owner: ast.ClassDef) -> Iterator[_Lacking]:
    makes: list[ast.FunctionDef] = []
    others: list[ast.FunctionDef] = []
    for node in owner.body:
        if isinstance(node, ast.FunctionDef):
            (makes if node.name == "__init__" else others).append(node)
    made, together = _within_methods(makes), _within_methods(others)
    kept = [name for name in made.changed if name.startswith("self.")]
    for method in others:
        within = _within_methods([method])
        # What no method reads is for whoever uses the class.
        names = within.concerned([name for name in kept if name not in together.changed], together)
        given = (argument.arg for argument in parameters_of(method))
        yield _Lacking(method, names, (*given, *within.changed, *sorted(within.read)), made.lists)


def _within_methods(methods: Iterable[ast.FunctionDef]) -> _Mentions:
    return _Mentions(nodes_of_scope(statement for method in methods for statement in method.body))


def _put_into(block: list[ast.stmt], name: str, others: Sequence[ast.stmt]) -> Iterator[Change]:
    """Yield each of some statements at the end of a block, and a count at its beginning, too."""
    own = [at for at, statement in enumerate(block) if not is_ours(statement)]
    for end in _ends_of_block(block, own[-1]):
        before = block[max((at for at in own if at < end), default=own[0])]
        told = look_at(read_name(name), before)
        told.lineno = before.end_lineno or before.lineno
        yield from (Change(FORGOTTEN, told, (), block, end, [put]) for put in others)
    yield Change(FORGOTTEN, look_at(read_name(name), block[own[0]]), (), block, own[0], [_counted(name)])


def _ends_of_block(block: Sequence[ast.stmt], last: int) -> Iterator[int]:
    """Yield where a block ends, and where before what may leave it there; `last`: its last statement."""
    if not isinstance(block[last], _LEAVING_BLOCKS):
        yield len(block)
    if any(isinstance(part, _LEAVING_BLOCKS) for part in ast.walk(block[last])):
        yield last


def _appended(name: str, values: Iterable[ast.expr]) -> Iterator[ast.stmt]:
    append = ast.Attribute(read_name(name), "append", ast.Load())
    yield from (ast.Expr(ast.Call(append, [value], [])) for value in values)


def _set_anew(name: str, values: Sequence[ast.expr]) -> Iterator[ast.stmt]:
    target = as_target(read_name(name))
    yield _counted(name)
    yield from (ast.Assign([target], value) for value in values)
    yield from (ast.AugAssign(target, op, value) for op in (ast.Add(), ast.Sub()) for value in values)


def _counted(name: str) -> ast.stmt:
    return ast.AugAssign(as_target(read_name(name)), ast.Add(), ast.Constant(1))


def _blocks_within(owner: ast.stmt) -> Iterator[list[ast.stmt]]:
    """Yield the blocks of a loop or method, but for those of loops within, which are looked at by themselves."""
    for block in (getattr(owner, field, []) for field in STATEMENTS):
        if any(not is_ours(statement) for statement in block):
            yield block
        for statement in block:
            if not isinstance(statement, (*LOOPING, ast.FunctionDef, ast.ClassDef)):
                yield from _blocks_within(statement)


def _line_in_file(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


def _word_changed(node: ast.AST) -> str | None:
    """Return the variable that a node sets or changes in place."""
    match node:
        case ast.arg(arg=name):
            return name
        case ast.Call(func=ast.Attribute(value=value, attr=method)) if method in CHANGING_METHODS:
            return _word_of(value)
        case ast.Name(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
            return _word_of(node)
    return None


def _word_of(node: ast.AST) -> str | None:
    """Return a variable, or an attribute of `self`, as it is written; of an element what it is an element of."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id="self"), attr=name):
            return f"self.{name}"
        case ast.Subscript(value=value):
            return _word_of(value)
    return None
