"""What ``build --offline`` is asked and says; the build itself is tried in tests/e2e."""

import io
from argparse import Namespace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from site_builder.commands.context import Context
from site_builder.commands.parcel import (
    NO_PARCEL,
    contradiction,
    edition_of,
    handover_of,
    one_line,
    tell_packed,
    tell_size,
)
from site_builder.messages import read_catalogue
from site_builder.model.evidence import EvidenceFile
from site_builder.model.handover import Handover
from site_builder.model.results import Edition
from site_builder.model.site import EvidenceCopy, Site
from site_builder.publishing.offline import LARGEST_ON_FAT32, MUCH, Packed


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(
        root=tmp_path,
        texts=read_catalogue("cli"),
        out=io.StringIO(),
        err=io.StringIO(),
        environment={},
        # Already the next day in Viet Nam.
        now=lambda: datetime(2024, 1, 14, 20, tzinfo=UTC),
    )


def _said(context: Context) -> str:
    assert isinstance(context.err, io.StringIO)
    return context.err.getvalue()


def _asked(**given: object) -> Namespace:
    return Namespace(**{"edition": None, "today": None, **NO_PARCEL, **given})


@pytest.mark.parametrize(
    ("edition", "offline", "built"),
    [
        (None, False, Edition.WORKING),
        (None, True, Edition.ASSESSOR),
        ("working", True, Edition.WORKING),
        ("public", False, Edition.PUBLIC),
    ],
)
def test_what_leaves_the_building_is_the_assessors_unless_named(
    edition: str | None, *, offline: bool, built: Edition
) -> None:
    assert edition_of(_asked(edition=edition, offline=offline)) is built


def test_options_that_go_together() -> None:
    assert contradiction(_asked()) == ""
    assert contradiction(_asked(offline=True, recipient="A", without_originals=True)) == ""
    assert contradiction(_asked(recipient="A")) == "offline_needed"
    assert contradiction(_asked(offline=True, edition="public")) == "offline_not_public"


def test_the_day_is_today_in_viet_nam_unless_given(context: Context) -> None:
    assert handover_of(_asked(), context) is None
    plain = handover_of(_asked(offline=True), context)
    assert plain == Handover(recipient="", day=date(2024, 1, 15))
    given = handover_of(_asked(offline=True, date=date(2024, 2, 1), recipient="A"), context)
    assert given == Handover(recipient="A", day=date(2024, 2, 1))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  So   Noi vu ", "So Noi vu"),
        ("a\nb\tc\x1b[31m", "a b c [31m"),
        ("So\u031b", "S\u01a1"),
        ("a\udc80b", "a b"),
        ("a\u202eb", "a b"),
    ],
)
def test_a_recipient_is_one_printable_line(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


def test_a_recipient_is_no_letter() -> None:
    with pytest.raises(ValueError, match="a"):
        one_line("a" * 121)


def test_a_large_copy_is_announced(context: Context) -> None:
    def site(size: int) -> Site:
        file = EvidenceFile(path="a", raw="a", size=size, sha256="0" * 64)
        return Site(pages=(), evidence=(EvidenceCopy(file=file, address="a", download_name="a"),))

    tell_size(site(MUCH), context)
    assert _said(context) == ""
    tell_size(site(2_500_000_000), context)
    assert "2 500 MB" in _said(context).replace("\u00a0", " ").replace(".", " ")
    assert "--without-originals" in _said(context)


@pytest.mark.parametrize("size", [5_000_000, LARGEST_ON_FAT32 + 1])
def test_what_was_made_is_told(context: Context, tmp_path: Path, size: int) -> None:
    packed = Packed(archive=tmp_path / "x.zip", sha256="e" * 64, size=size, files=12, bytes=7)
    tell_packed(packed, tmp_path / "x", context)
    said = _said(context)
    assert "e" * 64 in said
    assert str(tmp_path / "x.zip") in said
    assert "MO-TRANG-NAY.html" in said
    assert ("FAT32" in said) == (size > LARGEST_ON_FAT32)
