"""unit.yml names the set that it was scored against; until then, the value to write."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Kind, Severity

CHECK = Check("UNI007", "criteria-set-not-named", Severity.NOTICE, Kind.INCOMPLETE)

_DIGITS = 16  # of the digest: enough to tell versions apart, short enough to read out


def run(facts: Facts) -> Iterator[Finding]:
    unit, criteria = facts.snapshot.unit, facts.snapshot.criteria
    # A set that was not read whole has faults to mend first; its digest will change.
    if unit is None or criteria is None or not facts.set_is_whole:
        return
    if not unit.criteria_set_id or not unit.criteria_set_digest:
        yield CHECK.at(
            unit.path,
            line=unit.criteria_set_line if unit.criteria_set_id else None,
            variant="version" if unit.criteria_set_id else None,
            value=f"{criteria.id}@{criteria.digest[:_DIGITS]}",
        )
