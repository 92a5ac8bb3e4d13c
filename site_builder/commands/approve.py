"""``approve``: writes down that the chair approved the content as it is."""

import argparse
from datetime import date
from pathlib import Path

from site_builder import pipeline
from site_builder.checks.protocols import Facts
from site_builder.commands.arguments import day
from site_builder.commands.context import FINDINGS, OK, Context, option
from site_builder.messages import Catalogue
from site_builder.model.approval import difference
from site_builder.model.digest import Digests
from site_builder.model.finding import Finding, Kind, Severity
from site_builder.model.quoting import quoted
from site_builder.model.snapshot import APPROVAL_PATH, Approval, Snapshot
from site_builder.model.unit import Role, Unit

NAME = "approve"

_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument(
        "--document", required=True, metavar="NUMBER", help=option(texts, "approve_document")
    )
    parser.add_argument(
        "--office", required=True, metavar="OFFICE", help=option(texts, "approve_office")
    )
    parser.add_argument("--date", type=day, metavar="DATE", help=option(texts, "approve_date"))
    parser.add_argument("--yes", action="store_true", help=option(texts, "approve_yes"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Say what would be approved; with ``--yes`` write it down."""
    facts, findings = examined(context)
    if not fit(facts, context):
        return FINDINGS
    snapshot, digests = facts.snapshot, facts.digests
    unit, criteria = snapshot.unit, snapshot.criteria
    if unit is None or criteria is None:
        raise AssertionError("fit() looked")
    document = " ".join(arguments.document.split())
    if not document:
        context.say("approve_document_empty")
        return FINDINGS
    approvers = _approvers(unit)
    if arguments.office not in approvers:
        context.say("approve_office_unknown", offices=", ".join(approvers))
        return FINDINGS
    _tell(facts, findings, context)
    if not arguments.yes:
        context.say("approve_preview", document=document, office=arguments.office)
        return OK
    text = written(
        Approval(
            digest=digests.whole,
            on=context.today(arguments.date),
            by=arguments.office,
            document=document,
            period=unit.period.id,
            set_id=criteria.id,
            commit=snapshot.revision.commit,
            leaves=digests.leaves,
        )
    )
    put(context.root / APPROVAL_PATH, text)
    context.say("approve_done", path=APPROVAL_PATH)
    return OK


def _approvers(unit: Unit) -> tuple[str, ...]:
    """Offices that may approve; any office of a unit that names no approver."""
    offices = unit.offices.values()
    named = tuple(office.key for office in offices if office.role is Role.APPROVER)
    return named or tuple(unit.offices)


def _tell(facts: Facts, findings: tuple[Finding, ...], context: Context) -> None:
    snapshot, digests = facts.snapshot, facts.digests
    context.say(
        "approve_state",
        leaves=len(digests.leaves),
        commit=snapshot.revision.commit[:10],
        digest=digests.whole[:16],
    )
    wrong = [
        finding
        for finding in findings
        if finding.check.severity is Severity.ERROR
        and finding.check.kind is not Kind.TIME
        and finding.suppressed is None
    ]
    if wrong:
        context.say("approve_findings", count=len(wrong))
    _tell_changes(snapshot, digests, context)
    if snapshot.tombstones:
        listed = ", ".join(
            " ".join(filter(None, (stone.id, stone.criterion)))
            for stone in snapshot.tombstones[:_SHOWN]
        )
        context.say("approve_tombstones", count=len(snapshot.tombstones), listed=listed)


def _tell_changes(snapshot: Snapshot, digests: Digests, context: Context) -> None:
    former = snapshot.approval
    if former is None:
        return
    found = difference(former.leaves, digests.leaves)
    leaves = (*found.changed, *found.added, *found.gone)
    if leaves:
        context.say(
            "approve_changed",
            document=former.document,
            count=len(leaves),
            leaves=leaves[:_SHOWN],
        )


def written(approval: Approval) -> str:
    """The text of ``records/approval.yml``."""
    on = approval.on or date.min
    head = {
        "so": approval.document,
        "ngay": on.isoformat(),
        "bo_phan": approval.by,
        "ky": approval.period,
        "bo_tieu_chi": approval.set_id,
        "ban_ghi": approval.commit,
        "ma_tong": approval.digest,
    }
    lines = [f"  {key}: {quoted(value)}\n" for key, value in head.items()]
    leaves = [f"    {quoted(id_)}: {quoted(value)}\n" for id_, value in approval.leaves.items()]
    return "".join(("approval:\n", *lines, "  tieu_chi:\n", *leaves))


# --- shared with close-year


def examined(context: Context) -> tuple[Facts, tuple[Finding, ...]]:
    """The content, judged, with what Git says of uncommitted files."""
    return pipeline.examine(
        pipeline.Request(
            root=context.root,
            today=context.today(None),
            environment=context.environment,
            authors=True,
        )
    )


def fit(facts: Facts, context: Context) -> bool:
    """The content is one that somebody may put a name to; otherwise says why not."""
    snapshot, digests = facts.snapshot, facts.digests
    if snapshot.criteria is None or snapshot.unit is None or snapshot.set_changed:
        context.say("state_needs_set")
    elif not snapshot.revision.inside_git:
        context.say("state_outside_git")
    elif snapshot.revision.dirty or not snapshot.revision.commit:
        context.say("state_dirty")
    elif not digests.whole:
        unread = [leaf.id for leaf in snapshot.criteria.leaves if leaf.id not in digests.leaves]
        context.say("state_unread", leaves=unread[:_SHOWN])
    else:
        return True
    return False


def put(target: Path, text: str) -> None:
    """Write a record; its folder may be the first."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
