"""Meaning-preserving disguises of a script: other names, other statements, other places, the same results.

Each takes a script apart into its top-level assignments and writes it down in another way. `lines` of a disguised
script says for each statement of the original which lines have become of it.
"""

import ast
import copy
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

CHINESE = [
    "误差",
    "输出误差",
    "隐藏误差",
    "中间值",
    "层输入",
    "层输出",
    "净输入",
    "结果",
    "临时",
    "数值",
    "甲",
    "乙",
    "丙",
    "丁",
]
MATRIX = ast.parse("np.multiply", mode="eval").body


class Disguised(NamedTuple):
    """A script in disguise; `origin`: by line, the line on which the statement began that it comes from."""

    source: str
    origin: Mapping[int, int]

    def lines_of(self, statements: Set[int]) -> set[int]:
        """Return the lines that come from these statements."""
        return {line for line, statement in self.origin.items() if statement in statements}


class Statement(NamedTuple):
    """A statement of the top with the line of the original one that it comes from; -1: it comes from none."""

    node: ast.stmt
    number: int


Body = list[Statement]
Disguise = Callable[[Body, Set[str], Set[str]], Body]
"""Takes statements, the names that must stay (givens and results), and the names of steps."""


def disguise(source: str, way: Disguise, fixed: Set[str], steps: Set[str]) -> Disguised:
    """Return a script in disguise."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            _mark(node, node.lineno)
    return written(way([Statement(node, node.lineno) for node in tree.body], fixed, steps))


def written(body: Body) -> Disguised:
    """Write statements down, one after another."""
    pieces: list[str] = []
    origin: dict[int, int] = {}
    line = 1
    for node, number in body:
        text = ast.unparse(ast.fix_missing_locations(node))
        inner = _inner_numbers(node)
        for offset, _ in enumerate(text.split("\n")):
            origin[line + offset] = inner.get(offset, number)
        pieces.append(text)
        line += text.count("\n") + 1
    return Disguised("\n".join(pieces) + "\n", origin)


def _inner_numbers(node: ast.stmt) -> dict[int, int]:
    """Return for the lines of a block from which statement each comes, where it holds several."""
    numbers = {}
    again = ast.parse(ast.unparse(ast.fix_missing_locations(node))).body[0]
    for old, new in zip(ast.walk(node), ast.walk(again), strict=False):
        number = getattr(old, "number", None)
        if number is not None and isinstance(new, ast.stmt):
            for line in range(new.lineno, (new.end_lineno or new.lineno) + 1):
                numbers[line - 1] = number
    return numbers


# What a script consists of


def assigned(node: ast.stmt) -> str | None:
    """Return the name of `name = …`."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return None


def own_names(body: Body) -> list[str]:
    """Return the variables of a script that are assigned at its top."""
    return list(dict.fromkeys(name for node, _ in body if (name := assigned(node)) is not None))


def _loads(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}


def _is_setup(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def _renamed(body: Body, names: Mapping[str, str]) -> Body:
    for node, _ in body:
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and part.id in names:
                part.id = names[part.id]
            elif isinstance(part, ast.arg | ast.keyword):
                part.arg = names.get(part.arg or "", part.arg or "") or None
    return body


# The disguises


def rename_shortly(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
    """Call every variable v1, v2, …"""
    return _renamed(body, {name: f"v{at}" for at, name in enumerate(own_names(body)) if name not in fixed})


def rename_in_chinese(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
    """Call every variable something in Chinese."""
    own = [name for name in own_names(body) if name not in fixed]
    return _renamed(
        body, {name: CHINESE[at % len(CHINESE)] + "一" * (at // len(CHINESE)) for at, name in enumerate(own)}
    )


def rename_to_other_steps(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
    """Call each step as another one is called."""
    own = [name for name in own_names(body) if name in steps and name not in fixed]
    return _renamed(body, dict(zip(own, [*own[1:], *own[:1]], strict=True))) if len(own) > 1 else body


def fold(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
    """Write each step where it is used."""
    done: Body = []
    kept: dict[str, ast.expr] = {}
    for whole, number in body:
        name = assigned(whole)
        node = _Folding(kept).visit(whole) if kept and not _is_setup(whole) else whole
        if name is not None and name in steps - fixed and isinstance(node, ast.Assign):
            kept[name] = node.value
        else:
            done.append(Statement(node, number))
    return done


class _Folding(ast.NodeTransformer):
    def __init__(self, kept: Mapping[str, ast.expr]) -> None:
        self._kept = kept

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return copy.deepcopy(self._kept[node.id]) if isinstance(node.ctx, ast.Load) and node.id in self._kept else node


def split(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
    """Give the left operand of each product a name of its own."""
    done: Body = []
    for node, number in body:
        match node:
            case ast.Assign(value=ast.BinOp(left=ast.BinOp() as left, op=ast.Mult() | ast.MatMult())):
                name = f"part_{len(done)}"
                done.append(Statement(ast.Assign([ast.Name(name, ast.Store())], left), number))
                assert isinstance(node, ast.Assign)
                assert isinstance(node.value, ast.BinOp)
                node.value.left = ast.Name(name, ast.Load())
        done.append(Statement(node, number))
    return done


def in_function(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
    """Compute everything in a function that returns the results."""
    return _within(body, fixed, lambda inner, results: [_function("compute", [*inner, _return(results)])])


def in_main(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
    """Compute everything in main(), where the results are global."""
    names = [name for name in own_names(body) if name in fixed]
    head = [node for node in body if _is_setup(node.node)]
    rest = [node for node in body if not _is_setup(node.node)]
    inner = [_numbered(item) for item in rest]
    function = _function("main", [ast.Global(names), *inner])
    call = ast.parse("if __name__ == '__main__':\n    main()").body[0]
    return [*head, Statement(function, -1), Statement(call, -1)]


def in_class(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
    """Compute everything in a method that returns the results."""

    def inside(inner: list[ast.stmt], results: list[str]) -> list[ast.stmt]:
        method = _function("compute", [*inner, _return(results)], ["self"])
        return [ast.ClassDef("Network", [], [], [method], [])]

    return _within(body, fixed, inside, call="Network().compute()")


def in_loop(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
    """Put a loop of one pass around each step."""
    done: Body = []
    for node, number in body:
        name = assigned(node)
        if name in steps:
            _mark(node, number)
            loop = ast.For(ast.Name("_", ast.Store()), ast.parse("range(1)", mode="eval").body, [node], [])
            done.append(Statement(loop, number))
        else:
            done.append(Statement(node, number))
    return done


def multiply(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
    """Write np.multiply for *."""
    return [Statement(_Multiplying().visit(node), number) for node, number in body]


class _Multiplying(ast.NodeTransformer):
    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        return ast.Call(copy.deepcopy(MATRIX), [node.left, node.right], []) if isinstance(node.op, ast.Mult) else node


def reorder(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
    """Move each statement as far up as what it reads allows, in another order."""
    head = [item for item in body if _is_setup(item.node)]
    waiting = [item for item in body if not _is_setup(item.node)]
    if len(own_names(waiting)) < len(waiting) - sum(isinstance(item.node, ast.Expr) for item in waiting):
        return body  # a variable that is set twice
    done: Body = []
    while waiting:
        pending = set(own_names(waiting))
        ready = [item for item in waiting if not isinstance(item.node, ast.Expr) and not _loads(item.node) & pending]
        if not ready:
            break
        done.append(ready[-1])
        waiting.remove(ready[-1])
    return [*head, *done, *waiting]


def with_code_between(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
    """Put something unrelated between any two statements."""
    done: Body = []
    other = [
        "history = []",
        "scale = 3.0 * 2.0 - 1.0",
        "counts = [n * n for n in range(4)]",
        "history.append(scale)",
        "total = sum(counts) / len(counts)",
    ]
    for at, item in enumerate(body):
        done.append(item)
        if at > 2:
            done.append(Statement(ast.parse(other[(at - 3) % len(other)]).body[0], -1))
    return done


DISGUISES: dict[str, Disguise] = {
    way.__name__: way
    for way in (
        rename_shortly,
        rename_in_chinese,
        rename_to_other_steps,
        fold,
        split,
        in_function,
        in_main,
        in_class,
        in_loop,
        multiply,
        reorder,
        with_code_between,
    )
}


def both(first: Disguise, second: Disguise) -> Disguise:
    """Return one disguise over another."""

    def way(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
        return second(first(body, fixed, steps), fixed, steps)

    return way


DISGUISES |= {
    "fold_and_rename": both(fold, rename_shortly),
    "rename_in_function": both(rename_shortly, in_function),
    "multiply_in_chinese": both(multiply, rename_in_chinese),
    "split_and_rename": both(split, rename_shortly),
}


def _numbered(item: Statement) -> ast.stmt:
    _mark(item.node, item.number)
    return item.node


def _mark(node: ast.stmt, number: int) -> None:
    node.number = number  # type: ignore[attr-defined]


def _function(name: str, body: Sequence[ast.stmt], parameters: Sequence[str] = ()) -> ast.FunctionDef:
    arguments = ast.arguments([], [ast.arg(word) for word in parameters], None, [], [], None, [])
    return ast.FunctionDef(name, arguments, list(body), [])


def _return(names: Sequence[str]) -> ast.Return:
    return ast.Return(ast.Tuple([ast.Name(name, ast.Load()) for name in names], ast.Load()))


def _within(
    body: Body,
    fixed: Set[str],
    wrap: Callable[[list[ast.stmt], list[str]], list[ast.stmt]],
    call: str = "compute()",
) -> Body:
    """Leave the givens at the top; move all that follows them into what `wrap` makes of it."""
    rest = [item for item in body if not _is_setup(item.node)]
    own = own_names(rest)
    first = next((at for at, item in enumerate(rest) if _loads(item.node) & set(own)), len(rest))
    head = [item for item in body if _is_setup(item.node)] + rest[:first]
    moved = [item for item in rest[first:] if not isinstance(item.node, ast.Expr)]
    printed = [item for item in rest[first:] if isinstance(item.node, ast.Expr)]
    results = [name for name in own_names(moved) if name in fixed]
    wrapped = wrap([_numbered(item) for item in moved], results)
    outside = ast.parse(f"({', '.join(results)},) = {call}").body[0]
    return [*head, *(Statement(node, -1) for node in wrapped), Statement(outside, -1), *printed]


def as_cells(source: str) -> Iterator[str]:
    """Yield the cells of a notebook that holds each top-level statement of a script in one of its own."""
    lines = source.split("\n")
    for node in ast.parse(source).body:
        yield "\n".join(lines[node.lineno - 1 : node.end_lineno])


def sample(names: Sequence[str], count: int) -> list[str]:
    """Return some names, always the same ones."""
    return sorted(random.Random(17).sample(sorted(names), min(count, len(names))))


def plain_ascii(text: str) -> str:
    """Return a name for a test."""
    return re.sub(r"\W+", "-", text)
