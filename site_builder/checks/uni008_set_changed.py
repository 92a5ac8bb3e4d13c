"""criteria.yml is the set that unit.yml names; nothing is scored against another one."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("UNI008", "criteria-set-changed", Severity.ERROR, answerable=False)

_DIGITS = 16


def run(facts: Facts) -> Iterator[Finding]:
    unit, criteria = facts.snapshot.unit, facts.snapshot.criteria
    if unit is None or criteria is None or not facts.snapshot.set_changed:
        return
    yield CHECK.at(
        unit.path,
        line=unit.criteria_set_line,
        variant=None if unit.criteria_set_id == criteria.id else "id",
        named=f"{unit.criteria_set_id}@{unit.criteria_set_digest}".rstrip("@"),
        value=f"{criteria.id}@{criteria.digest[:_DIGITS]}",
        set_path=criteria.path,
    )
