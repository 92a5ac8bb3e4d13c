"""Two names that differ only in case are one file on Windows: one would overwrite the other."""

from collections.abc import Iterator

from site_builder.checks.folders import visible
from site_builder.checks.protocols import Facts
from site_builder.model.evidence import Entry
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("TRE017", "names-differ-only-in-case", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    entries = facts.snapshot.entries
    if len({entry.path.lower() for entry in entries}) == len(entries):
        return
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        name = entry.name
        # By the exact folder: twins below twin folders follow from those.
        known = first.setdefault((entry.parent, name.lower()), entry)
        if known.path != entry.path:
            yield CHECK.at(entry.path, name=visible(name), other=visible(known.name))
