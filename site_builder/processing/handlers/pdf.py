"""PDF files: text and pictures of the pages, what hides in them, signatures."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from site_builder.model.processed import Flag, Signature, State, TextSource
from site_builder.processing.flagging import merged, raised, with_details
from site_builder.processing.pdf import fields, pages
from site_builder.processing.pdf.pages import Page
from site_builder.processing.pdf.structure import Structure, structure
from site_builder.processing.protocols import Reading, Settings, Source

NAME = "pdf"
VERSION = 2
KINDS = frozenset({"pdf"})

# Letters of a scan below this resolution can hardly be read.
_LOW_DPI = 120
# Recognition takes more than a second a page, and a worker has half a minute for a file: the
# first pages say what a document is, the last one who signed it.
_RECOGNISED_FIRST = 5
_LAST_OBJECT = re.compile(rb"\sobj\b")


def read(source: Source, settings: Settings) -> Reading:
    """Pages first; a file whose pages cannot be opened gives nothing else."""
    with pages.opened(source.path) as document:
        if isinstance(document, pages.Unopened):
            return _unopened(document, source)
        count = len(document)
        seen = tuple(pages.read(document, settings))
        recognised = _recognised(document, seen) if settings.recognise else {}
    data = Path(source.path).read_bytes()
    inside = structure(source.path)
    cut = _cut_off(data)
    state, why = _state(seen, cut=cut)
    return Reading(
        state=state,
        why=why,
        parts=count,
        pages=_texts(seen, recognised, inside) if state is not State.DAMAGED else (),
        text_source=_text_source(seen, recognised),
        hints=fields.hints(source.path) if inside.first_page_fields else (),
        recognised=tuple(recognised),
        flags=merged(
            _flags_of_pages(seen),
            raised(
                {
                    "more-pages": count > settings.preview_pages,
                    "unread-pages": count > settings.text_pages,
                    "truncated": cut,
                }
            ),
            inside.flags,
        ),
        signatures=_signatures(data, inside, settings),
        previews=tuple(page.preview for page in seen if page.preview),
        thumbnail=seen[0].thumbnail,
    )


def _unopened(refused: pages.Unopened, source: Source) -> Reading:
    """A file without pages is no error for PDFium, which then tells that of the file before."""
    cut = _cut_off(Path(source.path).read_bytes())
    if not cut and structure(source.path).pages == 0:
        return Reading(state=State.DAMAGED, why="no-pages", parts=0)
    if cut and refused.state is State.DAMAGED:
        return Reading(state=State.DAMAGED, why="truncated", flags=raised({"truncated": True}))
    return Reading(state=refused.state, why=refused.why)


def _cut_off(data: bytes) -> bool:
    """Whether the end is missing: objects follow the last end mark and no index follows them."""
    tail = data[data.rfind(b"%%EOF") + 1 :]
    return bool(_LAST_OBJECT.search(tail)) and b"startxref" not in tail


def _state(seen: Sequence[Page], *, cut: bool) -> tuple[State, str]:
    if all(page.bad for page in seen):
        return State.DAMAGED, "no-readable-page"
    if any(page.bad for page in seen):
        return State.PARTIAL, "bad-pages"
    return (State.PARTIAL, "truncated") if cut else (State.READ, "")


def _numbers(pages_: Sequence[Page], picked: Sequence[bool]) -> tuple[str, ...]:
    return tuple(str(number) for number, each in enumerate(picked[: len(pages_)], 1) if each)


def _flags_of_pages(seen: Sequence[Page]) -> tuple[Flag, ...]:
    """Flags with the numbers of the pages; without any when it holds for all of them."""
    good = [page for page in seen if not page.bad]
    blank = [page.blank for page in seen]
    scanned = [page.covered and page.wordless and not page.blank for page in seen]
    layered = [page.covered and page.hidden_text for page in seen]
    low = {
        f"{number}:{page.dpi}"
        for number, page in enumerate(seen, 1)
        if (scanned[number - 1] or layered[number - 1])
        and page.dpi is not None
        and page.dpi < _LOW_DPI
    }
    all_blank = bool(good) and sum(blank) == len(good)
    written = len(good) - sum(blank)
    return merged(
        raised(
            {
                "blank": all_blank,
                "scanned": any(scanned) and sum(scanned) == written,
                "ocr-layer": any(layered),
            }
        ),
        with_details(
            {
                "blank-page": () if all_blank else _numbers(seen, blank),
                "scanned": () if sum(scanned) == written else _numbers(seen, scanned),
                "low-resolution": sorted(low, key=lambda each: int(each.partition(":")[0])),
                "bad-page": _numbers(seen, [page.bad for page in seen]),
            }
        ),
    )


def _recognised(document: object, seen: Sequence[Page]) -> Mapping[int, str]:
    """Texts by page of scanned pages, read from their pictures."""
    from site_builder.processing.text import recognition  # noqa: PLC0415 - who asked needs it

    if not recognition.available():
        return {}
    wanted = [
        number
        for number, page in enumerate(seen, 1)
        if page.wordless and not page.blank and not page.bad
    ]
    chosen = dict.fromkeys((*wanted[:_RECOGNISED_FIRST], *wanted[-1:]))
    texts = {
        number: recognition.recognise(picture)
        for number in chosen
        if (picture := pages.for_recognition(document, number))
    }
    return {number: text for number, text in texts.items() if text.strip()}


def _texts(
    seen: Sequence[Page], recognised: Mapping[int, str], inside: Structure
) -> tuple[str, ...]:
    """The text of each page with what is written in its fields and notes."""
    return tuple(
        "\n".join(
            part
            for part in (recognised.get(number) or page.text, *inside.notes.get(number, ()))
            if part
        )
        for number, page in enumerate(seen, 1)
    )


def _text_source(seen: Sequence[Page], recognised: Mapping[int, str]) -> TextSource:
    """A number or a stamp alone is no text layer."""
    if any(not page.wordless for page in seen):
        return TextSource.LAYER
    return TextSource.RECOGNISED if recognised else TextSource.NONE


def _signatures(data: bytes, inside: Structure, settings: Settings) -> tuple[Signature, ...]:
    if not inside.signed and b"/ByteRange" not in data:
        return ()
    # Half a second to import; few files are signed.
    from site_builder.processing.pdf.signatures import signatures  # noqa: PLC0415

    return signatures(data, inside.widgets, settings.trust_folder)
