"""What a program runs that does not stand in it as its own statements: texts, and the functions of a notebook.

`exec("x = 0.5")`, a cell magic that was exported as a call, and marimo's notebooks, in which each cell is a function.
"""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from .parsing import parse_module
from .syntax import BLOCKS, SCOPES, statements_outside_functions

UNFOLDED_WORDS = ("exec(", "get_ipython()", "marimo")
"""One of these stands in every text with something to unfold; hardly any other has one."""

_RUNNING_MAGICS = frozenset("time capture prun".split())
"""Magics that run what they are given in the names of the program; `timeit` runs it in a function."""


def unfold(tree: ast.Module) -> None:
    """Put what a program runs in the place where it runs it, if that is in the module's own names."""
    _unfold_cells(tree)
    _unfold_texts(tree)


def _unfold_texts(tree: ast.Module) -> None:
    """Put the statements of `exec("x = 0.5")` in its place."""
    texts = _constant_texts(tree)
    for node in statements_outside_functions(tree):
        for block in () if isinstance(node, SCOPES) else BLOCKS:
            statements = getattr(node, block, None)
            if isinstance(statements, list):
                statements[:] = [each for statement in statements for each in _unfolded(statement, texts)]


def _constant_texts(tree: ast.Module) -> dict[str, str]:
    """Return the texts that have a name which is assigned only once."""
    stores = Counter(
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )
    texts = {}
    for statement in tree.body:
        match statement:
            case ast.Assign([ast.Name(name)], ast.Constant(str(text))) if stores[name] == 1:
                texts[name] = text
    return texts


def _text_run_by(statement: ast.stmt, texts: Mapping[str, str]) -> str | None:
    """Return the text that a statement runs in the program's own names, where it is known."""
    match statement:
        case ast.Expr(ast.Call(ast.Name("exec"), [code] | [code, ast.Call(ast.Name("globals"), [], [])], [])):
            return _text_of_code(code, texts)
        case ast.Expr(ast.Call(ast.Attribute(ast.Call(ast.Name("get_ipython"))), arguments, [])):
            return _text_of_magic([each.value for each in arguments if isinstance(each, ast.Constant)])
    return None


def _unfolded(statement: ast.stmt, texts: Mapping[str, str]) -> list[ast.stmt]:
    text = _text_run_by(statement, texts)
    if text is None:
        return [statement]
    try:
        inner = parse_module(text).body
    except (SyntaxError, ValueError):  # it raises where it is run
        return [statement]
    # At the place of the call: a line of the text would be taken for one of the file.
    for node in (node for part in inner for node in ast.walk(part)):
        ast.copy_location(node, statement)
    return inner or [statement]  # a block must not become empty


def _text_of_code(code: ast.expr, texts: Mapping[str, str]) -> str | None:
    match code:
        case ast.Constant(str(text)):
            return text
        case ast.Name(name):
            return texts.get(name)
        case ast.Call(ast.Name("compile"), [source, *_]):
            return _text_of_code(source, texts)
    return None


def _text_of_magic(words: Sequence[object]) -> str | None:
    """Return what a magic runs: `run_cell_magic("time", "", "y = f(x)")`, `run_line_magic("time", "y = f(x)")`."""
    match words:
        case [str(name), str(), str(text)] | [str(name), str(text)] if name in _RUNNING_MAGICS:
            return text
    return None


def _unfold_cells(tree: ast.Module) -> None:
    """Put the bodies of a marimo notebook's cells in their place, in the order in which they need each other.

    A cell takes what it needs as parameters, and returns what it binds.
    """
    cells = [node for node in tree.body if isinstance(node, ast.FunctionDef) and _is_cell(node)]
    if cells:
        first = tree.body.index(cells[0])
        others = [node for node in tree.body[first:] if node not in cells]
        bodies = [statement for cell in _in_order(cells) for statement in _body_of(cell)]
        tree.body[first:] = [*bodies, *others]


def _is_cell(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(each).partition("(")[0] == "app.cell" for each in function.decorator_list)


def _body_of(cell: ast.FunctionDef) -> list[ast.stmt]:
    *before, last = cell.body
    return before if isinstance(last, ast.Return) else cell.body


def _in_order(cells: Sequence[ast.FunctionDef]) -> Iterator[ast.FunctionDef]:
    """Yield the cells, each behind those that bind what it needs; in a ring as they stand."""
    waiting = {cell: {part.arg for part in cell.args.args} for cell in cells}
    bound = {cell: _returned_by(cell) for cell in cells}
    while waiting:
        missing = set().union(*(bound[cell] for cell in waiting))
        ready = next(
            (cell for cell, needs in waiting.items() if not needs & (missing - bound[cell])), next(iter(waiting))
        )
        del waiting[ready]
        yield ready


def _returned_by(cell: ast.FunctionDef) -> set[str]:
    last = cell.body[-1]
    return {node.id for node in ast.walk(last) if isinstance(node, ast.Name)} if isinstance(last, ast.Return) else set()
