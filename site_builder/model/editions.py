"""What each edition may know: everything else is taken out before anything is rendered.

A page cannot show by mistake what its results no longer hold, so these functions and not the
templates decide who sees what.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from site_builder.model.dossier import (
    Document,
    DocumentKind,
    Dossier,
    Explanation,
    ListedDocument,
    Supplement,
)
from site_builder.model.evidence import Change, EvidenceFile, Revision
from site_builder.model.finding import Finding, Kind
from site_builder.model.mappings import empty
from site_builder.model.results import Edition, Results
from site_builder.model.score import Awarded, LeafScore, Score, ScoreSheet, Unscored
from site_builder.model.snapshot import Snapshot
from site_builder.model.unit import Options, Unit


def for_edition(results: Results, edition: Edition) -> Results:
    """The results without everything that ``edition`` must not show.

    working: all of it. assessor: no open findings, e-mails, names of authors, hashes of single
    changes, internal milestones. public: scores, and texts and documents marked
    ``cong_khai: true``; of the rest not even a name.
    """
    if edition is Edition.WORKING:
        return replace(results, edition=edition)
    if edition is Edition.ASSESSOR:
        return replace(
            results,
            edition=edition,
            snapshot=_assessor_snapshot(results.snapshot),
            findings=tuple(_answered(results.findings)),
        )
    snapshot = _public_snapshot(results.snapshot)
    explained = {
        id_ for id_, dossier in snapshot.dossiers.items() if dossier.explanation is not None
    }
    return replace(
        results,
        edition=edition,
        snapshot=snapshot,
        sheet=_public_sheet(results.sheet, explained),
        findings=(),
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
        revision=_bare(snapshot.revision),
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


def _bare(revision: Revision) -> Revision:
    return replace(revision, last=None, first=None)


# --- public


def _public_snapshot(snapshot: Snapshot) -> Snapshot:
    shown = frozenset(
        file.path
        for dossier in snapshot.dossiers.values()
        for document in dossier.documents
        if document.public and document.kind is not DocumentKind.REFERENCE
        for file in document.files
    )
    return replace(
        snapshot,
        unit=_public_unit(snapshot.unit) if snapshot.unit else None,
        entries=(),
        folders=(),
        dossiers={
            id_: _public_dossier(dossier, shown) for id_, dossier in snapshot.dossiers.items()
        },
        results=empty(),
        revision=_bare(snapshot.revision),
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


def _public_dossier(dossier: Dossier, shown: frozenset[str]) -> Dossier:
    """The dossier with what is marked public; ``shown`` are the paths of public files."""
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
                files=_public_supplement_files(supplement),
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
        answers=empty(),
        documents=tuple(listed for listed in explanation.documents if listed.public),
    )


def _public_supplement_files(supplement: Supplement) -> tuple[EvidenceFile, ...]:
    listed: tuple[ListedDocument, ...] = (
        supplement.explanation.documents if supplement.explanation else ()
    )
    names = {document.file for document in listed if document.public and document.file}
    return tuple(
        _unsigned(file)
        for file in supplement.files
        if file.path.removeprefix(f"{supplement.folder}/") in names
    )


def _unsigned(file: EvidenceFile) -> EvidenceFile:
    return replace(file, first=None, last=None)


def _public_sheet(sheet: ScoreSheet, explained: set[str]) -> ScoreSheet:
    """The points without what documents, mostly not public, have to do with them."""
    nothing = Decimal(0)
    leaves: dict[str, LeafScore] = {}
    for id_, leaf in sheet.leaves.items():
        by_rule = leaf.by_rule if id_ in explained else _without_steps(leaf.by_rule)
        leaves[id_] = replace(leaf, by_rule=by_rule, at_risk=nothing)
    return replace(
        sheet,
        leaves=leaves,
        nodes={id_: replace(node, at_risk=nothing) for id_, node in sheet.nodes.items()},
        total=replace(sheet.total, at_risk=nothing),
    )


def _without_steps(score: Score) -> Score:
    """The points alone: steps and reasons repeat figures of an explanation that is not public."""
    if isinstance(score, Awarded):
        return replace(score, because=())
    return Unscored(score.reason)
