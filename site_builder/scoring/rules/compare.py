"""The commune's figure against one from outside: an average, an assigned target."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import InputSpec, Result
from site_builder.model.score import Score, Unscored
from site_builder.reading.fields import Field, Record
from site_builder.scoring.award import award, figures
from site_builder.scoring.settings import DIRECTION, REFERENCE, VALUE, Context, Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """``at_least`` points when the value reaches the reference, else ``below``.

    With ``direction: down`` less is better: the value may not exceed the reference. The
    reference may stand in records/results.yml instead of the explanation; until somebody
    knows it, the leaf is unscored.
    """

    shape: ClassVar[str] = "compare"
    SETTINGS: ClassVar[Record] = Record(
        "rule_compare",
        (
            Field("value", VALUE, required=True),
            Field("reference", REFERENCE, required=True),
            Field("at_least", Points(), required=True),
            Field("below", Points(), required=True),
            Field("direction", DIRECTION),
        ),
    )

    most: Decimal
    specs: tuple[InputSpec, InputSpec]
    at_least: Decimal
    below: Decimal
    up: bool

    @classmethod
    def bind(cls, values: dict[str, Any], _node: MappingNode, context: Context) -> Self:
        at_least, below = context.points(values["at_least"]), context.points(values["below"])
        return cls(
            most=max(at_least, below),
            specs=(values["value"], values["reference"]),
            at_least=at_least,
            below=below,
            up=values.get("direction", True),
        )

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
        value, reference = values
        good = value >= reference if self.up else value <= reference
        exact = self.at_least if good else self.below
        if good:
            key = "compare_at_least" if self.up else "compare_at_most"
        else:
            key = "compare_below" if self.up else "compare_above"
        params = {"value": value, "reference": reference}
        return award(exact, max_points, places, key, params)
