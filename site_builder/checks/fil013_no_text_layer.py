"""Scans without a text layer: one line for the whole site, never one per file."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import TextSource

CHECK = Check("FIL013", "no-text-layer", Severity.NOTICE)


def run(facts: Facts) -> Iterator[Finding]:
    """At most one finding, with the number of scans that nobody could read."""
    if not facts.processed.facts:
        return
    scans = [
        file
        for file in facts.snapshot.files()
        if (read := facts.processed.of(file.sha256)) is not None
        and read.text_source is TextSource.NONE
        and read.flag("scanned") is not None
    ]
    if scans:
        yield CHECK.at(
            "evidence",
            variant="absent" if facts.processed.ocr_absent else None,
            count=len({file.sha256 for file in scans}),
            first=scans[0].path,
        )
