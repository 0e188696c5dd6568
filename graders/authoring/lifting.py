"""Statements of an example as the assignments they stand for: what is only shown, and literals in calls, get names."""

import ast
import copy
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from graders.authoring.catching import kept_refusal, refused_call
from graders.authoring.example import Written, gives, only_shows, without_shown
from graders.authoring.expressions import (
    as_list,
    beginning,
    is_one_of,
    names_found,
    part_set_in,
    root_name,
    targets_in,
    text_parameters,
)
from graders.authoring.forms import is_data
from graders.authoring.solution import GENERATORS
from graders.exercise.calculation import Definition, changed_names, names_in

_LAZY = {"islice", "zip", "enumerate", "map", "filter", "takewhile", "chain", "reversed"}
"""Calls that give no value, but what gives one after the other."""

_ASKING = {"abs", "len", "float", "int", "bool", "list", "sum", "max", "min", "round", "sorted", "str", "repr"}
"""Functions of Python's own that ask an object's methods."""

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Lifting:
    """Makes one statement after the other plain. `left`: the names that the example as it stands leaves."""

    def __init__(self, written: Written, left: Mapping[str, Any], taken: Collection[str]) -> None:
        self.written, self.left = written, left
        self.objects: set[str] = set()  # names of what their classes make: numbers only once a method is called
        self._taken = set(taken)
        self._names: dict[tuple[str, str], str] = {}
        self.new: list[ast.stmt] = []

    def plain(self, node: ast.stmt) -> Iterator[ast.stmt]:
        """Yield the statements that one stands for."""
        if isinstance(node, Definition | ast.Import | ast.ImportFrom):
            yield node
            return
        # A copy: an example that shows too little is made plain once more, with what docstrings show.
        rest = list(self._rest_of(copy.deepcopy(node)))
        for statement in [*self.new, *rest]:
            yield ast.fix_missing_locations(ast.copy_location(statement, node))
            if names_in(statement) & (self.written.theirs | self.objects):
                self.objects |= {name for name in targets_in(statement) if not is_data(self.left.get(name))}
        self.new.clear()

    def _rest_of(self, node: ast.stmt) -> Iterator[ast.stmt]:
        """Yield what is left of a statement, beside the new ones that it needs before it."""
        call = refused_call(node)
        if call is not None:
            yield kept_refusal(self.name_for("refused", ast.unparse(call)), call)
            return
        node = self._with_named_part(_Inputs(self).visit(node))
        shown = only_shows(node, self.written)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and not shown:
            shown = self.is_own(node.value) and self.gives(node.value)
        if not shown:
            yield from without_shown([node], self.written)
            return
        names = _Results(self).names_shown(node)
        if names:
            yield ast.Expr(ast.Call(ast.Name("print", ast.Load()), [ast.Name(name, ast.Load()) for name in names], []))

    def name_for(self, word: str, text: str) -> str:
        """Return a name for an expression: the same one for the same text."""
        if (word, text) not in self._names:
            name, number = word, 2
            while name in self._taken:
                name, number = f"{word}_{number}", number + 1
            self._taken.add(name)
            self._names[word, text] = name
        return self._names[word, text]

    def lift(self, word: str, value: ast.expr, *, again: bool = False) -> ast.expr:
        """Assign an expression to a name above the statement, and return the name.

        `again`: it may have another value each time, as what a method of an object gives.
        """
        text = ast.unparse(value)
        known = (word, text) in self._names and not again
        if again:
            self._names.pop((word, text), None)
        name = self.name_for(word, text)
        if not known:
            self.new.append(ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], value), value))
        return ast.copy_location(ast.Name(name, ast.Load()), value)

    def _with_named_part(self, node: ast.stmt) -> ast.stmt:
        """Name the input that a part is set to: `params["W"] = rng.normal(size=(2, 3))`, `net.b = np.zeros(3)`."""
        generators = {name for name, each in self.left.items() if isinstance(each, GENERATORS)}
        if (target := part_set_in(node, {"np", "numpy"} | generators)) is not None and root_name(target) in self.left:
            word = "_".join(re.findall(r"\w+", ast.unparse(target)))
            node.value = self.lift(word, node.value)  # type: ignore[attr-defined]
        return node

    def is_own(self, call: ast.Call) -> bool:
        """Tell whether a call is one of what students write."""
        match call.func:
            case ast.Name(id=name):
                return name in self.written.theirs or name in self.objects
            case ast.Attribute(value=value, attr=method):
                root = root_name(value)
                known = root in self.written.theirs or root in self.objects or self.is_object(beginning(value))
                return known and method in self.written.methods
        return False

    def is_object(self, node: ast.expr) -> bool:
        """Tell whether an expression is an object of what they write."""
        return is_one_of(node, self.objects, self.written.definitions)

    def gives(self, call: ast.Call) -> bool:
        """Tell whether a call of theirs gives a value, and not only the object itself."""
        function = self.written.function_of(call)
        return function is not None and gives(function)


class _Inputs(ast.NodeTransformer):
    """Gives names to literals that are handed to the solution's functions."""

    def __init__(self, lifting: Lifting) -> None:
        self._lifting = lifting

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node  # its numbers are those of the function that it is

    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        own = self._lifting.written.theirs | self._lifting.objects
        if isinstance(node.iter, ast.List | ast.Tuple) and names_in(node) & own and self._is_input(node.iter):
            node.iter = self._lifting.lift("tried", node.iter)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        written = self._lifting.written
        function = written.function_of(node)
        # By its name: with a `__call__` in the file, any other call would pass for one of it.
        if function is not None and (self._lifting.is_own(node) or ast.unparse(node.func) in written.definitions):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func).lower()
            modes = text_parameters(function)
            parameters = [*written.parameters_of(function, node), *map(str, range(len(node.args)))]
            for index, value in enumerate(node.args):
                node.args[index] = self._named(called, parameters[index], value, modes)
            for keyword in node.keywords:
                keyword.value = self._named(called, keyword.arg or "", keyword.value, modes)
        return node

    def _named(self, called: str, parameter: str, value: ast.expr, modes: Collection[str]) -> ast.expr:
        """Return the name that an argument is given, if it is an input; else the argument."""
        if not parameter or parameter in modes or not self._is_input(value):
            return value
        return self._lifting.lift(f"{called}_{parameter}", value)

    def _is_input(self, value: ast.expr) -> bool:
        """Tell whether an argument is a literal that might be another one: not a mode, nor a switch."""
        match value:
            case ast.Constant(value=str(text)):
                return text not in self._lifting.written.texts
            case ast.Constant(value=constant):
                return type(constant) in (int, float)
            case ast.UnaryOp(operand=ast.Constant()):
                return True
            case ast.List() | ast.Tuple() | ast.Dict() | ast.BinOp() | ast.Call():
                return self._is_made_of_numbers(value)
        return False

    def _is_made_of_numbers(self, value: ast.expr) -> bool:
        parts = list(ast.walk(value))
        numbers = [part for part in parts if isinstance(part, ast.Constant) and not isinstance(part.value, bool)]
        known = {"np", "math", "numpy", "float", "int"}
        return bool(numbers) and names_in(value) <= known and not any(isinstance(part, ast.Lambda) for part in parts)


class _Results(ast.NodeTransformer):
    """Gives names to what is shown and was computed by what students write."""

    def __init__(self, lifting: Lifting) -> None:
        self._lifting = lifting
        self._bound: list[set[str]] = []

    def names_shown(self, node: ast.stmt) -> list[str]:
        """Lift what a statement that only shows computes; return the names that it shows then."""
        match node:
            case ast.For(target=target, iter=over, body=body):
                node.iter = self._looped_over(over)
                if names_in(node.iter) & self._lifting.objects:  # what is taken from among objects is one
                    self._lifting.objects |= names_in(target)
                for part in body:
                    self._in_loop([ast.comprehension(target, node.iter, [], 0)], part)
            case ast.Expr(value=ast.Call() as call) if not self._lifting.is_own(call):
                call.args = [self.visit(argument) for argument in call.args]
            case _:
                node = self.visit(node)
        return self._known_in(node)

    def _known_in(self, node: ast.stmt) -> list[str]:
        """Return the names of the example, and of what was lifted, that a statement shows."""
        loaded = [part.id for part in names_found(node) if isinstance(part.ctx, ast.Load)]
        lifted = [name for each in self._lifting.new for name in changed_names(each)]
        known = {*self._lifting.left, *lifted}.difference(targets_in(node))
        return [name for name in dict.fromkeys([*loaded, *lifted]) if name in known]

    def _looped_over(self, over: ast.expr) -> ast.expr:
        """Return what a loop runs over, with a name: numbers written down are inputs, what theirs gives is a result."""
        if isinstance(over, ast.Call) and self._lifting.is_own(over):
            return self._lifting.lift(self._word(over), as_list(over), again=True)
        return self.visit(over)  # type: ignore[no-any-return]

    def _in_loop(self, loops: Sequence[ast.comprehension], part: ast.stmt) -> None:
        """Lift what is computed in each pass, as a list of what all passes give."""
        if isinstance(part, ast.For):
            for inner in part.body:
                self._in_loop([*loops, ast.comprehension(part.target, part.iter, [], 0)], inner)
            return
        counters = {name for loop in loops for name in names_in(loop.target)}
        for call in filter(self._lifting.gives, self._own_calls(part)):
            value = ast.ListComp(call, list(loops)) if names_in(call) & counters else call
            self._lifting.lift(self._word(call), ast.copy_location(value, call), again=True)

    def _own_calls(self, node: ast.AST) -> Iterator[ast.Call]:
        """Yield the outermost calls of theirs."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call) and self._lifting.is_own(child):
                yield child
            else:
                yield from self._own_calls(child)

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, _COMPREHENSIONS):
            return self._comprehension(node)
        return super().visit(node)

    def _comprehension(self, node: ast.expr) -> ast.expr:
        """Lift a comprehension as a whole if each of its elements needs theirs."""
        if not any(self._own_calls(node)):
            return node
        call = next(self._own_calls(node))
        value = ast.ListComp(node.elt, node.generators) if isinstance(node, ast.GeneratorExp) else node
        return self._lifting.lift(self._word(call), ast.copy_location(value, node), again=True)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        return self._by_operator(node, [node.left, node.right])

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        return self._by_operator(node, [node.left, *node.comparators])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        return self._by_operator(node, [node.operand])

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        return self._by_operator(node, [node.value])

    def _by_operator(self, node: ast.expr, operands: Sequence[ast.expr]) -> ast.AST:
        """Lift what a class's own operator computes: `p + q`, `-p`, `p == q`, `p[0]`."""
        if not any(map(self._lifting.is_object, operands)):
            return self.generic_visit(node)
        word = type(getattr(node, "op", None) or getattr(node, "ops", [node])[0]).__name__.lower()
        return self._lifting.lift(f"{word}_result", node, again=True)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        called = ast.unparse(node.func)
        if called in _ASKING and any(map(self._lifting.is_object, node.args)):
            return self._lifting.lift(f"{called}_result", node, again=True)
        if self._lifting.is_own(node) and self._lifting.gives(node):
            value = as_list(node) if self._is_generator(node) else node
            return self._lifting.lift(self._word(node), value, again=True)
        if drawn_from := [call for call in self._own_calls(node) if self._is_generator(call)]:
            # As a whole: a generator may never end, and what is made of it knows when to stop.
            lazy = ast.unparse(node.func).rpartition(".")[2] in _LAZY
            return self._lifting.lift(self._word(drawn_from[0]), as_list(node) if lazy else node, again=True)
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        match node.value:
            # Of `fit.residuals.max()` the attribute is the result; what is made of it is the example's own.
            case ast.Name(id=name) if name in self._lifting.objects and node.attr not in self._lifting.written.methods:
                if is_data(getattr(self._lifting.left.get(name), node.attr, object())):
                    return self._lifting.lift(f"{name}_{node.attr}", node, again=True)
        return self.generic_visit(node)

    def _is_generator(self, call: ast.Call) -> bool:
        function = self._lifting.written.function_of(call)
        return function is not None and any(isinstance(part, ast.Yield | ast.YieldFrom) for part in ast.walk(function))

    def _word(self, call: ast.Call) -> str:
        called = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
        return f"{called.lower()}_result"
