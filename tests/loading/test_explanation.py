import io
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from site_builder.loading import explanation as module
from site_builder.loading import word_text
from site_builder.loading.explanation import plain_words, read_explanation, read_word
from site_builder.model.dossier import Explanation, Written
from tests.loading.reading import codes

CASES = yaml.safe_load((Path(__file__).parent / "explanations.yml").read_text("utf-8"))
SINGLE = {
    "muc": "level",
    "dat": "achieved",
    "ngay": "on",
    "diem": "points",
    "khong_ap_dung": "not_applicable",
}
BY_KEY = {"so_lieu": "figures", "chon": "choices", "bo_qua": "answers"}


def typed(explanation: Explanation) -> dict[str, Any]:
    """What was typed, as bare texts."""
    found: dict[str, Any] = {}
    for key, name in SINGLE.items():
        written = getattr(explanation, name)
        if written is not None:
            found[key] = written.text
    for key, name in BY_KEY.items():
        pairs = getattr(explanation, name)
        if pairs:
            found[key] = {id_: written.text for id_, written in pairs.items()}
    if explanation.checked is not None:
        found["da_dat"] = [written.text for written in explanation.checked]
    if explanation.documents:
        found["tai_lieu"] = [each.file or each.link or each.see for each in explanation.documents]
    if explanation.proposal is not None:
        found["de_nghi"] = {
            "diem": explanation.proposal.points.text,
            "ly_do": explanation.proposal.reason,
            "line": explanation.proposal.line,
        }
    told = {
        "cong_khai": explanation.public,
        "tra_loi": explanation.reply,
        "y_kien": explanation.opinion,
    }
    found.update({key: value for key, value in told.items() if value})
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any], end: str) -> None:
    data = case["text"].replace("\n", end).encode()
    explanation, findings = read_explanation(data, "a/giai-trinh.md", "1.1")
    found = [f"{each.check.code}:{each.location.line}" for each in findings]
    assert found == case.get("finds", [])
    assert typed(explanation) == case["values"]
    assert explanation.text == case["words"]
    assert explanation.has_text == bool(case["words"])
    assert explanation.is_template == case.get("template", False)
    assert {finding.criterion for finding in findings} <= {"1.1"}


def test_lines_and_columns() -> None:
    text = "---\nso_lieu:\n  a: 12\ntai_lieu:\n  - tep: x\n---\nbody\n"
    explanation, _ = read_explanation(text.encode(), "x.md", "1")
    assert explanation.figures["a"] == Written("12", 3, 6)
    assert explanation.documents[0].line == 5
    assert (explanation.body, explanation.body_line) == ("body\n", 7)


def test_a_listed_document() -> None:
    text = (
        "---\ntai_lieu:\n  - {xem: 03/KH-UBND, cho: ke-hoach, so: 1, ngay: 2023-01-10,"
        ' co_quan: A, trich_yeu: B, vi_tri: "trang 2", cong_khai: true}\n---\n'
    )
    explanation, findings = read_explanation(text.encode(), "x.md", "1")
    assert findings == ()
    (listed,) = explanation.documents
    assert (listed.see, listed.slot, listed.number) == ("03/KH-UBND", "ke-hoach", "1")
    assert (listed.issuer, listed.subject, listed.place) == ("A", "B", "trang 2")
    assert listed.public


@pytest.mark.parametrize(
    ("data", "code", "variant", "line"),
    [
        (b"%PDF-1.7\n\x00\x01", "EXP001", "binary", 2),
        (b"ok\nTr\xe0n \xd0", "EXP001", "encoding", 2),
    ],
)
def test_not_text(data: bytes, code: str, variant: str, line: int) -> None:
    explanation, findings = read_explanation(data, "x.md", "1")
    (found,) = findings
    assert (found.check.code, found.params["variant"]) == (code, variant)
    assert found.location.line == line
    assert not explanation.is_template


def test_what_was_made_a_comment_is_no_part_of_the_words() -> None:
    data = b"---\n---\nFirst <!-- two\nlines --> third\n<!-- no end\nlast"
    explanation, _ = read_explanation(data, "x.md", "1")
    assert explanation.body.split("\n") == ["First ", " third", "", ""]
    assert explanation.text == "First\nthird"


def test_utf_16() -> None:
    explanation, findings = read_explanation("---\ndat: c\u00f3\n---\n".encode("utf-16"), "x", "1")
    assert findings == ()
    assert explanation.achieved == Written("c\u00f3", 2, 6)


def test_decomposed_is_composed() -> None:
    explanation, _ = read_explanation("---\nmuc: a\u0302\u0301\n---\na\u0302".encode(), "x", "1")
    assert explanation.level == Written("\u1ea5", 2, 6)
    assert explanation.body == "\u00e2"


def test_far_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SIZE_LIMIT", 100)
    explanation, findings = read_explanation(b"x" * 101, "x", "1")
    assert codes(findings) == ["EXP006"]
    assert explanation.body == ""


def test_time_grows_with_length() -> None:
    start = time.process_time()
    for piece in ("<!--", "# ", "a: ", "giai trinh (", "*_", "---\n", "- x\n"):
        read_explanation((piece * 50_000).encode(), "x", "1")
    assert time.process_time() - start < 10


@given(st.binary())
def test_never_raises(data: bytes) -> None:
    read_explanation(data, "x", "1")
    read_explanation(b"---\n" + data + b"\n---\n", "x", "1")
    read_word(data, "x", "1")


@given(st.text(alphabet=st.sampled_from("a :-#\n*_>(){}[],\"'\u1ea5"), max_size=200))
def test_words_are_in_the_body(body: str) -> None:
    for line in plain_words(body).split("\n"):
        assert line in body


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def archive(xml: str | bytes, name: str = "word/document.xml") -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, xml)
    return memory.getvalue()


def document(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    return archive(f"<w:document {WORD}><w:body>{body}</w:body></w:document>")


class TestWord:
    def test_words(self) -> None:
        explanation, findings = read_word(document("First.", "", "2 * 3 &lt; [7]"), "x.docx", "1")
        assert findings == ()
        assert explanation.text == "First.\n2 * 3 < [7]"
        assert explanation.body == "First.\n\n2 \\* 3 \\< \\[7\\]"
        assert explanation.path == "x.docx"

    def test_declarations(self) -> None:
        data = document("---", "so_lieu:", "\u00a0 a: 12", "---", "Words")
        explanation, findings = read_word(data, "x.docx", "1")
        assert findings == ()
        assert explanation.figures["a"] == Written("12", 3, 6)
        assert explanation.text == "Words"

    def test_breaks_and_drawings(self) -> None:
        fallback = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        xml = (
            f'<w:document {WORD} xmlns:mc="{fallback}"><w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t>'
            "<w:br/><w:t>c</w:t></w:r><mc:Fallback><w:r><w:t>twice</w:t></w:r></mc:Fallback>"
            "</w:p></w:document>"
        )
        assert word_text.word_paragraphs(archive(xml)) == ("a b c",)

    def test_what_the_word_processor_hides_stays_hidden(self) -> None:
        hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>'
        changed = (
            "<w:moveFrom><w:r><w:t>moved away</w:t></w:r></w:moveFrom>"
            "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t> added</w:t></w:r></w:ins>"
        )
        xml = f"<w:document {WORD}><w:p>{hidden}{shown}{changed}</w:p></w:document>"
        assert word_text.word_paragraphs(archive(xml)) == ("shown added",)

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0 an old .doc",
            archive("<a>"),
            archive("<a/>", "word/other.xml"),
            archive("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"),
            archive("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"),
            archive("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>".encode("utf-16")),
            archive(b"x" * (64 * 1024 * 1024)),
        ],
    )
    def test_refused(self, data: bytes) -> None:
        explanation, findings = read_word(data, "x.docx", "1")
        assert codes(findings) == ["EXP005"]
        assert not explanation.is_template

    def test_deep_is_not_deadly(self) -> None:
        deep = 200_000
        data = archive(f"<w:p {WORD}>" + "<a>" * deep + "</a>" * deep + "</w:p>")
        assert word_text.word_paragraphs(data) == ("",)

    def test_far_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(word_text, "SIZE_LIMIT", 10)
        assert codes(read_word(document("x"), "x", "1")[1]) == ["EXP006"]


@pytest.mark.parametrize(
    "line",
    [
        "giai trinh" + " " * 200_000 + "x:",
        "giai trinh" + " *" * 100_000 + "x:",
        "giai trinh" + "(" * 200_000 + ":",
        "* " * 100_000 + "x:",
    ],
    ids=["spaces", "stars", "brackets", "marks"],
)
def test_a_long_line_is_read_in_no_time(line: str) -> None:
    # A pattern that tries every way of sharing out the spaces would not come back today.
    explanation, _ = read_explanation(line.encode(), "evidence/x/giai-trinh.md", "1.1")
    assert explanation.body.startswith(line[:10])
