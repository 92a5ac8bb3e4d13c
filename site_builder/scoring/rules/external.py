"""Points that follow from another body's decision."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import InputSpec, Result
from site_builder.model.score import Reason, Score, Unscored
from site_builder.reading.fields import Field, Record, Text
from site_builder.scoring.award import by_decision
from site_builder.scoring.settings import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class External:
    """The points that records/results.yml gives; ``source`` names what they come from."""

    shape: ClassVar[str] = "external"
    SETTINGS: ClassVar[Record] = Record("rule_external", (Field("source", Text(), required=True),))

    most: Decimal
    source: str

    @classmethod
    def bind(cls, values: dict[str, Any], _node: MappingNode, context: Context) -> Self:
        return cls(most=context.max_points, source=values["source"])

    def inputs(self, explanation: Explanation | None) -> tuple[InputSpec, ...]:
        return ()

    def score(
        self,
        explanation: Explanation | None,
        max_points: Decimal,
        places: int,
        result: Result | None,
    ) -> Score:
        if result is None or result.points is None:
            return Unscored(Reason.WAITING_FOR_RESULT, {"source": self.source})
        return by_decision(result, result.points, max_points, places)
