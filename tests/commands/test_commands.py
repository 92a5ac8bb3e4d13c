"""The commands as people type them."""

import hashlib
import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from site_builder.messages import read_catalogue
from site_builder.scaffolding.clean import shelve_sample
from site_builder.schemas import SCHEMAS, schema_of
from tests.commands.running import Run


def _digest(root: Path) -> dict[str, str]:
    """Every byte of the content, by path."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.relative_to(root).parts[0] not in {"build", ".cache"}
    }


def test_a_clean_commune_passes(run: Run) -> None:
    ran = run("check", "--today", "2024-01-05")
    assert ran.code == 0, ran.said


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("check", "--format", "github"),
        ("check", "--format", "json"),
        ("score", "--steps"),
        ("score", "--format", "json"),
        ("explain", "EVI001"),
        ("schema", "criteria"),
    ],
)
def test_commands_leave_the_content_alone(
    command: tuple[str, ...], run: Run, commune: Path
) -> None:
    before = _digest(commune)
    run(*command)
    assert _digest(commune) == before


def test_findings_fit_their_schema(run: Run, commune: Path) -> None:
    next((commune / "evidence").rglob("giai-trinh.md")).write_text("---\nx: 1\n---\n")
    ran = run("check", "--format", "json")
    jsonschema.validate(json.loads(ran.out), schema_of("findings", read_catalogue("fields")))
    assert json.loads(ran.out)["findings"]


def test_annotations_count_paths_from_the_checkout(run: Run, commune: Path) -> None:
    next((commune / "evidence").rglob("giai-trinh.md")).write_text("---\nx: 1\n---\n")
    command = ("check", "--format", "github")
    assert "file=evidence/" in run(*command).out
    assert "file=evidence/" in run(*command, GITHUB_WORKSPACE=str(commune)).out
    assert "file=xa/evidence/" in run(*command, GITHUB_WORKSPACE=str(commune.parent)).out
    assert "file=evidence/" in run(*command, GITHUB_WORKSPACE=str(commune / "khac")).out


def test_scores_fit_their_schema(run: Run) -> None:
    ran = run("score", "--format", "json")
    jsonschema.validate(json.loads(ran.out), schema_of("scores", read_catalogue("fields")))


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of(name, read_catalogue("fields")))


def test_schemas_are_written_to_a_folder(run: Run, tmp_path: Path) -> None:
    assert run("schema", "--out", str(tmp_path / "luoc-do")).code == 0
    assert len(list((tmp_path / "luoc-do").glob("*.schema.json"))) == len(SCHEMAS)


def test_only_limits_what_is_reported(run: Run, commune: Path) -> None:
    leaf = next((commune / "evidence").rglob("giai-trinh.md"))
    leaf.write_text("---\nla: 1\n---\n")
    (commune / "evidence" / "lac-vao-day.pdf").write_bytes(b"%PDF-1.7")
    whole = json.loads(run("check", "--format", "json").out)["findings"]
    part = json.loads(
        run("check", "--format", "json", "--only", leaf.relative_to(commune).as_posix()).out
    )["findings"]
    assert part
    assert len(part) < len(whole)
    assert {finding["location"]["path"] for finding in part} == {
        leaf.relative_to(commune).as_posix()
    }


def test_what_is_incomplete_fails_only_when_asked_or_late(run: Run, commune: Path) -> None:
    leaf = next((commune / "evidence").rglob("giai-trinh.md"))
    for path in leaf.parent.iterdir():
        path.unlink()
    unit = (commune / "unit.yml").read_text("utf-8")
    closes = next(line for line in unit.splitlines() if "closes" in line)
    year = int(closes.split("closes:")[1].strip()[:4])
    early = date(year - 1, 1, 2).isoformat()
    assert run("check", "--today", early).code == 0
    assert run("check", "--today", early, "--complete").code == 1
    assert run("check", "--today", date(year + 1, 1, 2).isoformat()).code == 1


def test_init_restores_what_is_missing_and_nothing_else(run: Run, commune: Path) -> None:
    leaf = next((commune / "evidence").rglob("giai-trinh.md"))
    leaf.unlink()
    before = _digest(commune)
    ran = run("init")
    assert ran.code == 0, ran.said
    after = _digest(commune)
    assert before.items() <= after.items()
    assert leaf.exists()
    assert run("init").code == 0
    assert _digest(commune) == after


def test_a_fresh_template_is_told_as_untouched(run: Run, commune: Path) -> None:
    leaf = next((commune / "evidence").rglob("giai-trinh.md"))
    leaf.unlink()
    run("init")
    codes = {
        finding["code"] for finding in json.loads(run("check", "--format", "json").out)["findings"]
    }
    assert "EXP011" in codes
    assert not codes & {"YML001", "YML003", "YML005", "EXP040"}


def test_clean_sample_shelves_and_starts_again(run: Run, commune: Path) -> None:
    files = sorted(
        path.relative_to(commune / "evidence").as_posix()
        for path in (commune / "evidence").rglob("*")
        if path.is_file()
    )
    ran = run("init", "--clean-sample")
    assert ran.code == 0, ran.said
    (shelf,) = (commune / "build").glob("mau-*")
    shelved = sorted(
        path.relative_to(shelf / "evidence").as_posix()
        for path in (shelf / "evidence").rglob("*")
        if path.is_file()
    )
    assert shelved == files
    assert {path.name for path in (commune / "evidence").rglob("*") if path.is_file()} <= {
        "giai-trinh.md",
        ".gitkeep",
    }


def test_a_shelf_is_never_reused(commune: Path) -> None:
    first = shelve_sample(commune, "2023")
    (commune / "evidence").mkdir()
    assert shelve_sample(commune, "2023") != first


def test_new_unit_makes_a_folder_that_checks(run: Run, commune: Path, tmp_path: Path) -> None:
    target = tmp_path / "xa-khac"
    ran = run("new-unit", str(target), "--name", 'UBND "th\u1eed" #1: x')
    assert ran.code == 0, ran.said
    assert (target / "criteria.yml").read_bytes() == (commune / "criteria.yml").read_bytes()
    found = json.loads(run("check", "--format", "json", root=target).out)["findings"]
    assert not {finding["code"] for finding in found} & {"YML001", "YML003", "UNI008", "SYS001"}
    assert run("new-unit", str(target)).code == 2


def test_explain_knows_every_code(run: Run) -> None:
    assert run("explain", "evi001").code == 0
    unknown = run("explain", "EVI999")
    assert unknown.code == 2
    assert "EVI001" in unknown.said


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--today", "hom-qua"),
        ("check", "--format", "xml"),
        ("chek",),
        (),
        ("check", "--khong-co"),
        ("explain",),
    ],
)
def test_wrong_use_is_exit_2_in_vietnamese(
    arguments: tuple[str, ...], run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(*arguments)
    said = capsys.readouterr().err + ran.said
    assert ran.code == 2
    assert "C\u00e1ch d\u00f9ng" in said
    assert "invalid" not in said
    assert "required" not in said


def test_a_folder_that_is_not_there_is_wrong_use(run: Run, tmp_path: Path) -> None:
    assert run("check", root=tmp_path / "khong-co").code == 2


def test_a_bug_is_exit_3_and_never_green(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from site_builder import loading

    def broken(*_args: object, **_options: object) -> object:
        raise ZeroDivisionError("x")

    monkeypatch.setattr(loading, "load", broken)
    ran = run("check")
    assert ran.code == 3
    assert "Traceback" not in ran.said
    assert "ZeroDivisionError" in ran.said


def test_half_a_decision_publishes_nothing(run: Run, commune: Path) -> None:
    with (commune / "unit.yml").open("a", encoding="utf-8") as stream:
        stream.write("publish: {what: x}\n")
    ran = run("build", "--edition", "public")
    assert ran.code == 1, ran.said
    assert not (commune / "build" / "public").exists()


@pytest.mark.parametrize("code", ["EXP010", "CRI007"])
def test_explain_shows_no_names_of_ours(code: str, run: Run) -> None:
    said = run("explain", code).said
    assert "\u2026" in said
    assert not re.search(r"\{\w+\}", said)


def test_what_nobody_scored_yet_is_not_nought(run: Run) -> None:
    rows = run("score").said.splitlines()
    (field,) = [row for row in rows if row.startswith("2 ")]
    assert "0,00" not in field


def test_a_result_that_is_whole_is_one_figure(run: Run, commune: Path) -> None:
    (commune / "records").mkdir()
    (commune / "records" / "results.yml").write_text('results: {"2.1": {diem: 3}}\n')
    said = run("score").said
    assert "8,80" in said.splitlines()[-2]
    assert " 0,00 " not in said
