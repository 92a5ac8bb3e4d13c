"""The rows of the evidence index of each leaf: what is listed, then what merely lies there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.loading.folders import IdIndex
from site_builder.model.criteria import CriteriaSet
from site_builder.model.dossier import (
    Document,
    DocumentKind,
    Dossier,
    Explanation,
    ListedDocument,
    Supplement,
)
from site_builder.model.evidence import EvidenceFile
from site_builder.model.filling import fill_slots
from site_builder.model.snapshot import EVIDENCE
from site_builder.model.text import fold, fold_key, natural_key, nfc

_SUPPLEMENT = re.compile(r"bo_sung_(\d{1,3})\Z", re.ASCII)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What lies in the folder of one leaf, before anything is made of it.

    Attributes:
        folder: to which listed files are relative.
        homes: every folder of the leaf; more than one is a fault, but the papers count.
        files: evidence files, those of supplements included, in any order.
        supplements: explanations of supplements by folder.
    """

    criterion: str
    folder: str
    exists: bool
    homes: tuple[str, ...] = ()
    files: tuple[EvidenceFile, ...] = ()
    explanation: Explanation | None = None
    supplements: Mapping[str, Explanation]
    responsible: str | None = None
    supporting: tuple[str, ...] = ()


def supplement_number(name: str) -> int | None:
    """The round that a folder ``bo-sung-<n>`` answers; None for another folder."""
    # The hyphenless start spares folding every name of the tree.
    if name[:1] not in {"b", "B"}:
        return None
    found = _SUPPLEMENT.match(fold_key(name))
    return int(found[1]) if found else None


def build_dossiers(criteria: CriteriaSet, filed: Sequence[Filed]) -> dict[str, Dossier]:
    """Dossiers by criterion id, in the order given."""
    dossiers = {each.criterion: _dossier(each) for each in filed}
    library = _Library(criteria, dossiers)
    built = {}
    for id_, dossier in dossiers.items():
        if not dossier.documents and not _has_references(dossier):
            built[id_] = dossier
            continue
        documents = _with_references(dossier, library)
        slots = criteria.by_id[id_].slots
        built[id_] = replace(dossier, documents=fill_slots(id_, slots, documents))
    return built


def _dossier(filed: Filed) -> Dossier:
    files = sorted(filed.files, key=lambda file: natural_key(file.path))
    own, answers = _apart(files, filed.homes)
    folders = sorted({*answers, *filed.supplements}, key=natural_key)
    return Dossier(
        criterion=filed.criterion,
        folder=filed.folder,
        exists=filed.exists,
        responsible=filed.responsible,
        supporting=filed.supporting,
        explanation=filed.explanation,
        files=tuple(own),
        documents=_own_documents(own, filed),
        supplements=tuple(
            Supplement(
                number=supplement_number(folder.rpartition("/")[2]) or 0,
                folder=folder,
                explanation=filed.supplements.get(folder),
                files=tuple(answers.get(folder, ())),
            )
            for folder in folders
        ),
    )


def _apart(
    files: Iterable[EvidenceFile], homes: tuple[str, ...]
) -> tuple[list[EvidenceFile], dict[str, list[EvidenceFile]]]:
    """Files of the leaf itself, and those of its supplements by folder."""
    own: list[EvidenceFile] = []
    answers: dict[str, list[EvidenceFile]] = {}
    for file in files:
        home = _home_of(file.path, homes)
        first, below, _ = file.path[len(home) + 1 :].partition("/")
        if below and supplement_number(first) is not None:
            answers.setdefault(f"{home}/{first}", []).append(file)
        else:
            own.append(file)
    return own, answers


def _home_of(path: str, homes: tuple[str, ...]) -> str:
    if len(homes) == 1:
        return homes[0]
    return max((home for home in homes if path.startswith(f"{home}/")), key=len, default="")


def _own_documents(files: list[EvidenceFile], filed: Filed) -> tuple[Document, ...]:
    """Listed files, folders and links in written order, then the rest by name."""
    listed = filed.explanation.documents if filed.explanation is not None else ()
    if not listed and not files:
        return ()
    documents: list[Document] = []
    taken: set[str] = set()
    by_path = {file.path: file for file in files}
    relative_to = filed.explanation.path.rpartition("/")[0] if filed.explanation else filed.folder
    named = {
        path
        for entry in listed
        if entry.file and (path := join(relative_to, entry.file)) in by_path
    }
    for entry in listed:
        if entry.link and not entry.file:
            documents.append(
                Document(
                    kind=DocumentKind.LINK,
                    path=entry.link,
                    title=entry.subject or entry.link,
                    listing=entry,
                )
            )
        elif entry.file:
            path = join(relative_to, entry.file)
            if path is None or path in taken:
                continue
            taken.add(path)
            if path in by_path:
                documents.append(_file_document(by_path[path], entry))
            else:
                inside = [
                    file
                    for file in files
                    if file.path.startswith(f"{path}/") and file.path not in named
                ]
                if inside:
                    documents.append(_folder_document(path, inside, entry))
                    taken.update(file.path for file in inside)
    groups: dict[str, list[EvidenceFile]] = {}
    for file in files:
        if file.path not in taken:
            home = _home_of(file.path, filed.homes)
            first = file.path[len(home) + 1 :].partition("/")[0]
            groups.setdefault(f"{home}/{first}", []).append(file)
    for path, inside in groups.items():
        documents.append(
            _file_document(inside[0], None)
            if inside[0].path == path
            else _folder_document(path, inside, None)
        )
    return tuple(documents)


def _file_document(file: EvidenceFile, listing: ListedDocument | None) -> Document:
    title = listing.subject if listing and listing.subject else file.name
    return Document(
        kind=DocumentKind.FILE, path=file.path, title=title, files=(file,), listing=listing
    )


def _folder_document(
    path: str, files: list[EvidenceFile], listing: ListedDocument | None
) -> Document:
    title = listing.subject if listing and listing.subject else path.rpartition("/")[2]
    return Document(
        kind=DocumentKind.FOLDER, path=path, title=title, files=tuple(files), listing=listing
    )


def join(folder: str, relative: str) -> str | None:
    """The path from the root that an officer means below a folder; None when it climbs out."""
    relative = nfc(relative).replace("\\", "/")
    if relative.startswith("/") or ":" in relative.partition("/")[0]:
        return None
    if "./" not in relative and "//" not in relative and relative[-1:] not in {".", "/"}:
        return f"{folder}/{relative}" if folder else relative
    parts = folder.split("/") if folder else []
    for part in relative.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def _has_references(dossier: Dossier) -> bool:
    return dossier.explanation is not None and any(
        entry.see for entry in dossier.explanation.documents
    )


def _with_references(dossier: Dossier, library: "_Library") -> tuple[Document, ...]:
    """The documents with those of other leaves put where the list cites them."""
    if not _has_references(dossier) or dossier.explanation is None:
        return dossier.documents
    by_listing = {id(each.listing): each for each in dossier.documents if each.listing}
    documents: list[Document] = []
    for entry in dossier.explanation.documents:
        if id(entry) in by_listing:
            documents.append(by_listing[id(entry)])
        elif entry.see and not entry.file and not entry.link:
            found = library.find(entry.see, dossier)
            if found is not None:
                source, target = found
                documents.append(
                    Document(
                        kind=DocumentKind.REFERENCE,
                        path=target.path,
                        title=entry.subject or target.title,
                        files=target.files,
                        listing=entry,
                        source=source,
                    )
                )
    documents.extend(each for each in dossier.documents if each.listing is None)
    return tuple(documents)


class _Library:
    """Finds another leaf's document by its path or number; built when first asked."""

    def __init__(self, criteria: CriteriaSet, dossiers: Mapping[str, Dossier]) -> None:
        self._criteria = criteria
        self._dossiers = dossiers
        self._ids: IdIndex | None = None
        self._by_path: dict[str, tuple[str, Document]] = {}
        self._by_number: dict[str, list[tuple[str, Document]]] = {}

    def find(self, see: str, reader: Dossier) -> tuple[str, Document] | None:
        """Id of the criterion that holds the document that ``see`` means, and the document."""
        if self._ids is None:
            self._build()
        see = nfc(see.strip())
        for path in self._paths(see, reader):
            if path in self._by_path:
                return self._by_path[path]
        found = self._by_number.get(_number(see), ())
        return next(
            (each for each in found if each[0] != reader.criterion), found[0] if found else None
        )

    def _paths(self, see: str, reader: Dossier) -> Iterable[str]:
        cleaned = see.replace("\\", "/").lstrip("/")
        for folder in ("", EVIDENCE, reader.folder):
            path = join(folder, cleaned)
            if path is not None:
                yield path
        # Folders were renamed since: the ids in the path still lead there.
        parts = [part for part in cleaned.split("/") if part not in {"", ".", ".."}]
        for place in range(len(parts) - 2, -1, -1):
            id_ = self._ids.match(parts[place]) if self._ids else None
            if id_ is not None and id_ in self._dossiers:
                yield "/".join((self._dossiers[id_].folder, *parts[place + 1 :]))
                return

    def _build(self) -> None:
        self._ids = IdIndex(self._criteria.by_id)
        for id_, dossier in self._dossiers.items():
            for file in dossier.files:
                title = file.name
                self._by_path.setdefault(
                    file.path,
                    (
                        id_,
                        Document(
                            kind=DocumentKind.FILE, path=file.path, title=title, files=(file,)
                        ),
                    ),
                )
            for document in dossier.documents:
                if document.kind is not DocumentKind.LINK:
                    self._by_path[document.path] = (id_, document)
                if document.number:
                    self._by_number.setdefault(_number(document.number), []).append((id_, document))


def _number(text: str) -> str:
    """A document number as compared: spaces, marks and case aside."""
    return _SPACES.sub("", fold(text))
