"""The Vietnamese words that are looked for in texts, out of ``vocabulary.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from site_builder.processing.text.normal import skeleton, squeezed


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words by use; see the comments of the data file.

    Attributes:
        types: names that stand above a text, as people write them, by their folded letters.
        types_by_symbol: the same by the first part of a symbol, as printed and without marks.
        announced: types that never stand at the start of a longer line in capitals.
        annexed: types issued inside another document, whose symbol tells the real type.
        dated_in_text: types whose day stands in the first sentence.
        others: words without marks, lower case unless said otherwise, by table.
    """

    types: Mapping[str, str]
    types_by_symbol: Mapping[str, str]
    announced: frozenset[str]
    annexed: frozenset[str]
    dated_in_text: frozenset[str]
    others: Mapping[str, tuple[str, ...]]


@cache
def vocabulary() -> Vocabulary:
    """The words, read once."""
    data = tomllib.loads((files(__package__) / "vocabulary.toml").read_text("utf-8"))
    official = data["official"]
    by_symbol: dict[str, str] = {}
    for name, symbols in official["types"].items():
        for symbol in symbols:
            by_symbol[symbol] = name
            by_symbol.setdefault(skeleton(symbol), name)
    return Vocabulary(
        types={
            squeezed(name).lower(): name
            for name in official["types"]
            if name not in official["unwritten"]
        },
        types_by_symbol=by_symbol,
        announced=frozenset(official["announced"]),
        annexed=frozenset(official["annexed"]),
        dated_in_text=frozenset(official["dated_in_text"]),
        others={
            key: tuple(skeleton(word).lower() for word in words)
            for key, words in official["words"].items()
        },
    )


@cache
def table(name: str) -> Mapping[str, tuple[str, ...]]:
    """A table of the data file with its words as written."""
    data = tomllib.loads((files(__package__) / "vocabulary.toml").read_text("utf-8"))
    return {key: tuple(words) for key, words in data[name].items()}
