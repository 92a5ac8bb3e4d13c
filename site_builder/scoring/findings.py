"""What can be wrong with the rules of a set; the words are in messages/vi/checks.toml."""

from site_builder.model.finding import Check, Severity

UNKNOWN_RULE = Check("SCO001", "unknown-scoring-rule", Severity.ERROR)
BAD_SETTINGS = Check("SCO002", "bad-rule-settings", Severity.ERROR)
OVERLAPPING_BANDS = Check("SCO003", "overlapping-bands", Severity.ERROR)
GAPPED_BANDS = Check("SCO004", "gapped-bands", Severity.ERROR)
DUPLICATE_INPUT = Check("SCO005", "duplicate-input", Severity.ERROR)
RULE_MISSES_MAX = Check("SCO006", "rule-misses-max-points", Severity.ERROR)
RULE_MISFITS_SCORER = Check("SCO007", "rule-misfits-scorer", Severity.ERROR)
LATE_STEPS_DISORDERED = Check("SCO008", "late-steps-disordered", Severity.ERROR)

SCORING_CHECKS: tuple[Check, ...] = (
    UNKNOWN_RULE,
    BAD_SETTINGS,
    OVERLAPPING_BANDS,
    GAPPED_BANDS,
    DUPLICATE_INPUT,
    RULE_MISSES_MAX,
    RULE_MISFITS_SCORER,
    LATE_STEPS_DISORDERED,
)
