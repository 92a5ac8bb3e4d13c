"""A draft beside its signed paper, and papers of two years with nearly the same text."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

DRAFT = Check("DOC007", "draft-of-another-file", Severity.NOTICE)
COPIED = Check("DOC008", "copied-from-another-year", Severity.WARNING)
CHECKS = (DRAFT, COPIED)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding per draft, and one per later paper."""
    if not facts.processed.facts:
        return
    for draft, final in facts.alike.drafts:
        beside = draft.criterion == final.criterion
        yield DRAFT.at(
            draft.file.path,
            criterion=draft.criterion,
            variant=None if beside else "elsewhere",
            file=draft.file.name,
            final=final.file.name,
            final_path=final.file.path,
            number=final.document.number or final.read.number,
            other=final.criterion,
        )
    for later, earlier in facts.alike.copies:
        yield COPIED.at(
            later.file.path,
            criterion=later.criterion,
            file=later.file.name,
            issued_on=later.day,
            earlier=earlier.file.name,
            earlier_path=earlier.file.path,
            earlier_on=earlier.day,
            other=earlier.criterion,
        )
