"""Binding: what is refused, what is tolerated, and that nothing raises."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import scoring
from site_builder.loading.criteria import read_criteria
from site_builder.model.finding import Finding
from site_builder.model.rule import Result
from site_builder.model.score import Reason, Unscored
from site_builder.scoring.bands import Band, meet, probes
from tests.scoring import written

COUNT = {"title": "C"}


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.check.code for finding in findings]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # What the reader of fields reports drops the rule, and nothing is said twice.
        ({"shape": "checklist"}, ["YML004"]),
        ({"shape": "checklist", "items": [{"id": "a", "title": "A"}]}, ["YML004"]),
        ({"shape": "checklist", "items": [{"id": "a b", "title": "A", "points": "1"}]}, ["YML012"]),
        ({"shape": "levels", "levels": "x"}, ["YML005"]),
        ({"shape": "ratio"}, ["YML004", "YML004"]),
        ({"shape": "ratio", "done": {"id": "a"}, "due": COUNT}, ["YML004"]),
        ({"shape": "ratio", "value": "x"}, ["YML005"]),
        ({"shape": "ratio", "given_as": "value"}, ["YML004"]),
        (
            {"shape": "ratio", "done": COUNT, "due": COUNT, "bands": [{"from": "x%"}]},
            ["YML006", "YML004"],
        ),
        (
            {"shape": "ratio", "done": COUNT, "due": COUNT, "bands": [{"award": "best"}]},
            ["YML009"],
        ),
        (
            {"shape": "ratio", "done": COUNT, "due": COUNT, "bands": [{"award": ["x"]}]},
            ["YML005"],
        ),
        ({"shape": "per_item", "count": COUNT, "points_each": "lots"}, ["YML006"]),
        ({"shape": "per_item", "count": COUNT, "points_each": "x%"}, ["YML006"]),
        ({"shape": "per_item", "count": COUNT, "points_each": "1.250%"}, ["YML006"]),
        ({"shape": "per_item", "count": COUNT, "points_each": "1.250"}, ["YML007"]),
        ({"shape": "deadline", "due_on": "2023-02-30", "then": "0"}, ["YML008"]),
        (
            {"shape": "deadline", "due_on": "2023-02-03", "late": [{"points": "1"}], "then": "0"},
            ["YML004"],
        ),
        (
            {"shape": "increment", "value": COUNT, "base_at": {"reference": "x"}},
            ["YML005", "YML004", "YML004", "YML004"],
        ),
        ({"shape": "gate", "require": [{"id": "a"}], "then": {"shape": "fixed"}}, ["YML004"]),
        ({"shape": "gate", "require": [{"id": "a", "title": "A"}], "then": "fixed"}, ["YML005"]),
        (
            {
                "shape": "case",
                "choose": {"id": "c", "options": [{"title": "A"}]},
                "rules": {"a": {"shape": "fixed"}},
            },
            ["YML004", "YML004"],
        ),
        (
            {
                "shape": "case",
                "choose": {"id": "c", "title": "C", "options": [{"id": "a", "title": "A"}]},
                "rules": {"a": {"shape": "no"}},
            },
            ["SCO001"],
        ),
        ({"shape": "survey", "answers": [{"id": "a", "title": "A"}]}, ["YML004"]),
        ({"shape": "survey", "answers": [{"id": "a", "title": "A", "weight": "x"}]}, ["YML006"]),
        ({"shape": "external"}, ["YML004"]),
        ({"shape": "formula", "expression": "a", "inputs": {"a": {"id": "b"}}}, ["YML004"]),
        ({"shape": ["fixed"]}, ["SCO001"]),
    ],
)
def test_unreadable_settings_drop_the_rule(rule: dict[str, Any], expected: list[str]) -> None:
    found, findings = written.bound(rule)
    assert found is None
    assert codes(findings) == expected
    assert all(finding.criterion == written.LEAF for finding in findings)
    assert all(finding.location.line for finding in findings)


def test_an_unknown_key_is_told_and_the_rule_stays() -> None:
    found, findings = written.bound({"shape": "fixed", "poitns": "1"})
    assert found is not None
    assert codes(findings) == ["YML003"]


def test_keys_and_words_are_tolerant() -> None:
    found, findings = written.bound(
        {"Shape": "Per Item", "COUNT": COUNT, "Points each": "Max", "cap": "MAX"}
    )
    assert findings == ()
    assert found is not None
    assert found.shape == "per_item"


def test_a_leaf_without_a_rule_is_left_to_the_checks() -> None:
    criteria = written.criteria(
        {
            "set": {"id": "s", "title": "S", "total_points": "1"},
            "criteria": [{"id": "1", "title": "F", "max_points": "1"}],
        }
    )
    assert scoring.bind(criteria) == ({}, ())


def test_of_leaves_with_one_id_the_first_rule_counts() -> None:
    leaf = {"id": "1.1", "title": "L", "max_points": "1"}
    document = {
        "set": {"id": "s", "title": "S", "total_points": "2"},
        "criteria": [
            {
                "id": "1",
                "title": "F",
                "max_points": "2",
                "children": [
                    {**leaf, "rule": {"shape": "judged"}},
                    {**leaf, "rule": {"shape": "fixed"}},
                ],
            }
        ],
    }
    criteria, _ = read_criteria(written.dump(document).encode())
    assert criteria is not None
    rules, _ = scoring.bind(criteria)
    assert rules["1.1"].shape == "judged"


def test_sheets_below_zero_are_no_sheets() -> None:
    # The loader refuses them; a result made elsewhere still gives no score beyond the maximum.
    rule = written.rule_of(
        {
            "shape": "survey",
            "answers": [
                {"id": "a", "title": "A", "weight": "1"},
                {"id": "b", "title": "B", "weight": "0"},
            ],
        },
        scored_by="survey",
    )
    result = Result(answers={"a": Decimal(5), "b": Decimal(-4)})
    score = rule.score(None, Decimal(1), 2, result)
    assert isinstance(score, Unscored)
    assert score.reason is Reason.NO_SHEETS


def test_without_a_maximum_nothing_is_compared_with_it() -> None:
    late = [{"days_up_to": "5", "points": "1"}]
    rule = {"shape": "deadline", "due_on": "2023-01-01", "late": late, "then": "0"}
    assert written.bound(rule, "0")[1] == ()
    assert written.bound({"shape": "fixed", "points": "1"}, "0")[1] == ()


def test_a_gate_around_a_bad_rule_is_bad() -> None:
    gate = {"shape": "gate", "require": [{"id": "a", "title": "A"}], "then": {"shape": "levels"}}
    found, findings = written.bound(gate)
    assert found is None
    assert codes(findings) == ["YML004"]


# ---- bands

ENDS = st.integers(0, 6).map(lambda fifth: (fifth, 5))


@st.composite
def any_bands(draw: st.DrawFn) -> tuple[Band, ...]:
    found = []
    for _ in range(draw(st.integers(1, 4))):
        low, high = sorted(draw(st.tuples(ENDS, ENDS)))
        open_ended = draw(st.booleans())
        inclusive = low == high and not open_ended
        found.append(
            Band(
                low=low,
                high=None if open_ended else high,
                low_inclusive=inclusive or draw(st.booleans()),
                high_inclusive=inclusive or draw(st.booleans()),
                points=None,
            )
        )
    return tuple(found)


@given(any_bands())
def test_bands_meet_exactly_when_every_probe_lies_in_one(bands: tuple[Band, ...]) -> None:
    """The quick comparison of neighbours never passes what the probes would find."""
    single = all(
        sum(band.holds(*rate.as_integer_ratio()) for band in bands) == 1 for rate in probes(bands)
    )
    if meet(bands):
        assert single
    elif single:
        # Beyond 100 % bands may do as they like; the neighbours are compared there as well.
        assert any(band.low[0] >= band.low[1] for band in bands) or any(
            band.high is None or band.high[0] > band.high[1] for band in bands
        )


@given(any_bands(), st.fractions(0, 1))
def test_a_band_holds_what_its_ends_say(bands: tuple[Band, ...], rate: Fraction) -> None:
    for band in bands:
        low = Fraction(*band.low)
        inside = low <= rate if band.low_inclusive else low < rate
        if band.high is not None:
            high = Fraction(*band.high)
            inside = inside and (rate <= high if band.high_inclusive else rate < high)
        assert band.holds(*rate.as_integer_ratio()) is inside
