"""What stands where a file was: that there was one, why it went and who answers for it.

Neither its name nor its words; both may be what had to go.
"""

from datetime import date

from site_builder.model.quoting import quoted

TOMBSTONES = "records/purged.yml"
HEADER = "purged:\n"


def entry(*, id_: str, criterion: str, reason: str, office: str, on: date) -> str:
    """One entry of ``records/purged.yml``."""
    values = {
        "id": id_,
        "tieu_chi": criterion,
        "ly_do": reason,
        "bo_phan": office,
        "ngay": on.isoformat(),
    }
    first, *rest = (f"{key}: {quoted(value)}" for key, value in values.items())
    return "".join((f"  - {first}\n", *(f"    {line}\n" for line in rest)))
