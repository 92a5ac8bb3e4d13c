"""Reads one file, in a worker: what it is, what its handler sees, what its text tells.

``read_parcel`` is what workers run; its request is made by ``request_for`` and its answer read by
``answer_of``, which trusts nothing that a worker says.
"""

import hashlib
import importlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from site_builder.model import kinds
from site_builder.model.processed import (
    Family,
    FileFacts,
    Flag,
    OfficialDocument,
    PersonalData,
    Preview,
    SecrecyMark,
    State,
)
from site_builder.processing import parcels, records
from site_builder.processing.protocols import Handler, Picture, Reading, Settings, Source
from site_builder.processing.registry import Registered

REGISTRY = "site_builder.processing.registry"

# Larger ones are kept and offered for download, but no library gets to see them.
SIZE_LIMIT = 200 << 20
_HEAD = 1 << 20

THUMBNAIL = "thumb.webp"
PUBLIC_COPY = "public.jpg"
EXCERPT = "excerpt.json"
TEXT = "text.json"
BLOB = re.compile(r"thumb\.webp|public\.jpg|excerpt\.json|text\.json|page-[0-9]{3,6}\.webp")

_LEGACY = "legacy-encoding"
_WHITE = re.compile(r"\s+")


class Registry(Protocol):
    """The names of ``registry`` that reading needs; a test may bring another one."""

    SNIFFER: tuple[str, int]
    TEXT_READERS: tuple[tuple[str, int], ...]

    def handler_of(self, kind: str) -> Registered | None: ...


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading a file.

    Attributes:
        handler: name of who read it; "" when its kind is only kept.
    """

    facts: FileFacts
    blobs: Mapping[str, bytes]
    handler: str


class ChangedError(Exception):
    """The file is no longer what it was when its hash was taken, or is gone."""


def request_for(  # noqa: PLR0913 - a request is what it is made of
    path: str,
    sha256: str,
    size: int,
    settings: Settings,
    *,
    registry: str = REGISTRY,
    data: bytes | None = None,
) -> bytes:
    """What ``read_parcel`` and ``sniff_parcel`` take.

    Args:
        path: absolute.
        sha256: of the bytes that are expected there.
        size: of the same.
        settings: how much to read.
        registry: dotted name of the module that says who reads what.
        data: the bytes themselves, for a machine that cannot open ``path``.
    """
    header = {
        "path": path,
        "sha256": sha256,
        "size": size,
        "settings": asdict(settings),
        "registry": registry,
    }
    return parcels.pack(header, {} if data is None else {"data": data})


def read_parcel(request: bytes) -> bytes:
    """Read the file of a request; runs in a worker."""
    header, _ = parcels.unpack(request)
    try:
        read = read_file(
            header["path"],
            Settings(**header["settings"]),
            sha256=header["sha256"],
            registry=importlib.import_module(header["registry"]),
        )
    except ChangedError:
        return parcels.pack({"changed": True}, {})
    tree = {"facts": records.to_tree(read.facts), "handler": read.handler}
    return parcels.pack(_encodable(tree), read.blobs)


def sniff_parcel(request: bytes) -> bytes:
    """Tell only the kind of a request's file, on which a reader was lost; runs in a worker."""
    header, _ = parcels.unpack(request)
    registry: Any = importlib.import_module(header["registry"])
    with Path(header["path"]).open("rb") as file:
        kind, _ = _sniff(file.read(SIZE_LIMIT), registry)
    return parcels.pack({"kind": kind}, {})


def answer_of(answer: bytes, sha256: str, size: int) -> Read | None:
    """What a worker's answer says; None when the file changed meanwhile.

    Raises:
        ValueError: the answer is none; the worker went mad.
    """
    header, blobs = parcels.unpack(answer)
    if header.get("changed") is True:
        return None
    facts = records.from_tree(FileFacts, header.get("facts"))
    handler = header.get("handler")
    if not isinstance(handler, str) or (facts.sha256, facts.size) != (sha256, size):
        raise ValueError("an answer about something else")
    if facts.state is State.FAILED or facts.failure is not None:
        raise ValueError("a worker does not tell that it was lost")
    if not all(BLOB.fullmatch(name) for name in blobs) or not blobs_of(facts) <= blobs.keys():
        raise ValueError("other blobs than the facts name")
    return Read(facts, blobs, handler)


def kind_of(answer: bytes) -> str:
    """The kind that a worker sniffed.

    Raises:
        ValueError: the answer is none.
    """
    header, _ = parcels.unpack(answer)
    kind = header.get("kind")
    if str(kind) not in kinds.FAMILY_OF:
        raise ValueError("not a kind")
    return str(kind)


def blobs_of(facts: FileFacts) -> frozenset[str]:
    """Names of the blobs that must stand beside the facts."""
    shown = (*facts.previews, facts.thumbnail, facts.public_copy)
    names = {preview.blob for preview in shown if preview is not None}
    return frozenset(names | {EXCERPT} if facts.has_excerpt else names)


def read_file(path: str, settings: Settings, *, sha256: str, registry: Registry) -> Read:
    """Read a file in this process, whatever may come of it.

    Raises:
        ChangedError: its bytes do not have that hash.
        Exception: anything a native library or our own readers come up with.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
            size = Path(path).stat().st_size if len(data) > SIZE_LIMIT else len(data)
    except OSError as error:
        raise ChangedError from error
    if size > SIZE_LIMIT:
        return _too_large(data[:_HEAD], sha256, size, registry)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ChangedError
    kind, detail = _sniff(data, registry)
    registered = registry.handler_of(kind)
    family = kinds.family(kind)
    if registered is None:
        facts = FileFacts(sha256=sha256, size=size, kind=kind, family=family, state=State.OPAQUE)
        return Read(facts, {}, "")
    # The handler opens the file for itself.
    del data
    handler: Handler = importlib.import_module(registered.module)
    source = Source(path=path, kind=kind, detail=detail, size=size)
    reading = handler.read(source, settings)
    blobs = _blobs(reading)
    facts = _facts(reading, source, sha256, registry)
    return Read(facts, blobs, registered.name)


def _sniff(data: bytes, registry: Registry) -> tuple[str, str]:
    sniffer: Any = importlib.import_module(registry.SNIFFER[0])
    kind, detail = sniffer.sniff(data)
    return kind, detail


def _too_large(head: bytes, sha256: str, size: int, registry: Registry) -> Read:
    """A file that is not read as a whole; sound and pictures that move may be that large."""
    kind, _ = _sniff(head, registry)
    family = kinds.family(kind)
    kept = family in {Family.MEDIA, Family.PROGRAM}
    facts = FileFacts(
        sha256=sha256,
        size=size,
        kind=kind,
        family=family,
        state=State.OPAQUE if kept else State.REFUSED,
        why="" if kept else "too-large",
    )
    return Read(facts, {}, "")


def _facts(reading: Reading, source: Source, sha256: str, registry: Registry) -> FileFacts:
    text = _Text(reading, registry)
    return FileFacts(
        sha256=sha256,
        size=source.size,
        kind=source.kind,
        family=kinds.family(source.kind),
        state=reading.state,
        why=reading.why,
        parts=reading.parts,
        text_source=reading.text_source,
        characters=text.characters,
        text_digest=text.digest,
        sketch=text.sketch,
        document=text.document,
        signatures=reading.signatures,
        flags=(*reading.flags, *text.flags),
        personal=text.personal,
        secrecy=text.secrecy,
        previews=tuple(
            _preview(picture, f"page-{picture.page:03}.webp") for picture in reading.previews
        ),
        thumbnail=_preview(reading.thumbnail, THUMBNAIL) if reading.thumbnail else None,
        public_copy=_preview(reading.public_copy, PUBLIC_COPY) if reading.public_copy else None,
        has_excerpt=reading.excerpt is not None,
        members=reading.members,
    )


class _Text:
    """What the words of a file tell, each by its own reader."""

    def __init__(self, reading: Reading, registry: Registry) -> None:
        self.characters = sum(len(_WHITE.sub("", page)) for page in reading.pages)
        self.digest = ""
        self.sketch: tuple[int, ...] = ()
        self.document: OfficialDocument | None = None
        self.personal: tuple[PersonalData, ...] = ()
        self.secrecy: SecrecyMark | None = None
        self.flags: tuple[Flag, ...] = ()
        if not self.characters:
            return
        pages: Sequence[str] = reading.pages
        # Sheets and slides have numbers, but nobody opens a text at a number of our own.
        paged = bool(reading.previews)
        if official := _text_reader("official", registry):
            self.document = official.read_official(pages, reading.hints, reading.text_source)
        if personal := _text_reader("personal", registry):
            self.personal = personal.find_personal(pages, paged=paged)
        if secrecy := _text_reader("secrecy", registry):
            self.secrecy = secrecy.find_secrecy(pages, paged=paged)
        if sketch := _text_reader("sketch", registry):
            self.digest, self.sketch = sketch.digest_and_sketch("\n".join(pages))
        if legacy := _text_reader("legacy", registry):
            known = {flag.name for flag in reading.flags}
            if _LEGACY not in known and (name := legacy.legacy_encoding(pages)):
                self.flags = (Flag(name=_LEGACY, details=(name,)),)


def _text_reader(name: str, registry: Registry) -> Any:  # noqa: ANN401 - a module
    """The module of that name; None when the registry has none."""
    listed = (module for module, _ in registry.TEXT_READERS if module.endswith(f".{name}"))
    module = next(listed, None)
    return importlib.import_module(module) if module else None


def _preview(picture: Picture, name: str) -> Preview:
    return Preview(
        blob=name,
        page=picture.page,
        width=picture.width,
        height=picture.height,
        size=len(picture.data),
    )


def _blobs(reading: Reading) -> dict[str, bytes]:
    blobs = {f"page-{picture.page:03}.webp": picture.data for picture in reading.previews}
    if reading.thumbnail is not None:
        blobs[THUMBNAIL] = reading.thumbnail.data
    if reading.public_copy is not None:
        blobs[PUBLIC_COPY] = reading.public_copy.data
    if reading.excerpt is not None:
        blobs[EXCERPT] = _json(records.to_tree(reading.excerpt))
    if any(reading.pages):
        blobs[TEXT] = _json(list(reading.pages))
    return blobs


def _json(tree: object) -> bytes:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _encodable(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The tree without halves of characters, which no page could be written with."""
    clean: dict[str, Any] = json.loads(_json(tree))
    return clean
