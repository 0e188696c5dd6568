"""Records, and plain content converted to them by their annotations."""

import copy
import dataclasses
import enum
import inspect
import json
import types
import typing
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Literal


class MsgspecError(ValueError):
    """Content is not of the type that was asked for."""


class ValidationError(MsgspecError):
    """The same, said of plain content."""


class Meta:
    """Bounds of a value; they are not looked at here."""

    def __init__(self, **bounds: object) -> None:
        self.bounds = bounds


class Raw(bytes):
    """A part of a document as its JSON text."""


@typing.dataclass_transform(field_specifiers=(dataclasses.field,))
class Struct:
    """A record; its subclasses are dataclasses, whose defaults may be lists."""

    __tag__: ClassVar[tuple[str, str] | None] = None
    __tag_field__: ClassVar[str] = "type"
    __is_closed__: ClassVar[bool] = False
    __struct_fields__: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(
        cls,
        *,
        frozen: bool = False,
        kw_only: bool = False,
        eq: bool = True,
        tag: str | None = None,
        tag_field: str | None = None,
        forbid_unknown_fields: bool = False,
    ) -> None:
        cls.__tag_field__ = tag_field or cls.__tag_field__
        cls.__tag__ = (cls.__tag_field__, tag) if tag is not None else None
        cls.__is_closed__ = forbid_unknown_fields or cls.__is_closed__
        for name in inspect.get_annotations(cls):
            default = vars(cls).get(name)
            # A dataclass refuses such defaults, which msgspec copies for each record.
            if isinstance(default, list | dict | set):
                setattr(cls, name, dataclasses.field(default_factory=_copier(default)))
        dataclasses.dataclass(cls, frozen=frozen, kw_only=kw_only, eq=eq)
        cls.__struct_fields__ = tuple(field.name for field in dataclasses.fields(cls))  # type: ignore[arg-type]


def _copier(default: Any) -> Any:
    return lambda: copy.copy(default)


def convert(content: Any, type: Any) -> Any:
    """Return plain content as a value of a type. Raises ValidationError."""
    return _converted(content, type)


def to_builtins(value: Any) -> Any:
    """Return a value as dictionaries, lists, texts and numbers."""
    if dataclasses.is_dataclass(value):
        return {field.name: to_builtins(getattr(value, field.name)) for field in dataclasses.fields(value)}
    match value:
        case dict():
            return {to_builtins(name): to_builtins(item) for name, item in value.items()}
        case list() | tuple():
            return [to_builtins(item) for item in value]
        case enum.Enum():
            return value.value
    return value


def _converted(content: Any, wanted: Any) -> Any:
    origin = typing.get_origin(wanted)
    if origin is typing.Annotated:
        return _converted(content, typing.get_args(wanted)[0])
    if origin in (typing.Union, types.UnionType):
        return _any_of(content, typing.get_args(wanted))
    if origin is Literal:
        return _checked(content, content in typing.get_args(wanted))
    if origin is not None:
        return _collection(content, origin, typing.get_args(wanted))
    if dataclasses.is_dataclass(wanted):
        return _record(content, wanted)
    return _simple(content, wanted)


def _simple(content: Any, wanted: Any) -> Any:
    if wanted is Any:
        return content
    if wanted is Raw:
        return Raw(json.dumps(content).encode())
    if wanted is None or wanted is type(None):
        return _checked(content, content is None)
    if isinstance(wanted, type) and issubclass(wanted, enum.Enum):
        return wanted(content)
    if isinstance(content, bool):  # Python takes it for a number
        return _checked(content, wanted is bool)
    return (
        float(_checked(content, isinstance(content, int | float)))
        if wanted is float
        else _checked(content, isinstance(content, wanted))
    )


def _checked(content: Any, is_right: bool) -> Any:
    if not is_right:
        raise ValidationError(f"unexpected {content!r:.60}")
    return content


def _any_of(content: Any, choices: Sequence[Any]) -> Any:
    """Return the content as the first of several types that it fits; whole numbers come before others."""
    # A whole number fits `float` as well, and would lose its type there.
    for choice in sorted(choices, key=lambda one: one is float):
        try:
            return _converted(content, choice)
        except ValidationError:
            continue
    raise ValidationError(f"unexpected {content!r:.60}")


def _collection(content: Any, origin: Any, arguments: Sequence[Any]) -> Any:
    if issubclass(origin, Mapping):
        _checked(content, isinstance(content, dict))
        key, value = arguments
        return {_converted(name, key): _converted(item, value) for name, item in content.items()}
    _checked(content, isinstance(content, list | tuple))
    if origin is tuple and arguments[-1] is not Ellipsis:
        _checked(content, len(content) == len(arguments))
        return tuple(_converted(item, one) for item, one in zip(content, arguments, strict=True))
    items = [_converted(item, arguments[0]) for item in content]
    return tuple(items) if origin is tuple else items


def _record(content: Any, wanted: Any) -> Any:
    _checked(content, isinstance(content, dict))
    fields, values = _fields(wanted), dict(content)
    if issubclass(wanted, Struct) and wanted.__tag__ is not None:
        field, tag = wanted.__tag__
        _checked(content, values.pop(field, None) == tag)
    if issubclass(wanted, Struct) and wanted.__is_closed__:
        _checked(content, values.keys() <= fields.keys())
    try:
        return wanted(**{name: _converted(values[name], kind) for name, kind in fields.items() if name in values})
    except TypeError as error:
        raise ValidationError(str(error)) from error


@cache
def _fields(wanted: Any) -> dict[str, Any]:
    """Return each field's type by its name."""
    hints = typing.get_type_hints(wanted, include_extras=True)
    return {field.name: hints[field.name] for field in dataclasses.fields(wanted)}
