"""What a worker does with one file, and what is believed of its answer."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from site_builder.model import kinds
from site_builder.model.processed import (
    Family,
    Flag,
    OfficialDocument,
    SecrecyMark,
    State,
    TextSource,
)
from site_builder.processing import parcels, reader, registry
from site_builder.processing.protocols import Settings
from site_builder.processing.registry import Registered
from tests.processing import faults
from tests.processing.conftest import Put

FAULTS = "tests.processing.faults"


def read(put: Put, tmp_path: Path, data: bytes, known: Any = faults) -> reader.Read:
    file = put("x", data)
    assert file.sha256
    return reader.read_file(str(tmp_path / "x"), Settings(), sha256=file.sha256, registry=known)


def test_a_kind_without_a_reader_is_kept(put: Put, tmp_path: Path) -> None:
    found = read(put, tmp_path, b"%PDF")
    assert (found.facts.kind, found.facts.family) == ("pdf", Family.PDF)
    assert (found.facts.state, found.handler, found.blobs) == (State.OPAQUE, "", {})


def test_pictures_and_texts_become_blobs(put: Put, tmp_path: Path) -> None:
    found = read(put, tmp_path, b"excerpt 1")
    assert found.blobs.keys() == {"thumb.webp", "page-001.webp", "excerpt.json", "text.json"}
    assert json.loads(found.blobs["text.json"]) == ["excerpt 1"]
    facts = found.facts
    assert facts.thumbnail
    assert (facts.thumbnail.blob, facts.thumbnail.size) == ("thumb.webp", 18)
    assert [preview.blob for preview in facts.previews] == ["page-001.webp"]
    assert facts.has_excerpt
    assert facts.characters == 8
    assert reader.blobs_of(facts) == found.blobs.keys() - {"text.json"}


def test_what_is_too_large_is_not_read(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "SIZE_LIMIT", 100)
    facts = read(put, tmp_path, b"good " * 100).facts
    assert (facts.state, facts.why, facts.size) == (State.REFUSED, "too-large", 500)


def test_a_large_film_is_kept_like_a_small_one(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "SIZE_LIMIT", 100)
    monkeypatch.setattr(faults, "sniff", lambda _: ("mp4", ""))
    facts = read(put, tmp_path, b"video" * 100).facts
    assert (facts.kind, facts.state, facts.why) == ("mp4", State.OPAQUE, "")


def test_another_content_than_expected_is_no_fact(put: Put, tmp_path: Path) -> None:
    put("x", b"good")
    for path in ("x", "absent"):
        request = reader.request_for(
            str(tmp_path / path), "00" * 32, 4, Settings(), registry=FAULTS
        )
        assert reader.answer_of(reader.read_parcel(request), "00" * 32, 4) is None


def test_every_text_reader_is_asked(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = OfficialDocument(number="1/QD")
    mark = SecrecyMark(level="secret", page=1)
    doubles = {
        "official": SimpleNamespace(read_official=lambda *_: document),
        "personal": SimpleNamespace(find_personal=lambda _, **__: ()),
        "secrecy": SimpleNamespace(find_secrecy=lambda _, **__: mark),
        "sketch": SimpleNamespace(digest_and_sketch=lambda text: (text, (1, 2))),
        "legacy": SimpleNamespace(legacy_encoding=lambda _: "vni"),
    }
    for name, double in doubles.items():
        monkeypatch.setitem(sys.modules, f"doubles.{name}", double)
    known = SimpleNamespace(
        SNIFFER=faults.SNIFFER,
        TEXT_READERS=tuple((f"doubles.{name}", 1) for name in doubles),
        handler_of=faults.handler_of,
    )
    facts = read(put, tmp_path, b"good", known).facts
    assert (facts.document, facts.secrecy) == (document, mark)
    assert (facts.text_digest, facts.sketch) == ("good", (1, 2))
    assert facts.flags == (Flag(name="legacy-encoding", details=("vni",)),)
    assert facts.text_source is TextSource.LAYER


def answer(put: Put, tmp_path: Path) -> tuple[bytes, str, int]:
    file = put("x", b"excerpt 1")
    assert file.sha256
    request = reader.request_for(
        str(tmp_path / "x"), file.sha256, file.size, Settings(), registry=FAULTS
    )
    return reader.read_parcel(request), file.sha256, file.size


def test_the_answer_of_a_worker_is_what_was_read(put: Put, tmp_path: Path) -> None:
    assert reader.answer_of(*answer(put, tmp_path)) == read(put, tmp_path, b"excerpt 1")


def test_any_cut_answer_is_none(put: Put, tmp_path: Path) -> None:
    data, sha256, size = answer(put, tmp_path)
    for length in range(len(data)):
        with pytest.raises(ValueError, match="not a"):
            reader.answer_of(data[:length], sha256, size)


@pytest.mark.parametrize(
    ("change", "blobs"),
    [
        ({"handler": 1}, {}),
        ({"facts": None}, {}),
        ({"facts.sha256": "ff" * 32}, {}),
        ({"facts.size": 1}, {}),
        ({"facts.state": "failed"}, {}),
        ({"facts.failure": "crash"}, {}),
        ({"facts.thumbnail.blob": "../../../etc/passwd"}, {}),
        ({}, {"../../x": b"x"}),
        ({}, {"facts.json": b"x"}),
        ({"changed": 1, "facts": 1}, {}),
    ],
)
def test_a_worker_that_lies_is_not_believed(
    change: dict[str, object], blobs: dict[str, bytes], put: Put, tmp_path: Path
) -> None:
    data, sha256, size = answer(put, tmp_path)
    header, kept = parcels.unpack(data)
    for path, value in change.items():
        *above, last = path.split(".")
        place = header
        for key in above:
            place = place[key]
        place[last] = value
    with pytest.raises(ValueError, match=r"an? |blobs"):
        reader.answer_of(parcels.pack(header, {**kept, **blobs}), sha256, size)


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"\0\0\0\2{}", b"\0\0\0\x0d" + b'{"blobs":[]}' + b"xyz"]
)
def test_nonsense_is_no_parcel(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a parcel"):
        parcels.unpack(data)


@pytest.mark.parametrize("blobs", [[["a", -1], ["b", 1]], [["a"]], [1], None, [["a", "1"]]])
def test_blobs_must_add_up(blobs: object) -> None:
    head = json.dumps({"blobs": blobs}).encode()
    with pytest.raises(ValueError, match="not a parcel"):
        parcels.unpack(len(head).to_bytes(4) + head)


def test_only_known_kinds_are_believed() -> None:
    assert reader.kind_of(parcels.pack({"kind": "pdf"}, {})) == "pdf"
    nonsense: tuple[object, ...] = (None, 1, "no-such-kind", [])
    for kind in nonsense:
        with pytest.raises(ValueError, match="not a"):
            reader.kind_of(parcels.pack({"kind": kind}, {}))


@pytest.mark.parametrize("entry", registry.HANDLERS, ids=lambda entry: entry.name)
def test_the_registry_says_what_the_handler_says(entry: Registered) -> None:
    handler = import_module(entry.module)
    words = set(entry.kinds.split())
    assert (entry.name, entry.version) == (handler.NAME, handler.VERSION)
    assert words == handler.KINDS
    assert words <= kinds.FAMILY_OF.keys()


@pytest.mark.parametrize(("module", "version"), [registry.SNIFFER, *registry.TEXT_READERS])
def test_the_registry_knows_the_versions(module: str, version: int) -> None:
    assert version == import_module(module).VERSION


def test_no_kind_has_two_readers() -> None:
    read_ = [kind for entry in registry.HANDLERS for kind in entry.kinds.split()]
    assert len(read_) == len(set(read_))


def test_every_handler_is_registered() -> None:
    folder = Path(str(reader.__file__)).parent / "handlers"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {entry.name for entry in registry.HANDLERS} == modules


def test_the_program_itself_imports_no_reader() -> None:
    code = (
        "import sys, site_builder.cli, site_builder.commands\n"
        "heavy = {'pyhanko', 'pikepdf', 'pypdfium2', 'PIL', 'olefile', 'lxml', 'python_calamine',\n"
        "         'concurrent.futures', 'distributed'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_a_worker_imports_only_what_its_file_needs(put: Put, tmp_path: Path) -> None:
    file = put("x", b"a text of some words")
    code = (
        "import sys\n"
        "from site_builder.processing import reader, registry\n"
        "from site_builder.processing.protocols import Settings\n"
        "read = reader.read_file(sys.argv[1], Settings(), sha256=sys.argv[2], registry=registry)\n"
        "heavy = {'pyhanko', 'pikepdf', 'pypdfium2', 'PIL', 'python_calamine', 'subprocess'}\n"
        "print(read.facts.state.value, sorted(heavy & sys.modules.keys()))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "x"), file.sha256 or ""]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "read []"
