"""A date that decides points belongs to the covered year, or shortly before it."""

from collections.abc import Iterator
from datetime import date, timedelta

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.rule import Entry
from site_builder.reading.inputs import day

CHECK = Check("EXP026", "improbable-day", Severity.WARNING)

# Plans of a year are issued in the last months before it.
_BEFORE = timedelta(days=92)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """In January people type last year's number, and full points follow from a slip."""
    written = dossier.explanation.on if dossier.explanation else None
    if written is None:
        return
    leaf = facts.leaves.get(dossier.criterion)
    unit = facts.snapshot.unit
    if leaf is None or unit is None or not leaf.applies:
        return
    spec = next((each for each in leaf.specs if each.entry is Entry.DATE and each.needed), None)
    value = day(leaf.explanation, spec) if spec else None
    first, last = unit.period.covers_from - _BEFORE, unit.period.closes
    if isinstance(value, date) and not first <= value <= last:
        yield CHECK.at(
            leaf.path,
            line=written.line,
            criterion=dossier.criterion,
            variant="before" if value < first else None,
            title=leaf.criterion.title,
            value=value,
            year=str(unit.period.year),
            last=last,
        )
