import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.text import fold
from site_builder.searching.coding import ALPHABET, encode, encode_all
from site_builder.searching.words import number, numbers_in, words
from tests.searching import reading

HERE = Path(__file__).parent


def cases(name: str) -> list[Any]:
    return list(yaml.safe_load((HERE / name).read_text("utf-8")))


@pytest.mark.parametrize("case", cases("words.yml"), ids=lambda case: case["text"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words(case: dict[str, Any], form: Any) -> None:
    assert words(fold(unicodedata.normalize(form, case["text"]))) == case["words"]


@pytest.mark.parametrize("case", cases("numbers.yml"), ids=lambda case: case["text"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_numbers_in_running_text(case: dict[str, Any], form: Any) -> None:
    folded = fold(unicodedata.normalize(form, case["text"]))
    found = list(numbers_in(folded))
    assert [word for word, _ in found] == case["numbers"]
    for word, place in found:
        first = words(folded)[place].lstrip("0")
        assert word.startswith(f"#{first}.")


def test_a_number_is_one_word_in_every_spelling() -> None:
    spellings = ("03/KH-UBND", "3 kh ubnd", "3/kh-ubnd", "03KH.UBND")
    assert {number(words(fold(each))) for each in spellings} == {"#3.kh.ubnd"}
    assert number(["0"]) == "#0"


def test_long_runs_are_cut() -> None:
    assert [len(word) for word in words("a" * 100)] == [40, 40, 20]


@given(st.text())
def test_decomposed_text_has_the_same_words(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert words(fold(unicodedata.normalize("NFD", composed))) == words(fold(composed))


@given(st.lists(st.integers(0, 10**9)))
def test_numbers_are_read_as_written(values: list[int]) -> None:
    written = encode_all(values).decode()
    assert set(written) <= set(ALPHABET)
    assert written == "".join(map(encode, values))
    assert list(reading.numbers(written)) == values


def test_small_numbers_are_short() -> None:
    assert [len(encode(value)) for value in (0, 59, 60, 1979, 1980)] == [1, 1, 2, 2, 3]
    assert not {'"', "\\"} & set(ALPHABET)
    assert len(encode(sys.maxunicode)) == 4
