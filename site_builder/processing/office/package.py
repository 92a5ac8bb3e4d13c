"""Office documents that are ZIPs: parts, relationships, and what may hide in them."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from site_builder.model.people import names_someone
from site_builder.model.processed import Flag, State
from site_builder.model.text import natural_key
from site_builder.processing import archives
from site_builder.processing.excerpts import clean_name
from site_builder.processing.flagging import merged, raised, with_details
from site_builder.processing.office import xml
from site_builder.processing.protocols import Reading

_RELATIONSHIPS = re.compile(r"(?:^|/)_rels/[^/]*\.rels$")
_COMMENTS = re.compile(r"(?:^|/)(?:threaded)?comments\d*(?:/[^/]*)?\.(?:xml|bin)$")
_MACRO = re.compile(r"vbaproject\.bin$|/(?:macrosheets|dialogsheets)/")
_PICTURES = re.compile(r"(?:^|/)(?:media|pictures|charts|embeddings|diagrams)/")
_NAMES_OF_PEOPLE = {
    "creator": "creator",
    "initial-creator": "creator",
    "lastModifiedBy": "last-modified-by",
    "printed-by": "printed-by",
}
_MAX_RELATIONSHIPS = 4 << 20
_MAX_PARTS_LOOKED_AT = 2_000
_LONGEST_NAME = 200
_MAX_PROPERTIES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """A link of one part to another part or out of the document.

    Attributes:
        type: last word of the type's address ("hyperlink", "worksheet").
        target: as written.
        external: leads out of the document.
    """

    id: str
    type: str
    target: str
    external: bool


class Unreadable(Exception):  # noqa: N818 - it says what the file is
    """The package cannot be read; carries the reading that says so."""

    def __init__(self, state: State, why: str, flags: tuple[Flag, ...] = ()) -> None:
        super().__init__(why)
        self.reading = Reading(state=state, why=why, flags=flags)


@dataclass(frozen=True, slots=True)
class Package:
    """An open package.

    Attributes:
        parts: by name in lower case, as word processors compare them.
    """

    archive: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.parts

    def listen(self, name: str, listener: xml.Listener, limit: int = xml.MAX_PART) -> None:
        """Tells ``listener`` what stands in a part.

        Raises:
            xml.Malformed: the part is absent, damaged or too large.
        """
        info = self.parts.get(name.lower())
        if info is None:
            raise xml.Malformed("absent")
        try:
            part = self.archive.open(info)
        except MemoryError:
            raise
        except Exception as error:
            raise xml.Malformed(str(error)) from error
        with part:
            xml.listen(part, listener, limit)

    def beginning(self, name: str, size: int = 4096) -> bytes:
        """The first bytes of a part; none when it cannot be unpacked."""
        try:
            return archives.read_member(self.archive, self.parts[name.lower()], size)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - hostile parts raise whatever they like
            return b""

    def matching(self, pattern: str) -> tuple[str, ...]:
        """Names of parts that match as a whole, numbers in order."""
        whole = re.compile(pattern)
        return tuple(
            sorted((name for name in self.parts if whole.fullmatch(name)), key=natural_key)
        )

    def relationships(self, name: str) -> tuple[Relationship, ...]:
        """Of a part; () when there are none or they are damaged."""
        folder, _, file = name.rpartition("/")
        found = _Relationships()
        with suppress(xml.Malformed):
            self.listen(f"{folder}/_rels/{file}.rels".lstrip("/"), found, _MAX_RELATIONSHIPS)
        return tuple(found.found)

    def target(self, name: str, relationship: Relationship) -> str:
        """The part that a relationship of part ``name`` leads to, in lower case."""
        written = unquote(relationship.target)
        steps = [] if written.startswith("/") else name.split("/")[:-1]
        for step in written.split("/"):
            if step == "..":
                steps = steps[:-1]
            elif step not in {"", "."}:
                steps.append(step)
        return "/".join(steps).lower()


@contextmanager
def opened(path: str, *, main: str = "") -> Iterator[Package]:
    """The package at ``path``, after the bounds against bombs.

    ``main`` is a part without which the document has no content.

    Raises:
        Unreadable: damaged, encrypted, a bomb, or without its main part.
    """
    with Path(path).open("rb") as file:
        try:
            archive = archives.opened(file)
        except archives.Refused as refusal:
            raise Unreadable(State.REFUSED, str(refusal), (Flag(name="bomb"),)) from refusal
        except MemoryError:
            raise
        except Exception as error:
            raise Unreadable(State.DAMAGED, "not-a-zip") from error
        with archive:
            found = archives.entries(archive)
            if any(entry.encrypted for entry in found):
                raise Unreadable(State.ENCRYPTED, "password")
            package = Package(
                archive,
                {entry.info.filename.replace("\\", "/").lower(): entry.info for entry in found},
            )
            if main and main not in package:
                raise Unreadable(State.DAMAGED, "no-document")
            yield package


def ooxml_flags(package: Package) -> tuple[Flag, ...]:
    """What the parts and relationships of a Word, Excel or PowerPoint package tell."""
    names = tuple(package.parts)
    return merged(
        raised(
            {
                "macro": any(_MACRO.search(name) for name in names),
                "activex": any("/activex/" in name for name in names),
                "comments": any(_COMMENTS.search(name) for name in names),
                "tracked-changes": any("/revisions/revisionlog" in name for name in names),
            }
        ),
        with_details(
            {
                "embedded-object": [
                    clean_name(name.rpartition("/")[2])
                    for name in names
                    if "/embeddings/" in name and "/_rels/" not in name
                ],
                "external-reference": _external(package),
                "author": authors(package, "docprops/core.xml"),
            }
        ),
    )


def wordless(package: Package) -> tuple[Flag, ...]:
    """What a document without a word is: pictures of pages put into it, or nothing."""
    shown = any(_PICTURES.search(name) for name in package.parts)
    return (Flag(name="scanned" if shown else "blank"),)


def authors(package: Package, part: str) -> tuple[str, ...]:
    """Which properties name a person; never the name, which is nobody's business here."""
    found = _Properties()
    with suppress(xml.Malformed):
        package.listen(part, found, _MAX_PROPERTIES)
    return tuple(sorted(found.filled))


def outside(target: str) -> str:
    """What may be shown of a place outside: its last word, for the way there names people."""
    plain = unquote(target).replace("\\", "/").rstrip("/")
    return clean_name(plain.rpartition("/")[2], 80)


def _external(package: Package) -> tuple[str, ...]:
    names = [name for name in package.parts if _RELATIONSHIPS.search(name)]
    found: dict[str, None] = {}
    for name in names[:_MAX_PARTS_LOOKED_AT]:
        listener = _Relationships()
        with suppress(xml.Malformed):
            package.listen(name, listener, _MAX_RELATIONSHIPS)
        for each in listener.found:
            # A link that a reader must click is a citation like any other.
            if each.external and each.type != "hyperlink":
                found[outside(each.target) or each.type] = None
    return tuple(found)


class _Relationships:
    """Collects the relationships of a part."""

    def __init__(self) -> None:
        self.found: list[Relationship] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if xml.local(name) == "Relationship":
            self.found.append(
                Relationship(
                    id=attributes.get("Id", ""),
                    type=attributes.get("Type", "").rpartition("/")[2],
                    target=attributes.get("Target", ""),
                    external=attributes.get("TargetMode") == "External",
                )
            )

    def end(self, name: str) -> None:
        """Nothing ends here that matters."""

    def text(self, data: str) -> None:
        """Relationships have no text."""


class _Properties:
    """Notes which properties of a document hold the name of a person."""

    def __init__(self) -> None:
        self.filled: set[str] = set()
        self._open = ""
        self._said = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._open = _NAMES_OF_PEOPLE.get(xml.local(name), "")
        self._said = ""

    def end(self, name: str) -> None:
        if self._open and names_someone(self._said):
            self.filled.add(self._open)
        self._open = ""

    def text(self, data: str) -> None:
        # Words come in pieces; no name is longer.
        if self._open and len(self._said) < _LONGEST_NAME:
            self._said += data
