import os
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.model.site import EvidenceCopy, Form, StoredCopy
from site_builder.publishing.copies import copy_evidence, copy_pictures
from tests.publishing.sites import evidence

ADDRESS = "2023/tc/1/a-0a1b2c3d.pdf"


@pytest.fixture
def copy(tmp_path: Path) -> EvidenceCopy:
    return evidence(tmp_path, "evidence/1/a.pdf", b"x" * 3_000_000, ADDRESS)


def test_bytes_arrive_and_nothing_else(tmp_path: Path, copy: EvidenceCopy) -> None:
    source = tmp_path / copy.file.raw
    os.utime(source, (1, 1))
    assert copy_evidence([copy], tmp_path, tmp_path / "site") == ()
    target = tmp_path / "site" / ADDRESS
    assert target.read_bytes() == source.read_bytes()
    assert target.stat().st_mtime > 1
    assert target.stat().st_nlink == source.stat().st_nlink == 1


def test_a_file_that_changed_since_it_was_read_is_named(tmp_path: Path, copy: EvidenceCopy) -> None:
    (tmp_path / copy.file.raw).write_bytes(b"other")
    assert copy_evidence([copy], tmp_path, tmp_path / "site") == ("evidence/1/a.pdf",)


def test_a_file_that_is_gone_is_named(tmp_path: Path, copy: EvidenceCopy) -> None:
    (tmp_path / copy.file.raw).unlink()
    assert copy_evidence([copy], tmp_path, tmp_path / "site") == ("evidence/1/a.pdf",)


def test_a_folder_in_its_place_is_named(tmp_path: Path, copy: EvidenceCopy) -> None:
    (tmp_path / copy.file.raw).unlink()
    (tmp_path / copy.file.raw).mkdir()
    assert copy_evidence([copy], tmp_path, tmp_path / "site") == ("evidence/1/a.pdf",)


def test_a_file_nobody_hashed_is_named(tmp_path: Path, copy: EvidenceCopy) -> None:
    unread = replace(copy, file=replace(copy.file, sha256=None))
    assert copy_evidence([unread], tmp_path, tmp_path / "site") == ("evidence/1/a.pdf",)


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs rights there")
def test_a_link_is_not_followed(tmp_path: Path, copy: EvidenceCopy) -> None:
    source = tmp_path / copy.file.raw
    elsewhere = source.rename(tmp_path / "same-bytes")
    source.symlink_to(elsewhere)
    assert copy_evidence([copy], tmp_path, tmp_path / "site") == ("evidence/1/a.pdf",)


def test_one_document_with_two_uses_is_stored_once(tmp_path: Path, copy: EvidenceCopy) -> None:
    assert copy_evidence([copy, copy], tmp_path, tmp_path / "site") == ()


def test_two_documents_at_one_address_are_a_failure(tmp_path: Path, copy: EvidenceCopy) -> None:
    other = evidence(tmp_path, "evidence/1/b.pdf", b"other", ADDRESS)
    assert copy_evidence([copy, other], tmp_path, tmp_path / "site") == ("evidence/1/b.pdf",)


def test_an_address_outside_the_site_is_our_fault(tmp_path: Path, copy: EvidenceCopy) -> None:
    with pytest.raises(ValueError, match="not an address"):
        copy_evidence([replace(copy, address="../x.pdf")], tmp_path, tmp_path / "site")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps names that are no UTF-8")
def test_a_name_that_is_no_utf8_is_read_as_the_disk_spells_it(tmp_path: Path) -> None:
    raw = os.fsdecode(b"evidence/1/b\xe1o.pdf")
    copy = evidence(tmp_path, raw, b"x", ADDRESS)
    assert copy_evidence([copy], tmp_path, tmp_path / "site") == ()


def zipped(copy: EvidenceCopy) -> EvidenceCopy:
    return replace(copy, address="2023/tc/1/a.zip", download_name="a.svg.zip", form=Form.ZIPPED)


def test_what_would_run_is_alone_in_an_archive(tmp_path: Path, copy: EvidenceCopy) -> None:
    assert copy_evidence([zipped(copy)], tmp_path, tmp_path / "site") == ()
    with zipfile.ZipFile(tmp_path / "site/2023/tc/1/a.zip") as archive:
        (member,) = archive.infolist()
        assert member.filename == "a.svg"
        assert archive.read(member) == b"x" * 3_000_000


def test_an_archive_has_the_same_bytes_again(tmp_path: Path, copy: EvidenceCopy) -> None:
    for site in ("one", "two"):
        assert copy_evidence([zipped(copy)], tmp_path, tmp_path / site) == ()
        os.utime(tmp_path / copy.file.raw, (1, 1))
    one, two = (tmp_path / site / "2023/tc/1/a.zip" for site in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_a_zipped_file_that_changed_is_named(tmp_path: Path, copy: EvidenceCopy) -> None:
    (tmp_path / copy.file.raw).write_bytes(b"other")
    assert copy_evidence([zipped(copy)], tmp_path, tmp_path / "site") == ("evidence/1/a.pdf",)


def test_pictures_come_from_the_store(tmp_path: Path) -> None:
    store = {("ab", "thumb.webp"): b"RIFF"}
    pictures = [
        StoredCopy(address="2023/xem/ab/thumb.webp", sha256="ab", blob="thumb.webp"),
        StoredCopy(address="2023/xem/ab/page-001.webp", sha256="ab", blob="page-001.webp"),
    ]
    missing = copy_pictures(pictures, lambda *name: store.get(name), tmp_path / "site")
    assert missing == ("2023/xem/ab/page-001.webp",)
    assert (tmp_path / "site/2023/xem/ab/thumb.webp").read_bytes() == b"RIFF"


def test_a_picture_never_leaves_the_site(tmp_path: Path) -> None:
    outside = StoredCopy(address="../a.webp", sha256="ab", blob="a.webp")
    with pytest.raises(ValueError, match="webp"):
        copy_pictures([outside], lambda *_: b"", tmp_path / "site")
