"""So many points for each piece, up to a cap."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import InputSpec, Result
from site_builder.model.score import Score, Unscored
from site_builder.reading.fields import Field, Record
from site_builder.scoring.award import award, figures
from site_builder.scoring.settings import COUNT, MAX_SETTING, Context, Points


@dataclass(frozen=True, slots=True, kw_only=True)
class PerItem:
    """``count`` times ``points_each``, at most ``cap`` (by default the maximum)."""

    shape: ClassVar[str] = "per_item"
    SETTINGS: ClassVar[Record] = Record(
        "rule_per_item",
        (
            Field("count", COUNT, required=True),
            Field("points_each", Points(), required=True),
            Field("cap", Points()),
        ),
    )

    most: Decimal
    spec: InputSpec
    points_each: Decimal

    @classmethod
    def bind(cls, values: dict[str, Any], _node: MappingNode, context: Context) -> Self:
        return cls(
            most=context.points(values.get("cap", MAX_SETTING)),
            spec=values["count"],
            points_each=context.points(values["points_each"]),
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
        product = count * self.points_each
        exact = min(product, self.most)
        params = {
            "count": count,
            "each": self.points_each,
            "product": product,
            "cap": self.most,
        }
        key = "per_item_capped" if product > self.most else "per_item"
        return award(exact, max_points, places, key, params)
