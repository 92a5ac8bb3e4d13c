"""The copy that travels, from a site that was printed by hand."""

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from site_builder.messages import Catalogue, read_catalogue
from site_builder.model.evidence import EvidenceFile
from site_builder.model.handover import Handover
from site_builder.model.results import Edition
from site_builder.model.site import EvidenceCopy, Site
from site_builder.publishing import offline, stage, swap
from site_builder.publishing.offline import (
    LONGEST_NAME,
    LONGEST_PATH,
    MANIFEST,
    NOTES,
    REGISTER,
    SITE,
    START,
    NotPortableError,
    Packed,
    Parcel,
    for_a_folder,
    manifest,
    originals_size,
    pack,
    parcel_name,
    unportable,
    write_zip,
)

TEXTS: Catalogue = read_catalogue("cli", "pages")
DAY = date(2024, 1, 15)
HOME = "2023/index.html"
PAGES: Mapping[str, bytes] = {
    HOME: b"<p>home</p>",
    "2023/tc/1.1.html": b"<p>leaf</p>",
    "2023/tc/1.1/ke-hoach-0a1b2c3d.pdf": b"%PDF-1.4 " + b"a" * 3000,
    "sb/mo-trang.js": b"void 0;",
    "assets/site.css": b".sb{max-width:60rem}\n" * 200,
    # For web servers.
    "index.html": b"root",
    "404.html": b"none",
    "sitemap.xml": b"<urlset/>",
    "sitemap.xml.gz": b"\x1f\x8b",
}


def _site(**more: object) -> Site:
    return Site(pages=(), home=HOME, config={"site_name": "A &amp; B", **more})


def _parcel(
    recipient: str = "So Noi vu",
    *,
    name: str = "xa-2023",
    edition: Edition = Edition.ASSESSOR,
    originals: bool = True,
) -> Parcel:
    return Parcel(
        name=name,
        handover=Handover(recipient=recipient, day=DAY, originals=originals),
        edition=edition,
        commit="c" * 40,
        digest="d" * 64,
    )


def _printed(root: Path, pages: Mapping[str, bytes] = PAGES) -> Path:
    output = root / "build/stage/assessor/site"
    for path, data in pages.items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_bytes(data)
    return output


def _pack(root: Path, parcel: Parcel | None = None, pages: Mapping[str, bytes] = PAGES) -> Packed:
    return pack(_site(), _printed(root, pages), root, parcel or _parcel(), TEXTS)


def _names(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


# --- names


@pytest.mark.parametrize(
    ("recipient", "edition", "name"),
    [
        ("", Edition.ASSESSOR, "xa-mau-2023"),
        ("S\u1edf N\u1ed9i v\u1ee5", Edition.ASSESSOR, "xa-mau-2023-so-noi-vu"),
        ("S\u1edf N\u1ed9i v\u1ee5", Edition.WORKING, "xa-mau-2023-noi-bo-so-noi-vu"),
        ("../..", Edition.ASSESSOR, "xa-mau-2023"),
        ("CON", Edition.ASSESSOR, "xa-mau-2023-con"),
    ],
)
def test_the_name_tells_copies_apart(recipient: str, edition: Edition, name: str) -> None:
    assert parcel_name("X\u00e3 M\u1eabu", "2023", edition, recipient) == name


def test_long_names_are_cut_and_still_tell_recipients_apart() -> None:
    council = "Hoi dong tham dinh cai cach hanh chinh cua tinh, to "
    names = {parcel_name("UBND xa", "2023", Edition.ASSESSOR, council + end) for end in "12345"}
    assert len(names) == 5
    assert all(len(name) <= LONGEST_NAME for name in names)
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)


def test_a_unit_without_letters_has_a_name_too() -> None:
    assert parcel_name("\u2026", "", Edition.ASSESSOR, "") == "minh-chung"


@pytest.mark.parametrize(
    "path",
    [
        "a" * (LONGEST_PATH + 1),
        "trang/k\u1ebf-ho\u1ea1ch.pdf",
        "trang/con.html",
        "trang/COM1",
        "trang/aux/x.html",
        "trang/a.",
        "trang/a ",
        "trang/a:b",
        "trang/a?b",
        'trang/a"b',
        "trang/a\\b",
        "trang/a\nb",
        "trang//b",
    ],
)
def test_what_some_computer_cannot_hold_is_found(path: str) -> None:
    assert unportable(["trang/1.html", path]) == (path,)


def test_names_that_differ_only_in_case_are_found() -> None:
    assert unportable(["tc/1a.html", "tc/1A.html", "tc/1b.html"]) == ("tc/1a.html", "tc/1A.html")


@pytest.mark.parametrize(
    "path",
    [
        "a" * LONGEST_PATH,
        "trang/2023/tc/1.1.1.html",
        "trang/console.html",
        "trang/tim/m.js",
        "a/_b",
    ],
)
def test_ordinary_paths_pass(path: str) -> None:
    assert unportable([path]) == ()


# --- the site before it is printed


def test_the_search_of_the_theme_works_without_a_worker() -> None:
    made = for_a_folder(_site(extra={"homepage": "x"}))
    assert made.config["extra"] == {"homepage": "x", "polyfills": ["sb/iframe-worker.js"]}
    script = made.assets["sb/iframe-worker.js"]
    assert b"iframe-worker 1.0.4" in script
    assert b"Permission is hereby granted" in script
    # Nothing that the policy of the pages would refuse.
    assert b"<script" not in script
    assert b"eval" not in script
    assert made.assets["sb/mo-trang.js"]


def test_the_list_of_plugins_keeps_what_the_settings_say() -> None:
    ours = yaml.safe_load(stage.packaged_settings())["plugins"]
    assert for_a_folder(_site()).config["plugins"] == [*ours, "offline"]


@pytest.mark.parametrize(
    ("settings", "plugins"),
    [
        ("plugins: [search, offline]", ["search", "offline"]),
        ("plugins:\n  search: {lang: vi}\n", [{"search": {"lang": "vi"}}, "offline"]),
        ("plugins:\n  search:\n", ["search", "offline"]),
        ("strict: true\n", ["search", "offline"]),
    ],
)
def test_plugins_may_be_written_in_every_way(settings: str, plugins: list[object]) -> None:
    site = replace(_site(), settings=settings.encode())
    assert for_a_folder(site).config["plugins"] == plugins


def test_other_editions_know_nothing_of_it(tmp_path: Path) -> None:
    folder = stage.write(_site(), tmp_path, Edition.ASSESSOR).folder
    settings = json.loads((folder / "mkdocs.yml").read_text("utf-8"))
    assert "plugins" not in settings
    assert "polyfills" not in settings["extra"]


def test_the_size_of_the_originals_is_known_before() -> None:
    files = [EvidenceFile(path=name, raw=name, size=7, sha256="0" * 64) for name in "ab"]
    copies = tuple(EvidenceCopy(file=f, address=f.path, download_name=f.path) for f in files)
    assert originals_size(replace(_site(), evidence=copies)) == 14


# --- packing


def test_folder_zip_and_register_stand_beside_one_another(tmp_path: Path) -> None:
    packed = _pack(tmp_path)
    place = tmp_path / "build/offline"
    assert sorted(path.name for path in place.iterdir()) == [REGISTER, "xa-2023", "xa-2023.zip"]
    assert packed.archive == place / "xa-2023.zip"
    inside = [f"{SITE}/{path}" for path in PAGES if path not in offline._ONLINE]  # noqa: SLF001
    assert _names(place / "xa-2023") == sorted([NOTES, START, MANIFEST, *inside])
    # Nothing is left of the making.
    assert list((tmp_path / "build/stage/assessor").iterdir()) == []


def test_the_zip_holds_the_folder_and_nothing_else(tmp_path: Path) -> None:
    packed = _pack(tmp_path)
    shutil.unpack_archive(packed.archive, tmp_path / "unpacked")
    folder, unpacked = tmp_path / "build/offline/xa-2023", tmp_path / "unpacked/xa-2023"
    assert _names(unpacked) == _names(folder)
    assert len(_names(folder)) == packed.files
    for name in _names(folder):
        assert (unpacked / name).read_bytes() == (folder / name).read_bytes()
    assert packed.bytes == sum((folder / name).stat().st_size for name in _names(folder))


def test_the_same_content_recipient_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = _pack(tmp_path / "a"), _pack(tmp_path / "b")
    assert first.archive.read_bytes() == second.archive.read_bytes()
    assert first.sha256 == hashlib.sha256(first.archive.read_bytes()).hexdigest()
    # And others do not.
    assert _pack(tmp_path / "c", _parcel("Other")).sha256 != first.sha256


def test_members_are_dated_sorted_and_kept_as_they_are_where_compressed(tmp_path: Path) -> None:
    with zipfile.ZipFile(_pack(tmp_path).archive) as archive:
        members = archive.infolist()
    assert [each.filename for each in members] == sorted(each.filename for each in members)
    assert {each.date_time for each in members} == {(2024, 1, 15, 0, 0, 0)}
    assert {each.create_system for each in members} == {3}
    kinds = {each.filename.rpartition(".")[2]: each.compress_type for each in members}
    assert kinds["pdf"] == zipfile.ZIP_STORED
    assert kinds["css"] == kinds["html"] == zipfile.ZIP_DEFLATED


@pytest.mark.parametrize(("year", "kept"), [(1970, 1980), (2024, 2024), (2500, 2107)])
def test_days_that_no_zip_knows_become_those_it_knows(tmp_path: Path, year: int, kept: int) -> None:
    (tmp_path / "a").write_bytes(b"a")
    write_zip(tmp_path, tmp_path / "z.zip", "n", ["a"], date(year, 3, 4))
    with zipfile.ZipFile(tmp_path / "z.zip") as archive:
        assert archive.infolist()[0].date_time[:3] == (kept, 3, 4)


def test_the_manifest_names_every_other_file(tmp_path: Path) -> None:
    folder = _pack(tmp_path).archive.with_suffix("")
    lines = (folder / MANIFEST).read_text("ascii").splitlines()
    found = {line[66:]: line[:64] for line in lines}
    assert sorted(found) == [name for name in _names(folder) if name != MANIFEST]
    for name, digest in found.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_manifest_is_sorted_and_ends_its_lines_as_sha256sum_wants() -> None:
    assert manifest({"b": "2" * 64, "a": "1" * 64}) == (b"1" * 64 + b"  a\n" + b"2" * 64 + b"  b\n")


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="only where there is sha256sum")
def test_sha256sum_finds_a_changed_byte(tmp_path: Path) -> None:
    folder = _pack(tmp_path).archive.with_suffix("")
    check = ["sha256sum", "--check", "--quiet", MANIFEST]
    assert subprocess.run(check, cwd=folder, check=False, capture_output=True).returncode == 0
    (folder / SITE / HOME).write_bytes(b"<p>Home</p>")
    assert subprocess.run(check, cwd=folder, check=False, capture_output=True).returncode != 0


def test_the_notes_open_in_the_editor_of_windows(tmp_path: Path) -> None:
    data = (_pack(tmp_path).archive.with_suffix("") / NOTES).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") > 10
    text = data.decode("utf-8-sig")
    assert text.startswith("A & B\r\n")
    for word in (START, MANIFEST, "certutil -hashfile", "sha256sum", "So Noi vu", "15/01/2024"):
        assert word in text
    assert "c" * 40 in text
    assert "d" * 64 in text
    # Every placeholder was filled, and those of PowerShell are its own.
    assert set(re.findall(r"\$\w+", text)) == {"$h", "$p", "$_"}


@pytest.mark.parametrize(
    ("parcel", "key"),
    [
        (_parcel(), "originals"),
        (_parcel(originals=False), "no_originals"),
        (_parcel(edition=Edition.WORKING), "working"),
        (replace(_parcel(), commit=""), "no_commit"),
        (replace(_parcel(), digest=""), "no_digest"),
    ],
)
def test_the_notes_say_what_the_copy_is(tmp_path: Path, parcel: Parcel, key: str) -> None:
    notes = _pack(tmp_path, parcel).archive.with_suffix("") / NOTES
    assert TEXTS.text("cli", "offline", key) in notes.read_text("utf-8-sig")


def test_the_page_to_open_leads_to_the_first_page_under_a_policy(tmp_path: Path) -> None:
    page = (_pack(tmp_path, _parcel("<b>&")).archive.with_suffix("") / START).read_text("utf-8")
    assert f'href="{SITE}/{HOME}"' in page
    assert f'src="{SITE}/sb/mo-trang.js"' in page
    assert "<h1>A &amp; B</h1>" in page
    assert "&lt;b&gt;&amp;" in page
    assert "<b>" not in page
    assert "Content-Security-Policy" in page


def test_every_copy_has_its_row(tmp_path: Path) -> None:
    first = _pack(tmp_path)
    second = _pack(tmp_path, replace(_parcel("=1+1", name="other"), dirty=True))
    text = (tmp_path / "build/offline" / REGISTER).read_text("utf-8-sig")
    rows = [line.split(",") for line in text.splitlines()]
    assert rows[0] == list(TEXTS.table("cli", "offline_columns").values())
    assert [row[-1] for row in rows[1:]] == [first.sha256, second.sha256]
    assert rows[1][0:2] == ["So Noi vu", "15/01/2024"]
    assert rows[1][-3:-1] == [str(first.files), str(first.bytes)]
    assert rows[2][0] == "'=1+1"
    assert rows[2][4] == "c" * 40 + "*"


# --- failing


def _state(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in _names(folder)}


def test_a_path_for_no_computer_leaves_everything_as_it_was(tmp_path: Path) -> None:
    _pack(tmp_path)
    before = _state(tmp_path / "build/offline")
    with pytest.raises(NotPortableError) as caught:
        _pack(tmp_path, pages={**PAGES, "2023/" + "a" * 200 + ".html": b""})
    assert len(caught.value.paths) == 1
    assert _state(tmp_path / "build/offline") == before
    assert list((tmp_path / "build/stage/assessor").iterdir()) == []


def test_a_full_disk_leaves_no_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(offline, "write_zip", fail)
    with pytest.raises(OSError, match="No space"):
        _pack(tmp_path)
    assert list((tmp_path / "build/offline").iterdir()) == []


def test_a_register_that_is_open_elsewhere_brings_everything_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pack(tmp_path)
    before = _state(tmp_path / "build/offline")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        # As Windows does while a spreadsheet program has the file open.
        if self.name == REGISTER:
            raise PermissionError(13, "open elsewhere", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        _pack(tmp_path, _parcel("Other"))
    monkeypatch.undo()
    assert _state(tmp_path / "build/offline") == before


def test_what_is_diverted_is_not_written_through(tmp_path: Path) -> None:
    assert offline.diverted(tmp_path, _parcel()) == ""
    (tmp_path / "build/offline").mkdir(parents=True)
    (tmp_path / "build/offline" / REGISTER).symlink_to(tmp_path / "evidence.csv")
    assert offline.diverted(tmp_path, _parcel()) == f"build/offline/{REGISTER}"


# --- moving several things together


def test_all_or_none_are_moved(tmp_path: Path) -> None:
    for name, text in (("a", "old a"), ("b", "old b"), ("new-a", "new a")):
        (tmp_path / name).write_text(text)
    moves = [(tmp_path / "new-a", tmp_path / "a"), (tmp_path / "absent", tmp_path / "b")]
    with pytest.raises(FileNotFoundError):
        swap.put_together(moves)
    assert (tmp_path / "a").read_text() == "old a"
    assert (tmp_path / "b").read_text() == "old b"
    assert (tmp_path / "new-a").read_text() == "new a"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "new-a"]
