"""What each edition may know: everything else is taken out before anything is rendered.

A page cannot show by mistake what its results no longer hold, so these functions and not the
templates decide who sees what.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from site_builder.model.approval import NOT_APPROVED, ApprovalState, ApprovalStatus
from site_builder.model.change import NOT_COMPARED
from site_builder.model.dossier import (
    Document,
    DocumentKind,
    Dossier,
    Explanation,
    ListedDocument,
    Supplement,
)
from site_builder.model.evidence import Change, EvidenceFile, LeafEvent, Revision
from site_builder.model.finding import Finding, Kind, Location
from site_builder.model.mappings import empty
from site_builder.model.processed import FileFacts, Processed
from site_builder.model.publishable import LIFTED_BY, is_secret, obstacles
from site_builder.model.results import NO_DIGESTS, Edition, Results
from site_builder.model.score import Awarded, LeafScore, NodeScore, Score, ScoreSheet, Unscored
from site_builder.model.snapshot import Snapshot
from site_builder.model.unit import Options, Unit
from site_builder.model.verdict import NOTHING_RECORDED

_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")

# Of the check that finds a mark of state secrecy.
SECRET_CODE = "PRI003"  # noqa: S105 - a code, not a password


def for_edition(results: Results, edition: Edition) -> Results:
    """The results without everything that ``edition`` must not show.

    Every edition: nothing of a file that bears a mark of state secrecy. working: all the rest.
    assessor: no open findings, e-mails, names of authors, hashes of single changes, internal
    milestones, personal data found, and of the history offices and days alone. public: scores,
    and texts and documents marked ``cong_khai: true`` that nothing keeps from the public
    (``model/publishable.py``); of the rest not even a name.
    """
    results = _with_told_events(_without_secrets(results))
    if edition is Edition.WORKING:
        return replace(results, edition=edition, processed=_shown_facts(results))
    if edition is Edition.ASSESSOR:
        results = replace(
            results,
            edition=edition,
            snapshot=_assessor_snapshot(results.snapshot),
            findings=tuple(_answered(results.findings)),
            approval=_settled(results.approval),
        )
        return replace(results, processed=_impersonal(_shown_facts(results)))
    snapshot = _public_snapshot(results.snapshot, _withheld(results))
    explained = {
        id_ for id_, dossier in snapshot.dossiers.items() if dossier.explanation is not None
    }
    results = replace(
        results,
        edition=edition,
        snapshot=snapshot,
        sheet=_public_sheet(results, explained),
        findings=(),
        digests=NO_DIGESTS,
        approval=NOT_APPROVED,
        changes=NOT_COMPARED,
    )
    return replace(results, processed=_impersonal(_shown_facts(results)))


# --- what was read out of files


def _shown_facts(results: Results) -> Processed:
    """The facts, excerpts and texts of the files that the snapshot still holds."""
    shown = {file.sha256 for file in shown_files(results.snapshot)}
    processed = results.processed
    return replace(
        processed,
        facts={digest: processed.facts[digest] for digest in processed.facts if digest in shown},
        excerpts={
            digest: processed.excerpts[digest] for digest in processed.excerpts if digest in shown
        },
        texts={digest: processed.texts[digest] for digest in processed.texts if digest in shown},
    )


def shown_files(snapshot: Snapshot) -> Iterable[EvidenceFile]:
    """Every file that the snapshot holds, whichever way; some more than once."""
    for dossier in snapshot.dossiers.values():
        yield from dossier.files
        for document in dossier.documents:
            yield from document.files
        for supplement in dossier.supplements:
            yield from supplement.files


def _impersonal(processed: Processed) -> Processed:
    """The facts without what was found about people; it is for the unit to mend."""
    return replace(
        processed,
        facts={digest: _without_people(facts) for digest, facts in processed.facts.items()},
    )


def _without_people(facts: FileFacts) -> FileFacts:
    return replace(
        facts,
        personal=(),
        flags=tuple(flag for flag in facts.flags if flag.name not in {"author", "gps", "device"}),
    )


# --- state secrets


def _without_secrets(results: Results) -> Results:
    secret = frozenset(
        digest for digest, facts in results.processed.facts.items() if is_secret(facts)
    )
    if not secret:
        return results
    snapshot = results.snapshot
    paths = frozenset(file.path for file in snapshot.files() if file.sha256 in secret)
    return replace(
        results,
        snapshot=replace(
            snapshot,
            entries=tuple(entry for entry in snapshot.entries if entry.path not in paths),
            dossiers={
                id_: _without_files(dossier, secret) for id_, dossier in snapshot.dossiers.items()
            },
        ),
        findings=tuple(_unnamed(results.findings, paths)),
    )


def _without_files(dossier: Dossier, secret: frozenset[str]) -> Dossier:
    kept: list[Document] = []
    dropped: list[ListedDocument] = []
    for document in dossier.documents:
        files = _keep(document.files, secret)
        if files or not document.files:
            kept.append(replace(document, files=files))
        elif document.listing is not None:
            dropped.append(document.listing)
    explanation = dossier.explanation
    if explanation is not None and dropped:
        listed = tuple(each for each in explanation.documents if each not in dropped)
        explanation = replace(explanation, documents=listed)
    return replace(
        dossier,
        explanation=explanation,
        files=_keep(dossier.files, secret),
        documents=tuple(kept),
        supplements=tuple(
            replace(
                supplement,
                files=_keep(supplement.files, secret),
                cited=tuple(
                    replace(document, files=files)
                    for document in supplement.cited
                    if (files := _keep(document.files, secret))
                ),
            )
            for supplement in dossier.supplements
        ),
    )


def _keep(files: Iterable[EvidenceFile], secret: frozenset[str]) -> tuple[EvidenceFile, ...]:
    return tuple(file for file in files if file.sha256 not in secret)


def _unnamed(findings: Iterable[Finding], paths: frozenset[str]) -> Iterable[Finding]:
    """The findings; of a secret file only that there is one, and in which folder."""
    for finding in findings:
        path = finding.location.path
        if path in paths:
            if finding.check.code == SECRET_CODE:
                folder = path.rpartition("/")[0]
                yield replace(finding, location=Location(folder), subject="", params=empty())
        elif not any(_names(finding, path) for path in paths):
            yield finding


def _names(finding: Finding, path: str) -> bool:
    name = path.rpartition("/")[2]
    said = (finding.subject, *map(str, finding.params.values()))
    return any(name in text for text in said)


def _with_told_events(results: Results) -> Results:
    """The history without names of files that are gone or that nobody may see."""
    snapshot = results.snapshot
    if not snapshot.events:
        return results
    shown = {file.path for file in shown_files(snapshot)}
    events: dict[str, tuple[LeafEvent, ...]] = {}
    for id_, happened in snapshot.events.items():
        dossier = snapshot.dossiers.get(id_)
        folder = dossier.folder if dossier is not None else ""
        events[id_] = tuple(
            replace(
                event,
                added=_told(event.added, folder, shown),
                replaced=_told(event.replaced, folder, shown),
                renamed=_told(event.renamed, folder, shown),
            )
            for event in happened
        )
    return replace(results, snapshot=replace(snapshot, events=events))


def _told(names: tuple[str, ...], folder: str, shown: set[str]) -> tuple[str, ...]:
    return tuple(name if f"{folder}/{name}" in shown else "" for name in names)


# --- assessor and public


def _withheld(results: Results) -> frozenset[str]:
    """Paths of files that something keeps from the public and no exception lets through."""
    excepted = {
        (finding.check.code, finding.location.path)
        for finding in results.findings
        if finding.suppressed is not None and finding.suppressed.source == "exception"
    }
    return frozenset(
        file.path
        for file in shown_files(results.snapshot)
        if any(
            (LIFTED_BY.get(obstacle), file.path) not in excepted
            for obstacle in obstacles(results.processed.of(file.sha256))
        )
    )


def _answered(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Findings that somebody answered for: an assessor weighs the reasons."""
    return (
        finding
        for finding in findings
        if finding.suppressed is not None and finding.check.kind is not Kind.TIME
    )


# --- assessor


def _assessor_snapshot(snapshot: Snapshot) -> Snapshot:
    dossiers = {id_: _assessor_dossier(dossier) for id_, dossier in snapshot.dossiers.items()}
    return replace(
        snapshot,
        unit=_assessor_unit(snapshot.unit) if snapshot.unit else None,
        entries=(),
        folders=(),
        dossiers=dossiers,
        approval=None,
        revision=_bare(snapshot.revision),
        events={id_: _days(events) for id_, events in snapshot.events.items()},
        hosting=None,
    )


def _assessor_unit(unit: Unit) -> Unit:
    return replace(
        unit,
        offices={key: replace(office, emails=()) for key, office in unit.offices.items()},
        period=replace(unit.period, milestones=()),
        exceptions=(),
        options=Options(),
    )


def _assessor_dossier(dossier: Dossier) -> Dossier:
    return replace(
        dossier,
        files=tuple(_by_office(file) for file in dossier.files),
        documents=tuple(_assessor_document(document) for document in dossier.documents),
        supplements=tuple(
            replace(
                supplement,
                files=tuple(_by_office(file) for file in supplement.files),
                cited=tuple(_assessor_document(document) for document in supplement.cited),
            )
            for supplement in dossier.supplements
        ),
    )


def _assessor_document(document: Document) -> Document:
    return replace(document, files=tuple(_by_office(file) for file in document.files))


def _by_office(file: EvidenceFile) -> EvidenceFile:
    """The file with offices and days of its changes, without authors and commits."""
    return replace(file, first=_nameless(file.first), last=_nameless(file.last))


def _nameless(change: Change | None) -> Change | None:
    return replace(change, commit="", author="") if change else None


def _settled(approval: ApprovalStatus) -> ApprovalStatus:
    """An approval that holds; what the unit still has to see to is its own affair."""
    return approval if approval.state is ApprovalState.CURRENT else NOT_APPROVED


def _days(events: Iterable[LeafEvent]) -> tuple[LeafEvent, ...]:
    """Offices and days of changes, each once, and nothing of what was done."""
    found: dict[object, LeafEvent] = {}
    for event in events:
        change = replace(event.change, commit="", author="")
        found.setdefault((change.office, change.at), LeafEvent(change=change))
    return tuple(found.values())


def _bare(revision: Revision) -> Revision:
    return replace(revision, last=None, first=None)


# --- public


def _public_snapshot(snapshot: Snapshot, withheld: frozenset[str]) -> Snapshot:
    shown = frozenset(
        file.path
        for dossier in snapshot.dossiers.values()
        for document in dossier.documents
        if document.public and document.kind is not DocumentKind.REFERENCE
        for file in document.files
        if file.path not in withheld
    )
    return replace(
        snapshot,
        unit=_public_unit(snapshot.unit) if snapshot.unit else None,
        entries=(),
        folders=(),
        dossiers={
            id_: _public_dossier(dossier, shown, withheld)
            for id_, dossier in snapshot.dossiers.items()
        },
        explanation_digests=empty(),
        results=empty(),
        verdicts=NOTHING_RECORDED,
        tombstones=(),
        approval=None,
        revision=_bare(snapshot.revision),
        events=empty(),
        hosting=None,
    )


def _public_unit(unit: Unit) -> Unit:
    return replace(
        unit,
        offices=empty(),
        assignments=empty(),
        exceptions=(),
        options=Options(),
        period=replace(unit.period, milestones=()),
    )


def _public_dossier(dossier: Dossier, shown: frozenset[str], withheld: frozenset[str]) -> Dossier:
    """The dossier with what is public.

    ``shown`` are the paths of public files, ``withheld`` of those that may not be.
    """
    return Dossier(
        criterion=dossier.criterion,
        folder="",
        exists=dossier.exists,
        explanation=_public_explanation(dossier.explanation),
        files=tuple(_unsigned(file) for file in dossier.files if file.path in shown),
        documents=_public_documents(dossier.documents, shown),
        supplements=tuple(
            replace(
                supplement,
                folder="",
                explanation=_public_explanation(supplement.explanation),
                files=_public_supplement_files(supplement, withheld),
                cited=_public_documents(supplement.cited, shown),
            )
            for supplement in dossier.supplements
            if supplement.explanation is not None and supplement.explanation.public
        ),
    )


def _public_documents(documents: Iterable[Document], shown: frozenset[str]) -> tuple[Document, ...]:
    kept = (_public_document(document, shown) for document in documents)
    return tuple(document for document in kept if document is not None)


def _public_document(document: Document, shown: frozenset[str]) -> Document | None:
    if not document.public:
        return None
    if document.kind is DocumentKind.LINK:
        return document
    # A reference does not make another leaf's file public: that file's own leaf decides.
    files = tuple(_unsigned(file) for file in document.files if file.path in shown)
    return replace(document, files=files) if files else None


def _public_explanation(explanation: Explanation | None) -> Explanation | None:
    if explanation is None or not explanation.public:
        return None
    return replace(
        explanation,
        # Where pages need a link they resolve that of the body; elsewhere it only names a file.
        text=_LINK.sub(r"\1", explanation.text),
        answers=empty(),
        documents=tuple(listed for listed in explanation.documents if listed.public),
    )


def _public_supplement_files(
    supplement: Supplement, withheld: frozenset[str]
) -> tuple[EvidenceFile, ...]:
    listed: tuple[ListedDocument, ...] = (
        supplement.explanation.documents if supplement.explanation else ()
    )
    names = {document.file for document in listed if document.public and document.file}
    return tuple(
        _unsigned(file)
        for file in supplement.files
        if file.path.removeprefix(f"{supplement.folder}/") in names and file.path not in withheld
    )


def _unsigned(file: EvidenceFile) -> EvidenceFile:
    return replace(file, first=None, last=None)


def _public_sheet(results: Results, explained: set[str]) -> ScoreSheet:
    """The points without what documents, mostly not public, have to do with them.

    Nor what assessors say: the public sees what was claimed and what was published.
    """
    nothing = Decimal(0)
    sheet, published = results.sheet, results.snapshot.results
    leaves: dict[str, LeafScore] = {}
    for id_, leaf in sheet.leaves.items():
        by_rule = leaf.by_rule if id_ in explained else _without_steps(leaf.by_rule)
        leaves[id_] = replace(
            leaf,
            by_rule=by_rule,
            at_risk=nothing,
            asked=leaf.claimed,
            appraisals=(),
            appraised=empty(),
            final=leaf.final if id_ in published else leaf.decided,
        )
    return replace(
        sheet,
        leaves=leaves,
        nodes={id_: _public_node(node) for id_, node in sheet.nodes.items()},
        total=_public_node(sheet.total),
    )


def _public_node(node: NodeScore) -> NodeScore:
    nothing = Decimal(0)
    return replace(
        node,
        at_risk=nothing,
        appraised=nothing,
        appraised_max=nothing,
        final=nothing,
        final_max=nothing,
    )


def _without_steps(score: Score) -> Score:
    """The points alone: steps and reasons repeat figures of an explanation that is not public."""
    if isinstance(score, Awarded):
        return replace(score, because=())
    return Unscored(score.reason)
