"""Files lie in the folders of leaves; elsewhere only what the leaves below cite."""

from collections.abc import Iterator

from site_builder.checks.folders import visible
from site_builder.checks.protocols import Facts
from site_builder.model.evidence import Entry, EntryKind
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.snapshot import EVIDENCE, Snapshot

CHECK = Check("TRE016", "stray-file", Severity.WARNING)

_WELCOME = frozenset({"readme.md", "readme.txt"})
_EXPLANATIONS = frozenset({"giai-trinh.md", "giai-trinh.docx"})


def run(facts: Facts) -> Iterator[Finding]:
    snapshot, criteria = facts.snapshot, facts.snapshot.criteria
    if criteria is None or not facts.set_is_whole:
        return
    inner: dict[str, str | None] = {EVIDENCE: None}
    for match in snapshot.folders:
        if match.criterion and not criteria.by_id[match.criterion].is_leaf:
            inner[match.path] = match.criterion
    candidates = [entry for entry in snapshot.entries if _is_candidate(entry, inner)]
    if not candidates:
        return
    cited = _cited(snapshot)
    for entry in candidates:
        if entry.path not in cited:
            criterion = inner[entry.parent]
            explanation = entry.name.lower() in _EXPLANATIONS
            yield CHECK.at(
                entry.path,
                criterion=criterion,
                variant="explanation" if explanation else ("inner" if criterion else None),
                name=visible(entry.name),
                folder=entry.parent,
            )


def _is_candidate(entry: Entry, inner: dict[str, str | None]) -> bool:
    return (
        entry.parent in inner
        and entry.kind is EntryKind.FILE
        and not entry.noise
        and entry.name.lower() not in _WELCOME
    )


def _cited(snapshot: Snapshot) -> frozenset[str]:
    """Paths of the files that documents of leaves consist of."""
    criteria = snapshot.criteria
    dossiers = [snapshot.dossiers[leaf.id] for leaf in (criteria.leaves if criteria else ())]
    return frozenset(
        file.path
        for dossier in dossiers
        for documents in (dossier.documents, *(added.cited for added in dossier.supplements))
        for document in documents
        for file in document.files
    )
