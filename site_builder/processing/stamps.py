"""What facts depend on beside the bytes: versions of our readers, and settings.

Facts under another stamp than today's are read anew. Nobody is imported to tell.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from site_builder.processing.protocols import Settings

# Grows with every change of what the store or ``reader`` itself writes.
FORMAT = 2
# In the place of a handler's name: a kind that is only kept; a file on which a reader was lost.
KEPT = ""
LOST = "?"

_CERTIFICATES = 1000
_LENGTH = 16


class Stamps:
    """The stamp that facts must carry, by the name of the handler that read them."""

    def __init__(self, settings: Settings, registry: Any) -> None:  # noqa: ANN401 - a module
        common = (FORMAT, registry.SNIFFER[1], _digest_of(settings), registry.TEXT_READERS)
        handlers = {handler.name: handler for handler in registry.HANDLERS}
        # A new handler may read what was only kept; any other version may not be lost again.
        all_ = [(each.name, each.version, each.kinds) for each in handlers.values()]
        self._stamps = {
            KEPT: _short(common, all_),
            LOST: _short(common, all_, LOST),
            **{name: _short(common, name, each.version) for name, each in handlers.items()},
        }

    def of(self, handler: str) -> str | None:
        """The stamp of today; None for a handler that is no more."""
        return self._stamps.get(handler)


def _digest_of(settings: Settings) -> str:
    """Of the settings, certificates by what they are and not by where they lie."""
    values = asdict(settings)
    folder = values.pop("trust_folder")
    certificates = list(_contents(folder)) if folder else []
    return _short(values, certificates)


def _contents(folder: str) -> Iterator[tuple[str, str]]:
    with suppress(OSError):
        for path in sorted(Path(folder).iterdir())[:_CERTIFICATES]:
            with suppress(OSError):
                yield path.name, hashlib.sha256(path.read_bytes()).hexdigest()


def _short(*parts: object) -> str:
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
