"""A leaf is left out with a reason, and only where the set foresees it."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity
from site_builder.reading.fields import read_flag

WITHOUT_REASON = Check("EXP023", "not-applicable-without-reason", Severity.ERROR)
UNFORESEEN = Check("EXP024", "not-applicable-unforeseen", Severity.WARNING)
CHECKS = (WITHOUT_REASON, UNFORESEEN)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """``khong_ap_dung`` holds the reason itself; a bare yes or no is none."""
    leaf = facts.leaves.get(dossier.criterion)
    if leaf is None or leaf.explanation is None:
        return
    written = leaf.explanation.not_applicable
    reason = written.text.strip() if written else ""
    if written is None or not reason:
        return
    flag = read_flag(reason)
    if flag is not None:
        # "khong_ap_dung: khong" reads both ways, so nobody should have to guess.
        yield WITHOUT_REASON.at(
            leaf.path,
            line=written.line,
            criterion=dossier.criterion,
            variant="no" if flag is False else None,
            value=reason,
        )
    elif not leaf.criterion.not_applicable_when:
        yield UNFORESEEN.at(
            leaf.path, line=written.line, criterion=dossier.criterion, reason=reason
        )
