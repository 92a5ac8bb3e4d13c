"""Two names that look the same but are spelled with different code points."""

from collections.abc import Iterator

from site_builder.checks.folders import visible
from site_builder.checks.protocols import Facts
from site_builder.model.evidence import Entry
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("TRE019", "names-look-the-same", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    entries = facts.snapshot.entries
    if len({entry.path for entry in entries}) == len(entries):
        return
    first: dict[str, Entry] = {}
    for entry in entries:
        known = first.setdefault(entry.path, entry)
        if known.raw != entry.raw and _folder(known.raw) == _folder(entry.raw):
            yield CHECK.at(entry.path, name=visible(entry.name), folder=visible(entry.parent))


def _folder(raw: str) -> str:
    # Twins below twin folders follow from those.
    return raw.rpartition("/")[0]
