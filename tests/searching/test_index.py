import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model.search import SearchEntry, SearchKind, SearchPart
from site_builder.model.text import fold
from site_builder.searching import build_index
from site_builder.searching.words import number, words
from tests.searching import communes
from tests.searching.reading import Read, read

LETTERS = st.text(
    st.sampled_from('abc \u0111\u01b0\u1edbng\u00ea1289/.-_\n\u0301\u0323#"\\<&\ud800'), max_size=60
)
PARTS = st.lists(
    st.builds(SearchPart, text=LETTERS, page=st.integers(0, 400), anchor=st.just("")), max_size=4
)
ENTRIES = st.lists(
    st.builds(
        SearchEntry,
        kind=st.sampled_from(SearchKind),
        title=LETTERS,
        address=st.just("2023/tc/1.html"),
        names=st.lists(LETTERS, max_size=2).map(tuple),
        numbers=st.lists(LETTERS, max_size=2).map(tuple),
        criteria=st.sampled_from([(), ("1.1.2",)]),
        parts=PARTS.map(tuple),
    ),
    max_size=6,
)


def found(index: Read, word: str) -> set[int]:
    return set(index.places.get(word, ()))


@settings(max_examples=60, deadline=None)
@given(ENTRIES)
def test_every_word_of_every_entry_finds_it(entries: list[SearchEntry]) -> None:
    index = read(build_index(entries))
    assert index.count == len(entries)
    for place, entry in enumerate(entries):
        texts = (entry.title, *entry.names, *entry.numbers, *(part.text for part in entry.parts))
        for word in {word for text in texts for word in words(fold(text))}:
            assert place in found(index, word)
        for id_ in entry.criteria:
            assert index.places[number(words(id_))][place][0] == 0
        assert "".join("".join(index.texts[place]).split()) == "".join(
            "".join(unicodedata.normalize("NFC", part.text).split()) for part in entry.parts
        ).replace("\ud800", "?")


@settings(max_examples=60, deadline=None)
@given(ENTRIES)
def test_places_count_the_words(entries: list[SearchEntry]) -> None:
    index = read(build_index(entries))
    for place, pieces in enumerate(index.pieces):
        texts = index.texts[place]
        assert [len(words(fold(text))) for text in texts] == pieces
        at = index.heads[place]
        assert at >= 1
        for text in texts:
            for word in words(fold(text)):
                assert at in index.places[word][place]
                at += 1


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_text_is_found_however_it_is_composed() -> None:
    entries = tuple(communes.entries())
    decomposed = tuple(
        replace(
            entry,
            title=_decomposed(entry.title),
            names=tuple(map(_decomposed, entry.names)),
            numbers=tuple(map(_decomposed, entry.numbers)),
            parts=tuple(replace(part, text=_decomposed(part.text)) for part in entry.parts),
        )
        for entry in entries
    )
    assert read(build_index(decomposed)) == read(build_index(entries))


def test_a_number_in_running_text_is_one_word() -> None:
    part = SearchPart(text="C\u0103n c\u1ee9 s\u1ed1 45/KH-UBND", page=1)
    entry = SearchEntry(kind=SearchKind.DOCUMENT, title="T", address="a.html", parts=(part,))
    assert read(build_index([entry])).places["#45.kh.ubnd"] == {0: [4]}


def test_a_long_text_is_cut_between_words() -> None:
    text = "word " * 3000
    part = SearchPart(text=text, page=7)
    entry = SearchEntry(kind=SearchKind.DOCUMENT, title="T", address="a.html", parts=(part,))
    index = read(build_index([entry]))
    assert index.shown[0][-1] == [7, 7, 7, 7]
    assert sum(index.pieces[0]) == 3000
    assert all(len(piece) <= 4000 for piece in index.texts[0])
    unbroken = replace(entry, parts=(SearchPart(text="x" * 9000),))
    assert "".join(read(build_index([unbroken])).texts[0]) == "x" * 9000


def test_large_indexes_are_cut_in_many_small_scripts() -> None:
    entries = [
        SearchEntry(
            kind=SearchKind.DOCUMENT,
            title=f"Title {place}",
            address="a.html",
            parts=(SearchPart(text=" ".join(f"{place}x{n} same" for n in range(400)), page=1),),
        )
        for place in range(250)
    ]
    made = build_index(entries)
    assert max(map(len, made.values())) < 150_000
    assert sum(name.startswith("w") for name in made) > 5
    index = read(made)
    assert len(index.places["same"]) == 250
    assert index.shown[249][0] == "Title 249"


def test_the_same_entries_give_the_same_bytes() -> None:
    first, again = build_index(communes.entries()), build_index(communes.entries())
    assert first == again
    assert list(first) == list(again)


@pytest.mark.parametrize("change", ["title", "place", "file"])
def test_another_content_has_another_version(change: str) -> None:
    entries = list(communes.entries())
    other = [replace(entries[0], **{change: "other"}), *entries[1:]]  # type: ignore[arg-type]
    versions = [next(iter(build_index(each)["m.js"].split(b'"')[3:4])) for each in (entries, other)]
    assert versions[0] != versions[1]


def test_an_index_of_nothing() -> None:
    assert set(build_index(())) == {"m.js"}
    assert read(build_index(())).count == 0
