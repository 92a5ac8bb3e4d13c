"""The commands, one file each; ``COMMANDS`` is the list that ``--help`` shows."""

from site_builder.commands import (
    build,
    check,
    explain,
    init,
    new_unit,
    purge,
    redact,
    schema,
    score,
    serve,
)
from site_builder.commands.context import Command

COMMANDS: tuple[Command, ...] = (
    check,
    score,
    build,
    serve,
    init,
    new_unit,
    explain,
    schema,
    purge,
    redact,
)
