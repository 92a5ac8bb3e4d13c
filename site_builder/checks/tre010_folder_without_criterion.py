"""Every folder with files stands for a criterion; what lies elsewhere proves nothing."""

from collections.abc import Iterator

from site_builder.checks.folders import leading_id, name_of, parent_of, visible
from site_builder.checks.likeness import words_of
from site_builder.checks.protocols import Facts
from site_builder.model.evidence import EntryKind
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.snapshot import Snapshot

CHECK = Check("TRE010", "folder-without-criterion", Severity.ERROR)

_ALIKE = 0.6
_ENOUGH_WORDS = 2
# Proposals are for a folder or two; after a change of set the whole tree may be strange.
_PROPOSALS = 20

_Vacant = tuple[frozenset[str], str]


def run(facts: Facts) -> Iterator[Finding]:
    if not facts.set_is_whole:
        return
    strange = {match.path for match in facts.snapshot.folders if match.criterion is None}
    # Below a strange folder everything is strange; one finding says it.
    topmost = [path for path in sorted(strange) if not _below(path, strange)]
    if not topmost:
        return
    filled = _with_files(facts.snapshot, strange)
    vacant = _vacant(facts.snapshot) if filled else ()
    for number, path in enumerate(path for path in topmost if path in filled):
        name = name_of(path)
        id_ = leading_id(name)
        proposed = _proposal(name, vacant) if number < _PROPOSALS else ""
        yield CHECK.at(
            path,
            variant="near" if proposed else ("id" if id_ else None),
            name=visible(name),
            id=id_,
            proposed=proposed,
        )


def _below(path: str, folders: set[str]) -> bool:
    while path := parent_of(path):
        if path in folders:
            return True
    return False


def _with_files(snapshot: Snapshot, strange: set[str]) -> set[str]:
    """Strange folders with files that no criterion's folder between them claims."""
    claimed = {match.path for match in snapshot.folders} - strange
    filled: set[str] = set()
    for entry in snapshot.entries:
        if entry.kind is EntryKind.FOLDER or entry.noise:
            continue
        path = entry.parent
        while path and path not in claimed and path not in filled:
            if path in strange:
                filled.add(path)
            path = parent_of(path)
    return filled


def _vacant(snapshot: Snapshot) -> tuple[_Vacant, ...]:
    """Criteria without a folder: the words of their titles, and the folder they should have."""
    criteria = snapshot.criteria
    return tuple(
        (frozenset(words_of(criteria.by_id[dossier.criterion].title)), dossier.folder)
        for dossier in (snapshot.dossiers.values() if criteria else ())
        if criteria is not None and not dossier.exists
    )


def _proposal(name: str, vacant: tuple[_Vacant, ...]) -> str:
    """Where the folder probably belongs: the criterion whose title has most of its words."""
    words = {word for word in words_of(name) if word.isalpha()}
    if len(words) < _ENOUGH_WORDS:
        return ""
    best, folder = max(((len(words & title), folder) for title, folder in vacant), default=(0, ""))
    return folder if best >= _ALIKE * len(words) else ""
