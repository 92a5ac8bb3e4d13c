"""Digests and sketches of texts."""

import os
import random
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.likeness_sketch import SIZE, likeness
from site_builder.processing.text.sketch import digest_and_sketch

WORDS = [f"tu{number}" for number in range(400)]
TEXT = " ".join(random.Random(1).choices(WORDS, k=1200))  # noqa: S311 - a text, no secret


def test_equal_words_give_equal_digests() -> None:
    spaced = TEXT.upper().replace(" ", "  \n").replace("TU1", "T\u00da1")
    assert digest_and_sketch(TEXT) == digest_and_sketch(spaced)
    assert digest_and_sketch(TEXT[600:])[0]


def test_digits_count() -> None:
    assert digest_and_sketch(TEXT)[0] != digest_and_sketch(f"{TEXT} 7")[0]


def test_a_short_text_is_not_compared() -> None:
    assert digest_and_sketch(" ".join(WORDS[:49])) == ("", ())
    assert digest_and_sketch(" ".join(WORDS[:50]))[0]
    assert digest_and_sketch("") == ("", ())
    assert likeness((), (1, 2)) == 0


def test_the_same_on_every_machine() -> None:
    # Other hash seeds must not matter: facts are kept and compared across runs.
    program = (
        "from site_builder.processing.text.sketch import digest_and_sketch as d;"
        "print(d(' '.join(f'tu{n}' for n in range(60))))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1")
    }
    assert len(told) == 1
    digest, sketch = digest_and_sketch(" ".join(f"tu{number}" for number in range(60)))
    assert digest.startswith("deabcacf")
    assert sketch[0] == 44485396


def test_likeness_tells_drafts_from_other_texts() -> None:
    words = TEXT.split()
    draft = " ".join(["so", "thao", *words[:20], "khac", *words[21:]])
    half = " ".join([*words[:600], *reversed(words[600:])])
    other = " ".join(random.Random(2).choices(WORDS, k=1200))  # noqa: S311
    sketches = [digest_and_sketch(text)[1] for text in (TEXT, draft, half, other)]
    assert all(len(sketch) == SIZE for sketch in sketches)
    assert all(sketch == tuple(sorted(set(sketch))) for sketch in sketches)
    first, *others = sketches
    assert likeness(first, first) == 1
    assert likeness(first, others[0]) > 0.9
    assert 0.1 < likeness(first, others[1]) < 0.6
    assert likeness(first, others[2]) < 0.1


sketches = st.lists(st.integers(0, 2**32 - 1), max_size=SIZE, unique=True).map(
    lambda values: tuple(sorted(values))
)


@given(sketches, sketches)
def test_likeness_is_a_share_and_knows_no_order(
    one: tuple[int, ...], other: tuple[int, ...]
) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == (1 if one else 0)
