"""records/history/<period>.json: what is kept of a closed year, to compare the next one with.

Small on purpose: sums, and of each leaf its title, points, digest and the sha256 of its files.
No words, no figures, no names of files: the pages of a closed year stay as they were built, and
a file that has to be taken out of the history must not live on in a record.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from site_builder.model.change import LeafState, Point, Since, State, Totals

HISTORY = "records/history"
VERSION = 1
_PERIOD = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,39}")
_HASH = re.compile(r"[0-9a-f]{64}")
_READ_LIMIT = 64 * 1024 * 1024


def history_path(period: str) -> str:
    """Where the record of a period lies, from the root; "" for an id that is no file name."""
    return f"{HISTORY}/{period}.json" if _PERIOD.fullmatch(period) else ""


def write_year(state: State, closed: date) -> str:
    """The record of a year, as text; the same state gives the same bytes."""
    totals = state.totals
    values = {
        "version": VERSION,
        "period": state.period,
        "closed": closed.isoformat(),
        "set": state.set_id,
        "digest": state.digest,
        "totals": {
            "max": str(totals.max_points),
            "claimed": _text(totals.claimed),
            "decided": _text(totals.decided),
            "percent": _text(totals.percent),
            "class": totals.class_title,
        },
        "leaves": {
            id_: {
                "title": leaf.title,
                "max": str(leaf.max_points),
                "points": _text(leaf.points),
                "final": _text(leaf.final),
                "digest": leaf.digest,
                "files": sorted(sha256 for _, sha256 in leaf.files if sha256),
            }
            for id_, leaf in state.leaves.items()
        },
    }
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def read_year(root: Path, period: str) -> State | None:
    """The state that a record tells of; None when there is none, or none that can be read."""
    path = history_path(period)
    file = root / path
    if not path or file.is_symlink():
        return None
    try:
        if file.stat().st_size > _READ_LIMIT:
            return None
        values = json.loads(file.read_text("utf-8"))
        return _state(values, period) if values["version"] == VERSION else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _state(values: Mapping[str, Any], period: str) -> State:
    totals = values["totals"]
    return State(
        point=Point(
            kind=Since.YEAR, name=str(values["period"]), on=date.fromisoformat(values["closed"])
        ),
        period=period,
        set_id=str(values["set"]),
        digest=str(values["digest"]),
        leaves={str(id_): _leaf(leaf) for id_, leaf in values["leaves"].items()},
        totals=Totals(
            max_points=_number(totals["max"]) or Decimal(0),
            claimed=_number(totals["claimed"]),
            decided=_number(totals["decided"]),
            percent=_number(totals["percent"]),
            class_title=str(totals["class"]),
        ),
    )


def _leaf(values: Mapping[str, Any]) -> LeafState:
    files = (sha256 for sha256 in values["files"] if _HASH.fullmatch(sha256))
    return LeafState(
        title=str(values["title"]),
        digest=str(values["digest"]),
        files=tuple(("", sha256) for sha256 in files),
        max_points=_number(values["max"]) or Decimal(0),
        points=_number(values["points"]),
        final=_number(values["final"]),
    )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(text: object) -> Decimal | None:
    """A finite number; ValueError for anything else that is not null."""
    if text is None:
        return None
    try:
        number = Decimal(str(text))
    except InvalidOperation:
        raise ValueError from None
    if not number.is_finite():
        raise ValueError
    return number
