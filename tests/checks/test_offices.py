"""A new year begins with everything open; the sentences about it stay readable."""

from datetime import date
from decimal import Decimal

import pytest

from site_builder import scoring
from site_builder.checks import tim005_office
from site_builder.checks.protocols import Facts
from site_builder.messages import read_catalogue
from site_builder.model.criteria import CriteriaSet, Criterion
from site_builder.model.dossier import Dossier
from site_builder.model.snapshot import Snapshot
from site_builder.model.unit import Office, Period, Role, Unit

OFFICE = Office(key="van-phong", title="Van phong", role=Role.COORDINATOR)
PERIOD = Period(
    id="2025",
    year=2025,
    covers_from=date(2025, 1, 1),
    covers_to=date(2025, 12, 31),
    opens=date(2025, 12, 20),
    closes=date(2026, 1, 10),
)
UNIT = Unit(name="Xa", period=PERIOD, offices={"van-phong": OFFICE})


def facts(responsible: str | None, count: int) -> Facts:
    leaves = tuple(
        Criterion(id=f"1.{n}", title=f"A{n}", max_points=Decimal(1), depth=1, parent_id="1", line=n)
        for n in range(1, count + 1)
    )
    field = Criterion(
        id="1", title="A", max_points=Decimal(count), depth=0, parent_id=None, children=leaves
    )
    snapshot = Snapshot(
        criteria=CriteriaSet(id="a", title="a", fields=(field,)),
        unit=UNIT,
        dossiers={
            leaf.id: Dossier(
                criterion=leaf.id, folder=leaf.id, exists=False, responsible=responsible
            )
            for leaf in leaves
        },
    )
    sheet = scoring.score(snapshot, {})
    return Facts(snapshot=snapshot, rules={}, sheet=sheet, today=date(2026, 1, 5))


@pytest.mark.parametrize("responsible", ["van-phong", None])
def test_a_long_list_is_cut_in_the_sentence_and_whole_in_the_data(responsible: str | None) -> None:
    (finding,) = tim005_office.run(facts(responsible, 80))
    message = read_catalogue("checks").message(finding)
    assert "1.12" in message
    assert "1.13" not in message
    assert "68" in message
    assert finding.params["ids"] == [f"1.{n}" for n in range(1, 81)]
    assert finding.office == responsible


def test_a_short_list_is_whole() -> None:
    (finding,) = tim005_office.run(facts("van-phong", 12))
    assert "1.12" in read_catalogue("checks").message(finding)
