"""From a cell's text to its syntax tree, and the names it binds and needs.

Where the text as it stands does not parse, what is harmless in a notebook or an editor is mended first: lines that only
IPython can run, and invisible characters that came along with a copied text.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_PYTHON_CELL = re.compile(r"\s*%%(?:time|timeit|capture|prun|python3?|script python3?|(?:writefile|file)\b.*\.py\s*$)")
"""Cell magics with Python below them; a file that is written is run by a later cell."""

_OTHER_CELL = re.compile(r"\s*%%\w")
_LINE = re.compile(r"(\s*)(?:[%!?]|[\w.]+\?{1,2}\s*$)")
_ASSIGNED_LINE = re.compile(r"(\s*)([\w., *\[\]()]+?)\s*=\s*(?:!|%(?=[A-Za-z]))")
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_NOTHING = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_UNSEEN = re.compile(f"([{_SPACES}])|[{_NOTHING}]")

_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class Cell(NamedTuple):
    """A piece of a submission: `number` is None for a script, else counts the notebook's code cells from 1."""

    number: int | None
    source: str


class ParsedCell(NamedTuple):
    """A cell with its syntax tree, or the error that kept it from being parsed.

    `assigned`: every name it assigns, and how often it is more than a placeholder. `bound`: names that later cells can
    use. `needs`: names it reads before it binds them itself. `mended`: lines that were mended, by why.
    """

    cell: Cell
    tree: ast.Module | None
    error: SyntaxError | None = None
    assigned: Mapping[str, int] = {}
    bound: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    mended: Mapping[str, list[int]] = {}


def parse(cell: Cell) -> ParsedCell:
    """Parse a cell; what is wrong with it is in `error`."""
    try:
        return _parse_as(cell, cell.source, {})
    except SyntaxError as error:
        source, mended = _mend(cell.source)
        if not mended:
            return ParsedCell(cell=cell, tree=None, error=error)
        try:
            return _parse_as(cell, source, mended)
        except SyntaxError as second:
            # the first error tells more, unless it is about a line that was mended
            about = second if any(error.lineno in lines for lines in mended.values()) else error
            return ParsedCell(cell=cell, tree=None, error=about)


def filename_of(cell: Cell) -> str:
    """Return the name under which a cell's lines appear in tracebacks."""
    return "<submission>" if cell.number is None else f"<cell {cell.number}>"


def _parse_as(cell: Cell, source: str, mended: Mapping[str, list[int]]) -> ParsedCell:
    try:
        tree = ast.parse(source, filename_of(cell))
    except (ValueError, MemoryError, RecursionError) as error:
        reason = "null bytes" if isinstance(error, ValueError) else "the code is nested too deeply"
        raise SyntaxError(reason) from error
    if cell.number is None:
        return ParsedCell(cell=cell, tree=tree, mended=mended)
    uses = _Uses()
    uses.visit(tree)
    return ParsedCell(
        cell=cell,
        tree=tree,
        assigned=_assigned(tree),
        bound=frozenset(uses.bound),
        needs=frozenset(uses.needs | (uses.later - uses.bound)),
        mended=mended,
    )


def _assigned(tree: ast.Module) -> dict[str, int]:
    """Return how often each name is assigned something; a placeholder such as None counts as nothing."""
    stored = Counter(
        name.id for name in ast.walk(tree) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    )
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and _is_placeholder(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            stored.subtract(target.id for target in targets if isinstance(target, ast.Name))
    return dict(stored)


def _is_placeholder(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value in (None, ...))


class _Uses(ast.NodeVisitor):
    """Goes through a module in the order in which it runs."""

    def __init__(self) -> None:
        self.bound: set[str] = set()
        self.needs: set[str] = set()
        self.later: set[str] = set()  # what functions read when they are called

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.bound.add(node.id)
        elif node.id not in self.bound:
            self.needs.add(node.id)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._in_order(node.value, *node.targets)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._in_order(node.value, node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.visit_Name(ast.Name(node.target.id, ast.Load()))
        self._in_order(node.value, node.target)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self._in_order(node.value, node.target)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self._in_order(node.iter, node.target, *node.body, *node.orelse)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> None:
        self.visit_For(node)

    def visit_alias(self, node: ast.alias) -> None:
        self.bound.add((node.asname or node.name).partition(".")[0])

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self.bound.update(filter(None, [node.name]))
        self.generic_visit(node)

    def generic_visit(self, node: ast.AST) -> None:
        if isinstance(node, _Scope):
            self.later |= _free(node)
            if not isinstance(node, ast.Lambda):
                self._in_order(*node.decorator_list)
                self.bound.add(node.name)
        elif isinstance(node, _Comprehension):
            self.visit(node.generators[0].iter)
            self.needs |= _free(node) - self.bound
        else:
            super().generic_visit(node)

    def _in_order(self, *nodes: ast.AST) -> None:
        for node in nodes:
            self.visit(node)


def _free(node: ast.AST) -> set[str]:
    """Return the names that a function, class or comprehension reads from around it."""
    loaded, own, shared = set[str](), set[str](), set[str]()
    for inner in ast.walk(node):
        match inner:
            case ast.Name(id=name, ctx=ast.Load()):
                loaded.add(name)
            case ast.Name(id=name) | ast.arg(arg=name):
                own.add(name)
            case ast.Global(names=names):
                shared.update(names)
            case ast.alias():
                own.add((inner.asname or inner.name).partition(".")[0])
            case ast.FunctionDef() | ast.ClassDef() if inner is not node:
                own.add(inner.name)
    return (loaded - own) | (loaded & shared)


def _mend(source: str) -> tuple[str, dict[str, list[int]]]:
    """Return the source without what Python cannot read, and the lines that changed; lines keep their numbers."""
    lines = source.split("\n")
    mended: dict[str, list[int]] = {}
    if invisible := [number for number, line in enumerate(lines, start=1) if _UNSEEN.search(line)]:
        mended["invisible"] = invisible
        lines = [_UNSEEN.sub(lambda match: " " if match[1] else "", line) for line in lines]
    kept = list(_without_magics(lines))
    if magics := [number for number, (old, new) in enumerate(zip(lines, kept, strict=True), start=1) if old != new]:
        mended["notebook"] = magics
    return "\n".join(kept) + "\n", mended


def _without_magics(lines: Iterable[str]) -> Iterable[str]:
    """Yield the lines, those that only IPython can run replaced by something that does nothing."""
    lines = list(lines)
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if _PYTHON_CELL.match(lines[first]):
        lines[first] = ""
    elif _OTHER_CELL.match(lines[first]):
        lines = [""] * len(lines)
    continued = False
    for line in lines:
        if continued:
            kept, goes_on = "", line.endswith("\\")
        else:
            kept = _replaced(line)
            goes_on = kept != line and line.endswith("\\")
        continued = goes_on
        yield kept


def _replaced(line: str) -> str:
    if match := _LINE.match(line):
        return f"{match[1]}pass"
    if match := _ASSIGNED_LINE.match(line):  # the output of a command: lines of text, or one
        return f"{match[1]}{match[2]} = []" if line[match.end() - 1] == "!" else f'{match[1]}{match[2]} = ""'
    return line
