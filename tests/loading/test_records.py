from datetime import date
from decimal import Decimal

import pytest

from site_builder.loading.records import RESULTS_RECORD, read_approval, read_results
from site_builder.messages import read_catalogue
from tests.loading.reading import codes, places

WHOLE = """\
results:
  "8.1": {diem: "7,25", so: 12/QD, ngay: 2024-02-01, co_quan: Province}
  "8.2":
    phieu: {hai-long: 1.248, khong: 3}
  8.3:
    so_lieu: {value: "88,5"}
"""


def test_whole() -> None:
    results, findings = read_results(WHOLE.encode())
    assert findings == ()
    assert results["8.1"].points == Decimal("7.25")
    assert (results["8.1"].document_number, results["8.1"].issuer) == ("12/QD", "Province")
    assert (results["8.1"].issued_on, results["8.1"].line) == ("01/02/2024", 2)
    assert results["8.2"].answers == {"hai-long": Decimal(1248), "khong": Decimal(3)}
    assert results["8.3"].figures == {"value": Decimal("88.5")}
    assert results["8.3"].points is None


def test_a_bad_value_loses_only_its_line() -> None:
    results, findings = read_results(WHOLE.replace('"7,25"', "many").encode())
    assert places(findings) == [("YML006", 2, "diem")]
    assert results["8.1"].points is None
    assert len(results) == 3


def test_the_decimal_comma_in_braces() -> None:
    results, findings = read_results(b'results: {"8.1": {diem: 7,25, so: x}}')
    assert codes(findings) == ["YML011"]
    assert results["8.1"].points is None


def test_broken() -> None:
    for text in (b"", b"- a", b"results: 3", b"results: {a: 3}", b"\x00"):
        results, findings = read_results(text)
        assert results == {}
        assert findings


def test_nothing_decided_yet() -> None:
    assert read_results(b"results:\n") == ({}, ())


def test_schema_describes_every_key() -> None:
    texts = read_catalogue("fields")
    assert RESULTS_RECORD.schema(lambda record, key: texts.text("fields", record, key))


APPROVED = """\
approval:
  so: 15/TTr-UBND
  ngay: 20/12/2025
  bo_phan: chu-tich
  ky: 2025
  bo_tieu_chi: s
  ma_tong: AB12
  tieu_chi: {"1.1": CD34, 1.10: ef56}
"""


def test_an_approval() -> None:
    approval, findings = read_approval(APPROVED.encode())
    assert findings == ()
    assert approval is not None
    assert (approval.document, approval.by, approval.period) == ("15/TTr-UBND", "chu-tich", "2025")
    assert (approval.digest, approval.leaves) == ("ab12", {"1.1": "cd34", "1.10": "ef56"})
    assert (approval.on, approval.line) == (date(2025, 12, 20), 2)


@pytest.mark.parametrize("gone", ["so", "ngay", "bo_phan", "ky", "ma_tong", "tieu_chi"])
def test_an_approval_with_a_part_missing_is_reported(gone: str) -> None:
    kept = [line for line in APPROVED.splitlines() if not line.strip().startswith(f"{gone}:")]
    approval, findings = read_approval("\n".join(kept).encode())
    assert codes(findings) == ["YML004"]
    assert (approval is None) == (gone in {"ma_tong", "tieu_chi"})


def test_an_approval_that_is_none() -> None:
    for text in (b"", b"- a", b"approval: 3", b"approval: {}", b"\x00"):
        approval, findings = read_approval(text)
        assert approval is None
        assert findings
