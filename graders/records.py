"""Plain records, for which the standard library suffices; msgspec reads and writes them where a file or a wire ends."""

from dataclasses import MISSING, Field, dataclass, field
from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=True, field_specifiers=(field,))
class Record:
    """A dataclass whose fields are given by name and never change.

    Its methods stand here once. The decorator would write and compile them for each class, which takes twenty times as
    long (2.4 ms for seven fields beside 0.1 ms, own measurement), and a run's start defines two dozen.
    """

    __dataclass_fields__: ClassVar[dict[str, "Field[Any]"]]

    def __init_subclass__(cls) -> None:
        # What msgspec and `replace` need to know of the fields, and no generated code.
        dataclass(init=False, repr=False, eq=False)(cls)

    def __init__(self, **values: Any) -> None:
        for name, each in self.__dataclass_fields__.items():
            # Into the instance's dictionary, past `__setattr__`, which refuses.
            vars(self)[name] = values.pop(name) if name in values else _default(each)
        if values:
            raise TypeError(f"{type(self).__name__} has no {', '.join(values)}")

    def __post_init__(self) -> None:
        """Complete a record that msgspec made: it leaves what has its default to the class, and fields in any order."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        vars(self).clear()
        vars(self).update(values)

    def replaced(self, **changes: Any) -> Self:
        """Return a copy with other values in some fields; `dataclasses.replace` takes ten times as long."""
        if unknown := changes.keys() - self.__dataclass_fields__.keys():
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        copy = object.__new__(type(self))
        vars(copy).update(self._values(), **changes)
        return copy

    def _values(self) -> dict[str, Any]:
        # Not `vars`, which hold cached properties, too.
        return {name: vars(self)[name] for name in self.__dataclass_fields__}

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} never changes")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and type(other) is type(self) and other._values() == self._values()

    def __hash__(self) -> int:
        return hash(tuple(self._values().values()))  # as a tuple's: not of what holds a list

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._values().items())})"


def _default(each: "Field[Any]") -> Any:
    if each.default_factory is not MISSING:
        return each.default_factory()
    if each.default is MISSING:
        raise TypeError(f"{each.name} is missing")
    return each.default
