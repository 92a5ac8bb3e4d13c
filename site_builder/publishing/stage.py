"""Writes a Site as a source tree for the engine: build/stage/<edition>/{mkdocs.yml,docs}.

Files that did not change keep their modification time, so that a watching engine rebuilds only
what changed; files that the site no longer has are removed.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path, PurePosixPath

from site_builder.model.results import Edition
from site_builder.model.site import NavItem, Page, Site

SETTINGS = "mkdocs.yml"
# The hand-written settings as they were when they were checked.
INHERITED = "inherited.yml"
# What JSON writes as it is and YAML reads only as an escape: line breaks of its own, the
# unprintable, lone surrogates.
_NOT_YAML = re.compile("[\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]")
# YAML gives up on a key of more than 1024 characters unless a question mark announces it.
_LONG_KEY = re.compile(r'^( *)("(?:[^"\\]|\\.){900,}": )', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A source tree on disk.

    Attributes:
        folder: holds mkdocs.yml and docs/; the engine runs here and prints into ``output``.
        markers: bytes that the built page must hold, by address.
        written: how many files were new or different.
        removed: how many files the site no longer has.
    """

    folder: Path
    markers: Mapping[str, bytes]
    written: int
    removed: int

    @property
    def output(self) -> Path:
        return self.folder / "site"


def write(site: Site, root: Path, edition: Edition) -> Staged:
    """Write the tree of one edition under ``root``/build/stage.

    Raises:
        ValueError: an address that leaves the tree; that is our fault and never the content's.
        OSError: the disk is full or build/ cannot be written.
    """
    folder = root / "build" / "stage" / edition.value
    wanted = {
        "docs/" + safe_address(path): data
        for files in (site.assets, site.index)
        for path, data in files.items()
    }
    markers: dict[str, bytes] = {}
    for page in site.pages:
        text = page.text.encode()
        markers[page.address] = marker = _marker(text)
        wanted["docs/" + safe_address(page.path)] = text.rstrip(b"\n") + b"\n\n" + marker + b"\n"
    wanted[SETTINGS] = _settings(site)
    wanted[INHERITED] = site.settings or packaged_settings()
    # Removing comes first: what was a file may now be a folder.
    removed = _remove_others(folder / "docs", {folder / path for path in wanted})
    written = sum(_write_changed(folder / path, data) for path, data in sorted(wanted.items()))
    return Staged(folder=folder, markers=markers, written=written, removed=removed)


def diverted(root: Path, edition: Edition) -> str:
    """What in the place for the edition is neither a file nor a folder; "" when nothing is.

    Writing through a link that came with the content would overwrite or remove what it leads
    to, the evidence for example, and a pipe would wait for ever.
    """
    folder = Path("build", "stage", edition.value)
    places = [*reversed(folder.parents[:2]), folder.with_name(f".{edition.value}.lock"), folder]
    for place in places:
        if is_diverted(os.fspath(root / place)):
            return place.as_posix()
    inside = _diverted_below(os.fspath(root / folder))
    return "" if inside is None else Path(inside).relative_to(root).as_posix()


def is_diverted(path: str) -> bool:
    """The path leads elsewhere, or is nothing that can be written like a file."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _diverted_below(folder: str) -> str | None:
    if not os.path.isdir(folder):  # noqa: PTH112 - one string per file, not one object
        return None
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                found = _diverted_below(entry.path)
            else:
                found = None if entry.is_file(follow_symlinks=False) else entry.path
            if found is not None:
                return found
    return None


def _marker(text: bytes) -> bytes:
    """A comment that proves two things of a built page: it is ours, and made from this text.

    An engine that ignores what it does not know, or prints from a stale cache, is found out.
    """
    return b"<!-- site-builder:" + hashlib.sha256(text).hexdigest()[:16].encode() + b" -->"


def safe_address(path: str) -> str:
    """The path itself, when it is a plain ASCII path that stays inside the site.

    Raises:
        ValueError: it is not; addresses are made by us, so that is our fault.
    """
    parts = PurePosixPath(path).parts
    if not parts or not path.isascii() or parts[0] == "/" or ".." in parts or "\\" in path:
        raise ValueError(f"not an address inside the site: {path!r}")
    return path


def packaged_settings() -> bytes:
    """The settings that a new unit starts with; the same bytes as the repository's own."""
    return (files("site_builder.publishing") / "assets" / SETTINGS).read_bytes()


def _settings(site: Site) -> bytes:
    """The generated mkdocs.yml. JSON is YAML, has one spelling, and needs no quoting rules."""
    pages = {page.path: page for page in site.pages}
    extra = site.config.get("extra")
    settings: dict[str, object] = {
        "INHERIT": INHERITED,
        **site.config,
        "extra": {**(extra if isinstance(extra, Mapping) else {}), "homepage": site.home},
        # With an address of the forge the themes ask it for stars and releases; edit links are
        # made by the pages themselves.
        "repo_url": "",
        "docs_dir": "docs",
        "site_dir": "site",
        "nav": [_nav(item, pages) for item in site.nav],
    }
    text = _LONG_KEY.sub(r"\1? \2", json.dumps(settings, ensure_ascii=False, indent=1))
    return _NOT_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", f"{text}\n").encode()


def _nav(item: NavItem, pages: Mapping[str, Page]) -> dict[str, object]:
    if not item.children:
        return {item.title: item.page}
    children = [_nav(child, pages) for child in item.children]
    # With its own page as first child, the engine links the section to it everywhere.
    own = [] if item.page is None else [{pages[item.page].title: item.page}]
    return {item.title: [*own, *children]}


def _write_changed(path: Path, data: bytes) -> bool:
    """Write the file unless it holds these bytes already; tell whether it was written."""
    try:
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        # Never into the old file: another name may stand for the same bytes.
        path.unlink()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True


def _remove_others(folder: Path, keep: set[Path]) -> int:
    """Remove every file below ``folder`` that is not in ``keep``, and folders left empty."""
    kept = {os.fspath(path) for path in keep}
    removed = 0
    for path in _files_below(os.fspath(folder)):
        if path not in kept:
            Path(path).unlink()
            removed += 1
    if removed:
        for holder, _, _ in os.walk(folder, topdown=False):
            if not os.listdir(holder):  # noqa: PTH208 - what walk saw is out of date here
                Path(holder).rmdir()
    return removed


def _files_below(folder: str) -> Iterator[str]:
    if not os.path.isdir(folder):  # noqa: PTH112 - one string per file, not one object
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files_below(entry.path)
            else:
                yield entry.path
