"""Small values for the tests of this folder."""

from decimal import Decimal

from site_builder.model.criteria import CriteriaSet, Criterion, Slot
from site_builder.model.evidence import Entry, EntryKind, EvidenceFile


def criteria(*lines: str) -> CriteriaSet:
    """A set from lines like ``1.1 Title``; an id that another one and a dot begin is inner."""
    named = [line.partition(" ")[::2] for line in lines]
    ids = [id_ for id_, _ in named]

    def parent(id_: str) -> str | None:
        above = id_.rpartition(".")[0]
        return above if above in ids else None

    def make(id_: str, title: str, depth: int) -> Criterion:
        return Criterion(
            id=id_,
            title=title or id_,
            max_points=Decimal(1),
            depth=depth,
            parent_id=parent(id_),
            children=tuple(make(*each, depth + 1) for each in named if parent(each[0]) == id_),
        )

    return CriteriaSet(
        id="s", title="s", fields=tuple(make(*each, 0) for each in named if parent(each[0]) is None)
    )


def entries(*paths: str) -> tuple[Entry, ...]:
    """Entries of a tree with these files (or folders, ending in a slash) and all their parents."""
    found: dict[str, Entry] = {}
    for written in paths:
        parts = f"evidence/{written}".rstrip("/").split("/")
        for place in range(2, len(parts) + 1):
            path = "/".join(parts[:place])
            kind = (
                EntryKind.FILE if place == len(parts) and written[-1] != "/" else EntryKind.FOLDER
            )
            found.setdefault(path, Entry(path, path, path.rpartition("/")[0], kind))
    return tuple(found[path] for path in sorted(found))


def slot(id_: str, document_type: str = "Report", *, required: bool = True) -> Slot:
    return Slot(id=id_, title=id_, required=required, document_type=document_type)


def file(path: str) -> EvidenceFile:
    return EvidenceFile(path=path, raw=path, size=1)
