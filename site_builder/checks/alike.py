"""Files whose texts are nearly the same, found once for every check that asks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from site_builder.model.dossier import Document, DocumentKind
from site_builder.model.evidence import EvidenceFile
from site_builder.model.likeness_sketch import likeness
from site_builder.model.processed import FileFacts, OfficialDocument, Processed, TextSource
from site_builder.model.snapshot import Snapshot
from site_builder.model.text import fold

# A draft and the paper that came of it, measured on real pairs: 0.86 and more.
_ALIKE = 0.8
# Forms and letters of a few lines are alike by nature.
_ENOUGH_CHARACTERS = 900
_ENOUGH_HASHES = 48
# Texts that are alike share nearly all of their smallest hashes; a few of them find the pair.
_KEYS = 8
# What so many texts share is the letterhead.
_CROWD = 40
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
    return (
        facts.text_source is TextSource.LAYER
        and facts.characters >= _ENOUGH_CHARACTERS
        and len(facts.sketch) >= _ENOUGH_HASHES
    )


def _pairs(papers: list[Paper]) -> Iterator[tuple[Paper, Paper]]:
    """Pairs of papers that are alike, in order; only those that share a key are compared."""
    holders: dict[int, list[int]] = defaultdict(list)
    for place, paper in enumerate(papers):
        for key in paper.facts.sketch[:_KEYS]:
            holders[key].append(place)
    for one, other in sorted(_meetings(holders.values())):
        if likeness(papers[one].facts.sketch, papers[other].facts.sketch) >= _ALIKE:
            yield papers[one], papers[other]


def _meetings(holders: Iterable[list[int]]) -> set[tuple[int, int]]:
    return {
        pair for places in holders if 1 < len(places) <= _CROWD for pair in combinations(places, 2)
    }


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
