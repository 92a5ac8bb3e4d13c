"""A scale on which exactly one level applies."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import Entry, InputSpec, Result
from site_builder.model.score import Score
from site_builder.reading.fields import Field, Record, Text
from site_builder.reading.inputs import InputProblem, option
from site_builder.scoring.award import award, unreadable
from site_builder.scoring.settings import OPTIONS, ZERO, Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The points of the level named under ``muc``."""

    shape: ClassVar[str] = "levels"
    SETTINGS: ClassVar[Record] = Record(
        "rule_levels", (Field("levels", OPTIONS, required=True), Field("title", Text()))
    )

    most: Decimal
    spec: InputSpec

    @classmethod
    def bind(cls, values: dict[str, Any], node: MappingNode, context: Context) -> Self | None:
        levels = context.options(values["levels"])
        if not levels:
            context.bad(node, "empty", "levels", key="levels")
            return None
        spec = InputSpec(
            entry=Entry.LEVEL,
            id=Entry.LEVEL.value,
            title=values.get("title", context.title),
            options=levels,
        )
        return cls(most=max(level.points or ZERO for level in levels), spec=spec)

    def inputs(self, explanation: Explanation | None) -> tuple[InputSpec, ...]:
        return (self.spec,)

    def score(
        self,
        explanation: Explanation | None,
        max_points: Decimal,
        places: int,
        result: Result | None,
    ) -> Score:
        level = option(explanation, self.spec)
        if isinstance(level, InputProblem):
            return unreadable((level,))
        exact = level.points or ZERO
        return award(exact, max_points, places, "level", {"title": level.title})
