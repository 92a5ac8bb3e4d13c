import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from site_builder.messages import Catalogue, read_catalogue
from site_builder.model.finding import Check, Finding, Kind, Severity, Suppression
from site_builder.model.snapshot import Snapshot
from site_builder.model.unit import Office, Period, Role, Unit
from site_builder.publishing.sinks import github, terminal
from site_builder.publishing.sinks import json as json_sink
from site_builder.publishing.sinks.plain import plain

HERE = Path(__file__).resolve().parent
DATA = tomllib.loads((HERE / "findings.toml").read_text("utf-8"))
TEXTS = Catalogue({**read_catalogue("cli").parts, "checks": DATA["texts"]})
DAY = date(2024, 1, 20)
SNAPSHOT = Snapshot(
    criteria=None,
    unit=Unit(
        name="x",
        period=Period(id="2023", year=2023, covers_from=DAY, covers_to=DAY, opens=DAY, closes=DAY),
        offices={
            office["key"]: Office(key=office["key"], title=office["title"], role=Role.CONTRIBUTOR)
            for office in DATA["offices"]
        },
    ),
)


def _finding(data: dict[str, Any]) -> Finding:
    check = Check(
        data["code"], data["code"].lower(), Severity(data["severity"]), Kind(data["kind"])
    )
    finding = check.at(
        data["path"],
        line=data.get("line"),
        column=data.get("column"),
        criterion=data.get("criterion"),
        **data.get("params", {}),
    )
    reason = data.get("reason")
    return replace(
        finding,
        office=data.get("office"),
        suppressed=Suppression(reason, "van-phong", "exception") if reason else None,
    )


FINDINGS = tuple(_finding(data) for data in DATA["findings"])


def _terminal(
    findings: Sequence[Finding], *, colours: bool = False, show_all: bool = False, width: int = 60
) -> str:
    return terminal.write(
        tuple(findings),
        TEXTS,
        SNAPSHOT,
        colours=colours,
        show_all=show_all,
        failed=any(finding.check.severity is Severity.ERROR for finding in findings),
        width=width,
    )


def test_what_each_sink_writes(golden: Callable[[str, Mapping[str, bytes]], None]) -> None:
    written = {
        "terminal.txt": _terminal(FINDINGS),
        "annotations.txt": github.annotations(FINDINGS, TEXTS),
        "summary.md": github.summary(FINDINGS, TEXTS, SNAPSHOT),
        "findings.json": json_sink.write(FINDINGS, TEXTS, SNAPSHOT),
    }
    golden("sinks", {name: text.encode() for name, text in written.items()})


# --- terminal


def test_colours_only_where_they_are_asked_for() -> None:
    assert "\x1b" not in _terminal(FINDINGS)
    coloured = _terminal(FINDINGS, colours=True)
    assert "\x1b[" in coloured
    # What is wrapped stays the same words.
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert " ".join(bare.split()) == " ".join(_terminal(FINDINGS).split())
    assert max(map(len, bare.splitlines())) <= 60


def test_a_clean_run_says_so() -> None:
    assert _terminal([]) == f"{TEXTS.text('cli', 'sink_terminal', 'clean')}\n"


def test_details_stop_and_the_rest_is_a_number() -> None:
    many = [replace(FINDINGS[0], subject=str(number)) for number in range(50)]
    short = _terminal(many)
    assert short.count("EVI901  ") == terminal.DETAILS
    assert TEXTS.text("cli", "sink_terminal", "hidden", count=20) in short
    assert _terminal(many, show_all=True).count("EVI901  ") == 50


def test_the_limit_is_spent_on_the_worst_first() -> None:
    many = [replace(FINDINGS[0], subject=str(number)) for number in range(50)]
    assert "TRE902" not in _terminal([*many, *FINDINGS[1:]])


def test_a_repository_without_a_unit_has_no_offices() -> None:
    text = terminal.write(
        FINDINGS,
        TEXTS,
        Snapshot(criteria=None, unit=None),
        colours=False,
        show_all=True,
        failed=True,
    )
    assert TEXTS.text("cli", "sink_terminal", "nobody") in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", "a\\nb"),
        ("a\x1b[31m", "a\\x1b[31m"),
        ("a\udce1b", "a\\udce1b"),
        ("1\u00a0248", "1\u00a0248"),
        ("Ba\u0301o", "Ba\u0301o"),
        ("a\u202eb", "a\\u202eb"),
    ],
)
def test_a_name_cannot_disturb_the_line(text: str, shown: str) -> None:
    assert plain(text) == shown


# --- github


def _unescaped(text: str) -> str:
    """As the runner reads a value: these and no others."""
    for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_every_line_is_one_command() -> None:
    for line in github.annotations(FINDINGS, TEXTS).splitlines():
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert match
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        assert properties.keys() <= {"file", "line", "col", "title"}


def test_values_come_back_as_they_were() -> None:
    first = github.annotations(FINDINGS[:1], TEXTS).rstrip("\n")
    match = re.fullmatch(r"::error file=(.*),line=12,col=3,title=(.*?)::(.*)", first)
    assert match
    assert _unescaped(match[1]) == FINDINGS[0].location.path
    assert _unescaped(match[2]) == f"EVI901 {TEXTS.title('EVI901')}"
    assert _unescaped(match[3]).splitlines() == [
        TEXTS.message(FINDINGS[0]),
        TEXTS.hint(FINDINGS[0]),
    ]


def test_at_most_ten_and_the_worst() -> None:
    many = [replace(FINDINGS[0], subject=str(number)) for number in range(12)]
    lines = github.annotations((*many, *FINDINGS[2:]), TEXTS).splitlines()
    assert len(lines) == github.ANNOTATIONS
    assert all(line.startswith("::error") for line in lines)


def test_what_was_answered_is_not_annotated() -> None:
    assert github.annotations(FINDINGS[1:2], TEXTS) == ""


def test_a_folder_inside_the_repository_is_part_of_the_path() -> None:
    assert "file=xa/thanh-giang/evidence/" in github.annotations(
        FINDINGS[:1], TEXTS, prefix="xa/thanh-giang/"
    )


def test_the_summary_keeps_its_size() -> None:
    many = tuple(replace(FINDINGS[0], subject=str(number)) for number in range(3000))
    text = github.summary(many, TEXTS, SNAPSHOT, limit=100_000)
    assert 90_000 < len(text.encode()) <= 100_000
    rows = text.count("EVI901")
    assert TEXTS.text("cli", "sink_github", "hidden", count=3000 - rows) in text


def test_the_default_limit_is_below_the_forges() -> None:
    assert github.SUMMARY_BYTES < 1024 * 1024


def test_a_summary_of_nothing() -> None:
    text = github.summary((), TEXTS, SNAPSHOT)
    assert TEXTS.text("cli", "sink_github", "clean") in text


# --- json


def test_exact_numbers_are_not_rounded() -> None:
    from decimal import Decimal
    from fractions import Fraction

    finding = Check("EVI901", "x", Severity.ERROR).at(
        "a",
        criterion="1",
        count=Decimal("0.10"),
        part=Fraction(1, 3),
        on=DAY,
        kind=Kind.WRONG,
        names=("a", "b"),
        some=frozenset({"b", "a"}),
        by={"x": 1},
        flag=True,
        none=None,
    )
    params = json.loads(json_sink.write((finding,), TEXTS, SNAPSHOT))["findings"][0]["params"]
    assert params == {
        "count": "0.10",
        "part": "1/3",
        "on": "2024-01-20",
        "kind": "wrong",
        "names": ["a", "b"],
        "some": ["a", "b"],
        "by": {"x": 1},
        "flag": True,
        "none": None,
    }


def test_a_name_that_is_no_utf8_can_be_written() -> None:
    finding = replace(FINDINGS[0], location=replace(FINDINGS[0].location, path="b\udce1o"))
    text = json_sink.write((finding,), TEXTS, SNAPSHOT)
    assert json.loads(text.encode())["findings"][0]["location"]["path"] == "b\udce1o"
