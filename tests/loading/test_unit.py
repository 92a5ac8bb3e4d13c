from datetime import date
from pathlib import Path

import pytest

from site_builder.loading.unit import UNIT_RECORD, read_unit
from site_builder.messages import read_catalogue
from site_builder.model.finding import Finding
from site_builder.model.unit import Options, Role, Unit
from tests.loading.reading import codes, places

WHOLE = """\
unit:
  name: Commune
  parent: Province
  place: Here
  predecessors:
    - {name: Old, from: 1/1/2020, to: 30/6/2025}
period:
  id: "2025"
  year: 2025
  covers: {from: 1/1/2025, to: 31/12/2025}
  self_scoring: {opens: 2025-12-20, closes: 2026-01-10}
  milestones:
    - {date: 2025-12-25, title: Half}
  rounds:
    - {id: tu-cham, title: Self, opens: 2025-12-20, closes: 2026-01-10}
    - {id: tham-dinh, title: Appraisal}
offices:
  van-phong: {title: Office, role: coordinator, emails: [A@B.example, c@d.example]}
  van-hoa:
    title: Culture
    emails: E@f.example
    from: 2025-07-01
    to: 2026-07-01
assignments:
  "1": {responsible: van-phong, supporting: [van-hoa]}
  1.10: van-hoa
criteria_set: nho-2025@ABCDEF0123456789
exceptions:
  - {code: evi008, criterion: "1.10", subject: x, reason: why, office: van-hoa}
  - {code: TRE010, reason: why}
options:
  complete_check_days: 5
  host_limit_mb: 2.048
  hosts_allowed: Git.example
publish: {what: Scores, after: result, document: 1/QD}
"""


def read(text: str) -> tuple[Unit, tuple[Finding, ...]]:
    unit, findings = read_unit(text.encode())
    assert unit is not None
    return unit, findings


def test_whole() -> None:
    unit, findings = read(WHOLE)
    assert findings == ()
    assert (unit.name, unit.parent, unit.place) == ("Commune", "Province", "Here")
    assert unit.predecessors[0].to == date(2025, 6, 30)
    period = unit.period
    assert (period.id, period.year, period.line) == ("2025", 2025, 7)
    assert (period.covers_from, period.covers_to) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (period.opens, period.closes) == (date(2025, 12, 20), date(2026, 1, 10))
    assert period.milestones[0].on == date(2025, 12, 25)
    assert [round_.id for round_ in period.rounds] == ["tu-cham", "tham-dinh"]
    office = unit.offices["van-phong"]
    assert (office.role, office.emails) == (Role.COORDINATOR, ("a@b.example", "c@d.example"))
    assert unit.offices["van-hoa"].role is Role.CONTRIBUTOR
    assert unit.offices["van-hoa"].emails == ("e@f.example",)
    assert unit.offices["van-hoa"].to == date(2026, 7, 1)
    assert unit.assignments["1"].supporting == ("van-hoa",)
    assert (unit.assignments["1.10"].responsible, unit.assignments["1.10"].line) == ("van-hoa", 26)
    assert (unit.criteria_set_id, unit.criteria_set_digest) == ("nho-2025", "abcdef0123456789")
    assert unit.criteria_set_line == 27
    first, second = unit.exceptions
    assert (first.code, first.criterion, first.subject) == ("EVI008", "1.10", "x")
    assert (second.criterion, second.subject, second.office, second.line) == (None, None, None, 30)
    assert unit.options == Options(
        complete_check_days=5, host_limit_mb=2048, hosts_allowed=("git.example",)
    )
    assert unit.publish is not None
    assert (unit.publish.after, unit.publish.line) == ("result", 35)


def test_little() -> None:
    unit, findings = read(
        "unit: {name: A}\nperiod:\n  id: 2025\n  year: 2025\n"
        "  covers: {from: 1/1/2025, to: 31/12/2025}\n"
        "  self_scoring: {opens: 1/1/2026, closes: 10/1/2026}\n"
    )
    assert findings == ()
    assert unit.publish is None
    assert unit.options == Options()
    assert (unit.criteria_set_id, unit.criteria_set_digest) == ("", "")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("closes: 2026-01-10}\n  miles", "closes: 2026-13-10}\n  miles", ("YML008", 11, "closes")),
        ("year: 2025", "year: 25", ("YML006", 9, "year")),
        ("from: 1/1/2025, to: 31/12", "from: 1/1/2025, to: 32/12", ("YML008", 10, "to")),
        ("role: coordinator", "role: boss", ("YML009", 18, "role")),
        ("after: result", "after: lunch", ("YML009", 35, "after")),
        (
            "complete_check_days: 5",
            "complete_check_days: 2,5",
            ("YML006", 32, "complete_check_days"),
        ),
        ("van-hoa:\n", "v\u0103n h\u00f3a:\n", ("YML012", 19, "v\u0103n h\u00f3a")),
        ("  1.10: van-hoa", "  1.10: [van-hoa]", ("YML005", 26, "assignments.1.10")),
        ('"1": {responsible', '"1": {respnsible', ("YML003", 25, "respnsible")),
    ],
)
def test_a_bad_value_loses_only_its_line(old: str, new: str, found: tuple[str, int, str]) -> None:
    assert old in WHOLE
    unit, findings = read(WHOLE.replace(old, new, 1))
    assert found in places(findings)
    assert unit.name == "Commune"
    assert len(unit.offices) == 2
    assert unit.period.year == 2025
    assert unit.publish is not None


def test_a_closing_day_that_cannot_be_read_closes_nothing() -> None:
    unit, _ = read(WHOLE.replace("closes: 2026-01-10}\n  miles", "closes: soon}\n  miles"))
    assert unit.period.closes == date(2026, 12, 31)


def test_the_year_is_taken_from_what_there_is() -> None:
    for gone in ("  year: 2025\n", '  id: "2025"\n  year: 2025\n'):
        unit, findings = read(WHOLE.replace(gone, ""))
        assert unit.period.year == 2025
        assert unit.period.id == "2025"
        assert set(codes(findings)) == {"YML004"}


def test_dates_at_the_end_of_time() -> None:
    unit, _ = read(
        "unit: {name: A}\n"
        "period: {id: a, covers: {from: 1/1/9999, to: 31/12/9999}, self_scoring: {}}\n"
    )
    assert unit.period.closes == date(9999, 12, 31)


@pytest.mark.parametrize(
    "text", ["", "unit: {name: A}", "period: {}", "period: 3", "- a", "a: b: c"]
)
def test_no_year_at_all(text: str) -> None:
    unit, findings = read_unit(text.encode())
    assert unit is None
    assert findings


def test_decisions_to_publish_are_kept_incomplete() -> None:
    unit, findings = read(WHOLE.replace("{what: Scores, after: result, document: 1/QD}", "{}"))
    assert findings == ()
    assert unit.publish is not None
    assert (unit.publish.what, unit.publish.after, unit.publish.document) == ("", "", "")


def test_schema_describes_every_key() -> None:
    texts = read_catalogue("fields")
    schema = UNIT_RECORD.schema(lambda record, key: texts.text("fields", record, key))
    assert all(described["description"] for described in schema["properties"].values())


def test_the_demonstration_is_read_without_a_finding() -> None:
    path = Path(__file__).parents[2] / "unit.yml"
    unit, findings = read_unit(path.read_bytes())
    assert findings == ()
    assert unit is not None
    assert unit.assignments
