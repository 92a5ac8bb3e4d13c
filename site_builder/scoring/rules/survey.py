"""Points from a survey whose answers carry weights."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Self

from site_builder.model.dossier import Explanation
from site_builder.model.node import MappingNode
from site_builder.model.rule import InputSpec, Option, Result
from site_builder.model.score import Reason, Score, Step, Unscored
from site_builder.reading.fields import Field, Identifier, ListOf, Record, Text
from site_builder.reading.inputs import match_option
from site_builder.scoring.award import award, by_decision
from site_builder.scoring.settings import ZERO, Context, Rate


def _answer(values: dict[str, Any], _node: MappingNode) -> Option | None:
    if len(values) < len(_ANSWER.fields):
        return None
    return Option(id=values["id"], title=values["title"], points=values["weight"])


_ANSWER = Record(
    "rule_answer",
    (
        Field("id", Identifier(), required=True),
        Field("title", Text(), required=True),
        Field("weight", Rate(), required=True),
    ),
    build=_answer,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The maximum times the mean weight of the sheets; or the points as decided.

    Attributes:
        answers: their ``points`` are weights from 0 to 1.
    """

    shape: ClassVar[str] = "survey"
    SETTINGS: ClassVar[Record] = Record(
        "rule_survey", (Field("answers", ListOf(_ANSWER), required=True),)
    )

    most: Decimal
    answers: tuple[Option, ...]

    @classmethod
    def bind(cls, values: dict[str, Any], node: MappingNode, context: Context) -> Self | None:
        answers: tuple[Option, ...] = values["answers"]
        if not answers:
            context.bad(node, "empty", "answers", key="answers")
            return None
        # Results name an answer by its id: of two answers with one id, nobody knows which is meant.
        if not context.distinct(node, [answer.id for answer in answers]):
            return None
        heaviest = max(answer.points or ZERO for answer in answers)
        return cls(most=context.max_points * heaviest, answers=answers)

    def inputs(self, explanation: Explanation | None) -> tuple[InputSpec, ...]:
        return ()

    def score(
        self,
        explanation: Explanation | None,
        max_points: Decimal,
        places: int,
        result: Result | None,
    ) -> Score:
        if result is not None and result.points is not None:
            return by_decision(result, result.points, max_points, places)
        if result is None or result.answers is None:
            return Unscored(Reason.WAITING_FOR_SURVEY)
        sheets = weighted = ZERO
        terms: list[Step] = []
        for id_, count in result.answers.items():
            answer = match_option(self.answers, id_)
            if answer is None:
                known = tuple(answer.id for answer in self.answers)
                return Unscored(Reason.UNKNOWN_ANSWER, {"written": id_, "options": known})
            if count < 0:
                return Unscored(Reason.NO_SHEETS)
            weight = answer.points or ZERO
            sheets += count
            weighted += count * weight
            terms.append(
                Step("survey_term", {"title": answer.title, "count": count, "weight": weight})
            )
        if sheets <= 0:
            return Unscored(Reason.NO_SHEETS)
        exact = Fraction(weighted) / Fraction(sheets) * Fraction(max_points)
        step = Step("survey_weighted", {"terms": tuple(terms), "weighted": weighted})
        params = {"weighted": weighted, "sheets": sheets, "max": max_points}
        return award(exact, max_points, places, "survey_points", params, before=(step,))
