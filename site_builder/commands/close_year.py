"""``close-year``: keeps the results of a period, for the next one to be compared with."""

import argparse

from site_builder import comparing, past
from site_builder.commands.approve import examined, fit, put
from site_builder.commands.arguments import day
from site_builder.commands.context import FINDINGS, OK, Context, option
from site_builder.messages import Catalogue

NAME = "close-year"


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument("--date", type=day, metavar="DATE", help=option(texts, "close_date"))
    parser.add_argument("--yes", action="store_true", help=option(texts, "close_yes"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Say what would be kept; with ``--yes`` keep it."""
    facts, _ = examined(context)
    if not fit(facts, context):
        return FINDINGS
    state = past.state_now(facts)
    path = comparing.history_path(state.period)
    if not path:
        context.say("close_bad_period", period=state.period)
        return FINDINGS
    totals = state.totals
    context.say(
        "close_state",
        period=state.period,
        leaves=len(state.leaves),
        files=sum(len(leaf.files) for leaf in state.leaves.values()),
        points=(totals.claimed or 0) + (totals.decided or 0),
    )
    if not arguments.yes:
        context.say("close_preview")
        return OK
    put(context.root / path, comparing.write_year(state, context.today(arguments.date)))
    context.say("close_done", path=path, period=state.period)
    return OK
