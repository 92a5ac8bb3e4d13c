"""Another rule for each situation, which the officer names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import Entry, InputSpec, Option, Result, Rule
from site_builder.model.score import Awarded, Score, Step
from site_builder.reading.fields import Field, Identifier, ListOf, MapOf, Record, Text
from site_builder.reading.inputs import InputProblem, option
from site_builder.scoring.award import unreadable
from site_builder.scoring.settings import RULE, Context


def _option(values: dict[str, Any], _node: MappingNode) -> Option | None:
    if len(values) < len(_OPTION.fields):
        return None
    return Option(id=values["id"], title=values["title"])


_OPTION = Record(
    "rule_situation",
    (Field("id", Identifier(), required=True), Field("title", Text(), required=True)),
    build=_option,
)


def _choose(values: dict[str, Any], _node: MappingNode) -> InputSpec | None:
    if len(values) < len(_CHOOSE.fields):
        return None
    return InputSpec(
        entry=Entry.CHOICE, id=values["id"], title=values["title"], options=values["options"]
    )


_CHOOSE = Record(
    "rule_choose",
    (
        Field("id", Identifier(), required=True),
        Field("title", Text(), required=True),
        Field("options", ListOf(_OPTION), required=True),
    ),
    build=_choose,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The rule of the situation chosen under ``chon``."""

    shape: ClassVar[str] = "case"
    SETTINGS: ClassVar[Record] = Record(
        "rule_case",
        (
            Field("choose", _CHOOSE, required=True),
            Field("rules", MapOf(RULE), required=True),
        ),
    )

    most: Decimal | None
    choose: InputSpec
    rules: Mapping[str, Rule]

    @classmethod
    def bind(cls, values: dict[str, Any], node: MappingNode, context: Context) -> Self | None:
        choose: InputSpec = values["choose"]
        rules = {name.text: context.bind_inner(rule, context) for name, rule in values["rules"]}
        situations = [situation.id for situation in choose.options]
        lost = [id_ for id_ in situations if id_ not in rules]
        stray = [id_ for id_ in rules if id_ not in situations]
        if lost or stray or not situations:
            variant = "no_rule_for" if lost else "no_situation_for" if stray else "empty"
            context.bad(node, variant, "rules", key="options", ids=tuple(lost or stray))
            return None
        bound = {id_: rule for id_, rule in rules.items() if rule is not None}
        if len(bound) < len(rules):
            return None
        most = [rule.most for rule in bound.values()]
        known = [points for points in most if points is not None]
        return cls(most=max(known) if len(known) == len(most) else None, choose=choose, rules=bound)

    def inputs(self, explanation: Explanation | None) -> tuple[InputSpec, ...]:
        chosen = option(explanation, self.choose)
        found: dict[InputSpec, bool] = {}
        for id_, rule in self.rules.items():
            applies = isinstance(chosen, Option) and chosen.id == id_
            for spec in rule.inputs(explanation):
                # Two situations may ask for the same figure: one input, needed if either does.
                same = spec if spec.needed else replace(spec, needed=True)
                found[same] = found.get(same, False) or (applies and spec.needed)
        inner = tuple(
            spec if needed else replace(spec, needed=False) for spec, needed in found.items()
        )
        return (self.choose, *inner)

    def score(
        self,
        explanation: Explanation | None,
        max_points: Decimal,
        places: int,
        result: Result | None,
    ) -> Score:
        chosen = option(explanation, self.choose)
        if isinstance(chosen, InputProblem):
            return unreadable((chosen,))
        inner = self.rules[chosen.id].score(explanation, max_points, places, result)
        if isinstance(inner, Awarded):
            step = Step("situation", {"title": chosen.title, "question": self.choose.title})
            return Awarded(inner.points, inner.exact, (step, *inner.because))
        return inner
