"""What the builder has to say about the repository: data, never exceptions."""

import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.model.mappings import empty
from site_builder.model.text import nfc
from site_builder.model.values import row


class Severity(enum.IntEnum):
    """How much a finding matters; the order is the order in reports."""

    NOTICE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The name in JSON and on the command line: ``error``, ``warning``, ``notice``."""
        return self.name.lower()


class Kind(enum.Enum):
    """What a finding is about: a fault, something still to be done, or the calendar."""

    WRONG = "wrong"
    INCOMPLETE = "incomplete"
    TIME = "time"


@row
class Location:
    """A place in the repository.

    Attributes:
        path: from the root, "/" on every system, NFC; "" for the repository itself.
        line: counted from 1; None when the place is a whole file or folder.
        column: counted from 1.
        page: page of a paginated file.
        cell: cell of a spreadsheet.
    """

    path: str
    line: int | None = None
    column: int | None = None
    page: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count: who answered it, and with what reason.

    Attributes:
        reason: the officer's or the set's own words.
        office: office key of the person who answers for it; None for the issued set.
        source: ``exception`` (unit.yml), ``explanation`` (bo_qua) or ``known_slip`` (the set).
    """

    reason: str
    office: str | None
    source: str


@row
class Finding:
    """One thing to look at.

    Attributes:
        check: identity of the problem; its words are in the catalogue under ``check.code``.
        location: where to look.
        criterion: id of the criterion it concerns, if one.
        office: office key responsible for that criterion; filled by ``checks.run``.
        subject: what tells two findings of one check at one place apart (a key, a name).
        params: fill the sentences of the catalogue.
        suppressed: set when an exception, an answer or a known slip covers it.
    """

    check: "Check"
    location: Location
    criterion: str | None = None
    office: str | None = None
    subject: str = ""
    params: Mapping[str, object] = field(default_factory=empty, hash=False)
    suppressed: Suppression | None = None

    @property
    def id(self) -> str:
        """16 hex digits, free of line numbers and wording, so that answers survive edits."""
        parts = (self.check.code, nfc(self.location.path), self.criterion or "", nfc(self.subject))
        # A name on disk need not be UTF-8; its bytes come as lone surrogates.
        data = "\0".join(parts).encode("utf-8", "surrogateescape")
        return hashlib.sha256(data).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Check:
    """Identity of a problem.

    Attributes:
        code: permanent and never reused: three letters and three digits.
        name: kebab-case, names the problem and not the cure.
        severity: how much it matters.
        kind: fault, incomplete or time.
        answerable: exceptions and answers may cover it; False where that would hide that
            something was not read, or is public that must not be.
    """

    code: str
    name: str
    severity: Severity
    kind: Kind = Kind.WRONG
    answerable: bool = True

    def at(
        self,
        location: Location | str,
        *,
        line: int | None = None,
        column: int | None = None,
        criterion: str | None = None,
        subject: str = "",
        **params: object,
    ) -> Finding:
        """A finding of this check; ``location`` may be a bare path."""
        if isinstance(location, str):
            location = Location(location, line, column)
        return Finding(self, location, criterion, None, subject, params)
