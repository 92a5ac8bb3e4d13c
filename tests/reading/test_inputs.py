"""Inputs of rules, as officers type them."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder.model.dossier import Explanation, Written
from site_builder.model.rule import Entry, InputSpec, NumberKind, Option
from site_builder.reading.inputs import (
    InputProblem,
    ProblemKind,
    day,
    figure,
    lookup,
    not_applicable,
    option,
    options,
    problems_of,
    unasked,
    yes_or_no,
)

_DATA = (Path(__file__).parent / "inputs.yml").read_text("utf-8")
TYPED = yaml.load(_DATA, yaml.BaseLoader)  # noqa: S506 - builds text only
PATH = "giai-trinh.md"
OPTIONS = tuple(Option(id=id_, title=title) for id_, title in TYPED["titles"].items())
FIGURE = InputSpec(entry=Entry.FIGURE, id="so", title="S")
FLAG = InputSpec(entry=Entry.ACHIEVED, id="dat", title="D")
DAY = InputSpec(entry=Entry.DATE, id="ngay", title="N")
LEVEL = InputSpec(entry=Entry.LEVEL, id="muc", title="M", options=OPTIONS)
ITEMS = InputSpec(entry=Entry.CHECKED, id="da_dat", title="I", options=OPTIONS)
CHOICE = InputSpec(entry=Entry.CHOICE, id="tinh-huong", title="C", options=OPTIONS)
CONDITION = InputSpec(entry=Entry.CHOICE, id="dieu-kien", title="C")
POINTS = InputSpec(entry=Entry.POINTS, id="diem", title="P", kind=NumberKind.AMOUNT)
SPECS = (FIGURE, FLAG, DAY, LEVEL, ITEMS, CHOICE, CONDITION, POINTS)


def typed(text: str) -> Written:
    return Written(text, 7)


def check_problem(value: object, case: dict[str, Any]) -> None:
    assert isinstance(value, InputProblem), value
    assert value.kind.value == case["problem"]
    assert (value.written is None) is (value.kind is ProblemKind.ABSENT)
    assert [text.replace("\u00a0", " ") for text in value.readings] == case.get("readings", [])


@pytest.mark.parametrize("case", TYPED["figures"], ids=lambda case: f"{case['text']}")
def test_figure(case: dict[str, Any]) -> None:
    spec = InputSpec(entry=Entry.FIGURE, id="so", title="S", kind=NumberKind(case["kind"]))
    value = figure(Explanation(path=PATH, figures={"So": typed(case["text"])}), spec)
    if "problem" in case:
        check_problem(value, case)
    else:
        assert value == Decimal(case["value"])


@pytest.mark.parametrize("case", TYPED["flags"], ids=lambda case: f"{case['text']}")
def test_yes_or_no(case: dict[str, Any]) -> None:
    value = yes_or_no(Explanation(path=PATH, achieved=typed(case["text"])), FLAG)
    if "problem" in case:
        check_problem(value, case)
    else:
        assert value is (case["value"] == "true")


@pytest.mark.parametrize("case", TYPED["days"], ids=lambda case: f"{case['text']}")
def test_day(case: dict[str, Any]) -> None:
    value = day(Explanation(path=PATH, on=typed(case["text"])), DAY)
    if "problem" in case:
        check_problem(value, case)
    else:
        never = case["value"] == "never"
        assert value == (None if never else date.fromisoformat(case["value"]))


@pytest.mark.parametrize("case", TYPED["options"], ids=lambda case: f"{case['text']}")
def test_option(case: dict[str, Any]) -> None:
    value = option(Explanation(path=PATH, level=typed(case["text"])), LEVEL)
    if "problem" in case:
        check_problem(value, case)
    else:
        assert isinstance(value, Option)
        assert value.id == case["value"]


def test_items_come_in_the_order_of_the_rule_each_once() -> None:
    explanation = Explanation(
        path=PATH, checked=(typed("khong"), typed("co ket qua"), typed("khong"), typed(" "))
    )
    found = options(explanation, ITEMS)
    assert [item.id for item in found if isinstance(item, Option)] == ["co-ket-qua", "khong"]


def test_every_unknown_item_is_named() -> None:
    explanation = Explanation(path=PATH, checked=(typed("a"), typed("khong"), typed("b")))
    kinds = [
        (item.kind, item.written.text)
        for item in options(explanation, ITEMS)
        if isinstance(item, InputProblem) and item.written
    ]
    assert kinds == [(ProblemKind.UNKNOWN_OPTION, "a"), (ProblemKind.UNKNOWN_OPTION, "b")]


def test_without_an_explanation_everything_is_absent() -> None:
    found = problems_of(SPECS, None)
    assert [problem.spec for problem in found] == list(SPECS)
    assert {problem.kind for problem in found} == {ProblemKind.ABSENT}


def test_with_everything_typed_nothing_is_wrong() -> None:
    explanation = Explanation(
        path=PATH,
        figures={"so": typed("1")},
        checked=(),
        level=typed("khong"),
        achieved=typed("x"),
        on=typed("1/2/2023"),
        choices={"tinh-huong": typed("khong"), "dieu-kien": typed("x")},
        points=typed("1"),
    )
    assert problems_of(SPECS, explanation) == ()
    assert unasked(SPECS, explanation) == ()


def test_what_a_higher_body_gave_goes_before_what_was_typed() -> None:
    explanation = Explanation(path=PATH, figures={"so": typed("x")})
    assert figure(explanation, FIGURE, {"So": Decimal(5)}) == 5
    refused = figure(explanation, FIGURE, {"so": Decimal(-5)})
    assert isinstance(refused, InputProblem)
    assert refused.kind is ProblemKind.NEGATIVE


def test_what_is_not_needed_is_not_asked_for() -> None:
    idle = InputSpec(entry=Entry.FIGURE, id="so", title="S", needed=False)
    assert problems_of((idle,), None) == ()


def test_what_nobody_asks_for_is_named() -> None:
    explanation = Explanation(
        path=PATH,
        figures={"So": typed("1"), "so-khac": typed("2")},
        choices={"dieu-kien": typed("x")},
        level=typed("a"),
        achieved=typed(" "),
        checked=(typed("a"),),
    )
    found = unasked((FIGURE,), explanation)
    assert [(entry, key) for entry, key, _ in found] == [
        (Entry.FIGURE, "so-khac"),
        (Entry.CHOICE, "dieu-kien"),
        (Entry.LEVEL, "muc"),
        (Entry.CHECKED, "da_dat"),
    ]


@pytest.mark.parametrize("case", TYPED["not_applicable"], ids=lambda case: f"{case['text']}")
def test_not_applicable(case: dict[str, Any]) -> None:
    explanation = Explanation(path=PATH, not_applicable=typed(case["text"]))
    assert (not_applicable(explanation) is None) is (case["applies"] == "true")


def test_without_an_explanation_a_leaf_applies() -> None:
    assert not_applicable(None) is None


def test_lookup_prefers_the_exact_key() -> None:
    assert lookup({"A B": 1, "a-b": 2}, "a-b") == 2
    assert lookup({"A B": 1}, "a-b") == 1
    assert lookup({"c": 1}, "a-b") is None
