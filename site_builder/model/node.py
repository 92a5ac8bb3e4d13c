"""A YAML file as written: text scalars, lists and mappings, each with its line.

Plain slotted classes and not frozen dataclasses: a set of 5,000 leaves has a third of a
million of them, and nobody changes one after it is read.
"""

from collections.abc import Iterator


class ScalarNode:
    """A scalar, always text.

    Attributes:
        text: as written, NFC; "" for an empty value, ``~`` and a plain ``null``.
        plain: written without quotes, so that ``null`` and ``""`` can be told apart.
    """

    __slots__ = ("column", "line", "plain", "text")

    def __init__(self, text: str, line: int, column: int, *, plain: bool = True) -> None:
        self.text = text
        self.line = line
        self.column = column
        self.plain = plain

    @property
    def is_absent(self) -> bool:
        """Nothing was written: an empty plain scalar, ``~`` or ``null``."""
        return self.plain and not self.text


class AliasNode(ScalarNode):
    """What was written elsewhere (``*name``): refused and reported, so neither here nor absent."""

    __slots__ = ()

    def __init__(self, line: int, column: int) -> None:
        super().__init__("", line, column)


class SequenceNode:
    """A list."""

    __slots__ = ("column", "items", "line")

    def __init__(self, items: list["Node"], line: int, column: int) -> None:
        self.items = items
        self.line = line
        self.column = column


class MappingNode:
    """A mapping; keys in written order, duplicates already refused by the parser.

    Attributes:
        entries: key scalar and value, in written order.
        flow: written as ``{...}``.
    """

    __slots__ = ("column", "entries", "flow", "line")

    def __init__(
        self,
        entries: list[tuple[ScalarNode, "Node"]],
        line: int,
        column: int,
        *,
        flow: bool = False,
    ) -> None:
        self.entries = entries
        self.line = line
        self.column = column
        self.flow = flow

    def __iter__(self) -> Iterator[tuple[ScalarNode, "Node"]]:
        return iter(self.entries)

    def get(self, key: str) -> "Node | None":
        """The value under ``key`` as written exactly so, or None."""
        for written, value in self.entries:
            if written.text == key:
                return value
        return None


Node = ScalarNode | SequenceNode | MappingNode
