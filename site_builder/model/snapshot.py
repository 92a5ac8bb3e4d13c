"""The repository at one moment: everything that was read, nothing that was judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from site_builder.model.criteria import CriteriaSet
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import Entry, EvidenceFile, LeafEvent, Revision
from site_builder.model.mappings import empty
from site_builder.model.rule import Result
from site_builder.model.unit import Unit
from site_builder.model.values import value
from site_builder.model.verdict import NOTHING_RECORDED, Records

EVIDENCE = "evidence"
RESULTS_PATH = "records/results.yml"
PURGED_PATH = "records/purged.yml"
APPROVAL_PATH = "records/approval.yml"


@value
class FolderMatch:
    """A folder under evidence/ and the criterion it was taken for.

    Attributes:
        path: from the root, NFC.
        criterion: id, or None when no id fits.
        expected: path where the criterion's folder should be; "" when there is no criterion.
    """

    path: str
    criterion: str | None
    expected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """A file that was taken out of the history, from records/purged.yml.

    Attributes:
        id: beginning of the sha256 of what it held; says nothing of it.
        criterion: in whose folder it lay; "" for none.
        office: key of the office that answers for it.
    """

    id: str
    criterion: str = ""
    reason: str = ""
    office: str = ""
    on: date | None = None
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """The chair's signature under one state of the content, from records/approval.yml.

    Attributes:
        digest: of everything that was approved (``model.digest.Digests.whole``).
        on: day of the document.
        by: key of the office that approved.
        document: number and symbol of the document with which it did.
        period, set_id: what was approved.
        commit: where Git had that state; a hint, because histories can be written anew.
        leaves: digest of each approved leaf by id.
    """

    digest: str
    on: date | None = None
    by: str = ""
    document: str = ""
    period: str = ""
    set_id: str = ""
    commit: str = ""
    leaves: Mapping[str, str] = field(default_factory=empty)
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """What CI says about where the repository lives; only in CI.

    Attributes:
        host: host name of the forge ("github.com"); "" when CI does not say.
        public: the repository can be read by anyone; None when CI does not say.
    """

    host: str
    public: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything read from the content folder.

    Attributes:
        criteria: None when criteria.yml is absent or cannot be read at all.
        unit: None when unit.yml is absent or cannot be read at all.
        entries: every entry under evidence/, parents before children, sorted by path.
        folders: folders under evidence/ that stand for criteria (or should), sorted by path.
        dossiers: by criterion id, every node of the set, in the printed order.
        explanation_digests: sha256 of every explanation by path, with CRLF read as LF.
        results: decisions of higher bodies by leaf id, from records/results.yml.
        verdicts: of assessors and their council, from records/verdicts.
        tombstones: of files that were taken out of the history.
        approval: the chair's; None while there is none.
        events: by leaf id, what commits did to it, the newest first, at most twenty.
        has_evidence: evidence/ exists and is a folder.
        site_settings: mkdocs.yml when everything in it may be handed to an engine, else b"".
        fast: file contents and Git were not looked at.
    """

    criteria: CriteriaSet | None
    unit: Unit | None
    entries: tuple[Entry, ...] = ()
    folders: tuple[FolderMatch, ...] = ()
    dossiers: Mapping[str, Dossier] = field(default_factory=empty)
    explanation_digests: Mapping[str, str] = field(default_factory=empty)
    results: Mapping[str, Result] = field(default_factory=empty)
    verdicts: Records = NOTHING_RECORDED
    tombstones: tuple[Tombstone, ...] = ()
    approval: Approval | None = None
    revision: Revision = Revision()
    events: Mapping[str, tuple[LeafEvent, ...]] = field(default_factory=empty)
    hosting: Hosting | None = None
    has_evidence: bool = True
    site_settings: bytes = b""
    fast: bool = False

    @property
    def set_changed(self) -> bool:
        """criteria.yml is not the set that unit.yml names."""
        if self.criteria is None or self.unit is None or not self.unit.criteria_set_id:
            return False
        named = self.unit.criteria_set_digest
        return self.unit.criteria_set_id != self.criteria.id or (
            bool(named) and not self.criteria.digest.startswith(named)
        )

    def files(self) -> tuple[EvidenceFile, ...]:
        """Every evidence file of every dossier and its supplements, in the printed order."""
        return tuple(
            file
            for dossier in self.dossiers.values()
            for files in (dossier.files, *(added.files for added in dossier.supplements))
            for file in files
        )
