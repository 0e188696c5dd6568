"""What may be meant by statements that stand in the wrong place, are one too many, or lack a few words.

A line that should stand in the loop, or behind it; a sum that is set to zero once too often; a forgotten `return`,
`else` or `self.`; an input that is changed in place. As in `alterations`, nothing is known but what the whole program
should give: each change is built in beside what was written, and switched on in a run of its own.
"""

import ast
import copy
import itertools
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from .altered import COPIED, KEPT, LEFT_OUT, MOVED, PLAIN, RETURNED, SHARED
from .effects import CHANGING_METHODS, filled_by
from .expressions import container_of, is_idle, is_path, read_name
from .syntax import SCOPES, STATEMENTS, is_ours, loaded_names, reading_of

_MOST_RETURNED = 6  # names; what is returned, or goes on to the next pass, was mostly computed last
_BEFORE_EQUALS: tuple[type[ast.operator], ...] = (ast.Add, ast.Sub, ast.Mult, ast.Div)
_SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Break, ast.Continue)
LOOPING = (ast.For, ast.While)
_MOVED_PAST = (*_SIMPLE, ast.If)
_FARTHEST = 3  # statements
_WITH_BODY = (*LOOPING, ast.If, ast.With)


class Change(NamedTuple):
    """Statements that are put into a block before one of its places, while others are passed over.

    `told`: the statement that is quoted.
    """

    kind: int
    told: ast.stmt
    passed_over: Sequence[ast.stmt] = ()
    block: list[ast.stmt] | None = None
    at: int = 0
    put: Sequence[ast.stmt] = ()

    @property
    def is_replacement(self) -> bool:
        """Tell whether one statement stands for another one."""
        return len(self.put) == len(self.passed_over) == 1 and self.put[0] is not self.passed_over[0]


class _Block(NamedTuple):
    """Statements of one indentation; `outer`: the block around it, in which `owner` stands at `place`."""

    statements: list[ast.stmt]
    owner: ast.AST
    outer: "_Block | None" = None
    place: int = 0

    @property
    def is_in_loop(self) -> bool:
        """Tell whether a `break` or `continue` may stand here."""
        if isinstance(self.owner, LOOPING) and self.statements is self.owner.body:
            return True
        return self.outer is not None and self.outer.is_in_loop

    def around(self) -> "Iterator[tuple[_Block, int]]":
        """Yield the blocks around this one, from within, and the place in each at which what holds this one stands."""
        if self.outer is not None:
            yield self.outer, self.place
            yield from self.outer.around()

    def after(self, at: int) -> list[ast.stmt]:
        """Return the one or two statements behind a place that the student wrote."""
        return [statement for statement in self.statements[at + 1 :] if not is_ours(statement)][:2]


def changes_in(scope: ast.AST, attributes: Collection[str]) -> Iterator[Change]:
    """Yield the changes of a function's or a script's statements; `attributes`: those read anywhere as `self.name`."""
    bound = _bound_in(scope)
    for block in _blocks(_Block(getattr(scope, "body", []), scope)):
        for at, statement in enumerate(block.statements):
            if is_ours(statement):
                continue
            yield from _without(block, statement)
            yield from _moved_out(block, at)
            yield from _moved_in(block, at)
            yield from _other_order(block, at)
            yield from _in_other_words(block, at)
            yield from _with_copy(block, at, None if isinstance(scope, ast.Module) else bound)
            yield from _of_copy(block, at)
            if isinstance(block.owner, LOOPING):
                yield from _to_another_name(block, at, bound)
            if _is_method(scope):
                yield from _as_attribute(block, at, attributes)
    if isinstance(scope, ast.FunctionDef):
        yield from _with_return(scope, bound)


def _blocks(block: _Block) -> Iterator[_Block]:
    yield block
    for at, statement in enumerate(block.statements):
        if isinstance(statement, SCOPES):
            continue  # its statements are another scope's
        for field in STATEMENTS:
            inner = getattr(statement, field, None)
            if isinstance(inner, list) and inner:
                yield from _blocks(_Block(inner, statement, block, at))


def _without(block: _Block, statement: ast.stmt) -> Iterator[Change]:
    is_last_word = isinstance(statement, ast.Return) and block.outer is None
    if isinstance(statement, (*_SIMPLE, ast.If)) and not is_last_word:
        yield Change(LEFT_OUT, statement, [statement])


def _moved_out(block: _Block, at: int) -> Iterator[Change]:
    """Yield the last statements of a loop or branch behind it, and what is set anew on each pass before it."""
    statement, outer = block.statements[at], block.outer
    if outer is None or not isinstance(block.owner, _WITH_BODY):
        return
    rest = [statement, *block.after(at)]
    if len(rest) <= 2 and isinstance(statement, _SIMPLE):
        # A `return` within an `if` of a loop may belong behind both.
        for around, place in block.around():
            if around.is_in_loop or not any(map(_leaves_a_loop, rest)):
                yield Change(MOVED, statement, rest, around.statements, place + 1, rest)
    if isinstance(statement, ast.Assign) and isinstance(block.owner, LOOPING):
        yield Change(MOVED, statement, [statement], outer.statements, block.place, [statement])


def _leaves_a_loop(statement: ast.stmt) -> bool:
    return any(isinstance(part, ast.Break | ast.Continue) for part in ast.walk(statement))


def _moved_in(block: _Block, at: int) -> Iterator[Change]:
    """Yield what stands behind a loop or branch at its end, and what is set before a loop at its beginning."""
    statement, following = block.statements[at], block.after(at)
    if not isinstance(statement, (*LOOPING, ast.If)):
        return
    for count in range(1, len(following) + 1):
        some = following[:count]
        yield Change(MOVED, some[0], some, statement.body, len(statement.body), some)
        if isinstance(statement, ast.If):
            last = _last_else(statement)
            yield Change(MOVED, some[0], some, last, len(last), some)
    if isinstance(statement, LOOPING):
        for before in block.statements[:at]:
            if isinstance(before, ast.Assign):
                yield Change(MOVED, before, [before], statement.body, 0, [before])


def _last_else(statement: ast.If) -> list[ast.stmt]:
    """Return the branch for all other cases, behind every `elif`."""
    while len(statement.orelse) == 1 and isinstance(statement.orelse[0], ast.If):
        statement = statement.orelse[0]
    return statement.orelse


def _other_order(block: _Block, at: int) -> Iterator[Change]:
    """Yield a statement behind others that follow it, and one of these before it."""
    statements = block.statements
    own = [place for place in range(at, len(statements)) if not is_ours(statements[place])][: _FARTHEST + 1]
    near = list(itertools.takewhile(lambda place: isinstance(statements[place], _MOVED_PAST), own))
    for count, place in enumerate(near[1:], start=1):
        yield Change(MOVED, statements[place], [statements[place]], statements, at, [statements[place]])
        if count > 1:  # of two neighbours it is all the same which of them moves
            yield Change(MOVED, statements[at], [statements[at]], statements, place + 1, [statements[at]])


def _in_other_words(block: _Block, at: int) -> Iterator[Change]:
    """Yield another operator before `=`, or none; and the other way to leave a pass of a loop."""
    statement = block.statements[at]
    others: list[tuple[int, ast.stmt]] = []
    if isinstance(statement, ast.AugAssign):
        target, value, own = statement.target, statement.value, statement.op
        read = reading_of(target)
        others = [(PLAIN, ast.Assign([target], value))]
        others += [
            (PLAIN, ast.AugAssign(target, op(), value))
            for op in _BEFORE_EQUALS
            if not isinstance(own, op) and not is_idle(ast.BinOp(read, op(), value))
        ]
        # With arrays, `a -= b` changes what others hold; this does not.
        others.append((COPIED, ast.Assign([target], ast.BinOp(read, own, value))))
    elif isinstance(statement, ast.Break | ast.Continue):
        others = [(PLAIN, ast.Continue() if isinstance(statement, ast.Break) else ast.Break())]
    for kind, other in others:
        yield Change(kind, statement, [statement], block.statements, at, [other])


def _with_copy(block: _Block, at: int, bound: Collection[str] | None) -> Iterator[Change]:
    """Yield a copy of what a statement changes in place. `bound`: a function's own names, None outside of functions."""
    statement = block.statements[at]
    changed = _changed_in_place(statement)
    # Another name, assigned within a function, would be the function's own from its first line on.
    if changed is None or not is_path(changed) or (isinstance(changed, ast.Name) and _is_others(changed.id, bound)):
        return
    yield Change(COPIED, statement, (), block.statements, at, [ast.Assign([as_target(changed)], copy_of(changed))])


def _of_copy(block: _Block, at: int) -> Iterator[Change]:
    """Yield a copy of what is only called by another name, and changed under it later; or by the same statement."""
    match block.statements[at]:
        # Of `a[i], a[j] = a[j], a[i]` the first row is set before it is read, where rows are views.
        case ast.Assign(targets=targets, value=value) if _is_without_copy(targets, value):
            # As one writes it for an array; a list of lists needs more.
            for copied in (_by_method(value), copy_of(value)):
                put = ast.Assign(targets, copied)
                yield Change(SHARED, block.statements[at], [block.statements[at]], block.statements, at, [put])


def _by_method(value: ast.expr) -> ast.expr:
    if isinstance(value, ast.Tuple):
        return ast.Tuple([_by_method(part) for part in value.elts], ast.Load())
    return ast.Call(ast.Attribute(value, "copy", ast.Load()), [], [])


def _is_without_copy(targets: Sequence[ast.expr], value: ast.expr) -> bool:
    match targets, value:
        case [ast.Name()], _:
            return is_path(value) or isinstance(value, ast.Subscript)
        case [ast.Tuple(elts=[ast.Subscript(), *_])], ast.Tuple(elts=parts):
            return all(isinstance(part, ast.Subscript) for part in parts)
    return False


def _to_another_name(block: _Block, at: int, bound: Sequence[str]) -> Iterator[Change]:
    """Yield another name for what a pass of a loop computes: that which the next pass reads."""
    names = [part for part in ast.walk(block.owner) if isinstance(part, ast.Name)]
    set_in_loop = {part.id for part in names if isinstance(part.ctx, ast.Store)}
    match block.statements[at]:
        # Not what begins a sum: it would be another one's beginning as well, or that of what has no value at all.
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if loaded_names(value) & set_in_loop:
            for other in bound[: -_MOST_RETURNED - 1 : -1]:
                if other != name:
                    put = ast.Assign([as_target(read_name(other))], read_name(name))
                    yield Change(PLAIN, block.statements[at], (), block.statements, at + 1, [put])


def _is_others(name: str, bound: Collection[str] | None) -> bool:
    return bound is not None and name not in bound


def _changed_in_place(statement: ast.stmt) -> ast.expr | None:
    match statement:
        case ast.Assign(targets=[target]) | ast.AugAssign(target=target):
            return container_of(target)
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=value, attr=method))) if method in CHANGING_METHODS:
            return value
        case ast.Expr(value=call):
            return filled_by(call)
    return None


def copy_of(node: ast.expr) -> ast.expr:
    """Return the expression that copies a value of any kind, whatever the script imports."""
    module = ast.Call(ast.Name("__import__", ast.Load()), [ast.Constant("copy")], [])
    return ast.Call(ast.Attribute(module, "deepcopy", ast.Load()), [node], [])


def as_target(node: ast.expr) -> ast.Name | ast.Attribute | ast.Subscript:
    """Return a copy of a variable that can be assigned to."""
    target: Any = copy.deepcopy(node)
    target.ctx = ast.Store()
    return target  # type: ignore[no-any-return]


def _as_attribute(block: _Block, at: int, attributes: Collection[str]) -> Iterator[Change]:
    match block.statements[at]:
        case ast.Assign(targets=[ast.Name(id=name)]) if name in attributes:
            target = as_target(read_name(f"self.{name}"))
            put = ast.Assign([target], read_name(name))
            yield Change(KEPT, block.statements[at], (), block.statements, at + 1, [put])


def _with_return(function: ast.FunctionDef, bound: Sequence[str]) -> Iterator[Change]:
    """Yield a `return` behind the last statement of a function that ends without one."""
    last = function.body[-1]
    if isinstance(last, ast.Raise) or (isinstance(last, ast.Return) and last.value is not None):
        return
    if isinstance(last, ast.Expr) and not isinstance(last.value, ast.Constant):
        yield Change(RETURNED, last, [last], function.body, len(function.body), [ast.Return(last.value)])
    at = len(function.body) - isinstance(last, ast.Return)  # an empty `return` would come before it
    for name in bound[: -_MOST_RETURNED - 1 : -1]:
        yield Change(RETURNED, last, (), function.body, at, [ast.Return(read_name(name))])


def _bound_in(scope: ast.AST) -> list[str]:
    """Return the parameters of a function and the names it assigns, in order, the one assigned last at the end."""
    found: list[tuple[int, int, str]] = []
    for node in ast.walk(scope):
        match node:
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                found.append((node.lineno, node.col_offset, name))
    # Of a name that is assigned again the last time counts.
    return list(dict.fromkeys(name for *_, name in sorted(found, reverse=True)))[::-1]


def _is_method(scope: ast.AST) -> bool:
    return isinstance(scope, ast.FunctionDef) and bool(scope.args.args) and scope.args.args[0].arg == "self"
