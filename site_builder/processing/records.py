"""Values of the model as JSON trees and back, strictly.

What comes back from a worker or from the disk is not to be trusted: anything that is not exactly
a value of the asked type raises ValueError. What equals its default is left out, so that a field
added later costs no old record.
"""

import enum
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar

_T = TypeVar("_T")
_Decode = Callable[[Any], Any]


def to_tree(value: object) -> Any:  # noqa: ANN401 - JSON has no type of its own
    """A value of the model as what ``json`` can write."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, tuple):
        return [_tagged(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    raise TypeError(type(value).__name__)


def from_tree(cls: type[_T], tree: object) -> _T:
    """The value that a tree stands for.

    Raises:
        ValueError: it stands for none; whatever is wrong with it.
    """
    try:
        value: _T = _decoder(_plain(cls))(tree)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValueError(f"not a {cls.__name__}") from error
    return value


def _fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    found: dict[str, Any] = {}
    for name, default in _defaults(_plain(type(value))):
        held = getattr(value, name)
        if held is not default and held != default:
            found[name] = to_tree(held)
    return found


def _plain(cls: Any) -> Any:  # noqa: ANN401 - the point of it
    """A type as what a cache takes: the type checker doubts that types can be hashed."""
    return cls


@cache
def _defaults(cls: type) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.default) for field in fields(cls))


@cache
def _is_variant(cls: type) -> bool:
    """A type that shares its place with others, and so is written with its name."""
    return cls.__name__ in _VARIANTS


# Blocks of an excerpt are one or the other.
_VARIANTS = frozenset({"Paragraph", "Table"})


def _tagged(item: object) -> Any:  # noqa: ANN401 - see to_tree
    tree = to_tree(item)
    return {type(item).__name__: tree} if _is_variant(_plain(type(item))) else tree


@cache
def _decoder(hint: Any) -> _Decode:  # noqa: ANN401 - a type as annotations spell it
    origin = typing.get_origin(hint)
    if origin is types.UnionType or origin is typing.Union:
        return _union(typing.get_args(hint))
    if origin is tuple:
        return _tuple(typing.get_args(hint))
    if hint in {str, int, bool}:
        return _exactly(hint)
    if hint is datetime:
        return _datetime
    if hint is date:
        return _date
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return hint
    if isinstance(hint, type) and is_dataclass(hint):
        return _dataclass(hint)
    raise TypeError(str(hint))


def _exactly(cls: type) -> _Decode:
    def decode(tree: object) -> object:
        if type(tree) is not cls:
            raise ValueError(tree)
        return tree

    return decode


def _datetime(tree: Any) -> datetime:  # noqa: ANN401 - any JSON
    value = datetime.fromisoformat(tree)
    if value.tzinfo is None:
        raise ValueError(tree)
    return value


def _date(tree: Any) -> date:  # noqa: ANN401 - any JSON
    return date.fromisoformat(tree)


def _tuple(arguments: tuple[Any, ...]) -> _Decode:
    item, more = arguments
    if more is not ...:
        raise TypeError(str(arguments))
    if item in {str, int}:

        def plain(tree: object) -> tuple[Any, ...]:
            if type(tree) is not list or not set(map(type, tree)) <= {item}:
                raise ValueError(tree)
            return tuple(tree)

        return plain
    each = _decoder(item)

    def decode(tree: object) -> tuple[Any, ...]:
        if type(tree) is not list:
            raise ValueError(tree)
        return tuple(map(each, tree))

    return decode


def _union(arguments: tuple[Any, ...]) -> _Decode:
    members = [argument for argument in arguments if argument is not types.NoneType]
    if len(members) == 1:
        only = _decoder(members[0])
        return lambda tree: None if tree is None else only(tree)
    by_name: Mapping[str, _Decode] = {member.__name__: _decoder(member) for member in members}

    def decode(tree: Any) -> object:  # noqa: ANN401 - any JSON
        ((name, value),) = tree.items()
        return by_name[name](value)

    return decode


def _dataclass(cls: type) -> _Decode:
    hints = typing.get_type_hints(cls)
    decoders = {field.name: _decoder(hints[field.name]) for field in fields(cls)}
    required = {
        field.name
        for field in fields(cls)
        if field.default is MISSING and field.default_factory is MISSING
    }

    def decode(tree: object) -> object:
        if type(tree) is not dict or not required <= tree.keys():
            raise ValueError(tree)
        return cls(**{name: decoders[name](value) for name, value in tree.items()})

    return decode
