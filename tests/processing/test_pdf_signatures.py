"""The eight classes of signatures, on files that are signed here."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from site_builder.model.processed import Signature, SignatureClass
from site_builder.processing.pdf import signatures as reader
from site_builder.processing.pdf.structure import structure
from tests.processing.makers import pdf

ENTIRE = SignatureClass.INTACT_ENTIRE_FILE
PERMITTED = SignatureClass.INTACT_PERMITTED_UPDATES
LATER = SignatureClass.INTACT_LATER_CHANGES
REWRITTEN = SignatureClass.REWRITTEN
ALTERED = SignatureClass.ALTERED
ORPHAN = SignatureClass.ORPHAN
UNVERIFIABLE = SignatureClass.UNVERIFIABLE
TIMESTAMP = SignatureClass.TIMESTAMP


def found_in(folder: Path, data: bytes, trust: str = "") -> tuple[Signature, ...]:
    path = folder / "file"
    path.write_bytes(data)
    return reader.signatures(data, structure(str(path)).widgets, trust)


@pytest.mark.parametrize(
    ("make", "classes"),
    [
        (pdf.official, []),
        (pdf.signed, [ENTIRE]),
        (lambda: pdf.signed(pdf.restricted()), [ENTIRE]),
        (lambda: pdf.signed(digest="sha1"), [ENTIRE]),
        (pdf.signed_twice, [PERMITTED, ENTIRE]),
        (pdf.document_timestamped, [PERMITTED, TIMESTAMP]),
        (pdf.changed_after_signing, [LATER]),
        (pdf.rewritten, [REWRITTEN, REWRITTEN]),
        (pdf.tampered, [ALTERED]),
        (pdf.orphaned, [ORPHAN]),
        (pdf.unverifiable, [UNVERIFIABLE]),
    ],
)
def test_classes(tmp_path: Path, make: Callable[[], bytes], classes: list[SignatureClass]) -> None:
    assert [each.class_ for each in found_in(tmp_path, make())] == classes


@pytest.mark.parametrize("make", [pdf.signed, pdf.rewritten, pdf.tampered, pdf.orphaned])
def test_who_signed(tmp_path: Path, make: Callable[[], bytes]) -> None:
    signature = found_in(tmp_path, make())[0]
    assert signature.signer == pdf.SAMPLE.signer
    assert signature.organization == pdf.SAMPLE.issuer
    assert signature.page == 1
    assert signature.trusted is None
    assert signature.signed_at is not None
    assert signature.signed_at.utcoffset() == UTC.utcoffset(None)


def test_the_time_of_an_authority_goes_before_the_signers_clock(tmp_path: Path) -> None:
    (signature,) = found_in(tmp_path, pdf.signed(stamped=True, visible=False))
    assert (signature.signed_at, signature.timestamped) == (pdf.STAMPED_AT, True)
    assert signature.algorithm == "RSA SHA256"
    assert signature.page is None


def test_a_time_stamp_of_the_document(tmp_path: Path) -> None:
    stamp = found_in(tmp_path, pdf.document_timestamped())[1]
    assert (stamp.signed_at, stamp.timestamped, stamp.signer) == (pdf.STAMPED_AT, True, "TSA")


def test_trust_is_told_only_with_a_folder(tmp_path: Path) -> None:
    trusted, other = tmp_path / "trusted", tmp_path / "other"
    trusted.mkdir()
    other.mkdir()
    (trusted / "authority.cer").write_bytes(pdf.certificate())
    (trusted / "README.txt").write_text("not a certificate", "utf-8")
    data = pdf.signed()
    assert found_in(tmp_path, data)[0].trusted is None
    assert found_in(tmp_path, data, str(trusted))[0].trusted is True
    assert found_in(tmp_path, data, str(other))[0].trusted is False
    assert found_in(tmp_path, data, str(tmp_path / "absent"))[0].trusted is False


def test_certificates_in_text_form(tmp_path: Path) -> None:
    (tmp_path / "authority.pem").write_bytes(pdf.certificate_as_text())
    assert found_in(tmp_path, pdf.signed(), str(tmp_path))[0].trusted is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("D:20240105100000+07'00'", datetime(2024, 1, 5, 3, 0, tzinfo=UTC)),
        ("D:20240105100000-0730", datetime(2024, 1, 5, 17, 30, tzinfo=UTC)),
        ("D:20240105100000Z", datetime(2024, 1, 5, 10, 0, tzinfo=UTC)),
        ("D:20240105100000", datetime(2024, 1, 5, 10, 0, tzinfo=UTC)),
        ("D:00010101000000+07'00'", None),
        ("D:20241305100000Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_claimed_times(text: str, expected: datetime | None) -> None:
    assert reader._claimed(text) == expected  # noqa: SLF001
