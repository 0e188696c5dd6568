"""What may be meant where an expression stands: the slips of one place that beginners make anywhere in a program.

Another operator, comparison, name, constant or index; a part too many, or one missing; the wrong axis; `=` for `+=`.
`edits.py` varies an expression whose right value is known; here nothing is known but what the whole program should
give, so that conditions, bounds of loops and indices can be mended, too.
"""

import ast
from collections.abc import Callable, Iterator, Sequence

from .altered import ADDED, DROPPED, PLAIN, TURNED
from .counting import of_counting, other_lengths
from .exchanges import exchanged, in_place_of_element, one_side, throughout, with_other_brackets, with_two_exchanged
from .expressions import Slot, as_column, is_in_vain, may_stand_at, read_name, with_own_items
from .forgotten import halfway, with_argument, with_element, with_one_more, with_setting, wrapped
from .nearby import Surroundings
from .syntax import is_hook
from .twins import OTHER_FUNCTIONS, to_other_bases

_MOST_NAMES, _MOST_TEXTS = 8, 6  # each name costs eight alternatives per expression, and each of them a run
_MOST_FUNCTIONS = _MOST_INDEXED = 4

_WITH_AXIS = frozenset("sum mean max min argmax argmin std var prod cumsum all any median sort argsort norm".split())
_ARITHMETIC: tuple[type[ast.operator], ...] = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.MatMult)
_KEEPING_NO_AXIS = frozenset("argmax argmin cumsum sort argsort".split())
_COMPARISONS: tuple[type[ast.cmpop], ...] = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)

Alternative = tuple[int, ast.expr]
"""A kind, and what may stand in an expression's place."""


def alternatives(node: ast.expr, around: Surroundings) -> Iterator[Alternative]:
    """Yield what may have been meant in the place of an expression, whatever it is a part of."""
    find = _BY_KIND.get(type(node))
    if find is not None:
        yield from find(node, around)
    if isinstance(node, _COMPUTED) or ast.unparse(node) in around.names:
        yield from with_element(node, around.elements[:_MOST_INDEXED])
        yield from with_one_more(node, around.names[:_MOST_NAMES])


def meant_at(node: ast.expr, around: Surroundings, place: Slot | None) -> list[Alternative]:
    """Return the alternatives after which nothing is calculated in vain; `place`: where the expression stands."""
    was_in_vain = is_in_vain(node, place)
    others = [each for each in alternatives(node, around) if was_in_vain or not is_in_vain(each[1], place)]
    if place is None:
        return others
    return [(kind, other) for kind, other in others if may_stand_at(place, other, is_added=kind == ADDED)]


def of_whole(node: ast.expr, around: Surroundings, target: ast.expr | None) -> Iterator[Alternative]:
    """Yield what only makes sense for the whole expression of a statement; `target`: what it is assigned to."""
    if target is not None:
        yield from _of_assigned(node, target)
    if not is_hook(node):
        yield from ((PLAIN, other) for other in throughout(node, around.names))
    # The sign or reciprocal of a truth value or a list is never meant, nor of what may be set to a case's value.
    if is_hook(node) or isinstance(node, ast.Constant | ast.Compare | ast.BoolOp | ast.Tuple | ast.List | ast.Dict):
        return
    yield TURNED, ast.UnaryOp(ast.USub(), node)
    yield TURNED, ast.BinOp(ast.Constant(1), ast.Div(), node)
    yield TURNED, ast.BinOp(ast.Constant(1), ast.Sub(), node)


def _of_assigned(node: ast.expr, target: ast.expr) -> Iterator[Alternative]:
    yield PLAIN, ast.BinOp(target, ast.Add(), node)  # `=` for `+=`
    yield PLAIN, ast.BinOp(target, ast.Mult(), node)
    yield PLAIN, ast.BinOp(target, ast.Sub(), node)
    if isinstance(target, ast.Subscript):  # of a dictionary, which may not have the key yet
        get = ast.Attribute(target.value, "get", ast.Load())
        yield PLAIN, ast.BinOp(ast.Call(get, [target.slice, ast.Constant(0)], []), ast.Add(), node)
    if isinstance(node, ast.Name | ast.Attribute):  # else a change of the one changes the other
        yield PLAIN, ast.Call(ast.Attribute(node, "copy", ast.Load()), [], [])


def of_condition(node: ast.expr, around: Surroundings) -> Iterator[Alternative]:
    """Yield the opposite of a condition, and whether it holds just where another one does."""
    yield TURNED, ast.UnaryOp(ast.Not(), node)
    # `(epoch == 5) == epochs` holds never.
    for name in () if isinstance(node, ast.Compare) else around.names[:_MOST_NAMES]:
        yield ADDED, ast.Compare(node, [ast.Eq()], [read_name(name)])


def _of_name(node: ast.expr, around: Surroundings) -> Iterator[Alternative]:
    word = ast.unparse(node)
    if word in around.names:
        yield from ((PLAIN, read_name(other)) for other in around.names if other != word)
        yield from ((ADDED, ast.Attribute(node, member, ast.Load())) for member in around.members[:_MOST_TEXTS])
        yield from _neighbours(node)
        yield from _as_array(node)
        yield from wrapped(node)
        yield from halfway(node, around.names)
    elif isinstance(node, ast.Attribute):
        yield from _of_member(node, around)
    elif isinstance(node, ast.Name):
        yield from ((PLAIN, read_name(other)) for other in OTHER_FUNCTIONS.get(node.id, ()))


def _of_member(node: ast.Attribute, around: Surroundings) -> Iterator[Alternative]:
    members = around.members if node.attr in around.members else ()
    for other in (*OTHER_FUNCTIONS.get(node.attr, ()), *members[:_MOST_NAMES]):
        if other != node.attr:
            yield PLAIN, ast.Attribute(node.value, other, ast.Load())
    if node.attr == "T":
        yield DROPPED, node.value
    if node.attr == "size":
        yield from ((PLAIN, length) for length in other_lengths(node.value) if ast.unparse(length) != ast.unparse(node))


def _as_array(node: ast.expr) -> Iterator[Alternative]:
    yield TURNED, ast.Attribute(node, "T", ast.Load())
    yield TURNED, as_column(node)
    backwards = ast.Slice(None, None, ast.UnaryOp(ast.USub(), ast.Constant(1)))
    yield TURNED, ast.Subscript(node, backwards, ast.Load())


def _neighbours(node: ast.expr) -> Iterator[Alternative]:
    """Yield one more and one less: bounds and indices are off by one."""
    yield TURNED, ast.BinOp(node, ast.Sub(), ast.Constant(1))
    yield TURNED, ast.BinOp(node, ast.Add(), ast.Constant(1))


def _other_arithmetic(node: ast.BinOp, around: Surroundings) -> Iterator[Alternative]:
    left, op, right = node.left, node.op, node.right
    yield from ((PLAIN, other) for other in with_own_items(node))
    yield from ((PLAIN, ast.BinOp(left, other(), right)) for other in _ARITHMETIC if _may_be_meant(other, node))
    yield from _other_sizes(left, op, right)
    # The order of a sum says something, too, where texts or lists are put together.
    if isinstance(op, ast.Add | ast.Sub | ast.Div | ast.MatMult | ast.FloorDiv | ast.Pow):
        yield PLAIN, ast.BinOp(right, op, left)
    if isinstance(op, ast.Add):  # degrees of freedom of two samples, both ends of a range
        yield from ((TURNED, ast.BinOp(node, other(), ast.Constant(2))) for other in (ast.Sub, ast.Add))
    yield from with_other_brackets(left, op, right)
    yield from exchanged(left, op, right, around.names)
    yield from one_side(left, op, right)
    yield from _neighbours(node)
    yield from wrapped(node)
    yield from _as_array(node)


def _other_sizes(left: ast.expr, op: ast.operator, right: ast.expr) -> Iterator[Alternative]:
    if isinstance(op, ast.FloorDiv):  # rounded up
        yield PLAIN, ast.UnaryOp(ast.USub(), ast.BinOp(ast.UnaryOp(ast.USub(), left), op, right))
    if not isinstance(op, ast.Pow):
        yield PLAIN, ast.BinOp(left, ast.Pow(), ast.BinOp(right, ast.Mult(), ast.Constant(1.0)))
    elif isinstance(right, ast.Constant):
        yield from ((PLAIN, ast.BinOp(left, op, ast.Constant(power))) for power in (2, 3, 0.5) if power != right.value)


def _may_be_meant(other: type[ast.operator], node: ast.BinOp) -> bool:
    if isinstance(node.op, ast.Pow):
        return other is ast.Mult  # a star too many
    is_rest = isinstance(node.op, ast.Sub) and isinstance(node.left, ast.Constant)
    return not isinstance(node.op, other) and not (is_rest and other is ast.Div)  # by `1 - a` nobody means `1 / a`


def _of_sign(node: ast.UnaryOp, around: Surroundings) -> Iterator[Alternative]:
    yield PLAIN, node.operand  # as plain as one that is missing
    if isinstance(node.op, ast.USub):
        yield TURNED, ast.BinOp(ast.Constant(1), ast.Div(), node.operand)


def _of_comparison(node: ast.Compare, around: Surroundings) -> Iterator[Alternative]:
    # `a < b < c` is hardly ever written by beginners, and has many neighbours.
    if len(node.ops) == 1:
        for other in _COMPARISONS:
            if not isinstance(node.ops[0], other):
                yield PLAIN, ast.Compare(node.left, [other()], node.comparators)


def _of_connection(node: ast.BoolOp, around: Surroundings) -> Iterator[Alternative]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield PLAIN, ast.BoolOp(other, node.values)
    yield from ((DROPPED, part) for part in node.values)


def _of_constant(node: ast.Constant, around: Surroundings) -> Iterator[Alternative]:
    value = node.value
    if isinstance(value, bool):  # before numbers, of which truth values are a kind
        yield PLAIN, ast.Constant(not value)
    elif isinstance(value, str):
        yield from ((PLAIN, ast.Constant(text)) for text in around.texts[:_MOST_TEXTS] if text != value)
    elif isinstance(value, int | float):
        yield from _other_numbers(value, around)


def _other_numbers(value: float, around: Surroundings) -> Iterator[Alternative]:
    is_whole = isinstance(value, int)
    half = (0.5,) if value == 1 else ()  # a tie counts half
    numbers: list[float] = [value - 1, value + 1, 0, 1, 2, -value, *half] if is_whole else [1.0, 0.5, 2.0, 0.0, -value]
    # Of an axis 0, the other one is 1 for whoever reads it, and -1 only for numpy.
    for number in sorted(dict.fromkeys(numbers), key=lambda number: number < 0):
        if number != value:
            # Who wrote a factor or a power too many leaves it out, and does not make it 1; nor is `n - 0` ever meant.
            # But a 2 may be one too many.
            is_odd = (number == 1 and value not in (0, 2)) or (number == 0 and abs(value) > 1)
            yield (TURNED if is_odd else PLAIN), ast.Constant(number)
    yield from _numbers_by_name(around.names, is_whole=is_whole)


def _numbers_by_name(names: Sequence[str], *, is_whole: bool) -> Iterator[Alternative]:
    # What is likeliest first, of all names: so many alternatives are cut.
    reads = [read_name(name) for name in names]
    yield from ((PLAIN, read) for read in reads)
    if is_whole:
        yield from ((PLAIN, length) for by_way in zip(*map(other_lengths, reads), strict=True) for length in by_way)
    yield from ((ADDED, ast.BinOp(ast.Constant(1), ast.Sub(), read)) for read in reads)


def _of_call(node: ast.Call, around: Surroundings) -> Iterator[Alternative]:
    keywords, arguments = node.keywords, node.args
    if len(arguments) == 2:
        yield PLAIN, ast.Call(node.func, arguments[::-1], keywords)
    yield from ((PLAIN, ast.Call(node.func, other, keywords)) for other in with_two_exchanged(arguments))
    yield from of_counting(node, around.names[:_MOST_NAMES])
    yield from ((PLAIN, other) for other in to_other_bases(node))
    yield from with_argument(node, around.parameters, around.names[:_MOST_NAMES])
    for at in range(len(keywords)):
        yield DROPPED, ast.Call(node.func, arguments, [*keywords[:at], *keywords[at + 1 :]])
    yield from ((DROPPED, argument) for argument in arguments[:2] if not isinstance(argument, ast.Starred))
    yield from ((TURNED, ast.Call(other, arguments, keywords)) for other in _other_functions(node.func, around))
    if isinstance(node.func, ast.Attribute):
        yield from _of_method(node, node.func, around)
    yield from _neighbours(node)
    yield from wrapped(node)


def _other_functions(function: ast.expr, around: Surroundings) -> Iterator[ast.expr]:
    """Yield the script's own functions, for one that is called by its name."""
    if isinstance(function, ast.Name):
        others = around.functions[:_MOST_FUNCTIONS]
        yield from (ast.Name(other, ast.Load()) for other in others if other != function.id)


def _of_method(node: ast.Call, function: ast.Attribute, around: Surroundings) -> Iterator[Alternative]:
    if not node.args:
        yield DROPPED, function.value
    yield from with_setting(node, function, around.names)
    if function.attr not in _WITH_AXIS:
        return
    has = {keyword.arg for keyword in node.keywords}
    if "axis" not in has:
        # Who takes rows for all that there is forgets both at once.
        keeps_none = function.attr in _KEEPING_NO_AXIS or "keepdims" in has
        also = () if keeps_none else (ast.keyword("keepdims", ast.Constant(True)),)
        for kept in dict.fromkeys(((), also)):
            for axis in (0, 1):
                along = ast.keyword("axis", ast.Constant(axis))
                yield TURNED, ast.Call(function, node.args, [*node.keywords, along, *kept])
    elif "keepdims" not in has:
        yield TURNED, ast.Call(function, node.args, [*node.keywords, ast.keyword("keepdims", ast.Constant(True))])


def _of_element(node: ast.Subscript, around: Surroundings) -> Iterator[Alternative]:
    yield DROPPED, node.value
    yield from in_place_of_element(node, around.names)
    if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
        own = ast.unparse(node)
        yield from ((PLAIN, length) for length in other_lengths(node.value.value) if ast.unparse(length) != own)
    yield from _neighbours(node)
    yield from wrapped(node)
    yield from halfway(node, ())


def _of_display(node: ast.Tuple | ast.List, around: Surroundings) -> Iterator[Alternative]:
    parts = node.elts
    if len(parts) in (2, 3):
        yield PLAIN, type(node)([*parts[1:], parts[0]], ast.Load())
    yield from ((PLAIN, type(node)(other, ast.Load())) for other in with_two_exchanged(parts))


def _of_choice(node: ast.IfExp, around: Surroundings) -> Iterator[Alternative]:
    yield PLAIN, ast.IfExp(node.test, node.orelse, node.body)
    # Each of both is as good as a statement's whole expression.
    yield from ((kind, ast.IfExp(node.test, other, node.orelse)) for kind, other in of_whole(node.body, around, None))
    yield from ((kind, ast.IfExp(node.test, node.body, other)) for kind, other in of_whole(node.orelse, around, None))


_COMPUTED = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Subscript)

_BY_KIND: dict[type[ast.expr], Callable[..., Iterator[Alternative]]] = {
    ast.Name: _of_name,
    ast.Attribute: _of_name,
    ast.BinOp: _other_arithmetic,
    ast.UnaryOp: _of_sign,
    ast.Compare: _of_comparison,
    ast.BoolOp: _of_connection,
    ast.Constant: _of_constant,
    ast.Call: _of_call,
    ast.Subscript: _of_element,
    ast.Tuple: _of_display,
    ast.List: _of_display,
    ast.IfExp: _of_choice,
}
