"""Read Python as a syntax tree, one text at a time.

Python 3.11 counts the depth of the tree it builds in one place for all threads: where two of them parse at the same
time, one ends in a `SystemError` now and then. A class is graded in several threads.
"""

import ast
from _thread import allocate_lock  # `threading` takes a millisecond of each start

_ONE_AT_A_TIME = allocate_lock()


def parse_module(source: str | bytes, file: str = "<unknown>") -> ast.Module:
    """Return a text's tree. Raises what `ast.parse` does."""
    with _ONE_AT_A_TIME:
        return ast.parse(source, file)


def parse_expression(source: str) -> ast.expr:
    """Return the tree of one expression. Raises what `ast.parse` does."""
    with _ONE_AT_A_TIME:
        return ast.parse(source, mode="eval").body
