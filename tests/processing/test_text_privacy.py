"""Personal data and marks of secrecy: what is found, what is not, and that no value leaks."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from site_builder.model.processed import Level, SecrecyMark
from site_builder.processing.text.personal import (
    bare_text,
    find_personal,
    hits,
    is_citizen_id,
    masked,
)
from site_builder.processing.text.secrecy import find_secrecy

HERE = Path(__file__).parent


def cases(name: str) -> list[Any]:
    found = yaml.safe_load((HERE / name).read_text("utf-8"))
    return [pytest.param(case, id=case["name"]) for case in found]


def pages_of(case: dict[str, Any]) -> list[str]:
    pages = case.get("pages") or [case["text"]]
    return [unicodedata.normalize("NFD", page) for page in pages] if case.get("nfd") else pages


@pytest.mark.parametrize("case", cases("personal/found.yml"))
def test_finds_personal_data(case: dict[str, Any]) -> None:
    found = find_personal(pages_of(case))
    said = [f"{data.kind} {data.level.value} {data.page} {data.count}" for data in found]
    assert sorted(said) == sorted(case["finds"])


@pytest.mark.parametrize("case", cases("personal/none.yml"))
def test_is_not_alarmed(case: dict[str, Any]) -> None:
    assert find_personal(pages_of(case)) == ()


@pytest.mark.parametrize("case", cases("personal/found.yml"))
def test_a_file_without_pages_names_none(case: dict[str, Any]) -> None:
    assert {data.page for data in find_personal(pages_of(case), paged=False)} == {None}


@pytest.mark.parametrize("case", cases("secrecy.yml"))
def test_marks_of_secrecy(case: dict[str, Any]) -> None:
    level = case.get("level")
    mark = SecrecyMark(level=level, page=case["page"]) if level else None
    assert find_secrecy(pages_of(case)) == mark


citizen_ids = st.builds(
    "{:03}{}{:02}{:06}".format,
    st.sampled_from([1, 24, 30, 79, 96]),
    st.integers(0, 1),
    st.integers(10, 99),
    st.integers(0, 999_999),
)
separators = st.sampled_from(["", " ", ".", "-", "\u00a0", "\u2013"])


@given(citizen_ids, separators, st.sampled_from([(3, 3, 3, 3), (4, 4, 4), (3, 1, 2, 6)]))
def test_a_planted_id_is_found_with_every_separator(
    digits: str, separator: str, groups: tuple[int, ...]
) -> None:
    parts, left = [], digits
    for size in groups:
        parts.append(left[:size])
        left = left[size:]
    text = f"1 Nguyen Van A {separator.join(parts)} thon Dong"
    (found,) = [data for data in find_personal([text]) if data.kind == "citizen-id"]
    assert found.level is Level.BLOCK


@given(st.integers(1, 10**13))
def test_an_amount_is_no_personal_data(amount: int) -> None:
    grouped = f"{amount:,}".replace(",", ".")
    assert find_personal([f"Kinh phi {grouped} dong", f"{grouped} dong"]) == ()


@given(st.integers(10**11, 10**12 - 1))
def test_an_amount_without_points_is_no_citizen_id(amount: int) -> None:
    assert not [data for data in find_personal([f"so tien {amount}"]) if data.kind == "citizen-id"]


@given(st.text(alphabet=st.characters(categories=("Nd", "Ll", "Po", "Zs")), max_size=60))
@example("0" * 12)
def test_a_mask_shows_at_most_five_characters(value: str) -> None:
    for kind in ("citizen-id", "email", "birth-date", "password"):
        shown = masked(value, kind).replace("\u2026", "")
        assert len(shown) <= 5
        assert len(shown) * 2 <= max(2, len(re.sub(r"\W", "", value)) + 1)


@given(st.text(max_size=200))
def test_hits_lie_inside_and_apart(text: str) -> None:
    bare = bare_text(text + " CCCD 001090012345 0912345678 a@b.vn")
    places = [(hit.start, hit.end) for hit in hits(bare)]
    assert places
    flat = [place for pair in places for place in pair]
    assert flat == sorted(flat)
    assert all(start < end <= len(bare) for start, end in places)


@given(st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_structure_of_citizen_ids(digits: str) -> None:
    assume(not is_citizen_id(digits))
    assert not [
        data
        for data in find_personal([f"CCCD {digits}"])
        if data.kind == "citizen-id" and data.level is Level.BLOCK
    ]


@pytest.mark.parametrize(
    "piece",
    ["0", "0.", " ", "sinh ", "a@", "a-", "mat khau:", "tk 1 ", "Le A ", "02", "\u0301"],
)
def test_a_megabyte_of_one_thing(piece: str) -> None:
    # Patterns that go back and forth would never end here.
    text = f"ngay sinh tai khoan BHXH so CCCD\n{piece * (1_000_000 // len(piece))}"
    assert all(data.count for data in find_personal([text]))
    assert find_secrecy([text]) is None
