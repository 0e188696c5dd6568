"""Rewrite a submission's syntax tree so that it can be run on other numbers.

Every assignment that may set a given is wrapped: `x = V` becomes `x = _grader_given(7, V)`, and at run time `givens.py`
decides by name and by value whether this one is a given. After every assignment of a step or result the value is
recorded. Nothing else changes: on its own numbers the rewritten script does what the student wrote, line for line.
"""

import ast
import builtins
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any

from .imports import ImportRewriter
from .programs import GivenSite, Words
from .syntax import (
    GIVEN,
    KEEP,
    LEAVES,
    LENIENT,
    LOST,
    RECORD,
    REPAIR,
    UNAVAILABLE,
    at,
    call_at,
    have_same_form,
    identifier,
    loaded_names,
    may_be_number,
    reading_of,
    single_targets,
)

_BUILTINS = frozenset({*dir(builtins), GIVEN, RECORD, KEEP, UNAVAILABLE, REPAIR, LENIENT, LOST})

_Target = ast.Name | ast.Attribute | ast.Subscript
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Rewriter(ImportRewriter):
    """Wraps what may be a given in an ordinary script: constants that are assigned, passed on or returned."""

    def __init__(
        self,
        words: Words,
        imported: frozenset[str],
        defined: frozenset[str],
        sites: list[GivenSite],
        places: dict[str, tuple[int | None, int]],
        cell: int | None,
    ) -> None:
        super().__init__()
        self._words = words
        self._imported = imported
        self._defined = defined
        self._sites = sites
        self._places = places
        self._cell = cell
        self._depth = 0  # of functions
        self.words_set: Callable[[], Set[str]] = frozenset
        self.fields: Mapping[str, Sequence[str]] = {}
        """Of the script's own records: what their values are called, in the order in which they are passed."""

    def visit(self, node: ast.AST) -> Any:
        """Visit a node, unless it is a leaf, which are most."""
        return node if isinstance(node, LEAVES) else super().visit(node)

    # Assignments

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        # What is within comes first: the value is wrapped as a whole, around what was wrapped in it.
        self.generic_visit(node)
        node.value, behind = self._assigned(node.targets, node.value)
        return [node, *behind, *self._records(node.targets, node.value)]

    def visit_AnnAssign(self, node: ast.AnnAssign) -> list[ast.stmt]:
        self.generic_visit(node)
        if node.value is None:
            return [node]
        node.value, behind = self._assigned([node.target], node.value)
        return [node, *behind, *self._records([node.target], node.value)]

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        self.generic_visit(node)
        return [node, *self._records([node.target], node.value)]

    def visit_Expr(self, node: ast.Expr) -> list[ast.stmt]:
        self.generic_visit(node)
        # `np.multiply(a, b, out=error)` sets it as an assignment does.
        keywords = node.value.keywords if isinstance(node.value, ast.Call) else []
        return [node, *self._records([each.value for each in keywords if each.arg == "out"], node.value)]

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.expr:
        self.generic_visit(node)
        node.value = self._wrapped([node.target.id], node.value)
        recorded = self._words.recorded.get(node.target.id)
        if recorded is not None:
            self._note_place(recorded, node.lineno, node.value)
            node.value = call_at(KEEP, recorded, node.value, node.value)
        return node

    def _assigned(self, targets: Sequence[ast.expr], value: ast.expr) -> tuple[ast.expr, list[ast.stmt]]:
        """Wrap the value of an assignment; a given that is unpacked from it is set again right behind."""
        # Of `a = b, c = 1, 2` the tuple itself is bound too, so that it cannot be taken apart.
        if len(targets) == 1 and have_same_form(targets[0], value):
            return self._element_by_element(targets[0], value)
        # Of `x1, x2 = x = [0.1, 0.3]` what is unpacked are the numbers that were set.
        value = self._wrapped([identifier(target) for target in targets if isinstance(target, _Target)], value)
        unpacked = single_targets(target for target in targets if not isinstance(target, _Target))
        return value, [again for target in unpacked for again in self._set_again(target, value)]

    def _set_again(self, target: ast.expr, value: ast.expr) -> Iterator[ast.stmt]:
        """Yield a statement that sets a given which was unpacked from a value."""
        name = identifier(target) or ""
        given = self._given_named(name)
        loaded = loaded_names(value)
        if given is not None and not self._mentions(loaded, given):
            constant = self._is_free(loaded)
            again = self._site_call(given, name, reading_of(target), value, constant=constant, firm=True)
            yield at(value, ast.Assign(targets=[target], value=again))

    def _element_by_element(self, target: ast.expr, value: ast.expr) -> tuple[ast.expr, list[ast.stmt]]:
        assert isinstance(target, ast.Tuple | ast.List)
        assert isinstance(value, ast.Tuple | ast.List)
        behind: list[ast.stmt] = []
        for index, (left, right) in enumerate(zip(target.elts, value.elts, strict=True)):
            value.elts[index], more = self._assigned([left], right)
            behind += more
        return value, behind

    def _wrapped(self, names: Sequence[str | None], value: ast.expr, *, firm: bool = True) -> ast.expr:
        """Wrap a value that is bound to `names` if it may be a given."""
        given = self._first_given(names)
        if not self._words.givens or (given is None and not may_be_number(value)):
            return value
        loaded = loaded_names(value)
        constant = self._is_free(loaded)
        # Without a name only a constant can be a given: a computed value may equal one by chance.
        if given is None and not constant:
            return value
        if given is not None and self._mentions(loaded, given):
            return value  # computed from the given itself, such as x = x.reshape(3, 1)
        name = next((name for name in names if name), "")
        return self._site_call(given, name, value, value, constant=constant, firm=firm)

    def _first_given(self, names: Sequence[str | None]) -> str | None:
        return next((found for name in names if name and (found := self._given_named(name))), None)

    def _given_named(self, name: str) -> str | None:
        return self._words.givens.get(name)

    def _site_call(
        self, given: str | None, name: str, value: ast.expr, where: ast.expr, *, constant: bool, firm: bool
    ) -> ast.expr:
        self._sites.append(GivenSite(given, name, constant, firm, where.lineno, self._cell, within=self._depth > 0))
        return call_at(GIVEN, len(self._sites) - 1, value, where)

    def _records(self, targets: Sequence[ast.expr], value: ast.expr) -> Iterator[ast.stmt]:
        """Return the statements that record what an assignment has just set, once for each step among its targets."""
        for target in single_targets(targets):
            step = self._recorded_by(target)
            if step is None:
                continue
            recorded, assigned = step
            # `a, error = f(x)` computes nothing in this line: f does
            unpacked = isinstance(value, ast.Call) and target not in targets
            self._note_place(recorded, target.lineno, None if unpacked else value)
            call = call_at(RECORD, recorded, reading_of(assigned), target)
            yield at(target, ast.Expr(call))

    def _recorded_by(self, target: ast.expr) -> tuple[str, ast.expr] | None:
        """Return the step that a target sets, and what then holds its value: `error` where it is `error[0] = …`."""
        for holder in (target, target.value) if isinstance(target, ast.Subscript) else (target,):
            recorded = self._words.recorded.get(identifier(holder) or "")
            if recorded is not None:
                return recorded, holder
        return None

    def _note_place(self, recorded: str, line: int, value: ast.expr | None) -> None:
        """Note the last line that computes a value; one that sets None, or unpacks (`value` None), only if no other."""
        is_none = value is None or (isinstance(value, ast.Constant) and value.value is None)
        if not is_none or recorded not in self._places:
            self._places[recorded] = (self._cell, line)

    # Other places that bind a value to a name: parameters, arguments, dictionary entries

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._with_defaults(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._with_defaults(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self._with_defaults(node)
        node.body = self._wrapped([None], node.body, firm=False)
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Tuple):
            node.value.elts = [self._wrapped([None], element, firm=False) for element in node.value.elts]
        elif node.value is not None:
            node.value = self._wrapped([None], node.value, firm=False)
        return node

    def _with_defaults(self, node: _Function) -> ast.AST:
        self._depth += 1
        self.generic_visit(node)
        arguments = node.args
        positional = [*arguments.posonlyargs, *arguments.args]
        for index, argument in enumerate(positional[len(positional) - len(arguments.defaults) :]):
            arguments.defaults[index] = self._wrapped([argument.arg], arguments.defaults[index], firm=False)
        for index, argument in enumerate(arguments.kwonlyargs):
            default = arguments.kw_defaults[index]
            if default is not None:
                arguments.kw_defaults[index] = self._wrapped([argument.arg], default, firm=False)
        self._depth -= 1
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        # numpy's own functions take numbers for many reasons; the student's own take what the exercise gives.
        of_students = identifier(node.func) in self._defined
        for keyword in node.keywords:
            if of_students or keyword.arg in self._words.givens:  # `Config(learnrate=0.5)` says what it is
                keyword.value = self._wrapped([keyword.arg], keyword.value, firm=False)
            keyword.value = self._entry(keyword.arg, keyword.value)
        if of_students:
            node.args = [self._wrapped([None], argument, firm=False) for argument in node.args]
        if not any(isinstance(argument, ast.Starred) for argument in node.args):
            for index, word in enumerate(self.fields.get(identifier(node.func) or "", ())[: len(node.args)]):
                node.args[index] = self._entry(word, node.args[index])
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        self.generic_visit(node)
        for index, key in enumerate(node.keys):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                value = self._wrapped([key.value], node.values[index], firm=False)
                node.values[index] = self._entry(key.value, value)
        return node

    def _entry(self, word: str | None, value: ast.expr) -> ast.expr:
        """Record what has a step's name only in a dictionary or record, or where it is passed on."""
        recorded = self._words.recorded.get(word or "")
        if self._is_function(value):  # what is called so is a function, and no value of a step
            return value
        # Beside a variable it may be anything: a rounded value to be printed, or what is expected.
        if recorded is None or any(self._words.recorded.get(each) == recorded for each in self.words_set()):
            return value
        self._note_place(recorded, value.lineno, value)
        return call_at(KEEP, recorded, value, value)

    def _is_function(self, value: ast.expr) -> bool:
        return isinstance(value, ast.Lambda) or (isinstance(value, ast.Name) and value.id in self._defined)

    def _is_free(self, loaded: Set[str]) -> bool:
        """Tell whether an expression with these names uses no variable of the student's."""
        return all(name in self._imported or name in _BUILTINS for name in loaded)

    def _mentions(self, loaded: Set[str], given: str) -> bool:
        return any(self._words.givens.get(name) == given for name in loaded)
