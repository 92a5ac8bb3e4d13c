"""An index of everything that a site can find, cut into small scripts.

Pages opened from a folder may load scripts and nothing else, so every part of the index is a
call of ``sbSearch.take``. A reader's browser loads ``m.js``, then of ``w<n>.js`` (where each
word stands) the few with the words asked for, then of ``e<n>.js`` (titles, addresses) and
``t<n>.js`` (texts) those of the results on the screen.

    m.js  [entries, kinds, first words of w, starts of t, lengths of the parts of each entry]
    w.js  ["words", "length of each list", "lists"]; a list is the number of entries, then for
          each its distance from the last and how often, then all places, entry by entry
    e.js  [[title, address, place, number, what pages count, file, name, [page or anchor ...]] ...]
    t.js  [text ...]

Numbers are written as in ``coding``. Places count the words of an entry: title and names, numbers
(each also as one word), then its texts; a text longer than a page is cut in several.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from operator import sub

from site_builder.model.search import SearchEntry, SearchKind, SearchPart
from site_builder.model.text import fold, nfc
from site_builder.searching.coding import encode, encode_all
from site_builder.searching.words import number, numbers_in, words

__all__ = ["build_index"]

# Raised when the same entries give other bytes, so that no browser mixes old parts with new.
_FORMAT = b"1"
# Bytes of a part of the index. Small ones: a telephone loads one for every word and result.
_LISTS, _TEXTS = 48_000, 24_000
_ENTRIES = 40
# Characters of a text; about a page.
_PIECE = 4_000
_SPACES = re.compile(r"\s+")
_KINDS = {SearchKind.CRITERION: "c", SearchKind.EXPLANATION: "x", SearchKind.DOCUMENT: "d"}


def build_index(entries: Iterable[SearchEntry]) -> Mapping[str, bytes]:
    """The index as scripts by file name; the same bytes for the same entries.

    Args:
        entries: in the order in which equals are shown.
    """
    index = _Index()
    for entry in entries:
        index.add(entry)
    return index.scripts()


class _Index:
    """Lists of places as they grow, and everything that results show."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256(_FORMAT)
        self._count = 0
        self._kinds: list[str] = []
        self._lengths = bytearray()
        # By word: how many entries, the last of them, entries with their counts, places.
        self._lists: dict[str, tuple[list[int], bytearray, bytearray]] = {}
        self._shown: list[list[object]] = []
        self._texts: list[str] = []

    def add(self, entry: SearchEntry) -> None:
        """Take note of an entry and every word of it."""
        places: dict[str, list[int]] = {}
        at = 0
        for id_ in entry.criteria:
            # Its words are in the title, or are of no use: "1" and "2" stand everywhere.
            places.setdefault(number(words(fold(id_))), []).append(at)
        for name in (entry.title, *entry.names):
            at = _note(places, fold(name), at)
        for each in entry.numbers:
            parts = words(fold(each))
            if parts:
                places.setdefault(number(parts), []).append(at)
                at = _note(places, fold(each), at)
        at = max(at, 1)
        pieces = tuple(_pieces(entry.parts))
        lengths = [at, len(pieces)]
        for piece in pieces:
            before, at = at, _note(places, fold(piece.text), at, numbers=True)
            lengths.append(at - before)
        self._lengths += encode_all(lengths)
        self._keep(places)
        self._kinds.append(_KINDS[entry.kind])
        self._shown.append(
            [
                _line(entry.title),
                entry.address,
                _line(entry.place),
                _line(entry.numbers[0]) if entry.numbers else "",
                entry.counted,
                entry.file,
                _line(entry.names[0]) if entry.names else "",
                [piece.page or piece.anchor for piece in pieces],
            ]
        )
        self._texts.extend(piece.text for piece in pieces)
        self._digest.update(repr((entry, self._count)).encode("utf-8", "replace"))
        self._count += 1

    def _keep(self, places: Mapping[str, list[int]]) -> None:
        lists, here = self._lists, self._count
        for word, found in places.items():
            known = lists.get(word)
            if known is None:
                known = lists[word] = ([0, 0], bytearray(), bytearray())
            seen, entries, where = known
            entries += encode_all((here - seen[1], len(found)))
            seen[0] += 1
            seen[1] = here
            where += encode_all(map(sub, found, (0, *found)))

    def scripts(self) -> dict[str, bytes]:
        """Every part by its file name."""
        made: dict[str, bytes] = {}
        version = self._digest.hexdigest()[:12]

        def put(name: str, *data: object) -> None:
            made[f"{name}.js"] = _script(name, version, data)

        firsts: list[str] = []
        for some, lengths, lists in self._shelves():
            put(f"w{len(firsts)}", " ".join(some), lengths.decode(), lists.decode())
            firsts.append(some[0])
        for start in range(0, self._count, _ENTRIES):
            put(f"e{start // _ENTRIES}", *self._shown[start : start + _ENTRIES])
        sizes: list[int] = []
        for texts in self._chunks():
            put(f"t{len(sizes)}", *texts)
            sizes.append(len(texts))
        put(
            "m",
            self._count,
            "".join(self._kinds),
            " ".join(firsts),
            encode_all(sizes).decode(),
            self._lengths.decode(),
            _ENTRIES,
        )
        return made

    def _shelves(self) -> Iterator[tuple[list[str], bytes, bytes]]:
        """Words in order with their lists, as many together as go into a script."""
        some: list[str] = []
        lengths, lists = bytearray(), bytearray()
        # In the order in which browsers compare text.
        for word in sorted(self._lists, key=lambda word: word.encode("utf-16-be")):
            seen, entries, where = self._lists[word]
            one = encode(seen[0]).encode() + entries + where
            if some and len(lists) + len(one) > _LISTS:
                yield some, bytes(lengths), bytes(lists)
                some, lengths, lists = [], bytearray(), bytearray()
            some.append(word)
            lengths += encode_all((len(one),))
            lists += one
        if some:
            yield some, bytes(lengths), bytes(lists)

    def _chunks(self) -> Iterator[list[str]]:
        chunk: list[str] = []
        size = 0
        for text in self._texts:
            if chunk and size > _TEXTS:
                yield chunk
                chunk, size = [], 0
            chunk.append(text)
            size += len(text.encode("utf-8", "replace"))
        if chunk:
            yield chunk


def _note(places: dict[str, list[int]], folded: str, at: int, *, numbers: bool = False) -> int:
    """Note where each word stands, from place ``at`` on; the place after the last."""
    found = words(folded)
    for word in found:
        known = places.get(word)
        if known is None:
            places[word] = [at]
        else:
            known.append(at)
        at += 1
    if numbers:
        first = at - len(found)
        for word, place in numbers_in(folded):
            places.setdefault(word, []).append(first + place)
    return at


def _pieces(parts: Iterable[SearchPart]) -> Iterator[SearchPart]:
    """The parts, long ones cut between two words; none without a word."""
    for part in parts:
        text = _line(part.text)
        while len(text) > _PIECE:
            cut = text.rfind(" ", _PIECE // 2, _PIECE) + 1 or _PIECE
            yield SearchPart(text=text[:cut].rstrip(), page=part.page, anchor=part.anchor)
            text = text[cut:]
        if text:
            yield SearchPart(text=text, page=part.page, anchor=part.anchor)


def _line(text: str) -> str:
    return _SPACES.sub(" ", nfc(text)).strip()


def _script(name: str, version: str, data: object) -> bytes:
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    call = f'sbSearch.take("{name}","{version}",{written})\n'
    # Lone surrogates stand in no UTF-8.
    return call.encode("utf-8", "replace")
