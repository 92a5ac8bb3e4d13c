"""A verdict sheet as it is kept: the same lines that the pages of a site write."""

from collections.abc import Iterator

from site_builder.model.quoting import quoted
from site_builder.model.verdict import Decision, Verdict, VerdictSheet


def as_yaml(sheet: VerdictSheet, comment: str) -> str:
    """The file's text; equal rows give equal bytes.

    Args:
        sheet: rows in the order in which they are written.
        comment: its first line, for people.
    """
    lines = [f"# {comment}", "verdicts:"]
    for row in sheet.verdicts:
        for number, (key, value) in enumerate(_pairs(row)):
            lines.append(f"{'    ' if number else '  - '}{key}: {quoted(value)}")
    return "\n".join(lines) + "\n"


def _pairs(row: Verdict) -> Iterator[tuple[str, str]]:
    yield "don_vi", row.unit
    yield "ky", row.period
    yield "dot", row.round
    yield "tieu_chi", row.leaf
    yield "ma_noi_dung", row.leaf_digest
    yield "nguoi_tham_dinh", row.assessor
    yield "ket_luan", row.decision.value
    if row.decision is Decision.RESCORE and row.points is not None:
        yield "diem", f"{row.points:f}".replace(".", ",")
    optional = (("ly_do", row.reason), ("can_bo_sung", row.demand), ("ghi_chu", row.note))
    yield from ((key, value) for key, value in optional if value)
    if row.at is not None:
        yield "luc", row.at.isoformat()
