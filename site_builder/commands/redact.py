"""``redact FILE --out COPY``: a copy of a PDF without personal data; never touches the original."""

import argparse
from pathlib import Path

from site_builder.commands.context import FAILED, FINDINGS, OK, USAGE, Context, option
from site_builder.messages import Catalogue

NAME = "redact"

_SECONDS = 600.0
_LARGEST = 200 << 20


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument("file", metavar="FILE", type=Path, help=option(texts, "redact_file"))
    parser.add_argument(
        "--out", metavar="COPY", type=Path, required=True, help=option(texts, "redact_out")
    )
    parser.add_argument(
        "--also", metavar="TEXT", action="append", default=[], help=option(texts, "redact_also")
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the copy and say what was hidden, and what nobody could look at."""
    # Draws in native libraries, which no other command needs.
    from site_builder.processing import redaction  # noqa: PLC0415
    from site_builder.processing.executor import IsolatedExecutor, LostError  # noqa: PLC0415

    source: Path = arguments.file
    target: Path = arguments.out
    if not source.is_file():
        context.say("redact_no_file", path=source)
        return USAGE
    if target.exists() or target.is_symlink():
        context.say("redact_exists", path=target)
        return USAGE
    if not target.parent.is_dir():
        context.say("redact_no_folder", path=target.parent)
        return USAGE
    if source.stat().st_size > _LARGEST:
        context.say("redact_too_large", path=source)
        return FINDINGS
    request = redaction.request_for(source.read_bytes(), arguments.also)
    with IsolatedExecutor(1, seconds=_SECONDS) as workers:
        try:
            done = redaction.answer_of(workers.submit(redaction.redact_parcel, request).result())
        except (LostError, ValueError):
            context.say("redact_lost", path=source)
            return FAILED
    if done.why is not None:
        key = f"redact_refused_{done.why.value}"
        context.say(key, path=source, pages=_shown(done.unseen))
        return _CODES[done.why.value]
    # Made anew or not at all: an original can never be written over.
    with target.open("xb") as file:
        file.write(done.copy)
    kinds = context.texts.table("cli", "redact_kinds")
    found = ", ".join(f"{kinds[kind]} ({count})" for kind, count in sorted(done.found.items()))
    context.say("redact_done", path=target, pages=_shown(done.pages), found=found)
    if done.unseen:
        context.say("redact_unseen", pages=_shown(done.unseen))
    context.say("redact_look", path=target)
    return FINDINGS if done.unseen else OK


# By redaction.Why: what is no PDF file is wrong use; the rest is about the content.
_CODES = {
    "not-pdf": USAGE,
    "image": USAGE,
    "office": USAGE,
    "encrypted": FINDINGS,
    "damaged": FINDINGS,
    "unseen": FINDINGS,
    "nothing": OK,
    "left": FAILED,
}


def _shown(pages: tuple[int, ...]) -> str:
    return ", ".join(map(str, pages))
