"""Shortcuts to web addresses: the address as text, never followed."""

import re

from site_builder.model.processed import Paragraph, State, TextSource
from site_builder.processing.decoding import beginning, decoded
from site_builder.processing.excerpts import clean_name, excerpt
from site_builder.processing.protocols import Reading, Settings, Source

NAME = "link"
VERSION = 1
KINDS = frozenset({"url"})

_ADDRESS = re.compile(r"^\s*URL\s*=\s*(\S.*?)\s*$", re.IGNORECASE | re.MULTILINE)
_SIZE = 65_536
_LENGTH = 2_000


def read(source: Source, settings: Settings) -> Reading:
    """The first address."""
    text = decoded(beginning(source.path, _SIZE)).text
    found = _ADDRESS.search(text)
    if found is None:
        return Reading(state=State.DAMAGED, why="unreadable")
    address = clean_name(found[1], _LENGTH)
    return Reading(
        pages=(address,),
        text_source=TextSource.LAYER,
        excerpt=excerpt([Paragraph(text=address)]),
    )
