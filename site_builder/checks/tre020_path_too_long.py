"""Whole paths fit into what Windows allows, the folder of the copy on the computer included."""

from collections.abc import Iterator

from site_builder.checks.folders import visible
from site_builder.checks.protocols import Facts
from site_builder.model.evidence import Entry
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("TRE020", "path-too-long", Severity.WARNING)

_WINDOWS = 259  # characters of a whole path, as Explorer and Office count
_CHECKOUT = 49  # room for C:\Users\<name>\Documents\<repository>\
LIMIT = _WINDOWS - _CHECKOUT


def run(facts: Facts) -> Iterator[Finding]:
    """One finding per folder: its longest path, and how many are too long."""
    by_folder: dict[str, list[Entry]] = {}
    for entry in facts.snapshot.entries:
        if len(entry.path) > LIMIT:
            by_folder.setdefault(entry.parent, []).append(entry)
    for folder, entries in by_folder.items():
        if len(folder) > LIMIT:
            continue  # the folder's own path is too long already, which is said once
        longest = max(entries, key=lambda entry: (len(entry.path), entry.path))
        yield CHECK.at(
            longest.path,
            subject=folder,
            variant=None if len(entries) == 1 else "several",
            name=visible(longest.name),
            length=len(longest.path),
            limit=LIMIT,
            over=len(longest.path) - LIMIT,
            count=len(entries),
            folder=visible(folder),
        )
