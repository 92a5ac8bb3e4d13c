"""Everything or nothing: the requirement is met or it is not."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import Entry, InputSpec, Result
from site_builder.model.score import Score
from site_builder.reading.fields import Field, Record, Text
from site_builder.reading.inputs import InputProblem, yes_or_no
from site_builder.scoring.award import award, unreadable
from site_builder.scoring.settings import ZERO, Context


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOrNothing:
    """The maximum when ``dat`` is yes, zero when it is no."""

    shape: ClassVar[str] = "all_or_nothing"
    SETTINGS: ClassVar[Record] = Record("rule_all_or_nothing", (Field("title", Text()),))

    most: Decimal
    spec: InputSpec

    @classmethod
    def bind(cls, values: dict[str, Any], _node: MappingNode, context: Context) -> Self:
        title = values.get("title", context.title)
        spec = InputSpec(entry=Entry.ACHIEVED, id=Entry.ACHIEVED.value, title=title)
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
        achieved = yes_or_no(explanation, self.spec)
        if isinstance(achieved, InputProblem):
            return unreadable((achieved,))
        exact = max_points if achieved else ZERO
        key = "achieved" if achieved else "not_achieved"
        return award(exact, max_points, places, key)
