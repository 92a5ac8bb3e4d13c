"""The snapshot with what was read out of its files.

What officers typed stays what it was; what the files say of themselves fills the gaps, and may
tell which of the documents asked for a file is.
"""

from dataclasses import replace

from site_builder.model.criteria import Slot
from site_builder.model.dossier import Document, DocumentKind, Dossier, Supplement
from site_builder.model.filling import fill_by_type_read
from site_builder.model.processed import FileFacts, Processed
from site_builder.model.snapshot import Snapshot


def enriched(snapshot: Snapshot, processed: Processed) -> Snapshot:
    """The snapshot whose documents know what was read from their files.

    An unlisted document then fills the only empty slot of the type read from it. The same
    snapshot comes back when nobody looked into the files.
    """
    if not processed.facts:
        return snapshot
    nodes = snapshot.criteria.by_id if snapshot.criteria is not None else {}
    changed: dict[str, Dossier] = {}
    for id_, dossier in snapshot.dossiers.items():
        slots = nodes[id_].slots if id_ in nodes else ()
        new = _dossier(dossier, slots, processed)
        if new is not dossier:
            changed[id_] = new
    return replace(snapshot, dossiers={**snapshot.dossiers, **changed}) if changed else snapshot


def _dossier(dossier: Dossier, slots: tuple[Slot, ...], processed: Processed) -> Dossier:
    documents = _documents(dossier.documents, processed)
    supplements = _supplements(dossier.supplements, processed)
    if documents is dossier.documents and supplements is dossier.supplements:
        return dossier
    if documents is not dossier.documents and slots:
        documents = fill_by_type_read(slots, documents)
    return replace(dossier, documents=documents, supplements=supplements)


def _supplements(
    supplements: tuple[Supplement, ...], processed: Processed
) -> tuple[Supplement, ...]:
    if not any(supplement.cited for supplement in supplements):
        return supplements
    return tuple(
        replace(supplement, cited=_documents(supplement.cited, processed))
        for supplement in supplements
    )


def _documents(documents: tuple[Document, ...], processed: Processed) -> tuple[Document, ...]:
    """The documents, the very same tuple when nothing was read of any."""
    found = [_facts(document, processed) for document in documents]
    if not any(facts is not None and facts.document is not None for facts in found):
        return documents
    return tuple(
        document if facts is None or facts.document is None else _with(document, facts)
        for document, facts in zip(documents, found, strict=True)
    )


def _with(document: Document, facts: FileFacts) -> Document:
    return replace(document, read=facts.document)


def _facts(document: Document, processed: Processed) -> FileFacts | None:
    # Of several files none speaks for the document.
    if document.kind is DocumentKind.LINK or len(document.files) != 1:
        return None
    return processed.of(document.files[0].sha256)
