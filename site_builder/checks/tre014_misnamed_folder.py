"""The name of a criterion's folder is its id, a hyphen and a few words."""

from collections.abc import Iterator

from site_builder.checks.folders import name_of, parent_of
from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("TRE014", "misnamed-folder", Severity.WARNING)


def run(facts: Facts) -> Iterator[Finding]:
    if not facts.set_is_whole:
        return
    for match in facts.snapshot.folders:
        if match.criterion is None or match.path == match.expected:
            continue
        dossier = facts.snapshot.dossiers.get(match.criterion)
        if dossier is None or dossier.folder != match.path:
            continue  # the second of two folders: what to do about it is said there
        name = name_of(match.path)
        # The bare id is short of words, not of sense.
        if parent_of(match.path) == parent_of(match.expected) and name != match.criterion:
            yield CHECK.at(
                match.path,
                criterion=match.criterion,
                name=name,
                proposed=name_of(match.expected),
            )
