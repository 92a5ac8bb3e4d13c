"""YAML as text with lines: parser events in, nodes out, and never an exception.

What ``plain_yaml`` leaves is built from events, the fastest way that still has lines and the
words of libyaml about what is wrong; every scalar stays text
and its field decides what it means. Nothing here recurses, so nesting bombs end at a limit and
not at the bottom of the stack; aliases are refused, so there is nothing to expand either.
"""

import codecs
import gc
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from site_builder.loading.plain_yaml import ABSENT, read_plain
from site_builder.model.finding import Check
from site_builder.model.node import AliasNode, MappingNode, Node, ScalarNode, SequenceNode
from site_builder.model.text import nfc
from site_builder.reading import problems
from site_builder.reading.fields import Report

try:
    from yaml.cyaml import CLoader as _CParser  # also a CParser, and the name that is public
except ImportError:  # pragma: no cover - PyYAML was built without libyaml
    _CParser = None  # type: ignore[assignment, misc]

# Beyond these nobody wrote the file by hand: 5,000 leaves are 5.3 MB and 340,000 nodes.
SIZE_LIMIT = 32 * 1024 * 1024
NODE_LIMIT = 2_000_000
DEPTH_LIMIT = 60
# A bomb of aliases would otherwise drown every other finding.
REPEAT_LIMIT = 20
_WORTH_A_PAUSE = 100_000
_SHOWN = 500

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DIGITS = re.compile(r"\d+\s*%?\Z", re.ASCII)
_TWO_COLONS = re.compile(r":\s.*:(\s|$)|:\s+-\s")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What libyaml (and PyYAML, which words them alike) complains of, and the advice it calls for.
_ADVICE = (
    (re.compile("mapping values are not allowed|sequence entries are not allowed"), "colon"),
    (re.compile("quoted scalar"), "quote"),
    (re.compile("flow (sequence|mapping)"), "bracket"),
    (re.compile("cannot start any token"), "special"),
    (re.compile("(scanning an? (alias|anchor)|tag)"), "special"),
    (re.compile("block (mapping|collection|sequence)|simple key|expected ':'"), "indent"),
)


@contextmanager
def paused_collection() -> Iterator[None]:
    """No garbage collection meanwhile: half a million live nodes make each pass dear."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Undecodable(Exception):  # noqa: N818 - it names the bytes, and is caught in this package
    """Bytes that are no text.

    Attributes:
        variant: ``binary`` or ``encoding``, for the catalogue.
        line: where the first bad byte is.
    """

    def __init__(self, variant: str, line: int) -> None:
        super().__init__(variant)
        self.variant = variant
        self.line = line


def decode(data: bytes) -> str:
    r"""The text of a file in UTF-8 or UTF-16, composed (NFC), "\n" line ends.

    Raises:
        Undecodable: the bytes are binary or in an older encoding.
    """
    encoding = "utf-8"
    for bom, named in _BOMS:
        if data.startswith(bom):
            data, encoding = data[len(bom) :], named
            break
    else:
        # Notepad's "Unicode" without its mark: ASCII letters alternate with zero bytes.
        if len(data) > 1 and not len(data) % 2 and (data[0] == 0) != (data[1] == 0):
            encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        variant = "binary" if encoding == "utf-8" and b"\0" in data else "encoding"
        raise Undecodable(variant, data.count(b"\n", 0, error.start) + 1) from None
    if "\0" in text:
        raise Undecodable("binary", text.count("\n", 0, text.index("\0")) + 1)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return nfc(text)


def read_yaml(data: bytes | str, path: str, report: Report) -> Node | None:
    """The root node of a YAML file; None when it is empty or cannot be read.

    Args:
        data: the file, or text that was already decoded.
        path: of the file from the root, where problems are reported.
        report: collects problems; its ``line_offset`` is added to every line.
    """
    report.path = path
    # Most calls read the few lines above an explanation, where a pause costs more than it saves.
    if len(data) > _WORTH_A_PAUSE and gc.isenabled():
        with paused_collection():
            return read_yaml(data, path, report)
    if len(data) > SIZE_LIMIT:
        _whole(report, "too_big")
        return None
    if isinstance(data, bytes):
        try:
            data = decode(data)
        except Undecodable as error:
            _whole(report, error.variant, error.line)
            return None
    else:
        data = nfc(data)
    root = read_plain(data)
    if root is not None:
        return root
    control = _CONTROL.search(data)
    if control is not None:
        _whole(report, "control", data.count("\n", 0, control.start()) + 1)
        return None
    try:
        return _Builder(report).build(_events(data))
    except YAMLError as error:
        _report_syntax(error, data, report)
        return None


def read_mapping(data: bytes | str, path: str, report: Report) -> MappingNode | None:
    """The root of a file that must be a mapping; an empty or other file is reported."""
    before = len(report.findings)
    node = read_yaml(data, path, report)
    if isinstance(node, MappingNode):
        return node
    if node is not None and not (isinstance(node, ScalarNode) and node.is_absent):
        _whole(report, "not_mapping", node.line)
    elif len(report.findings) == before:
        _whole(report, "empty")
    return None


def _events(text: str) -> Callable[[], Event | None]:
    if _CParser is None:
        return pure_events(text)
    get_event: Callable[[], Event | None] = _CParser(text.encode("utf-8", "replace")).get_event
    return get_event


def pure_events(text: str) -> Callable[[], Event | None]:
    """Events of PyYAML's own parser, for machines without libyaml; some ten times slower."""
    from yaml.parser import Parser  # noqa: PLC0415
    from yaml.reader import Reader  # noqa: PLC0415
    from yaml.scanner import Scanner  # noqa: PLC0415

    class PureParser(Reader, Scanner, Parser):
        def __init__(self) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)

    get_event: Callable[[], Event | None] = PureParser().get_event
    return get_event


def _whole(report: Report, variant: str, line: int = 1) -> None:
    report.add(problems.UNREADABLE, ScalarNode("", line, 1), variant, variant=variant)


def _report_syntax(error: YAMLError, text: str, report: Report) -> None:
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    context = str(getattr(error, "context", None) or "")
    mark: Any = getattr(error, "problem_mark", None)
    if "quoted scalar" in context or "flow" in context:
        # The end of the file says nothing; the opening quote or bracket does.
        mark = getattr(error, "context_mark", None) or mark
    line = mark.line + 1 if mark is not None else 1
    column = mark.column + 1 if mark is not None else 1
    lines = text.split("\n")
    shown = lines[line - 1][:_SHOWN] if line <= len(lines) else ""
    variant = next(
        (named for pattern, named in _ADVICE if pattern.search(f"{context} {problem}")), "syntax"
    )
    if "\t" in shown[: len(shown) - len(shown.lstrip())]:
        variant = "tab"
    elif variant == "colon" and not _TWO_COLONS.search(shown):
        # libyaml has one complaint for "a: b: c" and for a line that is set in too far.
        variant = "indent"
    report.add(
        problems.UNREADABLE,
        ScalarNode("", line, column),
        "syntax",
        variant=variant,
        text=shown.strip()[:80],
    )


class _TooMuch(Exception):  # noqa: N818 - control flow inside one function
    """A limit was passed."""


class _Builder:
    """Turns events into nodes with a stack of its own."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._repeats: Counter[tuple[Check, object]] = Counter()

    def build(self, get_event: Callable[[], Event | None]) -> Node | None:
        try:
            return self._build(get_event)
        except _TooMuch as limit:
            variant, line = limit.args
            _whole(self._report, variant, line)
            return None

    def _build(  # noqa: C901, PLR0912, PLR0915 - one hot loop: a call per event would double it
        self, get_event: Callable[[], Any]
    ) -> Node | None:
        documents = 0
        # The items of the open collection (a mapping's keys and values alternate); those of the
        # collections around it wait on the stack with their nodes.
        items: list[Node] = []
        stack: list[tuple[list[Node], Node]] = []
        room = NODE_LIMIT
        # Making the node without a call of __init__ saves an eighth of the time of the file.
        new = ScalarNode.__new__
        # Until the end and not until None: comparing each event with it takes time as well.
        while (kind := (event := get_event()).__class__) is not StreamEndEvent:
            if kind is ScalarEvent:
                mark = event.start_mark
                node = new(ScalarNode)
                node.text = text = event.value
                node.line = mark.line + 1
                node.column = mark.column + 1
                node.plain = plain = not event.style
                if plain and text in ABSENT:
                    node.text = ""
                if event.anchor is not None or event.tag is not None:
                    self._feature(event, node)
                items.append(node)
                room -= 1
                if room < 0:
                    raise _TooMuch("too_big", node.line)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                mark = event.start_mark
                opened: Node
                if kind is MappingStartEvent:
                    flow = bool(event.flow_style)
                    opened = MappingNode([], mark.line + 1, mark.column + 1, flow=flow)
                else:
                    opened = SequenceNode([], mark.line + 1, mark.column + 1)
                if event.anchor is not None or event.tag is not None:
                    self._feature(event, opened)
                items.append(opened)
                stack.append((items, opened))
                items = []
                room -= 1
                if len(stack) > DEPTH_LIMIT:
                    raise _TooMuch("too_deep", mark.line + 1)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                written = items
                items, closed = stack.pop()
                if isinstance(closed, MappingNode):
                    closed.entries = self._entries(written, flow=closed.flow)
                else:
                    closed.items = written  # type: ignore[union-attr]
            elif kind is AliasEvent:
                mark = event.start_mark
                node = AliasNode(mark.line + 1, mark.column + 1)
                self._feature(event, node, alias=True)
                items.append(node)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    _whole(self._report, "many_documents", event.start_mark.line + 1)
                    break
        return items[0] if items else None

    def _entries(self, items: list[Node], *, flow: bool) -> list[tuple[ScalarNode, Node]]:
        alternating = iter(items)
        pairs: list[Any] = list(zip(alternating, alternating, strict=False))
        try:
            names = {key.text for key, _ in pairs}
        except AttributeError:  # a key that is a list or a mapping
            return self._odd_entries(pairs, flow=flow)
        # A key that begins with a digit sorts before ":"; cheaper than a pattern for each.
        if len(names) == len(pairs) and not (flow and names and min(names) < ":"):
            return pairs
        return self._odd_entries(pairs, flow=flow)

    def _odd_entries(
        self, pairs: list[tuple[Node, Node]], *, flow: bool
    ) -> list[tuple[ScalarNode, Node]]:
        """The entries of a mapping that has something to report; of equal keys the first."""
        kept: dict[str, tuple[ScalarNode, Node]] = {}
        previous: ScalarNode | None = None
        for key, value in pairs:
            if not isinstance(key, ScalarNode):
                self._add(problems.UNREADABLE, key, "complex_key", variant="complex_key")
                previous = None
                continue
            absent = isinstance(value, ScalarNode) and value.is_absent
            if flow and absent and previous is not None and _DIGITS.match(key.text):
                # "{done: 0,75}" is done = 0 and a key 75. What the comma stood for is the
                # officer's to say, and the half that was read must not count.
                taken = kept.pop(previous.text, None)
                whole = taken[1].text if taken and isinstance(taken[1], ScalarNode) else ""
                self._add(
                    problems.DIGIT_KEY,
                    key,
                    previous.text[:80],
                    key=previous.text[:80],
                    value=f"{whole},{key.text}"[:80],
                    dotted=f"{whole}.{key.text}"[:80],
                )
                continue
            if key.text in kept:
                first = kept[key.text][0].line + self._report.line_offset
                self._add(
                    problems.DUPLICATE_KEY, key, key.text[:80], key=key.text[:80], first=first
                )
            else:
                kept[key.text] = (key, value)
            previous = key
        return list(kept.values())

    def _feature(self, event: Any, node: Node, *, alias: bool = False) -> None:  # noqa: ANN401
        tag = None if alias else event.tag
        if tag == "!":
            # "! text" only says that the text is text.
            return
        variant = "alias" if alias else "tag" if tag is not None else "anchor"
        name = tag if tag is not None else event.anchor
        self._add(problems.YAML_FEATURE, node, str(name)[:80], variant=variant, name=str(name)[:80])

    def _add(self, check: Check, node: Node, subject: str, **params: object) -> None:
        kind = (check, params.get("variant"))
        self._repeats[kind] += 1
        if self._repeats[kind] <= REPEAT_LIMIT:
            self._report.add(check, node, subject, **params)
