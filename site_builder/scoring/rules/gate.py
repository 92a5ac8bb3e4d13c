"""Conditions that must hold before another rule counts at all."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import Entry, InputSpec, Result, Rule
from site_builder.model.score import Awarded, Score, Step
from site_builder.reading.fields import Field, Identifier, ListOf, Record, Text
from site_builder.reading.inputs import InputProblem, yes_or_no
from site_builder.scoring.award import award, unreadable
from site_builder.scoring.settings import RULE, ZERO, Context, Points


def _condition(values: dict[str, Any], _node: MappingNode) -> InputSpec | None:
    if len(values) < len(_CONDITION.fields):
        return None
    return InputSpec(entry=Entry.CHOICE, id=values["id"], title=values["title"])


_CONDITION = Record(
    "rule_condition",
    (Field("id", Identifier(), required=True), Field("title", Text(), required=True)),
    build=_condition,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """``then`` when every condition under ``chon`` is answered yes, else ``else_points``."""

    shape: ClassVar[str] = "gate"
    SETTINGS: ClassVar[Record] = Record(
        "rule_gate",
        (
            Field("require", ListOf(_CONDITION), required=True),
            Field("else_points", Points()),
            Field("then", RULE, required=True),
        ),
    )

    most: Decimal | None
    require: tuple[InputSpec, ...]
    else_points: Decimal
    then: Rule

    @classmethod
    def bind(cls, values: dict[str, Any], node: MappingNode, context: Context) -> Self | None:
        if not values["require"]:
            context.bad(node, "empty", "require", key="require")
            return None
        then = context.bind_inner(values["then"], context)
        if then is None:
            return None
        else_points = context.points(values.get("else_points", ZERO))
        return cls(
            most=None if then.most is None else max(then.most, else_points),
            require=values["require"],
            else_points=else_points,
            then=then,
        )

    def inputs(self, explanation: Explanation | None) -> tuple[InputSpec, ...]:
        inner = self.then.inputs(explanation)
        if any(yes_or_no(explanation, spec) is False for spec in self.require):
            inner = tuple(replace(spec, needed=False) for spec in inner)
        return self.require + inner

    def score(
        self,
        explanation: Explanation | None,
        max_points: Decimal,
        places: int,
        result: Result | None,
    ) -> Score:
        answers = [(spec, yes_or_no(explanation, spec)) for spec in self.require]
        wrong = [answer for _, answer in answers if isinstance(answer, InputProblem)]
        if wrong:
            return unreadable(wrong)
        steps = tuple(
            Step("condition_met" if answer else "condition_not_met", {"title": spec.title})
            for spec, answer in answers
        )
        if not all(answer for _, answer in answers):
            return award(self.else_points, max_points, places, "gate_closed", before=steps)
        inner = self.then.score(explanation, max_points, places, result)
        if isinstance(inner, Awarded):
            return Awarded(inner.points, inner.exact, steps + inner.because)
        return inner
