"""What must hold for every rule and every sheet, whatever the figures."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder import scoring
from site_builder.messages import read_catalogue
from site_builder.model.criteria import KnownSlip
from site_builder.model.dossier import Document, DocumentKind, Dossier, Written
from site_builder.model.rule import Rule
from site_builder.model.score import Awarded, Score
from site_builder.model.snapshot import Snapshot
from site_builder.reading.inputs import problems_of
from site_builder.reading.numbers import round_half_up
from site_builder.scoring import SCORING_RULES
from tests.scoring import written
from tests.scoring.strategies import (
    BY_SHAPE,
    Example,
    checklists,
    compares,
    deadlines,
    deductions,
    increments,
    per_items,
    ratios,
    surveys,
)

CATALOGUE = read_catalogue("scoring")
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rule_for(example: Example) -> Rule:
    # Random settings may miss the maximum (SCO006); points must stay within it all the same.
    rule, findings = written.bound(example.rule, example.max_points, example.scored_by)
    assert rule is not None
    assert {finding.check.code for finding in findings} <= {"SCO006"}
    return rule


def score_of(example: Example, given: dict[str, Any] | None = None) -> Score:
    return rule_for(example).score(
        written.explanation(example.given if given is None else given),
        Decimal(example.max_points),
        2,
        written.result(example.result),
    )


def points_of(example: Example, given: dict[str, Any]) -> Decimal:
    score = score_of(example, given)
    assert isinstance(score, Awarded), score
    return score.points


def test_every_shape_has_a_strategy() -> None:
    assert BY_SHAPE.keys() == {shape.shape for shape in SCORING_RULES}


@pytest.mark.parametrize("shape", BY_SHAPE)
@SLOW
@given(data=st.data())
def test_points_lie_between_zero_and_the_maximum(shape: str, data: st.DataObject) -> None:
    example = data.draw(BY_SHAPE[shape])
    score = score_of(example)
    assert isinstance(score, Awarded), score
    assert 0 <= score.points <= Decimal(example.max_points)
    assert score.points == min(round_half_up(score.exact, 2), Decimal(example.max_points))
    # Every step has a sentence, and the last one says the points.
    said = CATALOGUE.steps(score)
    assert len(said) == len(score.because)
    assert all(said)


@pytest.mark.parametrize("shape", BY_SHAPE)
@SLOW
@given(data=st.data())
def test_a_rule_never_raises_on_what_people_type(shape: str, data: st.DataObject) -> None:
    example = data.draw(BY_SHAPE[shape])
    rule = rule_for(example)
    typed = data.draw(st.text(max_size=12).map(lambda text: Written(text, 1)))
    explanation = written.explanation(example.given)
    assert explanation is not None
    wild = replace(
        explanation,
        figures=dict.fromkeys(explanation.figures, typed),
        choices=dict.fromkeys(explanation.choices, typed),
        checked=None if explanation.checked is None else (typed, *explanation.checked),
        level=typed,
        achieved=typed,
        on=typed,
        points=typed,
    )
    for candidate in (wild, explanation, None):
        score = rule.score(candidate, Decimal(example.max_points), 2, None)
        specs = rule.inputs(candidate)
        if isinstance(score, Awarded):
            assert 0 <= score.points <= Decimal(example.max_points)
            assert problems_of(specs, candidate) == ()
        else:
            assert CATALOGUE.reason(score)


@SLOW
@given(example=ratios(monotone=True), data=st.data())
def test_more_done_never_earns_less(example: Example, data: st.DataObject) -> None:
    figures = example.given["so_lieu"]
    more = data.draw(
        st.integers(int(figures["done"]), max(int(figures["done"]), int(figures["due"])))
    )
    better = {"so_lieu": {**figures, "done": str(more)}}
    assert points_of(example, better) >= points_of(example, example.given)


@SLOW
@given(example=per_items(), more=st.integers(0, 50))
def test_more_pieces_never_earn_less(example: Example, more: int) -> None:
    count = int(example.given["so_lieu"]["count"]) + more
    better = {"so_lieu": {"count": str(count)}}
    assert points_of(example, better) >= points_of(example, example.given)


@SLOW
@given(example=deductions(), more=st.integers(0, 50))
def test_more_faults_never_earn_more(example: Example, more: int) -> None:
    count = int(example.given["so_lieu"]["count"]) + more
    worse = {"so_lieu": {"count": str(count)}}
    assert points_of(example, worse) <= points_of(example, example.given)


@SLOW
@given(example=checklists(), data=st.data())
def test_more_items_never_earn_less(example: Example, data: st.DataObject) -> None:
    ids = [item["id"] for item in example.rule["items"]]
    more = sorted({*example.given["da_dat"], *data.draw(st.sets(st.sampled_from(ids)))})
    assert points_of(example, {"da_dat": more}) >= points_of(example, example.given)


@SLOW
@given(example=deadlines(), days=st.integers(0, 90))
def test_later_never_earns_more(example: Example, days: int) -> None:
    later = date.fromisoformat(example.given["ngay"]) + timedelta(days=days)
    assert points_of(example, {"ngay": later.isoformat()}) <= points_of(example, example.given)


@SLOW
@given(example=st.one_of(increments(), compares()), more=st.integers(0, 9999))
def test_a_better_value_never_earns_less(example: Example, more: int) -> None:
    figures = example.given["so_lieu"]
    sign = 1 if example.rule["direction"] == "up" else -1
    value = Fraction(figures["value"]) + sign * Fraction(more, 100)
    better = {"so_lieu": {**figures, "value": f"{float(max(value, Fraction(0))):.2f}"}}
    assert points_of(example, better) >= points_of(example, example.given)


@SLOW
@given(example=surveys(), more=st.integers(1, 100))
def test_another_happy_sheet_never_earns_less(example: Example, more: int) -> None:
    assert example.result is not None
    weights = {
        answer["id"]: int(answer["weight"].removesuffix("%")) for answer in example.rule["answers"]
    }
    best = max(weights, key=lambda id_: weights[id_])
    sheets = dict(example.result["phieu"])
    sheets[best] = str(int(sheets[best]) + more)
    happier = replace(example, result={"phieu": sheets})
    assert points_of(happier, {}) >= points_of(example, {})


# ---- sheets


@st.composite
def trees(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """A set of judged leaves at mixed depths, and explanations for some of them."""
    given_: dict[str, dict[str, Any]] = {}

    def node(id_: str, depth: int) -> dict[str, Any]:
        if depth and (depth == 3 or draw(st.booleans())):
            max_points = draw(st.integers(1, 500))
            if draw(st.booleans()):
                points = draw(st.integers(0, max_points))
                given_[id_] = {"diem": f"{points // 100}.{points % 100:02d}"}
            elif draw(st.booleans()):
                given_[id_] = {"khong_ap_dung": "R"}
            slot = {"id": "a", "title": "A", "required": "true", "document_type": "T"}
            return {
                "id": id_,
                "title": "T",
                "max_points": f"{max_points // 100}.{max_points % 100:02d}",
                "rule": {"shape": "judged"},
                "evidence": [slot] if draw(st.booleans()) else [],
            }
        children = [node(f"{id_}.{n}", depth + 1) for n in range(draw(st.integers(1, 3)))]
        total = sum(Decimal(child["max_points"]) for child in children)
        return {"id": id_, "title": "T", "max_points": str(total), "children": children}

    fields = [node(str(n), 0) for n in range(1, draw(st.integers(1, 3)) + 1)]
    total = str(sum(Decimal(field["max_points"]) for field in fields))
    header = {"id": "s", "title": "S", "total_points": total}
    return {"set": header, "criteria": fields}, given_


def scored(
    document: dict[str, Any], given_: dict[str, dict[str, Any]]
) -> tuple[Snapshot, dict[str, Rule]]:
    criteria = written.criteria(document)
    rules, findings = scoring.bind(criteria)
    assert findings == ()
    return written.snapshot(criteria, given_), dict(rules)


@SLOW
@given(tree=trees())
def test_a_parent_is_the_sum_of_its_leaves(
    tree: tuple[dict[str, Any], dict[str, dict[str, Any]]],
) -> None:
    snapshot, rules = scored(*tree)
    sheet = scoring.score(snapshot, rules)
    assert snapshot.criteria is not None
    for branch in snapshot.criteria.walk():
        if branch.is_leaf:
            continue
        node = sheet.nodes[branch.id]
        leaves = [sheet.leaves[leaf.id] for leaf in branch.leaves()]
        assert node.claimed == sum(leaf.claimed or 0 for leaf in leaves)
        assert node.at_risk == sum(leaf.at_risk for leaf in leaves)
        assert node.applicable_max == sum(leaf.counted_max for leaf in leaves)
        assert node.unscored == tuple(
            leaf.criterion for leaf in leaves if leaf.claimed is None and not leaf.not_applicable
        )
        assert 0 <= node.low <= node.claimed <= node.high <= node.applicable_max


@SLOW
@given(tree=trees(), data=st.data())
def test_the_order_of_files_does_not_matter(
    tree: tuple[dict[str, Any], dict[str, dict[str, Any]]], data: st.DataObject
) -> None:
    snapshot, rules = scored(*tree)
    slots = st.sampled_from(["a", "b", ""])
    dossiers: dict[str, Dossier] = {}
    for id_, dossier in snapshot.dossiers.items():
        documents = tuple(
            Document(kind=DocumentKind.FILE, path=str(n), title="", slot=data.draw(slots))
            for n in range(data.draw(st.integers(0, 3)))
        )
        dossiers[id_] = replace(dossier, documents=documents)
    shuffled = {
        id_: replace(dossier, documents=tuple(data.draw(st.permutations(dossier.documents))))
        for id_, dossier in data.draw(st.permutations(sorted(dossiers.items())))
    }
    first = scoring.score(replace(snapshot, dossiers=dossiers), rules)
    assert scoring.score(replace(snapshot, dossiers=shuffled), rules) == first


@SLOW
@given(tree=trees())
def test_no_finding_changes_a_score(
    tree: tuple[dict[str, Any], dict[str, dict[str, Any]]],
) -> None:
    """Answers to warnings and accepted slips of the set leave every figure as it is."""
    document, given_ = tree
    snapshot, rules = scored(document, given_)
    assert snapshot.criteria is not None
    slips = (KnownSlip(code="SCO006", criterion=None, reason="R", line=1),)
    answered = {id_: {**values, "bo_qua": {"EVI010": "R"}} for id_, values in given_.items()}
    other = written.snapshot(replace(snapshot.criteria, known_slips=slips), answered)
    assert scoring.score(other, rules) == scoring.score(snapshot, rules)
