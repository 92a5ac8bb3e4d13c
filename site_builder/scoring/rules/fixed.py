"""Points that need no figure: a branch of a case, or points a set simply grants."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import InputSpec, Result
from site_builder.model.score import Score
from site_builder.reading.fields import Field, Record
from site_builder.scoring.award import award
from site_builder.scoring.settings import MAX_SETTING, Context, Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """Always ``points``, by default the maximum."""

    shape: ClassVar[str] = "fixed"
    SETTINGS: ClassVar[Record] = Record("rule_fixed", (Field("points", Points()),))

    most: Decimal

    @classmethod
    def bind(cls, values: dict[str, Any], _node: MappingNode, context: Context) -> Self:
        return cls(most=context.points(values.get("points", MAX_SETTING)))

    def inputs(self, explanation: Explanation | None) -> tuple[InputSpec, ...]:
        return ()

    def score(
        self,
        explanation: Explanation | None,
        max_points: Decimal,
        places: int,
        result: Result | None,
    ) -> Score:
        return award(self.most, max_points, places, "fixed")
