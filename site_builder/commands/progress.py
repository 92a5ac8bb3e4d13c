"""A sign of life for anything that takes over a second; next to nothing off a terminal."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from site_builder.commands.context import Context
from site_builder.messages import Catalogue

PATIENCE_SECONDS = 1.0
# A log is told once that reading takes long, so that nobody takes the run for hung.
LOG_PATIENCE_SECONDS = 10.0
_TICK_SECONDS = 0.1
_MINUTE = 60
# Up to here people think in seconds.
_MANY_SECONDS = 90

Told = Callable[[int, int], None]


@dataclass(slots=True)
class Count:
    """How far the reading of files is; the working thread writes it, another one draws it.

    Attributes:
        since: when the first file was begun, on the monotonic clock.
    """

    done: int = 0
    total: int = 0
    since: float = 0.0

    def tell(self, done: int, total: int) -> None:
        """Take note."""
        self.since = self.since or time.monotonic()
        self.done, self.total = done, total

    @property
    def reading(self) -> bool:
        return self.done < self.total

    def pace(self, texts: Catalogue, now: float) -> str:
        """Files read, files a second and the time that is left; "" while nothing is read."""
        if not self.reading:
            return ""
        passed = now - self.since
        if not self.done or passed <= 0:
            return texts.text("cli", "progress", "begun", done=self.done, total=self.total)
        left = (self.total - self.done) * passed / self.done
        unit, per = ("minutes", _MINUTE) if left > _MANY_SECONDS else ("seconds", 1)
        return texts.text(
            "cli",
            "progress",
            unit,
            done=self.done,
            total=self.total,
            speed=Decimal(self.done / passed).quantize(
                Decimal("0.1" if passed > self.done else "1")
            ),
            left=max(1, round(left / per)),
        )


@contextmanager
def working(context: Context, key: str) -> Iterator[Told]:
    """Show a sentence from the second second on, and a bar while files are read.

    Gives what is to be told how many files were read, and of how many. The library that draws
    is imported only then, so that quick commands stay quick.
    """
    count = Count()
    if not context.err.isatty():
        yield _logging(context, count)
        return
    done = threading.Event()
    shower = threading.Thread(target=_show, args=(context, key, count, done), daemon=True)
    shower.start()
    try:
        yield count.tell
    finally:
        done.set()
        shower.join()


def _logging(context: Context, count: Count) -> Told:
    told = False

    def tell(done: int, total: int) -> None:
        nonlocal told
        count.tell(done, total)
        if not told and count.reading and time.monotonic() - count.since > LOG_PATIENCE_SECONDS:
            told = True
            context.say("reading", pace=count.pace(context.texts, time.monotonic()))

    return tell


def _show(context: Context, key: str, count: Count, done: threading.Event) -> None:
    if done.wait(PATIENCE_SECONDS):
        return
    from rich import progress  # noqa: PLC0415 - see ``working``
    from rich.console import Console  # noqa: PLC0415 - see ``working``

    sentence = context.texts.text("cli", "progress", key)
    with progress.Progress(
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.TextColumn("{task.fields[pace]}", markup=False),
        console=Console(file=context.err),
        transient=True,
    ) as bar:
        task = bar.add_task(sentence, total=None, pace="")
        while not done.wait(_TICK_SECONDS):
            bar.update(
                task,
                completed=count.done if count.reading else 0,
                total=count.total if count.reading else None,
                pace=count.pace(context.texts, time.monotonic()),
            )
