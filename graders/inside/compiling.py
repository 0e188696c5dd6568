"""From parsed cells and modules to a program that can be run on other numbers."""

import ast
from collections.abc import Mapping, Sequence
from functools import cache, partial

from .programs import GivenSite, Program, Words
from .protocol import ELSEWHERE
from .reading import ParsedCell, compile_cell
from .rewriting import Rewriter
from .skipping import skip_without_libraries
from .syntax import bound_in_statements, fields_of_records, names_nobody_binds, words_set


def rewrite(
    parsed: Sequence[ParsedCell],
    words: Words,
    rewriter_class: type[Rewriter] = Rewriter,
    modules: Mapping[str, ast.Module] = {},
    *,
    skips: bool = False,
) -> Program:
    """Compile the cells, rewritten (their trees are changed). Raises what `compile` raises.

    `rewriter_class`: how far to look for givens; `searching.py` has the one that looks everywhere. `skips`: without
    what needs a library that is not there.
    """
    trees = [*(item.tree for item in parsed if item.tree is not None), *modules.values()]
    imported, defined = bound_in_statements(trees, words.data)
    words_set_anywhere = cache(partial(words_set, trees))
    fields = fields_of_records(trees)
    sites: list[GivenSite] = []
    places: dict[str, tuple[int | None, int]] = {}
    codes = []
    for item in parsed:
        if item.tree is None:
            continue
        rewriter = rewriter_class(words, imported, defined, sites, places, item.cell.number)
        rewriter.unbound = partial(names_nobody_binds, trees)
        rewriter.words_set = words_set_anywhere
        rewriter.fields = fields
        tree = rewriter.visit(item.tree)
        if skips:
            skip_without_libraries(tree)
        codes.append(compile_cell(tree, item.cell))
    compiled = {}
    for name, module in modules.items():
        first = len(sites)  # the sites of all files are counted through: a number is one place
        # A line of another file is no place in this one
        rewriter = rewriter_class(words, imported, defined, sites, {}, None)
        tree = rewriter.visit(module)
        sites[first:] = [site._replace(line=ELSEWHERE) for site in sites[first:]]
        compiled[name] = compile(tree, f"{name}.py", "exec", dont_inherit=True)
    return Program(tuple(codes), tuple(sites), places, compiled)
