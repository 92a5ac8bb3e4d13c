"""Files that programs leave behind: told once per folder, never counted as evidence."""

from collections.abc import Iterator

from site_builder.checks.folders import visible
from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("TRE022", "noise", Severity.NOTICE)

# Git's own: there on purpose, to hold an empty folder or to say what is not kept.
_KEPT = frozenset({".gitkeep", ".gitignore", ".gitattributes"})


def run(facts: Facts) -> Iterator[Finding]:
    by_folder: dict[str, list[str]] = {}
    for entry in facts.snapshot.entries:
        if entry.noise and entry.name not in _KEPT:
            by_folder.setdefault(entry.parent, []).append(entry.name)
    for folder, names in by_folder.items():
        yield CHECK.at(folder, names=tuple(map(visible, names)), count=len(names))
