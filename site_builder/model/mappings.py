"""The empty mapping that frozen values share as a default."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

_EMPTY: Mapping[str, Any] = MappingProxyType({})


def empty() -> Mapping[str, Any]:
    """A read-only empty mapping, for ``field(default_factory=empty)``."""
    return _EMPTY
