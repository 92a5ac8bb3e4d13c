"""From exact points to points with their steps, and from unreadable inputs to a reason."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from site_builder.model.dossier import Explanation
from site_builder.model.mappings import empty
from site_builder.model.rule import InputSpec, Result
from site_builder.model.score import Awarded, Reason, Step, Unscored
from site_builder.reading.inputs import InputProblem, ProblemKind, figure
from site_builder.reading.numbers import round_half_up

_NOTHING: Mapping[str, Decimal] = empty()
_NO_PARAMS: Mapping[str, object] = empty()


def points(exact: Fraction | Decimal, places: int) -> Decimal | Fraction:
    """Points as a step shows them: with the set's places when they need no rounding."""
    exact = Fraction(exact)
    rounded = round_half_up(exact, places)
    return rounded if rounded == exact else exact


def award(  # noqa: PLR0913 - the step that ends in the points belongs to them
    exact: Fraction | Decimal,
    max_points: Decimal,
    places: int,
    key: str,
    params: Mapping[str, object] = _NO_PARAMS,
    *,
    before: tuple[Step, ...] = (),
) -> Awarded:
    """Points rounded once, half up, never above the maximum; says so when either changed them.

    ``key`` and ``params`` are the step that ends in the points, ``before`` those before it.
    """
    exact = exact if isinstance(exact, Fraction) else Fraction(exact)
    rounded = round_half_up(exact, places)
    is_round = (exact.numerator * 10**places) % exact.denominator == 0
    steps = (*before, Step(key, {**params, "points": rounded if is_round else exact}))
    if rounded > max_points:
        # Only a slip of the annex leads here (SCO006): shown, because nobody may exceed a maximum.
        params = {"exact": rounded if is_round else exact, "max": max_points}
        return Awarded(max_points, Fraction(max_points), (*steps, Step("capped", params)))
    if not is_round:
        steps += (Step("rounded", {"places": places, "points": rounded}),)
    return Awarded(rounded, exact, steps)


def known(result: Result | None) -> Mapping[str, Decimal]:
    """Figures that a higher body gave."""
    return result.figures if result is not None and result.figures else _NOTHING


def figures(
    specs: Iterable[InputSpec], explanation: Explanation | None, result: Result | None
) -> tuple[Decimal, ...] | Unscored:
    """The figures of a rule in the order of its inputs, or why there are none."""
    given = known(result)
    values: list[Decimal] = []
    wrong: list[InputProblem] = []
    for spec in specs:
        value = figure(explanation, spec, given)
        if isinstance(value, Decimal):
            values.append(value)
        else:
            wrong.append(value)
    return unreadable(wrong) if wrong else tuple(values)


def unreadable(problems: Iterable[InputProblem]) -> Unscored:
    """The reason that a person can act on: first what is wrong, else everything that is absent."""
    absent = []
    for problem in problems:
        if problem.kind is not ProblemKind.ABSENT:
            return _wrong(problem)
        absent.append(named(problem.spec))
    return Unscored(Reason.ABSENT, {"inputs": tuple(absent)})


def named(spec: InputSpec) -> Step:
    """An input as a sentence names it: a figure by its title, a lone entry by its key."""
    return Step(f"input_{spec.entry.value}", {"title": spec.title})


def _wrong(problem: InputProblem) -> Unscored:
    typed = problem.written.text.strip()[:80] if problem.written else ""
    params: dict[str, object] = {"input": named(problem.spec), "written": typed}
    if problem.readings:
        params["first"], params["second"] = problem.readings
    if problem.kind is ProblemKind.UNKNOWN_OPTION:
        params["options"] = tuple(option.id for option in problem.spec.options)
    return Unscored(Reason(problem.kind.value), params)


def by_decision(
    result: Result, decided: Decimal, max_points: Decimal, places: int
) -> Awarded | Unscored:
    """Points that a higher body decided, with the document that says so."""
    if decided < 0 or decided > max_points:
        return Unscored(Reason.DECIDED_ABOVE_MAX, {"points": decided, "max": max_points})
    document = tuple(
        Step(key, {"text": text})
        for key, text in (
            ("document_number", result.document_number),
            ("document_date", result.issued_on),
            ("document_issuer", result.issuer),
        )
        if text
    )
    key = "decided_by_document" if document else "decided"
    return award(decided, max_points, places, key, {"document": document})
