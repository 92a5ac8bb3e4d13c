"""A formula with named figures, for sets that no other shape fits."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import InputSpec, NumberKind, Result
from site_builder.model.score import Reason, Score, Step, Unscored
from site_builder.reading.fields import Field, MapOf, Record, Text
from site_builder.scoring.award import award, figures
from site_builder.scoring.expression import (
    DEPTH_LIMIT,
    FUNCTIONS,
    LENGTH_LIMIT,
    Expression,
    ParseFault,
    parse,
)
from site_builder.scoring.settings import Context, Figure

# The leaf's maximum, for formulas that scale to it.
MAX_NAME = "max_points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """The result of ``expression``, whose names are the keys of ``inputs``.

    ``max_points`` stands for the maximum. A result above the maximum is not capped: it says
    that a figure or the formula is wrong.
    """

    shape: ClassVar[str] = "formula"
    SETTINGS: ClassVar[Record] = Record(
        "rule_formula",
        (
            Field("expression", Text(), required=True),
            Field("inputs", MapOf(Figure("", NumberKind.AMOUNT)), required=True),
        ),
    )

    most: None = None
    specs: tuple[InputSpec, ...]
    names: tuple[str, ...]
    expression: Expression
    text: str

    @classmethod
    def bind(cls, values: dict[str, Any], node: MappingNode, context: Context) -> Self | None:
        text: str = values["expression"]
        expression = parse(text)
        if isinstance(expression, ParseFault):
            context.bad(
                node,
                f"formula_{expression.kind}",
                "expression",
                text=expression.at,
                length=LENGTH_LIMIT,
                depth=DEPTH_LIMIT,
                functions=tuple(FUNCTIONS),
            )
            return None
        names = tuple(name.text for name, _ in values["inputs"])
        unknown = expression.names.difference(names, (MAX_NAME,))
        unused = set(names).difference(expression.names)
        if unknown or unused:
            variant = "formula_name" if unknown else "formula_unused"
            context.bad(node, variant, "inputs", names=tuple(sorted(unknown or unused)))
            return None
        specs = tuple(
            spec
            if spec.id
            else InputSpec(entry=spec.entry, id=name.text, title=spec.title, kind=spec.kind)
            for name, spec in values["inputs"]
        )
        return cls(specs=specs, names=names, expression=expression, text=" ".join(text.split()))

    def inputs(self, explanation: Explanation | None) -> tuple[InputSpec, ...]:
        return self.specs

    def score(
        self,
        explanation: Explanation | None,
        max_points: Decimal,
        places: int,
        result: Result | None,
    ) -> Score:
        values = figures(self.specs, explanation, result)
        if isinstance(values, Unscored):
            return values
        named = {MAX_NAME: max_points, **dict(zip(self.names, values, strict=True))}
        steps = [
            Step("formula_input", {"name": name, "title": spec.title, "value": value})
            for name, spec, value in zip(self.names, self.specs, values, strict=True)
        ]
        exact = self.expression.calculate(named)
        shown = self.expression.shown(named)
        if exact is None:
            return Unscored(Reason.DIVISION_BY_ZERO, {"formula": self.text, "shown": shown})
        if exact < 0 or exact > max_points:
            reason = Reason.RESULT_NEGATIVE if exact < 0 else Reason.RESULT_ABOVE_MAX
            params = {"shown": shown, "result": exact, "max": max_points}
            return Unscored(reason, params)
        params = {"formula": self.text, "shown": shown}
        return award(exact, max_points, places, "formula", params, before=tuple(steps))
