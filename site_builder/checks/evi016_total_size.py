"""Everything together fits what the host holds."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.evidence import EntryKind
from site_builder.model.finding import Check, Finding, Severity

NEAR = Check("EVI016", "near-host-limit", Severity.WARNING)
OVER = Check("EVI017", "over-host-limit", Severity.ERROR)
CHECKS = (NEAR, OVER)

_MIB = 1024 * 1024
_NEAR_PERCENT = 90
_LARGEST = 3


def run(facts: Facts) -> Iterator[Finding]:
    """At most one finding, with the largest files."""
    unit = facts.snapshot.unit
    if unit is None:
        return
    limit = unit.options.host_limit_mb
    files = [entry for entry in facts.snapshot.entries if entry.kind is EntryKind.FILE]
    total = sum(entry.size for entry in files)
    if total * 100 < limit * _MIB * _NEAR_PERCENT:
        return
    largest = sorted(files, key=lambda entry: (-entry.size, entry.path))[:_LARGEST]
    check = OVER if total > limit * _MIB else NEAR
    yield check.at(
        "evidence",
        total=total // _MIB,
        limit=limit,
        percent=total * 100 // (limit * _MIB) if limit else 100,
        largest="; ".join(f"{entry.path} ({entry.size // _MIB} MB)" for entry in largest),
    )
