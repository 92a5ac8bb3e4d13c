"""What a scoring rule is, seen from outside ``scoring``: what it asks for and what it gives.

The shapes themselves live in ``scoring/rules``, one file each; other stages know only this.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from site_builder.model.dossier import Explanation
from site_builder.model.score import Score
from site_builder.model.values import value


class NumberKind(enum.Enum):
    """How a figure is written and read: 1.248 is a count, but ambiguous as an amount."""

    COUNT = "count"
    AMOUNT = "amount"
    PERCENT = "percent"


class Entry(enum.Enum):
    """The front-matter key under which an officer gives an input."""

    FIGURE = "so_lieu"
    CHECKED = "da_dat"
    LEVEL = "muc"
    ACHIEVED = "dat"
    DATE = "ngay"
    CHOICE = "chon"
    POINTS = "diem"


@value
class Option:
    """One answer that an input allows, with what it is worth where that is fixed."""

    id: str
    title: str
    points: Decimal | None = None


@value
class InputSpec:
    """One thing that a rule asks the officer for.

    Attributes:
        id: key under ``so_lieu`` or ``chon``; the entry's own name elsewhere.
        options: allowed answers (``da_dat``, ``muc``, ``chon``); empty for figures and dates.
        kind: how a figure is read.
        needed: False while another answer makes it irrelevant (the other branch of a case).
    """

    entry: Entry
    id: str
    title: str
    kind: NumberKind = NumberKind.COUNT
    options: tuple[Option, ...] = ()
    needed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a higher body decided about a leaf, from records/results.yml.

    Attributes:
        points: as decided; None when the survey's counts are given instead.
        answers: number of sheets per answer id of a survey.
        figures: values known from outside (references), by input id.
        document_number, issued_on, issuer: the document that says so.
    """

    points: Decimal | None = None
    answers: Mapping[str, Decimal] | None = None
    figures: Mapping[str, Decimal] | None = None
    document_number: str = ""
    issued_on: str = ""
    issuer: str = ""
    line: int = 1


class Rule(Protocol):
    """A bound scoring rule of one leaf."""

    @property
    def shape(self) -> str:
        """Name in criteria.yml: ``ratio``, ``checklist`` ..."""

    @property
    def most(self) -> Decimal | None:
        """The most points the rule can give; None when only its figures could tell."""

    def inputs(self, explanation: Explanation | None) -> tuple[InputSpec, ...]:
        """Everything the rule may ask for; ``needed`` follows the answers given so far."""

    def score(
        self,
        explanation: Explanation | None,
        max_points: Decimal,
        places: int,
        result: Result | None,
    ) -> Score:
        """Points with the steps that led to them, or the reason why there are none."""


class BoundRules(Protocol):
    """Rules of a set by leaf id; a leaf whose rule is bad is absent."""

    def get(self, criterion: str, /) -> Rule | None: ...
