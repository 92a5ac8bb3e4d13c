"""What became of each leaf between two states of the content, as values for people to read.

A state is what one moment of the content comes down to when it is compared; the reader of
another commit and the file of a closed year both make one (``comparing``).
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from site_builder.model.mappings import empty

# --- one state


class Since(enum.Enum):
    """How a state was named."""

    WORK = "work"
    APPROVAL = "approval"
    TAG = "tag"
    COMMIT = "commit"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A moment of the content.

    Attributes:
        name: number of the approving document, tag, commit or period; "" for the content as it
            lies in the folder.
        commit: full hash; "" when only a record tells of the state.
        at: author time of the commit, UTC.
        on: day of the document, or on which the year was closed.
    """

    kind: Since = Since.WORK
    name: str = ""
    commit: str = ""
    at: datetime | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing an officer typed.

    Attributes:
        title: as the rule or the document names it; "" where the key says it all.
        value: as it was read, in the way people write it, else as it was typed.
    """

    title: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafState:
    """What of a leaf is compared.

    Attributes:
        title: as printed in the set.
        digest: see ``model.digest``; "" when bytes were not read.
        files: name inside the leaf's folder and sha256, sorted; a name is "" where it is not
            known or must not be told.
        texts: explanation by place: "" for the leaf's own, ``bo-sung-<n>`` for a supplement's;
            None when only a record tells of the state.
        entries: what was typed, by front-matter key and id; None likewise.
        forms: sha256 of explanations, which may change without their words.
        criterion: what decides the points, by key, as canonical text; None likewise.
        points: claimed, or decided by a higher body; None when there are none.
        final: the last word, when there is one.
    """

    title: str
    digest: str = ""
    files: tuple[tuple[str, str], ...] = ()
    texts: Mapping[str, str] | None = None
    entries: Mapping[tuple[str, str], Entry] | None = None
    forms: tuple[str, ...] = ()
    criterion: Mapping[str, str] | None = None
    max_points: Decimal = Decimal(0)
    points: Decimal | None = None
    final: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums of a state; None when nothing was scored."""

    max_points: Decimal = Decimal(0)
    claimed: Decimal | None = None
    decided: Decimal | None = None
    percent: Decimal | None = None
    class_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The content at one moment.

    Attributes:
        period, set_id: which period, by which set.
        digest: of everything; "" when bytes were not read.
        header: head of the set as canonical text; "" when only a record tells of the state.
        leaves: by id, in the printed order.
    """

    point: Point = Point()
    period: str = ""
    set_id: str = ""
    digest: str = ""
    header: str = ""
    leaves: Mapping[str, LeafState] = field(default_factory=empty)
    totals: Totals = Totals()


# --- what became of it


class Fate(enum.Enum):
    """What happened to a leaf as a whole."""

    CHANGED = "changed"
    ADDED = "added"
    GONE = "gone"


class FileFate(enum.Enum):
    """What happened to a file; a renamed one has equal bytes, a replaced one an equal name."""

    ADDED = "added"
    REMOVED = "removed"
    REPLACED = "replaced"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """One file of a leaf.

    Attributes:
        name: inside the leaf's folder; "" where it is not known or must not be told.
        before: the former name of a renamed one.
        count: of files that have no name to tell.
    """

    fate: FileFate
    name: str
    before: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """Something that was typed otherwise; "" where there was nothing.

    Attributes:
        key: front-matter key (``so_lieu``, ``tai_lieu_so`` ...).
    """

    key: str
    title: str
    before: str
    after: str


class PieceKind(enum.Enum):
    """What a run of words is. GAP stands for words left out, unchanged or too many to show."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words."""

    kind: PieceKind
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """An explanation in other words.

    Attributes:
        place: "" for the leaf's own, ``bo-sung-<n>`` for a supplement's.
        before, after: the two texts, cut where nothing changed; former words are REMOVED in the
            one, new words ADDED in the other.
    """

    place: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafChange:
    """What became of one leaf.

    Attributes:
        form: the explanation was written otherwise without another word or figure.
        criterion: what of the criterion is other than before, as keys of its values.
        points_before, points_after: as they counted.
        compared: False when only the digests are known, so nobody can say what changed.
    """

    leaf: str
    title: str
    fate: Fate = Fate.CHANGED
    files: tuple[FileChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    entries: tuple[EntryChange, ...] = ()
    form: bool = False
    criterion: tuple[str, ...] = ()
    max_before: Decimal | None = None
    max_after: Decimal | None = None
    points_before: Decimal | None = None
    points_after: Decimal | None = None
    final_before: Decimal | None = None
    final_after: Decimal | None = None
    compared: bool = True

    @property
    def moved(self) -> bool:
        """The points are other ones."""
        return self.points_before != self.points_after


class WhyNot(enum.Enum):
    """Why nothing was compared.

    NOT_ASKED: this edition tells nothing of earlier states. NO_POINT: there is no approval and
    no submission to compare with. NO_EARLIER: the first submission. NO_SUBMISSION: the content
    is not exactly that of a submission. NO_GIT: the folder is in no repository. LOST: the state
    is not in this copy of the repository (a shallow clone, a history written anew). TOO_LARGE:
    that state is larger than one may unpack. UNREADABLE: it has no readable criteria.yml.
    """

    NOT_ASKED = "not_asked"
    NO_POINT = "no_point"
    NO_EARLIER = "no_earlier"
    NO_SUBMISSION = "no_submission"
    NO_GIT = "no_git"
    LOST = "lost"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everything that became other between two states.

    Attributes:
        before: what is compared with; None when nothing was compared.
        after: what the site shows.
        leaves: what changed, in the printed order, leaves that are gone last.
        before_totals, after_totals: sums of both.
        header: the head of the set changed (maximum, rounding, classes).
        same_period: both are of one period; otherwise everything may be another one.
        why_not: why there is no ``before``.
    """

    before: Point | None = None
    after: Point = Point()
    leaves: Mapping[str, LeafChange] = field(default_factory=empty)
    before_totals: Totals | None = None
    after_totals: Totals | None = None
    header: bool = False
    same_period: bool = True
    why_not: WhyNot = WhyNot.NOT_ASKED

    @property
    def count(self) -> int:
        """How many leaves changed."""
        return len(self.leaves)

    def of(self, leaf: str) -> LeafChange | None:
        """What became of a leaf; None when it is as it was, or nothing was compared."""
        return self.leaves.get(leaf)


NOT_COMPARED = Changes()
