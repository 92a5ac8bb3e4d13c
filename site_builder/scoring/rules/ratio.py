"""What was done against what was due: linear, or by bands of the rate."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import InputSpec, NumberKind, Result
from site_builder.model.score import Reason, Score, Step, Unscored
from site_builder.reading import problems
from site_builder.reading.fields import Choice, Field, Flag, ListOf, Record
from site_builder.reading.numbers import show_number
from site_builder.scoring.award import award, figures
from site_builder.scoring.bands import BAND, Band, BandSettings, meet, probes
from site_builder.scoring.findings import GAPPED_BANDS, OVERLAPPING_BANDS
from site_builder.scoring.settings import DONE, DUE, RATE_VALUE, Context

_LINEAR = Band(low=(0, 1), high=None, low_inclusive=True, high_inclusive=True, points=None)
_TIDY = 10**4


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """The rate ``done / due`` times the maximum, or what the band of the rate gives.

    Rates are compared as exact fractions. With ``given_as: value`` the rate itself is the
    input, by default in per cent. ``may_exceed`` allows more than was due and counts it as all.

    Attributes:
        specs: done and due, or the rate alone.
        percent: a rate given in per cent.
    """

    shape: ClassVar[str] = "ratio"
    SETTINGS: ClassVar[Record] = Record(
        "rule_ratio",
        (
            Field("done", DONE),
            Field("due", DUE),
            Field("value", RATE_VALUE),
            Field("given_as", Choice({"parts": False, "value": True})),
            Field("bands", ListOf(BAND)),
            Field("may_exceed", Flag()),
        ),
    )

    most: Decimal
    specs: tuple[InputSpec, ...]
    bands: tuple[Band, ...] = ()
    percent: bool = False
    may_exceed: bool = False

    @classmethod
    def bind(cls, values: dict[str, Any], node: MappingNode, context: Context) -> Self | None:
        given = values.get("given_as", "value" in values)
        needed = ("value",) if given else ("done", "due")
        absent = [key for key in needed if key not in values]
        stray = {"value", "done", "due"}.intersection(values).difference(needed)
        for key in absent:
            context.report.add(problems.MISSING_KEY, node, key, key=key)
        if stray:
            context.bad(node, "given_as", "given_as", keys=tuple(sorted(stray)), needed=needed)
        if absent or stray:
            return None
        settings: tuple[BandSettings, ...] = values.get("bands", ())
        for written in settings:
            if written.is_empty:
                context.bad(written.node, "empty_band", str(written.node.line))
                return None
        bands = tuple(written.bound(context.max_points) for written in settings)
        if bands and not meet(bands):
            _report_ends(bands, settings, context)
        specs = tuple(values[key] for key in needed)
        return cls(
            most=_most(bands, context.max_points),
            specs=specs,
            bands=bands,
            percent=given and specs[0].kind is NumberKind.PERCENT,
            may_exceed=values.get("may_exceed", False),
        )

    def inputs(self, explanation: Explanation | None) -> tuple[InputSpec, ...]:
        return self.specs

    def score(
        self,
        explanation: Explanation | None,
        max_points: Decimal,
        places: int,
        result: Result | None,
    ) -> Score:
        values = figures(self.specs, explanation, result)
        if isinstance(values, Unscored):
            return values
        rate = self._rate(values)
        if isinstance(rate, Unscored):
            return rate
        before: tuple[Step, ...] = ()
        counted = rate
        if rate > 1:
            before = (Step("rate_exceeds", {"rate": rate}),)
            counted = Fraction(1)
        band = _LINEAR
        if self.bands:
            top, bottom = counted.as_integer_ratio()
            holding = [band for band in self.bands if band.holds(top, bottom)]
            if len(holding) != 1:
                reason = Reason.SEVERAL_BANDS if holding else Reason.NO_BAND
                return Unscored(reason, {"rate": rate})
            band = holding[0]
        exact = Fraction(max_points) * counted if band.points is None else Fraction(band.points)
        params: dict[str, object] = {
            "rate": self._shown(values, rate),
            "max": max_points,
        }
        if self.bands:
            params["band"] = band.condition()
        if band.points is None:
            params["factor"] = self._factor(values, counted)
            key = "ratio_proportional" if self.bands else "ratio_linear"
        else:
            key = "ratio_max" if band.is_max else "ratio_points"
        return award(exact, max_points, places, key, params, before=before)

    def _rate(self, values: tuple[Decimal, ...]) -> Fraction | Unscored:
        if len(values) == 1:
            rate = Fraction(values[0]) / (100 if self.percent else 1)
            if rate > 1 and not self.may_exceed:
                return Unscored(Reason.RATE_ABOVE_ALL, {"title": self.specs[0].title, "rate": rate})
            return rate
        done, due = values
        if due <= 0:
            return Unscored(Reason.DUE_NOT_POSITIVE, {"title": self.specs[1].title})
        if done > due and not self.may_exceed:
            return Unscored(
                Reason.DONE_ABOVE_DUE,
                {
                    "title": self.specs[0].title,
                    "done": done,
                    "due_title": self.specs[1].title,
                    "due": due,
                },
            )
        done_top, done_bottom = done.as_integer_ratio()
        due_top, due_bottom = due.as_integer_ratio()
        return Fraction(done_top * due_bottom, done_bottom * due_top)

    def _shown(self, values: tuple[Decimal, ...], rate: Fraction) -> Step:
        if len(values) == 1:
            return Step("rate_given", {"rate": rate})
        return Step("rate_parts", {"done": values[0], "due": values[1], "rate": rate})

    def _factor(self, values: tuple[Decimal, ...], counted: Fraction) -> object:
        # 12/15 is shown as 0,8; 27/28 never ends, so the assessor gets the division itself.
        if len(values) == 1 or _TIDY % counted.denominator == 0:
            return counted
        return Step("quotient", {"done": values[0], "due": values[1]})


def _most(bands: tuple[Band, ...], max_points: Decimal) -> Decimal:
    if not bands:
        return max_points
    return max(
        max_points * _highest(band) if band.points is None else band.points for band in bands
    )


def _highest(band: Band) -> Decimal:
    if band.high is None or band.high[0] >= band.high[1]:
        return Decimal(1)
    return Decimal(band.high[0]) / band.high[1]


def _report_ends(
    bands: tuple[Band, ...], settings: tuple[BandSettings, ...], context: Context
) -> None:
    """Name the first rate of every overlap and gap, at the line of the band it belongs to."""
    before: tuple[int, ...] = (0,)
    seen: set[tuple[int, ...]] = set()
    for rate in probes(bands):
        holding = tuple(
            place for place, band in enumerate(bands) if band.holds(*rate.as_integer_ratio())
        )
        is_news = holding not in seen if holding else bool(before)
        before = holding
        if len(holding) == 1 or not is_news:
            continue
        seen.add(holding)
        above = [place for place, band in enumerate(bands) if Fraction(*band.low) >= rate]
        at = (
            holding[-1] if holding else min(above, key=lambda p: Fraction(*bands[p].low), default=0)
        )
        percent = show_number(rate * 100)
        context.report.add(
            OVERLAPPING_BANDS if holding else GAPPED_BANDS,
            settings[at].node,
            percent,
            percent=percent,
            lines=tuple(settings[place].node.line for place in holding),
        )
