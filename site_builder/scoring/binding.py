"""From the rules as written in criteria.yml to rules that score, with what is wrong with them."""

from collections.abc import Mapping
from typing import Any

from site_builder.model.criteria import CriteriaSet, Criterion, ScoredBy
from site_builder.model.finding import Finding, Severity
from site_builder.model.node import MappingNode, Node, ScalarNode
from site_builder.model.rule import Rule
from site_builder.model.text import fold_key
from site_builder.reading.fields import Describe, Report
from site_builder.scoring.findings import (
    DUPLICATE_INPUT,
    RULE_MISFITS_SCORER,
    RULE_MISSES_MAX,
    UNKNOWN_RULE,
)
from site_builder.scoring.rules import SCORING_RULES
from site_builder.scoring.settings import Context, Shape, repeated

NESTING_LIMIT = 6
_SHAPE_KEY = "shape"
_SHAPES: Mapping[str, type[Shape]] = {shape.shape: shape for shape in SCORING_RULES}


def bind(criteria: CriteriaSet) -> tuple[Mapping[str, Rule], tuple[Finding, ...]]:
    """The rules of a set by leaf id; a leaf whose rule is unusable is absent and reported."""
    report = Report(criteria.path)
    rules: dict[str, Rule] = {}
    for leaf in criteria.leaves:
        if leaf.rule is None:
            # That a self-scored leaf needs one is for a check to say; others may go without.
            continue
        report.criterion = leaf.id
        context = Context(report, leaf.max_points, leaf.title, _bind_inner)
        rule = _bind(leaf.rule, context)
        if rule is not None and _fits(leaf, leaf.rule, rule, report):
            rules.setdefault(leaf.id, rule)
    return rules, tuple(report.findings)


def rule_schema(describe: Describe) -> dict[str, Any]:
    """JSON Schema of a rule, one alternative per shape; nested rules refer to ``#/$defs/rule``."""
    alternatives = []
    for shape in SCORING_RULES:
        schema = shape.SETTINGS.schema(describe)
        properties = {_SHAPE_KEY: {"const": shape.shape}, **schema["properties"]}
        required = [_SHAPE_KEY, *schema["required"]]
        alternatives.append({**schema, "properties": properties, "required": required})
    return {"oneOf": alternatives}


def _bind_inner(node: MappingNode, context: Context) -> Rule | None:
    inner = Context(
        context.report, context.max_points, context.title, _bind_inner, context.depth + 1
    )
    if inner.depth > NESTING_LIMIT:
        context.bad(node, "depth", "depth", depth=NESTING_LIMIT)
        return None
    return _bind(node, inner)


def _bind(node: MappingNode, context: Context) -> Rule | None:
    report = context.report
    found = _shape(node, report)
    if found is None:
        return None
    shape, settings = found
    before, lost = len(report.findings), report.lost
    values = shape.SETTINGS.read(settings, "rule", report)
    if any(found.check.severity is Severity.ERROR for found in report.findings[before:]):
        return None
    if report.lost > lost:
        return None
    return shape.bind(values, settings, context)


def _shape(node: MappingNode, report: Report) -> tuple[type[Shape], MappingNode] | None:
    """The shape that a rule names, and the rule without that key."""
    place = _place_of_shape(node)
    named = None if place is None else node.entries[place][1]
    text = named.text.strip() if isinstance(named, ScalarNode) else ""
    shape = _SHAPES.get(text) or _SHAPES.get(fold_key(text))
    if shape is None:
        if named is None or not report.lose(named):
            _unknown(named or node, text, report)
        return None
    rest = [entry for at, entry in enumerate(node.entries) if at != place]
    return shape, MappingNode(rest, node.line, node.column, flow=node.flow)


def _place_of_shape(node: MappingNode) -> int | None:
    for place, (key, _) in enumerate(node.entries):
        if key.text == _SHAPE_KEY:
            return place
    for place, (key, _) in enumerate(node.entries):
        if fold_key(key.text) == _SHAPE_KEY:
            return place
    return None


def _unknown(node: Node, text: str, report: Report) -> None:
    from difflib import get_close_matches  # noqa: PLC0415 - only on a mistake

    near = get_close_matches(fold_key(text), _SHAPES, n=1)
    params: dict[str, object] = {"shape": text[:80], "allowed": tuple(_SHAPES)}
    if not text:
        params["variant"] = "absent"
    elif near:
        params |= {"variant": "near", "near": near[0]}
    report.add(UNKNOWN_RULE, node, text[:80], **params)


def _fits(leaf: Criterion, node: MappingNode, rule: Rule, report: Report) -> bool:
    """The rule fits its leaf; False when it could only give a wrong score."""
    # Without a maximum (reported elsewhere) there is nothing to compare with.
    if rule.most is not None and 0 < leaf.max_points != rule.most:
        variant = "more" if rule.most > leaf.max_points else "less"
        report.add(RULE_MISSES_MAX, node, variant=variant, most=rule.most, max=leaf.max_points)
    wanted = _misfit(leaf.scored_by, rule.shape)
    if wanted:
        report.add(
            RULE_MISFITS_SCORER,
            node,
            variant=wanted,
            shape=rule.shape,
            scored_by=leaf.scored_by.value,
        )
    specs = rule.inputs(None)
    twice = repeated([spec.id for spec in specs])
    for spec in specs:
        if spec.options:
            twice += repeated([option.id for option in spec.options])
    for id_ in twice:
        report.add(DUPLICATE_INPUT, node, id_, id=id_)
    return not twice


def _misfit(scored_by: ScoredBy, shape: str) -> str:
    """What kind of rule the scorer wants instead; "" when the rule fits."""
    if scored_by is ScoredBy.SURVEY:
        return "" if shape == "survey" else "survey"
    if scored_by is ScoredBy.SELF:
        return "self" if shape in {"survey", "external"} else ""
    # A higher body may give points, or the figures from which any other rule counts them.
    return "others" if shape == "survey" else ""
