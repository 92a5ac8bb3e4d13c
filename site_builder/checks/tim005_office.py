"""What each office still has to do, once the window is open."""

from collections.abc import Iterator
from dataclasses import replace

from site_builder.checks.progress import incomplete
from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Kind, Severity

CHECK = Check("TIM005", "office-incomplete", Severity.WARNING, Kind.TIME)

# A line of the terminal; the JSON output has them all.
_SHOWN = 12


def run(facts: Facts) -> Iterator[Finding]:
    """One finding per office, and one for the coordinator with what nobody is assigned to."""
    unit = facts.snapshot.unit
    if unit is None or facts.today < unit.period.opens:
        return
    by_office: dict[str | None, list[str]] = {}
    for leaf in incomplete(facts):
        by_office.setdefault(leaf.dossier.responsible, []).append(leaf.criterion.id)
    for key, ids in by_office.items():
        office = unit.offices.get(key) if key else None
        finding = CHECK.at(
            "evidence",
            subject=key or "",
            variant=_variant(known=office is not None, long=len(ids) > _SHOWN),
            title=office.title if office else "",
            count=len(ids),
            ids=ids,
            shown=ids[:_SHOWN],
            others=len(ids) - _SHOWN,
            closes=unit.period.closes,
        )
        yield replace(finding, office=key) if office else finding


def _variant(*, known: bool, long: bool) -> str | None:
    if known:
        return "long" if long else None
    return "nobody_long" if long else "nobody"
