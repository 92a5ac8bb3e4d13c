"""What becomes of verdicts that somebody sent: which are taken, into which file, and which not."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from site_builder.model.criteria import CriteriaSet
from site_builder.model.text import slug
from site_builder.model.unit import Unit
from site_builder.model.verdict import (
    COUNCIL_NAME,
    VERDICTS,
    Fault,
    Records,
    Verdict,
    VerdictSheet,
    sorted_out,
)

_NAME_LIMIT = 48
_NOBODY = "nguoi-tham-dinh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row that is not taken."""

    verdict: Verdict
    fault: Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """The rows of one assessor in one round.

    Attributes:
        sheet: what is to be kept, and where.
        before: what is kept now of the same assessor; None when there is nothing.
    """

    sheet: VerdictSheet
    before: VerdictSheet | None

    @property
    def is_older(self) -> bool:
        """What is kept was written later; it must not be lost."""
        return self.before is not None and self.before.latest > self.sheet.latest

    @property
    def is_same(self) -> bool:
        """There is nothing new in it."""
        return self.before is not None and _content(self.before) == _content(self.sheet)

    @property
    def gone(self) -> tuple[str, ...]:
        """Leaves that only the sheet kept so far judges."""
        if self.before is None:
            return ()
        new = {row.leaf for row in self.sheet.verdicts}
        return tuple(row.leaf for row in self.before.verdicts if row.leaf not in new)


def _content(sheet: VerdictSheet) -> list[Verdict]:
    return [replace(row, line=1) for row in sheet.verdicts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Everything that one file brings."""

    incoming: tuple[Incoming, ...]
    refused: tuple[Refused, ...]


def take(
    rows: Iterable[Verdict], kept: Records, criteria: CriteriaSet | None, unit: Unit | None
) -> Taken:
    """Sort the rows of a file that was sent.

    Args:
        rows: as they were read.
        kept: what the commune has already.
        criteria: the set; None when it cannot be read.
        unit: the commune; None when it cannot be read.
    """
    sent = Records(sheets=(VerdictSheet(path="", round="", verdicts=tuple(rows)),))
    refused: list[Refused] = []
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for _, row, fault in sorted_out(sent, criteria, unit):
        if fault is not None:
            refused.append(Refused(verdict=row, fault=fault))
        else:
            groups.setdefault((row.round, row.author), []).append(row)
    order = criteria.order if criteria else {}
    taken = list(kept.sheets)
    incoming = []
    for (round_, author), found in groups.items():
        before = _of(taken, round_, author)
        path = before.path if before else _free(taken, round_, found[0].assessor)
        found.sort(key=lambda row: order.get(row.leaf, 0))
        sheet = VerdictSheet(path=path, round=round_, verdicts=tuple(found))
        taken = [*(each for each in taken if each is not before), sheet]
        incoming.append(Incoming(sheet=sheet, before=before))
    return Taken(incoming=tuple(incoming), refused=tuple(refused))


def _of(sheets: Iterable[VerdictSheet], round_: str, author: str) -> VerdictSheet | None:
    """The file that holds this assessor's verdicts and nobody else's."""
    for sheet in sheets:
        if sheet.round == round_ and {row.author for row in sheet.verdicts} == {author}:
            return sheet
    return None


def _free(sheets: Iterable[VerdictSheet], round_: str, assessor: str) -> str:
    """A path that nobody has; two names may be one without their marks."""
    used = {sheet.path for sheet in sheets}
    name = slug(assessor, _NAME_LIMIT) or _NOBODY
    if name == COUNCIL_NAME:
        name = f"{_NOBODY}-{name}"
    number = 1
    while True:
        path = f"{VERDICTS}/{round_}/{name}{f'-{number}' if number > 1 else ''}.yml"
        if path not in used:
            return path
        number += 1
