"""What a PDF file can do and what it carries: its objects, looked through with pikepdf."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pikepdf

from site_builder.model.kinds import runs
from site_builder.model.processed import Flag
from site_builder.model.text import nfc
from site_builder.processing.flagging import merged, raised, with_details

_OBJECTS = 100_000
_PAGES = 2_000
_DEPTH = 40
_LENGTH = 120
_XMP_SIZE = 1 << 18

_ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/SubmitForm": "submit-form",
    "/ImportData": "submit-form",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMediaExecute": "media",
}
_MEDIA = frozenset({"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"})
# Opening at a page and a zoom is no action worth a word.
_HARMLESS = frozenset({"/GoTo", "/Named"})

# Marks with which readers of a file talk to one another.
_COMMENTS = frozenset({"/Text", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret"})
_NOTE_LENGTH = 4_000

_CREATOR = re.compile(rb"<dc:creator[^>]{0,200}>(.{0,2000}?)</dc:creator>", re.DOTALL)
_ITEM = re.compile(rb"<rdf:li[^>]{0,200}>([^<]{0,500})</rdf:li>")
_ADDRESS = re.compile(r"\S*@\S*")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureWidget:
    """A signature field with a signature, found on a page.

    Attributes:
        page: from 1; None when it has no extent.
        number: object number of the signature's dictionary; 0 when it stands in the field itself.
        contents: the signature, DER with padding.
        claimed: when it was made, as the dictionary says ("D:20240105100000+07'00'").
    """

    page: int | None
    number: int
    contents: bytes
    claimed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What was found by looking at every object.

    Attributes:
        first_page_fields: page 1 has form or signature fields.
        signed: some object has a signed range.
        widgets: signatures in the fields of the pages, in their order.
        notes: by page from 1: what was filled into its fields, or written over it or in its
            comments; text that is not part of the page.
        pages: how many; None when the objects cannot be walked.
    """

    flags: tuple[Flag, ...] = ()
    first_page_fields: bool = False
    signed: bool = False
    widgets: tuple[SignatureWidget, ...] = ()
    notes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    pages: int | None = None


UNCHECKED = Structure(flags=raised({"structure-unchecked": True}))
"""Of a file whose objects cannot be walked: it may hold anything."""


def printable(text: str, limit: int = _LENGTH) -> str:
    """A text out of a stranger's file on one line: no controls, no e-mail addresses."""
    words = _ADDRESS.sub("", _UNPRINTABLE.sub(" ", nfc(text[: limit * 4]))).split()
    return " ".join(words)[:limit].rstrip()


def structure(path: str) -> Structure:
    """What a file holds besides its pages; ``UNCHECKED`` when its objects cannot be walked."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            return _walked(pdf)
    except Exception:  # noqa: BLE001 - qpdf and its wrapper raise many things for bad files
        return UNCHECKED


def _walked(pdf: pikepdf.Pdf) -> Structure:
    found: dict[str, list[str]] = {}
    complete = _look_at_all(pdf, found)
    holds = dict.fromkeys(found, True)
    signed = holds.pop("signed", False)
    attached = found.get("attachment", [])
    authors = _authors(pdf)
    notes = _Notes(pdf)
    return Structure(
        flags=merged(
            raised(holds),
            with_details(
                {
                    "attachment": attached,
                    "executable-member": [name for name in attached if runs(name)],
                    "author": authors or (),
                }
            ),
            raised(
                {
                    "author": authors is not None,
                    "comments": notes.comments,
                    "restricted": pdf.is_encrypted and not all(pdf.allow),
                    "structure-unchecked": not complete,
                }
            ),
        ),
        first_page_fields=notes.first_page_fields,
        signed=signed,
        widgets=tuple(notes.widgets),
        notes={page: tuple(texts) for page, texts in notes.texts.items()},
        pages=len(pdf.pages),
    )


def _look_at_all(pdf: pikepdf.Pdf, found: dict[str, list[str]]) -> bool:
    """Whether every object could be looked at."""
    complete = True
    for at, thing in enumerate(pdf.objects):
        if at >= _OBJECTS:
            return False
        try:
            _look(thing, found, 0)
        except Exception:  # noqa: BLE001 - one broken object says nothing about the others
            complete = False
    return complete


def _look(thing: pikepdf.Object, found: dict[str, list[str]], depth: int) -> None:
    """Looks at an object and at what stands directly in it; objects of their own come anyway."""
    if depth > _DEPTH:
        raise RecursionError("nested too deeply to be looked at")
    if isinstance(thing, pikepdf.Array):
        children = list(thing)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        children = _look_at_entries(thing, found)
    else:
        return
    for child in children:
        if not getattr(child, "is_indirect", True):
            _look(child, found, depth + 1)


def _look_at_entries(thing: pikepdf.Object, found: dict[str, list[str]]) -> list[Any]:
    keys = set(thing.keys())
    action = _ACTIONS.get(str(thing.S)) if "/S" in keys else None
    if action:
        found.setdefault(action, [])
    if "/JS" in keys:
        found.setdefault("javascript", [])
    if "/EF" in keys:
        name = printable(str(thing.get("/UF") or thing.get("/F") or ""))
        found.setdefault("attachment", []).extend([name] if name else [])
    if "/XFA" in keys:
        found.setdefault("xfa", [])
    if "/AA" in keys:
        found.setdefault("additional-actions", [])
    if "/ByteRange" in keys:
        found.setdefault("signed", [])
    if "/OpenAction" in keys and _acts(thing.OpenAction):
        found.setdefault("open-action", [])
    if "/Subtype" in keys and str(thing.Subtype) in _MEDIA:
        found.setdefault("media", [])
    return [thing[key] for key in keys]


def _acts(action: object) -> bool:
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) not in _HARMLESS


def _authors(pdf: pikepdf.Pdf) -> list[str] | None:
    """Names of authors; None when the file names nobody, none left when it has only addresses."""
    try:
        names = [str(pdf.trailer.Info.Author)] if "/Author" in pdf.trailer.get("/Info", {}) else []
    except Exception:  # noqa: BLE001 - damaged metadata name nobody
        names = []
    names = [name for name in (*names, *_xmp_creators(pdf)) if name.strip("\0 \t\r\n\ufeff")]
    return [shown for name in names if (shown := printable(name))] if names else None


def _xmp_creators(pdf: pikepdf.Pdf) -> Iterator[str]:
    try:
        packet = pdf.Root.Metadata.read_bytes()[:_XMP_SIZE] if "/Metadata" in pdf.Root else b""
    except Exception:  # noqa: BLE001 - damaged metadata name nobody
        return
    for creators in _CREATOR.findall(packet):
        for name in _ITEM.findall(creators):
            yield html.unescape(name.decode("utf-8", "replace"))


class _Notes:
    """What stands on the pages without being part of them."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.first_page_fields = False
        self.comments = False
        self.widgets: list[SignatureWidget] = []
        self.texts: dict[int, list[str]] = {}
        for number, page in enumerate(islice(pdf.pages, _PAGES), 1):
            try:
                for note in page.obj.get("/Annots", ()):
                    self._add(note, number)
            except Exception:  # noqa: BLE001, S112 - a broken page shows nothing
                continue

    def _add(self, note: object, page: int) -> None:
        if not isinstance(note, pikepdf.Dictionary):
            return
        subtype = note.get("/Subtype")
        if subtype == "/Widget":
            self.first_page_fields |= page == 1
            widget = _widget(note, page)
            if widget is not None:
                self.widgets.append(widget)
            written = _filled_in(note)
        else:
            written = _text(note.get("/Contents"))
            self.comments |= bool(written) and str(subtype) in _COMMENTS
        if written:
            self.texts.setdefault(page, []).append(written)


def _filled_in(note: pikepdf.Object) -> str:
    """What somebody typed into a field or chose in it."""
    owner = note if "/V" in note else note.get("/Parent", note)
    kind = note.get("/FT", owner.get("/FT"))
    return _text(owner.get("/V")) if kind in {"/Tx", "/Ch"} else ""


def _text(value: object) -> str:
    return (
        nfc(str(value)[:_NOTE_LENGTH]).strip() if isinstance(value, (str, pikepdf.String)) else ""
    )


def _widget(note: pikepdf.Object, page: int) -> SignatureWidget | None:
    owner = note if "/V" in note else note.get("/Parent", note)
    value: Any = owner.get("/V")
    if owner.get("/FT", note.get("/FT")) != "/Sig" or not isinstance(value, pikepdf.Dictionary):
        return None
    if "/ByteRange" not in value:
        return None
    left, bottom, right, top = (float(side) for side in note.get("/Rect", (0, 0, 0, 0)))
    return SignatureWidget(
        page=page if left != right and bottom != top else None,
        number=value.objgen[0],
        contents=bytes(value.get("/Contents", b"")),
        claimed=str(value.get("/M", "")),
    )
