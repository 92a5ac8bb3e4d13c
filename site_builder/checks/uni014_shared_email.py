"""An e-mail address tells one office: with two, nobody knows who brought a file."""

from collections.abc import Iterator
from datetime import date

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.unit import Office

CHECK = Check("UNI014", "shared-email", Severity.WARNING)


def run(facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    if unit is None:
        return
    holders: dict[str, list[Office]] = {}
    for office in unit.offices.values():
        # The address itself stays out of the report: reports are shown, addresses are not.
        for number, email in enumerate(dict.fromkeys(office.emails), 1):
            for other in holders.setdefault(email.lower(), []):
                if _same_time(other, office):
                    yield CHECK.at(
                        unit.path,
                        line=office.line,
                        subject=f"{other.key}:{office.key}",
                        title=office.title,
                        other=other.title,
                        number=number,
                    )
            holders[email.lower()].append(office)


def _same_time(one: Office, two: Office) -> bool:
    """After a merger the same person may serve the new office with the old address."""
    start = max(one.from_ or date.min, two.from_ or date.min)
    end = min(one.to or date.max, two.to or date.max)
    return start <= end
