"""Other forms of one computing assignment, wherever it stands: with `:=`, from a closure, element by element, ...

Each form gives a name the same value by other statements; `DISGUISES` gets them all.
"""

import ast
import copy
from collections.abc import Callable, Iterator, Set

from graders.exercise.calculation import names_in
from tests.support.disguises import (
    DISGUISES,
    Body,
    Disguise,
    Statement,
    assigned,
    both,
    fold,
    own_names,
    rename_shortly,
)

Form = Callable[[str, ast.expr], list[ast.stmt] | None]
"""Returns what stands for `name = value`, or None where there is no such form."""


def written_as(form: Form, head: str = "") -> Disguise:
    """Return the disguise that writes every computing assignment in another form; `head`: what that needs above."""

    def way(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
        rewriting = _Rewriting(form)
        done: Body = []
        for node, number in body:
            new = rewriting.visit(node)
            done += [Statement(each, number) for each in (new if isinstance(new, list) else [new])]
        return _with_head(done, head)

    return way


def _with_head(body: Body, head: str) -> Body:
    """Return a script with lines of ours behind its imports."""
    at = next((at for at, item in enumerate(body) if not _is_first(item.node)), len(body))
    return [*body[:at], *(Statement(node, -1) for node in ast.parse(head).body), *body[at:]]


def _is_first(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


class _Rewriting(ast.NodeTransformer):
    def __init__(self, form: Form) -> None:
        self._form = form

    def visit_Assign(self, node: ast.Assign) -> ast.AST | list[ast.stmt]:
        name = assigned(node)
        if name is None or not is_computed(node.value):
            return node
        found = self._form(name, node.value)
        if found is None:
            return node
        number = getattr(node, "number", None)
        for statement in found:
            for part in ast.walk(statement):
                if isinstance(part, ast.stmt):
                    part.number = number  # type: ignore[attr-defined]
        return found


def is_computed(value: ast.expr) -> bool:
    """Tell whether a value is computed from others: what is given is left as it is."""
    return bool(names_in(value) - {"np", "numpy"}) and not isinstance(value, ast.Name)


def _statements(source: str, **expressions: ast.expr) -> list[ast.stmt]:
    """Return statements in which words stand for expressions."""
    tree = ast.parse(source)
    return _Filling(expressions).visit(tree).body  # type: ignore[no-any-return]


class _Filling(ast.NodeTransformer):
    def __init__(self, expressions: dict[str, ast.expr]) -> None:
        self._expressions = expressions

    def visit_Name(self, node: ast.Name) -> ast.expr:
        found = self._expressions.get(node.id)
        return node if found is None else copy.deepcopy(found)


def _form(source: str) -> Form:
    return lambda name, value: _statements(source.replace("NAME", name), VALUE=value)


def _by_ufunc(name: str, value: ast.expr) -> list[ast.stmt] | None:
    """Return `np.multiply(a, b, out=name)`."""
    words = {ast.Mult: "multiply", ast.Sub: "subtract", ast.Add: "add", ast.Div: "divide"}
    if not isinstance(value, ast.BinOp) or type(value.op) not in words or name in names_in(value):
        return None
    source = f"{name} = np.zeros(np.broadcast(LEFT, RIGHT).shape)\nnp.{words[type(value.op)]}(LEFT, RIGHT, out={name})"
    return _statements(source, LEFT=value.left, RIGHT=value.right)


def _by_reduce(name: str, value: ast.expr) -> list[ast.stmt] | None:
    factors = list(_factors(value))
    if len(factors) < 2:
        return None
    product = ast.List(factors, ast.Load())
    return _statements(f"{name} = functools.reduce(operator.mul, PRODUCT)", PRODUCT=product)


def _by_rebinding(name: str, value: ast.expr) -> list[ast.stmt] | None:
    """Return `name = a`, `name = name * b`."""
    if not isinstance(value, ast.BinOp) or name in names_in(value):
        return None
    again = ast.BinOp(ast.Name(name, ast.Load()), value.op, value.right)
    return [ast.Assign([ast.Name(name, ast.Store())], each) for each in (value.left, again)]


def _by_augmenting(name: str, value: ast.expr) -> list[ast.stmt] | None:
    """Return `name = 1.0 * a`, `name *= b`, where the shape stays."""
    if not isinstance(value, ast.BinOp) or not isinstance(value.op, ast.Mult | ast.Sub | ast.Add | ast.Div):
        return None
    first = ast.BinOp(ast.Constant(1.0), ast.Mult(), value.left)
    if name in names_in(value):
        return None
    return [
        ast.Assign([ast.Name(name, ast.Store())], first),
        ast.AugAssign(ast.Name(name, ast.Store()), value.op, value.right),
    ]


def _in_pieces(name: str, value: ast.expr) -> list[ast.stmt] | None:
    """Return a statement for each operation."""
    done: list[ast.stmt] = []

    def part(node: ast.expr) -> ast.expr:
        if not isinstance(node, ast.BinOp) or not is_computed(node):
            return node
        left, right = part(node.left), part(node.right)
        word = f"{name}_{len(done)}"
        done.append(ast.Assign([ast.Name(word, ast.Store())], ast.BinOp(left, node.op, right)))
        return ast.Name(word, ast.Load())

    if not isinstance(value, ast.BinOp):
        return None
    whole = ast.BinOp(part(value.left), value.op, part(value.right))
    return [*done, ast.Assign([ast.Name(name, ast.Store())], whole)] if done else None


def _factors(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield from _factors(node.left)
        yield node.right
    else:
        yield node


class _Products(ast.NodeTransformer):
    """Writes a product of arrays in another way."""

    def __init__(self, source: str) -> None:
        self._source = source

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr="dot" | "matmul"), args=[left, right]):
                return self._written(left, right)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        return self._written(node.left, node.right) if isinstance(node.op, ast.MatMult) else node

    def _written(self, left: ast.expr, right: ast.expr) -> ast.expr:
        statement = _statements(self._source, LEFT=left, RIGHT=right)[0]
        assert isinstance(statement, ast.Expr)
        return statement.value


def _products(source: str) -> Disguise:
    def way(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
        return [Statement(_Products(source).visit(node), number) for node, number in body]

    return way


def _kept_in(target: str, head: str) -> Disguise:
    """Return the disguise that keeps every variable of the top in one object."""

    def way(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
        defined = [node for node, _ in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        inner = {word for node in defined for word in _words_of(node)}
        own = [name for name in own_names(body) if name not in fixed | inner]
        done = [Statement(_Keeping(own, target).visit(node), number) for node, number in body]
        return _with_head(done, head)

    return way


def _words_of(tree: ast.AST) -> set[str]:
    return names_in(tree) | {part.arg for part in ast.walk(tree) if isinstance(part, ast.arg)}


class _Keeping(ast.NodeTransformer):
    def __init__(self, names: list[str], target: str) -> None:
        self._names = names
        self._target = target

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self._names:
            return node
        kept = ast.parse(self._target.format(node.id), mode="eval").body
        kept.ctx = node.ctx  # type: ignore[attr-defined]
        return kept


class _Locals(ast.NodeTransformer):
    """Renames what functions call their own."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        own = [part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
        parameters = [argument.arg for argument in node.args.args if argument.arg != "self"]
        words = {name: f"t{at}" for at, name in enumerate(dict.fromkeys([*parameters, *own]))}
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and part.id in words:
                part.id = words[part.id]
            elif isinstance(part, ast.arg) and part.arg in words:
                part.arg = words[part.arg]
        return node


def rename_locals(body: Body, fixed: Set[str], steps: Set[str]) -> Body:
    """Call the variables of functions t0, t1, …"""
    return [Statement(_Locals().visit(node), number) for node, number in body]


_LAYER = "class Layer:\n    pass\n\n\nlayer = Layer()"
_DECORATED = """import functools


def told(function):
    @functools.wraps(function)
    def inner(*given):
        return function(*given)
    return inner
"""

FORMS: dict[str, Disguise] = {
    "walrus": written_as(_form("(NAME := VALUE)")),
    "packed": written_as(_form("NAME, _other = (VALUE, None)")),
    "starred": written_as(_form("NAME, *_rest = [VALUE, 0]")),
    "by_lambda": written_as(_form("NAME = (lambda: VALUE)()")),
    "by_closures": written_as(
        _form("def outer():\n    def inner():\n        return VALUE\n    return inner\nNAME = outer()()")
    ),
    "by_generator": written_as(_form("def steps():\n    yield VALUE\nNAME = next(steps())")),
    "decorated": written_as(_form("@told\ndef step():\n    return VALUE\nNAME = step()"), _DECORATED),
    "element_by_element": written_as(
        _form(
            "_whole = VALUE\nNAME = np.zeros(np.shape(_whole))\n"
            "for _at in np.ndindex(np.shape(_whole)):\n    NAME[_at] += np.asarray(_whole)[_at]"
        )
    ),
    "filled": written_as(_form("NAME = np.zeros(np.shape(VALUE))\nNAME[...] = VALUE")),
    "comprehended": written_as(_form("NAME = np.array([_one for _one in VALUE]) if np.ndim(VALUE) else VALUE")),
    "annotated": written_as(_form("NAME: object = VALUE")),
    "guarded": written_as(_form("if True:\n    NAME = VALUE")),
    "tried": written_as(_form("try:\n    NAME = VALUE\nexcept ZeroDivisionError:\n    NAME = None")),
    "with_context": written_as(_form("with np.errstate(all='ignore'):\n    NAME = VALUE")),
    "by_ufunc": written_as(_by_ufunc),
    "by_reduce": written_as(_by_reduce, "import functools\nimport operator"),
    "by_rebinding": written_as(_by_rebinding),
    "by_augmenting": written_as(_by_augmenting),
    "in_pieces": written_as(_in_pieces),
    "tensordot": _products("np.tensordot(LEFT, RIGHT, 1)"),
    "method_dot": _products("np.asarray(LEFT).dot(RIGHT)"),
    "in_dictionary": _kept_in("values['{}']", "values = {}"),
    "in_attributes": _kept_in("layer.{}", _LAYER),
    "rename_locals": rename_locals,
}
FORMS |= {
    "pieces_renamed": both(FORMS["in_pieces"], rename_shortly),
    "fold_by_lambda": both(fold, FORMS["by_lambda"]),
    "locals_in_pieces": both(FORMS["in_pieces"], rename_locals),
}
ALL: dict[str, Disguise] = {**DISGUISES, **FORMS}
