import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from site_builder.publishing import engine

AT = datetime(2024, 1, 5, 1, 0, tzinfo=UTC)


def _start(said: str, code: int = 0) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    def start(arguments: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(arguments, code, said.encode())

    return start


def test_a_quiet_run_is_a_success(tmp_path: Path) -> None:
    said = "INFO    -  Documentation built in 0.75 seconds\n"
    assert engine.run(engine.MKDOCS, tmp_path, AT, start=_start(said)).reason == ""


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("WARNING -  Doc file 'a.md' contains a link 'x.md'\nAborted", 1),
        # An engine that forgets to count its warnings does not get away with it.
        ("INFO    -  x\nWARNING -  Doc file 'a.md' contains a link 'x.md'", 0),
        ("\x1b[33mWarning:\x1b[0m page does not exist\n  [ a.md:23:5 ]\n1 issue found", 0),
        ("Error: no such thing", 2),
    ],
)
def test_a_remark_is_a_failure(tmp_path: Path, said: str, code: int) -> None:
    printed = engine.run(engine.MKDOCS, tmp_path, AT, start=_start(said, code))
    assert printed.reason == "engine_failed"
    assert "\x1b" not in str(printed.params["said"])
    assert ("a.md" in str(printed.params["said"])) == ("a.md" in said)


def test_a_failure_without_a_remark_shows_the_last_words(tmp_path: Path) -> None:
    said = "\n".join(f"line {number}" for number in range(40))
    printed = engine.run(engine.MKDOCS, tmp_path, AT, start=_start(said, 1))
    assert str(printed.params["said"]).endswith("line 39")
    assert len(str(printed.params["said"]).splitlines()) == 12


def test_a_folder_named_error_is_no_error(tmp_path: Path) -> None:
    said = "INFO    -  Building documentation to directory: /home/Error: x/WARNING -/site\n"
    assert engine.run(engine.MKDOCS, tmp_path, AT, start=_start(said)).reason == ""


def test_an_engine_that_hangs_is_stopped(tmp_path: Path) -> None:
    slow = replace(engine.MKDOCS, command=("-c", "import time; time.sleep(60)"))
    printed = engine.run(slow, tmp_path, AT, limit=0.5)
    assert printed.reason == "engine_timeout"


def test_an_absent_engine_is_named_with_its_cure(tmp_path: Path) -> None:
    absent = replace(engine.ZENSICAL, modules=("no_such_engine",))
    printed = engine.run(absent, tmp_path, AT)
    assert printed.reason == "engine_missing"
    assert printed.params == {"engine": "zensical", "install": "site-builder[zensical]"}


def test_the_environment_is_clean_and_fixed() -> None:
    caller = {"PATH": "/bin", "PYTHONPATH": "/x", "GITHUB_TOKEN": "t", "LANG": "vi_VN", "TZ": "x"}
    environment = engine.environment(caller, AT)
    assert environment["PATH"] == "/bin"
    assert environment["SOURCE_DATE_EPOCH"] == "1704416400"
    assert environment["NO_MKDOCS_2_WARNING"] == "1"
    assert not {"PYTHONPATH", "GITHUB_TOKEN", "LANG", "TZ"} & environment.keys()


def test_outside_git_the_date_is_fixed_too() -> None:
    assert engine.environment({}, None)["SOURCE_DATE_EPOCH"] == "0"


def test_no_engine_is_quiet() -> None:
    for one in engine.ENGINES.values():
        assert "--strict" in one.command
        assert not {"-q", "--quiet"} & set(one.command)
