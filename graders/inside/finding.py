"""Where the sites of a cell are, in the order they stand there, each before its parts.

Where a value only comes about after a statement (`a += b`, `a, b = f()`, `a[i] = b`) another one follows it that looks
at the variable. Targets, conditions, slices, decorators, defaults and annotations are left alone.
"""

import ast
from collections.abc import Iterator, Sequence, Set
from typing import Any, NamedTuple

from .effects import filled_by, parts_read
from .expressions import (
    COLLECTING,
    Slot,
    container_of,
    holds_no_number,
    is_call,
    is_path,
    look_at,
    name_of,
    operands,
    parameters_of,
    safe_reading_of,
    set_one_by_one,
    within_given,
    within_hooks,
)
from .sites import MAX_LOADS, MAX_WORD, PARAMETER
from .syntax import STATEMENTS, UNAVAILABLE, is_ours, reading_of, single_targets

MAX_DEPTH = 12  # a sum of a hundred terms is a tree a hundred deep, and its inner parts say little
_PARTS = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Attribute, ast.Subscript, ast.IfExp)
_DISPLAYS = (ast.Tuple, ast.List, ast.Dict)
_NO_ARRAYS = frozenset("range super len print enumerate zip open isinstance type input locals globals vars".split())
_NAMELESS = (ast.Constant, ast.expr_context, ast.operator, ast.unaryop, ast.cmpop)
_TURNING = frozenset({"T", "mT", "real"})  # attributes that are another value than the variable itself


class Found(NamedTuple):
    """A site for which there may be room; `where`: the node that is quoted; `parent`: its place in the candidates."""

    slot: Slot
    kind: str
    name: str | None
    where: ast.AST
    function: str
    parent: int
    depth: int
    loads: tuple[str, ...]


class Finder:
    """Finds the sites of one cell, in the order they stand there, each before its parts."""

    def __init__(self, no_variables: Set[str], defined: set[str], first_line: int) -> None:
        self.candidates: list[Found] = []
        self._no_variables = no_variables
        self._defined = defined
        self._variables_of: dict[ast.AST, tuple[str, ...]] = {}
        self._first_line = first_line
        self._in_class = False  # directly in its body, where a name that is set twice may be an error (an enum)

    def look_through(self, tree: ast.Module) -> None:
        """Look at every statement but those before the first line."""
        # Cut off here and put back below: the statements above the first line keep no hook, but must still run.
        before = [node for node in tree.body if node.lineno < self._first_line]
        rest = tree.body[len(before) :]
        self._block(rest, "")
        tree.body[:] = [*before, *rest]

    # Statements

    def _block(self, statements: list[Any], function: str) -> None:
        """Look at statements, and put behind them those that look at what they changed."""
        done: list[ast.stmt] = []
        behind: list[ast.stmt] = []
        leaves: set[int] = set()
        for node in statements:
            if isinstance(node, ast.Assign) and id(node.targets[0]) in leaves:
                done.append(node)  # a given that was unpacked is set right behind; only then may it be looked at
                continue
            done += behind
            behind = []
            if not is_ours(node):
                behind = self._statement(node, function)
                leaves = {id(leaf) for target in getattr(node, "targets", ()) for leaf in single_targets([target])}
            done.append(node)
        statements[:] = [*done, *behind]

    def _statement(self, node: ast.AST, function: str) -> list[ast.stmt]:
        match node:
            case ast.Assign(targets=targets):
                return self._assigned(targets, Slot(node, "value"), function)
            case ast.AnnAssign(target=target, value=ast.expr()):
                return self._assigned([target], Slot(node, "value"), function)
            case ast.AugAssign(target=target):
                return self._augmented(node, target, function)
            case ast.Return(value=ast.expr()):
                self._returned(Slot(node, "value"), function)
            case ast.Expr():
                self._evaluated(Slot(node, "value"), function)
                return self._collected(node, function)
            case _:
                self._blocks_of(node, function)
        return []

    def _blocks_of(self, node: ast.AST, function: str) -> None:
        outside = self._in_class
        looks: list[ast.stmt] = []
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            self._in_class = isinstance(node, ast.ClassDef)
            function = f"{function}.{node.name}" if function else node.name
            looks = [] if isinstance(node, ast.ClassDef) else self._parameters(node, function)
        for field in STATEMENTS:
            block = getattr(node, field, None)
            if isinstance(block, list):
                self._block(block, function)
        if looks:
            node.body[:0] = looks  # type: ignore[attr-defined]
        for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            self._block(part.body, function)
        self._in_class = outside

    def _parameters(self, node: ast.FunctionDef | ast.AsyncFunctionDef, function: str) -> list[ast.stmt]:
        """Make statements that look at what a function is given."""
        looks: list[ast.stmt] = []
        for parameter in parameters_of(node):
            looks.append(look_at(ast.Name(parameter.arg, ast.Load()), parameter))
            self._add(Slot(looks[-1], "value"), PARAMETER, parameter.arg, parameter, function, -1, 0)
        return looks

    def _assigned(self, targets: Sequence[ast.expr], slot: Slot, function: str) -> list[ast.stmt]:
        value = within_hooks(slot).get()
        if is_call(value, UNAVAILABLE):
            return []
        lefts = set_one_by_one(targets[0], value) if len(targets) == 1 else ()
        if lefts:
            pairs = [(left, Slot(value, "elts", index)) for index, left in enumerate(lefts)]
            return [node for left, right in pairs for node in self._assigned([left], right, function)]
        whole = self._bound(targets, slot, function)
        behind = (self._look_again(leaf, value, kind, function, whole) for kind, leaf in _ways_to_look(targets))
        return [node for node in behind if node is not None]

    def _bound(self, targets: Sequence[ast.expr], slot: Slot, function: str) -> int:
        """Look at the value of an assignment, which has no name of its own where it is only unpacked."""
        plain = next((target for target in targets if not isinstance(target, ast.Tuple | ast.List)), None)
        if plain is None:
            return self._value(slot, "part", None, function)
        kind = "assign" if container_of(plain) is None else "element"
        return self._value(slot, kind, name_of(plain), function)

    def _augmented(self, node: ast.AugAssign, target: ast.expr, function: str) -> list[ast.stmt]:
        place = len(self.candidates)  # of the variable itself, which is added first: it is the parent of what is added
        kind = "container" if container_of(target) is not None else "augmented"
        behind = self._look_again(target, node, kind, function, -1)
        parent = place if behind is not None else -1
        self._value(Slot(node, "value"), "part", None, function, parent, depth=1)
        return [behind] if behind is not None else []

    def _collected(self, node: ast.Expr, function: str) -> list[ast.stmt]:
        """Look at a list or array behind a statement that puts something into it."""
        value = filled_by(node.value)
        if value is None:
            return []
        again = look_at(reading_of(value), node)
        self._add(Slot(again, "value"), "container", name_of(value), node, function, -1, 0)
        return [again]

    def _look_again(self, target: ast.expr, where: ast.AST, kind: str, function: str, parent: int) -> ast.stmt | None:
        """Make a statement that looks at a variable once it is set; a name of this scope's own can be set again."""
        container = container_of(target)
        if (container is None) is (kind == "container"):
            return None
        read = safe_reading_of(target if container is None else container)
        if read is None:
            return None
        again: ast.Assign | ast.Expr = ast.Expr(read)
        if container is None and isinstance(target, ast.Name) and not self._in_class:
            again = ast.Assign([ast.copy_location(ast.Name(target.id, ast.Store()), target)], read)
        name = name_of(target if container is None else container)
        # What is filled depends on where it is put, too.
        self._add(
            Slot(again, "value"), kind, name, where, function, parent, 0, self._variables(target) if container else ()
        )
        return ast.copy_location(again, target)

    def _returned(self, slot: Slot, function: str) -> None:
        value = within_hooks(slot).get()
        if isinstance(value, ast.Tuple):
            for index in range(len(value.elts)):
                self._value(Slot(value, "elts", index), "return", None, function)
        else:
            self._value(slot, "return", None, function)

    def _evaluated(self, slot: Slot, function: str) -> None:
        """Look at a statement that is an expression: a yield, or a call whose arguments matter."""
        node = slot.get()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            if node.value is not None:
                self._returned(Slot(node, "value"), function)
        elif not isinstance(node, ast.Constant):
            self._parts(node, function, -1, 1, only_arguments=not self._takes_values(node))

    # Expressions

    def _value(self, slot: Slot, kind: str, name: str | None, function: str, parent: int = -1, depth: int = 0) -> int:
        """Look at an expression and its parts; return its place among the candidates, or its parent's."""
        slot = within_hooks(slot)
        node = slot.get()
        value = within_given(node)
        # What has a name, or is returned, is looked at whatever it is; a part only where it says something of its own.
        is_own = kind not in ("part", "argument", "entry") or self._is_part(value)
        if is_own and not isinstance(value, ast.Starred) and not holds_no_number(value):
            parent = self._add(slot, kind, name, value, function, parent, depth)
        if isinstance(value, ast.Lambda):
            self._defined.update([name] if name is not None else ())  # from here on its calls are a student's
            inner = name or "<lambda>"
            self._value(Slot(value, "body"), "return", None, f"{function}.{inner}" if function else inner)
        else:
            self._parts(value, function, parent, depth + 1)
        return parent

    def _parts(self, node: ast.AST, function: str, parent: int, depth: int, *, only_arguments: bool = False) -> None:
        if depth > MAX_DEPTH:
            return
        if isinstance(node, ast.NamedExpr):
            self._value(Slot(node, "value"), "assign", node.target.id, function)
            return
        takes_values = self._takes_values(node)
        for slot, name in operands(node):
            if takes_values and slot.owner is not getattr(node, "func", None):
                self._value(slot, "argument", name, function, parent, depth)
            elif isinstance(node, _DISPLAYS):
                self._value(slot, "entry", name, function, parent, depth)
            elif only_arguments:
                self._parts(slot.get(), function, parent, depth + 1, only_arguments=True)
            else:
                self._value(slot, "part", None, function, parent, depth)

    def _takes_values(self, node: ast.AST) -> bool:
        """Tell whether a call's arguments are sites of their own: to the student's own functions, and to append."""
        match node:
            case ast.Call(func=ast.Name(id=name)):
                return name in self._defined
            case ast.Call(func=ast.Attribute(attr=name)):
                return name in self._defined or name in COLLECTING
        return False

    def _is_part(self, node: ast.AST) -> bool:
        """Tell whether a part of an expression is worth looking at: not a name, nor what is the same in every run."""
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in _NO_ARRAYS:
                return False
            case ast.UnaryOp(op=ast.Not()):
                return False
            case ast.Attribute(attr=name) if name not in _TURNING and is_path(node):
                return False
            case ast.Subscript(slice=ast.Constant(value=str())) if is_path(node):
                return False
        return isinstance(node, _PARTS) and bool(self._variables(node))

    def _variables(self, node: ast.AST) -> tuple[str, ...]:
        """Return the names an expression reads, but for modules, built-in functions and our own."""
        if isinstance(node, ast.Name):
            is_variable = node.id not in self._no_variables and not node.id.startswith("_grader_")
            return (node.id,) if is_variable and isinstance(node.ctx, ast.Load) else ()
        if isinstance(node, _NAMELESS):
            return ()
        # Kept: asked anew at each level, a deep expression would be walked once per level.
        found = self._variables_of.get(node)
        if found is None:
            of_parts = [name for part in parts_read(node) for name in self._variables(part)]
            found = self._variables_of[node] = tuple(dict.fromkeys(of_parts))
        return found

    def _add(
        self,
        slot: Slot,
        kind: str,
        name: str | None,
        where: ast.AST,
        function: str,
        parent: int,
        depth: int,
        more: Sequence[str] = (),
    ) -> int:
        words = dict.fromkeys((*self._variables(where), *more))
        loads = tuple(word[:MAX_WORD] for word in list(words)[:MAX_LOADS])
        self.candidates.append(Found(slot, kind, name, where, function, parent, depth, loads))
        return len(self.candidates) - 1


def _ways_to_look(targets: Sequence[ast.expr]) -> Iterator[tuple[str, ast.expr]]:
    """Yield what is looked at once an assignment is done; the value of a target by itself was seen before."""
    for target in targets:
        for leaf in single_targets([target]):
            if leaf is not target:
                yield "assign", leaf
            yield "container", leaf
