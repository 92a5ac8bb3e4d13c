"""Files whose texts are nearly the same, found once for every check that asks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.model.dossier import Document, DocumentKind
from site_builder.model.evidence import EvidenceFile
from site_builder.model.likeness_sketch import is_enough, pairs
from site_builder.model.processed import FileFacts, OfficialDocument, Processed, TextSource
from site_builder.model.snapshot import Snapshot
from site_builder.model.text import fold

# Types that report on or plan the work of one year.
_YEARLY = frozenset({"bao cao", "ke hoach", "chuong trinh"})


@dataclass(frozen=True, slots=True)
class Paper:
    """A file with an official document in it, where it is filed first."""

    criterion: str
    document: Document
    file: EvidenceFile
    facts: FileFacts
    read: OfficialDocument

    @property
    def day(self) -> date | None:
        """Day of issue, as typed or read."""
        return self.document.issued_on if len(self.document.files) == 1 else self.read.issued_on

    @property
    def number(self) -> str:
        return self.document.number if len(self.document.files) == 1 else self.read.number


@dataclass(frozen=True, slots=True)
class Alike:
    """Pairs of files with nearly the same text.

    Attributes:
        drafts: a draft, and the paper that came of it.
        copies: a later paper, and the one of an earlier year.
        finals: criteria that hold the final paper, by sha256 of the draft.
    """

    drafts: tuple[tuple[Paper, Paper], ...] = ()
    copies: tuple[tuple[Paper, Paper], ...] = ()
    finals: Mapping[str, frozenset[str]] | None = None

    def final_beside(self, sha256: str | None, criterion: str) -> bool:
        """The leaf holds the paper that came of a draft."""
        return bool(sha256 and self.finals and criterion in self.finals.get(sha256, ()))


def alike(snapshot: Snapshot, processed: Processed) -> Alike:
    """Every pair worth a word, in the printed order."""
    if not processed.facts:
        return Alike()
    papers, homes = _papers(snapshot, processed)
    drafts: dict[str, tuple[Paper, Paper]] = {}
    copies: dict[str, tuple[Paper, Paper]] = {}
    finals: dict[str, frozenset[str]] = {}
    for one, other in _pairs(papers):
        pair = _draft_first(one, other)
        if pair is not None:
            digest = pair[0].facts.sha256
            near = finals.get(digest, frozenset()) | homes[pair[1].facts.sha256]
            finals[digest] = near
            drafts.setdefault(digest, pair)
            continue
        pair = _later_first(one, other)
        if pair is not None:
            copies.setdefault(pair[0].facts.sha256, pair)
    return Alike(tuple(drafts.values()), tuple(copies.values()), finals)


def _papers(
    snapshot: Snapshot, processed: Processed
) -> tuple[list[Paper], Mapping[str, frozenset[str]]]:
    """Files with enough text to compare, each content once, and the leaves that hold it."""
    found: dict[str, Paper] = {}
    homes: dict[str, frozenset[str]] = {}
    for dossier in snapshot.dossiers.values():
        for document in dossier.documents:
            if document.kind is DocumentKind.REFERENCE:
                continue
            for file in document.files:
                facts = processed.of(file.sha256)
                if facts is None or facts.document is None or not _is_enough(facts):
                    continue
                here = frozenset({dossier.criterion})
                homes[facts.sha256] = homes.get(facts.sha256, frozenset()) | here
                if facts.sha256 not in found:
                    found[facts.sha256] = Paper(
                        dossier.criterion, document, file, facts, facts.document
                    )
    return list(found.values()), homes


def _is_enough(facts: FileFacts) -> bool:
    return facts.text_source is TextSource.LAYER and is_enough(facts.characters, facts.sketch)


def _pairs(papers: list[Paper]) -> Iterator[tuple[Paper, Paper]]:
    for one, other in pairs([paper.facts.sketch for paper in papers]):
        yield papers[one], papers[other]


def _draft_first(one: Paper, other: Paper) -> tuple[Paper, Paper] | None:
    if bool(one.read.draft) == bool(other.read.draft):
        return None
    draft, final = (one, other) if one.read.draft else (other, one)
    # Without a number of its own the other one may be a draft that nobody marked.
    return (draft, final) if final.read.number or final.facts.signatures else None


def _later_first(one: Paper, other: Paper) -> tuple[Paper, Paper] | None:
    if one.day is None or other.day is None or one.day.year == other.day.year:
        return None
    if one.read.draft or other.read.draft or not _YEARLY.issuperset(map(_type, (one, other))):
        return None
    return (one, other) if one.day > other.day else (other, one)


def _type(paper: Paper) -> str:
    return fold(paper.read.type).strip()
