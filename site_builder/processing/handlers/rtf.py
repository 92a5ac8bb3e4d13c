"""Rich text: words in order, without form (RTF 1.9.1)."""

import re
from dataclasses import dataclass, field

from site_builder.model.processed import State, TextSource
from site_builder.processing.decoding import beginning
from site_builder.processing.excerpts import clean, excerpt, limited, paragraphs
from site_builder.processing.flagging import raised, with_details
from site_builder.processing.protocols import Reading, Settings, Source

NAME = "rtf"
VERSION = 1
KINDS = frozenset({"rtf"})

_SIZE = 64 << 20
_TOKEN = re.compile(
    r"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))"
    r"|([{}])|([^\\{}\r\n]+)|[\r\n]",
    re.DOTALL,
)
# Groups that hold no text of the document.
_NOT_TEXT = frozenset(
    """
    fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator info pict objdata
    themedata colorschememapping datastore latentstyles xmlnstbl fldinst annotation atnid
    atnauthor atrfstart atrfend bkmkstart bkmkend revtbl filetbl template passwordhash
    """.split()  # noqa: SIM905 - read as words
)
_BREAKS = {"par": "\n", "line": "\n", "row": "\n", "page": "\n", "sect": "\n", "cell": "\t"}
_SIGNS = {
    "tab": "\t",
    "emdash": "\u2014",
    "endash": "\u2013",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "bullet": "\u2022",
    "emspace": " ",
    "enspace": " ",
}
_ESCAPED = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}
_CODE_PAGE = 1252
_MAX_DEPTH = 1_000


@dataclass(slots=True)
class _Group:
    """What counts until the brace closes.

    Attributes:
        silent: its text is none of the document's.
        deleted: taken out while changes were tracked.
        skip: signs after a Unicode letter that old readers show in its place.
    """

    silent: bool = False
    deleted: bool = False
    skip: int = 1


@dataclass(slots=True)
class _Reader:
    code_page: int = _CODE_PAGE
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    words: list[str] = field(default_factory=list)
    bytes_: bytearray = field(default_factory=bytearray)
    skipping: int = 0
    seen: set[str] = field(default_factory=set)

    def say(self, text: str) -> None:
        self.flush()
        group = self.groups[-1]
        if not group.silent and not group.deleted:
            self.words.append(text)

    def byte(self, value: int) -> None:
        group = self.groups[-1]
        if not group.silent and not group.deleted:
            self.bytes_.append(value)

    def flush(self) -> None:
        """Bytes of one or more letters, in the encoding of the document."""
        if self.bytes_:
            try:
                self.words.append(self.bytes_.decode(f"cp{self.code_page}", "replace"))
            except LookupError:
                self.words.append(self.bytes_.decode("cp1252", "replace"))
            self.bytes_.clear()


def read(source: Source, settings: Settings) -> Reading:
    """One page of text."""
    data = beginning(source.path, _SIZE)
    reader = _Reader()
    _tell(data.decode("latin-1"), reader)
    text = clean(_joined("".join(reader.words)))
    pages, more = limited([text])
    flags = (
        *raised(
            {
                "embedded-object": "object" in reader.seen,
                "tracked-changes": not reader.seen.isdisjoint({"deleted", "revised"}),
                "comments": "annotation" in reader.seen,
                "more-pages": more or source.size > len(data),
            }
        ),
        *with_details({"author": ["creator"] if "author" in reader.seen else []}),
    )
    if not text.strip() and not flags:
        return Reading(state=State.DAMAGED, why="unreadable")
    return Reading(
        pages=pages,
        text_source=TextSource.LAYER if text.strip() else TextSource.NONE,
        flags=flags,
        excerpt=excerpt(paragraphs(pages[0])),
    )


def _tell(text: str, reader: _Reader) -> None:
    at = 0
    while (token := _TOKEN.match(text, at)) is not None:
        at = token.end()
        word, number, byte, sign, brace, plain = token.groups()
        if brace:
            reader.flush()
            _brace(brace, reader)
        elif word:
            at = max(at, _control(word, int(number) if number else None, reader, at))
        elif reader.skipping and (byte or sign or plain):
            plain = _skipped(byte, sign, plain, reader)
            if plain:
                reader.say(plain)
        elif byte:
            reader.byte(int(byte, 16))
        elif sign == "*":
            reader.groups[-1].silent = True
        elif sign:
            reader.say(_ESCAPED.get(sign, ""))
        elif plain:
            _plain(plain, reader)
    reader.flush()


def _plain(text: str, reader: _Reader) -> None:
    """Letters as they stand; above ASCII they are bytes of the document's encoding."""
    if text.isascii():
        reader.say(text)
    else:
        for value in text.encode("latin-1"):
            reader.byte(value)


def _skipped(byte: str | None, sign: str | None, plain: str | None, reader: _Reader) -> str:
    """What is left of a run when the signs that stand for a Unicode letter are gone."""
    if byte or sign:
        reader.skipping -= 1
        return ""
    text = plain or ""
    skip = min(reader.skipping, len(text))
    reader.skipping -= skip
    return text[skip:]


def _brace(brace: str, reader: _Reader) -> None:
    reader.skipping = 0
    if brace == "{" and len(reader.groups) < _MAX_DEPTH:
        above = reader.groups[-1]
        reader.groups.append(_Group(above.silent, above.deleted, above.skip))
    elif brace == "}" and len(reader.groups) > 1:
        reader.groups.pop()


def _control(word: str, number: int | None, reader: _Reader, at: int) -> int:
    """Obeys one word; where reading goes on."""
    group = reader.groups[-1]
    if word in _NOT_TEXT:
        if word != "info" and not group.silent:
            reader.seen.add(word)
        group.silent = True
    elif word == "u" and number is not None:
        reader.say(chr(number & 0xFFFF))
        reader.skipping = group.skip
    elif word == "uc" and number is not None:
        group.skip = max(0, min(number, 8))
    elif word in _BREAKS or word in _SIGNS:
        reader.say(_BREAKS.get(word) or _SIGNS[word])
    elif word == "bin" and number is not None:
        return at + max(0, number)
    elif word == "ansicpg" and number:
        reader.code_page = number
    elif word == "deleted":
        group.deleted = number != 0
        reader.seen.add(word)
    elif word in {"object", "revised", "author"}:
        reader.seen.add(word)
    return at


def _joined(text: str) -> str:
    """Letters beyond the first plane come as two halves."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
