"""Files that somebody marked ``cong_khai: true``."""

from collections.abc import Iterator

from site_builder.model.dossier import DocumentKind, Dossier
from site_builder.model.evidence import EvidenceFile


def public_files(dossier: Dossier) -> Iterator[EvidenceFile]:
    """The leaf's files that the public would see, those of supplements included, each once.

    A document of another leaf (``xem``) is that leaf's to publish.
    """
    seen: set[str] = set()
    for document in dossier.documents:
        if document.public and document.kind is not DocumentKind.REFERENCE:
            for file in document.files:
                if file.path not in seen:
                    seen.add(file.path)
                    yield file
    for supplement in dossier.supplements:
        listed = supplement.explanation.documents if supplement.explanation else ()
        names = {entry.file for entry in listed if entry.public and entry.file}
        for file in supplement.files:
            if file.path.removeprefix(f"{supplement.folder}/") in names:
                yield file
