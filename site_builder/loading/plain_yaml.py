"""The YAML that nearly everybody writes, read line by line.

Block mappings and lists, values on one line, ``{...}`` and ``[...]`` that end on their line.
Whatever is not certainly of this kind gives the whole file to libyaml, so nothing is ever
reported here. It exists because libyaml's events make five objects for each value, which was a
third of the time of a check; ``tests/loading/test_plain_yaml.py`` holds the two readers together.
"""

import re
from typing import Any

from site_builder.model.node import MappingNode, Node, ScalarNode, SequenceNode

ABSENT = frozenset({"~", "null", "Null", "NULL"})
_LONGER = 5  # than any of these
_NEW = ScalarNode.__new__

# The other reader has limits and words about them; nothing near them is read here. A line is at
# most a list, a mapping, a key and a value; whatever stands in brackets is less.
_MOST_LEVELS = 30
_MOST_THINGS = 400_000

# What libyaml would refuse, or take for white space or the end of a line.
_ODD = re.compile(
    "[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
# Without escapes, so that the text is what is written.
_QUOTED = r'"([^"\\\n]*+)"'
_KEY = r'(?:"([^"\\\n]{0,200}+)"|(\w[\w.-]{0,200}+)):'
# Quantifiers are possessive: however odd a line is, it is read once from left to right.
_LINE = re.compile(
    rf"""
    ^(\ *+)
    (-(?:\ ++|$))?
    (?:{_KEY}(?:\ ++|$))?
    (?:
        # Text with neither ": " nor " #" inside.
        ([\w(/+][^:#\n]*+(?:(?::(?![\ \n]|\Z)|(?<!\ )\#)[^:#\n]*+)*+)
        | {_QUOTED}(?![^\ \n])
        | ([\[{{].*+)
    )?
    (?:\ *+$|\ *+(?:(?<=\ )|(?<![^\n]))\#.*+|(.*+))
    """,
    re.VERBOSE | re.MULTILINE,
)
# What stands between two commas, with the brackets that close behind it.
_FLOW = re.compile(
    rf"""
    (?:{_KEY}\ ++)?
    (?: ([\[{{]) | (\w[^,:\#?\[\]{{}}"'\n]*+) | {_QUOTED} )\ *+
    ([\]}}\ ]*+)
    (,\ *+)?
    """,
    re.VERBOSE,
)
_FLOW_TAIL = re.compile(r"(?:(?<=\ )\#.*+)?$", re.MULTILINE)


class _Odd(Exception):  # noqa: N818 - control flow inside this module
    """Not the YAML that is read here."""


class _Level:
    """An open collection.

    Attributes:
        column: of its keys or hyphens, from 0.
        contents: its items or pairs, in its node.
        waiting: its last key or hyphen has nothing behind it yet.
        key: the last key of a mapping.
        line, after: where nothing would be, should nothing come.
    """

    __slots__ = ("after", "column", "contents", "is_list", "key", "line", "waiting")

    def __init__(self, column: int, contents: list[Any], *, is_list: bool) -> None:
        self.column = column
        self.contents = contents
        self.is_list = is_list
        self.waiting = False
        self.key: ScalarNode | None = None
        self.line = self.after = 0

    def put(self, value: Node) -> None:
        self.waiting = False
        self.contents.append(value if self.is_list else (self.key, value))

    def put_nothing(self) -> None:
        self.put(ScalarNode("", self.line, self.after))


def read_plain(text: str) -> Node | None:
    """The root of a text in composed form; None when this is not the reader for it."""
    if sum(map(text.count, "\n,[{")) > _MOST_THINGS or _ODD.search(text):
        return None
    try:
        return _Reader().read(text)
    except _Odd:
        return None


class _Reader:
    """Follows the columns: a deeper line belongs to what waits above it, any other closes."""

    def __init__(self) -> None:
        self._levels: list[_Level] = []
        self._top: _Level | None = None
        self._root: Node | None = None

    def read(self, text: str) -> Node | None:  # noqa: C901 - one hot loop over the lines
        for line, found in enumerate(_LINE.finditer(text), 1):
            spaces, hyphen, quoted_key, plain_key, plain, quoted, flow, odd = found.groups()
            key = plain_key if quoted_key is None else quoted_key
            column = len(spaces)
            if odd:
                raise _Odd
            if hyphen is not None:
                top = self._hyphen(line, column)
                column += len(hyphen)
                if key is not None:
                    top = self._open(line, column, is_list=False)
            elif key is not None:
                top = self._key(line, column)
            elif plain is None and quoted is None and flow is None:
                continue  # empty, or a comment
            else:
                raise _Odd  # the rest of a text above, or a text alone
            if key is not None:
                top.key = _scalar(key, line, column, plain=quoted_key is None)
                top.waiting = True
                top.line = line
                top.after = column + len(key) + (2 if quoted_key is None else 4)
            if plain is not None:
                at = found.start(5) - found.start()
                top.put(_scalar(plain.rstrip(" "), line, at, plain=True))
            elif quoted is not None:
                top.put(_scalar(quoted, line, found.start(6) - 1 - found.start(), plain=False))
            elif flow is not None:
                top.put(_flow(text, found.start(7), line, found.start()))
        while self._top is not None:
            self._close(self._top)
        return self._root

    def _hyphen(self, line: int, column: int) -> _Level:
        """The list to which a hyphen belongs, waiting for what is behind the hyphen."""
        top = self._closed_to(column)
        if top is None or top.column < column or not top.is_list:
            top = self._open(line, column, is_list=True)
        elif top.waiting:
            top.put_nothing()
        top.waiting = True
        top.line = line
        top.after = column + 2
        return top

    def _key(self, line: int, column: int) -> _Level:
        """The mapping to which a key belongs."""
        top = self._closed_to(column)
        if top is not None and top.is_list and top.column == column:
            # A list may stand as far left as the key above it.
            top = self._close(top)
        if top is None or top.column < column:
            return self._open(line, column, is_list=False)
        if top.is_list:
            raise _Odd
        if top.waiting:
            top.put_nothing()
        return top

    def _closed_to(self, column: int) -> _Level | None:
        """The innermost collection, once all that is further right was closed."""
        top = self._top
        while top is not None and top.column > column:
            top = self._close(top)
        return top

    def _open(self, line: int, column: int, *, is_list: bool) -> _Level:
        node: Node
        contents: list[Any] = []
        if is_list:
            node = SequenceNode(contents, line, column + 1)
        else:
            node = MappingNode(contents, line, column + 1)
        top = self._top
        if top is not None and top.waiting:
            top.put(node)
        elif top is None and self._root is None:
            self._root = node
        else:
            raise _Odd
        self._top = opened = _Level(column, contents, is_list=is_list)
        self._levels.append(opened)
        if len(self._levels) > _MOST_LEVELS:
            raise _Odd
        return opened

    def _close(self, top: _Level) -> _Level | None:
        if top.waiting:
            top.put_nothing()
        if not top.is_list:
            _names(top.contents)
        self._levels.pop()
        self._top = self._levels[-1] if self._levels else None
        return self._top


def _scalar(text: str, line: int, column: int, *, plain: bool) -> ScalarNode:
    """A scalar at a column counted from 0."""
    # Attributes by hand: a call of __init__ for each would cost a tenth of the time.
    node = _NEW(ScalarNode)
    node.text = "" if plain and len(text) < _LONGER and text in ABSENT else text
    node.line = line
    node.column = column + 1
    node.plain = plain
    return node


def _names(pairs: list[tuple[ScalarNode, Node]]) -> set[str]:
    """The keys of a mapping, each of which stands there once."""
    names = {key.text for key, _ in pairs}
    if len(names) < len(pairs):
        raise _Odd
    return names


def _flow(  # noqa: C901, PLR0912 - one hot loop over what stands between commas
    text: str, start: int, line: int, origin: int
) -> Node:
    """The collection in brackets that begins at ``start`` and ends on its line.

    Args:
        text: the whole text.
        start: place of the opening bracket.
        line: counted from 1.
        origin: where the line begins.
    """
    opened: list[MappingNode | SequenceNode] = []
    position = start
    while True:
        found = _FLOW.match(text, position)
        if found is None:
            raise _Odd
        quoted_key, plain_key, bracket, plain, quoted, closing, comma = found.groups()
        position = found.end()
        closing = closing.replace(" ", "")
        node: Node
        if plain is not None:
            node = _scalar(plain.rstrip(" "), line, found.start(4) - origin, plain=True)
        elif quoted is not None:
            node = _scalar(quoted, line, found.start(5) - 1 - origin, plain=False)
        elif bracket == "{":
            node = MappingNode([], line, found.start(3) - origin + 1, flow=True)
        else:
            node = SequenceNode([], line, found.start(3) - origin + 1)
        key = plain_key if quoted_key is None else quoted_key
        inside = opened[-1] if opened else None
        if isinstance(inside, MappingNode):
            if key is None:
                raise _Odd
            at = found.start() - origin
            inside.entries.append((_scalar(key, line, at, plain=quoted_key is None), node))
        elif key is not None:
            raise _Odd
        elif inside is not None:
            inside.items.append(node)
        if not isinstance(node, ScalarNode):
            opened.append(node)
            if len(opened) > _MOST_LEVELS or (comma is not None and not closing):
                raise _Odd
            if not closing:
                continue
        for mark in closing:
            if not opened:
                raise _Odd
            node = _closed(opened.pop(), mark)
        if not opened and comma is None and _FLOW_TAIL.match(text, found.end()):
            return node
        if not opened or comma is None:
            raise _Odd


def _closed(node: MappingNode | SequenceNode, mark: str) -> Node:
    if isinstance(node, MappingNode):
        # "{done: 0,75}" has a key 75, which the other reader speaks about.
        if mark != "}" or min(_names(node.entries), default=":") < ":":
            raise _Odd
    elif mark != "]":
        raise _Odd
    return node
