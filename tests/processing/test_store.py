"""What is kept comes back as it was, and whatever is broken is only forgotten."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from site_builder.model.processed import (
    Excerpt,
    Failure,
    Family,
    FileFacts,
    Flag,
    Level,
    Member,
    OfficialDocument,
    Paragraph,
    PersonalData,
    Preview,
    SecrecyMark,
    Signature,
    SignatureClass,
    State,
    Table,
    TextSource,
)
from site_builder.processing import keys, records
from site_builder.processing import store as module
from site_builder.processing.protocols import Settings
from site_builder.processing.reader import Read
from site_builder.processing.stamps import LOST, Stamps
from site_builder.processing.store import Store
from tests.processing import faults

SHA = "ab" * 32
STAMPS = Stamps(Settings(), faults)
FULL = FileFacts(
    sha256=SHA,
    size=123,
    kind="pdf",
    family=Family.PDF,
    state=State.PARTIAL,
    why="no-pages",
    failure=Failure.TIMEOUT,
    parts=3,
    text_source=TextSource.RECOGNISED,
    characters=5,
    text_digest="x",
    sketch=(1, 2, 2**64 - 1),
    document=OfficialDocument(number="1/QD", issued_on=date(2024, 1, 5), subject="\u1ea1 \u2028"),
    signatures=(
        Signature(
            class_=SignatureClass.REWRITTEN,
            signed_at=datetime(2024, 1, 5, 1, 2, tzinfo=UTC),
            trusted=False,
            page=2,
        ),
    ),
    flags=(Flag(name="gps"), Flag(name="hidden-sheet", details=("a", "b"))),
    personal=(PersonalData(kind="citizen-id", level=Level.BLOCK, masked="0..1", page=1, count=2),),
    secrecy=SecrecyMark(level="secret", page=1),
    previews=(Preview(blob="page-001.webp", page=1, width=1, height=2, size=3),),
    thumbnail=Preview(blob="thumb.webp", page=0, width=1, height=2, size=5),
    members=(Member(path="a/b", size=1, kind="jpg"),),
    has_excerpt=True,
)
EXCERPT = Excerpt(
    blocks=(Paragraph(text="a", level=1), Table(title="t", rows=(("1", ""), ()), more_rows=2)),
    more=1,
)
BLOBS = {
    "page-001.webp": b"abc",
    "thumb.webp": b"thumb",
    "excerpt.json": json.dumps(records.to_tree(EXCERPT)).encode(),
    "text.json": b'["one", "two"]',
}
READ = Read(FULL, BLOBS, "faults")
STAMP = STAMPS.of("faults") or ""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def at(store: Store) -> Path:
    assert store.folder
    return store.folder


def kept(store: Store, read: Read = READ, stamp: str = STAMP) -> Store:
    store.keep(read, stamp)
    store.save()
    return Store(at(store))


def test_values_come_back_as_they_were() -> None:
    tree = json.loads(json.dumps(records.to_tree(FULL)))
    assert records.from_tree(FileFacts, tree) == FULL
    assert records.from_tree(Excerpt, records.to_tree(EXCERPT)) == EXCERPT
    assert len(records.to_tree(FileFacts(**{n: getattr(FULL, n) for n in NEEDED}))) == len(NEEDED)


TODAY = int(time.time() // 86_400)
NEEDED = ("sha256", "size", "kind", "family", "state")


@pytest.mark.parametrize(
    "change",
    [
        {"size": "1"},
        {"size": True},
        {"size": None},
        {"family": "no-such"},
        {"sketch": [1, "2"]},
        {"sketch": 1},
        {"flags": [{"details": []}]},
        {"flags": {}},
        {"document": {"issued_on": "yesterday"}},
        {"signatures": [{"class_": "orphan", "signed_at": "2024-01-05T00:00:00"}]},
        {"unknown": 1},
        {"members": [None]},
    ],
)
def test_trees_that_are_no_facts_are_refused(change: dict[str, object]) -> None:
    tree = records.to_tree(FULL) | change
    with pytest.raises(ValueError, match="not a FileFacts"):
        records.from_tree(FileFacts, tree)


@pytest.mark.parametrize(
    "tree", [None, [], "x", 1, {}, {"blocks": [{"Paragraph": {}, "Table": {}}]}]
)
def test_nonsense_is_refused(tree: object) -> None:
    for cls in (FileFacts, Excerpt):
        if not (cls is Excerpt and tree == {}):
            with pytest.raises(ValueError, match="not a"):
                records.from_tree(cls, tree)


def test_what_is_kept_is_found_without_opening_its_folder(store: Store) -> None:
    again = kept(store)
    (at(again) / SHA[:2] / SHA / "facts.json").unlink()
    assert again.find([SHA, "00" * 32], STAMPS) == {SHA: FULL}
    assert again.excerpt(SHA) == EXCERPT
    assert again.texts(SHA) == ("one", "two")
    assert again.read(SHA, "thumb.webp") == b"thumb"


def test_other_versions_and_settings_are_a_miss(store: Store) -> None:
    again = kept(store)
    assert again.find([SHA], Stamps(Settings(preview_pages=1), faults)) == {}
    assert again.find([SHA], STAMPS) == {SHA: FULL}
    assert kept(store, Read(FULL, BLOBS, "gone")).find([SHA], STAMPS) == {}


def test_certificates_count_by_what_they_are(tmp_path: Path) -> None:
    stamps = []
    for place, content in (("a", b"1"), ("b", b"1"), ("b", b"2")):
        (tmp_path / place).mkdir(exist_ok=True)
        (tmp_path / place / "ca.crt").write_bytes(content)
        settings = Settings(trust_folder=str(tmp_path / place))
        stamps.append(Stamps(settings, faults).of("faults"))
    assert stamps[0] == stamps[1] != stamps[2]


def test_losses_are_kept_until_any_reader_changes(store: Store) -> None:
    lost = FileFacts(
        sha256=SHA,
        size=1,
        kind="txt",
        family=Family.TEXT,
        state=State.FAILED,
        failure=Failure.CRASH,
    )
    again = kept(store, Read(lost, {}, LOST), STAMPS.of(LOST) or "")
    assert again.find([SHA], STAMPS) == {SHA: lost}


def index_gone(store: Path) -> None:
    (store / "index").unlink()


def index_cut(store: Path) -> None:
    data = (store / "index").read_bytes()
    (store / "index").write_bytes(data[: len(data) - 40])


def index_nonsense(store: Path) -> None:
    (store / "index").write_bytes(b"\xff\n" * 40)


def index_line_nonsense(store: Path) -> None:
    data = (store / "index").read_bytes()
    (store / "index").write_bytes(data.replace(b'"size":123', b'"size":"a"'))


@pytest.mark.parametrize("harm", [index_gone, index_cut, index_nonsense, index_line_nonsense])
def test_a_broken_index_is_mended_from_the_records(
    harm: Callable[[Path], None], store: Store
) -> None:
    harm(at(kept(store)))
    again = Store(at(store))
    assert again.find([SHA], STAMPS) == {SHA: FULL}
    again.save()
    (at(store) / SHA[:2] / SHA / "facts.json").unlink()
    assert Store(at(store)).find([SHA], STAMPS) == {SHA: FULL}


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b'{"facts":{}}', b"[" * 100_000, b"\xff\xfe", b'{"stamp":1}'],
)
def test_broken_records_are_a_miss(data: bytes, store: Store) -> None:
    folder = at(kept(store))
    index_gone(folder)
    (folder / SHA[:2] / SHA / "facts.json").write_bytes(data)
    assert Store(folder).find([SHA], STAMPS) == {}


def test_facts_under_a_wrong_name_are_a_miss(store: Store) -> None:
    folder = at(kept(store))
    other = "cd" * 32
    (folder / other[:2]).mkdir()
    (folder / SHA[:2] / SHA).rename(folder / other[:2] / other)
    assert Store(folder).find([other], STAMPS) == {}


@pytest.mark.parametrize("blob", ["page-001.webp", "thumb.webp", "excerpt.json"])
def test_lost_blobs_are_a_miss_only_where_they_are_wanted(blob: str, store: Store) -> None:
    again = kept(store)
    assert again.find([SHA], STAMPS, whole=True) == {SHA: FULL}
    (at(again) / SHA[:2] / SHA / blob).unlink()
    assert again.find([SHA], STAMPS) == {SHA: FULL}
    assert again.find([SHA], STAMPS, whole=True) == {}


def test_a_cut_picture_is_a_miss_where_it_is_wanted(store: Store) -> None:
    again = kept(store)
    (at(again) / SHA[:2] / SHA / "thumb.webp").write_bytes(b"th")
    assert again.find([SHA], STAMPS, whole=True) == {}


def test_blobs_of_an_earlier_reading_go(store: Store) -> None:
    kept(store, Read(FULL, {**BLOBS, "page-002.webp": b"x"}, "faults"))
    assert store.read(SHA, "page-002.webp") == b"x"
    assert kept(store).read(SHA, "page-002.webp") is None


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "thumb.webp/..", "x.webp", ""])
def test_no_name_leads_out_of_the_store(name: str, store: Store) -> None:
    kept(store, Read(FULL, {**BLOBS, name: b"x"}, "faults"))
    assert store.read(SHA, name) is None
    assert store.read("../" + SHA, "thumb.webp") is None
    assert {path.name for path in at(store).rglob("*") if path.is_file()} == {
        "index",
        "facts.json",
        *BLOBS,
    }


def test_a_store_that_cannot_be_written_keeps_for_one_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "store").write_bytes(b"a file where a folder should be")
    with Store(tmp_path / "store") as store:
        store.keep(READ, STAMP)
        store.save()
        assert store.read(SHA, "thumb.webp") == b"thumb"
        assert store.texts(SHA) == ("one", "two")
        assert list(Path(tempfile.gettempdir()).glob("site-builder-*/ab"))
    assert not list(Path(tempfile.gettempdir()).glob("site-builder-*/ab"))
    assert (tmp_path / "store").is_file()


def test_two_programs_lose_nothing_of_each_other(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from dataclasses import replace\n"
        "from pathlib import Path\n"
        "from site_builder.processing.reader import Read\n"
        "from site_builder.processing.store import Store\n"
        "from tests.processing.test_store import BLOBS, FULL, STAMP\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(60):\n"
        "    sha = f'{int(sys.argv[2]) + n // 2:064x}'\n"
        "    store.keep(Read(replace(FULL, sha256=sha), BLOBS, 'faults'), STAMP)\n"
        "    store.save()\n"
    )
    folder = tmp_path / "store"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    runs = [
        subprocess.Popen([sys.executable, "-c", code, folder, start], env=environment)
        for start in ("0", "15")
    ]
    assert [run.wait(60) for run in runs] == [0, 0]
    wanted = {f"{n:064x}" for n in range(45)}
    assert Store(folder).find(wanted, STAMPS, whole=True).keys() == wanted
    assert not list(folder.rglob(".new-*"))


def test_what_nobody_uses_is_thrown_away(store: Store) -> None:
    folder = at(kept(store))
    used = "cd" * 32
    facts = FileFacts(
        **{name: getattr(FULL, name) for name in NEEDED if name != "sha256"}, sha256=used
    )
    os.utime(folder / SHA[:2] / SHA / "facts.json", (0, 0))
    later = Store(folder, today=TODAY + module.KEPT_DAYS + 10)
    later.keep(Read(facts, {}, "faults"), STAMP)
    later.save()
    assert not (folder / SHA[:2] / SHA).exists()
    assert Store(folder).find([SHA, used], STAMPS) == {used: facts}


def test_using_a_record_keeps_it(store: Store) -> None:
    folder = at(kept(store))
    for days in range(0, module.KEPT_DAYS * 2, module.FRESH_DAYS + 1):
        week = Store(folder, today=TODAY + days)
        assert week.find([SHA], STAMPS) == {SHA: FULL}
        week.save()
    os.utime(folder / SHA[:2] / SHA / "facts.json", (0, 0))
    assert (folder / SHA[:2] / SHA).exists()


def test_the_environment_may_name_another_place(tmp_path: Path) -> None:
    assert module.folder_of(tmp_path, {}) == tmp_path / ".cache" / "evidence"
    assert module.folder_of(tmp_path, {"SITE_BUILDER_CACHE": "/x"}) == Path("/x")


# --- who vouches


def store_of(root: Path, user: str, **variables: str) -> Store:
    return module.open_store(root, {"HOME": str(root.parent / user), **variables})


def forged(root: Path) -> Store:
    """A folder that comes with a store made by somebody else."""
    with store_of(root, "somebody") as theirs:
        theirs.keep(READ, STAMP)
        theirs.save()
    return store_of(root, "me")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


def test_ones_own_store_is_believed(root: Path) -> None:
    kept(store_of(root, "me"))
    assert store_of(root, "me").find([SHA], STAMPS) == {SHA: FULL}
    assert store_of(root, "me").read(SHA, "thumb.webp") == b"thumb"


@pytest.mark.parametrize("harm", [lambda _: None, index_gone])
def test_a_store_that_came_with_the_folder_is_not(harm: Callable[[Path], None], root: Path) -> None:
    mine = forged(root)
    harm(at(mine))
    assert mine.find([SHA], STAMPS) == {}
    for name in BLOBS:
        assert mine.read(SHA, name) is None
    assert mine.excerpt(SHA) is None


def test_a_foreign_record_between_ones_own_is_not(root: Path) -> None:
    other = "cd" * 32
    with store_of(root, "me") as mine:
        mine.keep(Read(replace(FULL, sha256=other), BLOBS, "faults"), STAMP)
        mine.save()
    index = (at(mine) / "index").read_bytes()
    again = forged(root)
    (at(again) / "index").write_bytes(index)
    assert again.find([SHA, other], STAMPS).keys() == {other}


def test_a_record_of_other_bytes_is_not(root: Path) -> None:
    other = "cd" * 32
    folder = at(kept(store_of(root, "me")))
    (folder / "cd").mkdir()
    shutil.copytree(folder / SHA[:2] / SHA, folder / "cd" / other)
    text = (folder / "cd" / other / "facts.json").read_text("utf-8")
    (folder / "cd" / other / "facts.json").write_text(text.replace(SHA, other), "utf-8")
    index_gone(folder)
    assert store_of(root, "me").find([SHA, other], STAMPS).keys() == {SHA}


@pytest.mark.parametrize("name", BLOBS)
def test_a_picture_that_was_put_in_the_place_of_another_is_not(name: str, root: Path) -> None:
    folder = at(kept(store_of(root, "me")))
    path = folder / SHA[:2] / SHA / name
    path.write_bytes(path.read_bytes()[::-1])
    again = store_of(root, "me")
    assert again.find([SHA], STAMPS) == {SHA: FULL}
    assert again.read(SHA, name) is None
    # The next run makes it anew.
    assert not path.exists()


def test_who_names_a_place_outside_the_folder_vouches_for_it(root: Path) -> None:
    place = str(root.parent / "store")
    kept(store_of(root, "me", SITE_BUILDER_CACHE=place))
    machine = store_of(root, "another machine", SITE_BUILDER_CACHE=place)
    assert machine.find([SHA], STAMPS) == {SHA: FULL}


def test_what_is_open_outside_is_not_believed_inside(root: Path) -> None:
    place = root.parent / "store"
    kept(store_of(root, "me", SITE_BUILDER_CACHE=str(place)))
    (root / ".cache").mkdir()
    shutil.copytree(place, root / ".cache" / "evidence")
    assert store_of(root, "me").find([SHA], STAMPS) == {}
    named = str(root / ".cache" / "evidence")
    assert store_of(root, "me", SITE_BUILDER_CACHE=named).find([SHA], STAMPS) == {}


@pytest.mark.parametrize("home", [{}, {"HOME": ""}, {"HOME": "relative"}, {"LOCALAPPDATA": "x"}])
def test_without_a_place_for_a_key_nothing_is_kept(home: dict[str, str], root: Path) -> None:
    with module.open_store(root, home) as store:
        store.keep(READ, STAMP)
        assert store.read(SHA, "thumb.webp") == b"thumb"
    assert not (root / ".cache").exists()


def test_a_key_in_the_content_folder_is_none(root: Path) -> None:
    assert keys.key_for(root / ".cache", root, {"HOME": str(root)}) is None
    assert not (root / ".local").exists()


def test_the_key_is_the_users_alone(root: Path) -> None:
    key = keys.key_for(root, root, {"XDG_STATE_HOME": str(root.parent / "state")})
    assert key
    path = root.parent / "state" / "site-builder" / "store.key"
    assert path.read_bytes() == key
    assert list(path.parent.iterdir()) == [path]
    if os.name != "nt":
        assert path.stat().st_mode & 0o77 == 0
    assert keys.key_for(root, root, {"LOCALAPPDATA": str(root.parent / "state")}) == key
    path.write_bytes(b"cut")
    assert keys.key_for(root, root, {"LOCALAPPDATA": str(root.parent / "state")}) is None


def test_what_is_forgotten_is_nowhere(root: Path) -> None:
    other = "cd" * 32
    with store_of(root, "me") as store:
        store.keep(READ, STAMP)
        store.keep(Read(replace(FULL, sha256=other), BLOBS, "faults"), STAMP)
        store.save()
        store.forget([SHA, "ef" * 32])
    assert not (at(store) / SHA[:2]).exists() or not list((at(store) / SHA[:2]).iterdir())
    assert SHA.encode() not in (at(store) / "index").read_bytes()
    assert store_of(root, "me").find([SHA, other], STAMPS).keys() == {other}
    module.Store(None).forget([SHA])
    module.Store(root / "nothing").forget([SHA])


@pytest.mark.parametrize("link", [".cache", ".cache/evidence"])
def test_a_link_in_the_content_folder_leads_to_no_store(link: str, tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(elsewhere)
    folder = module.folder_of(root, {})
    assert folder is None
    with Store(folder) as store:
        store.keep(READ, STAMP)
        store.save()
        assert store.read(SHA, "thumb.webp") == b"thumb"
    assert not list(elsewhere.iterdir())


@pytest.mark.parametrize("link", [SHA[:2], f"{SHA[:2]}/{SHA}"])
def test_no_link_inside_the_store_is_followed(link: str, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "store", tmp_path / "elsewhere"
    for place in (elsewhere, elsewhere / SHA):
        place.mkdir()
        (place / "thumb.webp").write_bytes(b"not ours")
    (folder / link).parent.mkdir(parents=True)
    (folder / link).symlink_to(elsewhere)
    with Store(folder) as store:
        assert store.read(SHA, "thumb.webp") is None
        store.keep(READ, STAMP)
        store.save()
        assert store.read(SHA, "thumb.webp") == b"thumb"
    assert {path.read_bytes() for path in elsewhere.rglob("*.webp")} == {b"not ours"}


def test_a_blob_that_is_a_link_is_none(store: Store, tmp_path: Path) -> None:
    path = at(kept(store)) / SHA[:2] / SHA / "thumb.webp"
    path.unlink()
    (tmp_path / "secret").write_bytes(b"12345")
    path.symlink_to(tmp_path / "secret")
    assert store.read(SHA, "thumb.webp") is None
    assert store.find([SHA], STAMPS, whole=True) == {}
