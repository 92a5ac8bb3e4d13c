"""An approval covers exactly the bytes that were approved."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.approval import ApprovalState, approval_status
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.snapshot import APPROVAL_PATH

CHECK = Check("APP001", "approval-outdated", Severity.NOTICE)


def run(facts: Facts) -> Iterator[Finding]:
    approval = facts.snapshot.approval
    if approval is None:
        return
    status = approval_status(facts.snapshot, facts.digests)
    if status.state is ApprovalState.CHANGED:
        leaves = status.uncovered
        yield CHECK.at(
            APPROVAL_PATH,
            line=approval.line,
            subject=approval.document,
            variant=None if leaves else "set",
            document=approval.document,
            on=approval.on or "",
            count=len(leaves),
            leaves=leaves,
        )
