"""Values: dataclasses that nobody changes after they were made."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def value(cls: type[_T]) -> type[_T]:
    """A slotted dataclass for the values of which a check makes thousands; by keyword only.

    mypy holds it frozen, like any other value. At run time it is not: ``frozen=True`` sets every
    attribute with a call, which was a twentieth of the time of a check.
    """
    return dataclass(slots=True, kw_only=True, unsafe_hash=True)(cls)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def row(cls: type[_T]) -> type[_T]:
    """The same for short values that are made by position."""
    return dataclass(slots=True, unsafe_hash=True)(cls)
