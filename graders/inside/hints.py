"""Where a given that was not found may be: where its name is set, or else where its number stands."""

import ast
from collections.abc import Mapping, Sequence

from .arrays import Array
from .reading import ParsedCell

_Place = tuple[int | None, int]


def hints(parsed: Sequence[ParsedCell], missing: Mapping[str, Array], accepted: Mapping[str, str]) -> dict[str, _Place]:
    """Return the cell and line of the first such place for each given of which there is one."""
    named: dict[str, _Place] = {}
    written: dict[str, _Place] = {}
    single = {name: float(value) for name, value in missing.items() if value.ndim == 0}
    for item in parsed:
        for node in ast.walk(item.tree) if item.tree is not None else ():
            match node:
                case ast.Name(id=name, ctx=ast.Store(), lineno=line) if accepted.get(name) in missing:
                    named.setdefault(accepted[name], (item.cell.number, line))
                case ast.Constant(value=float(number), lineno=line):
                    for given, value in single.items():
                        if number == value:
                            written.setdefault(given, (item.cell.number, line))
    return written | named
