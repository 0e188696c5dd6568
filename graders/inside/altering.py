"""A program with alterations built in, one of which is switched on in each run: compiled once, run for each of them.

Around every expression that has alternatives stands `other if _grader_altered == 17 else …`. The parts of an
alternative are the student's own, without switches, so that the program stays of a size that is compiled in a moment.
"""

import ast
import copy
from collections.abc import Collection, Iterable, Iterator, Sequence
from types import CodeType
from typing import Any, NamedTuple

from .alterations import alternatives, of_condition, of_whole
from .altered import MAX_ALTERATIONS, Alteration
from .expressions import Slot, is_call, is_path, within_given
from .nearby import Surroundings, names_within, nearest
from .reading import ParsedCell, filename_of
from .sites import MAX_EXCERPT
from .syntax import GIVEN, bound_in_statements
from .wrapping import OBSERVE

ALTERED = "_grader_altered"
"""Name of the number of the alteration that is switched on; it is put among the builtins."""

_MOST_OF_ONE = 60

_HOOK = "_grader_"
_COMPUTING = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return)
_LEFT_ALONE = (ast.Yield, ast.YieldFrom, ast.Await, ast.NamedExpr, ast.JoinedStr)
"""What an expression must not hold to be written down twice."""


class Altered(NamedTuple):
    """The program and its alterations, by their numbers."""

    codes: tuple[CodeType, ...]
    alterations: Sequence[Alteration]


def altered_program(
    parsed: Sequence[ParsedCell], kinds: Collection[int], left: Iterable[tuple[int | None, int]] = ()
) -> Altered:
    """Build alterations into cells that were rewritten and observed. `left`: lines of cells that are left alone.

    Raises what `compile` raises.
    """
    trees = [(item, _Plain().visit(copy.deepcopy(item.tree))) for item in parsed if item.tree is not None]
    imported, defined = bound_in_statements(tree for _, tree in trees)
    building = _Building(imported | defined, _texts_of(tree for _, tree in trees), frozenset(left), frozenset(kinds))
    for item, tree in trees:
        building.cell = item.cell.number
        building.look_through(tree)
    codes = tuple(compile(tree, filename_of(item.cell), "exec", dont_inherit=True) for item, tree in trees)
    return Altered(codes, building.alterations)


class _Plain(ast.NodeTransformer):
    """Takes away the hooks of the observed program, and the statements that only look again at what was set."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        return node.args[1] if is_call(node, OBSERVE) else node

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        looks_again = is_call(node.value, OBSERVE) and ast.unparse(node.value.args[1]) == ast.unparse(node.targets[0])  # type: ignore[attr-defined]
        return None if looks_again else self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        looks_again = is_call(node.value, OBSERVE) and is_path(node.value.args[1])  # type: ignore[attr-defined]
        return None if looks_again else self.generic_visit(node)


class _Building:
    """Goes through the statements of all cells, and numbers the alterations."""

    def __init__(
        self,
        functions: frozenset[str],
        texts: Sequence[str],
        left: frozenset[tuple[int | None, int]],
        kinds: frozenset[int],
    ) -> None:
        self.alterations: list[Alteration] = []
        self.cell: int | None = None
        self._functions = functions
        self._texts = texts
        self._left = left
        self._kinds = kinds
        self._statements = 0

    def look_through(self, tree: ast.Module) -> None:
        """Put switches into a cell."""
        for scope in [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]:
            names = names_within(scope, self._functions)
            for statement in list(_statements_of(scope)):
                if (self.cell, statement.lineno) not in self._left:
                    self._statements += 1
                    self._alter(statement, Surroundings(nearest(names, statement.lineno), self._texts))

    def _alter(self, statement: ast.stmt, around: Surroundings) -> None:
        for whole, is_condition, target in _slots_of(statement):
            slot, node = whole, whole.get()
            if any(isinstance(part, _LEFT_ALONE) for part in ast.walk(node)):
                continue  # written down twice, it would be another program
            plain = copy.deepcopy(node)
            others = list(of_condition(plain)) if is_condition else []
            if is_call(node, GIVEN) and names_within(within_given(node), self._functions):
                slot = Slot(node, "args", 1)
                node, plain = slot.get(), copy.deepcopy(slot.get())
                others = list(of_whole(plain, around, target))
            elif isinstance(slot.owner, _COMPUTING) and not _is_any_hook(node):
                others += of_whole(plain, around, target)
            slot.put(self._switched(self._within(node, around, plain), others, plain, plain))

    def _within(self, node: ast.expr, around: Surroundings, whole: ast.expr) -> ast.expr:
        """Return an expression with switches around it and its parts; `whole`: what it is a part of."""
        if _is_any_hook(node):
            given = within_given(node)
            # What is set to the case's value need not be altered; but the name of a given may be assigned again.
            if given is not node and names_within(given, self._functions):
                Slot(node, "args", 1).put(self._within(given, around, given))
            return node
        plain = copy.deepcopy(node)
        for slot in list(_parts_of(node)):
            slot.put(self._within(slot.get(), around, plain))
        # A single name or number says little to whoever looks for it in a line.
        quoted = whole if isinstance(node, ast.Name | ast.Constant | ast.Attribute) else plain
        return self._switched(node, list(alternatives(plain, around)), plain, quoted)

    def _switched(
        self, node: ast.expr, others: Sequence[tuple[int, ast.expr]], plain: ast.expr, quoted: ast.expr
    ) -> ast.expr:
        first = len(self.alterations)
        most = min(_MOST_OF_ONE, MAX_ALTERATIONS - first)
        kept = [(kind, other) for kind, other in others if kind in self._kinds][:most]
        if not kept:
            return node
        source = ast.unparse(quoted)[:MAX_EXCERPT]
        line, end_line = plain.lineno, plain.end_lineno or plain.lineno
        for kind, _ in kept:
            self.alterations.append(Alteration(kind, self.cell, line, end_line, source, self._statements))
        # From the end, since each stands in the `else` of the one before.
        chain = kept[-1][1]
        for number in range(first + len(kept) - 2, first - 1, -1):
            chain = ast.IfExp(_is_switched_on(number), kept[number - first][1], chain)
        # One comparison decides for the whole chain: most runs switch on something else.
        among = ast.Compare(ast.Constant(first), [ast.LtE(), ast.Lt()], [_switch(), ast.Constant(first + len(kept))])
        switched: ast.expr = _placed(ast.IfExp(among, chain, node), plain)
        return switched


def _placed(node: Any, where: ast.expr) -> Any:
    """Give new nodes a place; parts of the student's own, which are in many alternatives, have theirs."""
    if isinstance(node, ast.expr | ast.keyword):
        if hasattr(node, "lineno"):  # the rest of it has, too: walked once for each alternative, it would take long
            return node
        ast.copy_location(node, where)
    for part in ast.iter_child_nodes(node):
        _placed(part, where)
    return node


def _switch() -> ast.expr:
    return ast.Name(ALTERED, ast.Load())


def _is_switched_on(number: int) -> ast.expr:
    return ast.Compare(_switch(), [ast.Eq()], [ast.Constant(number)])


def _statements_of(scope: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements of a function or module, but for those of functions in it."""
    waiting: list[ast.AST] = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.FunctionDef | ast.expr):
            continue  # functions have their own names, and are looked at by themselves
        if isinstance(node, ast.stmt):
            yield node
        waiting[:0] = list(ast.iter_child_nodes(node))


def _slots_of(statement: ast.stmt) -> Iterator[tuple[Slot, bool, ast.expr | None]]:
    """Yield the expressions of a statement: is it a condition, and what is it assigned to?"""
    match statement:
        case ast.Assign(targets=[target]):
            yield Slot(statement, "value"), False, _read_of(target)
            yield from _indices_of(target)
        case ast.AugAssign(target=target):  # `+=` for `=`
            yield Slot(statement, "value"), False, None
            yield from _indices_of(target)
        case ast.AnnAssign(value=ast.expr()) | ast.Return(value=ast.expr()) | ast.Expr(value=ast.Call()):
            yield Slot(statement, "value"), False, None
        case ast.If() | ast.While():
            yield Slot(statement, "test"), True, None
        case ast.For():
            yield Slot(statement, "iter"), False, None


def _indices_of(target: ast.expr) -> Iterator[tuple[Slot, bool, ast.expr | None]]:
    if isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Slice):
        yield Slot(target, "slice"), False, None


def _read_of(target: ast.expr) -> ast.expr | None:
    if not isinstance(target, ast.Name | ast.Attribute | ast.Subscript):
        return None
    return ast.parse(ast.unparse(target), mode="eval").body


def _parts_of(node: ast.expr) -> Iterator[Slot]:
    """Yield where the expressions stand that an expression is made of."""
    for field, value in ast.iter_fields(node):
        if isinstance(value, ast.expr):
            yield from _parts_at(Slot(node, field))
        elif isinstance(value, list):
            for at, item in enumerate(value):
                if isinstance(item, ast.expr):
                    yield from _parts_at(Slot(node, field, at))
                elif isinstance(item, ast.keyword):
                    yield from _parts_at(Slot(item, "value"))
                elif isinstance(item, ast.comprehension):
                    yield Slot(item, "iter")
                    yield from (Slot(item, "ifs", number) for number in range(len(item.ifs)))


def _parts_at(slot: Slot) -> Iterator[Slot]:
    """Yield a place, or those within it where no other expression may stand in it."""
    node: Any = slot.get()
    parts = [node, *node.elts] if isinstance(node, ast.Tuple) else [node]
    if any(isinstance(part, ast.Slice | ast.Starred) for part in parts):
        yield from _parts_of(node)
    elif isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        yield slot


def _is_any_hook(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith(_HOOK)


def _texts_of(trees: Iterable[ast.AST]) -> list[str]:
    """Return the short texts of a script: keys and words."""
    found = [
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 30
    ]
    return list(dict.fromkeys(found))
