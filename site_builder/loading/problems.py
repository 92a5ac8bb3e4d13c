"""What only the one who touches the disk can find."""

from site_builder.model.finding import Check, Severity

EMPTY_REPOSITORY = Check("SYS001", "empty-repository", Severity.ERROR, answerable=False)
CRITERIA_ABSENT = Check("SYS002", "criteria-absent", Severity.ERROR, answerable=False)
UNIT_ABSENT = Check("SYS003", "unit-absent", Severity.ERROR, answerable=False)
EVIDENCE_ABSENT = Check("SYS004", "evidence-absent", Severity.ERROR, answerable=False)
UNREADABLE_FILE = Check("SYS005", "unreadable-file", Severity.ERROR, answerable=False)
UNREADABLE_FOLDER = Check("SYS006", "unreadable-folder", Severity.ERROR, answerable=False)
SYMLINK = Check("SYS007", "symlink", Severity.ERROR)
NOT_A_FILE = Check("SYS008", "neither-file-nor-folder", Severity.ERROR)
HISTORY_UNKNOWN = Check("SYS009", "history-unknown", Severity.NOTICE)
SETTING_REFUSED = Check("SYS010", "site-setting-refused", Severity.ERROR)

NOT_TEXT = Check("EXP001", "explanation-is-no-text", Severity.ERROR, answerable=False)
NO_CLOSING_LINE = Check("EXP002", "declarations-not-closed", Severity.ERROR)
NO_OPENING_LINE = Check("EXP003", "declarations-not-opened", Severity.ERROR)
TWO_EXPLANATIONS = Check("EXP004", "two-explanations", Severity.WARNING)
BAD_DOCX = Check("EXP005", "explanation-docx-unreadable", Severity.ERROR, answerable=False)
TOO_LONG = Check("EXP006", "explanation-too-long", Severity.ERROR)

LOADING_CHECKS: tuple[Check, ...] = (
    EMPTY_REPOSITORY,
    CRITERIA_ABSENT,
    UNIT_ABSENT,
    EVIDENCE_ABSENT,
    UNREADABLE_FILE,
    UNREADABLE_FOLDER,
    SYMLINK,
    NOT_A_FILE,
    HISTORY_UNKNOWN,
    SETTING_REFUSED,
    NOT_TEXT,
    NO_CLOSING_LINE,
    NO_OPENING_LINE,
    TWO_EXPLANATIONS,
    BAD_DOCX,
    TOO_LONG,
)
