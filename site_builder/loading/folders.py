"""Which folder under evidence/ stands for which criterion.

A folder's id is what its name starts with; the longest id of the set wins, wherever the folder
lies, so that a moved or renamed folder still counts and is only reported.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from site_builder.model.criteria import CriteriaSet, Criterion
from site_builder.model.evidence import Entry, EntryKind
from site_builder.model.mappings import empty
from site_builder.model.snapshot import EVIDENCE, FolderMatch
from site_builder.model.text import nfc, slug
from site_builder.model.values import row

# Where an id may end. "1.1" does not begin "1.1.9-...", whatever the set contains.
_END = re.compile(r"[-_ ]|\.(?!\d)|\Z")


@row
class Home:
    """The criterion to which a folder's files belong, and the criterion's folder above them."""

    criterion: str
    folder: str


@dataclass(frozen=True, slots=True)
class FolderMap:
    """Folders and criteria.

    Attributes:
        matches: folders that stand for criteria (or should), sorted by path.
        main: by criterion id, the folder of a criterion that has one.
        expected: by criterion id, the folder of every criterion, there or not.
        homes: by path of a folder, whose its files are; folders of nobody are absent.
    """

    matches: tuple[FolderMatch, ...] = ()
    main: Mapping[str, str] = field(default_factory=empty)
    expected: Mapping[str, str] = field(default_factory=empty)
    homes: Mapping[str, Home] = field(default_factory=empty)


class IdIndex:
    """Finds the criterion that a folder's name begins with."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids: dict[str, str] = {}
        for id_ in ids:
            self._ids.setdefault(nfc(id_).lower(), id_)
        self._longest = max(map(len, self._ids), default=0)

    def match(self, name: str) -> str | None:
        """The longest id that ``name`` begins with, followed by one of - _ . space or the end."""
        folded = name.strip().lower()
        found = None
        for end in _END.finditer(folded):
            if end.start() > self._longest:
                break
            found = self._ids.get(folded[: end.start()], found)
        return found


def folder_name(criterion: Criterion) -> str:
    """The name that ``init`` gives a criterion's folder."""
    words = slug(criterion.title)
    return f"{criterion.id}-{words}" if words else criterion.id


def map_folders(entries: Iterable[Entry], criteria: CriteriaSet) -> FolderMap:
    """Match the folders of the tree with the criteria of the set."""
    folders = [entry for entry in entries if entry.kind is EntryKind.FOLDER and not entry.noise]
    taken = _taken(folders, criteria)
    by_criterion: dict[str, list[str]] = {}
    for path, id_ in taken.items():
        if id_ is not None:
            by_criterion.setdefault(id_, []).append(path)
    main: dict[str, str] = {}
    expected: dict[str, str] = {}
    for node in criteria.walk():
        if node.id in expected:
            continue  # the second of two criteria with one id
        above = EVIDENCE if node.parent_id is None else expected[node.parent_id]
        found = by_criterion.get(node.id)
        if found:
            placed = next((path for path in found if _parent(path) == above), found[0])
            main[node.id] = expected[node.id] = placed
        else:
            expected[node.id] = f"{above}/{folder_name(node)}"
    matches = [
        FolderMatch(
            path=path,
            criterion=id_,
            expected="" if id_ is None else _proper(path, criteria.by_id[id_], expected),
        )
        for path, id_ in taken.items()
    ]
    matches.sort(key=lambda match: match.path)
    return FolderMap(tuple(matches), main, expected, _homes(folders, taken))


def _taken(folders: list[Entry], criteria: CriteriaSet) -> dict[str, str | None]:
    """Folder to criterion; None for a folder that should stand for one and does not."""
    index = IdIndex(criteria.by_id)
    by_id = criteria.by_id
    taken: dict[str, str | None] = {}
    strange: set[str] = set()
    in_leaf: set[str] = set()
    papers: list[tuple[str, str]] = []
    for folder in folders:
        path, parent = folder.path, folder.parent
        id_ = index.match(folder.name)
        if parent in in_leaf:
            # Below a leaf everything is papers, whatever it is called, until proved otherwise.
            in_leaf.add(path)
            if id_ is not None:
                papers.append((path, id_))
        elif id_ is not None:
            taken[path] = id_
            if by_id[id_].is_leaf:
                in_leaf.add(path)
        else:
            if parent not in strange:
                taken[path] = None
            strange.add(path)
    # A leaf without any folder of its own was probably dropped into its neighbour's; a photo set
    # called "1. ..." is not, and would alarm for nothing.
    owned = {id_ for id_ in taken.values() if id_ is not None}
    taken.update((path, id_) for path, id_ in papers if id_ not in owned and by_id[id_].is_leaf)
    return taken


def _homes(folders: list[Entry], taken: Mapping[str, str | None]) -> dict[str, Home]:
    homes: dict[str, Home] = {}
    for folder in folders:
        path = folder.path
        if path in taken:
            id_ = taken[path]
            if id_ is not None:
                homes[path] = Home(id_, path)
        elif folder.parent in homes:
            homes[path] = homes[folder.parent]
    return homes


def _proper(path: str, criterion: Criterion, expected: Mapping[str, str]) -> str:
    """Where a criterion's folder should be, keeping a name that is already good."""
    above = EVIDENCE if criterion.parent_id is None else expected[criterion.parent_id]
    name = path.rpartition("/")[2]
    good = name.startswith(f"{criterion.id}-") and len(name) > len(criterion.id) + 1
    return f"{above}/{name if good else folder_name(criterion)}"


def _parent(path: str) -> str:
    return path.rpartition("/")[0]
