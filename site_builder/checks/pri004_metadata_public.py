"""Whoever downloads a public file learns who made it and where only if that is meant."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.people import names_someone
from site_builder.model.processed import Family, FileFacts

CHECK = Check("PRI004", "metadata-public", Severity.NOTICE)


def run(facts: Facts) -> Iterator[Finding]:
    """One line for all pictures and one for all other files: there is little to be done."""
    if not facts.processed.facts:
        return
    pictures: list[EvidenceFile] = []
    others: list[EvidenceFile] = []
    for file in facts.snapshot.files():
        read = facts.processed.of(file.sha256) if file.path in facts.public_paths else None
        if read is None or not read.flags:
            continue
        if read.family is not Family.IMAGE:
            if _names_someone(read):
                others.append(file)
        elif read.flag("gps") is not None or read.flag("author") is not None:
            pictures.append(file)
    for subject, found in (("pictures", pictures), ("files", others)):
        if found:
            yield CHECK.at(
                "evidence",
                subject=subject,
                variant=subject,
                count=len(found),
                first=found[0].path,
            )


def _names_someone(read: FileFacts) -> bool:
    author = read.flag("author")
    if author is None:
        return False
    # A PDF's flag has the names themselves, the others' which property holds one.
    if read.family is Family.PDF and author.details:
        return any(map(names_someone, author.details))
    return True
