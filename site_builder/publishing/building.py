"""Builds the site of an edition: stage, print, add evidence, check, put in place.

The new site takes the old one's place in one rename after everything was checked, so there is
never half a site.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from site_builder.messages import Catalogue, read_catalogue
from site_builder.model.evidence import Revision
from site_builder.model.mappings import empty
from site_builder.model.results import Edition
from site_builder.model.site import MARKER, Site
from site_builder.publishing import downloads, entry, offline, search, stage, swap
from site_builder.publishing import engine as engines
from site_builder.publishing.copies import copy_evidence, copy_pictures
from site_builder.publishing.leaks import LeakGuard
from site_builder.publishing.links import BrokenLink, LinkCheck, confirm, fetched_from_outside
from site_builder.publishing.mending import mend
from site_builder.publishing.policy import guard
from site_builder.publishing.sinks.plain import plain

OUTPUT: Mapping[Edition, str] = {
    Edition.WORKING: "site",
    Edition.ASSESSOR: "assessor",
    Edition.PUBLIC: "public",
}

_MARKER = MARKER.encode()

# Above so many pages the faster engine is worth its other look while somebody writes.
MANY_PAGES = 300
# How many examples a failure names; the rest is a number.
_EXAMPLES = 10
_LOCK_PATIENCE = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOutcome:
    """What came of a build.

    Attributes:
        ok: the site stands complete at ``folder``.
        reason: why not, a key of the catalogue; "" when ok.
        params: fill its sentence.
        folder: of the site; the old one, if any, when not ok.
        packed: the copy that was asked for instead of a site.
    """

    ok: bool
    folder: Path
    packed: offline.Packed | None = None
    reason: str = ""
    params: Mapping[str, object] = field(default_factory=empty)


class _FailedError(Exception):
    """Ends a build with a reason."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params


def quickest_engine(site: Site) -> str:
    """The engine for a preview: Zensical for large sites when it is installed."""
    large = len(site.pages) > MANY_PAGES
    return "zensical" if large and find_spec("zensical") is not None else "mkdocs"


def build(  # noqa: PLR0913 - one call, every argument by name
    site: Site,
    root: Path,
    *,
    engine: str,
    edition: Edition,
    revision: Revision,
    blob: Callable[[str, str], bytes | None] | None = None,
    forbidden: Collection[str] = (),
    parcel: offline.Parcel | None = None,
    texts: Catalogue | None = None,
    patience: float = _LOCK_PATIENCE,
) -> BuildOutcome:
    """Build the site of an edition under ``root``/build.

    Args:
        site: what to publish.
        root: content folder; evidence is read there, nothing outside build/ is written.
        engine: ``mkdocs`` or ``zensical``.
        edition: decides the folder and whether search engines may list the pages.
        revision: its time dates what the engine dates.
        blob: bytes of a picture by the sha256 it belongs to and its name; needed when the site
            has any.
        forbidden: names, paths and hashes that must not be in a byte of the site.
        parcel: makes a copy to take along instead, a folder and a ZIP.
        texts: words of the notes that go with the copy.
        patience: seconds to wait for another build of the edition.
    """
    place = root / "build" / OUTPUT[edition] if parcel is None else offline.place(root, parcel)
    diverted = stage.diverted(root, edition)
    if parcel is not None:
        site = offline.for_a_folder(site)
        diverted = diverted or offline.diverted(root, parcel)
    packed: offline.Packed | None = None
    if diverted:
        return BuildOutcome(
            ok=False, folder=place, reason="build_diverted", params={"path": diverted}
        )
    try:
        with swap.locked(root / "build" / "stage" / f".{edition.value}.lock", patience):
            staged = stage.write(site, root, edition)
            swap.remove(staged.output)
            _print(engines.ENGINES[engine], staged, revision)
            _complete(site, root, staged, engines.ENGINES[engine], blob)
            _finish(site, staged, edition, forbidden)
            if parcel is None:
                swap.put_in_place(staged.output, place)
            else:
                packed = _pack(
                    site, staged.output, root, parcel, texts or read_catalogue(), patience
                )
    except swap.BusyError:
        return BuildOutcome(ok=False, folder=place, reason="build_busy")
    except _FailedError as failed:
        return BuildOutcome(ok=False, folder=place, reason=failed.reason, params=failed.params)
    except OSError as error:
        where = os.fspath(error.filename or place)
        params = {"path": where, "why": error.strerror or str(error)}
        return BuildOutcome(ok=False, folder=place, reason="build_not_written", params=params)
    return BuildOutcome(ok=True, folder=place, packed=packed)


def _pack(  # noqa: PLR0913, PLR0917 - passed on
    site: Site,
    output: Path,
    root: Path,
    parcel: offline.Parcel,
    texts: Catalogue,
    patience: float,
) -> offline.Packed:
    # Copies of several editions share one register.
    with swap.locked(root / "build" / "stage" / ".offline.lock", patience):
        try:
            return offline.pack(site, output, root, parcel, texts)
        except offline.NotPortableError as error:
            raise _FailedError(
                "not_portable",
                paths=_examples(error.paths),
                count=len(error.paths),
                longest=offline.LONGEST_PATH,
            ) from error


def _print(engine: engines.Engine, staged: stage.Staged, revision: Revision) -> None:
    printed = engines.run(engine, staged.folder, revision.at)
    if printed.reason:
        raise _FailedError(printed.reason, **printed.params)


def _complete(
    site: Site,
    root: Path,
    staged: stage.Staged,
    engine: engines.Engine,
    blob: Callable[[str, str], bytes | None] | None,
) -> None:
    """Add what the engine does not print: search folding, entry pages, evidence, pictures."""
    output = staged.output
    if not engine.folds_marks and not search.fold_marks(output):
        raise _FailedError("theme_changed", engine=engine.name)
    entry.write(site, output)
    downloads.write(site.downloads, output)
    if changed := copy_evidence(site.evidence, root, output):
        raise _FailedError("evidence_changed", paths=_examples(changed), count=len(changed))
    if site.pictures:
        if blob is None:
            raise ValueError("a site with pictures needs to know where they are")
        if missing := copy_pictures(site.pictures, blob, output):
            raise _FailedError("pictures_missing", paths=_examples(missing), count=len(missing))


def _finish(site: Site, staged: stage.Staged, edition: Edition, forbidden: Collection[str]) -> None:
    """Read every page once: ours and complete, every link right, the policy in its place."""
    output = os.fspath(staged.output)
    files = tuple(sorted(addresses(output)))
    pages = [path for path in files if path.endswith(".html")]
    links = LinkCheck(files)
    broken: list[BrokenLink] = []
    foreign = [path for path in pages if path not in staged.markers and path not in entry.PAGES]
    foreign += sorted((staged.markers.keys() | site.index.keys()) - set(files))
    for path in pages:
        data = _read(output, path)
        if path in staged.markers and not (_MARKER in data and staged.markers[path] in data):
            foreign.append(path)
        if path != entry.NOT_FOUND:
            links.read(path, data)
            broken.extend(fetched_from_outside(path, data))
        guarded = guard(mend(data), listed=edition is Edition.PUBLIC)
        if guarded is None:
            raise _FailedError("policy_missing", page=path)
        _write(output, path, guarded)
    if foreign:
        raise _FailedError("marker_missing", pages=_examples(foreign), count=len(foreign))
    broken.extend(confirm(links.suspects(), lambda path: _read(output, path)))
    if broken:
        shown = [f"{one.page}: {one.link} ({one.why})" for one in broken]
        raise _FailedError("broken_links", links=_examples(shown), count=len(broken))
    if forbidden:
        evidence = {copy.address for copy in site.evidence}
        evidence |= {picture.address for picture in site.pictures}
        evidence |= site.index.keys() | site.downloads.keys()
        _check_leaks(output, [path for path in files if path not in evidence], site, forbidden)


def broken_links(folder: Path) -> tuple[BrokenLink, ...]:
    """Every broken link of a printed site, whichever engine printed it."""
    output = os.fspath(folder)
    links = LinkCheck(tuple(addresses(output)))
    fetched: list[BrokenLink] = []
    for path in sorted(addresses(output)):
        if path.endswith(".html") and path != entry.NOT_FOUND:
            data = _read(output, path)
            links.read(path, data)
            fetched.extend(fetched_from_outside(path, data))
    return (*fetched, *confirm(links.suspects(), lambda path: _read(output, path)))


def _check_leaks(
    output: str, files: Collection[str], site: Site, forbidden: Collection[str]
) -> None:
    leaks = LeakGuard(forbidden)
    found = [
        f"{path}: {word}"
        for path in files
        for word in {*leaks.leaks(path.encode()), *leaks.leaks(_read(output, path))}
    ]
    found += [
        f"{part}: {word}"
        for part, data in downloads.contents(site.downloads)
        for word in set(leaks.leaks(data))
    ]
    found += [
        f"{each.address}: {word}"
        for each in site.search
        for word in set(leaks.leaks(each.whole.encode("utf-8", "surrogateescape")))
    ]
    if found:
        raise _FailedError("leak_found", leaks=_examples(sorted(found)), count=len(found))


def addresses(output: str) -> Iterator[str]:
    """Every file below a folder, as an address."""
    for holder, _, names in os.walk(output):
        below = os.path.relpath(holder, output).replace(os.sep, "/")
        prefix = "" if below == "." else below + "/"
        for name in names:
            yield prefix + name


def _read(output: str, path: str) -> bytes:
    # A thousand pages: plain strings are a third cheaper than path objects here.
    with open(os.path.join(output, path), "rb") as stream:  # noqa: PTH118, PTH123
        return stream.read()


def _write(output: str, path: str, data: bytes) -> None:
    with open(os.path.join(output, path), "wb") as stream:  # noqa: PTH118, PTH123 - see _read
        stream.write(data)


def _examples(items: Collection[str]) -> str:
    return "\n".join(f"  {plain(item)}" for item in islice(items, _EXAMPLES))
