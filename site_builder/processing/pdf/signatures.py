"""Digital signatures of a PDF file: whether the signed bytes are whole, never more than that.

Nobody is asked on the network. The authorities of government offices do not publish their chains,
so trust stays undetermined unless a folder with certificates is configured.
"""

import io
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from asn1crypto import cms, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from site_builder.model.processed import Signature, SignatureClass
from site_builder.processing.pdf.structure import SignatureWidget, printable

_LIMIT = 50
_CERTIFICATES = 200
_CERTIFICATE_SIZE = 1 << 16
_DOCUMENT_TIMESTAMP = "/ETSI.RFC3161"
_END = re.compile(rb"%%EOF\s*\Z")
# A signature in the bytes to which no field leads: the file was cut off or put together.
_LEFT = re.compile(rb"/(?:adbe\.pkcs7|adbe\.x509|ETSI\.)")
_PERMITTED = frozenset({"NONE", "LTA_UPDATES", "FORM_FILLING", "ANNOTATIONS"})
_CLAIMED = re.compile(
    r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'?(\d\d)?)?", re.ASCII
)

# The library complains about bad files at length, with all that certificates say of people.
for _name_of_logger in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name_of_logger).setLevel(logging.CRITICAL + 1)


def signatures(
    data: bytes, widgets: Sequence[SignatureWidget], trust_folder: str = ""
) -> tuple[Signature, ...]:
    """Every signature of a file, in its order; fields without their form come last.

    Args:
        data: the whole file.
        widgets: what the pages show.
        trust_folder: certificates of authorities, PEM or DER; "" leaves trust undetermined.
    """
    try:
        embedded = _embedded(data)
        lost = SignatureClass.ORPHAN
    except Exception:  # noqa: BLE001 - the library raises many things for bad files
        embedded = []
        lost = SignatureClass.UNVERIFIABLE
    roots = _roots(trust_folder) if trust_folder else None
    known = {_number(each) for each in embedded}
    shown = {widget.number: widget for widget in widgets}
    found = [_signature(each, data, shown.get(_number(each)), roots) for each in embedded]
    found += [_left_over(each, lost) for each in widgets if each.number not in known]
    if not found and _LEFT.search(data):
        found = [Signature(class_=SignatureClass.UNVERIFIABLE)]
    return tuple(found[:_LIMIT])


def _embedded(data: bytes) -> list[EmbeddedPdfSignature]:
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    if reader.encrypted:
        reader.decrypt(b"")
    return list(islice(reader.embedded_signatures, _LIMIT))


def _number(signature: EmbeddedPdfSignature) -> int:
    """Object number of the signature's dictionary; -1 when it has none."""
    try:
        reference: Any = signature.sig_object.container_ref
        return int(reference.idnum)
    except Exception:  # noqa: BLE001 - a dictionary within another has no number
        return -1


def _signature(
    signature: EmbeddedPdfSignature,
    data: bytes,
    widget: SignatureWidget | None,
    roots: list[x509.Certificate] | None,
) -> Signature:
    page = widget.page if widget else None
    try:
        if str(signature.sig_object.get("/SubFilter", "")) == _DOCUMENT_TIMESTAMP:
            return _timestamp(signature, page)
        return _verified(signature, data, page, roots)
    except Exception:  # noqa: BLE001 - what cannot be understood cannot be verified
        return replace(
            _of(SignatureClass.UNVERIFIABLE, _certificate(signature), page),
            signed_at=_claimed(widget.claimed) if widget else None,
        )


def _timestamp(signature: EmbeddedPdfSignature, page: int | None) -> Signature:
    told = signature.signed_data["encap_content_info"]["content"].parsed
    return replace(
        _of(SignatureClass.TIMESTAMP, _certificate(signature), page),
        signed_at=_utc(told["gen_time"].native),
        timestamped=True,
    )


def _verified(
    signature: EmbeddedPdfSignature,
    data: bytes,
    page: int | None,
    roots: list[x509.Certificate] | None,
) -> Signature:
    claimed = _utc(signature.self_reported_timestamp)
    certificate = signature.signer_cert
    # Judged on the day of signing: certificates run out, and the same bytes must give the same.
    moment = claimed or certificate.not_valid_before
    # Genuine files of recent years are signed with SHA-1; whether bytes changed is all we ask.
    context = ValidationContext(
        trust_roots=roots or [], allow_fetching=False, weak_hash_algos=set(), moment=moment
    )
    status = validate_pdf_signature(signature, context)
    token = status.timestamp_validity
    if token is not None and not (token.intact and token.valid):
        token = None
    return replace(
        _of(_class_of(status, signature, data), certificate, page),
        signed_at=_utc(token.timestamp) if token else claimed,
        timestamped=token is not None,
        algorithm=_algorithm(status.pkcs7_signature_mechanism, status.md_algorithm),
        trusted=None if roots is None else status.trusted,
    )


def _algorithm(mechanism: str, digest: str) -> str:
    """Both parts in short ("RSA SHA256")."""
    return f"{mechanism.removeprefix(digest + '_')} {digest}".upper()


def _class_of(
    status: PdfSignatureStatus, signature: EmbeddedPdfSignature, data: bytes
) -> SignatureClass:
    if not status.intact or not status.valid:
        rewritten = not status.intact and not _ends_with_its_revision(signature, data)
        return SignatureClass.REWRITTEN if rewritten else SignatureClass.ALTERED
    if status.coverage is not None and status.coverage.name == "ENTIRE_FILE":
        return SignatureClass.INTACT_ENTIRE_FILE
    level = status.modification_level
    if level is not None and level.name in _PERMITTED:
        return SignatureClass.INTACT_PERMITTED_UPDATES
    return SignatureClass.INTACT_LATER_CHANGES


def _ends_with_its_revision(signature: EmbeddedPdfSignature, data: bytes) -> bool:
    """Whether the signed range ends where a revision of this file ends.

    Programs that stamp a file by writing it anew leave the old range, which then ends anywhere.
    """
    _, _, start, length = (int(number) for number in signature.byte_range)
    end = start + length
    return end <= len(data) and bool(_END.search(data[max(0, end - 32) : end]))


def _left_over(widget: SignatureWidget, class_: SignatureClass) -> Signature:
    """A signature that only a field on a page still shows."""
    return replace(
        _of(class_, _certificate_within(widget.contents), widget.page),
        signed_at=_claimed(widget.claimed),
    )


def _of(
    class_: SignatureClass, certificate: x509.Certificate | None, page: int | None
) -> Signature:
    """With the names out of a certificate; its e-mail address is nobody's business."""
    try:
        subject = certificate.subject.native if certificate else {}
        issuer = certificate.issuer.native if certificate else {}
    except Exception:  # noqa: BLE001 - a broken certificate names nobody
        subject = issuer = {}
    return Signature(
        class_=class_,
        signer=_name(subject.get("common_name")),
        organization=_name(subject.get("organization_name")),
        issuer=_name(issuer.get("common_name")),
        page=page,
    )


def _certificate(signature: EmbeddedPdfSignature) -> x509.Certificate | None:
    try:
        return signature.signer_cert
    except Exception:  # noqa: BLE001 - a broken signature names nobody
        return None


def _certificate_within(contents: bytes) -> x509.Certificate | None:
    """The certificate in a signature that matches its first signer."""
    try:
        content = cms.ContentInfo.load(contents)["content"]
        serial = content["signer_infos"][0]["sid"].chosen["serial_number"].native
        every = [each.chosen for each in content["certificates"]]
        return next((each for each in every if each.serial_number == serial), None)
    except Exception:  # noqa: BLE001 - a broken signature names nobody
        return None


def _name(value: object) -> str:
    """A name, or the last of several: the innermost unit."""
    last = value[-1] if isinstance(value, list) and value else value
    return printable(last) if isinstance(last, str) else ""


def _utc(moment: object) -> datetime | None:
    if not isinstance(moment, datetime):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _claimed(text: str) -> datetime | None:
    """A date as PDF dictionaries write it; without a zone it is taken as UTC."""
    found = _CLAIMED.match(text)
    if not found:
        return None
    zone = f"{found[7]}{found[8]}{found[9] or '00'}" if found[7] else "+0000"
    try:
        return _utc(datetime.strptime("".join(found.groups()[:6]) + zone, "%Y%m%d%H%M%S%z"))
    except (ValueError, OverflowError):
        return None


def _roots(folder: str) -> list[x509.Certificate]:
    return [certificate for path in _files(folder) for certificate in _certificates_in(path)]


def _files(folder: str) -> Iterator[Path]:
    """The files of the trust folder that may be certificates, by name."""
    try:
        paths = sorted(Path(folder).iterdir())
    except OSError:
        return
    for path in paths[:_CERTIFICATES]:
        if path.is_file() and path.stat().st_size <= _CERTIFICATE_SIZE:
            yield path


def _certificates_in(path: Path) -> list[x509.Certificate]:
    try:
        data = path.read_bytes()
        blocks = (
            [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        )
        return [x509.Certificate.load(der, strict=True) for der in blocks]
    except (OSError, ValueError, TypeError):
        return []
