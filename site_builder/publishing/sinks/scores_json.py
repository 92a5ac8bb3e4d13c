"""The score sheet for machines; ``schema scores`` describes it."""

from decimal import Decimal

from site_builder.messages import Catalogue
from site_builder.model.score import Awarded, LeafScore, NodeScore, ScoreSheet
from site_builder.model.snapshot import Snapshot
from site_builder.publishing.sinks.plain import as_json

VERSION = 1


def write(snapshot: Snapshot, sheet: ScoreSheet, texts: Catalogue) -> str:
    """The whole sheet; points are strings, so that no reader loses a hundredth."""
    criteria, unit = snapshot.criteria, snapshot.unit
    document = {
        "version": VERSION,
        "criteria_set": {"id": criteria.id, "digest": criteria.digest} if criteria else None,
        "period": unit.period.id if unit else None,
        "commit": snapshot.revision.commit or None,
        "draft": snapshot.revision.dirty or not snapshot.revision.commit,
        "set_changed": sheet.set_changed,
        "total": _node(sheet.total),
        "bonus": _points(sheet.bonus),
        "percent": _points(sheet.percent),
        "class": sheet.class_title or None,
        "class_is_estimate": sheet.class_is_estimate,
        "nodes": {id_: _node(node) for id_, node in sheet.nodes.items()},
        "leaves": {id_: _leaf(leaf, texts) for id_, leaf in sheet.leaves.items()},
    }
    return as_json(document)


def _points(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _node(node: NodeScore) -> dict[str, object]:
    return {
        "max_points": _points(node.max_points),
        "applicable_max": _points(node.applicable_max),
        "self_max": _points(node.self_max),
        "pending_max": _points(node.pending_max),
        "claimed": _points(node.claimed),
        "at_risk": _points(node.at_risk),
        "decided": _points(node.decided),
        "computed": _points(node.computed),
        "appraised": _points(node.appraised),
        "appraised_max": _points(node.appraised_max),
        "final": _points(node.final),
        "final_max": _points(node.final_max),
        "low": _points(node.low),
        "high": _points(node.high),
        "unscored": list(node.unscored),
    }


def _leaf(leaf: LeafScore, texts: Catalogue) -> dict[str, object]:
    by_rule: dict[str, object]
    if isinstance(leaf.by_rule, Awarded):
        by_rule = {
            "points": _points(leaf.by_rule.points),
            "because": list(texts.steps(leaf.by_rule)),
        }
    else:
        by_rule = {
            "points": None,
            "reason": leaf.by_rule.reason,
            "because": [texts.reason(leaf.by_rule)],
        }
    return {
        "max_points": _points(leaf.max_points),
        "counted_max": _points(leaf.counted_max),
        "by_rule": by_rule,
        "proposed": _points(leaf.proposed),
        "claimed": _points(leaf.claimed),
        "at_risk": _points(leaf.at_risk),
        "not_applicable": leaf.not_applicable,
        "decided": _points(leaf.decided),
        "appraised": {round_: _points(points) for round_, points in leaf.appraised.items()},
        "final": _points(leaf.final),
    }
