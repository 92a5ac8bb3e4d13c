"""``purge PATH``: takes a file out of the whole history; only looks without ``--yes``."""

import argparse
import hashlib
from pathlib import Path

from site_builder import pipeline, purging
from site_builder.commands.context import FAILED, FINDINGS, OK, Context, option
from site_builder.git import Git, GitFailedError
from site_builder.loading import hashing
from site_builder.messages import Catalogue
from site_builder.model.snapshot import Snapshot
from site_builder.model.text import nfc
from site_builder.processing.store import open_store
from site_builder.purging import Plan, Refusal

NAME = "purge"

# A repository of the size that hosts allow takes minutes to pack anew.
_SECONDS = 3600.0
_ID_DIGITS = 16
_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument("path", metavar="PATH", help=option(texts, "purge_path"))
    parser.add_argument("--reason", default="", metavar="TEXT", help=option(texts, "purge_reason"))
    parser.add_argument(
        "--office", default="", metavar="OFFICE", help=option(texts, "purge_office")
    )
    parser.add_argument("--yes", action="store_true", help=option(texts, "purge_yes"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Say what would go; with ``--yes``, a reason and an office, let it go."""
    path = _from_root(arguments.path, context.root)
    git = Git(context.root, context.environment, seconds=_SECONDS)
    try:
        planned = _plan(git, context, path)
    except GitFailedError:
        context.say("purge_git_failed")
        return FAILED
    if isinstance(planned, Refusal):
        context.say(f"purge_refused_{planned.value}", path=path)
        return FINDINGS
    _show(planned, context)
    if not arguments.yes:
        context.say("purge_preview", path=path)
        return OK
    snapshot = _snapshot(context)
    reason = " ".join(arguments.reason.split())
    offices = snapshot.unit.offices if snapshot.unit else {}
    if not reason or arguments.office not in offices:
        context.say("purge_needs_reason", offices=", ".join(offices) or "-")
        return FINDINGS
    stone = purging.entry(
        id_=_identity(git, planned),
        criterion=_criterion(snapshot, path),
        reason=reason,
        office=arguments.office,
        on=context.today(None),
    )
    try:
        contents = [hashing.content_of(data) for data in purging.contents(git, planned)]
        purging.rewrite(git, context.root, planned)
    except GitFailedError:
        context.say("purge_git_failed")
        return FAILED
    except purging.RewriteFailedError as left:
        context.say("purge_left", paths=str(left))
        return FAILED
    # The last state may never have been committed.
    hashes = {file.sha256 or "" for file in snapshot.files() if nfc(file.path) in _gone(planned)}
    for content in contents:
        hashes |= {content.sha256 or "", content.pointer_oid}
    _forget(hashes - {""}, git, context)
    _bury(context.root, stone)
    _after(purging.holders(git, context.root), context, planned)
    return OK


def _forget(hashes: set[str], git: Git, context: Context) -> None:
    """Throw away what this machine remembers of some contents."""
    try:
        with open_store(context.root, context.environment) as store:
            store.forget(hashes)
        hashing.forget(context.root)
        purging.forget_large_files(git, hashes)
    except GitFailedError:
        context.say("purge_remembered", path=".git/lfs")
    except OSError as error:
        context.say("purge_remembered", path=error.filename or ".cache")


def _plan(git: Git, context: Context, path: str) -> Plan | Refusal:
    top = context.root.resolve()
    if not any((folder / ".git").exists() for folder in (top, *top.parents)):
        return Refusal.OUTSIDE_GIT
    return purging.plan(git, path)


def _from_root(given: str, root: Path) -> str:
    path = Path(given)
    for candidate in (path, Path.cwd() / path):
        if candidate.is_absolute() and candidate.is_relative_to(root.resolve()):
            return nfc(candidate.relative_to(root.resolve()).as_posix())
    return nfc(path.as_posix())


def _snapshot(context: Context) -> Snapshot:
    request = pipeline.Request(
        root=context.root,
        today=context.today(None),
        environment=context.environment,
    )
    return pipeline.examine(request)[0].snapshot


def _gone(planned: Plan) -> frozenset[str]:
    return frozenset({planned.path, *planned.others})


def _identity(git: Git, planned: Plan) -> str:
    """The beginning of the sha256 of the last content; it names nothing."""
    blob = min(planned.blobs, default="")
    data = git.raw("cat-file", "blob", blob) if blob else b""
    return hashlib.sha256(data).hexdigest()[:_ID_DIGITS]


def _criterion(snapshot: Snapshot, path: str) -> str:
    """The leaf or branch in whose folder the file lay; "" for none."""
    holding = (
        (len(dossier.folder), id_)
        for id_, dossier in snapshot.dossiers.items()
        if dossier.folder and path.startswith(f"{dossier.folder}/")
    )
    return max(holding, default=(0, ""))[1]


def _show(planned: Plan, context: Context) -> None:
    context.say("purge_found", path=planned.path, commits=planned.commits)
    if planned.others:
        listed = "\n".join(f"  {path}" for path in planned.others[:_SHOWN])
        context.say("purge_others", count=len(planned.others), paths=listed)
    if planned.mentions:
        context.say("purge_mentions", commits=", ".join(planned.mentions[:_SHOWN]))


def _bury(root: Path, stone: str) -> None:
    target = root / purging.TOMBSTONES
    target.parent.mkdir(exist_ok=True)
    known = target.read_text("utf-8") if target.exists() else purging.HEADER
    target.write_text(known.rstrip("\n") + "\n" + stone, encoding="utf-8", newline="\n")


def _after(left: purging.Holders, context: Context, planned: Plan) -> None:
    context.say("purge_done", path=planned.path, record=purging.TOMBSTONES)
    for key, places in (
        ("purge_remotes", left.remotes),
        ("purge_archives", left.archives),
        ("purge_sites", left.sites),
    ):
        if places:
            context.say(key, places="\n".join(f"  {place}" for place in places))
    context.say("purge_elsewhere")
