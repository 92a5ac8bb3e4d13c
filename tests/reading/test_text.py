import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.text import fold, nfc

ACUTE, DOT = "\u0301", "\u0323"


@given(st.text())
def test_composing_twice_is_composing_once(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)


@pytest.mark.parametrize("word", ["Thu\u031b\u0309 tu\u0323c", "\u1ed1ng", "e\u0302\u0301" * 40])
def test_what_people_type_is_composed_as_unicode_says(word: str) -> None:
    assert nfc(word) == unicodedata.normalize("NFC", word)


def test_a_megabyte_of_marks_is_composed_in_no_time() -> None:
    # Composing a row of marks takes time that grows with its square: this would take hours.
    marks = "a" + (ACUTE + DOT) * 500_000
    assert len(nfc(marks)) > 0
    assert fold(marks).startswith("a")
