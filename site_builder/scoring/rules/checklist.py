"""Several items, each with points of its own."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import Entry, InputSpec, Option, Result
from site_builder.model.score import Score, Step
from site_builder.reading.fields import Field, Record, Text
from site_builder.reading.inputs import InputProblem, options
from site_builder.scoring.award import award, unreadable
from site_builder.scoring.settings import OPTIONS, ZERO, Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The sum of the items ticked under ``da_dat``; an empty list is a true zero."""

    shape: ClassVar[str] = "checklist"
    SETTINGS: ClassVar[Record] = Record(
        "rule_checklist", (Field("items", OPTIONS, required=True), Field("title", Text()))
    )

    most: Decimal
    spec: InputSpec

    @classmethod
    def bind(cls, values: dict[str, Any], node: MappingNode, context: Context) -> Self | None:
        items = context.options(values["items"])
        if not items:
            context.bad(node, "empty", "items", key="items")
            return None
        spec = InputSpec(
            entry=Entry.CHECKED,
            id=Entry.CHECKED.value,
            title=values.get("title", context.title),
            options=items,
        )
        return cls(most=sum((item.points or ZERO for item in items), ZERO), spec=spec)

    def inputs(self, explanation: Explanation | None) -> tuple[InputSpec, ...]:
        return (self.spec,)

    def score(
        self,
        explanation: Explanation | None,
        max_points: Decimal,
        places: int,
        result: Result | None,
    ) -> Score:
        ticked: list[Option] = []
        wrong: list[InputProblem] = []
        for item in options(explanation, self.spec):
            if isinstance(item, InputProblem):
                wrong.append(item)
            else:
                ticked.append(item)
        if wrong:
            return unreadable(wrong)
        exact = ZERO
        steps: list[Step] = []
        for item in self.spec.options:
            worth = item.points or ZERO
            key = "item" if item in ticked else "item_not"
            if item in ticked:
                exact += worth
            steps.append(Step(key, {"title": item.title, "points": worth}))
        terms = tuple(item.points for item in ticked)
        key = "sum" if len(terms) > 1 else "sum_short"
        return award(exact, max_points, places, key, {"terms": terms}, before=tuple(steps))
