"""Switches in a program: what is built in beside the student's own, and which of it a run switches on."""

import ast
import copy
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from .structures import Change
from .syntax import STATEMENTS, is_ours

ALTERED = "_grader_altered"
"""Name of the number of the alteration that is switched on; it is put among the builtins."""

PASSED = "_grader_passed"
"""Name of what counts the passes of loops and the calls; it is put among the builtins."""


def choice(first: int, others: Sequence[ast.expr], own: ast.expr) -> ast.expr:
    """Return an expression that is the student's own, or the other one whose number is switched on, from `first`."""
    # From the end, since each stands in the `else` of the one before.
    chain = others[-1]
    for number in range(first + len(others) - 2, first - 1, -1):
        chain = ast.IfExp(_is_switched_on(number), others[number - first], chain)
    # One comparison decides for the whole chain: most runs switch on something else.
    among = ast.Compare(ast.Constant(first), [ast.LtE(), ast.Lt()], [_switch(), ast.Constant(first + len(others))])
    return ast.IfExp(among, chain, own)


def placed(node: Any, where: ast.AST) -> Any:
    """Give new nodes a place; parts of the student's own, which are in many alternatives, have theirs."""
    if isinstance(node, ast.expr | ast.stmt | ast.keyword):
        if hasattr(node, "lineno"):  # the rest of it has, too: walked once for each alternative, it would take long
            return node
        ast.copy_location(node, where)
    for part in ast.iter_child_nodes(node):
        placed(part, where)
    return node


class Rearrangement:
    """Collects changes of statements, and builds them in together: until then places keep their numbers.

    `owners`: all nodes of the program. What records a value goes where the statement goes that gives it.
    """

    def __init__(self, owners: Sequence[ast.AST]) -> None:
        self._owners = owners
        self._recording = _recorded_behind(owners)
        self._blocks: dict[int, list[ast.stmt]] = {}
        self._put: dict[tuple[int, int], list[ast.stmt]] = {}
        self._passed_over: dict[int, list[int]] = {}

    def add(self, number: int, change: Change) -> None:
        """Take a change; it is switched on by this number."""
        passed_over = change.passed_over if change.is_replacement else self._with_recording(change.passed_over)
        for statement in passed_over:
            self._passed_over.setdefault(id(statement), []).append(number)
        if change.block is not None:
            self._blocks[id(change.block)] = change.block
            put = ast.If(_is_switched_on(number), copy.deepcopy(self._with_recording(change.put)), [])
            self._put.setdefault((id(change.block), change.at), []).append(placed(put, change.told))

    def _with_recording(self, statements: Sequence[ast.stmt]) -> list[ast.stmt]:
        return [each for own in statements for each in (own, *self._recording.get(id(own), ()))]

    def build_in(self) -> None:
        """Change the blocks of statements in place."""
        for block in _blocks_of(self._owners):
            block[:] = self._rearranged(block)

    def _rearranged(self, block: list[ast.stmt]) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        for at, statement in enumerate(block):
            found += self._put.get((id(block), at), [])
            found.append(self._guarded(statement))
        return found + self._put.get((id(block), len(block)), [])

    def _guarded(self, statement: ast.stmt) -> ast.stmt:
        numbers = self._passed_over.get(id(statement))
        if numbers is None:
            return statement
        among = ast.Compare(_switch(), [ast.NotIn()], [ast.Tuple([ast.Constant(one) for one in numbers], ast.Load())])
        guarded: ast.stmt = placed(ast.If(among, [statement], []), statement)
        return guarded


def _blocks_of(owners: Sequence[ast.AST]) -> Iterator[list[ast.stmt]]:
    for owner in owners:
        for field in STATEMENTS:
            block = getattr(owner, field, None)
            if isinstance(block, list):
                yield block


def _recorded_behind(owners: Sequence[ast.AST]) -> dict[int, list[ast.stmt]]:
    """Return our own statements behind each of the student's, by its identity."""
    found: dict[int, list[ast.stmt]] = {}
    for block in _blocks_of(owners):
        for before, statement in itertools.pairwise(block):
            if is_ours(statement):
                own = found.get(id(before), []) if is_ours(before) else found.setdefault(id(before), [])
                own.append(statement)
                found[id(statement)] = own
    return {identity: own for identity, own in found.items() if all(identity != id(each) for each in own)}


def count_passes(owners: Sequence[ast.AST]) -> None:
    """Let every pass of a loop and every call of a function be counted."""
    for node in owners:
        if isinstance(node, ast.For | ast.While | ast.FunctionDef):
            call = ast.Expr(ast.Call(ast.Name(PASSED, ast.Load()), [], []))
            node.body.insert(0, placed(call, node.body[0]))


def _switch() -> ast.expr:
    return ast.Name(ALTERED, ast.Load())


def _is_switched_on(number: int) -> ast.expr:
    return ast.Compare(_switch(), [ast.Eq()], [ast.Constant(number)])
