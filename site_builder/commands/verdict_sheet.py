"""``verdict-sheet``: a workbook for assessors who do not work in the site."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from site_builder import pipeline
from site_builder.commands.context import FINDINGS, OK, USAGE, Context, option
from site_builder.importing.workbook import Line, Plan, write
from site_builder.messages import Catalogue, read_catalogue
from site_builder.model.criteria import CriteriaSet
from site_builder.model.digest import Digests, digests
from site_builder.model.score import ScoreSheet
from site_builder.model.verdict import is_appraised

NAME = "verdict-sheet"


def add_arguments(parser: argparse.ArgumentParser, texts: Catalogue) -> None:
    """Declare the options."""
    parser.add_argument("--round", required=True, metavar="ROUND", help=option(texts, "round"))
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help=option(texts, "sheet_out")
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Write the workbook; never over one that may be filled in already."""
    request = pipeline.Request(
        root=context.root, today=context.today(None), environment=context.environment
    )
    facts, _ = pipeline.examine(request)
    snapshot = facts.snapshot
    criteria, unit = snapshot.criteria, snapshot.unit
    if criteria is None or unit is None or snapshot.set_changed:
        context.say("verdicts_need_set")
        return FINDINGS
    titles = {each.id: each.title for each in unit.period.rounds}
    if arguments.round not in titles:
        context.say("unknown_round", round=arguments.round, rounds=tuple(titles) or ("-",))
        return USAGE
    texts = read_catalogue("cli", "pages")
    plan = Plan(
        unit=unit.name,
        period=unit.period.id,
        round=arguments.round,
        round_title=titles[arguments.round],
        criteria_set=criteria.digest,
        places=criteria.places,
        lines=tuple(_lines(criteria, facts.sheet, digests(snapshot), texts)),
    )
    data = write(plan, texts.table("cli", "verdict_sheet"))
    try:
        with arguments.out.open("xb") as file:
            file.write(data)
    except FileExistsError:
        context.say("sheet_exists", path=str(arguments.out))
        return FINDINGS
    except OSError:
        context.say("sheet_not_written", path=str(arguments.out))
        return FINDINGS
    context.say("sheet_done", path=str(arguments.out), count=len(plan.judged))
    return OK


def _lines(
    criteria: CriteriaSet, sheet: ScoreSheet, known: Digests, texts: Catalogue
) -> Iterator[Line]:
    for criterion in criteria.by_id.values():
        leaf, node = sheet.leaves.get(criterion.id), sheet.nodes.get(criterion.id)
        judged = criterion.is_leaf and is_appraised(criterion.scored_by)
        others = criterion.is_leaf and not judged
        yield Line(
            id=criterion.id,
            title=criterion.title,
            level=criterion.depth,
            max_points=criterion.max_points,
            asked=leaf.asked if leaf else node.claimed if node else None,
            digest=known.leaves.get(criterion.id, "") if judged else "",
            remark=texts.text("pages", "scored_by", criterion.scored_by.value) if others else "",
        )
