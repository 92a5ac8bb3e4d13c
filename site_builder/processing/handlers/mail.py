"""Letters and web pages saved as one file (MIME): the text, and the names of what is attached."""

import email.policy
from email import message_from_bytes
from email.message import EmailMessage
from typing import cast

from site_builder.model.processed import Paragraph, State, Table, TextSource
from site_builder.processing.decoding import beginning, decoded
from site_builder.processing.excerpts import clean, clean_name, excerpt, limited, paragraphs
from site_builder.processing.flagging import raised, with_details
from site_builder.processing.handlers import markup
from site_builder.processing.protocols import Reading, Settings, Source

NAME = "mail"
VERSION = 1
KINDS = frozenset({"eml", "mhtml"})

_SIZE = 8 << 20
_MAX_PARTS = 200
_PART_SIZE = 2 << 20


def read(source: Source, settings: Settings) -> Reading:
    """The subject and the texts; of a letter both as text and as page, the first."""
    data = beginning(source.path, _SIZE)
    try:
        subject, texts, blocks, attached = _parts(data)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the parser of letters raises whatever it likes
        return Reading(state=State.DAMAGED, why="unreadable")
    pages, more = limited(["\n".join((subject, *texts))])
    shown = excerpt((Paragraph(text=subject, level=2), *blocks))
    return Reading(
        state=State.READ if shown else State.OPAQUE,
        why="" if shown else "markup",
        pages=pages,
        text_source=TextSource.LAYER if pages[0].strip() else TextSource.NONE,
        flags=(
            *with_details({"attachment": attached}),
            *raised({"more-pages": more or source.size > len(data)}),
        ),
        excerpt=shown,
    )


def _parts(
    data: bytes,
) -> tuple[str, list[str], list[Paragraph | Table], list[str]]:
    # The older policy: the newer one parses each header, in time that grows with its square.
    letter = message_from_bytes(data, policy=email.policy.compat32)
    subject = clean_name(str(letter.get("Subject", "")))
    texts: list[str] = []
    blocks: list[Paragraph | Table] = []
    attached: list[str] = []
    for at, part in enumerate(letter.walk()):
        if at >= _MAX_PARTS:
            break
        if part.is_multipart():
            continue
        name = part.get_filename()
        if name is not None and part.get_content_disposition() == "attachment":
            attached.append(clean_name(name))
        elif part.get_content_type() in {"text/plain", "text/html"} and not texts:
            text, found = _text(cast("EmailMessage", part))
            texts.append(text)
            blocks.extend(found)
    return subject, texts, blocks, attached


def _text(part: EmailMessage) -> tuple[str, tuple[Paragraph | Table, ...]]:
    payload = part.get_payload(decode=True)
    data = payload[:_PART_SIZE] if isinstance(payload, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    try:
        text = clean(data.decode(charset))
    except (LookupError, UnicodeError):
        text = decoded(data).text
    if part.get_content_type() == "text/html":
        return markup.of_html(text)
    return text, paragraphs(text)
