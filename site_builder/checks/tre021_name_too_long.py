"""A name fits where files travel: disks and archives hold 255 bytes, copies add to the name."""

from collections.abc import Iterator

from site_builder.checks.folders import visible
from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("TRE021", "name-too-long", Severity.ERROR)

LIMIT = 200  # bytes; Vietnamese letters take two or three each
_MOST_BYTES = 4  # of one character


def run(facts: Facts) -> Iterator[Finding]:
    for entry in facts.snapshot.entries:
        name = entry.name
        if len(name) * _MOST_BYTES <= LIMIT:
            continue
        size = len(name.encode("utf-8", "replace"))
        if size > LIMIT:
            yield CHECK.at(
                entry.path,
                name=visible(name),
                length=len(name),
                folder=visible(entry.parent),
            )
