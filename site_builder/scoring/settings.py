"""How the settings of rules are read, and what a rule may ask while it is bound.

A rule's ``SETTINGS`` table says which keys it takes; ``read`` in binding.py drops the rule when
any of them was reported as wrong, so ``bind`` of a rule meets only values that were readable.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from site_builder.model.node import MappingNode, Node, ScalarNode
from site_builder.model.rule import Entry, InputSpec, NumberKind, Option, Rule
from site_builder.model.text import fold_key
from site_builder.reading import problems
from site_builder.reading.fields import (
    Choice,
    Describe,
    Field,
    Identifier,
    ListOf,
    Number,
    Raw,
    Record,
    Report,
    Text,
)
from site_builder.reading.numbers import read_number
from site_builder.scoring.findings import BAD_SETTINGS, DUPLICATE_INPUT

ZERO = Decimal(0)
MAX = "max"


@dataclass(frozen=True, slots=True)
class Share:
    """Points given as a share of the leaf's maximum (``75%``, ``max``)."""

    percent: Decimal


PointsSetting = Decimal | Share
MAX_SETTING = Share(Decimal(100))


@dataclass(frozen=True, slots=True)
class Points:
    """Points: a number, a share of the maximum (``75%``), or ``max``; also ``words`` of a rule."""

    words: tuple[str, ...] = ()

    def read(self, node: Node, key: str, report: Report) -> PointsSetting | str | None:
        text = node.text.strip() if isinstance(node, ScalarNode) else ""
        if not text or text[0].isdecimal():
            if not text.endswith("%"):
                return _NUMBER.read(node, key, report)
            percent = read_number(text, NumberKind.PERCENT)
            if isinstance(percent, Decimal):
                return Share(percent)
        folded = fold_key(text)
        if folded == MAX:
            return MAX_SETTING
        if folded in self.words:
            return folded
        if self.words:
            allowed = (*self.words, MAX)
            report.add(problems.NOT_A_CHOICE, node, key, key=key, value=text[:80], allowed=allowed)
            return None
        return _NUMBER.read(node, key, report)

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"type": ["number", "string"]}


_NUMBER = Number()


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate: a number between 0 and 1 (and above, where the rule allows), or ``80%``."""

    def read(self, node: Node, key: str, report: Report) -> Decimal | None:
        if isinstance(node, ScalarNode) and node.text.rstrip().endswith("%"):
            percent = _PERCENT.read(node, key, report)
            return None if percent is None else percent.scaleb(-2)
        return _NUMBER.read(node, key, report)

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"type": ["number", "string"]}


_PERCENT = Number(NumberKind.PERCENT)

_FIGURE = Record(
    "rule_input",
    (
        Field("id", Identifier()),
        Field("title", Text(), required=True),
        Field("kind", Choice.of(NumberKind)),
    ),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """An input under ``so_lieu``: ``{id, title, kind}``; the id and kind have defaults."""

    id: str
    kind: NumberKind

    def read(self, node: Node, key: str, report: Report) -> InputSpec | None:
        values = _FIGURE.read(node, key, report)
        if not values or "title" not in values:
            return None
        return InputSpec(
            entry=Entry.FIGURE,
            id=values.get("id", self.id),
            title=values["title"],
            kind=values.get("kind", self.kind),
        )

    def schema(self, describe: Describe) -> dict[str, Any]:
        return _FIGURE.schema(describe)


DONE = Figure("done", NumberKind.COUNT)
DUE = Figure("due", NumberKind.COUNT)
COUNT = Figure("count", NumberKind.COUNT)
VALUE = Figure("value", NumberKind.AMOUNT)
RATE_VALUE = Figure("value", NumberKind.PERCENT)
REFERENCE = Figure("reference", NumberKind.AMOUNT)


def _named(values: dict[str, Any], _node: MappingNode) -> tuple[str, str, PointsSetting] | None:
    if len(values) < len(_NAMED.fields):
        return None
    return values["id"], values["title"], values["points"]


_NAMED = Record(
    "rule_option",
    (
        Field("id", Identifier(), required=True),
        Field("title", Text(), required=True),
        Field("points", Points(), required=True),
    ),
    build=_named,
)

# A list of {id, title, points}: the items of a checklist, the levels of a scale.
OPTIONS = ListOf(_NAMED)


@dataclass(frozen=True, slots=True)
class InnerRule:
    """A rule inside a rule, bound by ``Context.bind_inner`` after its own settings are known."""

    def read(self, node: Node, key: str, report: Report) -> Node | None:
        return _MAPPING.read(node, key, report)

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"$ref": "#/$defs/rule"}


_MAPPING = Raw("mapping")
RULE = InnerRule()

# True where more is better.
DIRECTION = Choice({"up": True, "down": False})


class Shape(Protocol):
    """A kind of rule: a rule's class, with its settings."""

    shape: ClassVar[str]
    SETTINGS: ClassVar[Record]

    @classmethod
    def bind(cls, values: dict[str, Any], node: MappingNode, context: "Context", /) -> Rule | None:
        """The rule with its settings; None, with findings, when they make no sense together.

        ``values`` holds what ``SETTINGS`` read; all required keys are there and readable.
        """


@dataclass(slots=True)
class Context:
    """What a rule may ask while it is bound.

    Attributes:
        max_points: of the leaf.
        title: of the leaf, for inputs that have no title of their own.
        bind_inner: binds a rule inside this one (``then`` of a gate).
    """

    report: Report
    max_points: Decimal
    title: str
    bind_inner: Callable[[MappingNode, "Context"], Rule | None]
    depth: int = 0

    def points(self, setting: PointsSetting) -> Decimal:
        """The points that a setting stands for."""
        if isinstance(setting, Decimal):
            return setting
        return (self.max_points * setting.percent).scaleb(-2).normalize() + ZERO

    def options(self, named: tuple[tuple[str, str, PointsSetting], ...]) -> tuple[Option, ...]:
        """The options of a list of ``{id, title, points}``."""
        return tuple(
            Option(id=id_, title=title, points=self.points(points)) for id_, title, points in named
        )

    def distinct(self, node: Node, ids: list[str]) -> bool:
        """No two of the ids are one, case aside; those that come again are reported."""
        twice = repeated(ids)
        for id_ in twice:
            self.report.add(DUPLICATE_INPUT, node, id_, id=id_)
        return not twice

    def bad(self, node: Node, variant: str, subject: str = "", **params: object) -> None:
        """Report settings that are readable one by one but make no sense."""
        self.report.add(
            BAD_SETTINGS, node, f"{variant} {subject}".strip(), variant=variant, **params
        )


def repeated(ids: list[str]) -> list[str]:
    """Those of the ids that came before, case aside."""
    folded = [id_.lower() for id_ in ids]
    if len(ids) == len(set(folded)):
        return []
    return [id_ for place, id_ in enumerate(ids) if folded[place] in folded[:place]]
