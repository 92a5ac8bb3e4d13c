"""What commits did to each leaf: the same one pass over the history, told by leaf."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from site_builder.loading.evidence_tree import is_noise
from site_builder.loading.folders import Home
from site_builder.loading.git_history import Commit, Touch
from site_builder.model.evidence import Change, LeafEvent
from site_builder.model.text import fold_key

# What a page can hold and a person reads; the repository knows the rest.
MOST = 20
_EXPLANATION = "giai_trinh"


@dataclass(slots=True)
class _Deeds:
    """What one commit did to one leaf, while it is collected."""

    commit: Commit
    explained: bool = False
    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    removed: int = 0

    def note(self, letter: str, name: str) -> None:
        stem, _, suffix = name.rpartition("/")[2].rpartition(".")
        if suffix.lower() in {"md", "docx"} and fold_key(stem) == _EXPLANATION:
            self.explained = True
        elif letter == "D":
            self.removed += 1
        elif letter in "AC":
            self.added.append(name)
        elif letter == "R":
            self.renamed.append(name)
        else:
            self.replaced.append(name)


def leaf_events(
    touches: Iterable[Touch],
    homes: Mapping[str, Home],
    leaves: frozenset[str],
    change: Callable[[Commit], Change],
) -> dict[str, tuple[LeafEvent, ...]]:
    """What commits did to each leaf, the newest first, at most ``MOST`` of them.

    Args:
        touches: files as commits changed them, the newest first.
        homes: by folder, whose its files are.
        leaves: ids of leaves; files of branches are nobody's.
        change: puts an office to a commit.
    """
    found: dict[str, dict[str, _Deeds]] = {}
    finder = _Finder(homes)
    for touch in touches:
        home = finder.home(touch.path)
        former = home if touch.before == touch.path else finder.home(touch.before)
        if former is not None and former != home and former.criterion in leaves:
            _note(found, former, touch, "D", touch.before)
        if home is None or home.criterion not in leaves:
            continue
        if touch.letter != "R" or not _moved_along(touch, home, former, homes):
            _note(found, home, touch, touch.letter, touch.path)
    return {
        id_: tuple(_event(deeds, change) for deeds in commits.values())
        for id_, commits in found.items()
    }


def _moved_along(touch: Touch, home: Home, former: Home | None, homes: Mapping[str, Home]) -> bool:
    """The leaf's folder got another name, or lies elsewhere; of the file itself nothing changed."""
    inside = _inside(touch.path, home)
    if former == home:
        return _inside(touch.before, home) == inside
    gone = touch.before.rpartition("/")[0] not in homes
    return gone and touch.before.endswith(f"/{inside}")


def _note(
    found: dict[str, dict[str, _Deeds]], home: Home, touch: Touch, letter: str, path: str
) -> None:
    if is_noise(path.rpartition("/")[2]):
        return
    commits = found.setdefault(home.criterion, {})
    deeds = commits.get(touch.commit.id)
    if deeds is None:
        if len(commits) == MOST:
            return
        deeds = commits[touch.commit.id] = _Deeds(touch.commit)
    deeds.note(letter, _inside(path, home))


def _inside(path: str, home: Home) -> str:
    return path.removeprefix(f"{home.folder}/")


def _event(deeds: _Deeds, change: Callable[[Commit], Change]) -> LeafEvent:
    return LeafEvent(
        change=change(deeds.commit),
        explained=deeds.explained,
        added=tuple(sorted(deeds.added)),
        replaced=tuple(sorted(deeds.replaced)),
        renamed=tuple(sorted(deeds.renamed)),
        removed=deeds.removed,
    )


class _Finder:
    """Whose a path is, also when its folder is no longer there."""

    def __init__(self, homes: Mapping[str, Home]) -> None:
        self._known: dict[str, Home | None] = dict(homes)

    def home(self, path: str) -> Home | None:
        folder = path.rpartition("/")[0]
        if folder not in self._known:
            self._known[folder] = self.home(folder) if folder else None
        return self._known[folder]
