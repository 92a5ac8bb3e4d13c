"""The beginning of a text or a workbook, cut so that a page stays a page.

Also what every reader does to the text it found: one normal form, nothing that a terminal, a
browser or JSON would stumble over.
"""

import re
from collections.abc import Iterable, Sequence

from site_builder.model.processed import Excerpt, Paragraph, Table
from site_builder.model.text import nfc

# A page of a leaf shows several documents: an excerpt is the first pages, the file is the rest.
BLOCKS = 400
CHARACTERS = 60_000
PARAGRAPH = 4_000
ROWS = 60
COLUMNS = 16
CELL = 300
SHEETS = 12

# Enough for a book of 3,000 pages. The search for personal data takes about half a second for a
# million characters, and a file has thirty seconds.
TEXT_LIMIT = 10_000_000

# Control characters, half surrogates, byte order marks and non-characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
# Marks that turn the direction of writing can make "gpj.exe" out of "exe.jpg".
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[ \t]{2,}")


def clean(text: str) -> str:
    """Composed text with plain line ends and without characters that show nothing."""
    return nfc(_UNSEEN.sub("", _BREAKS.sub("\n", text)))


def clean_name(text: str, limit: int = 300) -> str:
    """A name from inside a file on one line, with nothing that could disguise it."""
    return " ".join(_TURNING.sub("", clean(text)).split())[:limit]


def limited(pages: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """The pages within ``TEXT_LIMIT``, and whether something was left out."""
    kept: list[str] = []
    room = TEXT_LIMIT
    for page in pages:
        if len(page) > room:
            kept.append(page[:room])
            return tuple(kept), True
        kept.append(page)
        room -= len(page)
    return tuple(kept), False


def table(rows: Sequence[Sequence[str]], title: str = "") -> Table:
    """The first rows and columns; empty ones at the right and at the end do not count."""
    height = max((at for at, row in enumerate(rows, 1) if any(row)), default=0)
    width = max((at for row in rows[:height] for at, cell in enumerate(row, 1) if cell), default=0)
    shown = min(width, COLUMNS)
    return Table(
        title=clean_name(title, 100),
        rows=tuple(
            tuple(_cut(cell.strip(), CELL) for cell in row[:shown]) + ("",) * (shown - len(row))
            for row in rows[: min(height, ROWS)]
        ),
        more_rows=max(0, height - ROWS),
        more_columns=width - shown,
    )


def excerpt(blocks: Iterable[Paragraph | Table]) -> Excerpt | None:
    """The first blocks that are not empty, within the limits; None when there is nothing.

    Paragraphs are cleaned here; tables come from ``table``.
    """
    kept: list[Paragraph | Table] = []
    room = CHARACTERS
    more = 0
    for block in blocks:
        shown = _shown(block)
        if shown is None:
            continue
        if len(kept) >= BLOCKS or room <= 0:
            more += 1
            continue
        kept.append(shown)
        room -= _size(shown)
    return Excerpt(blocks=tuple(kept), more=more) if kept else None


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """One paragraph for each line."""
    return tuple(Paragraph(text=line) for line in text.split("\n"))


def _shown(block: Paragraph | Table) -> Paragraph | Table | None:
    if isinstance(block, Table):
        return block if block.rows else None
    text = _SPACES.sub(" ", clean(block.text)).strip()
    return Paragraph(text=_cut(text, PARAGRAPH), level=block.level) if text else None


def _size(block: Paragraph | Table) -> int:
    if isinstance(block, Paragraph):
        return len(block.text)
    return len(block.title) + sum(len(cell) for row in block.rows for cell in row)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "\u2026"
