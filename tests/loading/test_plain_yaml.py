from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from site_builder.loading import yaml_events
from site_builder.loading.plain_yaml import read_plain
from site_builder.loading.yaml_events import read_yaml
from site_builder.model.node import MappingNode, Node, ScalarNode
from site_builder.model.text import nfc
from site_builder.reading.fields import Report
from tests.loading.reading import plain

COMMUNES = Path(__file__).parents[1] / "communes"
UNREADABLE = yaml.safe_load((Path(__file__).parent / "unreadable.yml").read_text("utf-8"))

READ = (
    "a: 1\n",
    "  a: 1\n  b: 2\n",
    "a:\n- b\n- c: 1\n  d: 2\n-\ne:\n  - f\ng:\n",
    "-\n  - a\n  - b\n-\n- c\n",
    '"1.1": x # why\nkey: "a: b # c"\n\n# end\n',
    'a: {b: 1, c: [2, {d: e}], f: "g, h"} # i\nj: []\nk: {}\n',
    "a: b:c#d\ne: (f) g - h\ni: null\nj: 12:30\n",
    "so: 12/QD-UBND\nngay: 15/01/2023\n",
)
LEFT = (
    "",
    "# only a comment\n",
    "text\n",
    "a: b\n  c\n",
    "a: b\n  c: d\n",
    "a: b\n- c\n",
    "a: b: c\n",
    "a: |\n  b\n",
    "a: 'b'\n",
    'a: "b\\n"\n',
    'a: "b\n  c"\n',
    "a: *b\n",
    "a: &b c\n",
    "a: !b c\n",
    "a: {b: 0,75}\n",
    "a: {, b: c}\n",
    "a: [b\n  c]\n",
    "a: [b} \n",
    "a: 1\na: 2\n",
    "a: {b: 1, b: 2}\n",
    "a: b\u2028c\n",
    "a:\tb\n",
    "---\na: b\n",
    "- - a\n",
    "- a\nb: c\n",
    "  a: b\nc: d\n",
)
PIECES = (
    *":-#\"'{}[],\n &*!|>%@?~.0a\u1ead\u00a0\u2028\ufeff\\\t",
    ": ",
    "- ",
    "\n  ",
    " #",
    "null",
    '""',
    "---",
    "\n- ",
    ", ",
    "a: b",
)


def written(node: Node | None) -> object:
    """All that is known of a node, its place included."""
    if node is None:
        return None
    if isinstance(node, ScalarNode):
        return node.text, node.line, node.column, node.plain
    if isinstance(node, MappingNode):
        pairs = [(written(key), written(value)) for key, value in node.entries]
        return node.line, node.column, node.flow, pairs
    return node.line, node.column, [written(item) for item in node.items]


def by_libyaml(text: str) -> tuple[object, int]:
    """What libyaml makes of a text, and how many problems it has with it."""
    report = Report("x.yml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_events, "read_plain", lambda _: None)
        return written(read_yaml(text, "x.yml", report)), len(report.findings)


def agrees(text: str) -> bool:
    """The reader has no answer, or the answer of libyaml, which finds nothing to report."""
    root = read_plain(text)
    return root is None or (written(root), 0) == by_libyaml(text)


@pytest.mark.parametrize("text", READ)
def test_reads(text: str) -> None:
    assert (written(read_plain(text)), 0) == by_libyaml(text)


@pytest.mark.parametrize("text", LEFT)
def test_leaves_to_libyaml(text: str) -> None:
    assert read_plain(text) is None


def test_keeps_texts_as_written() -> None:
    root = read_plain('a: 1.10\nb: [no, 0755]\nc: "null"\nd: null\n')
    assert plain(root) == {"a": "1.10", "b": ["no", "0755"], "c": "null", "d": ""}


@pytest.mark.parametrize("path", sorted(COMMUNES.glob("*/*.yml")), ids=str)
def test_files_of_communes(path: Path) -> None:
    assert agrees(nfc(path.read_text("utf-8")))


@pytest.mark.parametrize("case", UNREADABLE, ids=lambda case: case["case"])
def test_leaves_what_is_unreadable(case: dict[str, str]) -> None:
    assert agrees(nfc(case["text"]))


def test_deep_and_large_is_left() -> None:
    assert read_plain("".join(f"{' ' * depth}a:\n" for depth in range(40))) is None
    assert read_plain(f"a: {'[' * 40}{']' * 40}\n") is None
    assert read_plain("- a\n" * 500_000) is None


@given(
    st.sampled_from(READ),
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 3), st.sampled_from(PIECES)), max_size=4),
)
def test_never_disagrees(text: str, edits: list[tuple[int, int, str]]) -> None:
    for place, removed, added in edits:
        at = place % (len(text) + 1)
        text = text[:at] + added + text[at + removed :]
    assert agrees(nfc(text))
