"""records/verdicts/<round>/: sheets of assessors, and quyet-dinh.yml of their council."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from site_builder.loading import problems
from site_builder.loading.yaml_events import read_mapping
from site_builder.model.finding import Finding
from site_builder.model.node import MappingNode, Node
from site_builder.model.text import natural_key, nfc
from site_builder.model.verdict import (
    COUNCIL_NAME,
    VERDICTS,
    Council,
    Decision,
    Records,
    Settled,
    Verdict,
    VerdictSheet,
)
from site_builder.reading import problems as reading_problems
from site_builder.reading.fields import (
    Choice,
    Date,
    Describe,
    Field,
    ListOf,
    MapOf,
    Number,
    Record,
    Report,
    Text,
)

_LIMIT = 16 * 1024 * 1024
_HERE = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and time (ISO 8601); without a zone it is Viet Nam's."""

    def read(self, node: Node, key: str, report: Report) -> datetime | None:
        text = Text().read(node, key, report)
        if text is None:
            return None
        try:
            moment = datetime.fromisoformat(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=_HERE)).astimezone(UTC)
        except (ValueError, OverflowError):
            report.add(reading_problems.NOT_A_DATE, node, key, key=key, value=text[:80])
            return None

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}


def _verdict(values: dict[str, Any], node: MappingNode) -> Verdict | None:
    if not (values.keys() >= {"tieu_chi", "ma_noi_dung", "nguoi_tham_dinh", "ket_luan"}):
        return None
    return Verdict(
        unit=values.get("don_vi", ""),
        period=values.get("ky", ""),
        round=values.get("dot", ""),
        leaf=values["tieu_chi"],
        leaf_digest=values["ma_noi_dung"].lower(),
        assessor=nfc(values["nguoi_tham_dinh"]),
        decision=values["ket_luan"],
        points=values.get("diem"),
        reason=values.get("ly_do", ""),
        demand=values.get("can_bo_sung", ""),
        note=values.get("ghi_chu", ""),
        at=values.get("luc"),
        line=node.line,
    )


VERDICT_RECORD = Record(
    "verdict",
    (
        Field("don_vi", Text(), required=True),
        Field("ky", Text(), required=True),
        Field("dot", Text(), required=True),
        Field("tieu_chi", Text(), required=True),
        Field("ma_noi_dung", Text(), required=True),
        Field("nguoi_tham_dinh", Text(), required=True),
        Field("ket_luan", Choice.of(Decision), required=True),
        Field("diem", Number()),
        Field("ly_do", Text(long=True)),
        Field("can_bo_sung", Text(long=True)),
        Field("ghi_chu", Text(long=True)),
        Field("luc", Moment()),
    ),
    _verdict,
)
VERDICTS_RECORD = Record("verdicts", (Field("verdicts", ListOf(VERDICT_RECORD)),))


def _settlement(values: dict[str, Any], node: MappingNode) -> dict[str, Any]:
    return {**values, "line": node.line}


SETTLED_RECORD = Record(
    "settled",
    (
        Field("diem", Number(), required=True),
        Field("so", Text(), required=True),
        Field("ngay", Date()),
        Field("ly_do", Text(long=True)),
    ),
    _settlement,
)
APPROVED_RECORD = Record(
    "approved", (Field("so", Text(), required=True), Field("ngay", Date(), required=True))
)
COUNCIL_RECORD = Record(
    "council",
    (
        Field("settled", MapOf(SETTLED_RECORD)),
        Field("approved", APPROVED_RECORD),
    ),
)


def read_sheet(
    data: bytes, path: str, round_: str = ""
) -> tuple[VerdictSheet, tuple[Finding, ...]]:
    """The rows of one file; bad rows are reported and left out."""
    report = Report(path)
    root = read_mapping(data, path, report)
    values = VERDICTS_RECORD.read(root, "", report) if root is not None else {}
    sheet = VerdictSheet(path=path, round=round_, verdicts=tuple(values.get("verdicts", ())))
    return sheet, tuple(report.findings)


def read_council(data: bytes, path: str, round_: str) -> tuple[Council, tuple[Finding, ...]]:
    """What the council decided in a round."""
    report = Report(path)
    root = read_mapping(data, path, report)
    values = COUNCIL_RECORD.read(root, "", report) if root is not None else {}
    approved = values.get("approved", {})
    council = Council(
        path=path,
        round=round_,
        settled=tuple(
            Settled(
                leaf=name.text.strip(),
                points=decided.get("diem"),
                document_number=decided.get("so", ""),
                issued_on=decided.get("ngay"),
                reason=decided.get("ly_do", ""),
                line=name.line,
            )
            for name, decided in values.get("settled", ())
        ),
        approved_by=approved.get("so", ""),
        approved_on=approved.get("ngay"),
    )
    return council, tuple(report.findings)


def read_records(root: Path) -> tuple[Records, tuple[Finding, ...]]:
    """Every file of verdicts under the content folder, in one order on every machine."""
    findings: list[Finding] = []
    sheets: list[VerdictSheet] = []
    councils: list[Council] = []
    for round_, path in _files(root, findings):
        try:
            data = (root / path).read_bytes()[:_LIMIT]
        except OSError:
            findings.append(problems.UNREADABLE_FILE.at(nfc(path)))
            continue
        name = path.rpartition("/")[2].rpartition(".")[0]
        if name == COUNCIL_NAME:
            council, found = read_council(data, nfc(path), nfc(round_))
            councils.append(council)
        else:
            sheet, found = read_sheet(data, nfc(path), nfc(round_))
            sheets.append(sheet)
        findings.extend(found)
    return Records(sheets=tuple(sheets), councils=tuple(councils)), tuple(findings)


def _files(root: Path, findings: list[Finding]) -> Iterator[tuple[str, str]]:
    """Round and path of every YAML file in a folder of a round; links are never followed."""
    for round_ in _names(root, VERDICTS, findings):
        folder = f"{VERDICTS}/{round_}"
        if not stat.S_ISDIR(_mode(root / folder)):
            # A file beside the folders (a README) is nobody's sheet.
            continue
        for name in _names(root, folder, findings):
            path = f"{folder}/{name}"
            if not name.lower().endswith((".yml", ".yaml")):
                continue
            mode = _mode(root / path)
            if stat.S_ISREG(mode):
                yield round_, path
            elif stat.S_ISLNK(mode):
                findings.append(problems.SYMLINK.at(nfc(path), name=nfc(path)))
            else:
                findings.append(problems.NOT_A_FILE.at(nfc(path), name=nfc(path)))


def _names(root: Path, folder: str, findings: list[Finding]) -> list[str]:
    # The way to the folder may not lead outside.
    if any(stat.S_ISLNK(_mode(each)) for each in (root / "records", root / VERDICTS)):
        findings.append(problems.SYMLINK.at(folder, name=folder))
        return []
    try:
        return sorted(os.listdir(root / folder), key=natural_key)  # noqa: PTH208 - names are enough
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        findings.append(problems.UNREADABLE_FOLDER.at(folder))
        return []


def _mode(path: Path) -> int:
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0
