"""Stand-ins for libraries that are not there: importing and using one does no harm, and what it gives is no number.

Plots, progress bars, settings and notebook commands change no result. So every attribute, call and item of a stand-in
is another one, of the same library; but none ever turns into a number, so that a value that depends on one is never
right.
"""

import sys
import types
from collections.abc import Callable, Iterator, Mapping
from opcode import opmap
from typing import Any, NoReturn

import numpy as np

from .commands import commanded, decorated, renamed

_PASSES = frozenset(
    "tqdm trange tqdm_notebook tnrange prange tenumerate track alive_it progress_bar progressbar master_bar ic".split()
)
"""Functions of progress bars, `icecream.ic`, and what numba loops over: they give back what they are given."""

_DECORATORS = frozenset(
    "jit njit vectorize function compile script no_grad inference_mode profile typechecked beartype".split()
)
"""Functions that do not change what the function they are given computes, wherever that was made."""

_CONVERSIONS = {**dict.fromkeys("tensor as_tensor from_numpy constant convert_to_tensor array asarray asnumpy".split())}
_CONVERSIONS |= {"Series": 1, "DataFrame": 2}
"""Functions that hold the numbers they are given; and of how many dimensions these must be to keep their shape."""

_LIKE_NUMPY = frozenset("jax.numpy autograd.numpy cupy cupynumeric mxnet.np pylab matplotlib.pylab".split())

_LABELS = frozenset("index columns name device requires_grad".split())
_KEEPING = frozenset("detach cpu cuda clone copy to double requires_grad_ block_until_ready".split())
_GIVING_BACK = frozenset("numpy to_numpy get".split())
_TELLING = frozenset("shape ndim values item tolist".split())

_RANGES = frozenset({"trange", "tnrange", "prange"})
_TEXTS = {"__version__": "0", "__doc__": ""}
_UNPACK = opmap["UNPACK_SEQUENCE"]
_MAKE = opmap["MAKE_FUNCTION"]
# What stands between a function's making and its call, in one version of Python or another.
# One decorator above another is called with what that one gave back.
_BESIDE_A_CALL = frozenset(opmap.get(name, -1) for name in ("CACHE", "PRECALL", "CALL", "SET_FUNCTION_ATTRIBUTE"))


def _missing(module: str) -> ModuleNotFoundError:
    return ModuleNotFoundError(f"No module named {module!r}", name=module)


class StandIn:
    """Stands for a module that is not there, or for anything in it or made with it."""

    __slots__ = ("_library", "_path")

    def __init__(self, library: str, path: str = "") -> None:
        # Past our own `__setattr__`, which forgets what is set.
        object.__setattr__(self, "_library", library)
        object.__setattr__(self, "_path", path or library)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):  # a protocol that is asked for is not there
            if name in _TEXTS:
                return _TEXTS[name]
            raise AttributeError(name)
        own = renamed(self._path, name)
        return _standing_for(self._library, f"{self._path}.{name}") if own is None else own

    def __setattr__(self, name: str, value: object) -> None:
        """Forget a setting."""

    def __delattr__(self, name: str) -> None:
        """Forget it too."""

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Give back what a progress bar or a harmless decorator is given; else another stand-in."""
        last = self._path.rpartition(".")[2]
        if _is_decorated(arguments, last):
            return self._decorate(arguments[0])
        if arguments and last in _PASSES:
            passed = range(*arguments) if last in _RANGES else arguments[0]
            return passed if last == "ic" else ProgressBar(self._library, passed)
        numbers = _converted(last, arguments, keywords)
        if numbers is not None:
            return Converted(self._library, numbers)
        return commanded(self._path, arguments, keywords, StandIn(self._library, self._path))

    def _decorate(self, function: Any) -> Any:
        return decorated(self._path, function, StandIn(self._library, self._path))

    def __getitem__(self, _: object) -> Any:
        return StandIn(self._library)

    def __setitem__(self, key: object, value: object) -> None:
        """Forget it."""

    def __delitem__(self, key: object) -> None:
        """Forget it."""

    def __iter__(self) -> Iterator[Any]:
        """Give as many as are unpacked, else one: `fig, ax = plt.subplots()`, `for ax in axes`."""
        unpacked = _unpacked_by_caller()
        if unpacked is None:
            _note_guess(self._library)
        return iter([StandIn(self._library) for _ in range(unpacked or 1)])

    def __contains__(self, _: object) -> bool:
        return False

    def __bool__(self) -> bool:
        return False  # `if torch.cuda.is_available():` goes on without

    def __len__(self) -> int:
        return 0  # as it is false; `print(len(frame))` costs nobody anything

    def __instancecheck__(self, _: object) -> bool:
        return False  # `isinstance(x, torch.Tensor)`: nothing is

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        """Let an exception go on."""

    def __mro_entries__(self, _: object) -> tuple[type, ...]:
        """Let a class be derived: `class Net(nn.Module)`."""
        return (_base_class(self._library),)

    def __repr__(self) -> str:
        return f"<{self._path} is not available in the grader>"

    def __format__(self, _: str) -> str:
        return repr(self)

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise _missing(self._library)

    # What makes plain numbers of it
    __array__ = __float__ = __int__ = __index__ = __complex__ = _refuse

    def _combined(self, *_: object, **__: object) -> Any:
        return StandIn(self._library)

    __array_ufunc__ = __array_function__ = _combined
    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = _combined
    __hash__ = object.__hash__  # a class that defines `__eq__` has none by itself
    __neg__ = __pos__ = __abs__ = __invert__ = __round__ = __trunc__ = __floor__ = __ceil__ = _combined
    __add__ = __sub__ = __mul__ = __matmul__ = __truediv__ = __floordiv__ = __mod__ = __pow__ = _combined
    __radd__ = __rsub__ = __rmul__ = __rmatmul__ = __rtruediv__ = __rfloordiv__ = __rmod__ = __rpow__ = _combined
    __and__ = __or__ = __xor__ = __rand__ = __ror__ = __rxor__ = __lshift__ = __rshift__ = _combined


class ProgressBar(StandIn):
    """A progress bar around something of the student's own, which passes through."""

    __slots__ = ("_passed",)

    def __init__(self, library: str, passed: Any) -> None:
        super().__init__(library)
        object.__setattr__(self, "_passed", passed)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._passed)

    def _length(self, *_: object, **__: object) -> Any:
        return len(self._passed)

    __len__ = _length

    def __bool__(self) -> bool:
        return True


class Converted(StandIn):
    """Numbers that a library was given to hold and gives back, as `torch.tensor(a)` and `pd.DataFrame(a)` do.

    What is computed with it is the library's work, which nobody does here: that is no number.
    """

    __slots__ = ("_numbers",)

    def __init__(self, library: str, numbers: Any) -> None:
        super().__init__(library)
        object.__setattr__(self, "_numbers", numbers)

    def __getattr__(self, name: str) -> Any:
        if name in _KEEPING:
            return lambda *_, **__: self
        if name in _GIVING_BACK:
            return lambda *_, **__: self._numbers
        return getattr(self._numbers, name) if name in _TELLING else super().__getattr__(name)

    def _as_array(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.array(self._numbers, dtype)

    __array__ = _as_array  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


class LikeNumpy(StandIn):
    """A module that promises numpy's own functions, on other machines or with more to them: numpy's give the same."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        return getattr(np, name) if name in np.__all__ else super().__getattr__(name)


def _standing_for(library: str, path: str) -> StandIn:
    return LikeNumpy(library, path) if path in _LIKE_NUMPY else StandIn(library, path)


def _converted(name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> Any:
    """Return the numbers that a library is handed to hold as they are; None where it does anything else."""
    if name not in _CONVERSIONS or len(arguments) != 1 or keywords.keys() - _LABELS:
        return None
    try:
        given = np.asarray(arguments[0])
    except (ModuleNotFoundError, TypeError, ValueError):  # something of a library in it, or no array at all
        return None
    ndim = _CONVERSIONS[name]
    return given.copy() if given.dtype.kind in "fiu" and ndim in (None, given.ndim) else None


def library_of(value: object) -> str | None:
    """Return the library a stand-in stands for; None for anything else, and for numbers that one only holds."""
    # Not by `value._library`: one that a student derived may answer that as it likes.
    if not isinstance(value, StandIn) or isinstance(value, Converted):
        return None
    library: str = object.__getattribute__(value, "_library")
    return library


def placeholders(note: Callable[[str], object]) -> Callable[[str], StandIn]:
    """Return what makes the stand-in for a module; `note` is called with its name."""

    def stand_in(module: str) -> StandIn:
        note(module)
        return _standing_for(module.partition(".")[0], module)

    return stand_in


def _base_class(library: str) -> type:
    def attribute(_: object, name: str) -> Any:
        if name.startswith("__"):  # as above: numpy and `copy` ask for protocols in this way
            raise AttributeError(name)
        return StandIn(library)

    def initialise(*_: object, **__: object) -> None:
        """Take anything."""

    def call(*_: object, **__: object) -> StandIn:
        return StandIn(library)

    return type("StandIn", (), {"__init__": initialise, "__getattr__": attribute, "__call__": call})


def _is_decorated(arguments: tuple[Any, ...], name: str) -> bool:
    """Tell whether a call does no more than decorate a function: the student's code has only just made it.

    What takes a function that was there before, or a lambda, computes with it: `grad(loss)`.
    """
    function = arguments[0] if len(arguments) == 1 else None
    if not isinstance(function, types.FunctionType) or name in _DECORATORS:
        return isinstance(function, types.FunctionType)
    frame = sys._getframe(2)  # above this function stands `__call__`, and above that the student's code
    before = [code for code in frame.f_code.co_code[: max(0, frame.f_lasti) : 2] if code not in _BESIDE_A_CALL]
    return before[-1:] == [_MAKE] and function.__name__ != "<lambda>"


def _unpacked_by_caller() -> int | None:
    """Return how many values the student's code is about to unpack; None where it does something else."""
    frame = sys._getframe(2)  # above this function stands `__iter__`, and above that the student's code
    code, at = frame.f_code.co_code, frame.f_lasti
    return code[at + 1] if 0 <= at < len(code) - 1 and code[at] == _UNPACK else None


_GUESSES: dict[tuple[str, int], str] = {}
"""The lines in which nobody knows how many values a library would give, each with the library."""


def _note_guess(library: str) -> None:
    frame = sys._getframe(2)
    _GUESSES[frame.f_code.co_filename, frame.f_lineno] = library


def of_too_few(error: BaseException, file: str, line: int | None) -> ModuleNotFoundError | None:
    """Return what an exception is due to that was raised as a stand-in gave fewer values than the library would."""
    library = _GUESSES.get((file, line or 0))
    return _missing(library) if library is not None and isinstance(error, ValueError | IndexError) else None
