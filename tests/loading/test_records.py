from decimal import Decimal

from site_builder.loading.records import RESULTS_RECORD, read_results
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
