"""What a case says was read out of its files, as facts; no real file is needed.

Every key is one of ``FileFacts`` and may be left out; a file of which nothing is said was read
and has nothing remarkable. Short forms:

- ``flags``: names, or {name: [details]};
- ``sketch``: ranges of hashes like "1-100, 200-210"; ``characters`` is then large enough;
- ``signatures``: classes by their words;
- ``personal``: records of PersonalData; ``secrecy``: a level, or a record of SecrecyMark;
- ``document``: a record of OfficialDocument, dates as YAML has them.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from site_builder.model.evidence import EvidenceFile
from site_builder.model.kinds import claimed, family
from site_builder.model.processed import (
    FLAGS,
    Failure,
    FileFacts,
    Flag,
    Level,
    OfficialDocument,
    PersonalData,
    Processed,
    SecrecyMark,
    Signature,
    SignatureClass,
    State,
    TextSource,
)
from site_builder.model.snapshot import Snapshot

_ENOUGH = 5000


def processed(
    snapshot: Snapshot, read: Mapping[str, Any], *, ocr_absent: bool = False
) -> Processed:
    """Facts of the files that the case names; none at all when it names none."""
    files = {file.path: file for file in _files(snapshot)}
    unknown = read.keys() - files.keys()
    assert not unknown, f"no such files: {sorted(unknown)}"
    facts = {}
    for path, said in read.items():
        made = _facts(files[path], said or {})
        assert made.sha256 not in facts, f"{path} has the bytes of another file"
        facts[made.sha256] = made
    return Processed(facts=facts, ocr_absent=ocr_absent)


def _files(snapshot: Snapshot) -> Iterator[EvidenceFile]:
    for dossier in snapshot.dossiers.values():
        yield from dossier.files
        for supplement in dossier.supplements:
            yield from supplement.files


def _facts(file: EvidenceFile, said: Mapping[str, Any]) -> FileFacts:
    assert file.sha256
    values: dict[str, Any] = {
        "kind": claimed(file.name),
        "text_source": "layer",
        "state": "read",
        **said,
    }
    kind = values.pop("kind")
    values["state"] = State(values["state"])
    values["text_source"] = TextSource(values["text_source"])
    for key, read in _READERS.items():
        if key in values:
            values[key] = read(values[key])
    if values.get("sketch"):
        values.setdefault("characters", _ENOUGH)
    return FileFacts(sha256=file.sha256, size=file.size, kind=kind, family=family(kind), **values)


def _flags(said: list[Any]) -> tuple[Flag, ...]:
    found = []
    for each in said:
        name, details = next(iter(each.items())) if isinstance(each, dict) else (each, ())
        assert name in FLAGS, name
        found.append(Flag(name=name, details=tuple(map(str, details))))
    return tuple(found)


def _document(said: Mapping[str, Any]) -> OfficialDocument:
    values = dict(said)
    if "source" in values:
        values["source"] = TextSource(values["source"])
    assert isinstance(values.get("issued_on"), date | None)
    return OfficialDocument(**values)


def _personal(said: list[dict[str, Any]]) -> tuple[PersonalData, ...]:
    return tuple(
        PersonalData(**{"masked": "0\u2026\u20269", **each, "level": Level(each["level"])})
        for each in said
    )


def _secrecy(said: Any) -> SecrecyMark:
    return SecrecyMark(**said) if isinstance(said, dict) else SecrecyMark(level=said)


def _sketch(said: str) -> tuple[int, ...]:
    hashes: set[int] = set()
    for piece in said.split(","):
        first, _, last = piece.partition("-")
        hashes.update(range(int(first), int(last or first) + 1))
    return tuple(sorted(hashes))


_READERS: Mapping[str, Callable[[Any], object]] = {
    "failure": Failure,
    "flags": _flags,
    "document": _document,
    "signatures": lambda said: tuple(Signature(class_=SignatureClass(each)) for each in said),
    "personal": _personal,
    "secrecy": _secrecy,
    "sketch": _sketch,
}
