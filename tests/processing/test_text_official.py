"""Reading headers of official documents: labelled texts as data, and hostile ones."""

import unicodedata
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.processed import OfficialDocument, TextSource
from site_builder.processing.text.normal import plain, skeleton
from site_builder.processing.text.official import read_official
from site_builder.processing.text.vocabulary import vocabulary

FOLDER = Path(__file__).parent / "official"
READ = ("decree", "others", "drafts")


def cases(*names: str) -> list[Any]:
    return [
        pytest.param(case, id=f"{name}: {case['name']}")
        for name in names
        for case in yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))
    ]


def read(case: dict[str, Any]) -> OfficialDocument | None:
    pages = case.get("pages") or [case["text"]]
    if case.get("nfd"):
        pages = [unicodedata.normalize("NFD", page) for page in pages]
    source = TextSource(case.get("source", "layer"))
    return read_official(pages, tuple(case.get("hints", ())), source)


@pytest.mark.parametrize("case", cases(*READ))
def test_reads_what_the_header_says(case: dict[str, Any]) -> None:
    document = read(case)
    assert document is not None
    found = asdict(document)
    assert {key: found[key] for key in case["reads"]} == case["reads"]


@pytest.mark.parametrize("case", cases("none"))
def test_says_nothing_of_other_files(case: dict[str, Any]) -> None:
    assert read(case) is None


@pytest.mark.parametrize("case", cases(*READ))
@pytest.mark.parametrize("ends", ["\r\n", " \n", "\n\n"])
def test_line_ends_change_nothing(case: dict[str, Any], ends: str) -> None:
    assert read({**case, "text": case["text"].replace("\n", ends)}) == read(case)


@pytest.mark.parametrize("name", list(vocabulary().types.values()))
def test_every_type_is_told_by_its_line(name: str) -> None:
    header = "CONG HOA XA HOI CHU NGHIA VIET NAM\nDoc lap - Tu do - Hanh phuc\n"
    document = read_official([f"{header}{name.upper()}\nabc"], (), TextSource.LAYER)
    assert document is not None
    assert document.type == name


@pytest.mark.parametrize("symbol", [key for key in vocabulary().types_by_symbol if key.isascii()])
def test_every_symbol_tells_its_type(symbol: str) -> None:
    text = f"CONG HOA XA HOI CHU NGHIA VIET NAM\nSo: 5/{symbol}-UBND\nabc"
    document = read_official([text], (), TextSource.LAYER)
    assert document is not None
    assert document.type == vocabulary().types_by_symbol[symbol]


LABELLED = [case.values[0] for case in cases(*READ) if "hints" not in case.values[0]]


@st.composite
def disturbed(draw: st.DrawFn) -> dict[str, Any]:
    """A labelled text with lines lost, swapped, joined or broken, as other programs give it."""
    case = draw(st.sampled_from(LABELLED))
    lines = case["text"].split("\n")
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, max(0, len(lines) - 2)))
        here, there = lines[at : at + 1], lines[at + 1 : at + 2]
        words = " ".join(here).split(" ")
        cut = draw(st.integers(0, len(words)))
        broken = [" ".join(words[:cut]), " ".join(words[cut:])]
        changes = [[], there, there + here, [" ".join(here + there)], [*broken, *there]]
        lines[at : at + 2] = draw(st.sampled_from(changes))
    return {**case, "text": "\n".join(lines)}


@given(disturbed())
def test_a_wrong_number_or_date_is_worse_than_none(case: dict[str, Any]) -> None:
    document = read(case)
    if document is None:
        return
    for key, none in (("number", ""), ("issued_on", None)):
        if key in case["reads"]:
            assert getattr(document, key) in {case["reads"][key], none}


HOSTILE = {
    "spaces": " ",
    "dots": ".",
    "digits": "7",
    "marks": "\u0301",
    "marked letters": "e\u0301\u0323",
    "numbers": "So: 1/A-",
    "dates": "ngay 1 thang 1 ",
    "places": "A, ",
    "capitals": "A ",
    "one word": "A",
    "parts of a symbol": "So: 1/AB-AB/",
    "lines": "A\n",
    "bars": "|",
    "controls": "\x00\x1f",
    "surrogates": "\ud800",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_megabyte_of_one_thing_is_read_like_a_little_of_it(what: str) -> None:
    # Not by the clock: the reader must look at a bounded part, or in bounded steps.
    much = HOSTILE[what] * (1_000_000 // len(HOSTILE[what]))
    head = "UBND XA A\nSo: 12/KH-UBND\nA, ngay 02 thang 3 nam 2023\nKE HOACH\n"
    for text in (much, head + much, head.rstrip() + much):
        read_official([text], ("1",), TextSource.LAYER)
    document = read_official([f"{head}{much}"], (), TextSource.LAYER)
    assert document is not None
    assert (document.number, document.issued_on) == ("12/KH-UBND", date(2023, 3, 2))


@given(st.text(max_size=300))
def test_the_skeleton_keeps_places(text: str) -> None:
    bare = plain(text, 300)
    assert len(skeleton(bare)) == len(bare)
    assert plain(bare, 300) == bare


PIECES = (
    "So: 12/QD-UBND", "So:", "/KH-UBND", "KE HOACH", "ngay 3 thang 4 nam 2023", "Sao Mai, ",
    "CONG HOA XA HOI CHU NGHIA VIET NAM", "Can cu", "V/v", "Kinh gui", "UY BAN", "DEN",
    "|", "\n", " ", "Nguyen Van A", "KT. CHU TICH", "DU THAO", "...", "\u1ea1", "-",
)  # fmt: skip


SOME = st.lists(st.sampled_from(PIECES), max_size=40)


@given(SOME, SOME)
def test_no_arrangement_raises(pieces: list[str], hints: list[str]) -> None:
    document = read_official(["".join(pieces)], hints, TextSource.LAYER)
    if document is not None:
        assert document.symbol or not document.number
        assert not (document.issuer_inferred and not document.issuer)
