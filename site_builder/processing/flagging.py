"""Flags put together: one for each name, with the first details."""

from collections.abc import Iterable, Mapping

from site_builder.model.processed import Flag

# At most so many details in a flag, as its class says.
DETAILS = 20


def with_details(found: Mapping[str, Iterable[str]]) -> tuple[Flag, ...]:
    """A flag for each name that something was found for."""
    listed = {name: tuple(dict.fromkeys(details)) for name, details in found.items()}
    return tuple(
        Flag(name=name, details=details[:DETAILS]) for name, details in listed.items() if details
    )


def raised(found: Mapping[str, bool]) -> tuple[Flag, ...]:
    """A flag without details for each name that holds."""
    return tuple(Flag(name=name) for name, holds in found.items() if holds)


def merged(*groups: Iterable[Flag]) -> tuple[Flag, ...]:
    """Flags of several looks at one file; of one name, the details of all."""
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        for flag in group:
            found.setdefault(flag.name, {}).update(dict.fromkeys(flag.details))
    return tuple(
        Flag(name=name, details=tuple(details)[:DETAILS]) for name, details in found.items()
    )
