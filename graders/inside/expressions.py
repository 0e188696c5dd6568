"""Questions about the expressions of a student's code: where they stand, what they are made of and bound to."""

import ast
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple, TypeGuard

from .syntax import GIVEN, KEEP, have_same_form, reading_of

_NO_NUMBERS = (ast.Constant, ast.JoinedStr, ast.Lambda, ast.Set, ast.SetComp, ast.GeneratorExp)


COLLECTING = frozenset({"append", "insert"})
"""Methods that put something into a list; what is collected there has no name of its own."""

_FIELDS: Mapping[type[ast.AST], Sequence[str]] = {
    ast.BinOp: ("left", "right"),
    ast.IfExp: ("body", "orelse"),
    ast.UnaryOp: ("operand",),
    ast.Attribute: ("value",),
    ast.Subscript: ("value",),
    ast.Starred: ("value",),
    ast.Await: ("value",),
    ast.Yield: ("value",),
    ast.Compare: ("left", "comparators"),
    ast.ListComp: ("elt",),
    ast.DictComp: ("value",),
    ast.GeneratorExp: ("elt",),
    ast.Tuple: ("elts",),
    ast.List: ("elts",),
}
"""Of which fields the value of a node is made; a condition or an index decides about it, but is no part."""


class Slot(NamedTuple):
    """Where an expression stands in its tree."""

    owner: ast.AST
    field: str
    at: int | None = None

    def get(self) -> ast.expr:
        """Return what stands there."""
        held: Any = getattr(self.owner, self.field)
        found: ast.expr = held if self.at is None else held[self.at]
        return found

    def put(self, node: ast.expr) -> None:
        """Replace what stands there."""
        if self.at is None:
            setattr(self.owner, self.field, node)
        else:
            getattr(self.owner, self.field)[self.at] = node


def slots(tree: ast.AST) -> Iterator[Slot]:
    """Yield every place in a tree that holds an expression."""
    for owner in ast.walk(tree):
        for field, held in ast.iter_fields(owner):
            if isinstance(held, ast.expr):
                yield Slot(owner, field)
            elif isinstance(held, list):
                yield from (Slot(owner, field, at) for at, item in enumerate(held) if isinstance(item, ast.expr))


def parts_of(node: ast.expr) -> Iterator[Slot]:
    """Yield where the expressions stand that an expression is made of."""
    for field, value in ast.iter_fields(node):
        if isinstance(value, ast.expr):
            yield from _parts_at(Slot(node, field))
        elif isinstance(value, list):
            for at, item in enumerate(value):
                if isinstance(item, ast.expr):
                    yield from _parts_at(Slot(node, field, at))
                elif isinstance(item, ast.keyword):
                    yield from _parts_at(Slot(item, "value"))
                elif isinstance(item, ast.comprehension):
                    yield Slot(item, "iter")
                    yield from (Slot(item, "ifs", number) for number in range(len(item.ifs)))


def _parts_at(slot: Slot) -> Iterator[Slot]:
    """Yield a place, or those within it where no other expression may stand in it."""
    node: Any = slot.get()
    if isinstance(node, ast.Constant) and (_is_exponent(slot) or _is_given_to_round(slot.owner)):
        return  # nobody means a length or an index by an exponent, or other decimals by those they round to
    parts = [node, *node.elts] if isinstance(node, ast.Tuple) else [node]
    if any(isinstance(part, ast.Slice | ast.Starred) for part in parts):
        yield from parts_of(node)
    elif isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        yield slot


def _is_exponent(slot: Slot) -> bool:
    return slot.field == "right" and isinstance(getattr(slot.owner, "op", None), ast.Pow)


def _is_given_to_round(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("round", "around")


def read_name(word: str) -> ast.expr:
    """Return the expression that reads a variable, or an attribute such as self.x."""
    first, *rest = word.split(".")
    expression: ast.expr = ast.Name(first, ast.Load())
    for attribute in rest:
        expression = ast.Attribute(expression, attribute, ast.Load())
    return expression


def look_at(node: ast.expr, where: ast.AST) -> ast.Expr:
    """Return the statement that only reads something, placed where something else stands."""
    return ast.copy_location(ast.Expr(ast.copy_location(node, where)), where)


def parameters_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    """Return the parameters that a call has values for, but for the object itself."""
    arguments = node.args
    return [item for item in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs) if item.arg != "self"]


def as_column(node: ast.expr) -> ast.expr:
    """Return `node[:, None]`."""
    return ast.Subscript(node, ast.Tuple([ast.Slice(), ast.Constant(None)], ast.Load()), ast.Load())


def call_of(function: str, argument: ast.expr) -> ast.expr:
    """Return `function(argument)`."""
    return ast.Call(ast.Name(function, ast.Load()), [argument], [])


def with_own_items(node: ast.BinOp) -> Iterator[ast.expr]:
    """Yield `[[0] * n for _ in range(m)]` for `[[0] * n] * m`, where all rows are one and the same."""
    match node:
        case ast.BinOp(left=ast.List(elts=[item]), op=ast.Mult(), right=times) if not isinstance(item, ast.Constant):
            each = ast.comprehension(ast.Name("_", ast.Store()), call_of("range", times), [], 0)
            yield ast.ListComp(item, [each])


def operands(node: ast.AST) -> Iterator[tuple[Slot, str | None]]:
    """Yield the expressions that the value of a node is made of, with the name that one is given there."""
    for field in _FIELDS.get(type(node), ()):
        held = getattr(node, field)
        if isinstance(held, list):
            yield from ((Slot(node, field, index), None) for index in range(len(held)))
        elif held is not None:
            yield Slot(node, field), None
    if isinstance(node, ast.Dict):
        yield from ((Slot(node, "values", index), _text_key(key)) for index, key in enumerate(node.keys))
    elif isinstance(node, ast.Call):
        yield from _operands_of_call(node)


def _text_key(key: ast.expr | None) -> str | None:
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None


def _operands_of_call(node: ast.Call) -> Iterator[tuple[Slot, str | None]]:
    given = within_given(node)
    if given is not node:  # of our own call, the number is no part of what the student wrote
        yield Slot(node, "args", 1), None
        return
    # Of `(a - b).sum()` the difference is a part; of `np.dot` the module is none.
    if isinstance(node.func, ast.Attribute) and not is_path(node.func):
        yield Slot(node.func, "value"), None
    yield from ((Slot(node, "args", index), None) for index in range(len(node.args)))
    yield from ((Slot(keyword, "value"), keyword.arg) for keyword in node.keywords if keyword.arg is not None)


def is_copy(node: ast.expr, other: ast.expr) -> bool:
    """Tell whether two nodes are the same part of a source, in two trees made of it."""
    # By place and form: `a` and `a` in `a + a` differ in place, `(x)` and its only part in form.
    places = [(each.lineno, each.col_offset, each.end_lineno, each.end_col_offset) for each in (node, other)]
    return places[0] == places[1] and ast.dump(node) == ast.dump(other)


def is_call(node: object, function: str) -> bool:
    """Tell whether a node is a call of this name."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function


def within_hooks(slot: Slot) -> Slot:
    """Return where the value stands that is recorded within an expression: what is put in is recorded, too."""
    node = slot.get()
    while is_call(node, KEEP):
        slot = Slot(node, "args", 1)
        node = slot.get()
    return slot


def within_given(node: ast.expr) -> ast.expr:
    """Return what the student wrote where a given may be set; the value observed is the one the given has."""
    return node.args[1] if isinstance(node, ast.Call) and is_call(node, GIVEN) else node


def holds_no_number(node: ast.expr) -> bool:
    """Tell whether an expression can be neither a number, nor an array or a dictionary of some."""
    # By the exact type: True is an int, too.
    is_number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
    return isinstance(node, _NO_NUMBERS) and not is_number


def set_one_by_one(target: ast.expr, value: ast.expr) -> Sequence[ast.expr]:
    """Return the elements of `a, b` that are set one by one, as in `a, b = c, d`."""
    return target.elts if isinstance(target, ast.Tuple | ast.List) and have_same_form(target, value) else ()


def container_of(target: ast.expr) -> ast.expr | None:
    """Return `a` of a target `a[i]` that fills it piece by piece; `a["name"]` is a variable of its own."""
    match target:
        case ast.Subscript(value=value, slice=index):
            is_variable = isinstance(index, ast.Constant) and isinstance(index.value, str)
            return None if is_variable else container_of(value) or value
    return None


def name_of(target: ast.expr) -> str | None:
    """Return the name of a variable: of `a`, `b.a`, `b["a"]`, and of `a[i]`."""
    match target:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
        case ast.Subscript(value=value):
            return name_of(value)
    return None


def is_made_by(node: ast.expr, *operators: type[ast.operator]) -> TypeGuard[ast.BinOp]:
    """Tell whether an expression is a calculation with one of these operators."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, operators)


_NEUTRAL: Mapping[type[ast.operator], int] = {
    **dict.fromkeys((ast.Add, ast.Sub), 0),
    **dict.fromkeys((ast.Mult, ast.Div, ast.FloorDiv, ast.Pow), 1),
}
"""What changes nothing as the right operand."""


def is_idle(node: ast.AST) -> bool:
    """Tell whether a calculation leaves what it starts from, or takes a value off itself: nobody means `a * 2 / 2`."""
    match node:
        case ast.BinOp(left=ast.BinOp(op=ast.Mult(), right=factor), op=ast.Div(), right=right) if _alike(factor, right):
            return True
        case ast.BinOp(left=ast.Constant(value=value), op=ast.Add() | ast.Mult() as op):
            return _NEUTRAL[type(op)] == value
        case ast.BinOp(op=op, right=ast.Constant(value=value)) | ast.AugAssign(op=op, value=ast.Constant(value=value)):
            return _NEUTRAL.get(type(op)) == value
        case ast.BinOp(left=left, op=ast.Sub() | ast.Div() | ast.FloorDiv(), right=right):
            return _alike(left, right)
    return False


def _alike(node: ast.expr, other: ast.expr) -> bool:
    return ast.dump(node) == ast.dump(other)


def is_in_vain(node: ast.expr, place: Slot | None) -> bool:
    """Tell whether an expression is idle, or what a place belongs to once the expression stands there."""
    if is_idle(node) or place is None:
        return is_idle(node)
    before = place.get()
    place.put(node)
    is_so = is_idle(place.owner)
    place.put(before)
    return is_so


def may_stand_at(place: Slot, node: ast.expr, *, is_added: bool) -> bool:
    """Tell whether a student may have meant another expression there, as far as what stands around it says."""
    match place:
        case Slot(owner=ast.Compare(left=left, comparators=sides)):
            return not is_added and not _decides_nothing(node, {ast.unparse(side) for side in (left, *sides)})
        case Slot(owner=ast.Subscript(), field="value"):
            # What is computed with an array is computed with its elements: nobody writes `(-a)[0]`.
            return not isinstance(node, ast.BinOp | ast.UnaryOp)
    return True


def _decides_nothing(node: ast.expr, sides: Set[str]) -> bool:
    """Tell whether a comparison with this in it hardly depends on anything, as `epoch == -5` and `k <= k` do not."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return number < 0
    return ast.unparse(node) in sides


def is_path(node: ast.AST) -> bool:
    """Tell whether a node only reads a variable: `a`, `a.b`, `a.b["c"]`; reading it once more changes nothing."""
    match node:
        case ast.Name():
            return True
        case ast.Attribute(value=value) | ast.Subscript(value=value, slice=ast.Constant(value=str())):
            return is_path(value)
    return False


def safe_reading_of(target: ast.expr) -> ast.expr | None:
    """Return the expression that reads a variable, or None where reading might do something else."""
    return reading_of(target) if is_path(target) else None
