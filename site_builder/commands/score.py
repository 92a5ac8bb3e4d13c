"""``score``: the points of every leaf and how they follow from the rule."""

import argparse
from dataclasses import replace

from site_builder import pipeline
from site_builder.commands.arguments import add_reading, reading, tell_absent
from site_builder.commands.context import FINDINGS, OK, Context, option
from site_builder.commands.progress import working
from site_builder.messages import Catalogue
from site_builder.publishing.sinks import scores_json, scores_table

NAME = "score"


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help=option(texts, "score_format")
    )
    parser.add_argument("--steps", action="store_true", help=option(texts, "steps"))
    add_reading(parser, texts)


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Print the score sheet; exit 1 when there is no set to score by."""
    request = pipeline.Request(
        root=context.root,
        today=context.today(None),
        environment=context.environment,
        authors=True,
        **reading(arguments),
    )
    with working(context, "scoring") as on_progress:
        facts, findings = pipeline.examine(replace(request, on_progress=on_progress))
    tell_absent(facts.processed, context)
    if facts.snapshot.criteria is None:
        for finding in findings:
            context.put(context.texts.message(finding))
        return FINDINGS
    if arguments.format == "json":
        context.put(scores_json.write(facts.snapshot, facts.sheet, context.texts))
    else:
        width = None if context.out.isatty() else 0
        context.put(
            scores_table.write(
                facts.snapshot, facts.sheet, context.texts, steps=arguments.steps, width=width
            )
        )
    if facts.sheet.set_changed:
        context.say("set_changed")
        return FINDINGS
    return OK
