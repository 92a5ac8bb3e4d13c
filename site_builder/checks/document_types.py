"""Which documents carry a number and a date (decree 30/2020, articles 7 and 8), by folded names.

The lists are visible on purpose: a province may argue about them.
"""

# Issued with a number of the year's register, and a date.
NUMBERED: tuple[str, ...] = (
    "bao cao",
    "chi thi",
    "chuong trinh",
    "cong dien",
    "cong van",
    "de an",
    "du an",
    "huong dan",
    "ke hoach",
    "ket luan",
    "nghi quyet",
    "phuong an",
    "quyet dinh",
    "thong bao",
    "thong cao",
    "to trinh",
)

# Dated, but numbered only here and there: minutes, contracts, and rules issued by a decision.
DATED: tuple[str, ...] = ("bien ban", "hop dong", "quy che", "quy dinh")

# Share the number of the document they belong to.
SHARING: tuple[str, ...] = ("phu luc", "danh muc", "bang tong hop", "bieu")

# A photo or a table stands for itself, whatever the slot asks for.
UNNUMBERED_SUFFIXES: frozenset[str] = frozenset(
    {".bmp", ".csv", ".gif", ".heic", ".jpeg", ".jpg", ".ods", ".png", ".tif", ".tiff", ".webp"}
    | {".xls", ".xlsm", ".xlsx", ".mp3", ".mp4", ".wav", ".m4a", ".mov"}
)
