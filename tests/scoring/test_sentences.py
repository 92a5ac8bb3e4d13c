"""Figures in sentences about scores."""

import re
from decimal import Decimal
from fractions import Fraction
from string import Formatter

import pytest

from site_builder.messages import read_catalogue, show_percent, show_points
from site_builder.model.score import Reason, Step

CATALOGUE = read_catalogue("scoring")
SHOWN = {"", "percent", "points", "plus", "words"}


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        (Fraction(4, 5), "80%"),
        (Fraction(27, 28), "96,43%"),
        (Fraction(1, 8), "12,5%"),
        (Fraction(99999, 100000), "99,999%"),
        (Fraction(799999, 1000000), "79,9999%"),
        (Fraction(1, 10**12), "0%"),
        (Fraction(6, 5), "120%"),
    ],
)
def test_percent(rate: Fraction, shown: str) -> None:
    assert show_percent(rate) == shown


@pytest.mark.parametrize(
    ("points", "shown"),
    [
        (Decimal("1.20"), "1,20"),
        (Decimal(3), "3"),
        (Decimal("1E+2"), "100"),
        (Fraction(57, 40), "1,425"),
        (Fraction(27, 28), "0,9642\u2026"),
        (Fraction(1, 32), "0,0312\u2026"),
    ],
)
def test_points(points: Decimal | Fraction, shown: str) -> None:
    assert show_points(points) == shown


def test_every_reason_has_a_sentence() -> None:
    assert CATALOGUE.parts["scoring"]["reasons"].keys() == {reason.value for reason in Reason}


@pytest.mark.parametrize("table", ["steps", "reasons"])
def test_formats_are_known(table: str) -> None:
    for text in CATALOGUE.parts["scoring"][table].values():
        for _, name, how, _ in Formatter().parse(text):
            assert name is None or how in SHOWN
        assert not re.search(r"\s{2}", text)


def test_a_tuple_of_steps_is_joined_in_the_way_asked_for() -> None:
    parts = tuple(Step("document_number", {"text": str(number)}) for number in (1, 2))
    (said,) = CATALOGUE.steps((Step("decided_by_document", {"document": parts, "points": 1}),))
    assert "1 " in said
    assert said.count("2") == 1
