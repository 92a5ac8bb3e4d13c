"""Tables of fields: how each key of a file is read, and the JSON Schema of the same.

A reader takes a node and returns a value, or reports what is wrong and returns None. One bad
value loses its own line and never the whole file, so a record is the dictionary of those
values that could be read.
"""

import enum
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from site_builder.model.finding import Check, Finding
from site_builder.model.node import AliasNode, MappingNode, Node, ScalarNode, SequenceNode
from site_builder.model.rule import NumberKind
from site_builder.model.text import fold, fold_key
from site_builder.reading import problems
from site_builder.reading.numbers import Ambiguous, read_date, read_number

# Ids as printed in annexes: "1.1.2", "II-2", "3" with the stroked d (design, section 6).
IDENTIFIER = re.compile(r"[0-9A-Za-z\u0110\u0111]+(?:[.-][0-9A-Za-z\u0110\u0111]+)*\Z")
IDENTIFIER_LIMIT = 20
# Inputs, slots and options are longer: words joined by hyphens.
NAME_LIMIT = 64

_PROPOSALS = 100

_TRUE = frozenset({"true", "co", "yes", "dung", "dat", "x", "1"})
_FALSE = frozenset(
    {"false", "khong", "no", "sai", "chua", "khong co", "khong dat", "chua co", "chua dat", "0"}
)

Describe = Callable[[str, str], str]


def read_flag(text: str) -> bool | None:
    """Yes or no in Vietnamese or English, marks and case aside; None when it is neither."""
    folded = " ".join(fold(text).split())
    if folded in _TRUE:
        return True
    return False if folded in _FALSE else None


@dataclass(slots=True)
class Report:
    """Collects findings about one file while it is read.

    Attributes:
        path: of the file from the root.
        criterion: id that findings carry, when the file or the branch is about one.
        line_offset: added to every line (front matter begins below the top of its file).
        lost: how many values were passed over without a word, because the parser reported them.
    """

    path: str
    criterion: str | None = None
    line_offset: int = 0
    lost: int = 0
    findings: list[Finding] = field(default_factory=list)

    def lose(self, node: Node) -> bool:
        """The node is an alias, which the parser reported: counted, and nothing more to say."""
        if node.__class__ is not AliasNode:
            return False
        self.lost += 1
        return True

    def add(self, check: Check, node: Node, subject: str = "", **params: object) -> None:
        """Report a problem at a node."""
        self.findings.append(
            check.at(
                self.path,
                line=node.line + self.line_offset,
                column=node.column,
                criterion=self.criterion,
                subject=subject,
                **params,
            )
        )


class Reader(Protocol):
    """Reads one value and describes it to editors."""

    def read(self, node: Node, key: str, report: Report) -> Any: ...  # noqa: ANN401

    def schema(self, describe: Describe) -> dict[str, Any]: ...


def _scalar(node: Node, key: str, report: Report) -> str | None:
    if isinstance(node, ScalarNode):
        return None if report.lose(node) else node.text.strip()
    report.add(problems.WRONG_KIND, node, key, key=key, variant="scalar")
    return None


@dataclass(frozen=True, slots=True)
class Text:
    """Free text; one line unless ``long``."""

    long: bool = False

    def read(self, node: Node, key: str, report: Report) -> str | None:
        return _scalar(node, key, report)

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean", "null"]}


@dataclass(frozen=True, slots=True)
class Identifier:
    """An id of a criterion, input, slot or option."""

    def read(self, node: Node, key: str, report: Report) -> str | None:
        text = _scalar(node, key, report)
        if text is None:
            return None
        if len(text) > NAME_LIMIT or not IDENTIFIER.match(text):
            report.add(problems.BAD_IDENTIFIER, node, key, key=key, value=text[:80])
            return None
        return text

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"type": ["string", "number"]}


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number; ``minimum`` and ``whole`` are part of what is allowed."""

    kind: NumberKind = NumberKind.AMOUNT
    minimum: Decimal | None = Decimal(0)
    whole: bool = False

    def read(self, node: Node, key: str, report: Report) -> Decimal | None:
        text = _scalar(node, key, report)
        if text is None:
            return None
        value = read_number(text, self.kind)
        if isinstance(value, Ambiguous):
            report.add(
                problems.AMBIGUOUS_NUMBER,
                node,
                key,
                key=key,
                value=text,
                first=value.readings[0],
                second=value.readings[1],
            )
            return None
        wrong = value is None or (self.minimum is not None and value < self.minimum)
        if wrong or (self.whole and value != value.to_integral_value()):  # type: ignore[union-attr]
            report.add(problems.NOT_A_NUMBER, node, key, key=key, value=text[:80])
            return None
        return value

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"type": ["number", "string"]}


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date."""

    def read(self, node: Node, key: str, report: Report) -> date | None:
        text = _scalar(node, key, report)
        if text is None:
            return None
        value = read_date(text)
        if value is None:
            report.add(problems.NOT_A_DATE, node, key, key=key, value=text[:80])
        return value

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4})$"}


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no, in Vietnamese or English."""

    def read(self, node: Node, key: str, report: Report) -> bool | None:
        text = _scalar(node, key, report)
        if text is None:
            return None
        value = read_flag(text)
        if value is None:
            report.add(
                problems.NOT_A_CHOICE,
                node,
                key,
                key=key,
                value=text[:80],
                allowed=("true", "false"),
            )
        return value

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"enum": [True, False, "c\u00f3", "kh\u00f4ng"]}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; the value is what the word maps to."""

    words: Mapping[str, Any]

    @classmethod
    def of(cls, members: type[enum.Enum]) -> "Choice":
        """The values of an enumeration."""
        return cls({str(member.value): member for member in members})

    def read(self, node: Node, key: str, report: Report) -> Any:  # noqa: ANN401
        text = _scalar(node, key, report)
        if text is None:
            return None
        if text in self.words:
            return self.words[text]
        folded = fold_key(text)
        for word, value in self.words.items():
            if fold_key(word) == folded:
                return value
        report.add(
            problems.NOT_A_CHOICE, node, key, key=key, value=text[:80], allowed=tuple(self.words)
        )
        return None

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Raw:
    """The node itself, for values whose type is known only later."""

    kind: str = "any"

    def read(self, node: Node, key: str, report: Report) -> Node | None:
        if report.lose(node):
            return None
        if self.kind == "mapping" and not isinstance(node, MappingNode):
            report.add(problems.WRONG_KIND, node, key, key=key, variant="mapping")
            return None
        return node

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"type": "object"} if self.kind == "mapping" else {}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; with ``lone`` a single value stands for a list of one."""

    item: Reader
    lone: bool = False

    def read(self, node: Node, key: str, report: Report) -> tuple[Any, ...] | None:
        if isinstance(node, SequenceNode):
            values = (
                self.item.read(item, key, report)
                for item in node.items
                # A hyphen with nothing behind it is an item that nobody wrote yet.
                if not (item.__class__ is ScalarNode and item.is_absent)
            )
            return tuple(value for value in values if value is not None)
        if isinstance(node, ScalarNode) and node.is_absent:
            return ()
        if self.lone:
            value = self.item.read(node, key, report)
            return None if value is None else (value,)
        report.add(problems.WRONG_KIND, node, key, key=key, variant="list")
        return None

    def schema(self, describe: Describe) -> dict[str, Any]:
        item = self.item.schema(describe)
        listed = {"type": "array", "items": item}
        return {"anyOf": [listed, item]} if self.lone else listed


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping whose keys are names; gives pairs of key node and value, in written order."""

    value: Reader

    def read(
        self, node: Node, key: str, report: Report
    ) -> tuple[tuple[ScalarNode, Any], ...] | None:
        if isinstance(node, ScalarNode) and node.is_absent:
            return ()
        if not isinstance(node, MappingNode):
            report.add(problems.WRONG_KIND, node, key, key=key, variant="mapping")
            return None
        pairs = (
            (name, self.value.read(value, f"{key}.{name.text}", report))
            for name, value in node.entries
        )
        return tuple((name, value) for name, value in pairs if value is not None)

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.value.schema(describe)}


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record.

    Attributes:
        key: canonical spelling; other spellings are compared without marks, case and spaces.
        required: absence is reported.
    """

    key: str
    reader: Reader
    required: bool = False


@dataclass(frozen=True)
class Record:
    """A mapping with known keys.

    Attributes:
        name: names the record in the descriptions of messages/vi/fields.toml.
        build: makes the value from the dictionary of what could be read and the node; by
            default the dictionary itself. Returns None when too little was there.
    """

    name: str
    fields: tuple[Field, ...]
    build: Callable[[dict[str, Any], MappingNode], Any] | None = None
    _by_key: dict[str, Field] = field(init=False, repr=False)
    _by_folded: dict[str, Field] = field(init=False, repr=False)
    _required: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {known.key: known for known in self.fields})
        object.__setattr__(
            self, "_by_folded", {fold_key(known.key): known for known in self.fields}
        )
        required = tuple(known.key for known in self.fields if known.required)
        object.__setattr__(self, "_required", required)

    def read(self, node: Node, key: str, report: Report) -> Any:  # noqa: ANN401
        """The record's value; reports unknown, missing and unreadable keys."""
        if not isinstance(node, MappingNode):
            if not report.lose(node):
                report.add(problems.WRONG_KIND, node, key, key=key, variant="mapping")
            return None
        values: dict[str, Any] = {}
        unread = False
        by_key = self._by_key
        for name, value in node.entries:
            known = by_key.get(name.text) or self._by_folded.get(fold_key(name.text))
            if known is None:
                self._unknown(name, report)
            elif (
                isinstance(value, ScalarNode)
                and not value.text
                and value.plain
                and not report.lose(value)
            ):
                continue
            elif known.key in values:
                # Two spellings of one key ("so lieu" and so_lieu): the parser saw two names.
                report.add(problems.DUPLICATE_KEY, name, known.key, key=known.key)
            else:
                read = known.reader.read(value, known.key, report)
                # A value that was reported is present all the same: not "missing" as well.
                values[known.key] = read
                unread = unread or read is None
        for required in self._required:
            if required not in values:
                report.add(problems.MISSING_KEY, node, required, key=required)
        if unread:
            values = {name: value for name, value in values.items() if value is not None}
        return values if self.build is None else self.build(values, node)

    def _unknown(self, name: ScalarNode, report: Report) -> None:
        from difflib import get_close_matches  # noqa: PLC0415 - only on a mistake

        # A proposal is for a slip; a file of another kind has thousands of unknown keys.
        near = (
            get_close_matches(fold_key(name.text[:80]), self._by_folded, n=1)
            if len(report.findings) < _PROPOSALS
            else ()
        )
        report.add(
            problems.UNKNOWN_KEY,
            name,
            name.text[:80],
            key=name.text[:80],
            variant="near" if near else None,
            near=self._by_folded[near[0]].key if near else "",
            allowed=tuple(self._by_key),
        )

    def schema(self, describe: Describe) -> dict[str, Any]:
        """JSON Schema of the record, with Vietnamese descriptions."""
        properties = {}
        for known in self.fields:
            described = known.reader.schema(describe)
            properties[known.key] = {**described, "description": describe(self.name, known.key)}
        return {
            "type": "object",
            "properties": properties,
            "required": [known.key for known in self.fields if known.required],
            "additionalProperties": False,
        }
