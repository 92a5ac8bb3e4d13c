import gc
import string
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from site_builder.loading import yaml_events
from site_builder.loading.yaml_events import paused_collection, read_mapping
from site_builder.messages import read_catalogue
from site_builder.model.node import MappingNode, ScalarNode
from site_builder.reading.fields import Report
from tests.loading.reading import codes, parse, places, plain

UNREADABLE = yaml.safe_load((Path(__file__).parent / "unreadable.yml").read_text("utf-8"))
DECOMPOSED = "a\u0302\u0301"
COMPOSED = "\u1ea5"


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    name: str = request.param
    if name == "pure":
        monkeypatch.setattr(yaml_events, "_CParser", None)
    return name


@pytest.mark.usefixtures("parser")
class TestTree:
    def test_every_scalar_is_text_with_its_place(self) -> None:
        root, findings = parse("a: 1.10\nb:\n  - no\n  - 12:30\n  - 0755\n")
        assert findings == []
        assert plain(root) == {"a": "1.10", "b": ["no", "12:30", "0755"]}
        assert isinstance(root, MappingNode)
        (key, value), (_, listed) = root.entries
        assert (key.line, key.column, value.line, value.column) == (1, 1, 1, 4)
        assert (listed.line, listed.column) == (3, 3)

    @pytest.mark.parametrize("text", ["a:", "a: ~", "a: null", "a: Null", "a: NULL"])
    def test_absent(self, text: str) -> None:
        root, _ = parse(text)
        assert isinstance(root, MappingNode)
        value = root.entries[0][1]
        assert isinstance(value, ScalarNode)
        assert value.is_absent

    @pytest.mark.parametrize("text", ['a: ""', "a: 'null'", 'a: "~"'])
    def test_quoted_is_there(self, text: str) -> None:
        root, _ = parse(text)
        assert isinstance(root, MappingNode)
        value = root.entries[0][1]
        assert isinstance(value, ScalarNode)
        assert not value.is_absent

    def test_flow_and_block(self) -> None:
        root, _ = parse("a: {b: 1, c: [2, {d: 3}]}\ne:\n  f: |\n    x\n    y\n")
        assert plain(root) == {"a": {"b": "1", "c": ["2", {"d": "3"}]}, "e": {"f": "x\ny\n"}}
        assert isinstance(root, MappingNode)
        inner = root.get("a")
        assert isinstance(inner, MappingNode)
        assert inner.flow
        assert not root.flow

    def test_composed(self) -> None:
        root, _ = parse(f"{DECOMPOSED}: {DECOMPOSED}")
        assert plain(root) == {COMPOSED: COMPOSED}

    def test_nothing(self) -> None:
        for text in ("", "\n\n", "# only a comment\n"):
            assert parse(text) == (None, [])

    def test_first_of_equal_keys(self) -> None:
        root, findings = parse("a: 1\nb: 2\na: 3\na: 4\n")
        assert plain(root) == {"a": "1", "b": "2"}
        assert places(findings) == [("YML002", 3, "a"), ("YML002", 4, "a")]

    @pytest.mark.parametrize(
        ("text", "variant", "left"),
        [
            ("a: &x 1\nb: 2", "anchor", {"a": "1", "b": "2"}),
            ("a: &x [1]", "anchor", {"a": ["1"]}),
            ("a: *x\nb: 2", "alias", {"a": "", "b": "2"}),
            ("a: !!python/object:os.system x", "tag", {"a": "x"}),
            ("a: !x {b: 1}", "tag", {"a": {"b": "1"}}),
        ],
    )
    def test_features_are_refused(self, text: str, variant: str, left: object) -> None:
        root, findings = parse(text)
        assert plain(root) == left
        assert codes(findings) == ["YML010"]
        assert findings[0].params["variant"] == variant

    def test_merge_is_a_key_like_any_other(self) -> None:
        root, findings = parse("a:\n  <<: {b: 1}\n")
        assert plain(root) == {"a": {"<<": {"b": "1"}}}
        assert findings == []

    def test_decimal_comma_in_braces(self) -> None:
        root, findings = parse("r: {done: 0,75, due: 3}")
        assert plain(root) == {"r": {"due": "3"}}
        assert places(findings) == [("YML011", 1, "done")]
        assert findings[0].params["value"] == "0,75"
        assert findings[0].params["dotted"] == "0.75"

    def test_decimal_comma_at_the_end_and_with_per_cent(self) -> None:
        root, findings = parse("{a: 1, b: 12,5%}")
        assert plain(root) == {"a": "1"}
        assert places(findings) == [("YML011", 1, "b")]

    def test_ids_as_keys_in_braces_are_ids(self) -> None:
        root, findings = parse("{1: x, 2: {a: 1}}")
        assert plain(root) == {"1": "x", "2": {"a": "1"}}
        assert findings == []

    def test_key_that_is_no_text(self) -> None:
        root, findings = parse("? [a, b]\n: 1\nc: 2\n")
        assert plain(root) == {"c": "2"}
        assert [finding.params["variant"] for finding in findings] == ["complex_key"]

    def test_only_the_first_document(self) -> None:
        root, findings = parse("a: 1\n---\nb: 2\n")
        assert plain(root) == {"a": "1"}
        assert places(findings) == [("YML001", 2, "many_documents")]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("case", UNREADABLE, ids=[case["case"] for case in UNREADABLE])
def test_what_is_wrong(case: dict[str, object], parser: str) -> None:
    text = case["text"]
    assert isinstance(text, str)
    root, findings = parse(text)
    assert root is None
    assert codes(findings) == ["YML001"]
    assert findings[0].location.line == case["line"]
    # The two parsers stop at one place but do not word every complaint alike.
    if parser == "libyaml":
        assert findings[0].params["variant"] == case["variant"]
    assert read_catalogue("checks").message(findings[0])


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffa: \u1ea5\n".encode(),
        "\ufeffa: \u1ea5\n".encode("utf-16-le"),
        "\ufeffa: \u1ea5\n".encode("utf-16-be"),
        "\ufeffa: \u1ea5\n".encode("utf-32"),
        "a: \u1ea5\r\n".encode(),
        "a: \u1ea5\r".encode(),
        "a: \u1ea5\n".encode("utf-16-le"),
        "a: \u1ea5\n".encode("utf-16-be"),
    ],
)
def test_encodings(data: bytes) -> None:
    root, findings = parse(data)
    assert findings == []
    assert plain(root) == {"a": COMPOSED}


@pytest.mark.parametrize(
    ("data", "variant", "line"),
    [
        (b"a: 1\nb: \x00\x01", "binary", 2),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00", "binary", 2),
        (b"PK\x03\x04\x14\x00", "binary", 1),
        (b"a: 1\nb: \xd2\xb5\xb9", "encoding", 2),
        (b"\xff\xfea\x00\x00\xd8", "encoding", 1),
    ],
)
def test_not_text(data: bytes, variant: str, line: int) -> None:
    root, findings = parse(data)
    assert root is None
    assert [(each.params["variant"], each.location.line) for each in findings] == [(variant, line)]


def test_lines_are_counted_alike_whatever_ends_them() -> None:
    for end in ("\n", "\r\n", "\r"):
        _, findings = parse(f"a: 1{end}b: 2{end}a: 3".encode())
        assert places(findings) == [("YML002", 3, "a")]


def test_offset_moves_lines() -> None:
    report = Report("x.md", line_offset=10)
    yaml_events.read_yaml("a: 1\na: 2", "x.md", report)
    assert [finding.location.line for finding in report.findings] == [12]
    assert report.findings[0].params["first"] == 11


class TestRoot:
    @pytest.mark.parametrize("text", ["", "# nothing\n", "~"])
    def test_empty(self, text: str) -> None:
        report = Report("x.yml")
        assert read_mapping(text, "x.yml", report) is None
        assert [finding.params["variant"] for finding in report.findings] == ["empty"]

    @pytest.mark.parametrize("text", ["- a\n", "only words"])
    def test_no_mapping(self, text: str) -> None:
        report = Report("x.yml")
        assert read_mapping(text, "x.yml", report) is None
        assert [finding.params["variant"] for finding in report.findings] == ["not_mapping"]

    def test_one_finding_for_one_fault(self) -> None:
        report = Report("x.yml")
        assert read_mapping("a: b: c", "x.yml", report) is None
        assert codes(report.findings) == ["YML001"]


class TestBombs:
    @pytest.mark.parametrize("piece", ["[", "{a: ", "- ", "? ", "{? "])
    def test_nesting(self, piece: str) -> None:
        start = time.process_time()
        root, findings = parse(piece * 200_000)
        assert root is None
        assert [finding.params["variant"] for finding in findings] == ["too_deep"]
        assert time.process_time() - start < 5

    def test_laughs(self) -> None:
        lines = ["a0: &a0 [x, x]"]
        lines.extend(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40))
        root, findings = parse("\n".join(lines))
        assert root is not None
        # An anchor and nine aliases a line, but nobody wants to read of every one.
        assert len(findings) == 2 * yaml_events.REPEAT_LIMIT

    def test_too_many_nodes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(yaml_events, "NODE_LIMIT", 1000)
        root, findings = parse(f"[{'a, ' * 1001}]")
        assert root is None
        assert [finding.params["variant"] for finding in findings] == ["too_big"]

    def test_too_many_bytes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(yaml_events, "SIZE_LIMIT", 10)
        assert places(parse(b"a: 12345678")[1]) == [("YML001", 1, "too_big")]

    def test_one_endless_line(self) -> None:
        start = time.process_time()
        _, findings = parse("a: " + ": " * 500_000)
        assert codes(findings) == ["YML001"]
        assert time.process_time() - start < 5


def test_collection_is_paused_and_comes_back() -> None:
    with paused_collection():
        assert not gc.isenabled()
        with paused_collection():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


SHREDS = st.lists(
    st.sampled_from(
        [
            *string.printable,
            "---\n",
            "...\n",
            "a: ",
            "- ",
            "? ",
            "\n  ",
            "&a ",
            "*a",
            "!!str ",
            "%TAG ! x\n",
            "<<: ",
            "|\n",
            ">-\n",
            "'",
            '"',
            "\\x",
            "{",
            "}",
            "[",
            "]",
            ", ",
            "0,75",
            "\u1ea5",
            "\u0301",
            "\u2028",
            "\x85",
            "\x00",
            "\ufeff",
        ]
    )
).map("".join)


@given(st.binary())
def test_never_raises_on_bytes(data: bytes) -> None:
    parse(data)


@given(SHREDS)
def test_never_raises_on_shreds(text: str) -> None:
    root, findings = parse(text.encode())
    for finding in findings:
        assert finding.location.line is not None
        assert 1 <= finding.location.line <= text.count("\n") + text.count("\r") + 3
    assert root is None or plain(root) is not None


@given(st.text())
def test_a_text_in_quotes_comes_back(text: str) -> None:
    quoted = yaml.safe_dump({"k": text}, allow_unicode=False, default_style='"')
    root, findings = parse(quoted)
    if findings == []:
        assert isinstance(root, MappingNode)
