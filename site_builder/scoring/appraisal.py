"""From verdicts to points: what each round made of a leaf.

One assessor gives the points; several give them where they agree. Where they differ, the leaf
stays open until the council decides. Nothing here touches what was claimed or what a rule gave.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from site_builder.model.criteria import CriteriaSet, Criterion
from site_builder.model.digest import leaf_digest
from site_builder.model.dossier import Dossier, Supplement
from site_builder.model.snapshot import Snapshot
from site_builder.model.verdict import (
    Appraisal,
    Council,
    Counting,
    Decision,
    Settled,
    Standing,
    Verdict,
    councils_of,
)
from site_builder.reading.numbers import round_half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the commune asked for as an assessor saw it.

    Attributes:
        points: None when it asked for none.
        not_applicable: it said that the leaf does not apply, which can be accepted without points.
    """

    points: Decimal | None
    not_applicable: bool = False


AskedWith = Callable[[tuple[Supplement, ...]], Asked]
"""What is asked for with so many of the supplements."""


@dataclass(frozen=True, slots=True)
class Appraiser:
    """Appraises the leaves of one snapshot."""

    snapshot: Snapshot
    criteria: CriteriaSet
    counting: Counting
    councils: Mapping[str, Council]

    @classmethod
    def of(cls, snapshot: Snapshot, criteria: CriteriaSet) -> "Appraiser":
        """For the records of a snapshot."""
        return cls(
            snapshot,
            criteria,
            Counting.of(snapshot.verdicts, criteria, snapshot.unit),
            councils_of(snapshot.verdicts.councils),
        )

    def appraisals(self, leaf: Criterion, asked_with: AskedWith) -> tuple[Appraisal, ...]:
        """What became of a leaf, by round in the order of unit.yml; () when nobody judged it."""
        rounds = self.counting.rows.get(leaf.id, {})
        unit = self.snapshot.unit
        if unit is None or not (rounds or self.councils):
            return ()
        found: list[Appraisal] = []
        approved: Council | None = None
        # Backwards: who approves a round approves what stands from the rounds before it.
        for round_ in reversed(dict.fromkeys(each.id for each in unit.period.rounds)):
            council = self.councils.get(round_)
            if approved is None and council is not None and council.approved_by.strip():
                approved = council
            appraisal = self._round(leaf, round_, rounds.get(round_, ()), asked_with)
            if appraisal is not None:
                found.append(replace(appraisal, approved=approved))
        return tuple(reversed(found))

    def _round(
        self,
        leaf: Criterion,
        round_: str,
        verdicts: tuple[Verdict, ...],
        asked_with: AskedWith,
    ) -> Appraisal | None:
        settled = _settled(self.councils.get(round_), leaf)
        if not verdicts and settled is None:
            return None
        seen = self._seen(leaf, asked_with) if verdicts else {}
        stale = tuple(row for row in verdicts if seen and row.leaf_digest not in seen)
        fresh = tuple(row for row in verdicts if row not in stale)
        if settled is not None:
            standing, points = Standing.SETTLED, settled.points
        else:
            now = asked_with(self._supplements(leaf))
            asked = [seen.get(row.leaf_digest, now) for row in fresh]
            standing, points = merged(list(zip(fresh, asked, strict=True)))
        return Appraisal(
            criterion=leaf.id,
            round=round_,
            standing=standing,
            points=self._rounded(points, leaf),
            verdicts=verdicts,
            stale=stale,
            settled=settled,
        )

    def _rounded(self, points: Decimal | None, leaf: Criterion) -> Decimal | None:
        if points is None:
            return None
        return min(round_half_up(Fraction(points), self.criteria.places), leaf.max_points)

    def _supplements(self, leaf: Criterion) -> tuple[Supplement, ...]:
        dossier = self.snapshot.dossiers.get(leaf.id)
        return _in_order(dossier) if dossier else ()

    def _seen(self, leaf: Criterion, asked_with: AskedWith) -> dict[str, Asked]:
        """Digests of the leaf as it may have been judged, with what was asked for then.

        What the commune adds after a round changes the leaf, and not what was judged before: a
        verdict on the leaf without its later supplements is as good as ever. Empty when the
        bytes were not read.
        """
        if self.snapshot.fast:
            return {}
        dossier = self.snapshot.dossiers.get(leaf.id)
        added = _in_order(dossier) if dossier else ()
        seen: dict[str, Asked] = {}
        for count in range(len(added) + 1):
            then = replace(dossier, supplements=added[:count]) if dossier else None
            digest = leaf_digest(self.criteria, leaf, then, self.snapshot.explanation_digests)
            if not digest:
                return {}
            seen[digest] = asked_with(added[:count])
        return seen


def _in_order(dossier: Dossier) -> tuple[Supplement, ...]:
    return tuple(sorted(dossier.supplements, key=lambda added: added.number))


def _settled(council: Council | None, leaf: Criterion) -> Settled | None:
    """The council's decision on a leaf where it can count."""
    found = None
    for settled in council.settled if council else ():
        if settled.leaf == leaf.id and settlement_counts(settled, leaf):
            found = settled
    return found


def settlement_counts(settled: Settled, leaf: Criterion) -> bool:
    """It gives points within the maximum, by a document that has a number."""
    return (
        settled.points is not None
        and 0 <= settled.points <= leaf.max_points
        and bool(settled.document_number.strip())
    )


def merged(judged: list[tuple[Verdict, Asked]]) -> tuple[Standing, Decimal | None]:
    """What several judgements of one leaf make together, in whatever order they come.

    Args:
        judged: the verdicts on what is there, each with what its assessor saw asked for.
    """
    if not judged:
        return Standing.STALE, None
    if any(verdict.decision is Decision.MORE for verdict, _ in judged):
        return Standing.MORE, None
    given = set(_given(judged))
    if len(given) > 1:
        return Standing.DISPUTED, None
    points = given.pop()
    if points is None and not all(asked.not_applicable for _, asked in judged):
        return Standing.NOTHING, None
    return Standing.DECIDED, points


def _given(judged: list[tuple[Verdict, Asked]]) -> Iterator[Decimal | None]:
    for verdict, asked in judged:
        yield asked.points if verdict.decision is Decision.ACCEPT else verdict.points
