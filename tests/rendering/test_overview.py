"""The first page, the register and the progress of offices: what they say of gaps."""

import re
from decimal import Decimal

import pytest

from site_builder.model.editions import for_edition
from site_builder.model.results import Edition, Results
from site_builder.model.score import Reason, Step, Unscored
from tests.rendering import builders
from tests.rendering.builders import text_of

START, PROGRESS, REGISTER = "2023/index.md", "2023/tien-do.md", "2023/so-tai-lieu.md"
SUMMARY = "2023/tong-hop.md"


def many(count: int) -> Results:
    """Leaves of one office, none with a document."""
    leaves = tuple(
        builders.leaf(f"1.{n}", f"Leaf {n} of a rather long title that nobody wants to read")
        for n in range(1, count + 1)
    )
    return builders.results(
        criteria=builders.criteria_set(builders.branch("1", "Field", *leaves)),
        dossiers=tuple(builders.dossier(leaf.id) for leaf in leaves),
        scores={
            leaf.id: builders.leaf_score(leaf, builders.awarded("1.50"), at_risk=Decimal(n) / 100)
            for n, leaf in enumerate(leaves, 1)
        },
    )


def reminder(results: Results) -> str:
    text = text_of(builders.site(results), PROGRESS)
    found = re.search(r'<div class="sb-reminder"[^>]*>\n(.*?)\n</div>', text, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("count", [1, 2, 5, 60])
def test_a_reminder_fits_on_a_telephone(count: int) -> None:
    said = reminder(many(count))
    assert 0 < len(said) <= 700
    assert "10/01/2024" in said
    assert f" {count} " in said.splitlines()[0]
    # The most points first, and none is left out without a word.
    things = [line for line in said.splitlines() if line.startswith("(")]
    assert things[0].startswith(f"(1) 1.{count} ")
    if len(things) < count:
        assert f" {count - len(things)} " in said.splitlines()[-2]


def test_an_office_that_is_done_gets_no_reminder() -> None:
    leaf = builders.leaf("1.1", slots=())
    done = builders.results(
        criteria=builders.criteria_set(builders.branch("1", "Field", leaf)),
        scores={"1.1": builders.leaf_score(leaf, builders.awarded("1.50"))},
    )
    assert reminder(done) == ""


def test_gaps_are_told_to_whom_they_concern() -> None:
    results = many(12)
    pages = {
        edition: text_of(builders.site(for_edition(results, edition)), START) for edition in Edition
    }
    assert len(re.findall("sb-gap--warn", pages[Edition.WORKING])) == 8
    assert "sb-gap--warn" in pages[Edition.ASSESSOR]
    assert "sb-gap" not in pages[Edition.PUBLIC]
    assert "0/12" in pages[Edition.WORKING].replace('<span class="sb-muted">', "").replace(
        "</span>", ""
    )
    assert "sb-due" not in pages[Edition.ASSESSOR]


def test_an_item_not_reached_is_the_reason() -> None:
    leaf = builders.leaf("1.1")
    steps = (
        Step("item", {"title": "Done thing", "points": Decimal("0.50")}),
        Step("item_not", {"title": "Undone thing", "points": Decimal("1.00")}),
        Step("sum_short", {"points": Decimal("0.50")}),
    )
    results = builders.results(
        criteria=builders.criteria_set(builders.branch("1", "Field", leaf)),
        scores={"1.1": builders.leaf_score(leaf, builders.awarded("0.50", *steps))},
    )
    said = re.search(r'<li class="sb-gap--calm">(.*)</li>', text_of(builders.site(results), START))
    assert said
    assert "Undone thing" in said[1]
    assert "Done thing:" not in said[1]


def test_the_register_names_each_document_once() -> None:
    text = text_of(builders.site(builders.rich()), REGISTER)
    table = text[text.index("<tbody>") : text.index("</tbody>")]
    rows = table.count("<tr")
    assert table.count("03/KH") == 1
    line = next(row for row in table.split("<tr") if "03/KH" in row)
    assert {"1.1", "1.2"} <= set(re.findall(r'#tai-lieu">([\d.]+)<', line))
    assert 'data-t="2023-01-10"' in line
    assert rows == table.count("</tr>")


def test_what_serves_nothing_and_what_is_there_twice() -> None:
    texts = {
        edition: text_of(builders.site(for_edition(builders.rich(), edition)), REGISTER)
        for edition in Edition
    }
    orphans = texts[Edition.WORKING].partition("#chua-dung")[2].partition("## ")[0]
    assert "page.html" in orphans
    assert "plan.pdf" not in orphans
    assert "#chua-dung" not in texts[Edition.ASSESSOR]
    twins = texts[Edition.ASSESSOR].partition("#trung-nhau")[2].partition("## ")[0]
    assert "plan.pdf" in twins
    assert "copy.pdf" in twins
    assert "#trung-nhau" not in texts[Edition.PUBLIC]


def test_columns_follow_what_there_is() -> None:
    leaf = builders.leaf("1.1")
    criteria = builders.criteria_set(builders.branch("1", "Field", leaf))

    def heads(**changes: object) -> list[str]:
        score = builders.leaf_score(leaf, builders.awarded("1.00"), **changes)
        made = builders.site(builders.results(criteria=criteria, scores={"1.1": score}))
        return re.findall(r'data-k="([a-z]+)"', text_of(made, SUMMARY))

    assert heads() == ["stt", "ten", "max", "tu", "qd", "mat"]
    assert heads(claimed=Decimal("1.25")) == ["stt", "ten", "max", "tu", "qd", "lech", "mat"]
    assert "td" in heads(appraised={"r1": Decimal("0.5")})


def test_an_unscored_leaf_says_what_it_waits_for() -> None:
    leaf = builders.leaf("1.1")
    results = builders.results(
        criteria=builders.criteria_set(builders.branch("1", "Field", leaf)),
        scores={"1.1": builders.leaf_score(leaf, Unscored(Reason.NO_RULE))},
    )
    assert "sb-gap--bad" in text_of(builders.site(results), START)
