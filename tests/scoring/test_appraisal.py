"""Verdicts put together: properties, and the rules of rounds, digests and the council."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from site_builder import scoring
from site_builder.model.criteria import CriteriaSet, Criterion, NotApplicable, ScoredBy
from site_builder.model.digest import leaf_digest
from site_builder.model.dossier import Dossier, Explanation, Proposal, Supplement, Written
from site_builder.model.editions import for_edition
from site_builder.model.results import Edition, Results
from site_builder.model.rule import Result
from site_builder.model.score import LeafScore, ScoreSheet
from site_builder.model.snapshot import Snapshot
from site_builder.model.unit import Period, Round, Unit
from site_builder.model.verdict import (
    Council,
    Decision,
    Fault,
    Records,
    Settled,
    Standing,
    Verdict,
    VerdictSheet,
    sorted_out,
)

MAX = Decimal(2)
LEAF = Criterion(id="1.1", title="A", max_points=MAX, depth=1, parent_id="1")
OTHER = Criterion(id="1.2", title="B", max_points=MAX, depth=1, parent_id="1")
SURVEY = replace(OTHER, id="1.3", scored_by=ScoredBy.SURVEY)
FIELD = Criterion(
    id="1",
    title="F",
    max_points=Decimal(6),
    depth=0,
    parent_id=None,
    children=(LEAF, OTHER, SURVEY),
)
CRITERIA = CriteriaSet(id="s", title="S", fields=(FIELD,), places=2)
ROUNDS = ("self", "first", "second")
UNIT = Unit(
    name="U",
    period=Period(
        id="2025",
        year=2025,
        covers_from=date(2025, 1, 1),
        covers_to=date(2025, 12, 31),
        opens=date(2025, 12, 1),
        closes=date(2025, 12, 31),
        rounds=tuple(Round(id=id_, title=id_) for id_ in ROUNDS),
    ),
)
START = datetime(2026, 1, 1, tzinfo=UTC)


def asking(points: str, number: int = 0) -> Explanation:
    """An explanation that asks for so many points."""
    path = f"evidence/1/1.1/{f'bo-sung-{number}/' if number else ''}giai-trinh.md"
    proposal = Proposal(points=Written(points, 1), reason="because", line=1)
    return Explanation(path=path, proposal=proposal)


def dossier(points: str = "1,5", *later: str) -> Dossier:
    return Dossier(
        criterion="1.1",
        folder="evidence/1/1.1",
        exists=True,
        explanation=asking(points),
        supplements=tuple(
            Supplement(
                number=number,
                folder=f"evidence/1/1.1/bo-sung-{number}",
                explanation=asking(said, number),
            )
            for number, said in enumerate(later, 1)
        ),
    )


def hashes(filed: Dossier) -> Mapping[str, str]:
    paths = [filed.explanation.path] if filed.explanation else []
    paths += [each.explanation.path for each in filed.supplements if each.explanation]
    return {path: f"{number:064d}" for number, path in enumerate(paths)}


def snapshot(
    sheets: Iterable[VerdictSheet],
    filed: Dossier | None = None,
    councils: Iterable[Council] = (),
    **more: object,
) -> Snapshot:
    filed = filed or dossier()
    made = Snapshot(
        criteria=CRITERIA,
        unit=UNIT,
        dossiers={"1.1": filed},
        explanation_digests=hashes(filed),
        verdicts=Records(sheets=tuple(sheets), councils=tuple(councils)),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def digest(filed: Dossier | None = None, leaf: Criterion = LEAF) -> str:
    filed = filed or dossier()
    return leaf_digest(CRITERIA, leaf, filed if leaf is LEAF else None, hashes(filed))


def verdict(
    decision: Decision = Decision.ACCEPT, who: str = "a", *, round_: str = "first", **more: Any
) -> Verdict:
    values: dict[str, object] = {
        "unit": "U",
        "period": "2025",
        "round": round_,
        "leaf": "1.1",
        "leaf_digest": digest(),
        "assessor": who,
        "decision": decision,
        "reason": "r" if decision is Decision.RESCORE else "",
        "demand": "d" if decision is Decision.MORE else "",
        **more,
    }
    return Verdict(**values)  # type: ignore[arg-type]


def rescored(points: str, who: str = "a", **more: Any) -> Verdict:
    return verdict(Decision.RESCORE, who, points=Decimal(points), **more)


def sheets(*rows: Verdict) -> tuple[VerdictSheet, ...]:
    """A file for every assessor and round."""
    found: dict[tuple[str, str], list[Verdict]] = {}
    for row in rows:
        found.setdefault((row.round, row.assessor), []).append(row)
    return tuple(
        VerdictSheet(path=f"{round_}/{who}.yml", round=round_, verdicts=tuple(kept))
        for (round_, who), kept in found.items()
    )


def score(made: Snapshot) -> ScoreSheet:
    return scoring.score(made, {})


def leaf_of(made: Snapshot, id_: str = "1.1") -> LeafScore:
    return score(made).leaves[id_]


def last(made: Snapshot) -> tuple[Standing, Decimal | None]:
    appraisal = leaf_of(made).appraisals[-1]
    return appraisal.standing, appraisal.points


# --- one, several, none


def test_one_assessor_gives_the_points() -> None:
    assert last(snapshot(sheets(verdict()))) == (Standing.DECIDED, Decimal("1.5"))
    assert last(snapshot(sheets(rescored("0.75")))) == (Standing.DECIDED, Decimal("0.75"))
    assert last(snapshot(sheets(verdict(Decision.MORE)))) == (Standing.MORE, None)


def test_several_agree_or_wait_for_the_council() -> None:
    agreed = sheets(verdict(), rescored("1.50", "b"))
    assert last(snapshot(agreed)) == (Standing.DECIDED, Decimal("1.5"))
    differ = sheets(verdict(), rescored("1", "b"))
    assert last(snapshot(differ)) == (Standing.DISPUTED, None)
    decided = Settled(leaf="1.1", points=Decimal("1.2"), document_number="1/QD")
    council = Council(path="c", round="first", settled=(decided,))
    assert last(snapshot(differ, None, [council])) == (Standing.SETTLED, Decimal("1.2"))
    assert leaf_of(snapshot(differ, None, [council])).final == Decimal("1.2")


def test_a_council_without_a_document_or_above_the_maximum_decides_nothing() -> None:
    differ = sheets(verdict(), rescored("1", "b"))
    for settled in (
        Settled(leaf="1.1", points=Decimal(1)),
        Settled(leaf="1.1", points=Decimal(3), document_number="1/QD"),
        Settled(leaf="1.1", points=None, document_number="1/QD"),
    ):
        council = Council(path="c", round="first", settled=(settled,))
        assert last(snapshot(differ, None, [council]))[0] is Standing.DISPUTED


def test_who_wants_more_keeps_the_leaf_open() -> None:
    rows = sheets(verdict(), verdict(Decision.MORE, "b"))
    assert last(snapshot(rows)) == (Standing.MORE, None)


def test_nothing_asked_for_cannot_be_accepted() -> None:
    row = verdict(leaf="1.2", leaf_digest=digest(leaf=OTHER))
    leaf = leaf_of(snapshot(sheets(row)), "1.2")
    assert leaf.appraisals[-1].standing is Standing.NOTHING


def test_what_does_not_apply_can_be_accepted_without_points() -> None:
    filed = replace(
        dossier(), explanation=Explanation(path="x", not_applicable=Written("none of it here", 1))
    )
    rows = sheets(verdict(leaf_digest=digest(filed)))
    criteria = replace(CRITERIA, not_applicable=NotApplicable.RESCALE)
    leaf = leaf_of(snapshot(rows, filed, criteria=criteria))
    assert (leaf.appraisals[-1].standing, leaf.standing) == (Standing.DECIDED, None)


# --- rounds


def test_the_last_round_that_decided_wins() -> None:
    rows = (rescored("0.5"), rescored("1", round_="second"))
    leaf = leaf_of(snapshot(sheets(*rows)))
    assert leaf.appraised == {"first": Decimal("0.5"), "second": Decimal(1)}
    assert leaf.standing == Decimal(1)
    leaf = leaf_of(snapshot(sheets(rows[0], verdict(Decision.MORE, round_="second"))))
    assert leaf.standing == Decimal("0.5")
    assert leaf.appraisals[-1].is_open


def test_a_supplement_asks_anew_and_spoils_no_earlier_verdict() -> None:
    before, after = dossier("1"), dossier("1", "1,75")
    first = rescored("0.5", leaf_digest=digest(before))
    second = verdict(round_="second", leaf_digest=digest(after))
    leaf = leaf_of(snapshot(sheets(first, second), after))
    assert (leaf.claimed, leaf.asked) == (Decimal(1), Decimal("1.75"))
    assert leaf.appraised == {"first": Decimal("0.5"), "second": Decimal("1.75")}
    # Accepted as it was before the supplement: the points of then.
    accepted = verdict(leaf_digest=digest(before))
    assert leaf_of(snapshot(sheets(accepted), after)).standing == Decimal(1)


def test_a_changed_leaf_makes_a_verdict_stale() -> None:
    stale = rescored("0.5", leaf_digest="0" * 64)
    leaf = leaf_of(snapshot(sheets(stale)))
    assert leaf.appraisals[-1].standing is Standing.STALE
    assert leaf.appraisals[-1].stale == (stale,)
    assert leaf.standing is None
    fresh = rescored("1", "b")
    leaf = leaf_of(snapshot(sheets(stale, fresh)))
    assert leaf.standing == Decimal(1)
    assert leaf.appraisals[-1].stale == (stale,)


def test_without_digests_nobody_calls_a_verdict_stale() -> None:
    stale = rescored("0.5", leaf_digest="0" * 64)
    assert leaf_of(snapshot(sheets(stale), fast=True)).standing == Decimal("0.5")


def test_a_round_approved_as_a_whole_makes_its_points_final() -> None:
    rows = sheets(rescored("0.5"))
    assert leaf_of(snapshot(rows)).final is None
    council = Council(path="c", round="second", approved_by="9/QD", approved_on=date(2026, 3, 1))
    assert leaf_of(snapshot(rows, None, [council])).final == Decimal("0.5")
    earlier = replace(council, round="self")
    assert leaf_of(snapshot(rows, None, [earlier])).final is None


def test_results_of_others_stay() -> None:
    results = {"1.3": Result(points=Decimal("1.1")), "1.1": Result(points=Decimal("0.3"))}
    row = verdict(leaf="1.3", leaf_digest="x")
    made = snapshot(sheets(row, rescored("1")), results=results)
    sheet = score(made)
    assert sheet.leaves["1.3"].appraisals == ()
    assert sheet.leaves["1.3"].final == Decimal("1.1")
    assert sheet.leaves["1.1"].final == Decimal("0.3")
    assert sheet.leaves["1.1"].standing == Decimal(1)


# --- rows that do not count


def test_faults() -> None:
    cases: dict[Fault, dict[str, Any]] = {
        Fault.UNIT: {"unit": "V"},
        Fault.PERIOD: {"period": "2024"},
        Fault.LEAF: {"leaf": "9"},
        Fault.INNER: {"leaf": "1"},
        Fault.NOT_APPRAISED: {"leaf": "1.3"},
    }
    for fault, wrong in cases.items():
        row = verdict(Decision.ACCEPT, **wrong)
        found = [each for *_, each in sorted_out(_records(row), CRITERIA, UNIT)]
        assert found == [fault]
    for fault, row in (
        (Fault.ABOVE_MAX, rescored("2.01")),
        (Fault.NO_POINTS, verdict(Decision.RESCORE)),
        (Fault.NO_REASON, rescored("1", reason=" ")),
        (Fault.NO_DEMAND, verdict(Decision.MORE, demand="")),
        (Fault.ROUND, verdict(round_="third")),
    ):
        assert [each for *_, each in sorted_out(_records(row), CRITERIA, UNIT)] == [fault]


def _records(*rows: Verdict) -> Records:
    return Records(sheets=sheets(*rows))


def test_of_two_rows_of_one_assessor_the_later_counts() -> None:
    early = rescored("0.5", at=START)
    late = rescored("1", at=START + timedelta(days=1))
    for rows in ((early, late), (late, early)):
        assert leaf_of(snapshot(sheets(*rows))).standing == Decimal(1)


# --- properties

decisions = st.one_of(
    st.just(verdict()),
    st.just(verdict(Decision.MORE)),
    st.decimals(0, 4, places=3).map(lambda points: rescored(f"{points}")),
)
verdicts = st.lists(
    st.builds(
        lambda row, who, round_, stale, minute: replace(
            row,
            assessor=who,
            round=round_,
            leaf_digest="0" * 64 if stale else row.leaf_digest,
            at=START + timedelta(minutes=minute),
        ),
        decisions,
        st.sampled_from("abc"),
        st.sampled_from(ROUNDS),
        st.booleans(),
        st.integers(0, 3),
    ),
    max_size=8,
)


@given(verdicts, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_files_does_not_matter(rows: list[Verdict], chance: object) -> None:
    plain = leaf_of(snapshot(sheets(*rows)))
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    again = leaf_of(snapshot(reversed(sheets(*shuffled))))
    assert [(each.round, each.standing, each.points) for each in plain.appraisals] == [
        (each.round, each.standing, each.points) for each in again.appraisals
    ]
    assert plain.final == again.final


@given(verdicts)
def test_points_stay_within_the_maximum_and_claims_as_they_were(rows: list[Verdict]) -> None:
    without, sheet = score(snapshot(())), score(snapshot(sheets(*rows)))
    leaf = sheet.leaves["1.1"]
    assert all(0 <= points <= MAX for points in leaf.appraised.values())
    before = without.leaves["1.1"]
    assert (leaf.claimed, leaf.by_rule) == (before.claimed, before.by_rule)
    assert (sheet.total.claimed, sheet.percent) == (without.total.claimed, without.percent)
    assert sheet.total.appraised == (leaf.standing or 0)
    assert sheet.total.appraised_max == (0 if leaf.standing is None else MAX)


@given(verdicts)
def test_the_public_edition_knows_nothing_of_it(rows: list[Verdict]) -> None:
    made = snapshot(sheets(*rows))
    results = Results(
        snapshot=made, rules={}, sheet=score(made), findings=(), today=date(2026, 1, 1)
    )
    public = for_edition(results, Edition.PUBLIC)
    assert public.snapshot.verdicts == Records()
    leaf = public.sheet.leaves["1.1"]
    assert (leaf.appraisals, dict(leaf.appraised), leaf.final) == ((), {}, None)
    assert public.sheet.total.appraised == public.sheet.total.final == 0
