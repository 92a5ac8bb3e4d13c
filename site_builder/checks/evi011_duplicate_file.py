"""A leaf holds each file once."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import Family, FileFacts

CHECK = Check("EVI011", "duplicate-in-leaf", Severity.NOTICE)

# Files of these that were saved twice differ in bytes and not in a word.
_SAVED_TWICE = frozenset({Family.WRITING, Family.SHEET})


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At each copy. The same file in another leaf is one document with two uses, and fine."""
    first: dict[str, EvidenceFile] = {}
    texts: dict[tuple[str, str], EvidenceFile] = {}
    for file in dossier.files:
        # Empty files are all alike and have a finding of their own; so have pointers.
        if file.sha256 is None or not file.size or file.pointer is not None:
            continue
        other = first.setdefault(file.sha256, file)
        variant = None
        if other is file:
            read = facts.processed.of(file.sha256)
            if read is None or not _is_plain(read):
                continue
            other = texts.setdefault((read.kind, read.text_digest), file)
            variant = "text"
        if other is not file:
            yield CHECK.at(
                file.path,
                criterion=dossier.criterion,
                variant=variant,
                file=file.name,
                other=other.path.removeprefix(f"{dossier.folder}/"),
            )


def _is_plain(read: FileFacts) -> bool:
    """What the file holds is its words; what was signed stands for itself, whatever it says."""
    return bool(read.text_digest) and read.family in _SAVED_TWICE and not read.signatures
