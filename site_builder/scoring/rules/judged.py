"""Points that a person types, with the reason in words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import Entry, InputSpec, NumberKind, Result
from site_builder.model.score import Reason, Score, Unscored
from site_builder.reading.fields import Field, Record, Text
from site_builder.reading.inputs import InputProblem, figure
from site_builder.scoring.award import award, unreadable
from site_builder.scoring.settings import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The points typed under ``diem``."""

    shape: ClassVar[str] = "judged"
    SETTINGS: ClassVar[Record] = Record("rule_judged", (Field("title", Text()),))

    most: Decimal
    spec: InputSpec

    @classmethod
    def bind(cls, values: dict[str, Any], _node: MappingNode, context: Context) -> Self:
        spec = InputSpec(
            entry=Entry.POINTS,
            id=Entry.POINTS.value,
            title=values.get("title", context.title),
            kind=NumberKind.AMOUNT,
        )
        return cls(most=context.max_points, spec=spec)

    def inputs(self, explanation: Explanation | None) -> tuple[InputSpec, ...]:
        return (self.spec,)

    def score(
        self,
        explanation: Explanation | None,
        max_points: Decimal,
        places: int,
        result: Result | None,
    ) -> Score:
        typed = figure(explanation, self.spec)
        if isinstance(typed, InputProblem):
            return unreadable((typed,))
        if typed > max_points:
            return Unscored(Reason.POINTS_ABOVE_MAX, {"points": typed, "max": max_points})
        return award(typed, max_points, places, "judged")
