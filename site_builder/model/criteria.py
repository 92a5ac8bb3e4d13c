"""The issued set: a tree of criteria whose leaves are scored."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from site_builder.model.node import MappingNode
from site_builder.model.values import value


class ScoredBy(enum.Enum):
    """Who gives the points of a leaf."""

    SELF = "self"
    SURVEY = "survey"
    EXTERNAL = "external"
    APPRAISAL = "appraisal"


class NotApplicable(enum.Enum):
    """What a leaf that does not apply does to the total."""

    FULL_POINTS = "full_points"
    RESCALE = "rescale"


@value
class Slot:
    """A document that a leaf asks for.

    Attributes:
        document_type: the type the annex names: plan, photo, link ....
        alternatives: other document types accepted in its place.
        issued_from, issued_to: own window of issue dates, when it differs from the period's.
        at_least: how many documents fill it.
        issuer: whose document it is: ``unit``, ``parent``, a name; "" when anybody's will do.
        line: in criteria.yml.
    """

    id: str
    title: str
    required: bool
    document_type: str
    alternatives: tuple[str, ...] = ()
    issued_from: date | None = None
    issued_to: date | None = None
    at_least: int = 1
    issuer: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A deadline or minimum that a law is understood to set, printed beside the rule.

    Attributes:
        verified: False means nobody compared it with the text of the law yet.
    """

    text: str
    basis: str = ""
    verified: bool = False
    value: str = ""
    on: date | None = None


@value
class Criterion:
    """A node of the set; a node without children is a scored leaf.

    Attributes:
        id: as printed ("1.1.2", "II-2"); text, unique ignoring case.
        depth: 0 for a field.
        max_points: as printed; for a bonus node the most it can add.
        rule: the rule as read, with lines; ``scoring.bind`` turns it into a value.
        bonus: points outside the set's total, at most ``cap``.
        combine: how the children of a bonus node count: ``sum`` or ``highest``.
        line: in criteria.yml.
    """

    id: str
    title: str
    max_points: Decimal
    depth: int
    parent_id: str | None
    children: tuple["Criterion", ...] = ()
    scored_by: ScoredBy = ScoredBy.SELF
    rule_text: str = ""
    rule: MappingNode | None = None
    slots: tuple[Slot, ...] = ()
    not_applicable_when: str = ""
    not_applicable: NotApplicable | None = None
    deadline: Note | None = None
    minimum: Note | None = None
    bonus: bool = False
    cap: Decimal | None = None
    combine: str = "sum"
    line: int = 1

    @property
    def is_leaf(self) -> bool:
        return not self.children

    def walk(self) -> Iterator["Criterion"]:
        """This node and everything below it, in the printed order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator["Criterion"]:
        """The scored leaves at or below this node, in the printed order."""
        return (node for node in self.walk() if node.is_leaf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A document on which the set rests."""

    document_number: str
    issued_on: date | None
    issuer: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreClass:
    """A class of the result ("good"), from a percentage of the applicable maximum."""

    title: str
    from_percent: Decimal
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSlip:
    """A fault of the issued annex that the maintainer has seen and accepts as printed."""

    code: str
    criterion: str | None
    reason: str
    line: int


# Not slotted: the lookup tables are built once, on first use.
@dataclass(frozen=True, kw_only=True)
class CriteriaSet:
    """criteria.yml as read.

    Attributes:
        digest: sha256 of the file with CRLF read as LF, in hex.
        line: of ``set`` in the file.
        total_line: of its ``total_points``.
        places: decimal places to which a leaf's points are rounded, half up.
    """

    id: str
    title: str
    illustrative: bool = False
    notice: str = ""
    total_points: Decimal | None = None
    basis: tuple[Basis, ...] = ()
    places: int = 2
    not_applicable: NotApplicable = NotApplicable.RESCALE
    classes: tuple[ScoreClass, ...] = ()
    known_slips: tuple[KnownSlip, ...] = ()
    fields: tuple[Criterion, ...] = ()
    digest: str = ""
    path: str = "criteria.yml"
    line: int = 1
    total_line: int = 1

    def walk(self) -> Iterator[Criterion]:
        """Every node in the printed order."""
        return iter(self._nodes)

    @cached_property
    def _nodes(self) -> tuple[Criterion, ...]:
        # A dozen checks walk the tree; going down it once serves them all.
        return tuple(node for field_ in self.fields for node in field_.walk())

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """Every scored leaf in the printed order."""
        return tuple(node for node in self.walk() if node.is_leaf)

    @cached_property
    def by_id(self) -> Mapping[str, Criterion]:
        """Nodes by id as printed; of clashing ids the first."""
        found: dict[str, Criterion] = {}
        for node in self.walk():
            found.setdefault(node.id, node)
        return found

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Place of each id in the printed order, for sorting."""
        return {id_: place for place, id_ in enumerate(self.by_id)}

    def ancestors(self, node: Criterion) -> tuple[Criterion, ...]:
        """From the field down to the parent of ``node``."""
        found: list[Criterion] = []
        parent_id = node.parent_id
        while parent_id is not None:
            parent = self.by_id[parent_id]
            found.append(parent)
            parent_id = parent.parent_id
        return tuple(reversed(found))
