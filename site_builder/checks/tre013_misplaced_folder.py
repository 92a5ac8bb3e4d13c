"""A criterion's folder lies in the folder of the criterion above it."""

from collections.abc import Iterator

from site_builder.checks.folders import parent_of
from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("TRE013", "misplaced-folder", Severity.WARNING)


def run(facts: Facts) -> Iterator[Finding]:
    if not facts.set_is_whole:
        return
    for match in facts.snapshot.folders:
        if match.criterion is None or match.path == match.expected or not match.expected:
            continue
        dossier = facts.snapshot.dossiers.get(match.criterion)
        if dossier is None or dossier.folder != match.path:
            continue  # the second of two folders: what to do about it is said there
        if parent_of(match.path) != parent_of(match.expected):
            yield CHECK.at(match.path, criterion=match.criterion, expected=match.expected)
