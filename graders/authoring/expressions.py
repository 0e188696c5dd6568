"""What can be read off a single expression or statement of an example."""

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence

from graders.exercise.calculation import Function


def text_parameters(function: Function) -> set[str]:
    """Return the parameters whose default is a text: what they choose from stands in the function."""
    named = function.args.args
    pairs = zip(named[::-1], function.args.defaults[::-1], strict=False)  # defaults belong to the last parameters
    given = [*pairs, *zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)]
    return {each.arg for each, value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)}


def root_name(node: ast.expr) -> str:
    """Return the name that an expression like `Net(3).fit(x).w[0]` begins with."""
    first = beginning(node)
    return first.id if isinstance(first, ast.Name) else ""


def beginning(node: ast.expr) -> ast.expr:
    """Return what a chain of calls and attributes begins with: of `(a + b).scaled(2).rows` the sum."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node


def is_one_of(node: ast.expr, objects: Collection[str], definitions: Mapping[str, ast.stmt]) -> bool:
    """Tell whether an expression is an object: by its name, by its class, or by an operator of another one."""
    match node:
        case ast.Name(id=name):
            return name in objects
        case ast.BinOp(left=left, right=right):
            return any(is_one_of(part, objects, definitions) for part in (left, right))
        case ast.UnaryOp(operand=operand):
            return is_one_of(operand, objects, definitions)
        case ast.Call(func=ast.Name(id=name)):
            return isinstance(definitions.get(name), ast.ClassDef)
    return False


def as_list(call: ast.Call) -> ast.expr:
    """Return the call of `list` with what a call gives."""
    return ast.copy_location(ast.Call(ast.Name("list", ast.Load()), [call], []), call)


def targets_in(statement: ast.stmt) -> Sequence[str]:
    """Return the names that a statement assigns."""
    return [part.id for part in names_found(statement) if isinstance(part.ctx, ast.Store)]


def placed_at(made: ast.stmt, node: ast.AST) -> ast.stmt:
    """Return a statement with the place of a node throughout, so that what it raises is said of that line."""
    for part in ast.walk(made):
        if hasattr(part, "lineno"):
            ast.copy_location(part, node)
    return made


def names_found(node: ast.AST) -> Iterator[ast.Name]:
    """Return the nodes that are names."""
    return (part for part in ast.walk(node) if isinstance(part, ast.Name))


def names_read(node: ast.AST) -> set[str]:
    """Return the names that a statement or expression reads."""
    return {part.id for part in names_found(node) if isinstance(part.ctx, ast.Load)}


def part_set_in(node: ast.stmt, known: Collection[str]) -> ast.expr | None:
    """Return the item or attribute that a statement sets to what is written down, or made with these names alone."""
    match node:
        case ast.Assign(
            targets=[ast.Subscript(slice=ast.Constant()) | ast.Attribute() as target],
            value=ast.Call() | ast.BinOp() | ast.List() as value,
        ) if names_read(value) <= set(known):
            return target
    return None
