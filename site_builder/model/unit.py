"""The commune's own affairs: who it is, which period it scores, who does what."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from site_builder.model.mappings import empty


class Role(enum.Enum):
    """What an office does in the self-assessment."""

    APPROVER = "approver"
    COORDINATOR = "coordinator"
    CONTRIBUTOR = "contributor"
    PUBLICITY = "publicity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Predecessor:
    """A dissolved unit whose documents count within its dates."""

    name: str
    from_: date | None
    to: date | None
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A date of the plan that people should see coming."""

    on: date
    title: str
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """An assessment round: self-assessment, appraisal, supplement ..."""

    id: str
    title: str
    opens: date | None = None
    closes: date | None = None
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The assessment period.

    Attributes:
        id: part of every address of the site ("2023").
        covers_from, covers_to: the year whose results are assessed; both included.
        opens, closes: window of self-scoring; both included.
        lines: of its keys in unit.yml (``id``, ``year``, ``covers``, ``self_scoring``).
    """

    id: str
    year: int
    covers_from: date
    covers_to: date
    opens: date
    closes: date
    milestones: tuple[Milestone, ...] = ()
    rounds: tuple[Round, ...] = ()
    line: int = 1
    lines: Mapping[str, int] = field(default_factory=empty, hash=False)

    def line_of(self, key: str) -> int:
        """The line of a key, or of the period itself."""
        return self.lines.get(key, self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office or post; officers appear by office only.

    Attributes:
        emails: author addresses in Git that belong to it, lower case; never shown.
        from_, to: dates within which it exists (a merged commune has two sets).
    """

    key: str
    title: str
    role: Role
    emails: tuple[str, ...] = ()
    from_: date | None = None
    to: date | None = None
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who is responsible for a criterion or a whole branch; the nearest one above a leaf holds."""

    criterion: str
    responsible: str
    supporting: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingException:
    """A finding that the commune answers for instead of mending it.

    Attributes:
        criterion, subject: None means any.
        office: office key that answers for it.
    """

    code: str
    criterion: str | None
    subject: str | None
    reason: str
    office: str | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Settings of the commune, each with a default that fits most.

    Attributes:
        complete_check_days: from so many days before closing, missing parts fail the check.
        host_limit_mb: what the host holds, in MiB.
        hosts_allowed: forge hosts the commune may use; empty means not decided.
        ocr: recognise the text of scans.
        trust_folder: folder, from the root, with certificates of authorities whose signatures
            the commune trusts; "" for none.
    """

    complete_check_days: int = 3
    host_limit_mb: int = 1024
    hosts_allowed: tuple[str, ...] = ()
    ocr: bool = False
    trust_folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """The decision to publish; without it nothing is public.

    Attributes:
        what: what is published, in the decision's words.
        after: ``approval`` or ``result``.
        document: the document that decides it.
    """

    what: str
    after: str
    document: str
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """unit.yml as read.

    Attributes:
        parent: the superior body, as it signs ("" for none).
        place: place name on documents.
        criteria_set_id, criteria_set_digest: what the commune scored against.
        assignments: by criterion or branch id.
    """

    name: str
    parent: str = ""
    place: str = ""
    predecessors: tuple[Predecessor, ...] = ()
    period: Period
    offices: Mapping[str, Office] = field(default_factory=empty)
    assignments: Mapping[str, Assignment] = field(default_factory=empty)
    criteria_set_id: str = ""
    criteria_set_digest: str = ""
    criteria_set_line: int = 1
    exceptions: tuple[FindingException, ...] = ()
    options: Options = Options()
    publish: Publish | None = None
    path: str = "unit.yml"
