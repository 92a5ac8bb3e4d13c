import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.rendering.charts import Mark, Shares, bar, scale

parts = st.decimals(min_value=0, max_value=30, places=2)


@given(st.tuples(parts, parts, parts, parts, parts))
def test_a_bar_is_filled_from_left_to_right_and_no_further(values: tuple[Decimal, ...]) -> None:
    safe, risk, open_, pending, lost = values
    shares = Shares(
        total=sum(values, Decimal(0)), safe=safe, risk=risk, open=open_, pending=pending, lost=lost
    )
    drawn = [
        (Decimal(left), Decimal(width))
        for left, width in re.findall(
            r'x="([\d.]+)%" y="0" width="([\d.]+)%"', bar(shares, "b", "t", "d")
        )
    ]
    assert len(drawn) == sum(1 for value in values if value > 0)
    edge = Decimal(0)
    for left, width in drawn:
        assert abs(left - edge) <= Decimal("0.02")
        edge = left + width
    assert edge <= Decimal("100.02")


def test_a_bar_names_and_describes_itself() -> None:
    made = bar(Shares(total=Decimal(2), safe=Decimal(1)), "b-1", "A <b>", 'said "so"')
    assert 'role="img" aria-labelledby="b-1-t b-1-d"' in made
    assert '<title id="b-1-t">A &lt;b&gt;</title>' in made
    assert '<desc id="b-1-d">said &#34;so&#34;</desc>' in made
    assert made.startswith("<div")


def test_shares_add_up() -> None:
    one = Shares(total=Decimal(2), safe=Decimal(1), lost=Decimal(1))
    both = one.plus(Shares(total=Decimal(3), risk=Decimal(3)))
    assert both == Shares(total=Decimal(5), safe=Decimal(1), risk=Decimal(3), lost=Decimal(1))
    assert [part for part, _ in both.parts()] == ["safe", "risk", "lost"]


def test_marks_stand_where_their_classes_begin() -> None:
    plot = bar(Shares(total=Decimal(1)), "b", "t", "d")
    made = scale(plot, [Mark(Decimal("72.5"), "Good & fair")], "from")
    assert 'style="--sb-at:72.5%"' in made
    assert "Good &amp; fair" in made
    assert "72,5%" in made


@pytest.mark.parametrize(
    ("marks", "apart"),
    [
        ({"0": "Low", "50": "Fair", "70": "Good", "80": "Fine", "90": "Best of all"}, False),
        ({"0": "Low", "50": "Fair", "70": "Good", "80": "Fine", "90": "Best"}, True),
        ({"0": "Low", "0.5": "Fair"}, False),
        ({"97": "Good", "99": "Fine"}, False),
    ],
)
def test_words_without_room_are_a_list(marks: dict[str, str], *, apart: bool) -> None:
    plot = bar(Shares(total=Decimal(1)), "b", "t", "d")
    made = scale(plot, [Mark(Decimal(at), text) for at, text in marks.items()], "from")
    assert ("sb-marks--apart" in made) is apart
