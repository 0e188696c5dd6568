"""Where a solution's TODOs stand: which statements each of them asks for.

A comment with TODO covers the statements below it in the same block, as far as no blank line and no closing comment
(`END OF YOUR CODE`, a rule, the next TODO) comes between; behind a statement it covers that one.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

_WORD = re.compile(r"\bTODO\b|^#[\s#]*(YOUR CODE|BEGIN SOLUTION|START CODE)|补全|补充代码|在此(处)?编写", re.IGNORECASE)
"""What courses write above the lines that students find."""

_CLOSING = re.compile(r"\bEND\b|TODO|^#\s*(.)\1{4,}|^#{5,}", re.IGNORECASE)

Block = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Mark(NamedTuple):
    """A TODO. `scope`: the qualified name of the function it stands in; `loops`: how many loops are around it there."""

    line: int
    scope: str
    loops: int
    statements: Sequence[ast.stmt]


def marks_in(source: str, tree: ast.Module) -> list[Mark]:
    """Return the marks of a script that have statements, in their order."""
    comments = comments_in(source)
    # A script without a TODO needs no look at its statements.
    if not any(_WORD.search(text) for text, _ in comments.values()):
        return []
    return list(_in_body(tree.body, 0, _BlockPlace("", 0), comments))


def unmarked(source: str, marks: Sequence[Mark]) -> list[int]:
    """Return the lines of TODOs that have no statement below them."""
    found = {mark.line for mark in marks} | {first_line(node) for mark in marks for node in mark.statements}
    lines = source.splitlines()

    def leads_to_a_mark(line: int) -> bool:
        """Go down over comments: several may stand above one statement."""
        while line not in found and line <= len(lines) and lines[line - 1].strip().startswith("#"):
            line += 1
        return line in found

    todos = [line for line, (text, _) in comments_in(source).items() if _WORD.search(text)]
    return [line for line in todos if not leads_to_a_mark(line)]


def comments_in(source: str) -> Mapping[int, tuple[str, bool]]:
    """Return by line the text of each comment, and whether it has the line to itself."""
    lines = source.splitlines()
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: (token.string, lines[token.start[0] - 1].lstrip().startswith("#"))
        for token in tokens
        if token.type == tokenize.COMMENT
    }


class _BlockPlace(NamedTuple):
    """Where a block stands; `counters`: names that the test of a `while` around it reads."""

    scope: str
    loops: int
    counters: frozenset[str] = frozenset()


_Comments = Mapping[int, tuple[str, bool]]


def _in_body(body: Sequence[ast.stmt], header: int, place: _BlockPlace, comments: _Comments) -> Iterator[Mark]:
    """Yield the marks of a block whose first statement comes somewhere behind the line `header`."""
    run: list[ast.stmt] = []
    line, end = 0, header
    for node in body:
        above = _comments_between(end, first_line(node), comments)
        todo = _todo_in(above)
        if not _goes_on(node, end, above):
            yield from _mark_of(line, place, run)
            run = []
        inner = list(_inside(node, place, comments))
        line = todo[-1] if todo else line
        if inner:  # what is asked for stands further in
            yield from _mark_of(line, place, run)
            run = []
            yield from inner
        elif todo or run:
            run.append(node)
        # `x = None # TODO`: the comment stands behind what it asks for.
        elif own := _own_comment(node, comments):
            yield from _mark_of(own, place, [node])
        end = node.end_lineno or node.lineno
    yield from _mark_of(line, place, run)


def _todo_in(above: Mapping[int, str]) -> list[int]:
    return [number for number, text in above.items() if _WORD.search(text)]


def _comments_between(end: int, line: int, comments: _Comments) -> dict[int, str]:
    return {number: comments[number][0] for number in range(end + 1, line) if number in comments}


def _goes_on(node: ast.stmt, end: int, above: Mapping[int, str]) -> bool:
    """Tell whether a statement still belongs to the run before it: no blank line, no closing comment between."""
    return first_line(node) == end + 1 + len(above) and not any(map(_CLOSING.search, above.values()))


def _mark_of(line: int, place: _BlockPlace, run: Sequence[ast.stmt]) -> Iterator[Mark]:
    """Yield the mark of a run, if it has begun, with those statements that are asked for; the first one always is."""
    if run:
        asked = [node for node in run[1:] if not _is_given_away(node, place.counters)]
        yield Mark(line, place.scope, place.loops, (run[0], *asked))


def _is_given_away(node: ast.stmt, counters: Set[str]) -> bool:
    """Tell whether a line below others is no part of what is asked for: what only shows, checks, hands back, counts."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))) | ast.Assert() | ast.Pass() | ast.Break():
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute() as method)):
            return ast.unparse(method).startswith(("plt.", "pyplot.", "pylab.", "sys."))
        case ast.Return(value=value):
            return value is None or not any(isinstance(part, ast.Call | ast.BinOp) for part in ast.walk(value))
        case ast.Raise() | ast.Continue():
            return True
        case ast.If(body=body, orelse=[]):
            return all(_is_given_away(part, counters) for part in body)
        case ast.AugAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name in counters  # without it a `while` would never end
    return False


def _own_comment(node: ast.stmt, comments: _Comments) -> int:
    """Return the line of a TODO behind a statement that has no block of its own, or 0."""
    if hasattr(node, "body"):
        return 0
    lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
    return next((line for line in lines if line in comments and _WORD.search(comments[line][0])), 0)


def _inside(node: ast.stmt, place: _BlockPlace, comments: _Comments) -> Iterator[Mark]:
    if isinstance(node, Block):
        place = _BlockPlace(f"{place.scope}.{node.name}".lstrip("."), 0)
    elif isinstance(node, ast.While):
        read = {part.id for part in ast.walk(node.test) if isinstance(part, ast.Name)}
        place = _BlockPlace(place.scope, place.loops + 1, place.counters | read)
    elif isinstance(node, ast.For | ast.AsyncFor):
        place = place._replace(loops=place.loops + 1)
    header = node.lineno
    for body in bodies_of(node):
        if body:
            yield from _in_body(body, header, place, comments)
            header = body[-1].end_lineno or header


def bodies_of(node: ast.AST) -> Iterator[Sequence[ast.stmt]]:
    """Yield the blocks of a compound statement."""
    yield getattr(node, "body", []) if isinstance(node, ast.stmt) else []
    for handler in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]:
        yield handler.body
    yield getattr(node, "orelse", []) if isinstance(node, ast.stmt) else []
    yield getattr(node, "finalbody", [])


def first_line(node: ast.stmt) -> int:
    """Return the line where a statement starts, its decorators included."""
    decorators: Sequence[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(part.lineno for part in decorators)])
