"""The maximum less so many points for each fault, never below a floor."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import InputSpec, Result
from site_builder.model.score import Score, Unscored
from site_builder.reading.fields import Field, Record
from site_builder.scoring.award import award, figures
from site_builder.scoring.settings import COUNT, ZERO, Context, Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """The maximum less ``count`` times ``points_each``, at least ``floor`` (by default zero).

    ``points_each: max`` says that one fault loses everything.
    """

    shape: ClassVar[str] = "deduction"
    SETTINGS: ClassVar[Record] = Record(
        "rule_deduction",
        (
            Field("count", COUNT, required=True),
            Field("points_each", Points(), required=True),
            Field("floor", Points()),
        ),
    )

    most: Decimal
    spec: InputSpec
    points_each: Decimal
    floor: Decimal

    @classmethod
    def bind(cls, values: dict[str, Any], _node: MappingNode, context: Context) -> Self:
        floor = context.points(values.get("floor", ZERO))
        return cls(
            most=max(context.max_points, floor),
            spec=values["count"],
            points_each=context.points(values["points_each"]),
            floor=floor,
        )

    def inputs(self, explanation: Explanation | None) -> tuple[InputSpec, ...]:
        return (self.spec,)

    def score(
        self,
        explanation: Explanation | None,
        max_points: Decimal,
        places: int,
        result: Result | None,
    ) -> Score:
        values = figures((self.spec,), explanation, result)
        if isinstance(values, Unscored):
            return values
        (count,) = values
        left = max_points - count * self.points_each
        exact = max(left, self.floor)
        key = "deduction" if left >= self.floor else "deduction_floored"
        params = {
            "max": max_points,
            "count": count,
            "each": self.points_each,
            "left": left,
            "floor": self.floor,
        }
        return award(exact, max_points, places, key, params)
