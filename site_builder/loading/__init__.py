"""Reads the content folder into a Snapshot; the only stage that looks at the disk and at Git.

Everything it cannot read becomes a finding, and what remains is read all the same.
"""

import gc
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TypeVar

from site_builder.loading import problems
from site_builder.loading.criteria import CRITERIA_RECORD, CRITERION_RECORD, read_criteria
from site_builder.loading.documents import Filed, build_dossiers, supplement_number
from site_builder.loading.evidence_tree import NOISE, Tree, walk
from site_builder.loading.explanation import EXPLANATION_RECORD, read_explanation, read_word
from site_builder.loading.folders import FolderMap, map_folders
from site_builder.loading.git_history import History, authorship, read_history, revision_of
from site_builder.loading.hashing import Content, open_plain, read_contents
from site_builder.loading.hosting import read_hosting
from site_builder.loading.leaf_history import leaf_events
from site_builder.loading.problems import LOADING_CHECKS
from site_builder.loading.records import (
    APPROVALS_RECORD,
    PURGED_RECORD,
    RESULTS_PATH,
    RESULTS_RECORD,
    read_approval,
    read_purged,
    read_results,
)
from site_builder.loading.site_settings import SETTINGS_PATH, read_site_settings
from site_builder.loading.unit import UNIT_RECORD, read_unit
from site_builder.loading.verdicts import (
    COUNCIL_RECORD,
    VERDICTS_RECORD,
    read_records,
    read_sheet,
)
from site_builder.loading.yaml_events import paused_collection, read_yaml
from site_builder.model.criteria import CriteriaSet
from site_builder.model.dossier import Dossier, Explanation
from site_builder.model.evidence import (
    Change,
    Entry,
    EntryKind,
    EvidenceFile,
    LeafEvent,
    Revision,
)
from site_builder.model.finding import Check, Finding
from site_builder.model.mappings import empty
from site_builder.model.rule import Result
from site_builder.model.snapshot import (
    APPROVAL_PATH,
    EVIDENCE,
    PURGED_PATH,
    Snapshot,
    Tombstone,
)
from site_builder.model.text import fold_key
from site_builder.model.unit import Assignment, Unit

__all__ = [
    "APPROVALS_RECORD",
    "COUNCIL_RECORD",
    "CRITERIA_RECORD",
    "CRITERION_RECORD",
    "EXPLANATION_RECORD",
    "LOADING_CHECKS",
    "NOISE",
    "PURGED_RECORD",
    "RESULTS_RECORD",
    "UNIT_RECORD",
    "VERDICTS_RECORD",
    "load",
    "read_sheet",
    "read_yaml",
]

# No file of the commune's own is larger; what is gets reported by the reader of its kind.
_READ_LIMIT = 64 * 1024 * 1024
_WORTH_FREEZING = 1000
_EXPLANATION = "giai_trinh"
_V = TypeVar("_V")
_NO_CONTENT = Content()
_NO_CONTENTS: Mapping[str, Content] = empty()


def load(
    root: Path,
    *,
    fast: bool = False,
    hash_all: bool = False,
    authors: bool = True,
    environment: Mapping[str, str],
) -> tuple[Snapshot, tuple[Finding, ...]]:
    """Read everything under the content folder.

    Args:
        root: folder with criteria.yml, unit.yml, evidence/ and records/.
        fast: look neither into evidence files nor into Git.
        hash_all: give every evidence file its sha256, not only those that may be twins.
        authors: find out who brought and last changed each file.
        environment: variables of the process; CI describes the host in them.
    """
    with paused_collection():
        if fast:
            loaded = _load(root, None, environment, hash_all=hash_all)
        else:
            # Git works while Python reads: on two cores the history costs no time of its own.
            history = _Asked(lambda: read_history(root, environment, authors=authors))
            loaded = _load(root, history, environment, hash_all=hash_all)
        if len(loaded[0].dossiers) > _WORTH_FREEZING:
            # Nobody changes what was read, so no collection need look through it again.
            gc.freeze()
        return loaded


class _Asked:
    """The history, asked for in the background.

    A bare thread: ``concurrent.futures`` imports ``logging``, a tenth of the time of a check.
    """

    def __init__(self, ask: Callable[[], History]) -> None:
        self._ask = ask
        self._found: History | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        # A fault of ours ends in ``result``, where the caller sees it, and not in a thread.
        with suppress(Exception):
            self._found = self._ask()

    def result(self) -> History:
        """What was found, when it is there."""
        self._thread.join()
        return self._found if self._found is not None else self._ask()


def _load(
    root: Path,
    history: "_Asked | None",
    environment: Mapping[str, str],
    *,
    hash_all: bool,
) -> tuple[Snapshot, tuple[Finding, ...]]:
    findings: list[Finding] = []
    tree = walk(root)
    criteria = unit = None
    results: Mapping[str, Result] = empty()
    if (data := _read_file(root, "criteria.yml", findings, problems.CRITERIA_ABSENT)) is not None:
        criteria, found = read_criteria(data)
        findings.extend(found)
    if (data := _read_file(root, "unit.yml", findings, problems.UNIT_ABSENT)) is not None:
        unit, found = read_unit(data)
        findings.extend(found)
    results = _record(root, RESULTS_PATH, read_results, results, findings)
    nothing: tuple[Tombstone, ...] = ()
    tombstones = _record(root, PURGED_PATH, read_purged, nothing, findings)
    approval = _record(root, APPROVAL_PATH, read_approval, None, findings)
    verdicts, found = read_records(root)
    findings.extend(found)
    settings = _record(root, SETTINGS_PATH, read_site_settings, b"", findings)
    findings.extend(_absent(findings, tree, root))
    findings.extend(tree.findings)
    dossiers: Mapping[str, Dossier] = empty()
    digests: Mapping[str, str] = empty()
    folders = FolderMap()
    revision = Revision()
    events: Mapping[str, tuple[LeafEvent, ...]] = empty()
    if criteria is not None:
        folders = map_folders(tree.entries, criteria)
        sorted_ = _sort_files(tree.entries, folders)
        shelves = _Shelves(root, sorted_, findings)
        contents = _NO_CONTENTS
        if history is not None:
            contents = read_contents(root, _papers(sorted_), hash_all=hash_all)
            revision = _revision(history.result(), unit, tree, findings)
            leaves = frozenset(leaf.id for leaf in criteria.leaves)
            touches = history.result().touches
            events = leaf_events(touches, folders.homes, leaves, authorship(unit))
        findings.extend(_unopened(sorted_, contents))
        facts = _FileFacts(contents, revision)
        filed = list(_file(criteria, unit, folders, shelves, facts))
        dossiers = build_dossiers(criteria, filed)
        digests = shelves.digests
    elif history is not None:
        revision = _revision(history.result(), unit, tree, findings)
    snapshot = Snapshot(
        criteria=criteria,
        unit=unit,
        entries=tree.entries,
        folders=folders.matches,
        dossiers=dossiers,
        explanation_digests=digests,
        results=results,
        verdicts=verdicts,
        tombstones=tombstones,
        approval=approval,
        revision=revision,
        events=events,
        hosting=read_hosting(environment),
        has_evidence=tree.exists,
        site_settings=settings,
        fast=history is None,
    )
    return snapshot, tuple(findings)


def _record(
    root: Path,
    path: str,
    read: Callable[[bytes], tuple[_V, tuple[Finding, ...]]],
    nothing: _V,
    findings: list[Finding],
) -> _V:
    """What a file that need not be there says."""
    data = _read_file(root, path, findings, None)
    if data is None:
        return nothing
    value, found = read(data)
    findings.extend(found)
    return value


def _read_file(
    root: Path, path: str, findings: list[Finding], absent: Check | None
) -> bytes | None:
    """The bytes of a file of the commune; None, with a finding, when there are none to read."""
    full = root / path
    try:
        mode = os.lstat(full).st_mode
        if stat.S_ISLNK(mode):
            findings.append(problems.SYMLINK.at(path, name=path))
            return None
        if not stat.S_ISREG(mode):
            findings.append(problems.NOT_A_FILE.at(path, name=path))
            return None
        with full.open("rb") as file:
            return file.read(_READ_LIMIT)
    except FileNotFoundError:
        if absent is not None:
            findings.append(absent.at(path))
    except NotADirectoryError:
        if absent is not None:
            findings.append(absent.at(path))
    except OSError:
        findings.append(problems.UNREADABLE_FILE.at(path))
    return None


def _absent(findings: list[Finding], tree: Tree, root: Path) -> Iterator[Finding]:
    """What is said of a missing evidence/; of an empty folder one sentence says it all."""
    if tree.exists or tree.findings:
        return
    absent = {finding.check for finding in findings}
    if {problems.CRITERIA_ABSENT, problems.UNIT_ABSENT} <= absent:
        findings[:] = [
            finding
            for finding in findings
            if finding.check not in {problems.CRITERIA_ABSENT, problems.UNIT_ABSENT}
        ]
        yield problems.EMPTY_REPOSITORY.at("", folder=root.name or str(root))
    else:
        yield problems.EVIDENCE_ABSENT.at(EVIDENCE)


def _revision(history: History, unit: Unit | None, tree: Tree, findings: list[Finding]) -> Revision:
    findings.extend(history.findings)
    present = (
        entry.path for entry in tree.entries if entry.kind is EntryKind.FILE and not entry.noise
    )
    return revision_of(history, unit, present)


@dataclass(slots=True)
class _Folder:
    """The files of one criterion's folder.

    Attributes:
        papers: evidence, supplements' included.
        explanations: giai-trinh files by the folder they lie in.
    """

    papers: list[Entry]
    explanations: dict[str, list[Entry]]


def _sort_files(entries: Iterable[Entry], folders: FolderMap) -> dict[str, _Folder]:
    """The files of every folder that stands for a criterion, by the folder's path."""
    homes = folders.homes
    found: dict[str, _Folder] = {}
    for entry in entries:
        if entry.noise or entry.kind is not EntryKind.FILE:
            continue
        home = homes.get(entry.parent)
        if home is None:
            continue
        folder = found.get(home.folder)
        if folder is None:
            folder = found[home.folder] = _Folder([], {})
        if _is_explanation(entry, home.folder):
            folder.explanations.setdefault(entry.parent, []).append(entry)
        else:
            folder.papers.append(entry)
    return found


def _is_explanation(entry: Entry, folder: str) -> bool:
    name = entry.name
    if name != "giai-trinh.md":  # as nearly all are called
        stem, _, suffix = name.rpartition(".")
        if suffix.lower() not in {"md", "docx"} or fold_key(stem) != _EXPLANATION:
            return False
    parent = entry.parent
    # Directly in the criterion's folder, or in one of its supplements.
    return parent == folder or (
        parent.rpartition("/")[0] == folder
        and supplement_number(parent.rpartition("/")[2]) is not None
    )


def _papers(folders: Mapping[str, _Folder]) -> Iterator[Entry]:
    for folder in folders.values():
        yield from folder.papers


def _unopened(folders: Mapping[str, _Folder], contents: Mapping[str, Content]) -> Iterator[Finding]:
    """Files that seemed readable and were not."""
    for entry in _papers(folders):
        content = contents.get(entry.raw)
        if content is not None and not content.readable:
            yield problems.UNREADABLE_FILE.at(entry.path)


class _Shelves:
    """Reads the explanations of criteria's folders."""

    def __init__(self, root: Path, folders: Mapping[str, _Folder], findings: list[Finding]) -> None:
        self._root = os.fspath(root)
        self._folders = folders
        self._findings = findings
        self.digests: dict[str, str] = {}

    def papers(self, folder: str) -> list[Entry]:
        found = self._folders.get(folder)
        return found.papers if found else []

    def explanation(self, folder: str, home: str, criterion: str) -> Explanation | None:
        """The explanation in ``folder``, which is ``home`` or one of its supplements."""
        found = self._folders.get(home)
        entries = found.explanations.get(folder) if found else None
        if not entries:
            return None
        # giai-trinh.md goes before other spellings, and .md before .docx.
        ranked = sorted(
            entries,
            key=lambda entry: (
                entry.name != "giai-trinh.md",
                not _is_markdown(entry),
                entry.path,
            ),
        )
        used = ranked[0]
        self._findings.extend(
            problems.TWO_EXPLANATIONS.at(
                other.path, criterion=criterion, name=other.name, used=used.name
            )
            for other in ranked[1:]
        )
        try:
            data = _bytes(f"{self._root}/{used.raw}", used.size)
        except OSError:
            if used.readable:
                self._findings.append(problems.UNREADABLE_FILE.at(used.path, criterion=criterion))
            return Explanation(path=used.path)
        self.digests[used.path] = hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()
        read = read_explanation if _is_markdown(used) else read_word
        explanation, found_here = read(data, used.path, criterion)
        self._findings.extend(found_here)
        return explanation

    def supplements(self, home: str) -> list[str]:
        """Folders of supplements that hold an explanation."""
        found = self._folders.get(home)
        return [folder for folder in found.explanations if folder != home] if found else []


def _bytes(path: str, size: int) -> bytes:
    """The bytes of a small file, asked from the system directly.

    A file object costs as much as the reading itself, five thousand times.
    """
    descriptor = open_plain(path, os.O_RDONLY)
    try:
        # One byte more than the walk saw tells whether the file grew since.
        room = min(size + 1, _READ_LIMIT)
        data = os.read(descriptor, room)
        while len(data) == room < _READ_LIMIT:
            room = min(room * 2, _READ_LIMIT)
            data += os.read(descriptor, room - len(data))
        return data
    finally:
        os.close(descriptor)


def _is_markdown(entry: Entry) -> bool:
    return entry.name[-3:].lower() == ".md"


def _file(
    criteria: CriteriaSet,
    unit: Unit | None,
    folders: FolderMap,
    shelves: _Shelves,
    facts: "_FileFacts",
) -> Iterator[Filed]:
    """What was filed under every criterion, in the printed order."""
    homes: dict[str, list[str]] = {}
    for match in folders.matches:
        if match.criterion is not None:
            homes.setdefault(match.criterion, []).append(match.path)
    assigned = _assignments(criteria, unit)
    offices = unit.offices if unit is not None else {}
    for id_, node in criteria.by_id.items():
        main = folders.main.get(id_)
        own = tuple(sorted(homes.get(id_, ()), key=lambda path: path != main))
        explanation = None
        supplements: dict[str, Explanation] = {}
        if node.is_leaf:
            for home in own:
                if explanation is None:
                    explanation = shelves.explanation(home, home, id_)
                for folder in shelves.supplements(home):
                    answer = shelves.explanation(folder, home, id_)
                    if answer is not None:
                        supplements[folder] = answer
        assignment = assigned.get(id_)
        responsible = assignment.responsible if assignment else ""
        yield Filed(
            criterion=id_,
            folder=folders.expected[id_],
            exists=main is not None,
            homes=own,
            files=tuple(facts.of(entry) for home in own for entry in shelves.papers(home)),
            explanation=explanation,
            supplements=supplements,
            responsible=responsible if responsible in offices else None,
            supporting=assignment.supporting if assignment else (),
        )


class _FileFacts:
    """What the bytes of a file and the history tell of it."""

    def __init__(self, contents: Mapping[str, Content], revision: Revision) -> None:
        self._contents = contents
        self._first: Mapping[str, Change] = revision.first or empty()
        self._last: Mapping[str, Change] = revision.last or empty()

    def of(self, entry: Entry) -> EvidenceFile:
        content = self._contents.get(entry.raw, _NO_CONTENT)
        return EvidenceFile(
            path=entry.path,
            raw=entry.raw,
            size=entry.size,
            sha256=content.sha256,
            pointer=content.pointer,
            pointer_oid=content.pointer_oid,
            readable=entry.readable and content.readable,
            first=self._first.get(entry.path),
            last=self._last.get(entry.path),
        )


def _assignments(criteria: CriteriaSet, unit: Unit | None) -> dict[str, Assignment]:
    """The assignment that holds for each criterion: its own or the nearest above."""
    if unit is None or not unit.assignments:
        return {}
    named = {id_.lower(): assignment for id_, assignment in unit.assignments.items()}
    found: dict[str, Assignment] = {}
    for id_, node in criteria.by_id.items():
        assignment = named.get(id_.lower())
        if assignment is None and node.parent_id is not None:
            assignment = found.get(node.parent_id)
        if assignment is not None:
            found[id_] = assignment
    return found
