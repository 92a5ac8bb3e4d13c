import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.model.site import EvidenceCopy
from site_builder.publishing.copies import copy_evidence
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
