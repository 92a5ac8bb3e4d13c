"""The whole flow on one screen: load, bind, score, check, render, publish.

Everything that touches the clock or the environment comes in as an argument, so that the same
arguments always give the same values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from site_builder import checks, loading, publishing, rendering, scoring
from site_builder.checks.protocols import Facts
from site_builder.messages import Catalogue
from site_builder.model.editions import for_edition
from site_builder.model.finding import Finding
from site_builder.model.results import Edition, Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a run works on.

    Attributes:
        root: content folder (criteria.yml, unit.yml, evidence/, records/, mkdocs.yml).
        today: the day in Asia/Ho_Chi_Minh.
        environment: variables of the process; CI describes the host in them.
        fast: look neither into files nor into Git.
        hash_all: hash every evidence file (publishing needs it).
    """

    root: Path
    today: date
    environment: Mapping[str, str]
    fast: bool = False
    hash_all: bool = False


def examine(request: Request) -> tuple[Facts, tuple[Finding, ...]]:
    """Read, score and judge the content; everything ``check`` and ``score`` print."""
    snapshot, loaded = loading.load(
        request.root,
        fast=request.fast,
        hash_all=request.hash_all,
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


def templates() -> dict[str, str]:
    """The page templates by file name."""
    folder = files("site_builder.rendering") / "templates"
    return {
        entry.name: entry.read_text("utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".jinja")
    }
