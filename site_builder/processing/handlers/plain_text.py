"""Texts without form: notes, Markdown, and tables whose cells stand between commas."""

import csv
import re
from collections import Counter

from site_builder.model.processed import Flag, Paragraph, State, Table, TextSource
from site_builder.processing.decoding import beginning, decoded
from site_builder.processing.excerpts import CHARACTERS, ROWS, TEXT_LIMIT, excerpt, table
from site_builder.processing.flagging import raised, with_details
from site_builder.processing.protocols import Reading, Settings, Source

NAME = "plain_text"
VERSION = 1
KINDS = frozenset({"txt"})

_SIZE = 20 << 20
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_DELIMITERS = ("\t", ";", ",", "|")
_LOOKED_AT = 50
_FEWEST_ROWS = 2
# Lines that disagree with the others: a title above the table, a total below it.
_DISAGREE = 0.1


def read(source: Source, settings: Settings) -> Reading:
    """One page of text; a table when the lines have the same number of cells."""
    data = beginning(source.path, _SIZE)
    found = decoded(data)
    text = found.text[:TEXT_LIMIT]
    whole = len(data) == source.size and len(found.text) <= TEXT_LIMIT
    if not text.strip():
        return Reading(state=State.READ, pages=(text,), flags=(Flag(name="blank"),))
    flags = (
        *with_details({"legacy-encoding": [found.legacy] if found.legacy else []}),
        *raised({"more-pages": not whole}),
    )
    blocks = (_table(text),) if _delimiter(text) else _paragraphs(text)
    return Reading(
        pages=(text,), text_source=TextSource.LAYER, flags=flags, excerpt=excerpt(blocks)
    )


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Lines; those that Markdown makes headings are headings."""
    return tuple(
        Paragraph(text=heading[2], level=len(heading[1]))
        if (heading := _HEADING.match(line))
        else Paragraph(text=line)
        for line in text.split("\n")
    )


def _delimiter(text: str) -> str:
    """What stands between the cells; "" when this is no table."""
    lines = [line for line in text[:CHARACTERS].split("\n") if line.strip()][:_LOOKED_AT]
    if len(lines) < _FEWEST_ROWS:
        return ""
    for delimiter in _DELIMITERS:
        ((count, agree),) = Counter(_cells(line, delimiter) for line in lines).most_common(1)
        if count > 1 and len(lines) - agree <= len(lines) * _DISAGREE:
            return delimiter
    return ""


def _cells(line: str, delimiter: str) -> int:
    """Cells of a line; a delimiter between quotes does not count."""
    return sum(part.count(delimiter) for part in line.split('"')[::2]) + 1


def _table(text: str) -> Table:
    lines = text.split("\n")
    delimiter = _delimiter(text)
    try:
        rows = list(csv.reader(lines[: ROWS * 2], delimiter=delimiter))
    except csv.Error:
        rows = [line.split(delimiter) for line in lines[: ROWS * 2]]
    made = table(rows)
    more = sum(1 for line in lines[ROWS * 2 :] if line.strip())
    return Table(rows=made.rows, more_rows=made.more_rows + more, more_columns=made.more_columns)
