"""Where to look: for a given that was not found, and for what gets its value only below the line that uses it."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .arrays import Array
from .faults import undefined_name
from .reading import Cell, ParsedCell, parse
from .syntax import bound_by, statements_outside_functions

_Spot = tuple[int | None, int]


def hints(parsed: Sequence[ParsedCell], missing: Mapping[str, Array], accepted: Mapping[str, str]) -> dict[str, _Spot]:
    """Return for each given the first cell and line that set its name, or else those where its number stands."""
    named: dict[str, _Spot] = {}
    written: dict[str, _Spot] = {}
    of_number = {float(value): name for name, value in missing.items() if value.ndim == 0}
    for item in parsed:
        for node in _outside_displays(item.tree) if item.tree is not None else ():
            match node:
                case ast.Name(id=name, ctx=ast.Store(), lineno=line) if accepted.get(name) in missing:
                    named.setdefault(accepted[name], (item.cell.number, line))
                case ast.Constant(value=float(number), lineno=line) if number in of_number:
                    written.setdefault(of_number[number], (item.cell.number, line))
    return written | named  # a name says more than a number, which may stand anywhere


def _outside_displays(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield all nodes but those within a list, tuple or the like of values: a number there is one of many."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop(0)  # level by level: what stands at the top comes before what stands in a function
        yield node
        is_display = isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict)
        if not is_display or isinstance(getattr(node, "ctx", None), ast.Store):
            waiting.extend(ast.iter_child_nodes(node))


def bound_below(cells: Sequence[Cell], fault: Mapping[str, Any]) -> dict[str, _Spot]:
    """Return the place below a fault where the name is bound that was not defined there; in any cell, run or not."""
    undefined = _undefined(fault)
    used = (fault["cell"] or 0, fault["line"] or 0)  # a script has no cells: as if all were one
    for cell in cells:
        below = [line for line in _lines_binding(undefined, parse(cell).tree) if (cell.number or 0, line) > used]
        if below:
            return {undefined: (cell.number, below[0])}
    return {}


def bound_in_example(cells: Sequence[Cell], kept: Sequence[ParsedCell], fault: Mapping[str, Any]) -> dict[str, _Spot]:
    """Return the first place that binds what was not defined, in what was left out; `kept`: what defines something."""
    undefined = _undefined(fault)
    if any(_lines_binding(undefined, item.tree) for item in kept):
        return {}
    places = ((cell.number, line) for cell in cells for line in _lines_binding(undefined, parse(cell).tree))
    first = next(places, None)
    return {} if first is None else {undefined: first}


def _undefined(fault: Mapping[str, Any]) -> str:
    """Return the name that was not defined on a line of the submission; none where it is another fault."""
    return undefined_name(fault["type"], fault["message"]) if fault["line"] is not None else ""


def _lines_binding(name: str, tree: ast.Module | None) -> list[int]:
    return [] if tree is None else sorted(line for line, bound in _bindings(tree) if bound == name)


def _bindings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield each line that binds a name of the module, and the name."""
    for statement in statements_outside_functions(tree):
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield statement.lineno, name
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                yield from ((statement.lineno, bound_by(alias)) for alias in aliases)
            case ast.Assign() | ast.AnnAssign() | ast.For() | ast.With():
                for node in ast.walk(statement):
                    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                        yield node.lineno, node.id
