"""Which document fills which slot of a criterion.

What an officer says comes first, then what can be told without a doubt; where two slots could
be meant, a document stays without one and a check asks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from site_builder.model.criteria import Slot
from site_builder.model.dossier import Document, DocumentKind, FilledBy
from site_builder.model.text import fold, fold_key, slug

_IMAGES = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif"}
)
# Words of a document type, folded, that tell a photo or a link from a paper.
_PHOTO_WORDS = frozenset({"anh"})
_LINK_WORDS = ("lien ket", "duong dan", "duong link")
# Longer than any name: slugs are compared here, not shown.
_NO_LIMIT = 1000


def fill_slots(
    criterion: str, slots: Sequence[Slot], documents: Iterable[Document]
) -> tuple[Document, ...]:
    """The documents with ``slot`` and ``filled_by`` set, in the same order.

    Args:
        criterion: id of the leaf; file names may begin with it.
        slots: what the leaf asks for.
        documents: all its documents.
    """
    found = [_certain(criterion, slots, document) for document in documents]
    filled = {document.slot for document in found if document.slot}
    empty = [slot for slot in slots if slot.id not in filled]
    return tuple(
        document if document.slot or _names_a_slot(document) else _by_type(document, empty)
        for document in found
    )


def _certain(criterion: str, slots: Sequence[Slot], document: Document) -> Document:
    if _names_a_slot(document):
        slot = _listed(slots, document)
        return _filled(document, slot, FilledBy.LISTED)
    if not slots:
        return document
    slot = _by_name(criterion, slots, document)
    if slot is not None:
        return _filled(document, slot, FilledBy.NAME)
    if is_link(document):
        # An address proves what a paper should only where the set says so.
        slots = [slot for slot in slots if _takes_links(slot)]
    only = slots if len(slots) == 1 else [slot for slot in slots if slot.required]
    return _filled(document, only[0] if len(only) == 1 else None, FilledBy.ONLY_SLOT)


def _by_type(document: Document, empty: Sequence[Slot]) -> Document:
    if is_link(document):
        fitting = [slot for slot in empty if _takes_links(slot)]
    elif is_photo(document):
        fitting = [slot for slot in empty if takes_photos(slot)]
    else:
        return document
    return _filled(document, fitting[0] if len(fitting) == 1 else None, FilledBy.TYPE)


def fill_by_type_read(slots: Sequence[Slot], documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents; those without a slot in the only empty one of the type read from the file.

    A document of no slot stays where it is when an officer named one, however wrongly.
    """
    filled = {document.slot for document in documents}
    empty = [(slot, frozenset(_types(slot))) for slot in slots if slot.id not in filled]
    if not empty:
        return tuple(documents)
    return tuple(
        document
        if document.slot or document.read is None or _names_a_slot(document)
        else _by_type_read(document, document.read.type, empty)
        for document in documents
    )


def _by_type_read(
    document: Document, type_: str, empty: Iterable[tuple[Slot, frozenset[str]]]
) -> Document:
    folded = fold(type_).strip()
    fitting = [slot for slot, types in empty if folded and folded in types]
    return _filled(document, fitting[0] if len(fitting) == 1 else None, FilledBy.TYPE)


def is_photo(document: Document) -> bool:
    """A picture, or a folder of nothing but pictures."""
    return bool(document.files) and all(file.suffix in _IMAGES for file in document.files)


def is_link(document: Document) -> bool:
    """An address, or a reference to one."""
    return document.kind is DocumentKind.LINK or (
        document.kind is DocumentKind.REFERENCE and not document.files
    )


def slot_named(slots: Iterable[Slot], named: str) -> Slot | None:
    """The slot that ``cho`` names, however it is spelled."""
    folded = fold_key(named)
    return next((slot for slot in slots if slot.id == named or fold_key(slot.id) == folded), None)


def _names_a_slot(document: Document) -> bool:
    return bool(document.listing and document.listing.slot)


def _listed(slots: Iterable[Slot], document: Document) -> Slot | None:
    return slot_named(slots, document.listing.slot) if document.listing else None


def _by_name(criterion: str, slots: Sequence[Slot], document: Document) -> Slot | None:
    """The slot whose id the file's name begins with, after the id of the leaf or not."""
    if is_link(document):
        return None
    name = slug(document.path.rpartition("/")[2], _NO_LIMIT) + "-"
    bare = name.removeprefix(_prefix(criterion))
    fitting = [
        slot
        for slot in slots
        if name.startswith(_prefix(slot.id)) or bare.startswith(_prefix(slot.id))
    ]
    # "ke-hoach" and "ke-hoach-nam": the longer one is what the name says.
    return max(fitting, key=lambda slot: len(slot.id), default=None)


@lru_cache(maxsize=16384)
def _prefix(id_: str) -> str:
    """How the name of a file about ``id_`` begins."""
    return slug(id_, _NO_LIMIT) + "-"


def _types(slot: Slot) -> Iterable[str]:
    return (fold(type_).strip() for type_ in (slot.document_type, *slot.alternatives))


def takes_photos(slot: Slot) -> bool:
    """The slot asks for pictures of what was done, not for a paper."""
    return any(not _PHOTO_WORDS.isdisjoint(type_.split()) for type_ in _types(slot))


def _takes_links(slot: Slot) -> bool:
    return any(words in type_ for type_ in _types(slot) for words in _LINK_WORDS)


def _filled(document: Document, slot: Slot | None, by: FilledBy) -> Document:
    if slot is None:
        return document
    return replace(document, slot=slot.id, filled_by=by)
