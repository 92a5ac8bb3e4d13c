"""The score sheet as a text table for the terminal."""

from textwrap import shorten

from site_builder.messages import Catalogue
from site_builder.model.score import Awarded, LeafScore, NodeScore, ScoreSheet
from site_builder.model.snapshot import Snapshot
from site_builder.publishing.sinks.plain import paragraph, plain
from site_builder.reading.numbers import show_number

TITLE_WIDTH = 56


def write(
    snapshot: Snapshot, sheet: ScoreSheet, texts: Catalogue, *, steps: bool, width: int | None
) -> str:
    """One line a criterion: id, title, maximum, claimed, at risk, remark.

    With ``steps``, under each leaf how its points follow from the rule. ``width`` 0 leaves
    titles whole (a pipe); None cuts them to fit a terminal.
    """
    criteria = snapshot.criteria
    if criteria is None:
        return ""
    words = texts.table("cli", "score_table")
    places = criteria.places
    rows: list[tuple[str, str, str, str, str]] = [
        (words["id"], words["title"], words["max"], words["claimed"], words["remark"])
    ]
    details: dict[int, tuple[str, ...]] = {}
    for node in criteria.walk():
        title = "  " * node.depth + paragraph(node.title)
        if width is None:
            title = shorten(title.strip(), TITLE_WIDTH - 2 * node.depth, placeholder="\u2026")
            title = "  " * node.depth + title
        score = sheet.leaves.get(node.id) or sheet.nodes.get(node.id)
        claimed, remark = _told(score, texts, places)
        rows.append((node.id, title, show_number(node.max_points, places), claimed, plain(remark)))
        if steps and isinstance(score, LeafScore) and isinstance(score.by_rule, Awarded):
            details[len(rows) - 1] = texts.steps(score.by_rule)
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = []
    for place, row in enumerate(rows):
        line = (
            f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]:>{widths[2]}}  "
            f"{row[3]:>{widths[3]}}  {row[4]}"
        )
        lines.append(line.rstrip())
        lines.extend(f"{'':<{widths[0]}}      {plain(step)}" for step in details.get(place, ()))
    lines.append("")
    lines.extend(map(plain, headline(sheet, texts, places)))
    return "\n".join(lines) + "\n"


def headline(sheet: ScoreSheet, texts: Catalogue, places: int) -> tuple[str, ...]:
    """The totals in sentences: claimed of its maximum, what others decide, class."""
    total = sheet.total
    lines = [
        texts.text(
            "cli",
            "score_table",
            "headline" if total.low < total.high else "whole",
            claimed=show_number(total.claimed, places),
            self_max=show_number(total.self_max, places),
            pending=show_number(total.pending_max, places),
            low=show_number(total.low, places),
            high=show_number(total.high, places),
        )
    ]
    if total.unscored:
        lines.append(
            texts.text(
                "cli",
                "score_table",
                "unscored",
                count=len(total.unscored),
                ids=total.unscored,
                points=show_number(total.unscored_max, places),
            )
        )
    if sheet.percent is not None:
        key = "estimate" if sheet.class_is_estimate else "class"
        lines.append(
            texts.text(
                "cli",
                "score_table",
                key,
                percent=show_number(sheet.percent, 2),
                class_title=sheet.class_title or texts.text("cli", "score_table", "no_class"),
            )
        )
    return tuple(lines)


def _told(score: LeafScore | NodeScore | None, texts: Catalogue, places: int) -> tuple[str, str]:
    if score is None:
        return "", ""
    words = texts.table("cli", "score_table")
    if isinstance(score, NodeScore):
        return _told_of_node(score, texts, places)
    if score.not_applicable:
        return "" if score.claimed is None else show_number(score.claimed, places), words[
            "not_applicable"
        ]
    if score.decided is not None:
        return show_number(score.decided, places), words["decided"]
    if score.claimed is None:
        return "", texts.reason(score.by_rule)
    remarks = []
    if score.proposed is not None:
        by_rule = (
            show_number(score.by_rule.points, places)
            if isinstance(score.by_rule, Awarded)
            else words["none"]
        )
        remarks.append(texts.text("cli", "score_table", "proposed", by_rule=by_rule))
    if score.at_risk:
        remarks.append(
            texts.text("cli", "score_table", "at_risk", points=show_number(score.at_risk, places))
        )
    return show_number(score.claimed, places), "; ".join(remarks)


def _told_of_node(score: NodeScore, texts: Catalogue, places: int) -> tuple[str, str]:
    """Points so far, and what is not in them yet; no 0,00 while nothing below has points."""
    points = score.claimed + score.decided
    remarks = []
    if score.unscored:
        count = len(score.unscored)
        remarks.append(texts.text("cli", "score_table", "unscored_below", count=count))
    if score.pending_max:
        pending = show_number(score.pending_max, places)
        remarks.append(texts.text("cli", "score_table", "pending_below", points=pending))
    open_max = score.pending_max + score.unscored_max
    nothing_yet = not points and open_max == score.applicable_max > 0
    return "" if nothing_yet else show_number(points, places), "; ".join(remarks)
