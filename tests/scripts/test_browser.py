"""scripts/browser.py finds a browser that runs."""

import os
from pathlib import Path

import pytest

from scripts import browser

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


def stand_in(folder: Path, name: str, code: int) -> str:
    program = folder / name
    program.write_text(f"#!/bin/sh\nexit {code}\n")
    program.chmod(0o755)
    return str(program)


def test_a_stub_that_does_not_run_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "chromium", 1)
    working = stand_in(tmp_path, "google-chrome", 0)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.on_path() == working


def test_none_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.on_path() is None
    assert not browser.works(str(tmp_path / "absent"))


def test_nothing_is_installed_when_one_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    working = stand_in(tmp_path, "chromium", 0)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.main() == 0
    assert capsys.readouterr().out == f"{working}\n"


def test_without_any_the_advice_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for way in ("on_path", "of_playwright", "from_debian", "from_playwright"):
        monkeypatch.setattr(browser, way, lambda: None)
    assert browser.main() == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "BROWSER=no" in told.err


def test_firefox_comes_along_where_debian_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(browser, "install", asked.append)
    monkeypatch.setattr(browser, "is_root_on_debian", lambda: True)
    monkeypatch.setenv("PATH", str(tmp_path))
    browser.add_firefox()
    assert asked == ["firefox-esr"]
    stand_in(tmp_path, "firefox", 0)
    browser.add_firefox()
    assert asked == ["firefox-esr"]
