"""A ``bo_qua`` has a reason and answers a warning or a notice; errors are mended or excepted."""

from collections.abc import Iterator

from site_builder.checks.protocols import Answered, Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("EXP091", "answer-refused", Severity.WARNING)


def run(answered: Answered, facts: Facts) -> Iterator[Finding]:
    for refused in answered.refused:
        if refused.matched:
            yield CHECK.at(
                refused.path,
                line=refused.line,
                criterion=refused.criterion,
                subject=refused.code,
                variant=None if refused.has_reason else "reason",
                code=refused.code,
            )
