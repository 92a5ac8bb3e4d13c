"""Results are published after there are results."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Kind, Severity

CHECK = Check("TIM006", "publish-before-result", Severity.NOTICE, Kind.TIME)


def run(facts: Facts) -> Iterator[Finding]:
    """While self-scoring still runs, a decision to publish results cannot be carried out."""
    unit = facts.snapshot.unit
    if unit is None or unit.publish is None or unit.publish.after != "result":
        return
    if facts.today <= unit.period.closes:
        yield CHECK.at(
            unit.path,
            subject=unit.period.id,
            closes=unit.period.closes,
            document=unit.publish.document,
        )
