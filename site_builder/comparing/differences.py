"""What changed between two states; pure, and the same whoever asks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from site_builder.comparing.wording import text_change
from site_builder.model.change import (
    Changes,
    Entry,
    EntryChange,
    Fate,
    FileChange,
    FileFate,
    LeafChange,
    LeafState,
    State,
    TextChange,
)

_K = TypeVar("_K")
_NO_ENTRY = Entry(title="", value="")


def compare(before: State, after: State) -> Changes:
    """Everything that became other from one state to the other."""
    found: dict[str, LeafChange] = {}
    for id_, leaf in after.leaves.items():
        change = _leaf(id_, before.leaves.get(id_), leaf)
        if change is not None:
            found[id_] = change
    for id_, leaf in before.leaves.items():
        if id_ not in after.leaves:
            found[id_] = _whole(id_, leaf, Fate.GONE)
    return Changes(
        before=before.point,
        after=after.point,
        leaves=found,
        before_totals=before.totals,
        after_totals=after.totals,
        header=bool(before.header and after.header) and before.header != after.header,
        same_period=before.period == after.period,
    )


def by_digests(before: State, after: State) -> Changes:
    """The same when of ``before`` only the digests of its leaves are known."""
    found: dict[str, LeafChange] = {}
    for id_, leaf in after.leaves.items():
        former = before.leaves.get(id_)
        if former is None:
            found[id_] = _whole(id_, leaf, Fate.ADDED)
        elif former.digest != leaf.digest:
            found[id_] = LeafChange(
                leaf=id_,
                title=leaf.title,
                compared=False,
                points_before=leaf.points,
                points_after=leaf.points,
            )
    for id_, leaf in before.leaves.items():
        if id_ not in after.leaves:
            found[id_] = _whole(id_, leaf, Fate.GONE)
    return Changes(
        before=before.point,
        after=after.point,
        leaves=found,
        after_totals=after.totals,
        same_period=before.period == after.period,
    )


def _leaf(id_: str, before: LeafState | None, after: LeafState) -> LeafChange | None:
    if before is None:
        return _whole(id_, after, Fate.ADDED)
    files = tuple(_files(before.files, after.files))
    change = LeafChange(
        leaf=id_,
        title=after.title,
        files=files,
        texts=tuple(_texts(before.texts, after.texts)),
        entries=tuple(_entries(before.entries, after.entries, files)),
        criterion=tuple(_criterion(before, after)),
        max_before=before.max_points,
        max_after=after.max_points,
        points_before=before.points,
        points_after=after.points,
        final_before=before.final,
        final_after=after.final,
    )
    if _is_rewritten(before, after, change):
        return replace(change, form=True)
    return change if _tells(change) else None


def _is_rewritten(before: LeafState, after: LeafState, change: LeafChange) -> bool:
    """Bytes are other ones that no word and no figure shows."""
    if before.texts is None or after.texts is None or change.texts or change.entries:
        return False
    if any(file.fate is FileFate.RENAMED for file in change.files):
        # Whoever gives a document another name writes that name into the explanation.
        return False
    return before.forms != after.forms or (before.digest != after.digest and not _tells(change))


def _tells(change: LeafChange) -> bool:
    return (
        bool(change.files or change.texts or change.entries or change.criterion)
        or change.moved
        or change.final_before != change.final_after
        or change.max_before != change.max_after
    )


def _whole(id_: str, leaf: LeafState, fate: Fate) -> LeafChange:
    """A leaf that only one state has."""
    gone = fate is Fate.GONE
    return LeafChange(
        leaf=id_,
        title=leaf.title,
        fate=fate,
        max_before=leaf.max_points if gone else None,
        max_after=None if gone else leaf.max_points,
        points_before=leaf.points if gone else None,
        points_after=None if gone else leaf.points,
    )


_Files = tuple[tuple[str, str], ...]


def _files(before: _Files, after: _Files) -> Iterator[FileChange]:
    """Files that came, went, got other bytes or another name, sorted by name."""
    old = [each for each in before if each[0]]
    new = [each for each in after if each[0]]
    if len(old) == len(before) and len(new) == len(after):
        yield from sorted(_named(dict(old), dict(new)), key=_by_name)
        return
    # Of one side not every name is known: equal bytes are the same file.
    kept = Counter(sha256 for _, sha256 in before) & Counter(sha256 for _, sha256 in after)
    yield from _unmatched(after, kept, FileFate.ADDED)
    yield from _unmatched(before, kept, FileFate.REMOVED)


def _named(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[FileChange]:
    gone = {name: sha256 for name, sha256 in old.items() if name not in new}
    came = {name: sha256 for name, sha256 in new.items() if name not in old}
    by_hash: dict[str, list[str]] = {}
    for name in sorted(gone):
        by_hash.setdefault(gone[name], []).append(name)
    for name in sorted(came):
        former = by_hash.get(came[name])
        if former:
            yield FileChange(fate=FileFate.RENAMED, name=name, before=former.pop(0))
        else:
            yield FileChange(fate=FileFate.ADDED, name=name)
    for names in by_hash.values():
        yield from (FileChange(fate=FileFate.REMOVED, name=name) for name in names)
    for name, sha256 in new.items():
        if name in old and old[name] != sha256:
            yield FileChange(fate=FileFate.REPLACED, name=name)


def _unmatched(files: _Files, kept: Counter[str], fate: FileFate) -> Iterator[FileChange]:
    left = Counter(kept)
    nameless = 0
    for name, sha256 in files:
        if left[sha256] > 0:
            left[sha256] -= 1
        elif name:
            yield FileChange(fate=fate, name=name)
        else:
            nameless += 1
    if nameless:
        yield FileChange(fate=fate, name="", count=nameless)


def _by_name(change: FileChange) -> tuple[str, str]:
    return change.name, change.fate.value


def _texts(
    before: Mapping[str, str] | None, after: Mapping[str, str] | None
) -> Iterator[TextChange]:
    if before is None or after is None:
        return
    for place in _both(before, after):
        change = text_change(place, before.get(place, ""), after.get(place, ""))
        if change is not None:
            yield change


_Entries = Mapping[tuple[str, str], Entry]
# What is said of a document; the id is its file.
_OF_DOCUMENT = "tai_lieu_"


def _entries(
    before: _Entries | None, after: _Entries | None, files: Sequence[FileChange]
) -> Iterator[EntryChange]:
    if before is None or after is None:
        return
    renamed = {file.before: file.name for file in files if file.fate is FileFate.RENAMED}
    # That a document came or went is said once, not for its number and its date as well.
    told = {file.name for file in files if file.fate in {FileFate.ADDED, FileFate.REMOVED}}
    before = {_now(key, renamed): entry for key, entry in before.items()}
    for key in _both(before, after):
        old, new = before.get(key, _NO_ENTRY), after.get(key, _NO_ENTRY)
        if old.value == new.value or (key[0].startswith(_OF_DOCUMENT) and key[1] in told):
            continue
        title = new.title or old.title
        yield EntryChange(key=key[0], title=title, before=old.value, after=new.value)


def _now(key: tuple[str, str], renamed: Mapping[str, str]) -> tuple[str, str]:
    """What was said of a renamed file is said of the same file under its new name."""
    name, id_ = key
    return (name, renamed.get(id_, id_)) if name.startswith(_OF_DOCUMENT) else key


def _criterion(before: LeafState, after: LeafState) -> Iterator[str]:
    old, new = before.criterion, after.criterion
    if old is None or new is None:
        # Of a closed year only the title is known.
        if before.title != after.title:
            yield "title"
        return
    yield from (key for key in _both(old, new) if old.get(key) != new.get(key))


def _both(before: Iterable[_K], after: Iterable[_K]) -> Iterable[_K]:
    """Keys of either, those of ``after`` first."""
    return dict.fromkeys((*after, *before))
