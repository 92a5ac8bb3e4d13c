"""A ``bo_qua`` answers something that is there."""

from collections.abc import Iterator

from site_builder.checks.protocols import Answered, Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("EXP090", "answer-to-nothing", Severity.NOTICE)


def run(answered: Answered, facts: Facts) -> Iterator[Finding]:
    # A quick look skips many checks; a set half read, or another set, silences others.
    if facts.snapshot.fast or not facts.set_is_whole or facts.sheet.set_changed:
        return
    for refused in answered.refused:
        if not refused.matched:
            unknown = bool(facts.known_codes) and refused.code not in facts.known_codes
            yield CHECK.at(
                refused.path,
                line=refused.line,
                criterion=refused.criterion,
                subject=refused.code,
                variant="unknown" if unknown else None,
                code=refused.code,
            )
