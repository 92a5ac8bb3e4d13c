"""What a check is, by grain, and what it may know.

A check is a module: ``CHECK`` (or ``CHECKS``, when one pass finds several problems) names the
problem, ``run`` yields where it occurs. Checks never raise, never see the disk, the clock or
the catalogue, and know nothing of one another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from site_builder.checks.alike import Alike, alike
from site_builder.checks.leaves import Leaf, leaves
from site_builder.checks.listings import Listing, listings
from site_builder.checks.public import public_files
from site_builder.model.criteria import Criterion
from site_builder.model.digest import Digests, digests
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Finding, Severity
from site_builder.model.processed import NOT_PROCESSED, FileFacts, Processed
from site_builder.model.rule import Rule
from site_builder.model.score import ScoreSheet
from site_builder.model.snapshot import Snapshot
from site_builder.model.unit import FindingException

# When one of these could not be read, a part of the tree is unknown, and so is what is too much.
_STRUCTURE = frozenset({"id", "children", "criteria", "set"})
_SUMS = frozenset({"max_points", "bonus"})
# A key written twice is two entries run into one, an alias stands for something not read.
_LOST_NODES = frozenset({"YML001", "YML002", "YML010"})


# Not slotted: what is derived is worked out once, on first use.
@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything a check may know.

    Attributes:
        rules: bound rules by leaf id; a leaf whose rule is bad is absent.
        today: the day of the run in Asia/Ho_Chi_Minh.
        processed: what was read out of evidence files; empty when nobody looked.
        loaded: what loading and binding already found.
        known_codes: of every check there is (``site_builder.registry``); empty when unknown,
            and then no code is called unknown.
    """

    snapshot: Snapshot
    rules: Mapping[str, Rule]
    sheet: ScoreSheet
    today: date
    processed: Processed = NOT_PROCESSED
    loaded: tuple[Finding, ...] = ()
    known_codes: frozenset[str] = frozenset()

    @cached_property
    def digests(self) -> Digests:
        """What every leaf consists of; leaves whose files were not read are absent."""
        return digests(self.snapshot)

    @cached_property
    def set_is_whole(self) -> bool:
        """Every node was read and has an id of its own: what is not there does not exist."""
        criteria = self.snapshot.criteria
        if criteria is None or self._lost & _STRUCTURE:
            return False
        ids = [node.id.lower() for node in criteria.walk()]
        return len(set(ids)) == len(ids)

    def hides(self, criterion: str, *keys: str) -> bool:
        """Some of the keys may be there, but were not read: reported already, so not absent."""
        return self._holes is None or any((criterion, key) in self._holes for key in keys)

    @cached_property
    def _holes(self) -> frozenset[tuple[str | None, str]] | None:
        """Criterion and key of what was not read; None after an alias, which can be anything."""
        path = self.snapshot.criteria.path if self.snapshot.criteria else ""
        errors = [
            finding
            for finding in self.loaded
            if finding.location.path == path and finding.check.severity is Severity.ERROR
        ]
        if any(finding.params.get("variant") == "alias" for finding in errors):
            return None
        return frozenset((finding.criterion, finding.subject) for finding in errors)

    @cached_property
    def sums_are_known(self) -> bool:
        """Every node and its maximum was read, so that sums can be judged."""
        return self.snapshot.criteria is not None and not self._lost & (_STRUCTURE | _SUMS)

    @cached_property
    def _lost(self) -> frozenset[str]:
        criteria = self.snapshot.criteria
        return self.unread(criteria.path) if criteria else _STRUCTURE

    def unread(self, path: str) -> frozenset[str]:
        """Top parts of those keys of a file of which some could not be read."""
        lost: set[str] = set()
        for finding in self.loaded:
            if finding.location.path != path:
                continue
            if finding.check.code in _LOST_NODES:
                lost |= _STRUCTURE
            elif finding.check.severity is Severity.ERROR:
                lost.add(finding.subject.partition(".")[0])
            else:
                # A key that is nearly "children" was passed over with everything below it.
                lost.add(str(finding.params.get("near", "")))
        return frozenset(lost)

    @cached_property
    def leaves(self) -> Mapping[str, Leaf]:
        """The self-scored leaves as they stand, by id, in the printed order."""
        return leaves(self.snapshot, self.rules, self.loaded)

    @cached_property
    def listings(self) -> Mapping[str, tuple[Listing, ...]]:
        """The entries of ``tai_lieu`` by the criterion that lists them; absent where none are."""
        return listings(self.snapshot)

    @cached_property
    def public_paths(self) -> frozenset[str]:
        """Paths of the files that somebody marked ``cong_khai: true``."""
        return frozenset(
            file.path
            for dossier in self.snapshot.dossiers.values()
            for file in public_files(dossier)
        )

    @cached_property
    def alike(self) -> Alike:
        """Files whose texts are nearly the same."""
        return alike(self.snapshot, self.processed)

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every path that exists under evidence/, folders too."""
        return frozenset(entry.path for entry in self.snapshot.entries)

    def criterion(self, dossier: Dossier) -> Criterion:
        """The criterion that a dossier belongs to."""
        if self.snapshot.criteria is None:
            raise LookupError("a dossier without a set")
        return self.snapshot.criteria.by_id[dossier.criterion]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedAnswer:
    """An answer that does not count.

    Attributes:
        criterion: whose explanation gives it.
        path, line: where it was typed.
        code: of the check it answers.
        matched: a finding with that code exists for the criterion (but is an error, or may not
            be answered); otherwise nothing was found that it could answer.
        has_reason: a reason was typed.
    """

    criterion: str
    path: str
    line: int
    code: str
    matched: bool
    has_reason: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Findings after exceptions, answers and known slips were applied.

    Attributes:
        unused: exceptions of unit.yml that covered nothing.
        forbidden: exceptions whose findings exist but may not be excepted.
        refused: answers (``bo_qua``) that do not count.
        unused_slips: places in ``CriteriaSet.known_slips`` of those that covered nothing.
    """

    findings: tuple[Finding, ...]
    unused: tuple[FindingException, ...] = ()
    forbidden: tuple[FindingException, ...] = ()
    refused: tuple[RefusedAnswer, ...] = ()
    unused_slips: tuple[int, ...] = ()


class SnapshotCheck(Protocol):
    """Looks at the repository as a whole."""

    def run(self, facts: Facts) -> Iterator[Finding]: ...


class DossierCheck(Protocol):
    """Looks at one criterion with what was filed under it; runs for inner nodes too."""

    def run(self, dossier: Dossier, facts: Facts) -> Iterator[Finding]: ...


class FileCheck(Protocol):
    """Looks at one evidence file."""

    def run(self, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]: ...


class ContentCheck(Protocol):
    """Looks at what was read out of one evidence file; files that nobody read are passed over."""

    def run(
        self, read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts
    ) -> Iterator[Finding]: ...


class AnswerCheck(Protocol):
    """Looks at exceptions and answers after they were applied; its findings cannot be excepted."""

    def run(self, answered: Answered, facts: Facts) -> Iterator[Finding]: ...
