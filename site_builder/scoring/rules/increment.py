"""Base points at a threshold, then more for every step beyond it."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode, Node
from site_builder.model.rule import InputSpec, Result
from site_builder.model.score import Score, Step, Unscored
from site_builder.reading.fields import Describe, Field, Flag, Number, Record, Report
from site_builder.scoring.award import award, figures, points
from site_builder.scoring.settings import (
    DIRECTION,
    MAX_SETTING,
    REFERENCE,
    VALUE,
    ZERO,
    Context,
    Points,
)

_NUMBER = Number()
_REFERENCE = Record("rule_reference", (Field("reference", REFERENCE, required=True),))


@dataclass(frozen=True, slots=True)
class _Threshold:
    """A number, or ``{reference: {id, title}}`` when it is known only later."""

    def read(self, node: Node, key: str, report: Report) -> Decimal | InputSpec | None:
        if isinstance(node, MappingNode):
            values = _REFERENCE.read(node, key, report)
            found: InputSpec | None = values.get("reference")
            return found
        return _NUMBER.read(node, key, report)

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"anyOf": [_NUMBER.schema(describe), _REFERENCE.schema(describe)]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Increment:
    """``base_points`` at ``base_at``, plus ``step_points`` for each ``step`` better than it.

    Whole steps only, unless ``interpolate``. On the worse side of ``base_at`` it gives what
    ``below`` says: ``zero`` (the default), ``base`` (the base points all the same) or points of
    its own; a ``minimum`` changes that default to ``base`` as far as the minimum, and past the
    minimum the leaf gets ``below_minimum_points`` (by default zero).

    Attributes:
        base_at: the threshold, or the input that holds it.
        up: more is better.
    """

    shape: ClassVar[str] = "increment"
    SETTINGS: ClassVar[Record] = Record(
        "rule_increment",
        (
            Field("value", VALUE, required=True),
            Field("base_at", _Threshold(), required=True),
            Field("base_points", Points(), required=True),
            Field("step", _NUMBER, required=True),
            Field("step_points", Points(), required=True),
            Field("cap", Points()),
            Field("direction", DIRECTION),
            Field("interpolate", Flag()),
            Field("below", Points(words=("zero", "base"))),
            Field("minimum", _NUMBER),
            Field("below_minimum_points", Points()),
        ),
    )

    most: Decimal
    specs: tuple[InputSpec, ...]
    base_at: Decimal | None
    base_points: Decimal
    step: Decimal
    step_points: Decimal
    cap: Decimal
    up: bool
    interpolate: bool
    below: Decimal
    minimum: Decimal | None
    below_minimum: Decimal

    @classmethod
    def bind(cls, values: dict[str, Any], node: MappingNode, context: Context) -> Self | None:
        if values["step"] <= 0:
            context.bad(node, "step", "step")
            return None
        base_at = values["base_at"]
        threshold = base_at if isinstance(base_at, InputSpec) else None
        base_points = context.points(values["base_points"])
        cap = context.points(values.get("cap", MAX_SETTING))
        below = values.get("below", "base" if "minimum" in values else "zero")
        named = {"zero": ZERO, "base": base_points}
        below = named[below] if isinstance(below, str) else context.points(below)
        below_minimum = context.points(values.get("below_minimum_points", ZERO))
        return cls(
            most=max(cap, below, below_minimum),
            specs=(values["value"],) if threshold is None else (values["value"], threshold),
            base_at=base_at if threshold is None else None,
            base_points=base_points,
            step=values["step"],
            step_points=context.points(values["step_points"]),
            cap=cap,
            up=values.get("direction", True),
            interpolate=values.get("interpolate", False),
            below=below,
            minimum=values.get("minimum"),
            below_minimum=below_minimum,
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
        value = values[0]
        base_at = values[1] if self.base_at is None else self.base_at
        beyond = value - base_at if self.up else base_at - value
        if beyond < 0:
            key, exact = self._worse(value)
            worse = {"value": value, "base_at": base_at, "minimum": self.minimum}
            return award(exact, max_points, places, key, worse)
        steps = Fraction(beyond) / Fraction(self.step)
        if not self.interpolate:
            steps = Fraction(steps.numerator // steps.denominator)
        reached = Fraction(self.base_points) + steps * Fraction(self.step_points)
        params = {
            "value": value,
            "base_at": base_at,
            "beyond": beyond,
            "step": self.step,
            "steps": steps,
            "base_points": self.base_points,
            "step_points": self.step_points,
        }
        key = "increment_at_base"
        before: tuple[Step, ...] = ()
        if beyond > 0:
            before = (Step("increment_up" if self.up else "increment_down", params),)
            key = "increment_linear" if self.interpolate else "increment_whole"
        if reached > self.cap:
            before += (Step(key, {**params, "points": points(reached, places)}),)
            return award(
                self.cap, max_points, places, "increment_capped", {"cap": self.cap}, before=before
            )
        return award(reached, max_points, places, key, params, before=before)

    def _worse(self, value: Decimal) -> tuple[str, Decimal]:
        """Sentence and points on the worse side of the threshold."""
        if self.minimum is None:
            return ("increment_below_up" if self.up else "increment_below_down"), self.below
        if value < self.minimum if self.up else value > self.minimum:
            return ("increment_past_up" if self.up else "increment_past_down"), self.below_minimum
        return ("increment_within_up" if self.up else "increment_within_down"), self.below
