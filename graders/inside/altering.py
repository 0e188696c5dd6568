"""A program with alterations built in, one of which is switched on in each run: compiled once, run for each of them.

Around every expression that has alternatives stands `other if _grader_altered == 17 else …`. The parts of an
alternative are the student's own, without switches, so that the program stays of a size that is compiled in a moment.
"""

import __future__

import ast
import copy
import itertools
from collections.abc import Iterator, Sequence
from types import CodeType
from typing import NamedTuple

from .alterations import meant_at, of_condition, of_whole
from .altered import COPIED, KEPT, LEFT_OUT, MAX_ALTERATIONS, MOVED, PLAIN, RETURNED, SHARED, Alteration, Altering
from .expressions import Slot, is_call, is_copy, parts_of, slots, within_given
from .nearby import (
    Surroundings,
    attributes_read,
    elements_within,
    fields_read,
    members_of,
    names_within,
    nearest,
    of_function,
    parameters_of_all,
    texts_of,
    unread_in,
)
from .parsing import parse_expression
from .reading import ParsedCell, filename_of
from .structures import Change, changes_in
from .switches import Rearrangement, choice, count_passes, placed
from .syntax import GIVEN, KEEP, bound_in_statements, is_hook, is_ours
from .unhooking import told_source, told_statement, without_observing, works_as_told
from .updates import forgotten_updates
from .wrapping import OBSERVE

_MOST_OF_ONE = 72  # alternatives of one expression: each factor with each name that is tried, and some more

_COMPUTING = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return)
_TRIVIAL = (ast.Name, ast.Constant, ast.Attribute)
_LEFT_ALONE = (ast.Yield, ast.YieldFrom, ast.Await, ast.NamedExpr, ast.JoinedStr)
"""What an expression must not hold to be written down twice."""


class Altered(NamedTuple):
    """The program and its alterations, by their numbers."""

    codes: tuple[CodeType, ...]
    alterations: Sequence[Alteration]


def altered_program(parsed: Sequence[ParsedCell], altering: Altering) -> Altered:
    """Build alterations into cells that were rewritten and observed. Raises what `compile` raises."""
    trees = [(item, without_observing(item.tree, altering.kept)) for item in parsed if item.tree is not None]
    flags = [_without_future(tree) for _, tree in trees]
    imported, defined = bound_in_statements(tree for _, tree in trees)
    building = _Building(imported | defined, [tree for _, tree in trees], altering)
    for item, tree in trees:
        building.cell = item.cell.number
        building.look_through(tree)
    codes = tuple(
        compile(tree, filename_of(item.cell), "exec", flags=own, dont_inherit=True)
        for (item, tree), own in zip(trees, flags, strict=True)
    )
    return Altered(codes, building.alterations if altering.spelled is None else building.spelled)


def _without_future(tree: ast.Module) -> int:
    """Take imports from `__future__` out of a program, and return the flags that `compile` is given instead.

    Only a docstring may stand before them, and one that is switched off is none.
    """
    future = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    tree.body[:] = [node for node in tree.body if node not in future]
    features = {alias.name for node in future for alias in node.names}
    return sum(getattr(__future__, name).compiler_flag for name in features)


class _Building:
    """Goes through the statements of all cells, and numbers the alterations."""

    def __init__(self, functions: frozenset[str], trees: Sequence[ast.Module], altering: Altering) -> None:
        self.alterations: list[Alteration] = []
        self.spelled: list[Alteration] = []
        self.cell: int | None = None
        self._functions = functions
        defined = [node.name for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]
        members = list(dict.fromkeys((*members_of(trees), *fields_read(trees, functions))))
        self._around = Surroundings((), texts_of(trees), defined, parameters_of_all(trees), members)
        self._unread = unread_in(trees)
        self._attributes = frozenset(attributes_read(trees))
        self._trees = trees
        self._altering = altering
        self._statements = 0
        self._whole: ast.expr = ast.Constant(None)

    def look_through(self, tree: ast.Module) -> None:
        """Put switches into a cell."""
        nodes = list(ast.walk(tree))  # before there are switches, which make the tree many times as large
        scopes = [tree, *(node for node in nodes if isinstance(node, ast.FunctionDef))]
        rearrangement = Rearrangement(nodes)
        # Statements first, while what they are copied from is without switches.
        for scope in scopes:
            for change in (*changes_in(scope, self._attributes), *forgotten_updates(scope)):
                self._rearrange(rearrangement, change)
        around = _definitions_around(nodes)
        for scope in scopes:
            self._alter_all(scope, around[id(scope)])
        rearrangement.build_in()
        count_passes(nodes)

    def _alter_all(self, scope: ast.AST, around: Sequence[ast.AST]) -> None:
        names = self._names_for(scope, around)
        elements = elements_within(scope)
        for statement in list(_statements_of(scope)):
            if self._altering.looks_at((self.cell, statement.lineno)):
                self._statements += 1
                near = nearest(names, statement.lineno, self._unread), nearest(elements, statement.lineno)
                self._alter(statement, self._around._replace(names=near[0], elements=[*map(parse_expression, near[1])]))

    def _names_for(self, scope: ast.AST, around: Sequence[ast.AST]) -> dict[str, list[int]]:
        """Return what may be read in a scope: also what a function around it, or its object, has."""
        names = names_within(scope, self._functions)
        for outer in around:
            # What a method does not mention itself comes last.
            of_object = {f"self.{member}": [0] for member in members_of([outer])}
            others = of_object if isinstance(outer, ast.ClassDef) else names_within(outer, self._functions)
            names = {**others, **names}
        return names

    def _rearrange(self, rearrangement: Rearrangement, change: Change) -> None:
        told = change.told
        if not self._is_wanted(change) or len(self.alterations) >= MAX_ALTERATIONS:
            return
        rearrangement.add(len(self.alterations), change)
        source = told_statement(told)
        # Only one statement for another can be shown side by side.
        if len(self.alterations) == self._altering.spelled and change.is_replacement:
            self._spell(told.lineno, source, told_source(placed(copy.deepcopy(change.put[0]), told)))
        # Of two moves, that without another line; a new one is more than another name where one is read.
        growth = (1 if change.passed_over else 3) * len(change.put) or -isinstance(told, ast.If | ast.Expr)
        self.alterations.append(Alteration(change.kind, self.cell, told.lineno, source, growth, 0))

    def _is_wanted(self, change: Change) -> bool:
        # What a line computes may be right, and be lost, come too early or late, or be written over what others need.
        kinds = (RETURNED, KEPT, SHARED, COPIED, *((LEFT_OUT, MOVED) if self._altering.only is None else ()))
        may_be_right = change.kind in kinds or not change.passed_over
        is_asked = may_be_right or self._altering.looks_at((self.cell, change.told.lineno))
        return is_asked and change.kind in self._altering.kinds

    def _alter(self, statement: ast.stmt, around: Surroundings) -> None:
        for slot, is_condition, target in _slots_of(statement):
            # What is put in stays the same, however it was computed.
            if is_call(slot.get(), OBSERVE):
                continue
            # Written down twice, it would be another program.
            if not any(isinstance(part, _LEFT_ALONE) for part in ast.walk(slot.get())):
                self._alter_one(statement, slot, around, is_condition=is_condition, target=target)

    def _alter_one(
        self, statement: ast.stmt, slot: Slot, around: Surroundings, *, is_condition: bool, target: ast.expr | None
    ) -> None:
        is_computed, own = isinstance(statement, _COMPUTING), slot.get()
        place = slot._replace(owner=copy.copy(slot.owner))
        if is_call(own, GIVEN) and names_within(within_given(own), self._functions):
            slot, is_computed = Slot(own, "args", 1), True
        node = slot.get()
        if isinstance(node, ast.Lambda) and node.args.args:
            around = of_function(node, around)
        self._whole = plain = copy.deepcopy(node)
        others = list(of_condition(plain, around)) if is_condition else []
        if is_computed and slot.owner in (statement, own):
            others += of_whole(plain, around, target)
        # Of `n = 1` the number alone says too little. A copy, before there are switches in it.
        told = copy.deepcopy(statement) if is_computed and isinstance(plain, _TRIVIAL) else plain
        slot.put(self._switched(self._within(node, around, told, place), others, plain, told))

    def _within(self, node: ast.expr, around: Surroundings, whole: ast.AST, place: Slot | None = None) -> ast.expr:
        """Return an expression with switches around it and its parts.

        `whole`: what is quoted of it; `place`: where it stands in a copy without switches of what it is a part of.
        """
        if isinstance(node, ast.Call) and is_call(node, KEEP):
            Slot(node, "args", 1).put(self._within(node.args[1], around, whole))
            return node
        if is_hook(node):
            given = within_given(node)
            # What is set to the case's value need not be altered; but the name of a given may be assigned again.
            if given is not node and names_within(given, self._functions):
                Slot(node, "args", 1).put(self._within(given, around, given))
            elif isinstance(given, ast.Constant):  # It may be no given, but one that was typed in.
                return self._switched(node, meant_at(copy.deepcopy(given), around, place), given, whole)
            return node
        plain = copy.deepcopy(node)
        # A single name or number says little to whoever looks for it in a line.
        quoted = whole if isinstance(node, _TRIVIAL) else plain
        for slot in list(parts_of(node)):
            own = slot._replace(owner=plain) if slot.owner is node else None
            slot.put(self._within(slot.get(), around, quoted, own))
        return self._switched(node, meant_at(plain, around, place), plain, quoted)

    def _switched(
        self, node: ast.expr, others: Sequence[tuple[int, ast.expr]], plain: ast.expr, quoted: ast.AST
    ) -> ast.expr:
        first = len(self.alterations)
        most = min(_MOST_OF_ONE, MAX_ALTERATIONS - first)
        kept = [(kind, other) for kind, other in others if kind in self._altering.kinds][:most]
        if not kept:
            return node
        source = told_source(quoted)
        for kind, other in kept:
            growth = _new_in(other)
            self._spell_out(plain, other)
            self.alterations.append(Alteration(kind, self.cell, plain.lineno, source, growth, self._statements))
        switched: ast.expr = placed(choice(first, [other for _, other in kept], node), plain)
        return switched

    def _spell_out(self, part: ast.expr, other: ast.expr) -> None:
        """Keep both forms of a statement's whole expression, if the next alteration is the one to spell out."""
        if len(self.alterations) == self._altering.spelled:
            tree = ast.Expression(copy.deepcopy(self._whole))
            # Parts were copied, and are known by their place; of several that begin and end alike, by their form.
            same = (slot for slot in slots(tree) if is_copy(slot.get(), part))
            for slot in itertools.islice(same, 1):
                slot.put(copy.deepcopy(other))
                self._spell(self._whole.lineno, told_source(self._whole), told_source(tree.body))

    def _spell(self, line: int, before: str, after: str) -> None:
        if works_as_told(after, self._trees):
            self.spelled = [Alteration(PLAIN, self.cell, line, before, 0, self._statements, after)]


def _definitions_around(nodes: Sequence[ast.AST]) -> dict[int, list[ast.AST]]:
    """Return the functions and classes around each node, by its identity, the outermost first."""
    found: dict[int, list[ast.AST]] = {id(node): [] for node in nodes}
    for outer in nodes:
        if isinstance(outer, ast.FunctionDef | ast.ClassDef):
            for part in ast.walk(outer):
                if part is not outer and id(part) in found:
                    found[id(part)].append(outer)
    return found


def _new_in(node: ast.AST) -> int:
    """Return of how many nodes that the student did not write something is made."""
    return 0 if hasattr(node, "lineno") else 1 + sum(map(_new_in, ast.iter_child_nodes(node)))


def _statements_of(scope: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements of a function or module, but for those of functions in it."""
    waiting: list[ast.AST] = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop(0)
        # Functions have their own names, and are looked at by themselves.
        if isinstance(node, ast.FunctionDef | ast.expr) or is_ours(node):
            continue
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
        case ast.Expr(value=ast.Yield(value=ast.expr()) | ast.YieldFrom()):
            yield Slot(statement.value, "value"), False, None
        case ast.Expr(value=ast.NamedExpr(target=target)):
            yield Slot(statement.value, "value"), False, _read_of(target)
        case ast.If() | ast.While():
            yield Slot(statement, "test"), True, None
        case ast.For():
            yield Slot(statement, "iter"), False, None
        case ast.Raise(exc=ast.expr()):
            yield Slot(statement, "exc"), False, None


def _indices_of(target: ast.expr) -> Iterator[tuple[Slot, bool, ast.expr | None]]:
    if isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Slice):
        yield Slot(target, "slice"), False, None


def _read_of(target: ast.expr) -> ast.expr | None:
    if not isinstance(target, ast.Name | ast.Attribute | ast.Subscript):
        return None
    return parse_expression(ast.unparse(target))
