"""An exception covers something, or it is taken out: else it may hide something one day."""

from collections.abc import Iterator

from site_builder.checks.protocols import Answered, Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("UNI009", "unmatched-exception", Severity.WARNING)

# These come and go with the day and the place of the run.
_OCCASIONAL = ("TIM", "HOS")


def run(answered: Answered, facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    # A quick look skips many checks; a set half read, or another set, silences others.
    if unit is None or facts.snapshot.fast or not facts.set_is_whole or facts.sheet.set_changed:
        return
    for exception in answered.unused:
        code = exception.code.strip().upper()
        if code.startswith(_OCCASIONAL) or (facts.known_codes and code not in facts.known_codes):
            continue
        place = " ".join(part for part in (exception.criterion, exception.subject) if part)
        yield CHECK.at(
            unit.path,
            line=exception.line,
            criterion=exception.criterion,
            subject=f"{code}:{place}",
            variant="place" if place else None,
            code=code,
            place=place,
        )
