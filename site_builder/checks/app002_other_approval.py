"""An approval is of this period and this criteria set."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.approval import misfits
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.snapshot import APPROVAL_PATH

CHECK = Check("APP002", "other-approval", Severity.WARNING)


def run(facts: Facts) -> Iterator[Finding]:
    approval, unit, criteria = (
        facts.snapshot.approval,
        facts.snapshot.unit,
        facts.snapshot.criteria,
    )
    if approval is None:
        return
    known = {
        "period": (approval.period, unit.period.id if unit else ""),
        "set": (approval.set_id, criteria.id if criteria else ""),
    }
    for misfit in misfits(facts.snapshot):
        found, expected = known[misfit]
        yield CHECK.at(
            APPROVAL_PATH,
            line=approval.line,
            subject=misfit,
            variant=misfit,
            document=approval.document,
            found=found,
            expected=expected,
        )
