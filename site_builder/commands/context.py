"""What every command gets, and what every command is."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol, TextIO

from site_builder.messages import Catalogue
from site_builder.publishing.sinks.plain import plain

# Viet Nam keeps UTC+7 all year; a fixed offset needs no time-zone database on Windows.
VIETNAM = timezone(timedelta(hours=7))

OK = 0
FINDINGS = 1
USAGE = 2
FAILED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The outside world as a command sees it.

    Attributes:
        root: content folder given with ``--root``.
        texts: the Vietnamese catalogue.
        out, err: where results and progress go.
        environment: variables of the process.
        now: gives the current time, UTC.
        kept: what lives as long as the process, because taking it apart costs time.
    """

    root: Path
    texts: Catalogue
    out: TextIO
    err: TextIO
    environment: Mapping[str, str]
    now: Callable[[], datetime]
    kept: list[object] = field(default_factory=list)

    def today(self, given: date | None) -> date:
        """The day given with ``--today``, else today's date in Viet Nam."""
        return given or self.now().astimezone(VIETNAM).date()

    def say(self, key: str, /, **params: object) -> None:
        """A sentence of progress or advice, to the error stream so that results stay clean."""
        # Names of files may stand in it.
        lines = self.texts.text("cli", "say", key, **params).split("\n")
        print("\n".join(map(plain, lines)), file=self.err)

    def put(self, text: str) -> None:
        """A result, to the output stream."""
        self.out.write(text if text.endswith("\n") or not text else f"{text}\n")


class Command(Protocol):
    """A command is a module with these names."""

    NAME: str

    def add_arguments(self, parser: argparse.ArgumentParser, texts: Catalogue) -> None: ...

    def run(self, arguments: argparse.Namespace, context: Context) -> int: ...


def option(texts: Catalogue, key: str) -> str:
    """Help text of an option; per cent signs are argparse's own."""
    return texts.text("cli", "options", key).replace("%", "%%")
