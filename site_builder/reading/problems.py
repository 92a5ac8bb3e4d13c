"""What can be wrong with a YAML file or front matter, whatever it describes."""

from site_builder.model.finding import Check, Severity

UNREADABLE = Check("YML001", "unreadable-yaml", Severity.ERROR, answerable=False)
DUPLICATE_KEY = Check("YML002", "duplicate-key", Severity.ERROR)
UNKNOWN_KEY = Check("YML003", "unknown-key", Severity.WARNING)
MISSING_KEY = Check("YML004", "missing-key", Severity.ERROR)
WRONG_KIND = Check("YML005", "wrong-kind-of-value", Severity.ERROR)
NOT_A_NUMBER = Check("YML006", "not-a-number", Severity.ERROR)
AMBIGUOUS_NUMBER = Check("YML007", "ambiguous-number", Severity.ERROR)
NOT_A_DATE = Check("YML008", "not-a-date", Severity.ERROR)
NOT_A_CHOICE = Check("YML009", "not-an-allowed-value", Severity.ERROR)
YAML_FEATURE = Check("YML010", "anchor-alias-or-tag", Severity.ERROR)
DIGIT_KEY = Check("YML011", "digit-only-key", Severity.ERROR)
BAD_IDENTIFIER = Check("YML012", "bad-identifier", Severity.ERROR)

READING_CHECKS: tuple[Check, ...] = (
    UNREADABLE,
    DUPLICATE_KEY,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_KIND,
    NOT_A_NUMBER,
    AMBIGUOUS_NUMBER,
    NOT_A_DATE,
    NOT_A_CHOICE,
    YAML_FEATURE,
    DIGIT_KEY,
    BAD_IDENTIFIER,
)
