"""Where a solution's TODOs stand: which statements each of them asks for.

A comment with TODO covers the statements below it in the same block, as far as no blank line and no closing comment
(`END OF YOUR CODE`, a rule, the next TODO) comes between, or all down to an `END OF YOUR CODE`; behind a statement it
covers that one. In a file of functions without any TODO the body of each is asked for.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from graders.exercise.calculation import Definition, names_in

_WORD = re.compile(
    r"\bTODO\b|\bFIXME\b"
    # `# <<< your code` closes, `# <-- your code` behind a line does not.
    r"|^#(?!\s*<<)\W*((START|BEGIN|WRITE|ADD|INSERT|ENTER|PUT|PLACE|TYPE|COMPLETE|IMPLEMENT|FILL IN)\s+(OF\s+)?)?"
    r"(YOUR|STUDENTS?) (CODE|SOLUTION|ANSWER|IMPLEMENTATION)(?! ENDS?\b)"
    r"|^#\W*(START|BEGIN) (OF )?(CODE|SOLUTION|ANSWER)\b|^#\W*(?-i:SOLUTION)\W*$|^#\W*(?-i:FILL IN|IMPLEMENT)\b"
    r"|补全|填空|待(补充|完成|实现|填写)|补充代码|请(你)?(在(此|这里|下面|下方)(处)?)?(补充|完成|实现|填写|编写|写出)"
    r"|在(此|这里|下面|下方)(处)?(编写|填写|补充|实现|写)|你的代码(?!.*结束)|代码(从(此|这里))?开始|开始(编)?写代码",
    re.IGNORECASE,
)
"""What courses write above the lines that students find."""

_CLOSING = re.compile(r"\bENDS?\b|TODO|^#\s*<<|结束|^#\s*(.)\1{4,}|^#{5,}", re.IGNORECASE)

_END_OF_ANSWER = re.compile(
    r"\bEND\W+(OF\s+)?((YOUR|STUDENTS?)\s+)?(CODE|SOLUTION|ANSWER|IMPLEMENTATION|TODO)|\b(CODE|SOLUTION|ANSWER) ENDS\b"
    r"|^#\s*<<|(代码|答案|补全|填写).*结束|结束.*(代码|答案)",
    re.IGNORECASE,
)
"""What closes an answer that may have blank lines."""


class Mark(NamedTuple):
    """A TODO. `scope`: the qualified name of the function it stands in; `loops`: how many loops are around it there."""

    line: int
    scope: str
    loops: int
    statements: Sequence[ast.stmt]


def marks_in(source: str, tree: ast.Module) -> list[Mark]:
    """Return the marks of a script that have statements, in their order."""
    comments = _Comments(comments_in(source))
    if not comments.marked:
        return list(_implied(tree))
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
    counters: Set[str] = frozenset()


class _Comments:
    """The comments of a file. `marked`: the lines of TODOs; `until`: for some of them the line that closes it."""

    def __init__(self, comments: Mapping[int, tuple[str, bool]]) -> None:
        self._texts = {line: text for line, (text, _) in comments.items()}
        self.marked = [line for line, text in self._texts.items() if _WORD.search(text)]
        ends = [line for line, text in self._texts.items() if _END_OF_ANSWER.search(text) and line not in self.marked]
        self.until = {line: end for line in self.marked if (end := self._end_of(line, ends))}

    def _end_of(self, line: int, ends: Sequence[int]) -> int:
        """Return the line that closes a TODO; 0 where there is none before the next TODO."""
        end = next((end for end in ends if end > line), 0)
        return 0 if any(line < other < end for other in self.marked) else end

    def between(self, end: int, line: int) -> dict[int, str]:
        """Return what stands below the line `end` and above `line`."""
        return {number: self._texts[number] for number in range(end + 1, line) if number in self._texts}

    def todo_in(self, lines: Iterable[int]) -> int:
        """Return the last of some lines with a TODO, or 0."""
        return max((line for line in lines if line in self._texts and _WORD.search(self._texts[line])), default=0)


def _in_body(body: Sequence[ast.stmt], header: int, place: _BlockPlace, comments: _Comments) -> Iterator[Mark]:
    """Yield the marks of a block whose first statement comes somewhere behind the line `header`."""
    run: list[ast.stmt] = []
    line, end = 0, header
    for node in body:
        above = comments.between(end, first_line(node))
        todo = comments.todo_in(above)
        if todo or not _goes_on(node, end, above, comments.until.get(line, 0)):
            yield from _mark_of(line, place, run)
            run = []
        inner = list(_inside(node, place, comments))
        line = todo or line
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


def _goes_on(node: ast.stmt, end: int, above: Mapping[int, str], until: int) -> bool:
    """Tell whether a statement still belongs to the run before it: no blank line, no closing comment between.

    `until`: the line of the comment that closes the run, if there is one; above it blank lines do not count.
    """
    if first_line(node) < until:
        return True
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
    return 0 if hasattr(node, "body") else comments.todo_in(range(node.lineno, (node.end_lineno or node.lineno) + 1))


def _inside(node: ast.stmt, place: _BlockPlace, comments: _Comments) -> Iterator[Mark]:
    if isinstance(node, Definition):
        place = _BlockPlace(f"{place.scope}.{node.name}".lstrip("."), 0)
    elif isinstance(node, ast.While):
        place = _BlockPlace(place.scope, place.loops + 1, place.counters | names_in(node.test))
    elif isinstance(node, ast.For | ast.AsyncFor):
        place = place._replace(loops=place.loops + 1)
    header = node.lineno
    for body in bodies_of(node):
        if body:
            yield from _in_body(body, header, place, comments)
            header = body[-1].end_lineno or header


def computing(body: Sequence[ast.stmt], loops: int = 0) -> Iterator[tuple[ast.stmt, int]]:
    """Yield what computes something outside of functions, in loops and branches, too, with the number of its loops.

    What a `while` counts with stays, as under a TODO: without it the template would never end.
    """
    for node in body:
        match node:
            case ast.Assign() | ast.AugAssign() | ast.AnnAssign(value=ast.expr()):
                yield node, loops
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(), attr="append" | "extend"))):
                yield node, loops
            case ast.For() | ast.While() | ast.If() | ast.With():
                counters = names_in(node.test) if isinstance(node, ast.While) else set()
                inner = loops + isinstance(node, ast.For | ast.While)
                for block in bodies_of(node):
                    found = computing(block, inner)
                    yield from (each for each in found if not _is_given_away(each[0], counters))


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


_NOT_ASKED = {"__init__", "__post_init__", "__repr__", "__str__", "main"}
"""Functions that students are given: how an object is made and shown, and what runs all the others."""

_READERS = {"open", "loadtxt", "genfromtxt", "read_csv"}


def _implied(tree: ast.Module) -> Iterator[Mark]:
    """Yield a mark for the body of each function, in a file without TODOs that is made of functions.

    In one that computes more below them, as a script does, they are helpers, and nothing is marked.
    """
    functions = [(node, scope) for node, scope in _functions(tree) if not is_hidden(node)]
    inner = sum(isinstance(part, ast.stmt) for node, _ in functions for part in ast.walk(node)) - 2 * len(functions)
    if inner < sum(1 for _ in _computed_at_top(tree)):
        return
    for node, scope in functions:
        if node.name not in _NOT_ASKED and not reads_a_file(node):
            yield Mark(node.lineno, scope, 0, (node,))


def _functions(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, str]]:
    """Yield the functions, and the methods each with its class."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node, ""
        elif isinstance(node, ast.ClassDef):
            yield from ((part, node.name) for part in node.body if isinstance(part, ast.FunctionDef))


def is_hidden(node: ast.FunctionDef) -> bool:
    """Tell whether a function takes and gives nothing: nobody sees from outside what is computed there."""
    values = [part.value for part in ast.walk(node) if isinstance(part, ast.Return | ast.Yield)]
    return not any(vars(node.args).values()) and all(value is None for value in values)


def reads_a_file(node: ast.stmt) -> bool:
    """Tell whether a function is there to read data."""
    called = {ast.unparse(part.func).rpartition(".")[2] for part in ast.walk(node) if isinstance(part, ast.Call)}
    return bool(called & _READERS)


def _computed_at_top(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what a file computes outside of functions, by its own formulas and not by calls of its functions."""
    own = {node.name for node in tree.body if isinstance(node, Definition)}
    blocks: list[ast.stmt] = [node for node in tree.body if getattr(node, "name", None) not in own]
    # A `main()` is what the file does, and no function that it offers.
    blocks += [part for node, _ in _functions(tree) if is_hidden(node) for part in node.body]
    return (part for part in ast.walk(ast.Module(blocks, [])) if _is_formula(part, own))


def _is_formula(node: ast.AST, own: Set[str]) -> bool:
    names = names_in(node.value) if isinstance(node, ast.Assign | ast.AugAssign) else set()
    return bool(names - {"np", "math"}) and names.isdisjoint(own)
