"""Libraries that are not there, and do no more than run what is: a student's function, or one of Python's own.

Those that make a command of a function call it with its options' defaults, as a script does that is run without
arguments: `fire.Fire(main)`, `@click.option("--rate", default=0.5)`. Those that make Python 2 and 3 alike give Python's
own functions other names.
"""

import builtins
import functools
import itertools
import types
from collections.abc import Callable, Mapping
from typing import Any

_RUNNING = frozenset(
    "fire.Fire typer.run plac.call absl.app.run tensorflow.app.run tensorflow.compat.v1.app.run".split()
)
"""Functions that call the one they are given."""

_APPLICATION = "typer.Typer"
_OPTIONS = ("click.option", "click.argument")
_DEFAULTS = ("typer.Option", "typer.Argument")
"""What gives back its first argument when the function is called."""

_CALLING = frozenset("args prog_name standalone_mode complete_var windows_expand_args obj auto_envvar_prefix".split())
"""What a command itself takes when it is called, and does not hand on."""

_ALIKE = frozenset("past.builtins future.builtins future.utils six six.moves".split())
_NAMES: Mapping[str, Any] = {
    **{name: getattr(builtins, name) for name in "range zip map filter print str int list dict object".split()},
    **{"xrange": range, "izip": zip, "imap": map, "ifilter": filter, "unicode": str, "basestring": str, "long": int},
    **{"text_type": str, "string_types": (str,), "integer_types": (int,), "PY2": False, "PY3": True},
    **{"reduce": functools.reduce, "zip_longest": itertools.zip_longest, "print_": print},
    **{name: lambda prompt="": builtins.input(prompt) for name in ("input", "raw_input")},  # whose answers are a run's
    **{f"iter{part}": lambda of, part=part: iter(getattr(of, part)()) for part in ("items", "keys", "values")},
}
"""What is meant by a name in one of these, which is itself in Python 3."""

_registered: dict[str, Callable[..., Any]] = {}
"""The last function that an application was given."""


def commanded(path: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any], otherwise: Any) -> Any:
    """Return what a call of a library's function gives, where it runs a student's or describes an option of it."""
    if path == _APPLICATION and path in _registered and not arguments:
        return _registered.pop(path)()
    if not arguments:
        return otherwise
    if path in _RUNNING and isinstance(arguments[0], types.FunctionType):
        return _run(arguments[0], path)
    if path in _OPTIONS:
        return _option(arguments, keywords)
    return arguments[0] if path in _DEFAULTS and arguments[0] is not ... else otherwise


def renamed(path: str, name: str) -> Any:
    """Return what a name stands for in a library that only gives other names to Python's own functions; else None."""
    return _NAMES.get(name) if path in _ALIKE else None


def decorated(path: str, function: Any, otherwise: Any) -> Any:
    """Return what a function becomes that is decorated with a library's: itself, nearly always."""
    if path == f"{_APPLICATION}.command":
        _registered[_APPLICATION] = function
    # A group without a command does nothing, and has commands of its own.
    return otherwise if path == "click.group" else function


def _run(function: types.FunctionType, path: str) -> Any:
    # absl hands on what is left of the command line.
    return function(["script.py"]) if path.endswith("app.run") and function.__code__.co_argcount else function()


def _option(names: tuple[Any, ...], keywords: Mapping[str, Any]) -> Callable[[Any], Any]:
    """Return the decorator that calls a function with an option's default."""
    words = [name.partition("/")[0] for name in names if isinstance(name, str)]
    # `-r --rate rate`: a plain name is the parameter's, else the longest is
    plain = [word for word in words if word.isidentifier()]
    parameter = (plain or sorted(words, key=len))[-1].lstrip("-").replace("-", "_").lower()
    default = keywords.get("default", False if keywords.get("is_flag") else None)

    def decorate(function: Any) -> Any:
        def command(*_: Any, **given: Any) -> Any:
            return function(**{parameter: default, **{key: given[key] for key in given.keys() - _CALLING}})

        command.__name__ = function.__name__
        return command

    return decorate
