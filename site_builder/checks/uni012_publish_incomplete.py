"""The decision to publish says what, after which step and by which document."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("UNI012", "publish-incomplete", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    if unit is None or unit.publish is None:
        return
    publish = unit.publish
    given = {"what": publish.what, "after": publish.after, "document": publish.document}
    absent = tuple(key for key, text in given.items() if not text.strip())
    if absent:
        yield CHECK.at(unit.path, line=publish.line, absent=absent)
