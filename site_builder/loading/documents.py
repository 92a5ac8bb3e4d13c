"""The rows of the evidence index of each leaf: what is listed, then what merely lies there."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

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
from site_builder.model.mappings import empty
from site_builder.model.text import fold, fold_key, natural_key, nfc
from site_builder.model.values import row, value

_SUPPLEMENT = re.compile(r"bo_sung_(\d{1,3})\Z", re.ASCII)
_SPACES = re.compile(r"\s+")


@value
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
    piles = [_pile(each) for each in filed]
    library = Library(criteria, piles)
    return {pile.filed.criterion: _dossier(pile, criteria, library) for pile in piles}


@row
class Pile:
    """The papers of one criterion in order.

    Attributes:
        files: its own, in natural order.
        answers: files of its supplements by folder.
        documents: its own rows; those cited from elsewhere are still absent.
    """

    filed: Filed
    files: tuple[EvidenceFile, ...] = ()
    answers: Mapping[str, Sequence[EvidenceFile]] = field(default_factory=empty)
    documents: tuple[Document, ...] = ()


def _pile(filed: Filed) -> Pile:
    if not filed.files:
        return Pile(filed, documents=_own_documents((), filed))
    files = filed.files
    if len(files) > 1:
        files = tuple(sorted(files, key=lambda file: natural_key(file.path)))
    files, answers = _apart(files, filed.homes)
    return Pile(filed, files, answers, _own_documents(files, filed))


def _dossier(pile: Pile, criteria: CriteriaSet, library: "Library") -> Dossier:
    filed = pile.filed
    documents = library.with_cited(pile)
    if documents:
        slots = criteria.by_id[filed.criterion].slots
        documents = fill_slots(filed.criterion, slots, documents)
    return Dossier(
        criterion=filed.criterion,
        folder=filed.folder,
        exists=filed.exists,
        responsible=filed.responsible,
        supporting=filed.supporting,
        explanation=filed.explanation,
        files=pile.files,
        documents=documents,
        supplements=_supplements(pile, library),
    )


def _supplements(pile: Pile, library: "Library") -> tuple[Supplement, ...]:
    explained = pile.filed.supplements
    if not pile.answers and not explained:
        return ()
    return tuple(
        Supplement(
            number=supplement_number(folder.rpartition("/")[2]) or 0,
            folder=folder,
            explanation=explained.get(folder),
            files=tuple(pile.answers.get(folder, ())),
            cited=library.cited(explained.get(folder), pile.filed),
        )
        for folder in sorted({*pile.answers, *explained}, key=natural_key)
    )


def _apart(
    files: tuple[EvidenceFile, ...], homes: tuple[str, ...]
) -> tuple[tuple[EvidenceFile, ...], dict[str, list[EvidenceFile]]]:
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
    return (tuple(own) if answers else files), answers


def _home_of(path: str, homes: tuple[str, ...]) -> str:
    if len(homes) == 1:
        return homes[0]
    return max((home for home in homes if path.startswith(f"{home}/")), key=len, default="")


def _own_documents(files: tuple[EvidenceFile, ...], filed: Filed) -> tuple[Document, ...]:
    """Listed files, folders and links in written order, then the rest by name."""
    documents: list[Document] = []
    taken: set[str] = set()
    if filed.explanation is not None and filed.explanation.documents:
        documents.extend(_listed_documents(files, filed.explanation))
        taken = {file.path for document in documents for file in document.files}
    groups: dict[str, list[EvidenceFile]] = {}
    for file in files:
        if file.path not in taken:
            home = _home_of(file.path, filed.homes)
            first = file.path[len(home) + 1 :].partition("/")[0]
            groups.setdefault(f"{home}/{first}", []).append(file)
    documents.extend(
        _file_document(inside[0], None)
        if inside[0].path == path
        else _folder_document(path, inside, None)
        for path, inside in groups.items()
    )
    return tuple(documents)


def _listed_documents(
    files: tuple[EvidenceFile, ...], explanation: Explanation
) -> Iterator[Document]:
    """What ``tai_lieu`` names and the leaf has; what is absent is a check's business."""
    folder = explanation.path.rpartition("/")[0]
    by_path = {file.path: file for file in files}
    targets = [join(folder, entry.file) if entry.file else None for entry in explanation.documents]
    # A file that is listed by itself is no part of a listed folder around it.
    alone = {path for path in targets if path in by_path}
    taken: set[str] = set()
    for entry, path in zip(explanation.documents, targets, strict=True):
        if path is None:
            if entry.link and not entry.file:
                title = entry.subject or entry.link
                yield Document(kind=DocumentKind.LINK, path=entry.link, title=title, listing=entry)
        elif path not in taken:
            taken.add(path)
            if path in by_path:
                yield _file_document(by_path[path], entry)
            elif inside := [
                file
                for file in files
                if file.path.startswith(f"{path}/") and file.path not in alone
            ]:
                yield _folder_document(path, inside, entry)


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


class Library:
    """Finds another leaf's document by its path or number; built when first asked."""

    def __init__(self, criteria: CriteriaSet, piles: Sequence[Pile]) -> None:
        self._criteria = criteria
        self._piles = piles
        self._ids: IdIndex | None = None
        self._folders: dict[str, str] = {}
        self._by_path: dict[str, tuple[str, Document]] = {}
        self._by_number: dict[str, list[tuple[str, Document]]] = {}

    def with_cited(self, pile: Pile) -> tuple[Document, ...]:
        """The documents of a leaf with those of other leaves put where its list cites them."""
        explanation = pile.filed.explanation
        if explanation is None or not any(entry.see for entry in explanation.documents):
            return pile.documents
        own = {id(document.listing): document for document in pile.documents}
        documents: list[Document] = []
        for entry in explanation.documents:
            if id(entry) in own:
                documents.append(own[id(entry)])
            else:
                documents.extend(self._cited(entry, pile.filed))
        documents.extend(document for document in pile.documents if document.listing is None)
        return tuple(documents)

    def cited(self, explanation: Explanation | None, reader: Filed) -> tuple[Document, ...]:
        """What the entries of a supplement lead to."""
        listed = explanation.documents if explanation else ()
        return tuple(found for entry in listed for found in self._cited(entry, reader))

    def _cited(self, entry: ListedDocument, reader: Filed) -> Iterator[Document]:
        """The document that an entry leads to, if it does; one that names a file does not."""
        if entry.see and not entry.file and not entry.link:
            found = self.find(entry.see, reader)
            if found is not None:
                yield _reference(entry, *found)

    def find(self, see: str, reader: Filed) -> tuple[str, Document] | None:
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

    def _paths(self, see: str, reader: Filed) -> Iterable[str]:
        cleaned = see.replace("\\", "/").lstrip("/")
        yield cleaned
        # From the leaf's own folder up: a file of the field's folder goes by its bare name.
        folder = reader.folder
        while folder:
            path = join(folder, cleaned)
            if path is not None:
                yield path
            folder = folder.rpartition("/")[0]
        # Folders were renamed since: the ids in the path still lead there.
        parts = [part for part in cleaned.split("/") if part not in {"", ".", ".."}]
        for place in range(len(parts) - 2, -1, -1):
            id_ = self._ids.match(parts[place]) if self._ids else None
            if id_ is not None and id_ in self._folders:
                yield "/".join((self._folders[id_], *parts[place + 1 :]))
                return

    def _build(self) -> None:
        self._ids = IdIndex(self._criteria.by_id)
        for pile in self._piles:
            id_ = pile.filed.criterion
            self._folders[id_] = pile.filed.folder
            for file in pile.files:
                self._by_path.setdefault(file.path, (id_, _file_document(file, None)))
            for document in pile.documents:
                if document.kind is not DocumentKind.LINK:
                    self._by_path[document.path] = (id_, document)
                if document.number:
                    self._by_number.setdefault(_number(document.number), []).append((id_, document))


def _reference(entry: ListedDocument, source: str, target: Document) -> Document:
    return Document(
        kind=DocumentKind.REFERENCE,
        path=target.path,
        title=entry.subject or target.title,
        files=target.files,
        listing=entry,
        source=source,
    )


def _number(text: str) -> str:
    """A document number as compared: spaces, marks and case aside."""
    return _SPACES.sub("", fold(text))
