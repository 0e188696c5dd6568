"""What functions must not use, and what they must: decided on the syntax tree, before anything has run.

A function is looked at with all that it mentions of the submission's own: functions, and what stands in global names.
Names are followed through imports, plain assignments and look-ups, so that `from numpy.linalg import solve as s` is
`np.linalg.solve`. What hides a name from all this (`eval`, a `getattr` whose name is computed) is not allowed either.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

_LOOPS = (ast.For, ast.AsyncFor, ast.comprehension)
_FORMS: Mapping[str, tuple[type[ast.AST], ...]] = {
    "for": _LOOPS,
    "while": (ast.While,),
    "loop": (*_LOOPS, ast.While),
    "comprehension": (ast.comprehension,),
    "if": (ast.If, ast.IfExp),
    "lambda": (ast.Lambda,),
    "try": (ast.Try,),
    "@": (ast.MatMult,),
    "**": (ast.Pow,),
}
"""Words for what is no name; `recursion` is another."""

_RECURSION = "recursion"
_MODULES = {"np": "numpy", "sp": "scipy", "pd": "pandas", "plt": "matplotlib.pyplot"}
"""How exercises call modules; a submission may call them anything."""

_HIDING = ("eval", "exec", "compile")
_IMPORTING = ("__import__", "import_module")
_LOOKING_UP = (*_HIDING, *_IMPORTING, "getattr")
_MOST = 50  # a reply stays small, whatever a submission repeats

BrokenRule = tuple[str, str, int | None, int | None]
"""Function, what is wrong with it, line and cell; without a line it lacks what it must use."""

_WITH_OWN_NAMES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class AllowingRules(NamedTuple):
    """By function (or `Class.method`, or nothing for all) what it must not use, and what it must."""

    forbid: Mapping[str, Sequence[str]]
    require: Mapping[str, Sequence[str]]


def is_form(word: str) -> bool:
    """Tell whether a word of a rule is no name but a form of Python's."""
    return word in _FORMS or word == _RECURSION


def not_allowed(trees: Sequence[tuple[int | None, ast.Module]], rules: AllowingRules) -> list[BrokenRule]:
    """Return what breaks the rules, at its first place in each function; the trees come with their cells' numbers."""
    program = _Program(trees)
    found: list[BrokenRule] = []
    for function, words in rules.forbid.items():
        for word in words:
            place = next(program.uses(function, word), None)
            if place is not None:
                found.append((function, word, *place))
        found += [(function, *hidden) for hidden in program.hidden(function, words)][:1]
    for function, words in rules.require.items():
        found += [(function, word, None, None) for word in words if next(program.uses(function, word), None) is None]
    return found[:_MOST]


class _Program:
    """The functions of a submission, and what its names stand for."""

    def __init__(self, trees: Sequence[tuple[int | None, ast.Module]]) -> None:
        self._functions: dict[str, tuple[int | None, _Definition]] = {}
        self._trees = trees
        self._known: dict[str, str] = {}
        self._starred: list[str] = []
        self._globals: dict[str, list[tuple[int | None, ast.expr]]] = {}
        self._mentions: dict[str, set[str]] = {}
        self._kinds: set[type[ast.AST]] = set()
        self._may_hide = False
        for cell, tree in trees:
            self._add(tree.body, "", cell)
            self._add_globals(tree.body, cell)
            for node in ast.walk(tree):
                self._kinds.add(type(node))
                self._follow(node)

    def uses(self, function: str, word: str) -> Iterator[tuple[int, int | None]]:
        """Yield line and cell of each use of something in a function and in those that it mentions."""
        if word in _FORMS and self._kinds.isdisjoint(_FORMS[word]):
            return  # nowhere in the submission, as with most forms that are forbidden
        for cell, node in self._reached(function, values=not is_form(word)):
            own = getattr(node, "name", "")
            line = getattr(node, "lineno", 1)  # of the last node that had one: an operator has none of its own
            for part in ast.walk(node):
                line = getattr(part, "lineno", line)
                if self._is_use(part, word, own):
                    yield line, cell

    def hidden(self, function: str, words: Sequence[str]) -> Iterator[tuple[str, int, int | None]]:
        """Yield what may use anything without naming it, with line and cell."""
        modules = [_full(word) for word in words if not is_form(word)]
        for cell, node in self._reached(function, values=True) if self._may_hide else ():
            for part in ast.walk(node):
                if name := self._hiding(part, modules):
                    yield name, getattr(part, "lineno", 1), cell

    def _hiding(self, part: ast.AST, modules: Sequence[str]) -> str:
        """Return what gives anything by a name that is computed, or an empty text."""
        if not isinstance(part, ast.Call):
            return ""
        name = self._name_of(part.func).removeprefix("builtins.")
        match part.args:
            case [value, key, *_] if name == "getattr" and not _is_text(key):
                return name if _may_hold(self._name_of(value), modules) else ""
            case [key, *_] if _last_word(name) in _IMPORTING and not _is_text(key):
                return _last_word(name)
        return name if name in _HIDING else ""

    def _is_use(self, part: ast.AST, word: str, own: str) -> bool:
        if word == _RECURSION:
            # By the last name, so that `self.f()` in a method `f` counts, too; what is no function calls nobody.
            return isinstance(part, ast.Call) and self._name_of(part.func).rpartition(".")[2] == own != ""
        if word in _FORMS:
            return isinstance(part, _FORMS[word])
        wanted = _full(word)
        found = self._name_of(part) if isinstance(part, ast.expr) else ""
        if wanted.startswith("."):  # a method, of whatever object
            return isinstance(part, ast.Attribute) and f".{part.attr}" == wanted
        # After `from numpy import *` a bare name may be any of the module's.
        names = [found, *(f"{module}.{found}" for module in self._starred)]
        return any(name == wanted or name.startswith(f"{wanted}.") for name in names)

    def _reached(self, function: str, *, values: bool) -> Iterator[tuple[int | None, ast.AST]]:
        """Yield a function's tree, and those of the submission's own functions it mentions, each once.

        `values`: also what it finds in global names. A loop that filled one of them is no loop of the function.
        """
        if not function:
            yield from self._trees
            return
        waiting, seen = [function], set[str]()
        while waiting:
            name = waiting.pop()
            if name in seen or name not in self._functions:
                continue
            seen.add(name)
            cell, node = self._functions[name]
            yield cell, node
            if name not in self._mentions:  # asked for every word of every rule
                self._mentions[name] = self._mentioned_in(node)
            mentioned = self._mentions[name]
            # A method is found by its last name alone: what its object is cannot be known before anything has run.
            waiting += [other for other in self._functions if other.rpartition(".")[2] in mentioned]
            if values:
                yield from self._values_of(mentioned)

    def _mentioned_in(self, function: ast.AST) -> set[str]:
        read = list(_reads_of(function, frozenset()))
        # By the name itself, too: what it was set to may hide what that is.
        return {part.id for part in read if isinstance(part, ast.Name)} | set(map(self._last, read))

    def _values_of(self, names: Set[str]) -> Iterator[tuple[int | None, ast.expr]]:
        """Yield what stands in global names, and in those that it names, in an order that is the same each time."""
        waiting, seen = sorted(names & self._globals.keys()), set[str]()
        while waiting:
            name = waiting.pop(0)
            for cell, value in () if name in seen else self._globals[name]:
                yield cell, value
                waiting += sorted(
                    {part.id for part in ast.walk(value) if isinstance(part, ast.Name)} & self._globals.keys()
                )
            seen.add(name)

    def _last(self, part: ast.Name | ast.Attribute) -> str:
        return part.attr if isinstance(part, ast.Attribute) else self._known.get(part.id, part.id)

    def _add(self, body: Sequence[ast.stmt], prefix: str, cell: int | None) -> None:
        """Take over what is defined; the last definition of a name wins."""
        for node in body:
            if isinstance(node, _Definition):
                self._functions[prefix + node.name] = cell, node
                if isinstance(node, ast.ClassDef):
                    self._add(node.body, f"{prefix}{node.name}.", cell)

    def _add_globals(self, body: Sequence[ast.stmt], cell: int | None) -> None:
        """Take over what stands in global names: `SOLVERS = {"lu": np.linalg.solve}`."""
        for node in body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self._globals.setdefault(name, []).append((cell, value))
                case ast.Try(body=inner) | ast.If(body=inner) | ast.With(body=inner):
                    self._add_globals(inner, cell)  # a constant may have been put into a `try` of its own

    def _follow(self, node: ast.AST) -> None:
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _LOOKING_UP:
                self._may_hide = True
            case ast.Import(names=names):
                self._known.update(map(_bound_module, names))
            case ast.ImportFrom(module=str(module), names=[ast.alias(name="*")]):
                self._starred.append(module)
            case ast.ImportFrom(module=str(module), names=names):
                for alias in names:
                    self._known[alias.asname or alias.name] = f"{module}.{alias.name}"
                    self._may_hide |= alias.name in _LOOKING_UP
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name() | ast.Attribute() | ast.Call() as value):
                # The first one stays: a name that is used for something else later does not hide what it was.
                if full := self._name_of(value):
                    self._known.setdefault(name, full)

    def _name_of(self, node: ast.expr) -> str:
        """Return what a name or attribute stands for, dotted; also of `getattr(np, "dot")` and `vars(np)["dot"]`."""
        match node:
            case ast.Name(id=name):
                return self._known.get(name, _MODULES.get(name, name))
            case ast.Attribute(value=value, attr=attribute):
                return f"{self._name_of(value)}.{attribute}"
            case (
                ast.Call(func=ast.Name(id="getattr"), args=[value, ast.Constant(value=str(attribute)), *_])
                | ast.Subscript(
                    value=ast.Call(func=ast.Name(id="vars"), args=[value])
                    | ast.Attribute(value=value, attr="__dict__"),
                    slice=ast.Constant(value=str(attribute)),
                )
            ):
                return f"{self._name_of(value)}.{attribute}"
            case ast.Call(func=function, args=[ast.Constant(value=str(module)), *_]):
                return module if _last_word(self._name_of(function)) in _IMPORTING else ""
        return ""


def _reads_of(node: ast.AST, bound: frozenset[str]) -> Iterator[ast.Name | ast.Attribute]:
    """Yield what a tree names, but for the names that its functions have bound themselves: a `solve` of their own."""
    if isinstance(node, _WITH_OWN_NAMES):
        bound |= _names_bound_by(node)
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.Attribute) or (isinstance(part, ast.Name) and part.id not in bound):
            yield part
        yield from _reads_of(part, bound)


def _names_bound_by(function: ast.AST) -> set[str]:
    """Return the names that a function binds: its parameters, what it assigns, and the functions in it."""
    own = {argument.arg for argument in ast.walk(getattr(function, "args", function)) if isinstance(argument, ast.arg)}
    outside: set[str] = set()
    waiting = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                own.add(name)
            case ast.Global(names=names):
                outside.update(names)
            case ast.FunctionDef(name=name):
                own.add(name)
        # What is bound within a function is bound there alone.
        if not isinstance(node, (*_WITH_OWN_NAMES, ast.ClassDef)):
            waiting += ast.iter_child_nodes(node)
    return own - outside


def _bound_module(alias: ast.alias) -> tuple[str, str]:
    """Return the name that `import` binds, and the module it stands for: of `import a.b` that is `a`."""
    if alias.asname:
        return alias.asname, alias.name
    root = alias.name.partition(".")[0]
    return root, root


def _last_word(name: str) -> str:
    return name.rpartition(".")[2]


def _may_hold(base: str, words: Sequence[str]) -> bool:
    """Tell whether an attribute of something, whichever, may be one of these, or a part of one."""
    return base != "" and any(word.startswith(f"{base}.") or base.startswith(word) for word in words)


def _is_text(key: ast.expr) -> bool:
    return isinstance(key, ast.Constant) and isinstance(key.value, str)


def _full(word: str) -> str:
    first, dot, rest = word.partition(".")
    return f"{_MODULES.get(first, first)}{dot}{rest}"
