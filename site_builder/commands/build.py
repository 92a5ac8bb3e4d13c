"""``build``: the site of an edition."""

import argparse
from dataclasses import replace

from site_builder import past, pipeline
from site_builder.checks.protocols import Facts
from site_builder.checks.verdict import fails
from site_builder.commands.arguments import add_reading, day, reading, tell_absent
from site_builder.commands.context import FAILED, FINDINGS, OK, USAGE, Context, option
from site_builder.commands.parcel import (
    add_parcel,
    contradiction,
    edition_of,
    handover_of,
    parcel_of,
    tell_packed,
    tell_size,
)
from site_builder.commands.progress import working
from site_builder.messages import Catalogue, read_catalogue
from site_builder.model.finding import Finding, Severity
from site_builder.model.results import Edition
from site_builder.model.unit import Publish
from site_builder.publishing.sinks import terminal
from site_builder.registry import CHECKS_BY_CODE

NAME = "build"

ENGINES = ("mkdocs", "zensical")


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument("--engine", choices=ENGINES, default="mkdocs", help=option(texts, "engine"))
    parser.add_argument(
        "--edition",
        choices=tuple(edition.value for edition in Edition),
        default=None,
        help=option(texts, "edition"),
    )
    parser.add_argument("--strict", action="store_true", help=option(texts, "strict"))
    parser.add_argument("--today", type=day, metavar="DATE", help=option(texts, "today"))
    parser.add_argument("--since", default="", metavar="REF", help=option(texts, "since"))
    add_parcel(parser, texts)
    add_reading(parser, texts)


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Build; findings are told and fail only with ``--strict``."""
    # Pages and engines are slow to import; the commands that need neither must stay quick.
    from site_builder import rendering  # noqa: PLC0415
    from site_builder.publishing import building  # noqa: PLC0415
    from site_builder.rendering.resources import read_resources  # noqa: PLC0415

    if wrong := contradiction(arguments):
        context.say(wrong)
        return USAGE
    edition, handover = edition_of(arguments), handover_of(arguments, context)
    today = context.today(arguments.today)
    request = pipeline.Request(
        root=context.root,
        today=today,
        environment=context.environment,
        authors=True,
        pictures=True,
        **reading(arguments),
    )
    with working(context, "building") as on_progress, pipeline.open_store(request) as store:
        facts, findings = pipeline.examine(replace(request, on_progress=on_progress), store)
        snapshot = facts.snapshot
        if snapshot.criteria is None or snapshot.unit is None:
            context.put(_told(findings, context, facts, failed=True))
            context.say("build_needs_set")
            return FAILED
        if edition is Edition.PUBLIC and not _decided(snapshot.unit.publish):
            context.say("publish_not_decided")
            return FINDINGS
        texts = read_catalogue()
        try:
            changes = past.changes(request, facts, store, edition, since=arguments.since)
        except past.UnknownStateError as unknown:
            context.say("since_unknown", name=str(unknown))
            return USAGE
        results = pipeline.results_of(facts, findings, edition, changes)
        site = rendering.render(
            results,
            texts,
            read_resources(),
            repo_url=pipeline.repo_url(snapshot.site_settings),
            tag=past.submission(request, facts) if edition is Edition.ASSESSOR else "",
            checks=tuple(CHECKS_BY_CODE.values()),
            handover=handover,
        )
        if handover is not None:
            tell_size(site, context)
        site = pipeline.indexed(pipeline.with_downloads(site, results, texts))
        outcome = building.build(
            site,
            context.root,
            engine=arguments.engine or building.quickest_engine(site),
            edition=edition,
            revision=snapshot.revision,
            blob=store.read,
            forbidden=pipeline.forbidden(facts, results),
            parcel=parcel_of(handover, facts, edition),
            texts=texts,
        )
    failed = fails(
        findings, fail_on=Severity.ERROR, complete=False, today=today, unit=snapshot.unit
    )
    context.put(_told(findings, context, facts, failed=failed))
    tell_absent(facts.processed, context)
    if not outcome.ok:
        context.say("build_failed")
        context.say(outcome.reason, **outcome.params)
        return FAILED
    if outcome.packed is None:
        context.say("build_done", path=outcome.folder, home=site.home)
    else:
        tell_packed(outcome.packed, outcome.folder, context)
    return FINDINGS if arguments.strict and failed else OK


def _decided(publish: Publish | None) -> bool:
    """Somebody decided to publish, and says what, after what, and by which document."""
    return publish is not None and all((publish.what, publish.after, publish.document))


def _told(findings: tuple[Finding, ...], context: Context, facts: Facts, *, failed: bool) -> str:
    return terminal.write(
        findings,
        context.texts,
        facts.snapshot,
        colours=context.out.isatty() and not context.environment.get("NO_COLOR"),
        show_all=False,
        failed=failed,
    )
