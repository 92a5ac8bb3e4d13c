"""The shapes that a rule of criteria.yml can have, one file each.

A new shape is a file here and a line in ``SCORING_RULES``.
"""

from site_builder.scoring.rules.all_or_nothing import AllOrNothing
from site_builder.scoring.rules.case import Case
from site_builder.scoring.rules.checklist import Checklist
from site_builder.scoring.rules.compare import Compare
from site_builder.scoring.rules.deadline import Deadline
from site_builder.scoring.rules.deduction import Deduction
from site_builder.scoring.rules.external import External
from site_builder.scoring.rules.fixed import Fixed
from site_builder.scoring.rules.formula import Formula
from site_builder.scoring.rules.gate import Gate
from site_builder.scoring.rules.increment import Increment
from site_builder.scoring.rules.judged import Judged
from site_builder.scoring.rules.levels import Levels
from site_builder.scoring.rules.per_item import PerItem
from site_builder.scoring.rules.ratio import Ratio
from site_builder.scoring.rules.survey import Survey
from site_builder.scoring.settings import Shape

SCORING_RULES: tuple[type[Shape], ...] = (
    AllOrNothing,
    Checklist,
    Levels,
    Ratio,
    PerItem,
    Deduction,
    Deadline,
    Increment,
    Compare,
    Gate,
    Case,
    Survey,
    External,
    Judged,
    Fixed,
    Formula,
)
