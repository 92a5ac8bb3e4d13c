"""Scores: the rules of a set bound to its leaves, and the sheet that they give.

``bind`` turns criteria.yml into rules once; ``score`` applies them to what the officers wrote.
"""

from site_builder.scoring.binding import bind, rule_schema
from site_builder.scoring.findings import SCORING_CHECKS
from site_builder.scoring.rules import SCORING_RULES
from site_builder.scoring.sheet import score

__all__ = ["SCORING_CHECKS", "SCORING_RULES", "bind", "rule_schema", "score"]
