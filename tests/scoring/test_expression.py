"""The formula parser: precedence, faults, and that no text can break it."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.scoring.expression import LENGTH_LIMIT, Expression, ParseFault, parse
from tests.scoring import written

FORMULAS = written.read(Path(__file__).parent / "formulas.yml")
VALUES = {"a": Decimal(7), "b": Decimal(2), "z": Decimal(0)}


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula["text"] or "empty")
def test_formula(formula: dict[str, Any]) -> None:
    found = parse(formula["text"])
    if "fault" not in formula:
        assert isinstance(found, Expression), found
        expected = formula["gives"]
        assert found.calculate(VALUES) == (None if expected == "nothing" else Fraction(expected))
        assert found.shown(VALUES) == formula.get("shown", found.shown(VALUES))
    elif formula["fault"] == "names":
        assert isinstance(found, Expression)
        assert sorted(found.names) == formula["names"]
    else:
        assert isinstance(found, ParseFault), found
        assert found.kind == formula["fault"]
        assert found.at == formula.get("at", found.at)


def test_a_long_formula_is_refused_before_it_is_read() -> None:
    assert parse("1" + "+1" * (LENGTH_LIMIT // 2)) == ParseFault("length")


def test_many_terms_are_no_depth() -> None:
    found = parse("+".join(["1"] * (LENGTH_LIMIT // 2)))
    assert isinstance(found, Expression)
    assert found.calculate({}) == LENGTH_LIMIT // 2


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    found = parse(text)
    if isinstance(found, Expression):
        values = dict.fromkeys(found.names, Decimal(3))
        found.calculate(values)
        assert found.shown(values)


@given(st.text(alphabet="0123456789.+-*/(), abmnx", max_size=60))
def test_no_text_of_formula_signs_raises(text: str) -> None:
    test_no_text_raises.hypothesis.inner_test(text)  # type: ignore[attr-defined]


WHOLE = st.integers(0, 99).map(lambda number: (str(number), Fraction(number)))


def combined(
    parts: st.SearchStrategy[tuple[str, Fraction]],
) -> st.SearchStrategy[tuple[str, Fraction]]:
    pairs = st.tuples(parts, st.sampled_from("+-*"), parts)
    return st.one_of(
        pairs.map(
            lambda pair: (
                f"({pair[0][0]}) {pair[1]} ({pair[2][0]})",
                {"+": Fraction.__add__, "-": Fraction.__sub__, "*": Fraction.__mul__}[pair[1]](
                    pair[0][1], pair[2][1]
                ),
            )
        ),
        st.tuples(parts, parts).map(
            lambda pair: (f"min({pair[0][0]}, {pair[1][0]})", min(pair[0][1], pair[1][1]))
        ),
    )


@given(st.recursive(WHOLE, combined, max_leaves=8))
def test_a_formula_means_what_it_says(pair: tuple[str, Fraction]) -> None:
    text, value = pair
    found = parse(text)
    assert isinstance(found, Expression)
    assert found.calculate({}) == value
