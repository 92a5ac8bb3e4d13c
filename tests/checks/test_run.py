"""What is done with findings whatever their check: once, in order, answered, with an office."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from site_builder.messages import read_catalogue
from site_builder.model.finding import Finding, Severity
from tests.checks import trees
from tests.checks.test_cases import run_case

LEAF = "evidence/1-chi-dao/1.2-tuyen-truyen"
TEXTS = read_catalogue("checks")


def run(root: Path, unit_lines: str = "", **case: Any) -> tuple[Finding, ...]:
    if unit_lines:
        case["edit"] = {"unit.yml": {15: f'criteria_set: "@SET@"\n{unit_lines}'}}
    return run_case(case, root)


def by_code(findings: tuple[Finding, ...], code: str) -> list[Finding]:
    return [finding for finding in findings if finding.check.code == code]


NOISE = {f"{LEAF}/Thumbs.db": "<bytes:9>", "evidence/Thumbs.db": "<bytes:9>"}


def test_findings_come_worst_first_then_as_the_set_is_printed(tmp_path: Path) -> None:
    findings = run(
        tmp_path,
        tree={
            **NOISE,
            f"{LEAF}-2025/anh.jpg": "<jpg>",
            "evidence/1-chi-dao/1.1-ke-hoach/1.1.2-hoan-thanh/x/CON.pdf": "<pdf>",
            "evidence/la/anh.jpg": "<jpg>",
        },
    )
    keys = [
        (-finding.check.severity, finding.criterion or "", finding.location.path)
        for finding in findings
    ]
    assert keys == sorted(keys)
    assert findings[0].check.severity is Severity.ERROR
    assert findings[-1].check.severity is Severity.NOTICE


def test_a_finding_comes_once(tmp_path: Path) -> None:
    findings = run(tmp_path, tree=NOISE)
    ids = [finding.id for finding in findings]
    assert len(set(ids)) == len(ids)


def test_the_same_content_gives_the_same_findings(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert run(tmp_path / "a", tree=NOISE) == run(tmp_path / "b", tree=NOISE)


def test_offices_answer_for_their_criteria_and_the_coordinator_for_the_rest(
    tmp_path: Path,
) -> None:
    findings = run(
        tmp_path,
        tree={f"{LEAF}-2025/anh.jpg": "<jpg>", "evidence/anh.jpg": "<jpg>"},
        edit={"criteria.yml": {45: None}},
    )
    offices = {finding.check.code: finding.office for finding in findings}
    assert offices["TRE012"] == "van-hoa"
    assert offices["TRE016"] == "van-phong"
    # Nobody can mend the issued set in the folder of a leaf.
    assert offices["CRI008"] == "van-phong"


@pytest.mark.parametrize(
    ("exception", "covered"),
    [
        ("{code: TRE022, reason: vi}", {LEAF, "evidence"}),
        (f"{{code: TRE022, subject: {LEAF}, reason: vi}}", {LEAF}),
        ("{code: TRE022, criterion: '1.2', reason: vi}", set()),
        ("{code: TRE022, reason: ' '}", set()),
        ("{code: TRE021, reason: vi}", set()),
    ],
)
def test_an_exception_covers_what_it_names(
    tmp_path: Path, exception: str, covered: set[str]
) -> None:
    findings = run(tmp_path, f"exceptions: [{exception}]", tree=NOISE)
    noise = by_code(findings, "TRE022")
    assert {finding.location.path for finding in noise if finding.suppressed} == covered
    assert len(noise) == 2


def test_an_exception_may_name_the_id_that_the_report_shows(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    id_ = by_code(run(tmp_path / "a", tree=NOISE), "TRE022")[0].id
    findings = run(
        tmp_path / "b",
        f"exceptions: [{{code: TRE022, subject: {id_}, reason: vi, office: van-hoa}}]",
        tree=NOISE,
    )
    covered = [finding for finding in findings if finding.suppressed]
    assert [finding.id for finding in covered] == [id_]
    assert covered[0].suppressed is not None
    assert covered[0].suppressed.office == "van-hoa"
    assert covered[0].suppressed.source == "exception"


def test_an_answer_covers_its_own_criterion_only(tmp_path: Path) -> None:
    moved: Mapping[str, str] = {
        f"{LEAF}/giai-trinh.md": "<absent>",
        f"{LEAF}/tin-bai.xlsx": "<absent>",
        "evidence/1-chi-dao/1.2-phat-thanh/tin-bai.xlsx": "<xlsx>",
        "evidence/1-chi-dao/1.2-phat-thanh/giai-trinh.md": (
            "---\nda_dat: [tin-bai, anh]\nbo_qua: {TRE015: quen}\n---\nDang deu cac quy.\n"
        ),
        "evidence/2-bao-chi/2.1-truyen-hinh/anh.jpg": "<jpg>",
    }
    findings = by_code(run(tmp_path, tree=moved), "TRE015")
    answered = {finding.criterion: finding.suppressed for finding in findings}
    assert answered.keys() == {"1.2", "2", "2.1"}
    assert answered["2"] is None
    assert answered["1.2"] is not None
    assert answered["1.2"].source == "explanation"
    assert answered["1.2"].office == "van-hoa"


MUTATIONS: Mapping[str, Callable[[str], str | None]] = {
    "taken out": lambda _: None,
    "without its value": lambda line: f"{line.partition(':')[0]}:",
    "a list": lambda line: f"{line.partition(':')[0]}: [1, 2]",
    "nonsense": lambda line: f"{line.partition(':')[0]}: ???",
    "a tab": lambda line: f"\t{line}",
    "another key": lambda line: line.replace(":", "x:", 1),
}
# One mistake may show in a few places (a rule and the figures typed for it), never everywhere.
MOST = 6


@pytest.mark.parametrize("name", ["criteria.yml", "unit.yml", f"{LEAF}/giai-trinh.md"])
def test_one_mistake_never_drowns_an_officer_and_never_raises(tmp_path: Path, name: str) -> None:
    lines = trees.base("minimal")[name].splitlines()
    for number, line in enumerate(lines):
        for how, mutate in MUTATIONS.items():
            changed = mutate(line)
            kept = [*lines[:number], *([] if changed is None else [changed]), *lines[number + 1 :]]
            findings = run_case({"tree": {name: "\n".join(kept) + "\n"}}, tmp_path)
            shown = [f"{each.check.code} {each.location.path}" for each in findings]
            twice = how == "taken out" and shown.count("YML002 criteria.yml") > 1
            assert len(findings) <= MOST or twice, (number + 1, how, shown)
            for finding in findings:
                assert TEXTS.message(finding)
                assert TEXTS.hint(finding)
