from decimal import Decimal

from site_builder.model import summary
from site_builder.model.criteria import ScoredBy
from site_builder.model.progress import Completeness, Stake, completeness, gaps
from site_builder.model.results import Results
from site_builder.model.score import Reason, Unscored
from tests.rendering import builders

FIRST, SECOND = builders.leaf("1.1"), builders.leaf("1.2")
THIRD = builders.leaf("2.1", scored_by=ScoredBy.SURVEY, slots=())
SET = builders.criteria_set(
    builders.branch("1", "Field one", FIRST, SECOND), builders.branch("2", "Field two", THIRD)
)


def made(**scores: object) -> Results:
    by_id = {id_.replace("_", ".").strip("l"): score for id_, score in scores.items()}
    return builders.results(criteria=SET, scores=by_id)  # type: ignore[arg-type]


def found(results: Results) -> list[tuple[str, Stake, Decimal]]:
    listed = gaps(results.snapshot, results.sheet, SET)
    return [(gap.criterion.id, gap.stake, gap.points) for gap in listed]


def test_the_most_points_come_first() -> None:
    results = made(
        l1_1=builders.leaf_score(FIRST, builders.awarded("1.00"), at_risk=Decimal(1)),
        l1_2=builders.leaf_score(SECOND, Unscored(Reason.ABSENT)),
    )
    assert found(results) == [
        ("1.2", Stake.UNSCORED, Decimal("1.5")),
        ("1.1", Stake.UNPROVED, Decimal(1)),
        ("1.1", Stake.LOST, Decimal("0.5")),
    ]
    (unproved,) = [
        gap for gap in gaps(results.snapshot, results.sheet, SET) if gap.stake is Stake.UNPROVED
    ]
    assert [slot.id for slot in unproved.missing] == ["plan"]


def test_what_others_have_yet_to_decide_is_no_gap() -> None:
    full = builders.awarded("1.50")
    results = made(l1_1=builders.leaf_score(FIRST, full), l1_2=builders.leaf_score(SECOND, full))
    assert found(results) == []


def test_what_others_decided_below_the_most_is_lost() -> None:
    results = made(
        l2_1=builders.leaf_score(THIRD, builders.awarded("1.00"), decided=Decimal(1)),
    )
    assert ("2.1", Stake.LOST, Decimal("0.5")) in found(results)


def test_required_documents_are_counted() -> None:
    held = builders.dossier("1.1", builders.document("evidence/1.1/plan.pdf", "plan", number="1"))
    empty = builders.dossier("1.2")
    score = builders.leaf_score(FIRST, builders.awarded("1.00"))
    assert completeness(FIRST, held, score) == Completeness(1, 1)
    assert completeness(SECOND, empty, score) == Completeness(0, 1)
    assert completeness(THIRD, empty, None) == Completeness(0, 0)


def test_figures_of_a_line() -> None:
    score = builders.leaf_score(
        FIRST,
        builders.awarded("1.25"),
        claimed=Decimal("1.50"),
        appraised={"r1": Decimal("1.00")},
    )
    alone = summary.of_leaf(score, FIRST, appraised=False)
    assert alone.difference == Decimal("0.25")
    assert alone.lost == 0
    judged = summary.of_leaf(score, FIRST, appraised=True)
    assert judged.appraised == Decimal("1.00")
    assert judged.difference == Decimal("-0.50")


def test_no_points_are_not_zero_points() -> None:
    unscored = builders.leaf_score(FIRST, Unscored(Reason.ABSENT))
    figures = summary.of_leaf(unscored, FIRST, appraised=False)
    assert (figures.points, figures.computed, figures.lost) == (None, None, None)
