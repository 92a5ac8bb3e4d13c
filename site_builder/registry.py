"""Every check there is, wherever it is reported; stages may not ask one another."""

from collections.abc import Mapping

from site_builder import checks
from site_builder.loading.problems import LOADING_CHECKS
from site_builder.model.finding import Check
from site_builder.reading.problems import READING_CHECKS
from site_builder.scoring.findings import SCORING_CHECKS

ALL_CHECKS: tuple[Check, ...] = (
    *READING_CHECKS,
    *LOADING_CHECKS,
    *SCORING_CHECKS,
    *checks.check_constants(),
)

CHECKS_BY_CODE: Mapping[str, Check] = {
    check.code: check for check in sorted(ALL_CHECKS, key=lambda check: check.code)
}

KNOWN_CODES: frozenset[str] = frozenset(CHECKS_BY_CODE)
