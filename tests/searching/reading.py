"""Reads an index as browsers do, to see what is in it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from site_builder.searching.coding import ALPHABET, ENDS, GOES_ON

CODES = {char: code for code, char in enumerate(ALPHABET)}


def numbers(written: str) -> Iterator[int]:
    rest = 0
    for char in written:
        code = CODES[char]
        if code < ENDS:
            yield rest * ENDS + code
            rest = 0
        else:
            rest = rest * GOES_ON + code - ENDS + 1
    assert rest == 0


def call(script: bytes) -> tuple[str, str, Any]:
    text = script.decode("utf-8")
    assert text.startswith("sbSearch.take(")
    assert text.endswith(")\n")
    name, version, data = json.loads(f"[{text[len('sbSearch.take(') : -2]}]")
    return name, version, data


@dataclass
class Read:
    """An index in the clear.

    Attributes:
        places: by word, by number of the entry.
        heads, pieces: lengths in words, by entry.
        shown: what results show, by entry.
        texts: by entry.
    """

    count: int = 0
    kinds: str = ""
    places: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    heads: list[int] = field(default_factory=list)
    pieces: list[list[int]] = field(default_factory=list)
    shown: list[list[Any]] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)


def read(index: Mapping[str, bytes]) -> Read:
    parts = {}
    versions = set()
    for file, script in index.items():
        name, version, data = call(script)
        assert file == f"{name}.js"
        parts[name] = data
        versions.add(version)
    assert len(versions) == 1
    count, kinds, firsts, sizes, lengths, each = parts["m"]
    made = Read(count=count, kinds=kinds)
    given = numbers(lengths)
    for _ in range(count):
        made.heads.append(next(given))
        made.pieces.append([next(given) for _ in range(next(given))])
    assert list(given) == []
    texts: list[str] = []
    for place, size in enumerate(numbers(sizes)):
        assert len(parts[f"t{place}"]) == size
        texts.extend(parts[f"t{place}"])
    for pieces in made.pieces:
        made.texts.append(texts[: len(pieces)])
        del texts[: len(pieces)]
    assert texts == []
    for start in range(0, count, each):
        made.shown.extend(parts[f"e{start // each}"])
    for place, first in enumerate(firsts.split(" ") if firsts else ()):
        words, sizes, lists = parts[f"w{place}"]
        assert words.split(" ")[0] == first
        at = 0
        for word, size in zip(words.split(" "), numbers(sizes), strict=True):
            made.places[word] = _places(lists[at : at + size])
            at += size
        assert at == len(lists)
    assert len(parts) == 1 + len(firsts.split()) + len(list(numbers(parts["m"][3]))) + -(
        -count // each
    )
    return made


def _places(written: str) -> dict[int, list[int]]:
    given = numbers(written)
    found: dict[int, list[int]] = {}
    counts = []
    id_ = 0
    for _ in range(next(given)):
        id_ += next(given)
        counts.append((id_, next(given)))
    for id_, many in counts:
        place = 0
        found[id_] = []
        for _ in range(many):
            place += next(given)
            found[id_].append(place)
    assert list(given) == []
    return found
