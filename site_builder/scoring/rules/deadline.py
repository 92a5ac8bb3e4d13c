"""Full points on time, fewer when late, the rest after the last step or when it never happened."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import Entry, InputSpec, Result
from site_builder.model.score import Score
from site_builder.reading.fields import Date, Field, ListOf, Number, Record, Text
from site_builder.reading.inputs import InputProblem, day
from site_builder.scoring.award import award, unreadable
from site_builder.scoring.findings import LATE_STEPS_DISORDERED
from site_builder.scoring.settings import Context, Points, PointsSetting


def _late(
    values: dict[str, Any], node: MappingNode
) -> tuple[MappingNode, Decimal, PointsSetting] | None:
    if len(values) < len(_LATE.fields):
        return None
    return node, values["days_up_to"], values["points"]


_LATE = Record(
    "rule_late",
    (
        Field("days_up_to", Number(minimum=Decimal(1), whole=True), required=True),
        Field("points", Points(), required=True),
    ),
    build=_late,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The maximum up to ``due_on``, then by the days late.

    Attributes:
        due_on: the last day on time ("before day D" is written as the day before D).
        late: most days late and points, the fewest days first.
        then: points after the last step, or when nothing was done (``ngay: khong``).
    """

    shape: ClassVar[str] = "deadline"
    SETTINGS: ClassVar[Record] = Record(
        "rule_deadline",
        (
            Field("due_on", Date(), required=True),
            Field("late", ListOf(_LATE)),
            Field("then", Points(), required=True),
            Field("title", Text()),
        ),
    )

    most: Decimal
    spec: InputSpec
    due_on: date
    late: tuple[tuple[int, Decimal], ...]
    then: Decimal

    @classmethod
    def bind(cls, values: dict[str, Any], node: MappingNode, context: Context) -> Self:
        steps = []
        # Without a maximum (reported elsewhere) any points of the first step will do.
        days, worth = 0, context.max_points or Decimal("Infinity")
        then = context.points(values["then"])
        for late_node, up_to, setting in values.get("late", ()):
            step = int(up_to), context.points(setting)
            if step[0] <= days or step[1] >= worth:
                context.report.add(
                    LATE_STEPS_DISORDERED,
                    late_node,
                    str(step[0]),
                    variant="days" if step[0] <= days else "points",
                    days=step[0],
                    points=step[1],
                    before_days=days,
                    before_points=worth,
                )
            days, worth = step
            steps.append(step)
        if then >= worth:
            context.report.add(
                LATE_STEPS_DISORDERED,
                node,
                "then",
                variant="then",
                points=then,
                before_days=days,
                before_points=worth,
            )
        spec = InputSpec(
            entry=Entry.DATE, id=Entry.DATE.value, title=values.get("title", context.title)
        )
        return cls(
            most=max(context.max_points, then, *(step[1] for step in steps)),
            spec=spec,
            due_on=values["due_on"],
            late=tuple(sorted(steps)),
            then=then,
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
        done_on = day(explanation, self.spec)
        if isinstance(done_on, InputProblem):
            return unreadable((done_on,))
        params: dict[str, object] = {"title": self.spec.title, "due_on": self.due_on}
        if done_on is None:
            key, exact = "deadline_never", self.then
        else:
            days = (done_on - self.due_on).days
            params |= {"done_on": done_on, "days": days}
            key, exact = "deadline_on_time", max_points
            if days > 0:
                key, exact = "deadline_too_late", self.then
                for up_to, worth in self.late:
                    if days <= up_to:
                        key, exact = "deadline_late", worth
                        params["up_to"] = up_to
                        break
                else:
                    if self.late:
                        params["up_to"] = self.late[-1][0]
                        key = "deadline_beyond"
        return award(exact, max_points, places, key, params)
