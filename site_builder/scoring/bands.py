"""Bands of a rate: where they begin and end, whether they meet, what they award."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from site_builder.model.node import MappingNode
from site_builder.model.score import Step
from site_builder.model.values import value
from site_builder.reading.fields import Field, Flag, Record
from site_builder.scoring.settings import MAX_SETTING, ZERO, Points, PointsSetting, Rate, Share

PROPORTIONAL = "proportional"

# Sentences by whether the lower and the upper end belong to the band.
_RANGES = {
    (True, False): "band_between",
    (True, True): "band_closed",
    (False, False): "band_open",
    (False, True): "band_over",
}


@value
class Band:
    """Rates from ``low`` to ``high`` and what they give.

    Ends are kept as numerator and denominator: rates are compared by whole numbers, exactly,
    and several times per leaf.

    Attributes:
        high: None when nothing limits the band above.
        points: None when the award is the rate times the maximum.
        is_max: the award is the maximum, and a step says so.
    """

    low: tuple[int, int]
    high: tuple[int, int] | None
    low_inclusive: bool
    high_inclusive: bool
    points: Decimal | None
    is_max: bool = False

    def holds(self, top: int, bottom: int) -> bool:
        """The rate ``top / bottom`` lies in this band."""
        left, right = top * self.low[1], self.low[0] * bottom
        if left < right or (left == right and not self.low_inclusive):
            return False
        if self.high is None:
            return True
        left, right = top * self.high[1], self.high[0] * bottom
        return left < right or (left == right and self.high_inclusive)

    def condition(self) -> Step:
        """The band in words, for the steps of a score."""
        low = Fraction(*self.low)
        high = None if self.high is None else Fraction(*self.high)
        if low == high:
            return Step("band_exactly", {"low": low})
        if high is None or (high >= 1 and self.high_inclusive):
            return Step("band_from" if self.low_inclusive else "band_above", {"low": low})
        params = {"low": low, "high": high}
        if low == 0:
            return Step("band_up_to" if self.high_inclusive else "band_below", params)
        return Step(_RANGES[self.low_inclusive, self.high_inclusive], params)


@dataclass(frozen=True, slots=True)
class BandSettings:
    """A band as written, with its place; its award is resolved when the rule is bound."""

    low: tuple[int, int]
    high: tuple[int, int] | None
    low_inclusive: bool
    high_inclusive: bool
    award: PointsSetting | str
    node: MappingNode

    @property
    def is_empty(self) -> bool:
        """No rate lies between its ends."""
        if self.high is None:
            return False
        low, high = self.low[0] * self.high[1], self.high[0] * self.low[1]
        return low > high or (low == high and not (self.low_inclusive and self.high_inclusive))

    def bound(self, max_points: Decimal) -> Band:
        """The band with its award as points."""
        award = self.award
        points: Decimal | None = ZERO
        if isinstance(award, Decimal):
            points = award
        elif isinstance(award, Share):
            points = (max_points * award.percent).scaleb(-2)
        elif award == PROPORTIONAL:
            points = None
        return Band(
            low=self.low,
            high=self.high,
            low_inclusive=self.low_inclusive,
            high_inclusive=self.high_inclusive,
            points=points,
            is_max=award is MAX_SETTING,
        )


def _build(values: dict[str, Any], node: MappingNode) -> BandSettings | None:
    if "award" not in values:
        return None
    high = values.get("to")
    return BandSettings(
        values.get("from", ZERO).as_integer_ratio(),
        None if high is None else high.as_integer_ratio(),
        values.get("from_inclusive", True),
        values.get("to_inclusive", False),
        values["award"],
        node,
    )


BAND = Record(
    "rule_band",
    (
        Field("from", Rate()),
        Field("to", Rate()),
        Field("award", Points(words=("zero", PROPORTIONAL)), required=True),
        Field("from_inclusive", Flag()),
        Field("to_inclusive", Flag()),
    ),
    build=_build,
)


def meet(bands: tuple[Band, ...]) -> bool:
    """Every rate from 0 to 1 lies in exactly one band: neighbours share an end that one owns.

    None of them may be empty.
    """
    ordered = sorted(bands, key=_from_below)
    first, last = ordered[0], ordered[-1]
    if first.low[0] != 0 or not first.low_inclusive:
        return False
    for left, right in pairwise(ordered):
        if left.high != right.low or left.high_inclusive == right.low_inclusive:
            return False
    return last.holds(1, 1)


def _from_below(band: Band) -> tuple[float, bool]:
    # Ends are decimals of a few digits, so their order survives the division as floats; of two
    # bands that begin alike only one can be a single rate, and that one comes first.
    return band.low[0] / band.low[1], band.low != band.high


def probes(bands: tuple[Band, ...]) -> tuple[Fraction, ...]:
    """0, 1, every end between them and every midpoint: rates that show any overlap or gap."""
    ends = {Fraction(0), Fraction(1)}
    for band in bands:
        ends.update(Fraction(*end) for end in (band.low, band.high) if end is not None)
    inside = sorted(end for end in ends if 0 <= end <= 1)
    between = [(left + right) / 2 for left, right in pairwise(inside)]
    return tuple(sorted([*inside, *between]))
