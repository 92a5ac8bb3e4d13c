"""What each self-scored leaf still needs, worked out once for every check that asks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.model.criteria import Criterion, ScoredBy, Slot
from site_builder.model.dossier import Dossier, Explanation
from site_builder.model.finding import Finding, Severity
from site_builder.model.rule import InputSpec, Rule
from site_builder.model.snapshot import Snapshot
from site_builder.model.text import fold_key
from site_builder.model.values import value
from site_builder.reading.inputs import (
    InputProblem,
    ProblemKind,
    not_applicable,
    problems_of,
)

EXPLANATION = "giai-trinh.md"

# The reader's own codes: what such a finding is about is lost, not absent.
_READING = "YML"
# After these the declarations, or some key of them, are not what was typed.
_LOSES_ALL = frozenset({"YML001", "YML010", "YML011", "EXP001", "EXP005", "EXP006", "SYS005"})


@dataclass(frozen=True, slots=True)
class Shortage:
    """A required slot with fewer documents than it asks for."""

    slot: Slot
    have: int


@value
class Leaf:
    """A self-scored leaf as it stands.

    Attributes:
        path: of the explanation, or where it belongs.
        specs: inputs of its rule; empty when the rule is bad.
        problems: needed inputs without a usable value; none where the leaf does not apply, and
            none that the reader already reported.
        shortages: required slots that are not filled; none where the leaf does not apply or
            its declarations are lost.
        lost: the declarations could not be read, so what they hold is unknown.
    """

    criterion: Criterion
    dossier: Dossier
    path: str
    specs: tuple[InputSpec, ...]
    problems: tuple[InputProblem, ...]
    shortages: tuple[Shortage, ...]
    applies: bool
    lost: bool

    @property
    def explanation(self) -> Explanation | None:
        return self.dossier.explanation

    @property
    def line(self) -> int | None:
        """First line of an explanation that is there; an absent file has none."""
        return None if self.dossier.explanation is None else 1

    @property
    def has_text(self) -> bool:
        return self.explanation is not None and self.explanation.has_text

    @property
    def is_template(self) -> bool:
        return self.explanation is not None and self.explanation.is_template

    @property
    def absent(self) -> tuple[InputProblem, ...]:
        """Needed inputs that nobody typed yet."""
        return tuple(each for each in self.problems if each.kind is ProblemKind.ABSENT)

    @property
    def incomplete(self) -> bool:
        """Something must still be done before the leaf can be submitted."""
        if not self.applies:
            return False
        unproven = bool(self.shortages) and not self.has_text
        return not self.dossier.exists or self.lost or bool(self.problems) or unproven


def leaves(
    snapshot: Snapshot, rules: Mapping[str, Rule], loaded: Iterable[Finding]
) -> Mapping[str, Leaf]:
    """The self-scored leaves of the set by id, in the printed order."""
    if snapshot.criteria is None:
        return {}
    trouble: dict[str, list[Finding]] = {}
    for finding in loaded:
        if finding.check.severity is Severity.ERROR:
            trouble.setdefault(finding.location.path, []).append(finding)
    return {
        criterion.id: _leaf(criterion, dossier, rules.get(criterion.id), snapshot, trouble)
        for criterion in snapshot.criteria.leaves
        if criterion.scored_by is ScoredBy.SELF
        and (dossier := snapshot.dossiers.get(criterion.id)) is not None
    }


def _leaf(
    criterion: Criterion,
    dossier: Dossier,
    rule: Rule | None,
    snapshot: Snapshot,
    trouble: Mapping[str, list[Finding]],
) -> Leaf:
    explanation = dossier.explanation
    path = explanation.path if explanation else f"{dossier.folder}/{EXPLANATION}"
    applies = not_applicable(explanation) is None
    reported = trouble.get(path, ()) if trouble else ()
    lost = any(explanation is None or finding.check.code in _LOSES_ALL for finding in reported)
    specs = rule.inputs(explanation) if rule else ()
    problems: tuple[InputProblem, ...] = ()
    if applies and not lost and specs:
        result = snapshot.results.get(criterion.id)
        known = (result.figures if result else None) or {}
        problems = problems_of(specs, explanation, known)
        if problems and reported:
            unread = {fold_key(finding.subject) for finding in reported if _is_reading(finding)}
            problems = tuple(each for each in problems if not _covers(unread, each.spec))
    return Leaf(
        criterion=criterion,
        dossier=dossier,
        path=path,
        specs=specs,
        problems=problems,
        # The lost declarations may have said which document is which.
        shortages=tuple(_shortages(criterion, dossier)) if applies and not lost else (),
        applies=applies,
        lost=lost,
    )


def _is_reading(finding: Finding) -> bool:
    return finding.check.code.startswith(_READING)


def _covers(unread: set[str], spec: InputSpec) -> bool:
    """The reader reported this very input, or the whole key under which it stands."""
    entry = spec.entry.value
    return not unread.isdisjoint({entry, fold_key(spec.id), fold_key(f"{entry}.{spec.id}")})


def _shortages(criterion: Criterion, dossier: Dossier) -> Iterator[Shortage]:
    for slot in criterion.slots:
        if slot.required:
            have = dossier.held(slot.id)
            if have < slot.at_least:
                yield Shortage(slot, have)
