"""The whole flow on one screen: load, bind, score, check, render, publish.

Everything that touches the clock or the environment comes in as an argument, so that the same
arguments always give the same values.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder import checks, loading, scoring
from site_builder.checks.protocols import Facts
from site_builder.model.editions import for_edition
from site_builder.model.finding import Finding
from site_builder.model.results import Edition, Results
from site_builder.registry import KNOWN_CODES


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a run works on.

    Attributes:
        root: content folder (criteria.yml, unit.yml, evidence/, records/, mkdocs.yml).
        today: the day in Asia/Ho_Chi_Minh.
        environment: variables of the process; CI describes the host in them.
        fast: look neither into files nor into Git.
        hash_all: hash every evidence file (publishing needs it).
        authors: find out who brought each file (pages show it).
    """

    root: Path
    today: date
    environment: Mapping[str, str]
    fast: bool = False
    hash_all: bool = False
    authors: bool = False


def examine(request: Request) -> tuple[Facts, tuple[Finding, ...]]:
    """Read, score and judge the content; everything ``check`` and ``score`` print."""
    snapshot, loaded = loading.load(
        request.root,
        fast=request.fast,
        hash_all=request.hash_all,
        authors=request.authors,
        environment=request.environment,
    )
    rules, bound = scoring.bind(snapshot.criteria) if snapshot.criteria else ({}, ())
    sheet = scoring.score(snapshot, rules)
    facts = Facts(
        snapshot=snapshot,
        rules=rules,
        sheet=sheet,
        today=request.today,
        loaded=(*loaded, *bound),
        known_codes=KNOWN_CODES,
    )
    return facts, checks.run(facts)


def results_of(facts: Facts, findings: tuple[Finding, ...], edition: Edition) -> Results:
    """The bundle for an edition, without what that edition must not show."""
    everything = Results(
        snapshot=facts.snapshot,
        rules=facts.rules,
        sheet=facts.sheet,
        findings=findings,
        today=facts.today,
    )
    return for_edition(everything, edition)


_REPO_URL = re.compile(r"""^repo_url:[ \t]*["']?(https?://[^\s"'#]+)""", re.MULTILINE)


def repo_url(settings: bytes) -> str:
    """Address of the repository on its forge, from mkdocs.yml; "" when it names none."""
    found = _REPO_URL.search(settings.decode())
    return found[1].rstrip("/") if found else ""


def forbidden(facts: Facts, results: Results) -> frozenset[str]:
    """Names and hashes of files that an edition holds nothing of, for the last guard.

    Editions are made by construction; this list only lets ``publishing`` prove it once more.
    """
    shown = {
        file.path
        for dossier in results.snapshot.dossiers.values()
        for document in dossier.documents
        for file in document.files
    }
    shown_hashes = {
        file.sha256 for file in facts.snapshot.files() if file.path in shown and file.sha256
    }
    shown_names = {path.rpartition("/")[2] for path in shown}
    words: set[str] = set()
    for file in facts.snapshot.files():
        if file.path in shown or file.sha256 in shown_hashes:
            continue
        words.update({file.path} | ({file.name} - shown_names))
        if file.sha256:
            words.add(file.sha256)
    return frozenset(words)
