"""The commands, one file each; ``COMMANDS`` is the list that ``--help`` shows."""

from site_builder.commands import (
    approve,
    build,
    check,
    close_year,
    explain,
    import_verdicts,
    init,
    new_unit,
    purge,
    redact,
    schema,
    score,
    serve,
    verdict_sheet,
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
    approve,
    close_year,
    purge,
    redact,
    verdict_sheet,
    import_verdicts,
)
