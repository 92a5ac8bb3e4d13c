"""``init``: the folder tree and a template for every leaf; never overwrites."""

import argparse
from dataclasses import replace

from site_builder import pipeline
from site_builder.commands.context import FINDINGS, OK, Context, option
from site_builder.messages import Catalogue
from site_builder.model.finding import Severity
from site_builder.scaffolding.clean import shelve_sample
from site_builder.scaffolding.plan import plan_folders
from site_builder.scaffolding.writing import write_new

NAME = "init"


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument("--clean-sample", action="store_true", help=option(texts, "clean_sample"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Create what is missing and say what was created."""
    request = pipeline.Request(
        root=context.root,
        today=context.today(None),
        environment=context.environment,
        fast=True,
    )
    facts, findings = pipeline.examine(request)
    criteria = facts.snapshot.criteria
    if criteria is None or not criteria.fields:
        for finding in findings:
            if finding.check.severity is Severity.ERROR:
                context.put(context.texts.message(finding))
        context.say("init_needs_set")
        return FINDINGS
    if arguments.clean_sample and (context.root / "evidence").exists():
        period = facts.snapshot.unit.period.id if facts.snapshot.unit else "cu"
        shelf = shelve_sample(context.root, period)
        context.say("sample_shelved", path=shelf.relative_to(context.root).as_posix())
        facts, _ = pipeline.examine(replace(request))
    planned = plan_folders(facts.snapshot, facts.rules, context.texts)
    created = write_new(context.root, planned)
    context.say("init_done", created=len(created), kept=len(planned) - len(created))
    if created:
        context.say("init_next", first=created[0])
    return OK
