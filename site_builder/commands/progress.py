"""A sign of life for anything that takes over a second; nothing off a terminal."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from site_builder.commands.context import Context

PATIENCE_SECONDS = 1.0


@contextmanager
def working(context: Context, key: str) -> Iterator[None]:
    """Show a spinner with a sentence from the second second on.

    The library that draws it is imported only then, so that quick commands stay quick.
    """
    if not context.err.isatty():
        yield
        return
    done = threading.Event()
    sentence = context.texts.text("cli", "progress", key)

    def show() -> None:
        if done.wait(PATIENCE_SECONDS):
            return
        from rich.console import Console  # noqa: PLC0415 - see above

        with Console(file=context.err).status(sentence):
            done.wait()

    shower = threading.Thread(target=show, daemon=True)
    shower.start()
    try:
        yield
    finally:
        done.set()
        shower.join()
