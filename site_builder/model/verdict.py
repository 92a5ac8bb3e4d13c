"""What assessors and their council decide about leaves, and what follows when it is put together.

An assessor writes one sheet a round; nothing in it ever changes what the commune claimed or what
its rules gave. A verdict carries the digest of the leaf it was given on, so that nobody counts a
judgement of other evidence than what is there now.
"""

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from site_builder.model.criteria import CriteriaSet, ScoredBy
from site_builder.model.mappings import empty
from site_builder.model.text import nfc
from site_builder.model.unit import Unit
from site_builder.model.values import value

VERDICTS = "records/verdicts"
COUNCIL_NAME = "quyet-dinh"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Decision(enum.Enum):
    """What an assessor says of a leaf; the value is the word in files.

    ACCEPT: the points asked for are right. RESCORE: other points, with a reason. MORE: something
    is wanted before the leaf can be judged.
    """

    ACCEPT = "dat"
    RESCORE = "cham-lai"
    MORE = "bo-sung"


@value
class Verdict:
    """One assessor's judgement of one leaf in one round.

    Attributes:
        unit, period, round, assessor: of whom, for when and by whom; on every row, because rows
            of several files get put together by hand.
        leaf_digest: of the leaf as it was judged (``model.digest``).
        points: of a new score.
        reason: for a new score.
        demand: what is wanted.
        at: when it was written; None when the row does not say.
        line: in its file.
    """

    unit: str
    period: str
    round: str
    leaf: str
    leaf_digest: str
    assessor: str
    decision: Decision
    points: Decimal | None = None
    reason: str = ""
    demand: str = ""
    note: str = ""
    at: datetime | None = None
    line: int = 1

    @property
    def author(self) -> str:
        """The assessor as compared."""
        return same_name(self.assessor)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictSheet:
    """One file of verdicts.

    Attributes:
        path: from the root.
        round: the folder it lies in.
    """

    path: str
    round: str
    verdicts: tuple[Verdict, ...] = ()

    @property
    def assessors(self) -> tuple[str, ...]:
        """Names on its rows, each once, in their order."""
        return tuple({verdict.author: verdict.assessor for verdict in self.verdicts}.values())

    @property
    def latest(self) -> datetime:
        """When its last row was written."""
        return max((row.at or _LONG_AGO for row in self.verdicts), default=_LONG_AGO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The council's decision on one leaf, where assessors differ."""

    leaf: str
    points: Decimal | None
    document_number: str = ""
    issued_on: date | None = None
    reason: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """quyet-dinh.yml of a round.

    Attributes:
        approved_by, approved_on: the document that approves the results of the whole round;
            "" and None while there is none.
    """

    path: str
    round: str
    settled: tuple[Settled, ...] = ()
    approved_by: str = ""
    approved_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything under records/verdicts."""

    sheets: tuple[VerdictSheet, ...] = ()
    councils: tuple[Council, ...] = ()


NOTHING_RECORDED = Records()


class Fault(enum.StrEnum):
    """Why a row does not count, whatever else is known."""

    UNIT = "unit"
    PERIOD = "period"
    FOLDER = "folder"
    ROUND = "round"
    LEAF = "leaf"
    INNER = "inner"
    NOT_APPRAISED = "not_appraised"
    ABOVE_MAX = "above_max"
    NO_POINTS = "no_points"
    NO_REASON = "no_reason"
    NO_DEMAND = "no_demand"
    TWICE = "twice"


class Standing(enum.Enum):
    """What became of a leaf in a round.

    DECIDED: it has points (or is agreed not to apply). SETTLED: the council gave them.
    DISPUTED: assessors differ. MORE: something is wanted. STALE: what was judged is no longer
    what is there. NOTHING: accepted, but nothing was asked for.
    """

    DECIDED = "decided"
    SETTLED = "settled"
    DISPUTED = "disputed"
    MORE = "more"
    STALE = "stale"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """What a round made of a leaf.

    Attributes:
        points: None while open, and where a leaf is agreed not to apply.
        verdicts: that may count or once did, by assessor.
        stale: those of them given on other evidence.
        settled: the council's decision, if any.
        approved: the document that approves the round as a whole, if any.
    """

    criterion: str
    round: str
    standing: Standing
    points: Decimal | None = None
    verdicts: tuple[Verdict, ...] = ()
    stale: tuple[Verdict, ...] = ()
    settled: Settled | None = None
    approved: Council | None = None

    @property
    def is_open(self) -> bool:
        return self.standing not in {Standing.DECIDED, Standing.SETTLED}


def same_name(text: str) -> str:
    """A name as compared: case, spaces and forms of letters aside, but never its marks."""
    return " ".join(nfc(text).casefold().split())


def fault_of(
    verdict: Verdict, criteria: CriteriaSet | None, unit: Unit | None, folder: str = ""
) -> Fault | None:
    """Why a row does not count; None when nothing in itself speaks against it.

    Args:
        verdict: the row.
        criteria: the set; None when it could not be read, and nothing is asked of the leaf.
        unit: the commune; None as with the set.
        folder: the round it is filed under; "" when it is not filed yet.
    """
    if unit is not None and same_name(verdict.unit) != same_name(unit.name):
        return Fault.UNIT
    if unit is not None and verdict.period.strip() != unit.period.id:
        return Fault.PERIOD
    if folder and verdict.round != folder:
        return Fault.FOLDER
    if unit is not None and verdict.round not in {round_.id for round_ in unit.period.rounds}:
        return Fault.ROUND
    leaf = criteria.by_id.get(verdict.leaf) if criteria else None
    if criteria is not None and leaf is None:
        return Fault.LEAF
    if leaf is not None and not leaf.is_leaf:
        return Fault.INNER
    if leaf is not None and not is_appraised(leaf.scored_by):
        return Fault.NOT_APPRAISED
    return _incomplete(verdict, None if leaf is None else leaf.max_points)


def _incomplete(verdict: Verdict, max_points: Decimal | None) -> Fault | None:
    if verdict.decision is Decision.MORE:
        return None if verdict.demand.strip() else Fault.NO_DEMAND
    if verdict.decision is Decision.RESCORE:
        if verdict.points is None:
            return Fault.NO_POINTS
        if max_points is not None and verdict.points > max_points:
            return Fault.ABOVE_MAX
        return None if verdict.reason.strip() else Fault.NO_REASON
    return None


def is_appraised(scored_by: ScoredBy) -> bool:
    """Assessors judge it; surveys and results of others speak for themselves."""
    return scored_by in {ScoredBy.SELF, ScoredBy.APPRAISAL}


def sorted_out(
    records: Records, criteria: CriteriaSet | None, unit: Unit | None
) -> Iterator[tuple[VerdictSheet, Verdict, Fault | None]]:
    """Every row with why it does not count.

    Of several rows by one assessor on one leaf the last written counts, whatever the order of
    files: a later file is a newer opinion.
    """
    rows = [
        (sheet, row, fault_of(row, criteria, unit, sheet.round))
        for sheet in records.sheets
        for row in sheet.verdicts
    ]
    last: dict[tuple[str, str, str], Verdict] = {}
    for _, row, fault in rows:
        if fault is None:
            key = (row.round, row.leaf, row.author)
            last[key] = max(last.get(key, row), row, key=_age)
    kept = {id(row) for row in last.values()}
    for sheet, row, fault in rows:
        yield sheet, row, fault or (None if id(row) in kept else Fault.TWICE)


def _age(verdict: Verdict) -> tuple[datetime, str, str]:
    # Rows without a time, or of the same second, still have one order.
    return verdict.at or _LONG_AGO, verdict.decision.value, repr(verdict)


def councils_of(councils: Iterable[Council]) -> Mapping[str, Council]:
    """By round."""
    found = {council.round: council for council in councils}
    return found or empty()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """The rows that count, by leaf and round."""

    rows: Mapping[str, Mapping[str, tuple[Verdict, ...]]] = field(default_factory=empty)

    @classmethod
    def of(cls, records: Records, criteria: CriteriaSet | None, unit: Unit | None) -> "Counting":
        """Those without a fault."""
        found: dict[str, dict[str, list[Verdict]]] = {}
        for _, row, fault in sorted_out(records, criteria, unit):
            if fault is None:
                found.setdefault(row.leaf, {}).setdefault(row.round, []).append(row)
        return cls(
            rows={
                leaf: {
                    round_: tuple(sorted(rows, key=lambda row: row.author))
                    for round_, rows in rounds.items()
                }
                for leaf, rounds in found.items()
            }
        )
