"""The repository lives where the commune decided that it may."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

UNKNOWN = Check("HOS002", "unknown-host", Severity.WARNING)
UNDECIDED = Check("HOS003", "host-undecided", Severity.NOTICE)
CHECKS = (UNKNOWN, UNDECIDED)


def run(facts: Facts) -> Iterator[Finding]:
    """Only in CI, where the forge's name is known."""
    hosting, unit = facts.snapshot.hosting, facts.snapshot.unit
    if hosting is None or unit is None or not hosting.host:
        return
    allowed = unit.options.hosts_allowed
    if hosting.host.lower() in {host.lower() for host in allowed}:
        return
    check = UNKNOWN if allowed else UNDECIDED
    yield check.at(unit.path, subject=hosting.host, host=hosting.host, allowed=allowed)
