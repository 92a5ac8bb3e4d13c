"""The whole flow on one screen: load, bind, score, check, render, publish.

Everything that touches the clock or the environment comes in as an argument, so that the same
arguments always give the same values.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from site_builder import checks, loading, processing, scoring
from site_builder.checks.protocols import Facts
from site_builder.messages import Catalogue
from site_builder.model.approval import approval_status
from site_builder.model.change import NOT_COMPARED, Changes
from site_builder.model.editions import for_edition, shown_files
from site_builder.model.enriching import enriched
from site_builder.model.finding import Finding
from site_builder.model.processed import NOT_PROCESSED, Processed
from site_builder.model.results import Edition, Results
from site_builder.model.site import DOWNLOADS, Site
from site_builder.model.snapshot import Snapshot
from site_builder.registry import KNOWN_CODES


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a run works on.

    Attributes:
        root: content folder (criteria.yml, unit.yml, evidence/, records/, mkdocs.yml).
        today: the day in Asia/Ho_Chi_Minh.
        environment: variables of the process; CI describes the host in them.
        fast: look neither into files nor into Git.
        authors: find out who brought each file (pages show it).
        pictures: previews and excerpts will be shown, so they must all be there.
        ocr: recognise the text of scans, also when unit.yml does not ask for it.
        retry: read once more the files on which a reader was lost.
        jobs: how many files are read at a time; None is as many as the machine feeds.
        cluster: address of a Dask scheduler that reads instead of this machine; "" for none.
        on_progress: is told how many files were read, and of how many.
    """

    root: Path
    today: date
    environment: Mapping[str, str]
    fast: bool = False
    authors: bool = False
    pictures: bool = False
    ocr: bool = False
    retry: bool = False
    jobs: int | None = None
    cluster: str = ""
    on_progress: Callable[[int, int], None] | None = None


def open_store(request: Request) -> processing.Store:
    """What was read out of evidence files; to be closed."""
    return processing.open_store(request.root, request.environment)


def examine(
    request: Request, store: processing.Store | None = None
) -> tuple[Facts, tuple[Finding, ...]]:
    """Read, score and judge the content; everything ``check`` and ``score`` print.

    Args:
        request: what to work on.
        store: the open store, for who wants pictures and texts out of it afterwards.
    """
    if store is None:
        with open_store(request) as own:
            return examine(request, own)
    snapshot, loaded = loading.load(
        request.root,
        fast=request.fast,
        hash_all=not request.fast,
        authors=request.authors,
        environment=request.environment,
    )
    processed = read_files(snapshot, request, store)
    snapshot = enriched(snapshot, processed)
    rules, bound = scoring.bind(snapshot.criteria) if snapshot.criteria else ({}, ())
    sheet = scoring.score(snapshot, rules)
    facts = Facts(
        snapshot=snapshot,
        rules=rules,
        sheet=sheet,
        today=request.today,
        processed=processed,
        loaded=(*loaded, *bound),
        known_codes=KNOWN_CODES,
    )
    return facts, checks.run(facts)


def read_files(snapshot: Snapshot, request: Request, store: processing.Store) -> Processed:
    """What the evidence files say; nothing when there is nobody whose files they are."""
    unit = snapshot.unit
    if request.fast or snapshot.criteria is None or unit is None:
        return NOT_PROCESSED
    trusted = unit.options.trust_folder
    settings = processing.Settings(
        recognise=request.ocr or unit.options.ocr,
        trust_folder=str((request.root / trusted).resolve()) if trusted else "",
    )
    with processing.connected(request.cluster) as cluster:
        processed = processing.process(
            snapshot.files(),
            request.root,
            settings=settings,
            store=store,
            jobs=cluster.threads if cluster else request.jobs,
            executor=cluster.executor if cluster else None,
            on_progress=request.on_progress,
            retry=request.retry,
            whole=request.pictures,
        )
    if not request.pictures:
        return processed
    processed = processing.load_excerpts(processed, store)
    return replace(processed, texts=processing.load_texts(processed, store))


def results_of(
    facts: Facts,
    findings: tuple[Finding, ...],
    edition: Edition,
    changes: Changes = NOT_COMPARED,
) -> Results:
    """The bundle for an edition, without what that edition must not show."""
    everything = Results(
        snapshot=facts.snapshot,
        rules=facts.rules,
        sheet=facts.sheet,
        findings=findings,
        today=facts.today,
        processed=facts.processed,
        digests=facts.digests,
        approval=approval_status(facts.snapshot, facts.digests),
        changes=changes,
    )
    return for_edition(everything, edition)


# Beside the pages of the period; the page of results knows it.
INDEX_FOLDER = "tim"


def indexed(site: Site) -> Site:
    """The site with the index of everything that can be found in it."""
    folder = f"{site.home.rpartition('/')[0]}/{INDEX_FOLDER}"
    # Only sites need these, and a check must not wait for them to be imported.
    from site_builder import searching  # noqa: PLC0415

    scripts = searching.build_index(site.search)
    return replace(site, index={f"{folder}/{name}": data for name, data in scripts.items()})


def with_downloads(site: Site, results: Results, texts: Catalogue) -> Site:
    """The site with the files that its pages offer for download."""
    folder = f"{site.home.rpartition('/')[0]}/{DOWNLOADS}"
    from site_builder import reports  # noqa: PLC0415 - as above

    made = reports.make(results, texts)
    return replace(site, downloads={f"{folder}/{name}": data for name, data in made.items()})


_REPO_URL = re.compile(r"""^repo_url:[ \t]*["']?(https?://[^\s"'#]+)""", re.MULTILINE)


def repo_url(settings: bytes) -> str:
    """Address of the repository on its forge, from mkdocs.yml; "" when it names none."""
    found = _REPO_URL.search(settings.decode())
    return found[1].rstrip("/") if found else ""


def forbidden(facts: Facts, results: Results) -> frozenset[str]:
    """Names and hashes of files that an edition holds nothing of, for the last guard.

    Editions are made by construction; this list only lets ``publishing`` prove it once more.
    """
    shown = {file.path for file in shown_files(results.snapshot)}
    shown_hashes = {
        file.sha256 for file in facts.snapshot.files() if file.path in shown and file.sha256
    }
    shown_names = {path.rpartition("/")[2] for path in shown}
    words: set[str] = set()
    for file in facts.snapshot.files():
        if file.path in shown:
            continue
        words.update({file.path} | ({file.name} - shown_names))
        if file.sha256 and file.sha256 not in shown_hashes:
            # Whole, as pages name it; shortened, as the folder of its pictures is called.
            words.update((file.sha256, file.sha256[:_PICTURES_DIGITS]))
    return frozenset(words)


_PICTURES_DIGITS = 16
