"""Everything the presentation may know, and what each edition may."""

import enum
from dataclasses import dataclass
from datetime import date

from site_builder.model.approval import NOT_APPROVED, ApprovalStatus
from site_builder.model.change import NOT_COMPARED, Changes
from site_builder.model.digest import Digests
from site_builder.model.finding import Finding
from site_builder.model.processed import NOT_PROCESSED, Processed
from site_builder.model.rule import BoundRules
from site_builder.model.score import ScoreSheet
from site_builder.model.snapshot import Snapshot

NO_DIGESTS = Digests()


class Edition(enum.Enum):
    """Who a site is for."""

    WORKING = "working"
    ASSESSOR = "assessor"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The bundle that rendering and reports get; frozen parts, no behaviour.

    Attributes:
        rules: bound rules by leaf id.
        findings: sorted, suppressed ones included and marked.
        today: the day of the run in Asia/Ho_Chi_Minh; pages must not depend on it.
        processed: what was read out of the evidence files of this edition.
        digests: of every leaf as it lies in the repository; none in the public edition.
        approval: the chair's, and what it no longer covers.
        changes: what became of each leaf since an earlier state.
        edition: for whom; everything that edition must not show was removed.
    """

    snapshot: Snapshot
    rules: BoundRules
    sheet: ScoreSheet
    findings: tuple[Finding, ...]
    today: date
    processed: Processed = NOT_PROCESSED
    digests: Digests = NO_DIGESTS
    approval: ApprovalStatus = NOT_APPROVED
    changes: Changes = NOT_COMPARED
    edition: Edition = Edition.WORKING
