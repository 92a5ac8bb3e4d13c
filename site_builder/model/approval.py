"""The chair's approval of one state of the content, and what it still covers.

An approval names digests and not a commit alone: a history can be written anew (a purge), the
bytes that somebody signed for stay what they are.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.model.digest import Digests
from site_builder.model.snapshot import Approval, Snapshot


class ApprovalState(enum.Enum):
    """What can be said of the approval.

    NONE: there is none. CURRENT: it covers everything as it is. CHANGED: something changed since.
    OTHER: it is of another period or another criteria set. UNKNOWN: bytes were not read, so
    nobody can tell.
    """

    NONE = "none"
    CURRENT = "current"
    CHANGED = "changed"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalStatus:
    """The approval against the content of today.

    Attributes:
        approval: None when there is none.
        changed: leaves that are no longer as they were approved, in the printed order.
        added: leaves that the approval does not know.
        gone: approved leaves that the set no longer has, sorted.
        since: the day of the approval.
    """

    state: ApprovalState = ApprovalState.NONE
    approval: Approval | None = None
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def since(self) -> date | None:
        return self.approval.on if self.approval else None

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Every leaf that somebody would have to approve anew."""
        return (*self.changed, *self.added, *self.gone)


NOT_APPROVED = ApprovalStatus()


@dataclass(frozen=True, slots=True)
class Difference:
    """Leaf digests set against one another; ids as in ``ApprovalStatus``."""

    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> Difference:
    """Which leaves are other ones than before, by their digests alone."""
    return Difference(
        changed=tuple(id_ for id_ in after if id_ in before and before[id_] != after[id_]),
        added=tuple(id_ for id_ in after if id_ not in before),
        gone=tuple(sorted(before.keys() - after.keys())),
    )


def approval_status(snapshot: Snapshot, digests: Digests) -> ApprovalStatus:
    """Whether the approval in ``records/`` still covers the content.

    Args:
        snapshot: as read.
        digests: of the same snapshot.
    """
    approval = snapshot.approval
    if approval is None:
        return NOT_APPROVED
    if misfits(snapshot):
        return ApprovalStatus(state=ApprovalState.OTHER, approval=approval)
    if not digests.whole:
        return ApprovalStatus(state=ApprovalState.UNKNOWN, approval=approval)
    found = difference(approval.leaves, digests.leaves)
    if approval.digest == digests.whole:
        return ApprovalStatus(state=ApprovalState.CURRENT, approval=approval)
    return ApprovalStatus(
        state=ApprovalState.CHANGED,
        approval=approval,
        changed=found.changed,
        added=found.added,
        gone=found.gone,
    )


def misfits(snapshot: Snapshot) -> tuple[str, ...]:
    """``period`` and ``set``, as far as the approval is of another one."""
    approval, unit, criteria = snapshot.approval, snapshot.unit, snapshot.criteria
    if approval is None:
        return ()
    found = []
    if unit is not None and approval.period and approval.period != unit.period.id:
        found.append("period")
    if criteria is not None and approval.set_id and approval.set_id != criteria.id:
        found.append("set")
    return tuple(found)
